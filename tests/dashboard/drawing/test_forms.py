"""Every form at every width: valid for plotly, nothing cut, nothing on top of each other, no colour without a second sign."""

import itertools
import re
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from dashboard.drawing.canvas import Canvas, text_width, wrap
from dashboard.drawing.matrix import Cell, Line, matrix
from dashboard.drawing.parting import parted
from dashboard.drawing.tokens import BLUE, CLEAR, PAPER
from dashboard.tools.styleguide.samples import FORMS, changes, compositions, points, staffing
from tests.dashboard.drawing.colour import VISION, contrast, looks
from tests.dashboard.drawing.rendered import boxes, measured

WIDTHS = (350, 620, 1100)
LEAST_GAP = 1.35  # contrast of two fills that differ in nothing but lightness
LEAST_TEXT = 4.5  # WCAG AA

every_form = pytest.mark.parametrize("form", FORMS)


@every_form
def test_plotly_accepts_the_figure(form):
    figure = FORMS[form](Canvas())
    go.Figure(figure)
    assert figure["data"]
    assert figure["layout"]["height"] > 60


@every_form
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("drawn_for", ["narrowest", "own width"])
def test_no_word_is_cut_at_any_width(form, width, drawn_for):
    figure = FORMS[form](Canvas() if drawn_for == "narrowest" else Canvas(width=width))
    height = figure["layout"]["height"]
    cut = [
        box for box in boxes(figure, width) if box.left < -1 or box.right > width + 1 or box.top < -2 or box.bottom > height + 2
    ]
    assert not cut, cut


@every_form
@pytest.mark.parametrize("width", WIDTHS)
def test_no_words_stand_on_each_other(form, width):
    placed = boxes(FORMS[form](Canvas()), width)
    clashes = [(one.text, other.text) for one, other in itertools.combinations(placed, 2) if one.overlap(other) > 16]
    assert not clashes


@every_form
@pytest.mark.parametrize("vision", VISION)
def test_marks_differ_on_a_photocopy_and_to_colour_blind_eyes(form, vision):
    kinds = looks(FORMS[form](Canvas()))
    for (one, fill), (other, other_fill) in itertools.combinations(kinds.items(), 2):
        if one[:4] == other[:4]:  # same form, same hatch, both filled or both open: lightness has to tell them apart
            assert contrast(fill, other_fill, vision) >= LEAST_GAP, (one, other)


@every_form
def test_words_can_be_read_where_they_stand(form):
    figure = FORMS[form](Canvas())
    for words in figure["layout"]["annotations"]:
        colour = words["font"]["color"]
        if colour != PAPER:  # white words stand on dark bars, tested below
            assert contrast(colour, PAPER) >= LEAST_TEXT, words["text"]


def test_words_on_fills_can_be_read():
    from dashboard.drawing.marks import FILLS, ON_FILL

    for style, marker in FILLS.items():
        hatched = "pattern" in marker  # thin lines on white paper
        assert contrast(ON_FILL[style], PAPER if hatched else marker["color"]) >= LEAST_TEXT, style


@every_form
def test_no_legend_no_second_scale_no_english_and_ticks_are_formatted(form):
    figure = FORMS[form](Canvas())
    layout = figure["layout"]
    assert layout["showlegend"] is False
    assert [key for key in layout if key.startswith("yaxis")] == ["yaxis"]
    axes = [layout[key] for key in layout if re.match(r"[xy]axis", key)]
    assert all(axis.get("tickformat") or not axis["visible"] for axis in axes)
    assert all(axis["fixedrange"] for axis in axes if "fixedrange" in axis)
    said = " ".join(words["text"] for words in layout["annotations"]) + " ".join(
        text for trace in figure["data"] for text in trace["hovertext"]
    )
    english = set(re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]+>", "", said)))
    assert not english


@every_form
def test_the_same_rows_give_the_same_drawing_and_figures_share_nothing(form):
    first, second = FORMS[form](Canvas()), FORMS[form](Canvas())
    assert first == second
    first["layout"]["xaxis"]["range"] = [0, 0]
    first["data"][0]["marker"]["color"] = "red"
    assert FORMS[form](Canvas()) == second


@every_form
def test_a_larger_scale_is_larger_and_still_whole(form):
    figure = FORMS[form](Canvas(width=1920, scale=2.0))
    assert figure["layout"]["height"] > FORMS[form](Canvas(width=1920))["layout"]["height"] * 1.4
    assert not [box for box in boxes(figure, 1920) if box.left < -1 or box.right > 1921]


