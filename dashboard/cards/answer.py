"""A card's answer: all that one chart shows for one selection of one build, made once and kept with the build."""

from typing import Any

import orjson
from dash import no_update

from dashboard.cards.chart import Chart
from dashboard.cards.gist import fine, gist
from dashboard.cards.graph import frame
from dashboard.cards.guard import or_sentence
from dashboard.cards.markup import markup
from dashboard.cards.selection import Selection
from dashboard.cards.sentence import sentence
from dashboard.cards.shown import Shown, read_by, remembered, shown
from dashboard.cards.sources import notes_block, source_line
from dashboard.cards.table import rows_table
from dashboard.warehouse import Warehouse

EMPTY_HEIGHT = 40
FAILED = "这张图暂时画不出来，其余内容不受影响。请稍后刷新；若一直如此，请把图名告诉管理员。"
Answer = dict[str, Any]


def answer(db: Warehouse, chart: Chart, selection: Selection) -> Answer:
    """Figure as JSON values; sentence, table, notes and sources as HTML text; a failure is a Chinese sentence, never an exception."""
    selection = read_by(chart, selection)
    return or_sentence(
        f"chart {chart.id} for {selection}",
        lambda: remembered(
            db, selection, ("answer", chart, selection), lambda: _answered(shown(db, chart, selection), selection)
        ),
        lambda told: _problem(chart, told, "card--failed"),
        failed=FAILED,
        private=bool(selection.own),
    )


def plain(tree: Any) -> Any:
    """Dash components as the dicts they are sent as, so that a kept answer is not serialised component by component again."""
    return orjson.loads(orjson.dumps(tree, default=lambda component: component.to_plotly_json()))


def card_class(chart: Chart, state: str = "") -> str:
    """Class names of a chart's card."""
    return " ".join(filter(None, ("card", "card--wide" if chart.wide else "", "" if chart.draw else "card--table", state)))


def _answered(card: Shown, selection: Selection) -> Answer:
    chart = card.chart
    if card.empty:
        return _problem(chart, card.empty, "card--empty")
    parts = {
        "finding": sentence(card.finding),
        "table": rows_table(card.rows, chart.columns, chart.question),
        "gist": gist(card),
        "fine": fine(notes_block(card.notes), source_line(card.citations)),
        "problem": None,
    }
    found: Answer = {
        "written": {name: markup(part) for name, part in parts.items()},
        "look": card_class(chart),
        "download": f"/download/{chart.id}.csv?{selection.to_query()}",
    }
    if card.is_drawn:
        found["figure"] = card.figure()
        found["frame"] = frame(found["figure"]["layout"]["height"])
        found["alternative"] = f"{chart.question}{card.finding.plain()}“表格”页签中有同样的数据。"
    return found


def _problem(chart: Chart, said: str, state: str) -> Answer:
    empty = {"data": [], "layout": {"height": EMPTY_HEIGHT, "xaxis": {"visible": False}, "yaxis": {"visible": False}}}
    blank = dict.fromkeys(("finding", "table", "gist", "fine"), "")
    made: Answer = {"written": blank | {"problem": markup(said)}, "look": card_class(chart, state)}
    made["download"] = no_update if state == "card--failed" else ""
    if chart.draw is not None:
        made |= {"figure": empty, "frame": frame(EMPTY_HEIGHT), "alternative": said}
    return made
