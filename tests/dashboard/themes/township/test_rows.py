"""Rows of 乡镇样本, worked out by hand on frames small enough to see."""

from dashboard.themes.township import rows as township
from tests.dashboard.themes.frames import Frames, fact, staffing

BROKEN = {"unclosed_zh": "32＋53＝85，合计印79", "comparable": False}


def test_a_source_that_breaks_its_own_sum_stays_among_the_rates_without_one():
    rows = [staffing("花桥镇", 79.0, 85.0, **BROKEN), staffing("张店乡", 73.0, 64.0, fill_rate=87.7, difference=-9.0)]
    found = township.fill_rates(Frames(mart__staffing=rows))
    told = {row["area_name"]: (row["unclosed_zh"], row["difference"], row["fill_rate"]) for row in found.to_dicts()}
    assert told == {"花桥镇": (BROKEN["unclosed_zh"], None, None), "张店乡": (None, -9.0, 87.7)}


def test_heads_of_a_budget_stand_among_the_traps_with_their_parts():
    other = {"comparable": False, "fills_posts": False, "scope": "实有"}
    rows = [
        staffing("寺下镇", 56.0, 76.0, staff_scope="含离退休、聘用、遗属", **other),
        staffing("寺下镇", 56.0, 48.0),
        staffing("新湾镇", None, 66.0),
        staffing("江上乡", 42.0, 49.0, **other),
    ]
    of_township = {"area_level": "township", "year": 2021}
    facts = [
        fact("R1", "寺下镇", "staff_retired", 28.0, **of_township), fact("R2", "新湾镇", "staff_retired", 38.0, **of_township),
        fact("R3", "江上乡", "staff_retired", 13.0, **of_township),
        fact("B", "新湾镇", "budgeted_headcount", 128.0, staff_scope="预算人头", **of_township),
    ]  # fmt: skip
    found = township.traps(Frames(mart__staffing=rows, mart__fact=facts))
    told = {
        row["area_name"]: (row["budgeted"], row["authorised"], row["actual"], row["parts"], row["parts_sum"])
        for row in found.to_dicts()
    }
    assert told == {
        "寺下镇": (False, 56.0, 76.0, "在职48人、退休28人", 76.0),
        "江上乡": (False, 42.0, 49.0, None, None),  # retired people are no part of a count of staff in post
        "新湾镇": (True, None, 128.0, "在职66人、退休38人", 104.0),
    }  # fmt: skip
    assert found["axis"].n_unique() == 2


def test_the_latest_year_of_a_township_stands_for_it():
    rows = [staffing("洛满镇", 88.0, 75.0, year=2020), staffing("洛满镇", 90.0, 80.0, year=2025), staffing("无实有", 10.0, None)]
    assert township.fill_rates(Frames(mart__staffing=rows))["actual"].to_list() == [80.0]


def part(category, persons, **more):
    row = {
        "ref_area": township.ZHANGDIAN, "dimension": "age_band", "post_type": "事业", "category": category, "persons": persons,
        "is_partition": True,
    }  # fmt: skip
    return row | more


def test_a_bar_of_a_hundred_per_cent_needs_parts_that_fill_their_whole():
    rows = [part("45岁以上", 17.0), part("30岁以下", 0.0), part("中级", 1.0, dimension="education", is_partition=False)]
    assert township.structure(Frames(mart__staff_structure=rows))["category"].to_list() == ["30岁以下", "45岁以上"]


def test_the_limit_of_a_kind_of_body_stands_beside_its_count():
    rows = [
        fact("F1", township.ZHANGDIAN, "party_gov_bodies", 3.0, scope="乡镇党政机构"),
        fact("F2", township.ZHANGDIAN, "party_gov_bodies", 3.0, scope="机构限额（乡镇）", scope_nature="limit", as_stated="三办"),
    ]
    [row] = township.profile(Frames(mart__fact=rows)).to_dicts()
    assert (row["limit"], row["fact_ids"]) == ("三办", "F1,F2")
