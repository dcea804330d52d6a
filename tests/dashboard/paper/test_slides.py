"""The presentation: one card a slide, native tables and charts, everything inside the slide, stamped."""

import io

import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from dashboard.drawing.canvas import Canvas
from dashboard.paper.briefs import BRIEFS, Brief, Item
from dashboard.paper.composition import FigureBlock, TableBlock, compose
from dashboard.paper.document import document
from dashboard.paper.slide_charts import native_data
from dashboard.paper.slide_room import HEIGHT
from dashboard.paper.slides import brief_pptx
from etl.stamps import read_stamp
from tests.dashboard.paper.conftest import DOT

every_brief = pytest.mark.parametrize("name", BRIEFS)


def opened(composed):
    return pptx.Presentation(io.BytesIO(brief_pptx(composed, [DOT] * len(composed.slide_plates))))


def slides_of(block, slides):
    """How many slides a card takes: a table as many as its rows need, a figure by its pictures, a chart one."""
    if isinstance(block, TableBlock):
        held = [len(table_of(slide).rows) - 1 for slide in slides if table_of(slide) and titled(slide) == block.caption.title]
        assert sum(held) == len(block.table.rows)  # every row once, the header on each
        assert max(held) <= document().slides.rows_on_a_slide
        return len(held)
    return 1 if block.native else len(block.slide_plates)


def table_of(slide):
    """The table of a slide, None where it has none."""
    return next((shape.table for shape in slide.shapes if shape.has_table), None)


def titled(slide):
    return slide.shapes.title.text_frame.text


@every_brief
def test_one_card_a_slide_with_its_words_and_a_long_table_on_as_many_as_it_needs(composed, name):
    cards = [block for block in composed[name].blocks if isinstance(block, FigureBlock | TableBlock)]
    slides = list(opened(composed[name]).slides)[1:]
    shown = [block for block in cards for _ in range(slides_of(block, slides))]
    assert len(slides) == len(shown)
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
        else:
            assert any(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in slide.shapes)


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


def test_a_figure_that_could_not_be_read_on_a_slide_is_a_table_there(shipped):
    composed = compose(shipped, Brief(title="题", items=(Item(kind="fig", chart_id="township-fill-rates"),)))
    [figure] = composed.figures
    slides = list(opened(composed).slides)[1:]
    assert figure.slide_plates == ()
    assert all(any(shape.has_table for shape in slide.shapes) for slide in slides)


def test_a_tall_figure_goes_on_to_a_second_slide_with_its_key_and_the_same_ends_of_its_axes(composed):
    [figure] = (block for block in composed["small-counties"].figures if block.card.chart.id == "small-counties-bodies")
    first, second = figure.slide_plates
    whole = figure.card.figure(Canvas(width=int(first.px)))
    for plate in (first, second):
        assert plate.type_pt >= 12
        assert any(words["text"].startswith("○ 改革前") for words in plate.figure["layout"]["annotations"])
        assert all(plate.figure["layout"][axis] == whole["layout"][axis] for axis in whole["layout"] if axis.startswith("xaxis"))
    marks = [sum(len(trace["x"]) for trace in drawn["data"]) for drawn in (first.figure, second.figure, whole)]
    assert marks[0] + marks[1] == marks[2]
    assert min(marks) > 0


def test_the_stamp_is_inside(composed, tmp_path, shipped):
    path = tmp_path / "brief.pptx"
    path.write_bytes(brief_pptx(composed["ratio"], [DOT] * len(composed["ratio"].slide_plates)))
    assert read_stamp(path).build == shipped.build.build_id
    assert pptx.Presentation(path).core_properties.version == shipped.build.build_id


def test_very_many_sources_have_slides_of_their_own_and_leave_the_table_its_room(shipped):
    composed = compose(shipped, Brief(title="题", items=(Item(kind="tab", chart_id="small-counties-measure-kinds"),)))
    [block] = composed.blocks
    assert isinstance(block, TableBlock)
    slides = list(opened(composed).slides)[1:]
    tables = [slide for slide in slides if any(shape.has_table for shape in slide.shapes)]
    assert len(tables) <= 4
    said = "".join(
        shape.text_frame.text for slide in slides if slide not in tables for shape in slide.shapes if shape.has_text_frame
    )
    assert [source.text for source in block.caption.sources if source.text.partition("，")[0] not in said] == []
    for slide in slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= HEIGHT, slide.shapes.title.text_frame.text
