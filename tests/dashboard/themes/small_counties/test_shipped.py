"""What 人口小县 and 经济发达镇 must say of the shipped figures."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS


def rows(shipped, chart: str) -> pl.DataFrame:
    return CHARTS[chart].rows(shipped, Selection())


def words(shipped, chart: str) -> list[str]:
    draw = CHARTS[chart].draw
    assert draw is not None
    figure: dict[str, Any] = draw(rows(shipped, chart))
    return [told["text"] for told in figure["layout"]["annotations"]]


def test_the_sides_of_shilou_are_counted_as_ranked_bodies_wherever_they_stand(shipped):
    halves = rows(shipped, "small-counties-halves")
    assert "石楼县6＋16个，口径为党政机构（只计正科级）" in CHARTS["small-counties-halves"].finding(halves).plain()
    axes = dict(halves.select("area_name", "axis").rows())
    assert axes["石楼县"] == "党政机构（只计正科级）" != axes["娄烦县"]


def test_leadership_posts_of_the_two_counties_are_still_to_be_checked(shipped):
    assert "305→256名（待核）" in " ".join(words(shipped, "small-counties-cuts"))
    notes = CHARTS["small-counties-cuts"].note(rows(shipped, "small-counties-cuts"))
    assert any(note.startswith("待核：党政群机关科级领导职数") for note in notes)


def test_loufan_is_of_the_second_batch_and_has_no_start(shipped):
    [loufan] = rows(shipped, "small-counties-clock").filter(pl.col("area_name") == "娄烦县").to_dicts()
    assert (loufan["cohort"], loufan["start"], loufan["years_low"]) == ("山西第二批试点", None, None)


def test_pairs_of_bodies_stand_on_axes_from_zero_to_forty(shipped):
    draw = CHARTS["small-counties-bodies"].draw
    assert draw is not None
    layout = draw(rows(shipped, "small-counties-bodies"))["layout"]
    for name in (name for name in layout if name.startswith("xaxis")):
        low, high = layout[name]["range"]
        assert -1 < low <= 0
        assert 40 <= high < 41
    assert words(shipped, "small-counties-bodies").count("40") == 3


def test_the_county_sum_that_holds_a_pilot_names_it_by_the_map_of_places(shipped):
    held = dict(rows(shipped, "small-counties-control").select("area_name", "pilots_held").rows())
    assert held["晋中市"] == "榆社县"
    assert held["平阳县"] is None


def test_a_catalogue_that_holds_for_one_district_says_what_the_others_get(shipped):
    listed = rows(shipped, "towns-catalogues")
    [sanming] = listed.filter(pl.col("area_name") == "三明市").to_dicts()
    assert sanming["obs_value"] == 88
    assert "其他县（市、区）乡镇只有7项" in sanming["note"]
    assert {655, 61}.isdisjoint(listed["obs_value"].to_list())


def pilot(shipped, name: str) -> dict[str, Any]:
    return rows(shipped, "small-counties-pilots").row(by_predicate=pl.col("area_name") == name, named=True)


def test_pilots_stand_by_batch_and_by_code_and_in_no_order_of_what_they_cut(shipped):
    listed = rows(shipped, "small-counties-pilots")
    assert listed["area_name"].to_list()[:6] == ["河曲县", "浮山县", "娄烦县", "黎城县", "榆社县", "石楼县"]
    assert rows(shipped, "overview-pilots")["area_name"].to_list() == listed["area_name"].to_list()[:6]
    for _cohort, members in listed.group_by("cohort"):
        assert members["ref_area"].is_sorted()


def test_a_cell_says_what_is_computed_narrower_doubtful_or_a_share_only(shipped):
    loufan, shilou, licheng = (pilot(shipped, name) for name in ("娄烦县", "石楼县", "黎城县"))
    assert loufan["bodies"] == "〔35〕→22个"
    assert loufan["institutions"] == "133→104个（疑全县）；〔62〕→40个（疑县直）"
    assert shilou["bodies"] == "未公布→22个（县级，只计正科级）"
    assert licheng["bodies"] == "−31%（只有比例）"
    assert pilot(shipped, "古丈县")["bodies"] == "33→23个（限额）"
    assert pilot(shipped, "河曲县")["ratio"] == "32:1→40:1（存疑）；口径未注明"
    assert pilot(shipped, "河曲县")["over"] == "仍超编903人，过渡期5年"
    assert {pilot(shipped, "榆社县")[cell] for cell in ("bodies", "institutions", "posts", "over", "ratio", "status")} == {
        "未公布"
    }


def test_every_cell_of_the_pilots_that_says_a_figure_opens_its_facts(shipped):
    for row in rows(shipped, "small-counties-pilots").to_dicts():
        for cell in ("bodies", "institutions", "posts", "over", "ratio"):
            assert bool(row[f"{cell}_fact_ids"]) == (row[cell] != "未公布"), (row["area_name"], cell)


def test_where_a_pilot_stands_is_its_completion_or_the_last_that_is_known(shipped):
    assert pilot(shipped, "河曲县")["status"] == "2022年8月完成"
    assert pilot(shipped, "黄龙县")["status"] == "2024年7月19日完成"
    assert pilot(shipped, "浮山县")["status"] == "2023年2月公布改革后数"
    assert pilot(shipped, "左云县")["status"] == "2024年4月25日县委宣传部称改革尚未推开"


def test_the_sentence_on_the_pilots_names_who_published_all_and_who_nothing(shipped):
    said = CHARTS["small-counties-pilots"].finding(rows(shipped, "small-counties-pilots")).plain()
    assert said == (
        "山西省第一批、第二批试点（n＝6）中，河曲县、浮山县前后齐全：党政机构都减到22个，涉改事业单位都减到40个，"
        "涉改事业编制减到659名、970名；榆社县未公布。其余试点中，党政机构前后都公布的有玛多县25→20个、古丈县33→23个（限额）。"
    )


def test_every_doubt_about_a_cell_that_is_shown_is_a_note(shipped):
    whole, short = (CHARTS[name].note(rows(shipped, name)) for name in ("small-counties-pilots", "overview-pilots"))
    ratio = "存疑：河曲县财政供养比（32:1→40:1）疑为消化超编后的目标值，未证实。"
    assert ratio in whole
    assert ratio not in short
    assert "存疑：娄烦县事业单位数（〔62〕→40个）范围疑只到县直。" in short
