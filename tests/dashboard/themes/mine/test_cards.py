"""The cards of 我县: own numbers on the axis of their scope only, words that fit, drawings that hold at every width."""

from __future__ import annotations

import itertools

import plotly.graph_objects as go
import pytest

from dashboard.cards.answer import answer
from dashboard.cards.own import OWN_SOURCE
from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.paper.csv import chart_csv
from dashboard.paper.plate import plate
from dashboard.paper.xlsx import chart_xlsx
from dashboard.themes.mine.answer import MEND, START, answers
from dashboard.themes.mine.charts import BODIES, CHARTS, POSTS, RATIO
from dashboard.themes.mine.size.charts import THRESHOLDS
from tests.dashboard.drawing.rendered import boxes
from tests.dashboard.language.faults import faults
from tests.dashboard.themes.mine.given import FULL, PART, PLANS, PUBLISHED, SILLY, chosen

GIVEN = {
    "full": chosen(FULL),
    "part": chosen(PART),
    "silly": chosen(SILLY),
    "published": chosen(PUBLISHED),
    "plans": chosen(*PLANS),
    "none": Selection(),
}
CHARTS_BY_ID = {chart.id: chart for chart in CHARTS}
LONGEST_NOTE = 90


def text_of(tree) -> str:
    """All words of parts of a page."""
    if isinstance(tree, list | tuple):
        return "".join(map(text_of, tree))
    return tree if isinstance(tree, str) else text_of(getattr(tree, "children", "") or "")


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
@pytest.mark.parametrize("given", GIVEN)
def test_a_card_holds_whatever_was_typed(shipped, chart, given):
    card = shown(shipped, chart, GIVEN[given])
    assert answer(shipped, chart, GIVEN[given])["look"].find("failed") < 0
    assert card.rows.height
    assert card.finding.plain().endswith("。")
    assert faults(card.finding.plain()) == []
    assert [note for note in card.notes if len(note) > LONGEST_NOTE or faults(note) or note[-1] != "。"] == []
    if chart.draw:
        for width in (350, 1100):
            figure = card.figure()
            go.Figure(figure)
            placed = boxes(figure, width)
            assert not [box for box in placed if box.left < -1 or box.right > width + 1]
            assert not [(one.text, other.text) for one, other in itertools.combinations(placed, 2) if one.overlap(other) > 16]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_files_say_whose_the_numbers_are(shipped, chart):
    card = shown(shipped, chart, GIVEN["full"])
    assert OWN_SOURCE in [citation.text for citation in card.citations]
    assert OWN_SOURCE in chart_csv(shipped, card).decode("utf-8-sig")
    assert chart_xlsx(shipped, card)
    if chart.draw:
        assert plate(shipped, card).title


def test_a_ratio_stands_beside_its_own_scope_only(shipped):
    rows = shown(shipped, RATIO, GIVEN["full"]).rows
    beside = {axis: set(group["area_name"]) for (axis,), group in rows.group_by("axis_key")}
    assert {"兰考县", "古丈县"} in beside.values()  # 常住, 在编
    assert {"兰考县"} in beside.values()  # 户籍: nobody else
    assert "河曲县" not in rows["area_name"].to_list()
    assert "全国" not in rows["area_name"].to_list()
    text = shown(shipped, RATIO, GIVEN["full"]).finding.plain()
    assert "按常住人口约25.7:1，同口径的有古丈县约25.4:1" in text
    assert "按户籍人口约28.7:1，没有同口径的公布数可以并列" in text


def test_an_interval_has_no_middle(shipped):
    rows = shown(shipped, RATIO, chosen({"resident": "约12万", "staff": "5000"})).rows.filter("own").to_dicts()
    assert [(row["low"], row["high"], row["text"]) for row in rows] == [(22.8, 25.2, "22.8:1～25.2:1")]


def test_bodies_stand_between_pilots_and_ordinary_counties(shipped):
    text = shown(shipped, BODIES, GIVEN["full"]).finding.plain()
    assert "兰考县党政机构36个，不出普通县区的35～37个，多于试点改革后的20～22个" in text
    assert "说不准是否超过普通县区" in shown(shipped, BODIES, chosen(PLANS[0])).finding.plain()
    other = shown(shipped, BODIES, chosen({"institutions": "180", "inst_scope": "other"}))
    assert not other.rows["own"].any()


