"""财政供养比: how many people stand behind one person on the public payroll, and what a target would mean."""

from typing import Any

from dash import Dash

from dashboard.cards.page import Page, cards, head, wire_cards
from dashboard.cards.selection import Selection
from dashboard.themes.ratio.charts import CHARTS
from dashboard.themes.ratio.what_if.calculator import calculator, wire_calculator
from dashboard.warehouse import Warehouse

TITLE = "多少人对应一名财政供养人员"
LEAD = "统一写作 N:1。人口口径、人员口径不同的分栏列出，不排在同一条轴上；页尾可以换算和推算。"


def _layout(selection: Selection) -> list[Any]:
    return [head(TITLE, LEAD), cards(CHARTS, selection), calculator()]


def _wire(app: Dash, db: Warehouse) -> None:
    wire_cards(CHARTS)(app, db)
    wire_calculator(app, db)


PAGE = Page(path="/ratio", nav="财政供养比", title=TITLE, lead=LEAD, layout=_layout, wire=_wire, early=True)
