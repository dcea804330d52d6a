"""Rows of 人口小县, worked out by hand on frames small enough to see."""

import datetime as dt

import polars as pl

from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.charts import CHARTS
from dashboard.drawing.province_tiles import PLACES
from dashboard.paper.caption import caption
from dashboard.themes.small_counties import rows as small_counties
from dashboard.themes.small_counties.size_bands import rows as size_bands
from dashboard.themes.small_counties.size_bands.charts import draw_tiles, tiles, with_standing
from dashboard.themes.small_counties.size_bands.sentences import provinces
from tests.dashboard.themes.frames import Frames, band, change, event, fact

ORDINARY = {"cohort": "普通县区（2019年机构改革）", "cohort_role": "ordinary"}
FEW, MIDDLE, MORE = (None, 50_000, 1), (100_000, 200_000, 4), (200_000, 500_000, 7)


def test_pilots_with_one_end_stay_and_ordinary_counties_are_the_control():
    rows = [
        change("a", 36.0, 22.0), change("b", 33.0, None), change("c", None, None, change_pct_stated=-31.0),
        change("d", None, 35.0, by_plan=True, **ORDINARY), change("anon-x", 33.0, 23.0, anonymous=True),
    ]  # fmt: skip
    db = Frames(mart__institution_change=rows)
    assert small_counties.bodies(db)["ref_area"].to_list() == ["a", "b"]
    both = small_counties.bodies_and_ordinary(db)
    assert both.select("ref_area", "control", "by_plan").rows() == [("a", False, False), ("b", False, False), ("d", True, True)]


def test_a_limit_stands_behind_the_counts_on_an_axis_of_its_own():
    rows = [change("x", 33.0, 23.0, scope="机构限额", scope_nature="limit"), change("a", 36.0, 22.0), change("b", 35.0, 22.0)]
    found = small_counties.bodies_and_ordinary(Frames(mart__institution_change=rows))
    assert found.select("ref_area", "axis").rows() == [("a", "党政机构（实设）"), ("b", "党政机构（实设）"), ("x", "机构限额")]


def test_the_sides_of_a_county_are_counted_as_its_total_is():
    sides = {"party_bodies": (9.0, 6.0), "gov_bodies": (26.0, 16.0)}
    rows = [change("a", before, after, indicator=slug) for slug, (before, after) in sides.items()]
    rows += [change("b", None, after, indicator=slug) for slug, (_, after) in sides.items()]
    rows += [change("b", None, 22.0, scope="党政机构（只计正科级）"), change("a", 35.0, 22.0)]
    found = small_counties.halves(Frames(mart__institution_change=rows))
    assert found.select("ref_area", "axis", "total_before", "total").rows() == [
        ("a", "党政机构（实设）", 35.0, 22.0), ("b", "党政机构（只计正科级）", None, 22.0),
    ]  # fmt: skip


def test_counts_that_are_still_to_be_checked_say_so_beside_the_sum():
    posts = {"indicator": "leadership_posts", "scope": "党政群机关科级领导职数"}
    rows = [
        change("a", 151.0, 128.0, to_check="归属待核", **posts), change("b", 154.0, 128.0, to_check="归属待核", **posts),
        change("both", None, None, scope="两县平均", indicator="leadership_posts", change_pct_stated=-16.0, cohort_role=None, cohort=None),
    ]  # fmt: skip
    [row] = small_counties.cuts(Frames(mart__institution_change=rows)).to_dicts()
    assert (row["before_sum"], row["after_sum"], row["to_check"], row["counties"]) == (305.0, 256.0, "归属待核", 2)


def test_a_place_that_holds_a_pilot_names_it_and_rows_of_townships_stay_out():
    units = {"indicator": "public_institutions"}
    rows = [
        change("a", 186.0, 40.0, **units), change("city", 2086.0, 960.0, cohort_role=None, cohort=None, scope_coverage="县级合计", **units),
        change("town", 7.0, 5.0, cohort_role="sample", cohort=None, scope_coverage="乡镇本级", **units),
    ]  # fmt: skip
    area = {"level": "county", "anonymous": False, "illustrative": False}
    db = Frames(
        mart__institution_change=rows,
        core__ref_area=[area | {"ref_area": "p", "name_zh": "榆社县", "cohort": "第二批", "province": "甲省"}],
        core__cohort=[{"cohort": "第二批", "role": "pilot"}],
        core__area_ancestor=[{"ref_area": "p", "ancestor": place, "distance": far} for far, place in enumerate(("p", "city"))],
    )
    found = small_counties.institutions(db)
    assert found.select("ref_area", "control", "pilots_held").rows() == [("a", False, None), ("city", True, "榆社县")]


