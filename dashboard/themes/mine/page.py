"""我县: the reader's county beside what is published. The numbers are the reader's and stay with the reader."""

from typing import Any

from dash import Dash, Input, Output

from dashboard.cards import ids
from dashboard.cards.guard import or_sentence
from dashboard.cards.page import Page, cards, head, wire_cards
from dashboard.cards.selection import Selection
from dashboard.themes.mine.answer import answers
from dashboard.themes.mine.charts import CHARTS
from dashboard.themes.mine.form import ANSWER, FAILED, form, wire_form
from dashboard.warehouse import Warehouse

TITLE = "我县站在哪里"
LEAD = "填您的县和知道的数，哪怕只有一项，马上看到和公布的数比站在哪里。数只留在您的浏览器里，本站不保存、不记录。"


def _layout(selection: Selection) -> list[Any]:
    return [head(TITLE, LEAD), form(), cards(CHARTS, selection)]


def _wire(app: Dash, db: Warehouse) -> None:
    wire_form(app, db)
    wire_cards(CHARTS)(app, db)

    @app.callback(Output(ANSWER, "children"), Input(ids.CHOSEN, "data"))
    def _answer(chosen: Any) -> Any:
        selection = Selection.parse(chosen.get("selection") if isinstance(chosen, dict) else None)
        with db.reading():
            return or_sentence("answer of a reader", lambda: answers(db, selection), str, failed=FAILED, private=True)


PAGE = Page(path="/mine", nav="我县", title=TITLE, lead=LEAD, layout=_layout, wire=_wire)
