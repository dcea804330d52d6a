"""Answers worked out by hand, on frames small enough to see: nulls, ties, groups and open ends."""

import polars as pl

from dashboard.gate.fact_notes import timed
from dashboard.themes.extension import rows as extension
from dashboard.themes.small_counties import rows as small_counties
from dashboard.themes.small_counties import size_bands
from dashboard.themes.towns import rows as towns
from dashboard.themes.township import rows as township


class Frames:
    """Tables from frames."""

    def __init__(self, **tables):
        self.tables = {name.replace("__", "."): pl.DataFrame(rows) for name, rows in tables.items()}

    def table(self, name):
        return self.tables[name].lazy()


DIMENSIONS = dict.fromkeys(
    ("sector", "tier", "post_type", "age_band", "education", "org_unit", "catalogue", "size_band", "category"), "_T"
)


def fact(fact_id, area, indicator, value, **more):
    row = {
        "fact_id": fact_id, "ref_area": area, "area_name": area, "area_level": "county", "cohort": None, "indicator": indicator,
        "indicator_zh": indicator, "phase": "point", "time_period": "2020", "year": 2020, "obs_value": value, "precision": "exact",
        "as_stated": "", "unit_measure": "个", "scope": "原文口径", "source_id": "s1", "preferred": True, "illustrative": False,
        "anonymous": False, "province": None, "source_title": "某报", "publisher": "某报", "value_low": value, "value_high": value,
        "note": "", "grade": "A",
    }  # fmt: skip
    return row | DIMENSIONS | more


def change(area, before, after, **more):
    row = {
        "ref_area": area, "area_name": area, "cohort": "山西第一批试点", "indicator": "party_gov_bodies", "indicator_zh": "党政机构数",
        "unit_measure": "个", "scope": "党政机构（实设）", "time_before": "2020", "time_after": "2022-08", "before": before, "after": after,
        "change_pct": None if before is None or after is None else (after - before) / before * 100, "change_pct_stated": None,
        "before_basis": "stated", "after_basis": "stated", "illustrative": False, "fact_ids": f"{area}1,{area}2", "source_ids": "s1",
    }  # fmt: skip
    return row | DIMENSIONS | more


def test_pilots_with_one_end_stay_and_ordinary_counties_are_the_control():
    rows = [
        change("a", 36.0, 22.0), change("b", 33.0, None), change("c", None, None, change_pct_stated=-31.0),
        change("d", None, 35.0, cohort="普通县区（2019年机构改革）"), change("anon-x", 33.0, 23.0),
    ]  # fmt: skip
    plan = fact("F1", "d", "party_gov_bodies", 35.0, source_title="市县区《机构改革方案》获批准")
    db = Frames(mart__institution_change=rows, mart__fact=[plan, fact("F2", "a", "party_gov_bodies", 22.0)])
    assert small_counties.bodies(db)["ref_area"].to_list() == ["a", "b"]
    assert small_counties.percentages_only(db)["ref_area"].to_list() == ["c"]
    both = small_counties.bodies_and_ordinary(db)
    assert both.select("ref_area", "control", "by_plan").rows() == [("a", False, False), ("b", False, False), ("d", True, True)]


def test_the_sides_of_a_county_are_counted_as_its_total_is():
    sides = {"party_bodies": (9.0, 6.0), "gov_bodies": (26.0, 16.0)}
    rows = [change("a", before, after, indicator=slug) for slug, (before, after) in sides.items()]
    rows += [change("b", None, after, indicator=slug) for slug, (_, after) in sides.items()]
    rows += [change("b", None, 22.0, scope="党政机构（只计正科级）"), change("a", 35.0, 22.0)]
    found = small_counties.halves(Frames(mart__institution_change=rows))
    assert found.select("ref_area", "panel", "total_before", "total").rows() == [
        ("a", "党政机构（实设）", 35.0, 22.0), ("b", "党政机构（只计正科级）", None, 22.0),
    ]  # fmt: skip


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
    rows = [change("a", 36.0, 22.0), change("b", 25.0, 20.0, time_after="2023"), change("c", 35.0, 22.0)]
    events = [
        {"ref_area": "a", "kind": "pilot_named", "date": "2020-04"}, {"ref_area": "a", "kind": "completed", "date": "2022-08"},
        {"ref_area": "b", "kind": "reform_started", "date": "2022-05"},
    ]  # fmt: skip
    found = small_counties.courses(Frames(mart__institution_change=rows, mart__timeline=events))
    assert found.select("ref_area", pl.col("years_low", "years_high").round(2), "completed").rows() == [
        ("a", 2.33, 2.33, True), ("b", 0.67, 1.58, False), ("c", None, None, False),
    ]  # fmt: skip