def test_two_claims_about_the_transition_are_both_kept():
    posts = change("a", 1964.0, 659.0, indicator="institution_posts")
    told = [
        fact("F1", "a", "staff_over", 903.0, scope=posts["scope"]),
        fact("F2", "a", "reform_transition_years", 5.0, category="过渡期"),
        fact("F3", "a", "reform_transition_years", 5.0, category="目标年限上限", source_id="s2"),
        fact("F4", "a", "reform_transition_years", 3.0, category="目标年限下限", source_id="s2"),
    ]
    [row] = small_counties.posts_and_people(Frames(mart__institution_change=[posts], mart__fact=told)).to_dicts()
    assert (row["years"], row["target_low"], row["target_high"], row["target_fact_ids"]) == (5.0, 3.0, 5.0, "F4,F3")
    assert "s2" in row["source_ids"]


def test_years_are_counted_by_month_and_a_bare_year_gives_an_interval():
    rows = [
        change("a", 36.0, 22.0), change("c", 35.0, 22.0),
        change("b", 25.0, 20.0, time_after="2023", after_start=dt.date(2023, 1, 1), after_end=dt.date(2023, 12, 31)),
    ]  # fmt: skip
    events = [
        event("a", "pilot_named", "2020-04", dt.date(2020, 4, 1), dt.date(2020, 4, 30)),
        event("a", "completed", "2022-08-31", dt.date(2022, 8, 31), dt.date(2022, 8, 31)),
        event("b", "reform_started", "2022-05", dt.date(2022, 5, 1), dt.date(2022, 5, 31)),
    ]
    found = small_counties.courses(Frames(mart__institution_change=rows, mart__timeline=events))
    assert found.select("ref_area", pl.col("years_low", "years_high").round(2), "completed").rows() == [
        ("a", 2.33, 2.33, True), ("b", 0.67, 1.58, False), ("c", None, None, False),
    ]  # fmt: skip


def small_tables():
    area = {"level": "county", "cohort": "某试点", "province": "甲省", "anonymous": False, "illustrative": False}
    return {
        "core__ref_area": [
            area | {"ref_area": "甲1", "name_zh": "甲县"},
            area | {"ref_area": "甲2", "name_zh": "没有事实的县"},
            area | {"ref_area": "乙省", "name_zh": "乙省", "level": "province", "cohort": None},
        ],
        "core__cohort": [{"cohort": "某试点", "role": "pilot"}],
        "mart__fact_count_by_area": [{"ref_area": "甲1", "disclosure": "public", "facts": 1}],
        "core__scope": [{"scope": "剔除", "left_out": "乙省"}, {"scope": "全部", "left_out": None}],
    }


def test_small_counties_are_the_sum_of_the_small_bands_only():
    rows = [
        band("甲省", "<5万", 1.0, FEW), band("甲省", "10万-20万", 2.0, MIDDLE), band("甲省", "20万-50万", 9.0, MORE),
        band("乙省", "20万-50万", 3.0, MORE), band("乙省", "<20万", 0.0, (None, 200_000, 5), is_partition=False),
    ]  # fmt: skip
    found = size_bands.provinces(Frames(mart__county_size_band=rows, **small_tables()))
    small = dict(found.select("area_name", "small").unique().rows())
    assert small == {"甲省": 3.0, "乙省": 0.0}
    assert found["published"].null_count() == found.height == 4
    nation = band("CN", "<20万", 4.0, (None, 200_000, 5))
    assert set(size_bands.provinces(Frames(mart__county_size_band=[*rows, nation], **small_tables()))["published"]) == {4.0}
    assert found.filter(pl.col("area_name") == "甲省")["pilots"].unique().to_list() == ["甲县"]


def test_every_unit_of_the_country_stands_once_and_says_why_it_has_no_count(shipped):
    found = size_bands.province_tiles(shipped)
    assert found["ref_area"].n_unique() == found.height == 34
    told = dict(with_standing(found).select("area_name", "standing").rows())
    assert [name for name, why in told.items() if why == "无县"] == ["北京市", "天津市", "上海市"]
    assert [name for name, why in told.items() if why == "未收录"] == ["台湾省", "香港特别行政区", "澳门特别行政区"]
    assert found["small"].sum() == size_bands.provinces(shipped).unique("ref_area")["small"].sum() == 545
    assert set(PLACES) == set(found["ref_area"])
    assert len(set(PLACES.values())) == 34
    counted = found.filter(pl.col("small").is_not_null())
    assert counted.filter((pl.col("fact_ids") == "") | (pl.col("source_ids") == "")).is_empty()