def marks(figure, kind):
    return [trace for trace in figure["data"] if trace["type"] == kind]


def test_marks_equal_rows_with_a_value_and_carry_their_facts():
    figure = FORMS["authorised_actual"](Canvas())
    rows = staffing()
    drawn = sum(len(trace["x"]) for trace in marks(figure, "bar"))
    excess = sum(1 for row in rows if row.exceeds)
    assert drawn == sum(row.authorised is not None for row in rows) + sum(row.actual is not None for row in rows) + excess
    assert all(facts for trace in figure["data"] for facts in trace["customdata"])


def test_the_excess_starts_where_the_posts_end():
    figure = FORMS["authorised_actual"](Canvas())
    [excess] = [trace for trace in figure["data"] if trace["marker"].get("pattern", {}).get("shape") == "/"]
    assert (excess["base"][0], excess["x"][0]) == (143, 40)
    assert excess["customdata"][0] == "F1,F2"
    said = [words["text"] for words in figure["layout"]["annotations"]]
    assert "超出40人（28.0%）" in said
    assert "空编15名" in said
    assert "超出1人" in said  # four posts: no percentage


def test_another_scope_shows_neither_excess_nor_vacancy():
    figure = FORMS["authorised_actual"](Canvas())
    said = [words["text"] for words in figure["layout"]["annotations"]]
    assert "口径不同，不相除" in said
    assert not any("超出15人" in text for text in said)


def test_a_verdict_stands_in_place_of_the_outcome_and_heads_keep_their_name():
    row = replace(staffing()[0], authorised=79.0, actual=85.0, comparable=False)
    assert replace(row, verdict="分项与合计对不上").outcome == "分项与合计对不上"
    heads = replace(row, authorised=None, counted="预算人头")
    assert (heads.outcome, heads.figures) == ("", "预算人头85　编制未公布")


def test_a_missing_end_is_never_joined():
    figure = FORMS["change_dumbbell"](Canvas())
    whole = [row for row in changes() if row.before is not None and row.after is not None]
    joined = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "line" and shape["line"]["width"] == 4]
    assert len(joined) == len(whole)
    said = [words["text"] for words in figure["layout"]["annotations"]]
    assert {"改革后未公布", "改革前未公布", "未公布", "−38.9%", "持平", "+61.7%"} <= {re.sub("<.*?>", "", text) for text in said}


def test_a_quota_has_marks_of_its_own():
    symbols = {trace["marker"]["symbol"] for trace in FORMS["change_dumbbell"](Canvas())["data"]}
    assert symbols == {"circle", "square"}


@pytest.mark.parametrize("form", ["change_dumbbell", "dot_plot", "stacked_bars"])
def test_every_panel_has_an_axis_of_its_own(form):
    figure = FORMS[form](Canvas())
    panels = {"change_dumbbell": 3, "dot_plot": 4, "stacked_bars": 2}[form]
    assert len([key for key in figure["layout"] if key.startswith("xaxis")]) == panels


def test_an_approximation_is_open_and_a_bound_is_no_dot():
    figure = FORMS["dot_plot"](Canvas())
    by_form = {(trace["marker"].get("symbol"), trace["marker"]["color"] == PAPER): len(trace["x"]) for trace in figure["data"]}
    found = [row for row in points() if row.value is not None]
    assert sum(by_form.values()) != 0
    assert sum(len(trace["x"]) for trace in figure["data"]) == len(found)
    ticks = [trace for trace in figure["data"] if trace["marker"].get("symbol") == "line-ns"]
    assert sum(len(trace["x"]) for trace in ticks) == 2
    dashed = [shape for shape in figure["layout"]["shapes"] if shape["line"].get("dash") == "dash"]
    assert len(dashed) == 3  # two bounds and one recomputed interval with an open end


def test_batches_of_different_years_stand_on_one_clock():
    figure = FORMS["event_time"](Canvas())
    [before] = [
        trace for trace in figure["data"] if trace["marker"]["color"] == PAPER and trace["marker"]["line"]["color"] != "#2f5d8a"
    ]
    assert set(before["x"]) == {-1.0}
    lines = [shape for shape in figure["layout"]["shapes"] if shape["line"]["width"] == 4]
    assert len(lines) == 2  # 娄烦县 has no start, 漾濞 no end


