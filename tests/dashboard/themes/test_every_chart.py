"""Every registered chart on the shipped facts: it draws at every width, names its facts, and its words can be trusted."""

import itertools
import re

import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS, HEADLINES
from dashboard.gate.comparability import compare
from dashboard.language.sentence import Number, Text, receipts
from dashboard.themes.compare.charts import COMPARE
from tests.dashboard.drawing.colour import VISION, contrast, looks
from tests.dashboard.drawing.rendered import boxes
from tests.dashboard.language.faults import faults

ALL = {**CHARTS, COMPARE.id: COMPARE}
DRAWN = {chart_id: chart for chart_id, chart in ALL.items() if chart.draw}
OWN_RECORDS = {"data-coverage"}  # counts of our own records: no fact lies behind them
WHOLE_COUNTRY = {"overview-tiles", "small-counties-tiles"}  # units that nothing is counted of stand there and say so
PLACES = {"small-counties-pilots"}  # every pilot is listed; one of which no number is known rests on what is told of it
EVENTS = {"small-counties-timeline", "township-timeline", "area-timeline"}  # an event is its own record
MEASURES = {"small-counties-measures", "small-counties-measure-kinds", "area-measures"}  # a statement is too; its mark opens it
EVENTS |= MEASURES


LONGEST_NOTE = 90  # characters, two lines of a card: longer lists belong into the note's detail


def figure_of(chart_id, rows, selection: Selection | None = None):
    """The drawing of a chart that has one."""
    draw = ALL[chart_id].draw
    assert draw is not None
    return draw(rows)


every_chart = pytest.mark.parametrize("chart_id", ALL)
every_drawn = pytest.mark.parametrize("chart_id", DRAWN)


@pytest.fixture(scope="module")
def known_facts(shipped):
    """What a mark or a number may open: facts, and statements of what places did."""
    measures = shipped.table("mart.measure").select("measure_id").collect()["measure_id"]
    return {*shipped.table("mart.fact").select("fact_id").collect()["fact_id"], *measures}


@every_chart
def test_a_chart_has_rows_with_the_columns_it_shows(shipped, chart_id):
    chart = ALL[chart_id]
    rows = chart.rows(shipped, Selection())
    assert rows.height
    assert [column.name for column in chart.columns if column.name not in rows.columns] == []
    assert {"fact_ids", "source_ids"} <= set(rows.columns)


@every_chart
def test_every_row_names_facts_and_sources_that_exist(shipped, known_facts, chart_id):
    if chart_id in OWN_RECORDS:
        return
    rows = ALL[chart_id].rows(shipped, Selection())
    sources = set(shipped.table("mart.citation").select("source_id").collect()["source_id"])
    for row in rows.iter_rows(named=True):
        assert set(receipts(row["fact_ids"])) <= known_facts
        assert set(receipts(row["source_ids"])) <= sources
        assert receipts(row["source_ids"])
        assert chart_id in EVENTS | PLACES or receipts(row["fact_ids"]) or (chart_id in WHOLE_COUNTRY and row["small"] is None)


@every_chart
def test_the_sentence_is_clean_and_its_receipts_exist(shipped, known_facts, chart_id):
    chart = ALL[chart_id]
    finding = chart.finding(chart.rows(shipped, Selection()))
    assert faults(finding.plain()) == []
    assert finding.plain().endswith("。")
    assert set(finding.fact_ids()) <= known_facts
    assert chart_id in OWN_RECORDS | EVENTS or finding.fact_ids()


# Digits that are names, dates, counts of what is listed, or a share that stands in brackets beside its receipt.
NOT_A_MEASURE = re.compile(
    r"\d{4}年(\d{1,2}月(\d{1,2}日)?)?|（n＝\d+）|《[^》]*》|年鉴\d{4}|不足\d+万|不满\d+万|驻马店185项目录|\d+镇|\d+个乡镇|\d+个口径|\d+份"
    r"|45岁以上|占\d+\.\d%|（[−+]\d+\.\d%）|\d{4}年指导清单|个主题|能复算"
)


@every_chart
def test_numbers_stand_in_receipts_and_not_in_loose_words(shipped, chart_id):
    if chart_id in OWN_RECORDS | EVENTS:
        return
    chart = ALL[chart_id]
    finding = chart.finding(chart.rows(shipped, Selection()))
    loose = [part.text for part in finding.parts if isinstance(part, Text) and re.search(r"\d", NOT_A_MEASURE.sub("", part.text))]
    assert loose == []


@every_chart
def test_notes_are_sentences_without_wordings_that_mislead(shipped, chart_id):
    chart = ALL[chart_id]
    for note in chart.note(chart.rows(shipped, Selection())):
        assert faults(note) == []
        assert note[-1] in "。？"
        assert "等。" not in note
        assert len(note) <= LONGEST_NOTE, note


