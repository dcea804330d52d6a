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
