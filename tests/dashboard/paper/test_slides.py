"""The presentation: one card a slide, native tables and charts, everything inside the slide, stamped."""

import io
from itertools import groupby

import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from dashboard.paper.briefs import BRIEFS, Brief, Item
from dashboard.paper.composition import FigureBlock, TableBlock, compose
from dashboard.paper.document import document
from dashboard.paper.slide_charts import native_data
from dashboard.paper.slides import brief_pptx
from etl.stamps import read_stamp
from tests.dashboard.paper.conftest import DOT

every_brief = pytest.mark.parametrize("name", BRIEFS)


def opened(composed):
    return pptx.Presentation(io.BytesIO(brief_pptx(composed, [DOT] * len(composed.figures))))


def rows_of(slide):
    """Rows of the table on a slide, without its header; 0 when there is none."""
    return next((len(shape.table.rows) - 1 for shape in slide.shapes if shape.has_table), 0)


@every_brief
def test_one_card_a_slide_with_its_words_and_a_long_table_on_as_many_as_it_needs(composed, name):
    cards = [block for block in composed[name].blocks if isinstance(block, FigureBlock | TableBlock)]
    slides = list(opened(composed[name]).slides)[1:]
    most = document().slides.rows_on_a_slide
    # A table goes on over as many slides as its rows need; a figure that no slide holds in type that is read is a table there.
    spread = [(title, list(pages)) for title, pages in groupby(slides, key=lambda slide: slide.shapes.title.text_frame.text)]
    assert [title for title, _ in spread] == [block.caption.title for block in cards]
    shown = []
    for block, (_, pages) in zip(cards, spread, strict=True):
        rows = [rows_of(slide) for slide in pages]
        assert len(pages) == 1 or all(0 < count <= most for count in rows)
        assert not isinstance(block, TableBlock) or sum(rows) == len(block.table.rows)
        shown += [block] * len(pages)
    for slide, block in zip(slides, shown, strict=True):
        said = "".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert slide.shapes.title.text_frame.text == block.caption.title
        assert block.finding in said
        for source in block.caption.sources:
            assert source.text.partition("，")[0] in said
        kinds = {
            "chart": slide.shapes and any(shape.has_chart for shape in slide.shapes),
            "table": any(shape.has_table for shape in slide.shapes),
        }
        if isinstance(block, TableBlock):
            assert kinds["table"]
        elif block.native is not None:
            assert kinds["chart"]


@every_brief
def test_nothing_leaves_the_slide(composed, name):
    made = opened(composed[name])
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height + 1, shape.name


def test_a_native_chart_holds_the_numbers_of_its_rows(shipped, composed):
    made = opened(composed["extension"])
    chart = next(shape.chart for slide in made.slides for shape in slide.shapes if shape.has_chart)
    rows = CHARTS["extension-lushan"].rows(shipped, Selection())
    series = {one.name: list(one.values) for one in chart.plots[0].series}
    assert series == {"编制": rows["authorised"].to_list(), "实有": rows["actual"].to_list()}
    assert chart.font.name


def test_what_a_bar_cannot_say_stays_a_picture(shipped):
    for chart_id in CHARTS:
        rows = CHARTS[chart_id].rows(shipped, Selection())
        if CHARTS[chart_id].native is None:
            assert native_data(CHARTS[chart_id], rows) is None
    assert CHARTS["small-counties-bodies"].native is None  # several scopes
    assert CHARTS["ratio-by-scope"].native is None  # intervals, open ends


def test_a_long_table_goes_on_to_the_next_slide_with_its_header(shipped):
    brief = Brief(title="题", items=(Item(kind="tab", chart_id="small-counties-provinces"),))
    made = opened(compose(shipped, brief))
    tables = [shape.table for slide in made.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) > 5
    assert {table.cell(0, 0).text for table in tables} == {"省份"}
    rows = CHARTS["small-counties-provinces"].rows(shipped, Selection())
    assert sum(len(table.rows) - 1 for table in tables) == rows.height


def test_a_figure_that_could_not_be_read_on_a_slide_is_a_table_there(composed):
    slides = {slide.shapes.title.text_frame.text: slide for slide in opened(composed["ratio"]).slides}
    crowded, calm = composed["ratio"].figures
    assert any(shape.has_table for shape in slides[crowded.caption.title].shapes)
    assert any(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in slides[calm.caption.title].shapes)


def test_the_stamp_is_inside(composed, tmp_path, shipped):
    path = tmp_path / "brief.pptx"
    path.write_bytes(brief_pptx(composed["ratio"], [DOT] * len(composed["ratio"].figures)))
    assert read_stamp(path).build == shipped.build.build_id
    assert pptx.Presentation(path).core_properties.version == shipped.build.build_id