def test_a_place_without_a_start_has_no_mark_on_the_clock_and_a_year_is_an_interval():
    figure = FORMS["event_time"](Canvas())
    seen = [(trace["marker"]["color"], text) for trace in figure["data"] for text in trace["hovertext"]]
    assert [color for color, text in seen if text.startswith("娄烦县")] == [CLEAR]
    assert any("启动时间未公布" in words["text"] for words in figure["layout"]["annotations"])
    [whisker] = [shape for shape in figure["layout"]["shapes"] if shape["line"]["color"] == BLUE]
    assert (whisker["x0"], whisker["x1"]) == (0.75, 1.67)


def test_parts_of_a_whole_sum_to_a_hundred_and_say_their_base():
    figure = FORMS["share_bars"](Canvas())
    lengths: dict[float, float] = {}
    for trace in figure["data"]:
        for y, length in zip(trace["y"], trace["x"], strict=True):
            lengths[y] = lengths.get(y, 0.0) + length
    assert [round(total, 6) for total in lengths.values()] == [100.0] * len(compositions())
    said = " ".join(words["text"] for words in figure["layout"]["annotations"])
    assert "n＝32" in said
    assert "30岁以下0人" in said


def test_five_categories_are_refused():
    from dashboard.drawing.share_bars import Composition, Share, share_bars
    from dashboard.drawing.sheet import Label

    shares = tuple(Share(category=str(number), persons=1, fact_ids="F") for number in range(5))
    with pytest.raises(ValueError, match="最多四类"):
        share_bars([Composition(label=Label(name="甲"), shares=shares)])


def test_a_count_not_published_is_a_dot_and_none_is_a_zero():
    figure = FORMS["province_bands"](Canvas())
    texts = [text for trace in figure["data"] for text in trace["text"]]
    assert texts.count("·") == 1
    assert "0" in texts


def test_no_rows_draw_an_empty_sheet():
    from dashboard.drawing.authorised_actual import authorised_actual
    from dashboard.drawing.change_dumbbell import change_dumbbell
    from dashboard.drawing.dot_plot import dot_plot

    for figure in (authorised_actual([]), change_dumbbell([], unit="个"), dot_plot([])):
        go.Figure(figure)


@pytest.mark.parametrize(
    "text", ["超出40人（28.0%）", "2020年4月→2022年8月", "双江拉祜族佤族布朗族傣族自治县", "不低于21.6:1", "−38.9%", "T+1"]
)
def test_the_estimate_of_a_width_is_never_short(text):
    assert text_width(text, 14) >= measured(text, 14) * 0.99


@pytest.mark.parametrize("text", ["2020年4月→2022年8月", "人员（n＝32）30岁以下", "核减1305名编制"])
def test_wrapping_parts_no_date_and_no_number_from_its_unit(text):
    for width in range(60, 200, 10):
        lines = wrap(text, 12, width)
        assert "".join(lines) == text
        assert not any(re.match(r"[年月日岁名]|＝", line) for line in lines), lines


def test_wrapping_keeps_numbers_whole_and_punctuation_off_the_line_start():
    lines = wrap("五系统（种植业、畜牧兽医、水产、农机、经管）2020年约85.05万人", 14, 120)
    assert "".join(lines) == "五系统（种植业、畜牧兽医、水产、农机、经管）2020年约85.05万人"
    assert all(line[0] not in "、，。）" for line in lines)
    assert any("85.05" in line for line in lines)
    assert all(text_width(line, 14) <= 140 for line in lines)
    assert wrap("", 14, 100) == []


def test_the_clear_fill_is_what_the_photocopy_leaves_white():
    assert contrast(CLEAR, PAPER) == 1.0


def test_a_value_alone_in_its_panel_is_a_number_without_a_place_on_an_axis():
    from dashboard.drawing.dot_plot import dot_plot

    lone = [row for row in points() if row.panel in {"人口：常住　人员：未注明", "个数"}]
    figure = dot_plot(lone, key="● 原文　○ 约数")
    assert [trace["marker"]["color"] for trace in figure["data"]] == [CLEAR, CLEAR]
    assert [trace["customdata"] for trace in figure["data"]] == [["F"], ["F"]]  # its words still open its facts
    assert not figure["layout"]["shapes"] or all(shape["line"]["width"] == 1 for shape in figure["layout"]["shapes"])
    said = [words["text"] for words in figure["layout"]["annotations"]]
    assert "<b>约17:1</b>" in said
    assert not any("○" in text for text in said)  # no mark, so no key