def test_townships_with_the_same_numbers_become_one_row_with_all_facts():
    rows = [
        change(area, before, after, indicator="delegated_items_held", catalogue="桐庐")
        for area, before, after in (("b", 447.0, 213.0), ("a", 447.0, 213.0), ("c", 736.0, 213.0))
    ]
    noted = fact("c1", "c", "delegated_items_held", 736.0, phase="before", catalogue="桐庐", note="下放与委托合计；736-213=523")
    found = towns.held(Frames(mart__institution_change=rows, mart__fact=[noted]))
    assert found["area_name"].to_list() == ["c", "2个乡镇（街道）"]
    assert found["names"].to_list() == ["c", "a、b"]
    assert found["fact_ids"].to_list() == ["c1,c2", "a1,a2,b1,b2"]
    assert found.select("places", "remark_before").rows() == [(1, "下放与委托合计"), (2, None)]


def test_take_up_puts_towns_first_and_needs_a_catalogue():
    rows = [
        {"ref_area": area, "area_name": area, "catalogue": catalogue, "catalogue_items": items, "accepted": done,
         "take_up": done / items * 100 if items else None, "grouping": grouping, "towns": 1, "time_period": "2021", "fact_ids": "F"}
        for area, catalogue, items, done, grouping in (
            ("all", "目录", 370.0, 326.0, "merged"), ("a", "目录", 185.0, 141.0, "town"), ("b", "目录", 185.0, 185.0, "town"),
            ("c", "别的", None, 312.0, "town"),
        )
    ]  # fmt: skip
    revoked = [fact("R", "a", "delegated_items_revoked", 9.0, catalogue="目录"), fact("S", "z", "delegated_items_revoked", 7.0)]
    found = towns.take_up(Frames(mart__delegation=rows, mart__fact=revoked))
    assert found.select("ref_area", "revoked").rows() == [("b", 9.0), ("a", 9.0), ("all", 9.0)]
    assert towns.take_up(Frames(mart__delegation=rows, mart__fact=revoked[1:]))["revoked"].to_list() == [None, None, None]


def test_a_city_total_is_no_average_of_a_township():
    rows = [
        fact("F1", "CN", "duty_items_basic", 117.0, scope="每个乡镇（街道）平均"),
        fact("F2", "CN", "duty_items_taken_back", 124.0, scope="每个乡镇（街道）平均"),
        fact("F3", "320583", "duty_items_taken_back", 347.0, scope="全市合计"),
    ]
    found = towns.duty_lists(Frames(mart__fact=rows))
    assert found.select("ref_area", "basic", "supporting", "taken_back").rows() == [("CN", 117.0, None, 124.0)]
    assert found["fact_ids"].to_list() == ["F1,F2"]
    assert found.select("kept", "townships").rows() == [(None, None)]  # one list is missing, and so is the n


def test_what_a_township_keeps_leaves_out_what_is_taken_back_and_the_average_has_its_n():
    average = {"scope": "每个乡镇（街道）平均", "time_period": "2025-06"}
    rows = [
        fact("F1", "CN", "duty_items_basic", 117.0, **average), fact("F2", "CN", "duty_items_supporting", 99.0, **average),
        fact("F3", "CN", "duty_items_taken_back", 124.0, **average),
        fact("N", "CN", "duty_list_townships", 38000.0, phase="after", time_period="2025-06", precision="approx"),
        fact("P", "CN", "duty_list_townships", 2.0, phase="plan", time_period="2025-06"),
    ]  # fmt: skip
    [row] = towns.duty_lists(Frames(mart__fact=rows)).to_dicts()
    assert (row["kept"], row["townships_said"], row["townships_fact_ids"]) == (216.0, "约3.8万个", "N")


def test_a_total_that_we_added_up_gives_way_to_its_kinds():
    lists = {"catalogue": "清单", "indicator_zh": "赋权目录项数"}
    rows = [
        fact("A", "甲镇", "delegated_items_catalogue", 655.0, precision="derived", **lists),
        fact("B", "甲镇", "delegated_items_catalogue", 100.0, **lists | {"category": "类型=审批"}),
        fact("C", "甲镇", "delegated_items_catalogue", 555.0, **lists | {"category": "类型=执法"}),
        fact("D", "乙省", "delegated_items_catalogue", 431.0, **lists),
        fact("E", "乙省", "delegated_items_catalogue", 393.0, **lists | {"category": "部门=城管执法"}),
    ]
    found = towns.catalogues(Frames(mart__fact=rows))
    assert sorted(found.select("fact_ids", "kind").rows()) == [("B", "审批"), ("C", "执法"), ("D", "")]


