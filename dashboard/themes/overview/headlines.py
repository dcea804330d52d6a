"""The tiles at the top of 总览: one large figure each, with receipts, leading to the page that explains it."""

from typing import Any

from dash import Dash, Input, Output, dcc, html

from dashboard.cards import ids
from dashboard.cards.answer import plain
from dashboard.cards.chart import Headline
from dashboard.cards.guard import or_sentence
from dashboard.cards.sentence import sentence
from dashboard.cards.shown import shown_headline
from dashboard.cards.skeleton import lines
from dashboard.language.sentence import Finding
from dashboard.themes.overview.charts import HEADLINES
from dashboard.warehouse import Warehouse

TILES = "headlines"
JOINTS = frozenset({"→", "/", "～", "＋"})
FAILED = "暂时读不出。"


def headlines() -> html.Div:
    """The row of tiles, empty until the callback answers."""
    return html.Div([html.Div(lines(3), className="tile") for _ in HEADLINES], id=TILES, className="tiles")


def wire_headlines(app: Dash, db: Warehouse) -> None:
    """Fill the tiles from the page's store."""

    @app.callback(Output(TILES, "children"), Input(ids.CHOSEN, "data"))
    def _fill(_chosen: Any) -> list[Any]:
        with db.reading():
            return [_tile(db, headline) for headline in HEADLINES]


def _tile(db: Warehouse, headline: Headline) -> Any:
    return or_sentence(
        f"headline {headline.id}",
        lambda: db.remember(("headline", headline.id), lambda: plain(_made(db, headline))),
        lambda said: html.Div(html.P(said, className="tile__sentence"), className="tile"),
        failed=FAILED,
    )


def _made(db: Warehouse, headline: Headline) -> html.Section:
    told = shown_headline(db, headline)
    if told.is_empty:
        return html.Section([html.P("未公布", className="tile__figure"), _foot(headline)], className="tile")
    return html.Section(
        [
            html.P(told.subject, className="tile__subject"),
            html.P(_figure(told.figure), className="tile__figure"),
            html.P(sentence(told.finding), className="tile__sentence"),
            _foot(headline, f"{told.when}数据 · {told.sources}个来源" if told.when else ""),
        ],
        className="tile",
    )


def _figure(finding: Finding) -> list[Any]:
    """Numbers large, units small; what joins two numbers (→, /) as large as they are."""
    return [
        html.Span(part, className="tile__joint") if isinstance(part, str) and part.strip() in JOINTS else part
        for part in sentence(finding)
    ]


def _foot(headline: Headline, told: str = "") -> html.P:
    return html.P([html.Span(told), dcc.Link([headline.theme, " →"], href=headline.path)], className="tile__foot")
