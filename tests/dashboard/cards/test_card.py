"""A card as it is laid out, before its answer."""

import pytest

from dashboard.cards.card import card
from dashboard.cards.chart import Chart
from dashboard.cards.menu import BARE, DRAWN, card_menus
from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from dashboard.dash_adapter.components import Component, attributes, parts, qualified_name

# Dash's renderer wakes every component of a page at every answer, and a page has up to sixteen cards.
MOST_COMPONENTS = 18


def _components(tree: Component) -> list[Component]:
    return [part for part in parts(tree) if isinstance(part, Component)]


@pytest.mark.parametrize("chart", [chart for chart in CHARTS.values() if chart.province != "picked"], ids=lambda chart: chart.id)
def test_a_card_is_made_of_few_components_and_of_none_of_the_heavy_library(chart: Chart):
    made = _components(card(chart, Selection()))
    assert len(made) <= MOST_COMPONENTS
    assert {qualified_name(part).split(".")[0] for part in made} <= {"dash_html_components", "dash_core_components"}


@pytest.mark.parametrize("shown", ["picture", "table"])
def test_the_view_that_the_address_asks_for_is_shown_and_said(shown: str):
    chart = next(one for one in CHARTS.values() if one.draw)
    made = _components(card(chart, Selection(tables=(chart.id,) if shown == "table" else ())))
    hidden = {str(getattr(part, "className", "")): part.hidden for part in made if hasattr(part, "hidden")}
    assert hidden["card__picture"] == (shown != "picture")
    assert hidden["card__table"] == (shown != "table")
    said = [dict(attributes(part)) for part in made if getattr(part, "className", "") == "card__view"]
    assert {one["data-view"]: one["aria-pressed"] == "true" for one in said} == {
        "picture": shown == "picture",
        "table": shown == "table",
    }


def test_each_button_names_a_menu_that_stands_on_the_page():
    named = {
        dict(attributes(part)).get("data-menu-of") for chart in CHARTS.values() for part in _components(card(chart, Selection()))
    }
    anchors = [part.boxWrapperProps for menu in card_menus() for part in _components(menu) if hasattr(part, "boxWrapperProps")]
    assert named - {None} == {DRAWN, BARE} == {anchor["data-menu-for"] for anchor in anchors}