def test_what_was_handed_down_and_an_earlier_list_stand_beside_what_was_taken_back():
    rows = [
        fact("R", "甲市", "delegated_items_revoked", 339.0, note="339=300+39 成立；收归市级"),
        fact("A1", "甲市", "delegated_items_added", 92.0, category="行政处罚"),
        fact("A2", "甲市", "delegated_items_added", 90.0, category="行政处罚·新增事项"),
        fact("K", "乙市", "delegated_items_catalogue", 431.0, catalogue="乙市目录"), fact("S", "乙市", "delegated_items_revoked", 20.0),
    ]  # fmt: skip
    found = {row["ref_area"]: row for row in towns.revoked(Frames(mart__fact=rows)).to_dicts()}
    assert found["甲市"]["context"] == "收归市级；同时新增下放行政处罚92项"
    assert found["乙市"]["context"] == "与乙市目录431项能否作比，须先核对清单是否同一"
    assert (found["甲市"]["fact_ids"], found["甲市"]["own_fact_ids"]) == ("R,A1", "R")


def band(area, size_band, counties, order, **more):
    row = {
        "ref_area": area, "area_name": area, "population_basis": "常住", "scope": size_bands.CENSUS, "size_band": size_band, "band_order": order,
        "counties": counties, "share": None, "preferred": True, "time_period": "2020-11-01", "fact_ids": f"{area}{order}", "source_ids": "s1",
    }  # fmt: skip
    return row | more


def test_small_counties_are_the_sum_of_the_small_bands_only():
    rows = [
        band("甲省", "<5万", 1.0, 1),
        band("甲省", "10万-20万", 2.0, 4),
        band("甲省", "20万-50万", 9.0, 7),
        band("乙省", "20万-50万", 3.0, 7),
    ]
    area = {"level": "county", "cohort": "某试点", "province": "甲省", "anonymous": False}
    areas = [area | {"ref_area": "甲1", "name_zh": "甲县"}, area | {"ref_area": "甲2", "name_zh": "没有事实的县"}]
    counted = [{"ref_area": "甲1", "disclosure": "public", "facts": 1}]
    found = size_bands.provinces(Frames(mart__county_size_band=rows, core__ref_area=areas, mart__fact_count_by_area=counted))
    small = dict(found.select("area_name", "small").unique().rows())
    assert small == {"甲省": 3.0, "乙省": 0.0}
    assert found["published"].null_count() == found.height
    nation = band("CN", "<20万", 4.0, 5, preferred=True)
    tables = {"core__ref_area": areas, "mart__fact_count_by_area": counted}
    assert set(size_bands.provinces(Frames(mart__county_size_band=[*rows, nation], **tables))["published"]) == {4.0}
    assert found.filter(pl.col("area_name") == "甲省")["pilots"].unique().to_list() == ["甲县"]


def test_the_same_count_from_two_sources_is_one_row_with_both():
    rows = [
        band("CN", "<20万", 546.0, 5, fact_ids="F1,F9", source_ids="s1"), band("CN", "<20万", 546.0, 5, fact_ids="F2,F9", source_ids="s2"),
        band("CN", "<20万", 414.0, 5, scope="剔除", fact_ids="F3"),
    ]  # fmt: skip
    found = size_bands.national_counts(Frames(mart__county_size_band=rows))
    assert found.sort("counties")["fact_ids"].to_list() == ["F3", "F1,F9,F2"]
    assert found.sort("counties")["source_ids"].to_list() == ["s1", "s1,s2"]


def staffing(area, authorised, actual, **more):
    row = {
        "ref_area": area, "area_name": area, "level": "township", "county": "某县", "sector": "_T", "tier": "_T", "post_type": "_T", "org_unit": "_T",
        "time_period": "2021", "year": 2021, "scope": "仅乡镇本级在职", "staff_scope": "仅乡镇本级在职", "authorised": authorised, "actual": actual,
        "fill_rate": None, "difference": None, "comparable": True, "illustrative": False, "authorised_basis": "stated", "actual_basis": "stated",
        "authorised_fact_ids": f"{area}A", "actual_fact_ids": f"{area}B", "source_ids": "s1",
    }  # fmt: skip
    return row | more


def test_a_total_that_the_source_prints_and_breaks_is_named_and_gets_no_rate_and_one_that_we_added_up_does():
    rows = [
        staffing("花桥镇", 79.0, 85.0, fill_rate=107.6, difference=6.0),
        staffing("张店乡", 73.0, 64.0, fill_rate=87.7, authorised_basis="summed", actual_basis="summed"),
    ]
    broken = [
        {"title_zh": "32＋53＝79？", "expected": "contradicts", "fact_ids": "花桥镇A,x"},
        {"title_zh": "年龄结构＝行政实有？", "expected": "contradicts", "fact_ids": "张店乡B"},
        {"title_zh": "73－64＝9", "expected": "holds", "fact_ids": "花桥镇B"},
    ]
    found = township.fill_rates(
        Frames(mart__staffing=rows, mart__identity_balance=broken, mart__fact=[fact("x", "x", "other", 1.0)])
    )
    assert dict(found.select("area_name", "unbalanced").rows()) == {"花桥镇": "32＋53＝79？", "张店乡": None}
    told = {row["area_name"]: (row["comparable"], row["difference"], row["fill_rate"]) for row in found.to_dicts()}
    assert told == {"花桥镇": (False, None, None), "张店乡": (True, None, 87.7)}