def test_over_and_under_are_counted_by_type_without_a_percentage_on_few_posts(shipped):
    by_type = {row["post_type"]: row for row in shown(shipped, POSTS, GIVEN["full"]).rows.to_dicts()}
    assert (by_type["行政"]["outcome"], by_type["行政"]["rate"]) == ("空编20名", "约97.78%")
    assert (by_type["事业"]["outcome"], by_type["事业"]["rate"]) == ("超编100人", "100.50%")
    assert (by_type["工勤"]["outcome"], by_type["工勤"]["rate"]) == ("超编1人", "不足10名，不算")
    [vague] = shown(shipped, POSTS, chosen(PLANS[0])).rows.to_dicts()
    assert vague["outcome"] == "约数相减，超编空编说不准"


def test_bands_and_thresholds_keep_both_populations_apart(shipped):
    rows = shown(shipped, CHARTS_BY_ID["mine-bands"], chosen({"resident": "12万", "registered": "21万"})).rows
    inside = {row["size_band"]: row["inside"] for row in rows.to_dicts() if row["inside"]}
    assert set(inside) == {"<20万", "20万-50万"}
    [vague] = [
        row
        for row in shown(shipped, CHARTS_BY_ID["mine-bands"], chosen({"registered": "约10万"})).rows.to_dicts()
        if row["size_band"] == "5万-10万"
    ]
    assert (vague["inside"], vague["maybe"]) == ([], ["本县"])
    listed = shown(shipped, THRESHOLDS, chosen({"resident": "12万", "registered": "15万"})).rows.to_dicts()
    yunnan = next(row for row in listed if row["population_basis"] == "常住")
    assert yunnan["verdict"] == "常住12万人：高于"
    shanxi = next(row for row in listed if row["obs_value"] == 150_000)
    assert shanxi["verdict"] == "常住12万人：低于；户籍15万人：恰为门槛"


def test_a_set_whose_name_begins_like_anothers_is_not_swallowed_by_it(shipped):
    sets = ({"name": "方案", "registered": "12万"}, {"name": "方案二", "registered": "86万"})
    said = shown(shipped, CHARTS_BY_ID["mine-bands"], chosen(*sets)).finding.plain()
    assert "方案在其内，方案二户籍86万人，不在其内" in said


def test_peers_are_near_in_every_variable_that_both_have_or_there_are_none(shipped):
    chart = CHARTS_BY_ID["mine-peers"]
    rows = shown(shipped, chart, chosen({"place": "河曲", "resident": "123505"})).rows
    assert "河曲县" not in rows["area_name"].to_list()
    assert rows.height == 5
    assert rows["area_name"][0] == "左云县"
    assert rows["apart"][0] == "−4.5%"
    none = shown(shipped, chart, chosen({"resident": "900万"}))
    assert none.rows.is_empty()
    assert none.empty.startswith("无相近地区")
    near = shown(shipped, chart, chosen({"resident": "98833", "revenue": "13000"})).rows
    assert "浮山县" in near["area_name"].to_list()
    assert "浮山县" not in shown(shipped, chart, chosen({"resident": "98833", "revenue": "5亿"})).rows["area_name"].to_list()


def test_a_cut_of_a_pilot_is_applied_to_numbers_of_its_scope_outwards_and_is_no_advice(shipped):
    card = shown(shipped, CHARTS_BY_ID["mine-cuts"], chosen({"bodies": "36", "posts_inst": "2000", "inst_scope": "other"}))
    results = {row["area_name"]: row["result"] for row in card.rows.to_dicts() if row["own"]}
    assert results == {"河曲县": "22个", "浮山县": "22～23个", "娄烦县": "22～23个", "玛多县": "28～29个"}
    assert card.finding.plain().endswith("只是换算，不是建议。")
    assert any("不是建议，也不是预测" in note for note in card.notes)


def test_what_is_missing_names_what_it_would_open(shipped):
    chart = CHARTS_BY_ID["mine-fields"]
    rows = {row["field"]: row for row in shown(shipped, chart, chosen(SILLY | {"registered": "14.8万"})).rows.to_dicts()}
    assert (rows["户籍人口"]["state"], rows["户籍人口"]["source"]) == ("已填", "本人填写")
    assert rows["常住人口"]["state"] == "看不懂"
    assert rows["收入"]["state"] == "未填"
    assert shown(shipped, chart, GIVEN["full"]).finding.plain() == "各项都填了。"
    assert shown(shipped, chart, GIVEN["published"]).rows.filter(field="党政机构")["source"].to_list() == ["公布数"]


def test_the_answer_stands_on_top_with_the_name_of_the_county(shipped):
    assert text_of(answers(shipped, GIVEN["full"])).startswith("兰考县：党政机构36个")
    assert text_of(answers(shipped, GIVEN["silly"])) == MEND
    assert text_of(answers(shipped, GIVEN["none"])) == START
    assert len(answers(shipped, GIVEN["plans"])) == 2