@every_drawn
@pytest.mark.parametrize("width", [350, 620, 1100])
def test_a_drawing_is_valid_and_nothing_is_cut_or_covered(shipped, chart_id, width):
    figure = figure_of(chart_id, chart_rows(shipped, chart_id))
    go.Figure(figure)
    placed = boxes(figure, width)
    height = figure["layout"]["height"]
    cut = [box for box in placed if box.left < -1 or box.right > width + 1 or box.top < -2 or box.bottom > height + 2]
    assert not cut, cut
    assert not [(one.text, other.text) for one, other in itertools.combinations(placed, 2) if one.overlap(other) > 16]


@every_drawn
@pytest.mark.parametrize("vision", VISION)
def test_a_drawing_survives_the_photocopier_and_colour_blind_eyes(shipped, chart_id, vision):
    kinds = looks(figure_of(chart_id, chart_rows(shipped, chart_id)))
    for (one, fill), (other, other_fill) in itertools.combinations(kinds.items(), 2):
        if one[:4] == other[:4]:
            assert contrast(fill, other_fill, vision) >= 1.35, (one, other)


@every_drawn
def test_every_mark_opens_facts_of_the_rows(shipped, known_facts, chart_id):
    figure = figure_of(chart_id, chart_rows(shipped, chart_id))
    named = {fact for trace in figure["data"] for listed in trace["customdata"] for fact in receipts(listed)}
    assert named <= known_facts
    assert chart_id in OWN_RECORDS | EVENTS or named


@pytest.mark.parametrize("headline", HEADLINES, ids=lambda headline: headline.id)
def test_a_headline_has_a_figure_and_a_sentence_with_receipts(shipped, known_facts, headline):
    rows = headline.rows(shipped)
    figure = headline.figure(rows)
    assert any(isinstance(part, Number) for part in figure.parts)
    assert len(figure.plain()) <= 12
    assert set(figure.fact_ids()) | set(headline.finding(rows).fact_ids()) <= known_facts


def chart_rows(shipped, chart_id):
    return ALL[chart_id].rows(shipped, Selection())


def said(shipped, chart_id):
    return ALL[chart_id].finding(chart_rows(shipped, chart_id)).plain()


def test_609_and_22_are_never_in_one_figure(shipped):
    drawn, whole = chart_rows(shipped, "ratio-by-scope"), chart_rows(shipped, "ratio-table")
    assert "张店乡" in whole["area_name"].to_list()
    assert ALL["ratio-table"].draw is None
    assert not set(whole.filter(extent_zh="乡镇本级")["area_name"]) & set(drawn["area_name"])
    assert not drawn["staff_scope"].str.contains("乡镇").any()
    notes = ALL["ratio-by-scope"].note(drawn)
    assert any(note.startswith("不并列：") and "张店乡" in note for note in notes)


def test_hequ_and_the_nation_have_axes_of_their_own(shipped):
    rows = chart_rows(shipped, "ratio-by-scope")
    for panel in compare(rows, value="value").panels:
        assert not {"河曲县", "全国"} <= set(panel.rows["area_name"].to_list())
    figure = figure_of("ratio-by-scope", rows)
    axes_of: dict[str, set[str]] = {}
    for trace in figure["data"]:
        for text in trace["hovertext"]:
            axes_of.setdefault(text.split("<br>")[0].split(" ")[0], set()).add(trace["xaxis"])
    assert not axes_of["河曲县"] & axes_of["全国"]


def test_the_nation_has_no_ratio_over_the_population_of_counties(shipped):
    nation = chart_rows(shipped, "ratio-by-scope").filter(pl.col("ref_area") == "CN")
    assert "recomputed" not in nation["basis"].to_list()
    assert nation["obs_value"].min() > 20


