"""The room that a page keeps for drawings which have not come yet: as high as they will be, so that nothing below them moves."""

from collections.abc import Mapping

from dash import dcc, html

from dashboard.cards.answer import EMPTY_HEIGHT
from dashboard.cards.chart import Chart
from dashboard.cards.graph import USUAL_HEIGHT, reserve
from dashboard.cards.guard import or_sentence
from dashboard.cards.ids import graph_id, part_id
from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.dash_adapter.components import Component, parts
from dashboard.warehouse import Warehouse


def reserve_drawings(layout: Component, db: Warehouse, charts: Mapping[str, Chart], selection: Selection) -> None:
    """Give every card of `layout` that is one of `charts` the height of its drawing under `selection`.

    The drawing is kept with the build: the card's answer, which is asked for next, finds it. Without a warehouse, and for a card
    that fails, the usual height stands in.
    """
    by_id = {graph_id(chart.id): chart for chart in charts.values()}
    frames = {part_id(chart.id, "alternative"): chart for chart in charts.values()}
    with db.reading() as build:
        if build is None:
            return
        for part in parts(layout):
            name = getattr(part, "id", "")
            if isinstance(part, dcc.Graph) and name in by_id:
                reserve(part, drawn_height(db, by_id[name], selection))
            elif isinstance(part, html.Div) and name in frames:  # dcc.Graph is nothing at all until its script has come
                part.style = {"--reserved": f"{drawn_height(db, frames[name], selection)}px"}


def drawn_height(db: Warehouse, chart: Chart, selection: Selection) -> float:
    """Height in px of a chart's drawing on a page."""

    def measure() -> float:
        card = shown(db, chart, selection)
        return float(card.figure()["layout"]["height"]) if card.is_drawn else EMPTY_HEIGHT

    return or_sentence(f"height of {chart.id}", measure, lambda _told: USUAL_HEIGHT, failed="")
