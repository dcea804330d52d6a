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
        _guide(),
        _own_county(),
        headlines(),
        changes_strip(),
        cards(CHARTS, selection),
    ]


# What a first visitor has to know to read a card, a line each.
GUIDE = (
    ("带虚线的数", "点开看原文怎么写、口径是什么、出自哪里。"),
    ("○ → ●", "空心是改革前，实心是改革后；空心框是编制，实心条是实有，斜线是超出的人。"),
    ("○ 和 ┊", "约数画空心，只知道一端的画竖线；〔 〕里的数是推算的，存疑、待核的写在数的旁边。"),
    ("分栏", "口径不同的数不放在一条轴上，也不排名；没有公布的写未公布，不按零算。"),
    ("卡片下面的一行", "点开是口径说明和全部来源；右上角“⋯”可以下载，或放进简报。"),
)


def _guide() -> html.Details:
    lines = [html.Div([html.Dt(name), html.Dd(told)], className="guide__line") for name, told in GUIDE]
    return html.Details([html.Summary("怎么看"), html.Dl(lines, className="guide__lines")], className="guide")


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