def test_the_sentences_say_what_the_seed_says(shipped):
    assert "实有183人，编制143名，超出40人（28.0%）；其中乡级超出31人（35.2%）" in said(shipped, "extension-lushan")
    assert "承接886项，承接率79.8%；不含全部承接的黄楼镇为75.8%" in said(shipped, "towns-take-up")
    assert "20～22个；古丈县限额23个；普通县区为35～37个" in said(shipped, "small-counties-bodies")
    assert "核减事业编制1305名，仍有903人超编，过渡期5年" in said(shipped, "small-counties-posts-people")
    assert "（n＝2）：事业机构78%、事业编制58%、党政机构38%，党政群机关科级领导职数16%最少" in said(
        shipped, "small-counties-cuts"
    )
    assert "各县合计（含试点榆社县）由2086个减到960个、下降54.0%" in said(shipped, "small-counties-control")
    assert "546与414个相差132个，西藏、新疆在本库分县表中共118个，剔除西藏、新疆不能全部解释" in said(
        shipped, "small-counties-counts"
    )
    assert "按县域统计年鉴2021，户籍人口不足20万" in said(shipped, "small-counties-ladder")
    assert "浮山县2.8年（35→22个）、玛多县0.7～1.7年（只知年份，25→20个）" in said(shipped, "small-counties-clock")
    assert "2024年全国有97个人口小县完成改革" in said(shipped, "small-counties-timeline")
    assert "约3.8万个乡镇（街道）平均每个保留216项（基本履职117项、配合履职99项），另124项由上级收回" in said(
        shipped, "towns-duties"
    )
    assert "434个，占2075个的20.9%；其中不足5万的90个" in said(shipped, "small-counties-ladder")
    assert "编制73名，实有64人，空编9名" in said(shipped, "township-posts")
    assert "约609:1" in said(shipped, "ratio-table")


def notes(shipped, chart_id):
    return ALL[chart_id].note(chart_rows(shipped, chart_id))


def test_what_small_counties_may_be_misread_for_is_in_the_notes(shipped):
    assert any("年份不同（2020—2023年）" in note for note in notes(shipped, "small-counties-control"))
    assert any("各省相加545个，全国公布546个，相差1个" in note for note in notes(shipped, "small-counties-provinces"))
    assert any("没有全国统一门槛：来源所用有20万人、15万人、10万人" in note for note in notes(shipped, "small-counties-ladder"))
    assert any("浮山县、玛多县的改革后时点是报道的时点" in note for note in notes(shipped, "small-counties-clock"))
    assert any("有8个是批准方案的设置数" in note for note in notes(shipped, "small-counties-convergence"))
    counts = chart_rows(shipped, "small-counties-counts").filter(pl.col("edition") == "县域统计年鉴2021")
    assert counts["dated"].to_list() == ["按县域统计年鉴2021，数据年份未注明"]


def test_a_place_without_a_start_has_no_mark_on_the_clock(shipped):
    figure = figure_of("small-counties-clock", chart_rows(shipped, "small-counties-clock"))
    marks = [(text, trace["marker"]["color"]) for trace in figure["data"] for text in trace["hovertext"]]
    assert {color for text, color in marks if text.startswith(("娄烦县", "漾濞"))} == {"rgba(0,0,0,0)"}


def test_the_bodies_of_all_pilots_are_drawn_to_one_scale(shipped):
    layout = figure_of("small-counties-bodies", chart_rows(shipped, "small-counties-bodies"))["layout"]
    assert len({tuple(axis["range"]) for key, axis in layout.items() if key.startswith("xaxis")}) == 1


def test_the_trap_of_sixia_is_shown_and_not_divided(shipped):
    traps, rates = chart_rows(shipped, "township-traps"), chart_rows(shipped, "township-fill-rates")
    [sixia] = traps.filter(pl.col("area_name") == "寺下镇").to_dicts()
    assert (sixia["actual"], sixia["authorised"], sixia["fill_rate"]) == (76, 56, None)
    [in_post] = rates.filter(pl.col("area_name") == "寺下镇").to_dicts()
    assert round(in_post["fill_rate"], 1) == 85.7
    assert "超出20人" not in str(figure_of("township-traps", traps))


def test_what_a_source_gets_wrong_is_said(shipped):
    notes = ALL["township-fill-rates"].note(chart_rows(shipped, "township-fill-rates"))
    assert any("花桥镇" in note and "＝87，合计印79" in note and note.startswith("分项与合计对不上") for note in notes)
    assert not any("张店乡" in note for note in notes if note.startswith("分项与合计对不上"))


def test_a_share_of_places_is_said_of_each_and_counted_by_place(shipped):
    rows, sentence = chart_rows(shipped, "towns-held"), said(shipped, "towns-held")
    assert "9个乡镇（街道）各由447项减到213项" in sentence
    assert "河北省由87项减到47项（−46.0%），调整前的项数：下放与委托合计，时点未写" in sentence
    assert "共16个地区有数（n＝16）。" in ALL["towns-held"].note(rows)
    figure = figure_of("towns-held", rows)
    assert all(axis["range"][0] <= 0 for name, axis in figure["layout"].items() if name.startswith("xaxis"))
    words = [text["text"] for text in figure["layout"]["annotations"]]
    assert "○ 调整前　● 调整后" in words
    assert not any("改革" in text for trace in figure["data"] for text in trace["hovertext"])


