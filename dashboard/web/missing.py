"""What an address that leads nowhere shows; its HTML is answered with 404."""

from collections.abc import Callable
from typing import Any

from dash import dcc, html
from flask import Flask, abort, request
from werkzeug.exceptions import MethodNotAllowed

from dashboard.access.gate import NOT_FOR_YOU
from dashboard.access.roles import Role

TITLE = "没有这个页面"
_ANY_PAGE = "/<path:path>"  # Dash's route of all pages

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def missing_page(path: str) -> list[Any]:
    """Content for an unknown `path`."""
    return [
        html.Div(
            [
                html.H1(TITLE, className="page__title"),
                html.P(["地址 ", html.Code(path[:80]), " 不存在，可能是链接写错或页面已改名。"], className="page__lead"),
                html.P(dcc.Link("回到总览", href="/", className="page__back")),
            ],
            className="page__head",
        )
    ]


def refused_page(role: Role) -> list[Any]:
    """Content of a page for which the reader has not the `role`."""
    return [
        html.Div(
            [
                html.H1("没有权限", className="page__title"),
                html.P(NOT_FOR_YOU.format(role=role.value), className="page__lead"),
                html.P(dcc.Link("回到总览", href="/", className="page__back")),
            ],
            className="page__head",
        )
    ]


def refuse_missing(server: Flask, status_of: Callable[[str], int]) -> None:
    """404 for every method where there is no page: Dash takes GET of any address, so that another method of it would be 405.
    `status_of`: what HTTP says of a path that no route but that of the pages has."""

    @server.before_request
    def _refuse() -> None:
        wrong = request.routing_exception
        if not isinstance(wrong, MethodNotAllowed) or not _READING.issuperset(wrong.valid_methods or ()):
            return
        rule, _ = server.url_map.bind("").match(request.path, method="GET", return_rule=True)
        if rule.rule == _ANY_PAGE and status_of(request.path) == 404:
            abort(404)
