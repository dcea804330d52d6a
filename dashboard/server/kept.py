"""What fills a page is asked for by GET (assets/kept.js), so that browser and server can keep the answer, and is sent once.

It depends on the page's store alone (selection and build) and asking changes nothing. The browser asks again at every visit
(`no-cache`) and gets 304 for what it has. The server keeps an answer with the build it was made from and no longer, so
nothing old outlives a rebuild; a failed answer says `no-store` (components/guard.py) and is not kept at all. Should answers
ever differ between readers, the reader has to be part of the key.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from flask import Flask, Response, g, request

from dashboard.warehouse import Warehouse, WarehouseUnavailableError

ADDRESS = "/_fill"  # assets/kept.js asks here
_CALLBACKS = "/_dash-update-component"
_MARK = "dashboard.fill"
_SAME_EACH_TIME = frozenset({"/_dash-layout", "/_dash-dependencies", "/api/schema", "/api/queries"})
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


class NotKeptError(Exception):
    """The answer is for this reader only, now."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def keep_answers(server: Flask, db: Warehouse, filled_by: str) -> None:
    """Answer GET questions whose one input is the store `filled_by`; give ETags to them and to what Dash sends each time."""
    dispatch = server.wsgi_app

    def by_get(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = None
        if environ.get("PATH_INFO") == ADDRESS and environ.get("REQUEST_METHOD") == "GET":
            body = _question(environ.get("QUERY_STRING", ""), filled_by)
        if body is None:
            return dispatch(environ, start_response)
        answer = _answer(db, body, environ, dispatch)
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
        elif response.status_code == 200 and (request.path in _SAME_EACH_TIME or _MARK in request.environ):
            response.add_etag()
            response.headers["Cache-Control"] = "no-cache"
            response.make_conditional(request)  # for GET only: a fill is a POST by now, its ETag was looked at before
        return response


def _answer(db: Warehouse, body: bytes, environ: dict[str, Any], dispatch: Wsgi) -> Answer:
    encoding = next((name for name in ("br", "gzip") if name in environ.get("HTTP_ACCEPT_ENCODING", "")), "")
    asked = {key: value for key, value in environ.items() if key != "HTTP_IF_NONE_MATCH"} | {
        "REQUEST_METHOD": "POST", "PATH_INFO": _CALLBACKS, "QUERY_STRING": "", "CONTENT_TYPE": "application/json",
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


def _question(query: str, filled_by: str) -> bytes | None:
    """The callback's request in a query string; None unless it reads the one store and nothing else."""
    try:
        body = base64.urlsafe_b64decode(query + "=" * (-len(query) % 4))
        asked = json.loads(body)
        [read] = asked["inputs"]
        only = (read["id"], read["property"]) == (filled_by, "data") and not asked.get("state")
    except (binascii.Error, ValueError, KeyError, TypeError):
        return None
    return body if only else None
