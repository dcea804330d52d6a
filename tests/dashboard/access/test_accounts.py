"""Accounts, passwords and sessions: who gets in, for how long, and who no longer does."""

import sqlite3
import stat

import pytest

from dashboard.access import passwords
from dashboard.access.accounts import FAILURES, LOCKED_MINUTES, AccountError, Accounts, SignInError
from dashboard.access.roles import Role

GOOD, BETTER = "Kan-ban-2026!", "Xin-kou-ling8"


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The library's own parameters are for attackers, not for tests."""
    from argon2 import PasswordHasher

    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def accounts(tmp_path, clock):
    made = Accounts(tmp_path / "access" / "accounts.sqlite", idle_minutes=30, hours=12, clock=clock)
    made.add("张三", {Role.ADMIN}, GOOD)
    made.add("李四", {Role.ANALYSE}, BETTER)
    return made


def test_the_file_is_for_its_owner_alone(tmp_path, accounts):
    path = tmp_path / "access" / "accounts.sqlite"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_neither_passwords_nor_tokens_stand_in_the_file(tmp_path, accounts):
    token = accounts.open_session("张三")
    held = (tmp_path / "access" / "accounts.sqlite").read_bytes()
    for secret in (GOOD, BETTER, token):
        assert secret.encode() not in held


def test_the_library_hashes_with_argon2id():
    assert passwords.digest(GOOD).startswith("$argon2id$")
    assert passwords.digest(GOOD) != passwords.digest(GOOD)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Ab1!", "10～200"), ("Ab1!" * 60, "10～200"), ("abcdefghijk1", "3 种"), ("ABCDEFGHIJ", "3 种"), ("张三是管理员Abcd1", "用户名"),
        ("Aa1Aa1Aa1Aa1", "重复"),
    ],
)  # fmt: skip
def test_a_weak_password_is_refused_with_its_reason(accounts, password, why):
    with pytest.raises(AccountError, match=why):
        accounts.set_password("张三", password, by_owner=True)
    assert accounts.verified("张三", GOOD).name == "张三"


def test_the_last_five_passwords_do_not_come_back(accounts, clock):
    used = [GOOD, *(f"Kou-ling-{number}x" for number in range(2, 7))]
    for password in used[1:]:
        clock.now += 1
        accounts.set_password("张三", password, by_owner=True)
    for password in used[1:]:
        with pytest.raises(AccountError, match="用过"):
            accounts.set_password("张三", password, by_owner=True)
    accounts.set_password("张三", GOOD, by_owner=True)  # six ago


@pytest.mark.parametrize("name", ["", " 张三", "张\n三", "张,三", "三" * 41])
def test_a_bad_name_is_refused(accounts, name):
    with pytest.raises(AccountError, match="用户名应为"):
        accounts.add(name, (), GOOD)


def test_a_name_is_given_once(accounts):
    with pytest.raises(AccountError, match="已有用户“张三”"):
        accounts.add("张三", (), BETTER)


def test_an_unknown_name_and_a_wrong_password_get_the_same_words(accounts):
    said = []
    for name in ("张三", "没有此人"):
        with pytest.raises(SignInError) as refused:
            accounts.verified(name, "wrong")
        said.append(str(refused.value))
    assert len(set(said)) == 1


def test_wrong_passwords_in_a_row_close_the_account_for_a_while(accounts, clock):
    for _ in range(FAILURES):
        with pytest.raises(SignInError, match="不对"):
            accounts.verified("张三", "wrong")
    with pytest.raises(SignInError, match="暂停"):
        accounts.verified("张三", GOOD)
    accounts.verified("李四", BETTER)  # nobody else is kept out
    clock.now += LOCKED_MINUTES * 60 + 1
    assert accounts.verified("张三", GOOD).name == "张三"


def test_a_right_password_forgets_the_wrong_ones(accounts):
    for _ in range(3):
        for _ in range(FAILURES - 1):
            with pytest.raises(SignInError, match="不对"):
                accounts.verified("张三", "wrong")
        accounts.verified("张三", GOOD)


