"""What an address that leads nowhere shows; its HTML is answered with 404."""

from typing import Any

from dash import dcc, html

TITLE = "没有这个页面"


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