def test_a_chosen_province_is_all_that_the_bands_show_and_one_without_counts_says_why(shipped):
    whole = size_bands.province_bands(shipped)
    for name, code in whole.select("area_name", "ref_area").unique().rows():
        own = size_bands.province_bands(shipped, code)
        assert own.equals(whole.filter(pl.col("ref_area") == code))
        assert provinces(own).plain().startswith(f"{name}七普常住不足20万的县域有{own['small'][0]:.0f}个")
    card = CHARTS["small-counties-provinces"]
    said = {code: shown(shipped, card, Selection(province=code)).empty for code in ("110000", "710000", "140000")}
    assert said == {
        "110000": "北京市：无县。只有市辖区，所以没有分档；不是零。",
        "710000": "台湾省：未收录。所用的分县表不含这一地区，不是没有。",
        "140000": "",
    }
    assert caption(shipped, shown(shipped, card, Selection(province="140000"))).title == "2020年山西省常住人口不足20万的县域分布"


def test_the_chosen_tile_opens_its_facts_and_every_other_one_stands_for_its_province(shipped):
    rows = tiles(shipped, Selection(province="620000"))
    [trace] = [trace for trace in draw_tiles(rows)["data"] if "" in trace["ids"]]
    at = trace["ids"].index("")
    assert "再点一下：看出处" in trace["hovertext"][at]
    assert trace["customdata"][at] == rows.filter(pl.col("ref_area") == "620000")["fact_ids"][0]
    assert trace["marker"]["line"]["width"][at] > max(
        width for n, width in enumerate(trace["marker"]["line"]["width"]) if n != at
    )
    whole = draw_tiles(tiles(shipped, Selection()))["data"]
    assert sorted(code for trace in whole for code in trace["ids"]) == sorted(PLACES)


def test_a_province_changes_no_card_that_does_not_read_it(shipped):
    read = {chart.id for chart in CHARTS.values() if chart.province in {"read", "picked"}}
    assert read == {"small-counties-tiles", "small-counties-provinces"}
    card = CHARTS["overview-tiles"]
    assert shown(shipped, card, Selection(province="140000")) is shown(shipped, card, Selection())


def test_the_same_count_from_two_sources_is_one_row_with_both_and_what_a_scope_leaves_out_is_counted():
    small = (None, 200_000, 5)
    rows = [
        band("CN", "<20万", 546.0, small, fact_ids="F1,F9", source_ids="s1"), band("CN", "<20万", 546.0, small, fact_ids="F2,F9", source_ids="s2"),
        band("CN", "<20万", 414.0, small, scope="剔除", left_out="乙省", fact_ids="F3"), band("乙省", "<5万", 118.0, FEW, fact_ids="F4"),
    ]  # fmt: skip
    found = size_bands.national_counts(Frames(mart__county_size_band=rows, **small_tables())).sort("counties")
    assert found["fact_ids"].to_list() == ["F3", "F1,F9,F2"]
    assert found["source_ids"].to_list() == ["s1", "s1,s2"]
    assert found.select("left_out", "left_out_names", "left_out_fact_ids").rows() == [(118.0, "乙省", "F4"), (None, None, None)]


def test_the_ladder_is_made_of_bands_that_follow_each_other():
    book = {"scope": size_bands.YEARBOOK, "edition": "县域统计年鉴2021"}
    rows = [
        band("CN", "<5万", 90.0, FEW, **book), band("CN", "<10万", 206.0, (None, 100_000, 3), **book),
        band("CN", "5万-10万", 116.0, (50_000, 100_000, 2), **book), band("CN", "20万-50万", 823.0, MORE, **book),
        band("CN", "10万-20万", 228.0, MIDDLE, **book), band("CN", "10万-50万", 1051.0, (100_000, 500_000, 6), **book),
    ]  # fmt: skip
    db = Frames(
        mart__county_size_band=rows, mart__fact=[fact("T", "CN", "small_county_threshold", 200000.0, area_level="nation")]
    )
    found = size_bands.ladder(db)
    assert found.select("size_band", "is_small").rows() == [
        ("<5万", True),
        ("5万-10万", True),
        ("10万-20万", True),
        ("20万-50万", False),
    ]
    assert set(found["thresholds"]) == {"200000"}
