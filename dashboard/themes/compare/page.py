"""对比分析: the reader's own choice of a measure and places; the form follows the data, the scope gate says what may meet."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, html

from dashboard.cards import ids
from dashboard.cards.guard import or_sentence
from dashboard.cards.page import Page, cards, head, wire_cards
from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.themes.compare.charts import CHARTS, COMPARE, title
from dashboard.themes.compare.picker import picker, wire_picker
from dashboard.themes.compare.start import start
from dashboard.warehouse import Warehouse

TITLE = "对比分析：选指标，选地区"
LEAD = "图的形式跟着数据走。口径不同的自动分栏，写明为什么不能并列；没有公布的地区写未公布，不按零算。"
STAGE = "compare-stage"


def _begun(selection: Selection) -> bool:
    return bool(selection.indicator or selection.places or selection.cohorts)


def _layout(selection: Selection) -> list[Any]:
    stage = [picker(selection), start(), cards(CHARTS, selection)]
    return [head(TITLE, LEAD), html.Div(stage, id=STAGE, className="compare compare--begun" if _begun(selection) else "compare")]


def _wire(app: Dash, db: Warehouse) -> None:
    wire_picker(app, db)
    wire_cards(CHARTS)(app, db)
    app.clientside_callback(ClientsideFunction("compare", "stage"), Output(STAGE, "className"), Input(ids.CHOSEN, "data"))

    @app.callback(Output(ids.part_id(COMPARE.id, "title"), "children"), Input(ids.CHOSEN, "data"))
    def _title(chosen: Any) -> str:
        selection = Selection.parse(chosen.get("selection") if isinstance(chosen, dict) else None)
        with db.reading():
            return or_sentence("title", lambda: _question(db, selection), lambda _said: COMPARE.question, failed=COMPARE.question)

    # The window's title follows a choice, and with it history and bookmarks.
    app.clientside_callback(
        ClientsideFunction("compare", "name"),
        Output(STAGE, "data-named"),
        Input(ids.part_id(COMPARE.id, "title"), "children"),
        Input(ids.CHOSEN, "data"),
    )


def _named(db: Warehouse, selection: Selection) -> str:
    """The question that a choice asks; blank before one."""
    return or_sentence("title", lambda: _question(db, selection), lambda _said: "", failed="") if _begun(selection) else ""


def _question(db: Warehouse, selection: Selection) -> str:
    return title(shown(db, COMPARE, selection).rows)


PAGE = Page(path="/compare", nav="对比分析", short="对比", title=TITLE, lead=LEAD, layout=_layout, wire=_wire, named=_named)