def test_stated_values_stand_in_the_middle_of_panels_that_must_not_be_compared():
    from dataclasses import replace

    from dashboard.drawing.dot_plot import Interval, dot_plot

    one = points()[1]
    other = replace(one, value=17.0, check=Interval(low=None, high=16.9), panel="另一栏")
    figure = dot_plot([one, other])
    for trace, axis in zip(figure["data"], ("xaxis", "xaxis2"), strict=True):
        low, high = figure["layout"][axis]["range"]
        assert abs((trace["x"][0] - low) / (high - low) - 0.5) < 0.01


def test_one_scale_puts_equal_numbers_of_two_panels_under_each_other():
    from dataclasses import replace

    from dashboard.drawing.dot_plot import dot_plot

    rows = [replace(points()[0], value=value, panel=panel) for value, panel in ((67, "甲"), (26, "甲"), (25, "乙"), (20, "乙"))]
    layout = dot_plot(rows, one_scale=True)["layout"]
    assert layout["xaxis"]["range"] == layout["xaxis2"]["range"]
    apart = dot_plot(rows)["layout"]
    assert apart["xaxis"]["range"] != apart["xaxis2"]["range"]


def test_panels_share_a_scale_unless_it_would_flatten_one_and_that_one_says_so():
    from dashboard.drawing.dot_plot import dot_plot

    rows = [pair(36, 22, "甲"), pair(20, 15, "乙"), pair(5, 4, "丙"), pair(4, 4, "丙")]
    layout = dot_plot(rows, near_scale=True, unit="个")["layout"]
    assert layout["xaxis"]["range"] == layout["xaxis2"]["range"] != layout["xaxis3"]["range"]
    heads = [words["text"] for words in layout["annotations"] if words["text"][3:4] in {"甲", "乙", "丙"}]
    assert heads == ["<b>甲</b>", "<b>乙</b>", "<b>丙（刻度与他栏不同，到6）</b>"]


def test_a_change_and_a_single_value_of_one_scope_share_its_axis():
    from dashboard.drawing.dot_plot import dot_plot

    figure = dot_plot(
        [pair(7, 5), replace(points()[0], panel="", check=None)], key="单独的数：● 确数", unit="个", order="按改革后从多到少"
    )
    assert {trace["xaxis"] for trace in figure["data"]} == {"x"}
    said = [words["text"] for words in figure["layout"]["annotations"]]
    assert said[0] == "○ 改革前　● 改革后"
    assert "单独的数：● 确数　　按改革后从多到少" in said


def pair(before, after, panel="", measure=""):
    from dashboard.drawing.change_dumbbell import Change
    from dashboard.drawing.sheet import Label

    return Change(label=Label(name=f"{before}"), before=before, after=after, fact_ids="F", panel=panel, measure=measure)


def test_a_pair_looks_the_same_in_every_company_of_its_size():
    from dashboard.drawing.change_dumbbell import change_dumbbell

    companies = ([pair(36, 22)], [pair(36, 22), pair(25, 20), pair(33, 23, "乙")], [pair(36, 22), pair(33, None)])
    ranges = {tuple(change_dumbbell(rows, unit="个")["layout"]["xaxis"]["range"]) for rows in companies}
    assert len(ranges) == 1
    [(low, high)] = ranges
    assert -1 < low <= 0
    assert 40 <= high < 41


def test_panels_of_one_measure_run_to_the_same_end_and_others_to_their_own():
    from dashboard.drawing.change_dumbbell import change_dumbbell

    one = change_dumbbell([pair(36, 22, "甲"), pair(9, 3, "乙")], unit="个")["layout"]
    assert one["xaxis"]["range"] == one["xaxis2"]["range"]
    two = change_dumbbell([pair(736, 213, "甲", "甲"), pair(87, 47, "乙", "乙")], unit="项")["layout"]
    assert two["xaxis"]["range"][1] > 700 > 101 > two["xaxis2"]["range"][1]


@pytest.mark.parametrize("form", ["change_dumbbell", "dot_plot"])
def test_every_axis_of_values_has_ticks(form):
    layout = FORMS[form](Canvas())["layout"]
    drawn = {mark["xref"] for mark in layout["shapes"] if mark["type"] == "line" and mark["xref"] != "paper"}
    ticked = {words["xref"] for words in layout["annotations"] if words["text"] in {"0", "10", "15"}}
    assert drawn
    assert drawn <= ticked


