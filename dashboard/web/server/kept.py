"""What fills a page is asked for by GET (assets/kept.js), so that browser and server can keep the answer, and is sent once.

It depends on one store alone (selection and build, or just the build) and asking changes nothing. The browser asks again at every visit
(`no-cache`) and gets 304 for what it has. The server keeps an answer with the build it was made from and no longer, so
nothing old outlives a rebuild; a failed answer says `no-store` (components/guard.py) and is not kept at all. What shows a reader's
own numbers (cards/own.py) is asked for by POST, which nobody keeps; a GET that holds such numbers is refused.

A question of a page that was drawn from another build is not answered: an answer of the new build beside those of the old
would mix two builds on one page. The header X-Newer-Build comes instead, and assets/kept.js has the whole page asked for again.
"""

import base64
import io
import json
from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from flask import Flask, Response, g, request

from dashboard.dash_adapter.callbacks import CALLBACKS, DEPENDENCIES, LAYOUT, stored_in_request
from dashboard.warehouse import Build, Warehouse, WarehouseUnavailableError
from dashboard.web.server.terms import ADDRESS as TERMS
from dashboard.web.version import REBUILT, build_line

ADDRESS = "/_fill"  # assets/kept.js asks here
NEWER = "X-Newer-Build"
_MARK = "dashboard.fill"
_SAME_EACH_TIME = frozenset({LAYOUT, DEPENDENCIES, TERMS})
_SENT_WITH_304 = frozenset({"etag", "cache-control", "vary"})
_LARGEST = 1_000_000  # bytes of one kept answer

Headers = list[tuple[str, str]]
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Answer(NamedTuple):
    """One HTTP answer, whole."""

    status: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


class Question(NamedTuple):
    """What a page asks of one callback: the request's body, and the build that the page was drawn from."""

    body: bytes
    build: str
    posted: bool


class NotKeptError(Exception):
    """The answer is for this reader only, now."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def keep_answers(server: Flask, db: Warehouse, filled_by: Collection[str]) -> None:
    """Answer GET questions whose one input is one of the stores `filled_by`; give ETags to them and to what Dash sends each time."""
    dispatch = server.wsgi_app

    def by_get(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = _question(environ, filled_by)
        if asked is None:
            return dispatch(environ, start_response)
        with db.reading() as build:
            if build is not None and asked.build not in {"", build.build_id}:
                answer = _newer(build)
            elif asked.posted:
                return dispatch(environ, start_response)
            else:
                answer = _answer(db, asked.body, environ, dispatch)
        etag = answer.header("etag")
        if etag and etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 NOT MODIFIED", [pair for pair in answer.headers if pair[0].lower() in _SENT_WITH_304])
            return []
        start_response(answer.status, answer.headers)
        return [answer.body]

    server.wsgi_app = by_get  # type: ignore[method-assign]

    @server.after_request
    def _tag(response: Response) -> Response:
        if response.status_code == 200 and g.get("failed"):
            response.headers["Cache-Control"] = "no-store"
        elif response.status_code == 200 and _same_each_time(response):
            response.add_etag()
            response.headers["Cache-Control"] = "no-cache"
            response.make_conditional(request)  # for GET only: a fill is a POST by now, its ETag was looked at before
        return response


def _same_each_time(response: Response) -> bool:
    return request.path in _SAME_EACH_TIME or _MARK in request.environ or response.mimetype == "text/html"


def _answer(db: Warehouse, body: bytes, environ: dict[str, Any], dispatch: Wsgi) -> Answer:
    encoding = next((name for name in ("br", "gzip") if name in environ.get("HTTP_ACCEPT_ENCODING", "")), "")
    asked = {key: value for key, value in environ.items() if key != "HTTP_IF_NONE_MATCH"} | {
        "REQUEST_METHOD": "POST", "PATH_INFO": CALLBACKS, "QUERY_STRING": "", "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)), "HTTP_ACCEPT_ENCODING": encoding, _MARK: True,
    }  # fmt: skip

    def make() -> Answer:
        made = _called(dispatch, asked | {"wsgi.input": io.BytesIO(body)})
        if not made.status.startswith("200") or made.header("cache-control") == "no-store" or len(made.body) > _LARGEST:
            raise NotKeptError(made)
        return made

    try:
        return db.remember(("fill", encoding, body), make)
    except NotKeptError as refused:
        return refused.answer
    except WarehouseUnavailableError:
        return _called(dispatch, asked | {"wsgi.input": io.BytesIO(body)})


def _called(dispatch: Wsgi, environ: dict[str, Any]) -> Answer:
    told: list[Any] = []
    parts = dispatch(environ, lambda status, headers, *_: told.extend((status, list(headers))))
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    return Answer(told[0], told[1], body)


def _newer(build: Build) -> Answer:
    """What the page has to know to ask anew. No 4xx: browsers would report a fault where there is none."""
    told = {"build": build.build_id, "version": build_line(build), "notice": REBUILT}
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store"), (NEWER, build.build_id)]
    return Answer("200 OK", headers, body)


def _question(environ: dict[str, Any], filled_by: Collection[str]) -> Question | None:
    """The callback's request. In a query string it must read one of the stores and nothing else; sent as usual it may read more,
    or be too long for an address. None for other requests."""
    where = environ.get("REQUEST_METHOD"), environ.get("PATH_INFO")
    try:
        if where == ("GET", ADDRESS):
            query = environ.get("QUERY_STRING", "")
            body = base64.urlsafe_b64decode(query + "=" * (-len(query) % 4))
        elif where == ("POST", CALLBACKS) and int(environ.get("CONTENT_LENGTH") or 0) <= _LARGEST:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = io.BytesIO(body)
        else:
            return None
    except ValueError:  # of a length or a Base64 that are none
        return None
    stored = next(filter(None, (stored_in_request(body, store, "data") for store in filled_by)), None)
    if stored is None:
        return None
    chosen = stored.value if isinstance(stored.value, dict) else {}
    selection = chosen.get("selection")
    if where[0] == "GET" and not (stored.alone and not (isinstance(selection, dict) and selection.get("own"))):
        return None
    return Question(body, str(chosen.get("build") or ""), where[0] == "POST")
