"""Lets requests in: asks who somebody is, whether the address is for them, and keeps what they did there in the audit log.

Outermost around the dashboard, so that nothing of it (answers kept for everybody among them) is reached past it. Who may see
internal facts gets another dashboard than who may not, over a file that holds none: no route has to know of it.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from html import escape
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote

from flask import Response

from dashboard.access.accounts import Account, AccountError, Accounts
from dashboard.access.audit import AuditError, AuditLog
from dashboard.access.carried import ACCOUNT_KEY, DEEDS_KEY
from dashboard.access.door import ACCOUNT, COOKIE, SIGN_IN, SIGN_OUT
from dashboard.access.proxy import Proxy
from dashboard.access.roles import Role, asked_for

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
NOBODY = "请先登录。"
NOT_FOR_YOU = "您的账户没有“{role}”权限。需要的话，请找本单位的看板管理员。"
UNKNOWN = "单点登录给出的用户“{name}”没有在看板登记，或已停用。请管理员用 python -m dashboard user add 登记。"
CHANGE_FIRST = "请先在“我的账户”改口令。"
_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>没有权限</title><link rel="stylesheet" href="/assets/1_tokens.css"><link rel="stylesheet" href="/assets/door.lazy.css"></head>
<body><main class="door"><h1>没有权限</h1><p>{said}</p><p><a href="/">回到总览</a>　<a href="/account">我的账户</a></p></main></body></html>"""
_log = logging.getLogger(__name__)


class Gate:
    """A WSGI application around others. `public` and `internal` are the dashboards of the two audiences; `door` has the pages of sign-in."""

    def __init__(
        self, *, accounts: Accounts, audit: AuditLog, proxy: Proxy, door: Wsgi, public: Wsgi, internal: Wsgi | None = None
    ) -> None:
        self._accounts, self._audit, self._proxy = accounts, audit, proxy
        self._door, self._public, self._internal = door, public, internal or public
        self._greeted: set[tuple[str, str, date]] = set()  # whom the proxy brought, from where, on which day: one line each

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        try:
            return self._answered(environ, start_response)
        except (AuditError, AccountError) as error:
            _log.error("%s", error)
            return self._refused(503, str(error), environ)(environ, start_response)

    def _answered(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        role = asked_for(path)
        if path == SIGN_IN:
            return self._door(environ, start_response)
        if role is None:
            return self._public(environ, start_response)
        brought = self._proxy.name(environ)
        account = self._brought(brought, environ) if brought else self._accounts.of_session(_token(environ))
        if account is None:
            said = UNKNOWN.format(name=brought[:40]) if brought else NOBODY
            return (self._refused(403, said, environ) if brought else _to_sign_in(environ))(environ, start_response)
        if account.must_change and path not in {ACCOUNT, SIGN_OUT}:
            there = _moved(ACCOUNT) if _reads_a_page(environ) else Response(CHANGE_FIRST, 403, mimetype="text/plain")
            return there(environ, start_response)
        if not account.may(role):
            self._note("refused", account, environ, path=path, role=role.value)
            return self._refused(403, NOT_FOR_YOU.format(role=role.value), environ)(environ, start_response)
        environ[ACCOUNT_KEY], environ["REMOTE_USER"] = account, quote(account.name)
        environ["REMOTE_ADDR"] = self._proxy.address(environ)  # queues are fair by address: not all readers come from the proxy's
        if path in {ACCOUNT, SIGN_OUT} or path.startswith(f"{ACCOUNT}/"):
            return self._door(environ, start_response)
        return self._kept(self._internal if account.may(Role.INTERNAL) else self._public, account, environ, start_response)

    def _kept(self, served: Wsgi, account: Account, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The dashboard's answer; what it did is in the log before the first byte is out."""
        deeds: list[tuple[str, dict[str, Any]]] = []
        environ[DEEDS_KEY] = deeds
        given: list[Any] = []
        body = served(environ, lambda status, headers, *_: given.extend((status, headers)))
        status, headers = given[:2]
        try:
            for what, details in deeds:
                self._note(what, account, environ, status=int(status[:3]), **details)
        except AuditError:
            getattr(body, "close", lambda: None)()
            raise
        start_response(status, [*headers, ("Vary", "Cookie")])
        return body

    def _brought(self, name: str, environ: dict[str, Any]) -> Account | None:
        found = self._accounts.get(name)
        if found is None or found.locked:
            return None
        came = (name, self._proxy.address(environ), date.today())
        if came not in self._greeted:
            self._note("signed_in", found, environ, by="proxy")
            self._greeted = {one for one in self._greeted if one[2] == came[2]} | {came}
        return replace(found, must_change=False)  # the proxy minds its passwords

    def _note(self, what: str, account: Account, environ: dict[str, Any], **details: Any) -> None:
        self._audit.add(what, who=account.name, where=self._proxy.address(environ), **details)

    def _refused(self, status: int, said: str, environ: dict[str, Any]) -> Response:
        if _reads_a_page(environ):
            return Response(_PAGE.format(said=escape(said)), status, mimetype="text/html", headers={"Cache-Control": "no-store"})
        return Response(said, status, mimetype="text/plain", headers={"Cache-Control": "no-store"})


def _to_sign_in(environ: dict[str, Any]) -> Response:
    """A reader is led there and back; a program, or a page whose session has ended, is told (assets/signed.js leads on)."""
    if not _reads_a_page(environ):
        return Response(NOBODY, 401, mimetype="text/plain", headers={"X-Sign-In": SIGN_IN, "Cache-Control": "no-store"})
    query = quote(environ.get("QUERY_STRING", "").encode("latin-1", "replace"), safe="%/?:@!$&'()*+,;=")
    here = quote(environ.get("PATH_INFO", "/").encode("latin-1", "replace")) + (f"?{query}" if query else "")
    return _moved(f"{SIGN_IN}?next={quote(here, safe='')}" if here != "/" else SIGN_IN)


def _moved(to: str) -> Response:
    return Response(status=303, headers={"Location": to, "Cache-Control": "no-store"})


def _reads_a_page(environ: dict[str, Any]) -> bool:
    return environ.get("REQUEST_METHOD") in {"GET", "HEAD"} and "text/html" in environ.get("HTTP_ACCEPT", "")


def _token(environ: dict[str, Any]) -> str:
    try:
        found = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
