"""The plate of a picture: what stands in it, in which order and size."""

import json
import re

import pytest

from dashboard.cards.selection import Selection
from dashboard.cards.shown import NothingToExportError, shown
from dashboard.charts import CHARTS
from dashboard.paper.document import document
from dashboard.paper.plate import Wish, file_name, plate
from tests.dashboard.drawing.colour import VISION, contrast, looks
from vocabulary.stamps import FORMAT

FIRST, *OTHERS = document().picture.sizes
SIZES = (FIRST, *(pytest.param(size, marks=pytest.mark.slow) for size in OTHERS))
DRAWN = [chart_id for chart_id, chart in CHARTS.items() if chart.draw]
LEAST_GAP = 1.35
UNITS_IN_LABELS = {"area-changes"}  # rows of different units name them one by one
WITHOUT_FACTS = {"data-coverage", "small-counties-timeline", "township-timeline", "area-timeline", "small-counties-measures"}

every_drawn = pytest.mark.parametrize("chart_id", DRAWN)


def of(shipped, chart_id, **wish):
    return plate(shipped, shown(shipped, CHARTS[chart_id], Selection()), Wish(**wish))


@every_drawn
@pytest.mark.parametrize("size", SIZES)
def test_title_note_and_sources_stand_below_the_figure_in_this_order(shipped, chart_id, size):
    made = of(shipped, chart_id, size=size)
    roles = [part.role for part in made.below]
    assert roles == [role for role in ("title", "note", "source") if role in roles]
    assert roles[0] == "title"
    title, *others = made.below
    assert all(part.size <= title.size for part in others)
    assert [part.role for part in made.above] in ([], ["unit"])
    said = " ".join(words["text"] for words in made.figure["layout"]["annotations"])
    if chart_id in UNITS_IN_LABELS:
        rows = CHARTS[chart_id].rows(shipped, Selection())
        assert len(re.findall(r"（[个名人项]）：", said)) == rows.height
    else:
        assert made.above or "单位：" in said or "timeline" in chart_id or chart_id == "small-counties-measures"


@pytest.mark.slow
@every_drawn
@pytest.mark.parametrize("size", SIZES)
def test_type_is_never_smaller_than_the_settings_allow(shipped, chart_id, size):
    made, stated = of(shipped, chart_id, size=size), document().picture.sizes[size]
    points = made.width_mm / 25.4 * 72 / made.px
    assert min(part.size for part in made.below) * points >= stated.least_pt - 0.01
    assert min(words["font"]["size"] for words in made.figure["layout"]["annotations"]) * points >= stated.least_pt - 0.1


def test_short_charts_have_type_of_five_hao_or_more_in_a_full_width_picture(shipped):
    made = of(shipped, "extension-lushan", size="wide")
    points = made.width_mm / 25.4 * 72 / made.px
    assert min(part.size for part in made.below) * points >= 10.5 - 0.01
    assert min(words["font"]["size"] for words in made.figure["layout"]["annotations"]) * points >= 10.5 - 0.1


def test_without_caption_only_the_unit_stays(shipped):
    made = of(shipped, "extension-lushan", captioned=False)
    assert made.below == ()
    assert [part.text for part in made.above] == ["单位：名、人"]
    assert made.name.endswith("_无题注_通栏")


def test_a_picture_for_a_page_keeps_to_its_height_as_long_as_it_can_be_read(shipped):
    free = of(shipped, "small-counties-bodies", captioned=False)
    bound = of(shipped, "small-counties-bodies", captioned=False, most_height_mm=135)
    assert (
        bound.figure["layout"]["height"] / bound.px * bound.width_mm
        <= 135
        < free.figure["layout"]["height"] / free.px * free.width_mm
    )
    tiny = of(shipped, "small-counties-bodies", captioned=False, most_height_mm=20)
    assert (
        min(words["font"]["size"] for words in tiny.figure["layout"]["annotations"]) / tiny.px * tiny.width_mm / 25.4 * 72 >= 7.4
    )


@every_drawn
def test_the_plate_is_json_and_carries_the_stamp_of_its_facts(shipped, chart_id):
    made = json.loads(json.dumps(of(shipped, chart_id).to_json()))
    stamp = json.loads(made["stamp"])
    assert stamp["stamp"] == FORMAT
    assert stamp["build"] == shipped.build.build_id
    assert [chart["id"] for chart in stamp["charts"]] == [chart_id]
    assert stamp["facts"] or chart_id in WITHOUT_FACTS


@pytest.mark.slow
@every_drawn
@pytest.mark.parametrize("vision", VISION)
def test_marks_differ_on_a_photocopy_at_export_width(shipped, chart_id, vision):
    kinds = list(looks(of(shipped, chart_id).figure).items()) if _marked(shipped, chart_id) else []
    for index, (one, fill) in enumerate(kinds):
        for other, other_fill in kinds[index + 1 :]:
            if one[:4] == other[:4]:
                assert contrast(fill, other_fill, vision) >= LEAST_GAP, (one, other)


def _marked(shipped, chart_id):
    return all("marker" in trace for trace in of(shipped, chart_id).figure["data"])


def test_what_cannot_be_drawn_says_so(shipped):
    with pytest.raises(NothingToExportError, match="只有表格"):
        of(shipped, "towns-catalogues")
    with pytest.raises(KeyError):
        of(shipped, "towns-take-up", size="poster")


@pytest.mark.parametrize(("title", "name"), [("甲/乙：丙?", "甲_乙：丙"), ("a b\t<c>|", "a_b_c"), ("..", "")])
def test_file_names_are_fit_for_every_system(title, name):
    assert file_name(title) == name
