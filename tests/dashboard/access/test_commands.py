"""python -m dashboard user and audit, and what the server asks for before it starts."""

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.access.accounts import ACCOUNTS_FILE, Accounts
from dashboard.access.audit import AUDIT_FOLDER, AuditLog
from dashboard.access.roles import Role
from dashboard.settings import Settings

PASSWORD = "Kan-ban-2026!"


@pytest.fixture
def run(tmp_path):
    def call(*words: str, said: str | None = None, **environment: str):
        return CliRunner().invoke(main, list(words), input=said, env={"ACCESS": str(tmp_path / "access"), **environment})

    return call


@pytest.fixture
def served(monkeypatch):
    """What would be served."""
    started: list[Settings] = []
    monkeypatch.setattr("dashboard.__main__._run", started.append)
    return started


def test_an_account_from_its_first_day_to_its_last(run, tmp_path):
    made = run("user", "add", "张三", "--role", "管理,分析", "--password-stdin", said=f"{PASSWORD}\n")
    assert (made.exit_code, made.stdout) == (0, "已新增用户“张三”：查看、分析、管理。\n")
    assert run("user", "add", "李四", "--no-password").exit_code == 0
    assert run("user", "role", "李四", "填报").stdout == "用户“李四”现在可以：查看、填报。\n"
    assert run("user", "password", "李四", "--password-stdin", said="Xin-kou-ling8\n").exit_code == 0
    assert run("user", "lock", "李四").exit_code == 0
    assert run("user", "list").stdout == "张三\t查看、分析、管理\n李四\t查看、填报（已停用）\n"
    assert run("user", "unlock", "李四").exit_code == 0
    lines = list(AuditLog(tmp_path / "access" / AUDIT_FOLDER).lines())
    assert [line["details"]["command"] for line in lines] == ["add", "add", "role", "password", "lock", "unlock"]
    assert PASSWORD not in str(lines)
    shown = run("audit", "--last", "2")
    assert shown.stdout.count("\n") == 2
    assert "共 6 行" in shown.stderr


@pytest.mark.parametrize(
    ("words", "said", "status", "why"),
    [
        (("user", "add", "张三", "--role", "分折"), None, 2, "没有“分折”这个角色，可用：查看、分析、填报、管理、内部"),
        (("user", "add", "张三", "--password-stdin"), "short\n", 1, "口令应为 10"),
        (("user", "add", "张三", "--no-password", "--password-stdin"), None, 2, "只能选一个"),
        (("user", "lock", "没有此人"), None, 1, "没有用户“没有此人”"),
        (("user", "add"), None, 2, "用户名"),
    ],
)
def test_a_mistake_is_a_sentence_and_makes_nothing(run, tmp_path, words, said, status, why):
    told = run(*words, said=said)
    assert told.exit_code == status
    assert why in told.stderr
    assert "Traceback" not in told.output
    assert Accounts(tmp_path / "access" / ACCOUNTS_FILE).all() == []


def test_a_log_that_was_changed_is_said(run, tmp_path):
    run("user", "add", "张三", "--no-password")
    [path] = (tmp_path / "access" / AUDIT_FOLDER).glob("*.jsonl")
    path.write_text(path.read_text().replace("add", "bad"))
    told = run("audit", "--check")
    assert told.exit_code == 1
    assert "被改动" in told.stderr


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({"HOST": "0.0.0.0"}, "user add"),
        ({"SIGN_IN": "1"}, "还没有管理用户"),
        ({"SIGN_IN": "1", "INSECURE": "1"}, "互相矛盾"),
        ({"HOST": "0.0.0.0", "INSECURE": "1", "INTERNAL": "1"}, "会被任何人看到"),
        ({"HOST": "0.0.0.0", "INSECURE": "1", "DEBUG": "1"}, "只能在本机用"),
        ({"PROXY_NETWORKS": "10.0.0.0/33"}, "PROXY_NETWORKS"),
        ({"IDLE_MINUTES": "0"}, "IDLE_MINUTES"),
    ],
)
def test_what_would_show_too_much_does_not_start(run, served, environment, why):
    told = run(**environment)
    assert told.exit_code == 2
    assert why in told.stderr
    assert served == []


def test_an_account_without_administration_is_not_enough(run, served):
    run("user", "add", "张三", "--no-password", "--role", "分析")
    assert run(HOST="0.0.0.0").exit_code == 2


@pytest.mark.parametrize(
    ("environment", "signs_in"),
    [
        ({"HOST": "0.0.0.0", "INTERNAL": "1"}, True),
        ({"SIGN_IN": "1"}, True),
        ({}, False),
        ({"HOST": "0.0.0.0", "INSECURE": "1"}, False),
    ],
)
def test_who_signs_in_where(run, served, environment, signs_in):
    run("user", "add", "张三", "--no-password", "--role", "管理")
    assert run(**environment).exit_code == 0
    assert [one.needs_sign_in for one in served] == [signs_in]


def test_roles_have_words_of_their_own():
    assert len({role.value for role in Role}) == len(Role)