def test_no_range_invites_a_rank_of_catalogues_and_kinds_stand_apart(shipped):
    sentence = said(shipped, "towns-catalogues")
    assert "甪直镇审批100项、执法555项" in sentence
    assert "～" not in sentence
    assert 655 not in chart_rows(shipped, "towns-catalogues")["obs_value"].to_list()


def test_taken_back_is_not_failed_by_an_example_of_the_data(shipped):
    assert "收回不等于失败，如象山县13项收回原因是法规变更" in said(shipped, "towns-revoked")
    beside = dict(chart_rows(shipped, "towns-revoked").select("area_name", "context").rows())
    assert "同时新增下放行政处罚92项" in beside["中山市"]
    assert "431项能否作比" in beside["北京市"]


def test_national_frames_say_what_is_unverified_and_who_holds_a_post(shipped):
    sentence = said(shipped, "extension-national")
    assert "约85.05万人（待核，C级来源）" in sentence
    assert "约24.6万人，其中编制内约23.6万人" in sentence
    assert "1031个（区域站918个、乡镇站113个）" in said(shipped, "extension-stations")
    assert "渠县农业综合技术服务中心（2024年）在职81人，编制未公布" in said(shipped, "extension-peers")
    notes = ALL["extension-lushan"].note(chart_rows(shipped, "extension-lushan"))
    assert "时点：鲁山县按2013年，原文未写统计时点，按刊期2013年；文中最近年份为2012。" in notes


def test_a_source_that_contradicts_itself_gets_no_verdict_in_sentence_or_drawing(shipped):
    rows, sentence = chart_rows(shipped, "township-fill-rates"), said(shipped, "township-fill-rates")
    assert "花桥镇、中畈乡分项与合计对不上，不下结论" in sentence
    assert "10个乡镇的满编率63.1%～108.7%；超出编制的有贯塘乡超出4人（8.7%）；" in sentence
    drawn = str(figure_of("township-fill-rates", rows))
    assert drawn.count("'text': '分项与合计对不上，不下结论'") == 2
    assert "超出6人" not in drawn
    traps = said(shipped, "township-traps")
    assert "中畈乡63人而分项相加102人（分项与合计对不上）" in traps
    assert "南大膳镇275人、新湾镇128人是预算人头，不是编制" in traps


@pytest.mark.parametrize("chart_id", ["township-profile", "township-posts", "township-structure", "township-centres"])
def test_the_doubtful_point_in_time_of_zhangdian_is_said_on_each_card(shipped, chart_id):
    notes = ALL[chart_id].note(chart_rows(shipped, chart_id))
    assert any(note.startswith("时点：张店乡按2019年") and "2017—2018年" in note for note in notes)


def test_unrelated_events_are_not_joined_to_a_course(shipped):
    assert "不是同一过程；最近一项是2025年7月1日綦江区" in said(shipped, "township-timeline")
    notes = ALL["township-timeline"].note(chart_rows(shipped, "township-timeline"))
    assert any(note.startswith("区划调整不是退出改革：") and "龙湖镇" in note for note in notes)


@pytest.mark.parametrize(
    "selection",
    [
        Selection(indicator="population_census", places=("140930", "141027", "no-such-place")),
        Selection(indicator="population_per_fiscal_staff"),
        Selection(indicator="leadership_posts", cohorts=("山西第一批试点",)),
        Selection(indicator="party_gov_bodies", places=("140930", "141027", "433126", "140721")),
        Selection(indicator="gdp"),
    ],
    ids=lambda selection: selection.indicator,
)
def test_the_comparison_takes_the_form_of_its_data(shipped, selection):
    rows = COMPARE.rows(shipped, selection)
    figure = figure_of(COMPARE.id, rows, selection)
    go.Figure(figure)
    for trace in figure["data"]:
        assert trace["xaxis"] in {f"x{key.removeprefix('xaxis')}" for key in figure["layout"] if key.startswith("xaxis")}
    assert COMPARE.finding(rows).plain()
    assert not [box for box in boxes(figure, 350) if box.left < -1 or box.right > 351]


def test_pairs_become_a_dumbbell_and_the_silent_place_is_named(shipped):
    selection = Selection(indicator="party_gov_bodies", places=("140930", "141027", "140721"))
    rows = COMPARE.rows(shipped, selection)
    said_here = [words["text"] for words in figure_of(COMPARE.id, rows, selection)["layout"]["annotations"]]
    assert "−38.9%" in said_here
    assert "未公布" in said_here
    assert "榆社县未公布" in COMPARE.finding(rows).plain()


def test_unknown_indicators_give_no_rows(shipped):
    assert COMPARE.rows(shipped, Selection(indicator="no_such_thing")).is_empty()
