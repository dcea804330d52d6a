"""数据与来源: every fact, source, definition, conflict and check, open to inspection."""

from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, html

from dashboard.cards.page import Page, cards, head, wire_cards
from dashboard.cards.selection import Selection
from dashboard.themes.data.charts import CHARTS
from dashboard.themes.data.fact_grid import fact_grid, wire_fact_grid
from dashboard.themes.data.sections import SECTIONS, section_body, wire_section
from dashboard.warehouse import Warehouse

TITLE = "数据与来源"
LEAD = "本库收录的每一条事实都在这里，可筛选、排序、分组、搜索；点“出处”看原文说法与口径。"
TABS, FACTS = "data-tabs", "facts"


def _layout(selection: Selection) -> list[Any]:
    asked = [section.value for section in SECTIONS if section.value in selection.tables]
    tabs = [dmc.TabsTab("事实", value=FACTS), *(dmc.TabsTab(section.name, value=section.value) for section in SECTIONS)]
    panels = [dmc.TabsPanel(fact_grid(selection), value=FACTS)]
    panels += [dmc.TabsPanel(section_body(section), value=section.value) for section in SECTIONS]
    explorer = dmc.Tabs([dmc.TabsList(tabs), *panels], id=TABS, value=asked[0] if asked else FACTS, className="sections")
    return [head(TITLE, LEAD), html.Section(explorer, className="card card--wide card--explorer"), cards(CHARTS, selection)]


def _wire(app: Dash, db: Warehouse) -> None:
    wire_fact_grid(app, db)
    wire_cards(CHARTS)(app, db)
    app.clientside_callback(ClientsideFunction("address", "section"), Input(TABS, "value"), prevent_initial_call=True)
    for section in SECTIONS:
        wire_section(app, db, section, TABS)


PAGE = Page(path="/data", nav="数据与来源", short="数据", title=TITLE, lead=LEAD, layout=_layout, wire=_wire)