def test_four_against_six_does_not_fill_an_axis():
    from dashboard.drawing.dot_plot import Point, dot_plot
    from dashboard.drawing.sheet import Label

    rows = [Point(label=Label(name=str(n)), value=n, text=str(n), fact_ids="F") for n in (4.0, 4.0, 6.0)]
    low, high = dot_plot(rows)["layout"]["xaxis"]["range"]
    assert low <= 0
    assert high >= 6


@pytest.mark.parametrize(
    ("highest", "end"), [(37, 40), (22, 30), (736, 800), (87, 100), (3, 3), (1964, 2000), (0, 1), (0.3, 0.3)]
)
def test_an_axis_ends_at_a_round_number(highest, end):
    from dashboard.drawing.scale import round_end

    assert round_end(highest) == pytest.approx(end)


def test_the_ends_of_a_change_have_the_names_that_the_caller_gives():
    from dashboard.drawing.change_dumbbell import Change, change_dumbbell
    from dashboard.drawing.sheet import Label

    rows = [
        Change(label=Label(name="甲"), before=9, after=3, fact_ids="F"),
        Change(label=Label(name="乙"), before=9, after=None, fact_ids="F"),
    ]
    figure = change_dumbbell(rows, unit="项", ends=("调整前", "调整后"))
    told = [words["text"] for words in figure["layout"]["annotations"]] + [
        x for trace in figure["data"] for x in trace["hovertext"]
    ]
    assert {"○ 调整前　● 调整后", "调整后未公布", "甲<br>调整前 9", "甲<br>调整后 3"} <= set(told)
    assert not any("改革" in text for text in told)


def test_lone_values_whose_scope_reads_alike_share_a_heading_and_others_name_their_own():
    from dashboard.drawing.dot_plot import Point, dot_plot
    from dashboard.drawing.sheet import Label

    rows = [
        Point(label=Label(name=name), value=1, text=f"{name}1", fact_ids="F", panel=name, scope=scope)
        for name, scope in (("甲", "同一口径"), ("乙", "另一口径"), ("丙", "同一口径"))
    ]
    said = [words["text"] for words in dot_plot(rows)["layout"]["annotations"]]
    assert said == [
        "<b>乙</b>",
        "<b>乙1</b>",
        "另一口径",
        "<b>同一口径</b>",
        "<b>甲</b>",
        "<b>甲1</b>",
        "<b>丙</b>",
        "<b>丙1</b>",
    ]


def test_a_matrix_marks_what_was_done_and_what_is_planned_and_nothing_else():
    figure = FORMS["matrix"](Canvas())
    drawn = {(text.split("<br>")[0], trace["marker"]["color"]) for trace in figure["data"] for text in trace["hovertext"]}
    assert drawn == {
        ("河曲县·机构整合", BLUE), ("河曲县·编制精简", BLUE), ("河曲县·减负", PAPER),
        ("双江拉祜族佤族布朗族傣族自治县·议事协调机构清理", BLUE), ("古丈县·编制精简", PAPER),
    }  # fmt: skip


def test_many_columns_of_a_matrix_fit_a_phone_and_names_make_room():
    kinds = [f"做法{place}号" for place in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"]
    lines = [Line(name="双江拉祜族佤族布朗族傣族自治县", cells=(Cell(column=19, done=True, says="做了", fact_ids="M"),))]
    figure = matrix(lines, kinds, key="● 已做")
    placed = boxes(figure, 350)
    assert not [box for box in placed if box.left < -1 or box.right > 351]
    assert not [pair for pair in itertools.combinations(placed, 2) if pair[0].overlap(pair[1]) > 16]


def test_a_matrix_that_is_too_tall_is_parted_between_its_places_and_keeps_its_heads():
    figure = FORMS["matrix"](Canvas())
    parts = parted(figure, figure["layout"]["height"] - 20)
    assert len(parts) == 2
    for part in parts:
        said = [words["text"].replace("<br>", "") for words in part["layout"]["annotations"]]
        assert {"机构整合", "编制精简", "● 已做　○ 计划或征求意见"} <= set(said)
    assert sum(len(trace["x"]) for part in parts for trace in part["data"]) == 5
