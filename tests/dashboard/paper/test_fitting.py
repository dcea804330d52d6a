"""Figures and their pages: as tall as their captions leave room for, lower to fill a page, a table where nothing can be read."""

import re

import pytest

from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.charts import CHARTS
from dashboard.paper.briefs import BRIEFS, Brief, Item
from dashboard.paper.composition import Body, FigureBlock, TableBlock, compose
from dashboard.paper.document import document
from dashboard.paper.fitting import caption_mm, fits_a_page, legible, page_plate, room_mm
from dashboard.paper.press import JOINER, _unbroken

DRAWN = [
    chart_id for chart_id, chart in CHARTS.items() if chart.draw and chart_id != "compare-places"
]  # of all places: see below


@pytest.mark.slow
@pytest.mark.parametrize("chart_id", DRAWN)
def test_every_figure_of_a_page_can_be_read_and_leaves_room_for_its_caption(shipped, chart_id):
    chart, settings = CHARTS[chart_id], document()
    made = page_plate(shipped, shown(shipped, chart, Selection()), settings)
    [figure] = compose(shipped, Brief(title="题", items=(Item(kind="fig", chart_id=chart_id),))).figures
    room = room_mm(figure.caption, settings)
    assert legible(made, room, settings)
    assert min(made.drawn_mm, room) + caption_mm(figure.caption, settings) <= 225


def test_a_comparison_of_too_many_places_is_a_table_in_a_brief(shipped):
    chart, item = CHARTS["compare-places"], Item(kind="fig", chart_id="compare-places")
    assert not fits_a_page(shipped, shown(shipped, chart, Selection()), document())
    [block] = compose(shipped, Brief(title="题", items=(item,))).blocks
    assert isinstance(block, TableBlock)
    few = Selection(indicator="party_gov_bodies", places=("140930", "141028"))
    assert fits_a_page(shipped, shown(shipped, chart, few), document())


def figure_after(shipped, lines):
    paragraphs = tuple(Item(kind="p", text="一行。") for _ in range(lines))
    made = compose(shipped, Brief(title="题", items=(*paragraphs, Item(kind="fig", chart_id="towns-take-up"))))
    [figure] = (block for block in made.blocks if isinstance(block, FigureBlock))
    return figure.plate.drawn_mm


def test_a_figure_is_drawn_lower_only_where_that_keeps_it_on_its_page(shipped):
    alone, after_six, after_sixteen = (figure_after(shipped, lines) for lines in (0, 6, 16))
    assert after_six < alone  # it fits what is left of the page
    assert after_sixteen == alone  # nothing can: it begins the next page in its usual size


@pytest.mark.parametrize("name", BRIEFS)
def test_on_paper_no_range_and_no_number_of_a_figure_is_torn(composed, name):
    before = "".join(block.text for block in composed[name].blocks if isinstance(block, Body))
    after = "".join(block.text for block in _unbroken(composed[name]).blocks if isinstance(block, Body))
    assert after.replace(JOINER, "") == before
    assert not re.search(r"\d～|～\d|见[图表]\d", after)
    assert JOINER in after
