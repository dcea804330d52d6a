"""地区档案: an index of all places (/area), and one page for each (/area/<ref_area>)."""

from typing import Any

from dash import Dash

from dashboard.cards.page import Page, cards, head, wire_cards
from dashboard.cards.selection import Selection
from dashboard.themes.area.charts import CHARTS
from dashboard.themes.area.index import index, wire_index
from dashboard.themes.area.profile import named, profile, wire_profile
from dashboard.warehouse import Warehouse

TITLE = "地区档案"
LEAD = "一地一页：公布了什么、改革前后怎么变、编制和实有、哪些说法不一、还缺什么。地名后的数字是本库收录的事实条数。"
PROFILE_LEAD = "一个地区的全部公开数字、改革前后、节点、不同说法和缺口。"


def _index(selection: Selection) -> list[Any]:
    return [head(TITLE, LEAD), *index(selection)]


def _profile(selection: Selection) -> list[Any]:
    return [profile(TITLE, cards(CHARTS, selection))]


def _wire(app: Dash, db: Warehouse) -> None:
    wire_profile(app, db)
    wire_cards(CHARTS)(app, db)


PAGE = Page(path="/area", nav="地区档案", short="档案", title=TITLE, lead=LEAD, layout=_index, wire=wire_index)
PROFILE = Page(path="/area/*", nav="", title=TITLE, lead=PROFILE_LEAD, layout=_profile, wire=_wire, named=named, early=True)
