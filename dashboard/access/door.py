"""The pages before the dashboard and beside it: sign in, sign out, one's own account, and the audit log for who administers.

A Flask application of its own, so that nothing of the dashboard runs for who is not signed in. Forms carry a token (Flask-WTF),
and sign-in is limited by address (Flask-Limiter) besides the pause of an account after wrong passwords.
"""

import secrets
from collections import deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, make_response, redirect, render_template, request
from flask.sessions import SecureCookieSessionInterface
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFError, CSRFProtect  # type: ignore[import-untyped]

from dashboard.access import passwords
from dashboard.access.accounts import Account, AccountError, Accounts, SignInError, WrongPasswordError
from dashboard.access.audit import AuditError, AuditLog, in_words
from dashboard.access.carried import ACCOUNT_KEY
from dashboard.access.proxy import Proxy
from dashboard.access.roles import Role

SIGN_IN, SIGN_OUT, ACCOUNT = "/signin", "/signout", "/account"
COOKIE = "reform_session"
A_MINUTE = "10 per minute"  # sign-ins from one address
SHOWN_LINES = 300  # of the log, on its page
TOO_OFTEN = "这个地址登录太频繁，请一分钟后再试。"
STALE = "页面放得太久，请再填一次。"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_MOST_BYTES = 20_000


class _Session(SecureCookieSessionInterface):
    """Holds the token of forms; over https only, where the browser speaks https."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy

    def get_cookie_secure(self, app: Flask) -> bool:
        return self._proxy.by_https(request.environ)


def door(accounts: Accounts, audit: AuditLog, proxy: Proxy, *, name: str) -> Flask:
    """The application; `name` of the dashboard stands in the titles."""
    server = Flask("dashboard.access", static_folder=None, template_folder="templates")
    server.config.update(
        SECRET_KEY=secrets.token_bytes(32), SESSION_COOKIE_NAME="reform_form", SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=_MOST_BYTES, WTF_CSRF_TIME_LIMIT=None,
    )  # fmt: skip
    server.session_interface = _Session(proxy)
    CSRFProtect(server)
    often = Limiter(lambda: proxy.address(request.environ) or "?", app=server, storage_uri="memory://").limit(A_MINUTE)
    pages = _Pages(accounts, audit, proxy, name)
    server.add_url_rule(SIGN_IN, view_func=pages.form)
    server.add_url_rule(SIGN_IN, view_func=often(pages.sign_in), methods=["POST"])
    server.add_url_rule(SIGN_OUT, view_func=pages.sign_out, methods=["POST"])
    server.add_url_rule(ACCOUNT, view_func=pages.own)
    server.add_url_rule(ACCOUNT, view_func=often(pages.password), methods=["POST"])
    server.add_url_rule(f"{ACCOUNT}/audit", view_func=pages.log)
    server.register_error_handler(429, lambda _error: pages.refused(429, TOO_OFTEN))
    server.register_error_handler(CSRFError, lambda _error: pages.refused(400, STALE))
    for broken in (AuditError, AccountError):
        server.register_error_handler(broken, lambda error: pages.refused(503, str(error)))
    server.register_error_handler(405, lambda _error: redirect(SIGN_IN, 303))
    server.register_error_handler(404, lambda _error: redirect(ACCOUNT, 303))
    server.after_request(_protected)
    return server


@dataclass(frozen=True)
class _Pages:
    """What the addresses answer."""

    accounts: Accounts
    audit: AuditLog
    proxy: Proxy
    name: str

    def form(self) -> Response:
        return self._page("signin.html", to=_local(request.args.get("next", "")), said="", user="")

    def sign_in(self) -> Any:
        user, to = request.form.get("user", "").strip(), _local(request.form.get("next", ""))
        try:
            account = self.accounts.verified(user, request.form.get("password", ""))
        except SignInError as error:
            self._note("failed", user[:40])
            return self._page("signin.html", 401, to=to, said=str(error), user=user)
        self._note("signed_in", account.name)
        self.accounts.close(request.cookies.get(COOKIE, ""))  # the session of before, if there was one, is of no use any more
        response = redirect(ACCOUNT if account.must_change else to, 303)
        token, secure = self.accounts.open_session(account.name), self.proxy.by_https(request.environ)
        response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=secure, path="/")
        return response

    def sign_out(self) -> Any:
        account, everywhere = _account(), bool(request.form.get("everywhere"))
        if everywhere:
            self.accounts.close_all(account.name)
        self.accounts.close(request.cookies.get(COOKIE, ""))
        self._note("signed_out", account.name, everywhere=everywhere)
        return _outside()

    def own(self) -> Response:
        return self._account_page(_account())

    def password(self) -> Any:
        account, new = _account(), request.form.get("new", "")
        try:
            self.accounts.verified(account.name, request.form.get("now", ""))
            if new != request.form.get("again", ""):
                raise AccountError("两次填的新口令不一样。")
            self.accounts.set_password(account.name, new, by_owner=True)
        except WrongPasswordError:
            return self._account_page(account, 400, "现在的口令不对。")
        except AccountError as error:
            return self._account_page(account, 400, str(error))
        self._note("password", account.name)
        return _outside("?changed")

    def log(self) -> Response:
        last = deque(self.audit.lines(), maxlen=SHOWN_LINES)
        try:
            said, sound = f"共 {self.audit.checked()} 行，逐行校验无改动。", True
        except AuditError as error:
            said, sound = str(error), False
        return self._page(
            "audit.html", lines=[in_words(line) for line in reversed(last)], said=said, sound=sound, most=SHOWN_LINES
        )

    def refused(self, status: int, said: str) -> Response:
        return self._page("signin.html", status, to="/", said=said, user="")

    def _account_page(self, account: Account, status: int = 200, said: str = "") -> Response:
        return self._page("account.html", status, account=account, administers=account.may(Role.ADMIN), said=said)

    def _page(self, template: str, status: int = 200, **named: Any) -> Response:
        response = make_response(render_template(template, name=self.name, rules=passwords.RULES, **named), status)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _note(self, what: str, who: str, **details: Any) -> None:
        self.audit.add(what, who=who, where=self.proxy.address(request.environ), **details)


def _protected(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _account() -> Account:
    found = request.environ[ACCOUNT_KEY]
    assert isinstance(found, Account)
    return found


def _local(to: str) -> str:
    """An address of this server, or its first page: never one of another."""
    parts = urlsplit(to)
    fine = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() and not parts.scheme and not parts.netloc
    return to if fine and not to.startswith((SIGN_IN, SIGN_OUT)) else "/"


def _outside(query: str = "") -> Any:
    response = redirect(SIGN_IN + query, 303)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache"'  # figures that the browser kept go with the session
    return response