def test_a_note_about_time_reaches_every_row_of_its_source_without_the_arithmetic_beside_it():
    rows = [staffing("a", 40.0, 39.0, time_period="2022"), staffing("a", 30.0, 29.0, time_period="2020")]
    noted = [
        fact("F1", "a", "staff_actual", 39.0, time_period="2022", note="60÷65=92.3%；时点写“2021年末”，刊期2022-06"),
        fact("F2", "a", "staff_retired", 3.0, time_period="2022", note="26+33=59 成立"),
    ]
    found = timed(Frames(mart__fact=noted), pl.DataFrame(rows))
    assert found["timing"].to_list() == ["时点写“2021年末”，刊期2022年6月", None]


def test_heads_of_a_budget_stand_among_the_traps_with_their_parts():
    rows = [staffing("寺下镇", 56.0, 76.0, comparable=False, scope="实有", staff_scope="含离退休、聘用、遗属")]
    rows += [
        staffing("寺下镇", 56.0, 48.0),
        staffing("新湾镇", None, 66.0),
        staffing("江上乡", 42.0, 49.0, comparable=False, scope="实有"),
    ]
    township_fact = {"area_level": "township", "year": 2021, "staff_scope": None, "note": None}
    facts = [
        fact("R1", "寺下镇", "staff_retired", 28.0, **township_fact), fact("R2", "新湾镇", "staff_retired", 38.0, **township_fact),
        fact("R3", "江上乡", "staff_retired", 13.0, **township_fact),
        fact("B", "新湾镇", "budgeted_headcount", 128.0, **township_fact | {"staff_scope": "预算人头"}),
    ]  # fmt: skip
    none = [{"title_zh": "", "expected": "holds", "fact_ids": ""}]
    found = township.traps(Frames(mart__staffing=rows, mart__identity_balance=none, mart__fact=facts))
    told = {
        row["area_name"]: (row["budgeted"], row["authorised"], row["actual"], row["parts"], row["parts_sum"])
        for row in found.to_dicts()
    }
    assert told == {
        "寺下镇": (False, 56.0, 76.0, "在职48人、退休28人", 76.0),
        "江上乡": (False, 42.0, 49.0, None, None),  # retired people are no part of a count of staff in post
        "新湾镇": (True, None, 128.0, "在职66人、退休38人", 104.0),
    }  # fmt: skip


def test_the_latest_year_of_a_township_stands_for_it():
    rows = [staffing("洛满镇", 88.0, 75.0, year=2020), staffing("洛满镇", 90.0, 80.0, year=2025), staffing("无实有", 10.0, None)]
    none = [{"title_zh": "", "expected": "holds", "fact_ids": ""}]
    facts = [fact("x", "x", "other", 1.0)]
    found = township.fill_rates(Frames(mart__staffing=rows, mart__identity_balance=none, mart__fact=facts))
    assert found["actual"].to_list() == [80.0]


def test_tiers_come_in_their_order_and_carry_the_facts_of_both_sides():
    rows = [
        staffing("410423", float(n), float(n + 9), sector="农技推广", tier=tier)
        for tier, n in (("乡级", 88), ("_T", 143), ("县级", 55))
    ]
    found = extension.by_tier(Frames(mart__staffing=rows, mart__fact=[fact("x", "x", "other", 1.0)]))
    assert found["tier"].to_list() == ["_T", "县级", "乡级"]
    assert found["fact_ids"][0] == "410423A,410423B"


def test_a_unit_of_a_county_that_published_no_posts_stands_behind_the_peers():
    system = {"sector": "农技推广", "level": "county"}
    rows = [
        staffing("鲁山县", 143.0, 183.0, **system), staffing("中心", None, 81.0, comparable=False, **system | {"level": "unit"}),
        staffing("镇站", None, 9.0, comparable=False, **system | {"level": "unit", "county": None}),
    ]  # fmt: skip
    found = extension.peers(Frames(mart__staffing=rows, mart__fact=[fact("x", "x", "other", 1.0)]))
    assert found.select("ref_area", "authorised").rows() == [("鲁山县", 143.0), ("中心", None)]
