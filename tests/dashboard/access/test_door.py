"""The pages of sign-in: what gets in, what is refused, what a browser is told."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import Client

from dashboard.access.roles import Role
from tests.dashboard.access.test_gate import HTML, PASSWORD, Office, _quick  # noqa: F401

NEW = "Xin-kou-ling8"


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    made.accounts.add("张三", {Role.ADMIN}, PASSWORD)
    made.accounts.set_password("张三", NEW, by_owner=True)
    return made


@pytest.fixture
def client(office):
    return Client(office.gate)


def send(client, address, form, **named):
    """Post a form of the page at `address`, with its token."""
    page = client.get("/signin" if address == "/signin" else "/account", **named).text
    [token, *_] = re.findall(r'name="csrf_token" value="([^"]+)"', page)
    return client.post(address, data={"csrf_token": token, **form}, **named)


def sign_in(client, password=NEW, to="/", **named):
    return send(client, "/signin", {"user": "张三", "password": password, "next": to}, **named)


def test_a_reader_signs_in_and_is_where_they_wanted_to_be(office, client):
    answer = sign_in(client, to="/compare?p=140930")
    assert (answer.status_code, answer.location) == (303, "/compare?p=140930")
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("reform_session="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert client.get("/compare").text == "public"
    assert office.lines("signed_in")[0]["who"] == "张三"


def test_over_https_cookies_do_not_travel_without(client):
    answer = sign_in(client, base_url="https://localhost", headers={"Referer": "https://localhost/signin"})
    assert answer.status_code == 303
    assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/signin", "/signout", "/\nx", ""]
)
def test_no_address_leads_elsewhere(client, to):
    assert sign_in(client, to=to).location == "/"


def test_a_wrong_password_says_so_and_is_logged(office, client):
    answer = sign_in(client, "wrong")
    assert answer.status_code == 401
    assert "用户名或口令不对" in answer.text
    assert 'value="张三"' in answer.text
    assert office.lines("failed")[0]["who"] == "张三"
    assert client.get("/").status_code == 401


def test_what_is_typed_is_shown_as_text(client):
    answer = send(client, "/signin", {"user": '"><script>alert(1)</script>', "password": "x"})
    assert "<script>" not in answer.text


def test_a_form_without_its_token_does_nothing(office, client):
    answer = client.post("/signin", data={"user": "张三", "password": NEW})
    assert answer.status_code == 400
    assert "请再填一次" in answer.text
    assert office.lines("signed_in") == []


def test_an_address_that_tries_too_often_waits(client):
    statuses = [sign_in(client, "wrong" if number else NEW).status_code for number in range(11)]
    assert statuses[-1] == 429


def test_signing_in_gives_another_session_and_ends_the_one_before(office, client):
    sign_in(client)
    first = client.get_cookie("reform_session").value
    sign_in(client)
    second = client.get_cookie("reform_session").value
    assert first != second
    assert office.accounts.of_session(first) is None


def test_signing_out_ends_the_session_and_empties_the_cache(office, client):
    sign_in(client)
    token = client.get_cookie("reform_session").value
    answer = send(client, "/signout", {})
    assert (answer.status_code, answer.location, answer.headers["Clear-Site-Data"]) == (303, "/signin", '"cache"')
    assert office.accounts.of_session(token) is None
    assert client.get("/").status_code == 401


def test_signing_out_everywhere_ends_the_others_too(office, client):
    other = Client(office.gate)
    sign_in(other)
    sign_in(client)
    send(client, "/signout", {"everywhere": "1"})
    assert other.get("/").status_code == 401


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"now": "wrong", "new": "Zai-huan-1-ge", "again": "Zai-huan-1-ge"}, "现在的口令不对"),
        ({"now": NEW, "new": "Zai-huan-1-ge", "again": "Zai-huan-2-ge"}, "不一样"),
        ({"now": NEW, "new": "short", "again": "short"}, "10～200"),
        ({"now": NEW, "new": PASSWORD, "again": PASSWORD}, "用过的"),
    ],
)
def test_a_password_that_cannot_be_is_said(client, form, said):
    sign_in(client)
    answer = send(client, "/account", form)
    assert answer.status_code == 400
    assert said in answer.text
    assert client.get("/").status_code == 200


def test_a_new_password_ends_all_sessions(client):
    sign_in(client)
    answer = send(client, "/account", {"now": NEW, "new": "Zai-huan-1-ge", "again": "Zai-huan-1-ge"})
    assert answer.location == "/signin?changed"
    assert client.get("/").status_code == 401
    assert sign_in(client, "Zai-huan-1-ge").status_code == 303


def test_the_log_is_for_who_administers(office, client):
    sign_in(client)
    page = client.get("/account/audit", headers=HTML)
    assert page.status_code == 200
    assert "逐行校验无改动" in page.text
    assert "登录" in page.text
    office.accounts.set_roles("张三", {Role.ADMIN})
    other = office.signed_in("李四", Role.ANALYSE, Role.INTERNAL, Role.REPORT)
    assert other.get("/account/audit").status_code == 403


def test_a_log_that_was_changed_is_said_on_its_page(office, client):
    sign_in(client)
    [path] = office.audit._paths()
    path.write_text(path.read_text().replace("signed_in", "signed_im"))
    assert "被改动" in client.get("/account/audit").text


def test_pages_run_no_script_and_are_framed_by_nobody(client):
    headers = client.get("/signin").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_a_huge_form_is_refused(client):
    assert client.post("/signin", data={"user": "x" * 100_000}).status_code in {400, 413}
