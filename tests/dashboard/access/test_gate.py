"""The gate: every address of the dashboard for every role, and what is kept of it in the log."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from flask import Flask, request
from werkzeug.test import Client

from dashboard.access import passwords
from dashboard.access.accounts import Accounts
from dashboard.access.audit import AuditLog
from dashboard.access.carried import told
from dashboard.access.door import door
from dashboard.access.gate import Gate
from dashboard.access.proxy import Proxy
from dashboard.access.roles import Role, asked_for
from dashboard.settings import Settings
from dashboard.web.app import create_app

PASSWORD = "Kan-ban-2026!"
HTML = {"Accept": "text/html"}
OPEN = re.compile(r"/(assets|bundle|_dash-component-suites)/.*|/healthz|/_favicon\.ico|/wall/plotly\.js")
ANALYST = re.compile(r"/api/.*|/openapi\.json")


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    from argon2 import PasswordHasher

    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def dashboard(audience: str) -> Flask:
    """Says which audience it serves, and tells a deed where one is asked of it."""
    served = Flask(audience, static_folder=None)

    @served.route("/", defaults={"path": ""}, methods=["GET", "POST"])
    @served.route("/<path:path>", methods=["GET", "POST"])
    def _any(path: str) -> str:
        if deed := request.args.get("deed"):
            told(deed, path=path)
        return audience

    return served


class Office:
    """A gate around two dashboards that say who they are."""

    def __init__(self, folder, **networks) -> None:
        self.accounts, self.audit, proxy = Accounts(folder / "accounts.sqlite"), AuditLog(folder / "audit"), Proxy(**networks)
        self.gate = Gate(
            accounts=self.accounts, audit=self.audit, proxy=proxy, door=door(self.accounts, self.audit, proxy, name="看板").wsgi_app,
            public=dashboard("public").wsgi_app, internal=dashboard("internal").wsgi_app,
        )  # fmt: skip

    def signed_in(self, name: str, *roles: Role) -> Client:
        self.accounts.add(name, roles, PASSWORD)
        self.accounts.set_password(name, f"{PASSWORD}x", by_owner=True)
        client = Client(self.gate)
        client.set_cookie("reform_session", self.accounts.open_session(name))
        return client

    def lines(self, what: str) -> list[dict]:
        return [line for line in self.audit.lines() if line["what"] == what]


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture(scope="module")
def addresses(warehouse) -> list[str]:
    """Every address that the dashboard has, with something in place of each variable."""
    rules = create_app(settings=Settings(warehouse=warehouse, uploads=True)).server.url_map.iter_rules()
    return sorted(
        {re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule) for rule in rules} | {"/sql", "/SQL", "/sql/", "/data", "/small-counties"}
    )


ROLE_SETS = [frozenset(chosen) for size in range(len(Role) + 1) for chosen in combinations(tuple(Role), size)]


def test_every_address_for_every_set_of_roles(tmp_path, addresses):
    assert len(addresses) > 45
    office = Office(tmp_path)
    for number, roles in enumerate(ROLE_SETS):
        client = office.signed_in(f"u{number}", *roles)
        for rule in addresses:
            address = re.sub(r"<[^>]+>", "x", rule)
            page = address.rstrip("/").lower() == "/sql"
            needed = (
                Role.ANALYSE if page or ANALYST.fullmatch(address) else Role.REPORT if address == "/download/check" else Role.VIEW
            )
            answer = client.get(address)
            allowed = OPEN.fullmatch(address) or needed is Role.VIEW or needed in roles
            assert answer.status_code == (200 if allowed else 403), (address, roles)
            if allowed:
                audience = "internal" if Role.INTERNAL in roles and not OPEN.fullmatch(address) else "public"
                assert answer.text == audience, (address, roles)
            else:
                assert needed.value in answer.text


def test_nobody_reaches_anything_but_code_and_health(office, addresses):
    client = Client(office.gate)
    for rule in addresses:
        address = re.sub(r"<[^>]+>", "x", rule)
        for method in (client.get, client.post):
            assert method(address).status_code == (200 if OPEN.fullmatch(address) else 401), address


@pytest.mark.parametrize(
    "address",
    ["//api/facts", "/api/../data", "/assets/../api/facts", "/assets/%2e%2e/x", "/healthz/../api/facts", "/x\n/assets/"],
)
def test_no_spelling_gets_past(office, address):
    """Whatever is open is open by its spelling, and the server behind looks the same spelling up."""
    answer = Client(office.gate).get(address)
    assert answer.status_code == 401 or asked_for(address) is None
    served = dashboard("public").test_client()
    assert asked_for("/api/facts") is Role.ANALYSE
    assert served.get("/api/facts").text == "public"


def test_a_reader_is_led_to_sign_in_and_back(office):
    answer = Client(office.gate).get("/compare?p=140930&i=河曲", headers=HTML)
    assert answer.status_code == 303
    assert answer.location == "/signin?next=%2Fcompare%3Fp%3D140930%26i%3D%25E6%25B2%25B3%25E6%259B%25B2"


def test_a_program_is_told_where_to_sign_in(office):
    answer = Client(office.gate).get("/api/facts")
    assert (answer.status_code, answer.headers["X-Sign-In"], answer.text) == (401, "/signin", "请先登录。")


def test_who_must_change_the_password_sees_nothing_else(office):
    office.accounts.add("新人", {Role.ADMIN, Role.INTERNAL}, PASSWORD)
    client = Client(office.gate)
    client.set_cookie("reform_session", office.accounts.open_session("新人"))
    assert client.get("/", headers=HTML).location == "/account"
    assert client.get("/data").status_code == 403
    assert client.get("/account/audit", headers=HTML).location == "/account"
    assert client.get("/account").status_code == 200


def test_answers_differ_by_who_asks_and_say_so(office):
    assert "Cookie" in office.signed_in("甲").get("/").headers["Vary"]


def test_what_was_done_stands_in_the_log_before_the_answer(office):
    client = office.signed_in("甲", Role.ANALYSE)
    client.get("/api/x?deed=exported")
    client.get("/api/x")
    [line] = office.lines("exported")
    assert (line["who"], line["details"]) == ("甲", {"status": 200, "path": "api/x"})


def test_what_cannot_be_logged_is_not_given(office, monkeypatch):
    client = office.signed_in("甲")

    def full(*_args, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboard.access.audit.os.fsync", full)
    answer = client.get("/data?deed=exported")
    assert answer.status_code == 503
    assert "审计日志" in answer.text
    assert client.get("/data").status_code == 200  # what is not logged goes on


def test_a_refusal_is_logged(office):
    office.signed_in("甲").get("/api/facts")
    [line] = office.lines("refused")
    assert line["details"] == {"path": "/api/facts", "role": "分析"}


def test_a_locked_account_is_out_at_once(office):
    client = office.signed_in("甲")
    assert client.get("/").status_code == 200
    office.accounts.lock("甲")
    assert client.get("/").status_code == 401


def test_a_broken_file_of_accounts_lets_nobody_in(office, tmp_path):
    client = office.signed_in("甲")
    (tmp_path / "accounts.sqlite").write_bytes(b"broken" * 1000)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "账户文件" in answer.text
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "cookie", ["reform_session=", 'reform_session="', "a=b; reform_session=x", "\x00", "=;=", "reform_session=" + "x" * 9000]
)
def test_a_bad_cookie_is_nobody(office, cookie):
    answer = Client(office.gate).get("/", headers={"Cookie": cookie.replace("\x00", "?")})
    assert answer.status_code == 401


class TestProxy:
    """An office's single sign-on in front."""

    @pytest.fixture
    def office(self, tmp_path):
        from ipaddress import ip_network

        made = Office(tmp_path, networks=(ip_network("10.0.0.5/32"),), header="X-Remote-User")
        made.accounts.add("王五", {Role.ANALYSE}, None)
        return made

    def ask(self, office, near: str, **headers: str):
        named = {key.replace("_", "-"): value.encode().decode("latin-1") for key, value in headers.items()}
        return Client(office.gate).get("/api/facts", headers=named, environ_overrides={"REMOTE_ADDR": near})

    def test_it_names_who_is_signed_in(self, office):
        answer = self.ask(office, "10.0.0.5", X_Remote_User="王五", X_Forwarded_For="1.1.1.1, 192.168.3.4")
        assert (answer.status_code, answer.text) == (200, "public")
        self.ask(office, "10.0.0.5", X_Remote_User="王五", X_Forwarded_For="192.168.3.4")
        [line] = office.lines("signed_in")  # one a day and address
        assert (line["who"], line["where"], line["details"]) == ("王五", "192.168.3.4", {"by": "proxy"})

    def test_nobody_else_is_believed(self, office):
        assert self.ask(office, "10.0.0.6", X_Remote_User="王五").status_code == 401
        assert self.ask(office, "", X_Remote_User="王五").status_code == 401

    @pytest.mark.parametrize("name", ["没有此人", "停用的人"])
    def test_who_is_not_registered_is_told(self, office, name):
        office.accounts.add("停用的人", (), None)
        office.accounts.lock("停用的人")
        answer = self.ask(office, "10.0.0.5", X_Remote_User=name)
        assert answer.status_code == 403
        assert f"“{name}”没有在看板登记，或已停用" in answer.text

    def test_without_a_name_one_signs_in_here(self, office):
        assert self.ask(office, "10.0.0.5").status_code == 401
        assert self.ask(office, "10.0.0.5", X_Remote_User=" ").status_code == 401
