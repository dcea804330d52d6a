"""What is refused before any page sees it: requests by another name than ours, from pages of others, and questions nobody could have asked."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

import orjson
from dash import Dash
from flask import Flask, Response, abort, request
from flask.json.provider import DefaultJSONProvider

from dashboard.dash_adapter.callbacks import CALLBACKS, NO_SUCH_SCRIPT, may_be_asked

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})  # methods that change nothing and cost what a page costs
_OURS = frozenset({"same-origin", "none"})  # none: typed by the reader
BAD_HOST = (
    "这个地址名没有登记，请用管理员给出的地址打开。管理员：经域名或代理访问时，请把域名写进 ALLOWED_HOSTS（多个用逗号分开）。"
)
FOREIGN = "这个请求来自别的网站，没有执行。请在看板自己的页面上操作。"


def refuse_strangers(server: Flask, hosts: Sequence[str]) -> None:
    """Answer only requests to one of `hosts` (names without ports; none: to any), and change nothing for pages of other origins.

    A page of another site can have a reader's browser send requests to this machine, and can point its own name at it (DNS
    rebinding): the first is told by Sec-Fetch-Site or Origin, the second by Host. Outermost, so that kept answers are behind it.
    """
    dispatch = server.wsgi_app
    known = frozenset(host.lower() for host in hosts)

    def guarded(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        called = _name(environ.get("HTTP_HOST", ""))
        if known and called not in known and "HTTP_HOST" in environ:  # none: an old program, no browser
            return _refused(400, BAD_HOST)(environ, start_response)
        if environ.get("REQUEST_METHOD") not in _SAFE and _foreign(environ, known | {called}):
            return _refused(403, FOREIGN)(environ, start_response)
        return dispatch(environ, start_response)

    server.wsgi_app = guarded  # type: ignore[method-assign]


class StrictJSON(DefaultJSONProvider):
    """Reads what is JSON by the letter: the standard library takes NaN and half characters, which no answer can hold, and gives up on
    deep ones with an error of its own."""

    def loads(self, s: str | bytes, **_kwargs: Any) -> Any:
        """ValueError for everything else."""
        return orjson.loads(s)


def refuse_nonsense(app: Dash) -> None:
    """400 for bodies that are no JSON, and for those of callbacks that no page of `app` sends; 404 for scripts that no library has.
    None of it is a fault of ours to log."""
    server: Flask = app.server
    server.json = StrictJSON(server)

    @server.before_request
    def _asked_properly() -> None:
        if request.path == CALLBACKS and request.method == "POST" and not may_be_asked(request.get_data(), app):
            abort(400)

    for missing in NO_SUCH_SCRIPT:
        server.register_error_handler(missing, lambda _error: _refused(404, "没有这个文件。"))


def _foreign(environ: dict[str, Any], ours: frozenset[str]) -> bool:
    told = environ.get("HTTP_SEC_FETCH_SITE", "")
    if told:
        return told not in _OURS
    origin = environ.get("HTTP_ORIGIN", "")  # older browsers; programs send neither
    return bool(origin) and _name(urlsplit(origin).netloc) not in ours


def _name(host: str) -> str:
    """Of host:port the host, in lower case; blank for what is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _refused(status: int, words: str) -> Response:
    return Response(words, status, mimetype="text/plain")
