"""总览: the findings across the themes, each with the way to its page."""

from typing import Any

import dash_mantine_components as dmc
from dash import Dash, html

from dashboard.cards.page import Page, cards, head, wire_cards
from dashboard.cards.selection import Selection
from dashboard.themes.changes.parts import changes_strip, wire_changes
from dashboard.themes.overview.charts import CHARTS
from dashboard.themes.overview.headlines import headlines, wire_headlines
from dashboard.warehouse import Warehouse

TITLE = "改革走到哪一步，人和机构变了多少"
LEAD = "每个数字都可点开看来源、原文说法与口径；口径不同的不放在一起。"


def _layout(selection: Selection) -> list[Any]:
    wall = html.A("大屏显示 →", href="/wall", className="page__wall")  # a page beside Dash: a plain link
    return [
        html.Div([head(TITLE, LEAD), wall], className="page__top"),
        _own_county(),
        headlines(),
        changes_strip(),
        cards(CHARTS, selection),
    ]


def _own_county() -> html.Div:
    """The way to 我县 for somebody who thinks of one county (assets/own.js)."""
    return html.Div(
        [
            html.Span("您的县", id="home-place-label", className="home-mine__label"),
            # The early page has no inputs: the room for this one is there from the start.
            html.Div(
                dmc.TextInput(id="home-place", placeholder="例如 兰考县", **{"aria-labelledby": "home-place-label"}),
                className="home-mine__field",
            ),
            html.Button("看它站在哪里 →", type="button", className="home-mine__go", **{"data-own": "go"}),
        ],
        className="home-mine",
    )


def _wire(app: Dash, db: Warehouse) -> None:
    wire_headlines(app, db)
    wire_changes(app, db)
    wire_cards(CHARTS)(app, db)


PAGE = Page(path="/", nav="总览", title=TITLE, lead=LEAD, layout=_layout, wire=_wire, early=True)