def test_a_session_ends_when_idle_and_after_hours_whatever_happens(accounts, clock):
    token = accounts.open_session("张三")
    for _ in range(12 * 3 - 1):
        clock.now += 20 * 60
        assert accounts.of_session(token).name == "张三"
    clock.now += 20 * 60
    assert accounts.of_session(token) is None
    token = accounts.open_session("张三")
    clock.now += 31 * 60
    assert accounts.of_session(token) is None


def test_a_clock_that_is_put_back_ends_the_session(accounts, clock):
    token = accounts.open_session("张三")
    clock.now -= 3600
    assert accounts.of_session(token) is None


@pytest.mark.parametrize(
    "end",
    [
        lambda accounts: accounts.close_all("李四"),
        lambda accounts: accounts.lock("李四"),
        lambda accounts: accounts.set_password("李四", GOOD, by_owner=False),
    ],
    ids=["everywhere", "locked", "password"],
)
def test_all_sessions_end_with_what_ends_them(accounts, end):
    tokens = [accounts.open_session("李四") for _ in range(3)]
    other = accounts.open_session("张三")
    end(accounts)
    assert [accounts.of_session(token) for token in tokens] == [None] * 3
    assert accounts.of_session(other).name == "张三"


def test_one_session_ends_alone(accounts):
    first, second = accounts.open_session("李四"), accounts.open_session("李四")
    accounts.close(first)
    assert accounts.of_session(first) is None
    assert accounts.of_session(second).name == "李四"


def test_a_token_that_nobody_gave_opens_nothing(accounts):
    for token in ("", "x", "'; drop table session; --"):
        assert accounts.of_session(token) is None


def test_other_roles_hold_from_the_next_request_on(accounts):
    token = accounts.open_session("李四")
    assert accounts.of_session(token).may(Role.ANALYSE)
    accounts.set_roles("李四", {Role.REPORT})
    found = accounts.of_session(token)
    assert (found.may(Role.ANALYSE), found.may(Role.REPORT), found.may(Role.VIEW)) == (False, True, True)
    assert found.words == "查看、填报"


def test_somebody_is_left_to_administer(accounts):
    for last in (lambda: accounts.lock("张三"), lambda: accounts.set_roles("张三", ())):
        with pytest.raises(AccountError, match="唯一的管理用户"):
            last()
    accounts.set_roles("李四", {Role.ADMIN})
    accounts.lock("张三")
    with pytest.raises(SignInError, match="不对"):
        accounts.verified("张三", GOOD)


def test_a_password_of_another_or_an_old_one_must_be_changed(accounts, clock):
    assert accounts.verified("张三", GOOD).must_change
    accounts.set_password("张三", BETTER, by_owner=True)
    assert not accounts.verified("张三", BETTER).must_change
    clock.now += (passwords.DAYS + 1) * 86_400
    assert accounts.verified("张三", BETTER).must_change


def test_without_a_password_nobody_signs_in_by_one(accounts):
    accounts.add("王五", (), None)
    for guess in ("", "nobody", "None"):
        with pytest.raises(SignInError):
            accounts.verified("王五", guess)


@pytest.mark.parametrize(
    "act",
    [
        lambda one: one.lock("王六"),
        lambda one: one.set_roles("王六", ()),
        lambda one: one.set_password("王六", GOOD, by_owner=False),
    ],
)
def test_an_unknown_name_is_said_with_those_there_are(accounts, act):
    with pytest.raises(AccountError, match="没有用户“王六”。已有：张三、李四"):
        act(accounts)


def test_a_broken_file_is_a_sentence(tmp_path, accounts):
    path = tmp_path / "access" / "accounts.sqlite"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(AccountError, match="账户文件读写不成"):
        accounts.all()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(AccountError, match="ACCESS"):
        Accounts(tmp_path / "file" / "accounts.sqlite")


def test_what_is_kept_is_typed(tmp_path, accounts):
    with sqlite3.connect(tmp_path / "access" / "accounts.sqlite") as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("update account set failures = 'many'")
