"""Answers about ratios worked out by hand, on frames small enough to see: nulls, ties, groups and open ends."""

import polars as pl

from dashboard.themes.ratio import rows as ratio
from tests.dashboard.themes.frames import Frames, fact


def ratio_row(area, stated=None, *, population=None, staff=None, low=None, high=None, **more):
    row = {
        "ref_area": area, "area_name": area, "phase": "point", "year": 2020, "time_period": "2020", "panel": "常住·在编", "staff_scope": "在编",
        "population_basis": "常住", "population": population, "staff": staff, "ratio_stated": stated, "ratio_stated_low": stated,
        "ratio_stated_high": stated, "ratio_low": low, "ratio_high": high, "agrees": None, "illustrative": False, "fact_ids": area,
        "source_ids": "s1",
    }  # fmt: skip
    return row | more


def test_a_ratio_is_stated_or_computed_and_says_how_sure_it_is():
    rows = [
        ratio_row("stated", 22.0), ratio_row("exact", population=100.0, staff=5.0, low=20.0, high=20.0),
        ratio_row("about", population=130.0, staff=6.0, low=21.0, high=22.0), ratio_row("bound", population=130.0, staff=6.0, low=21.67),
        ratio_row("zero", population=130.0, staff=0.0), ratio_row("Y市", 9.0, illustrative=True),
    ]  # fmt: skip
    stating = [fact("stated", "stated", "population_per_fiscal_staff", 22.0, precision="approx", as_stated="约22:1")]
    found = ratio.county_ratios(Frames(mart__population_staff_ratio=rows, mart__fact=stating))
    kinds = dict(zip(found["area_name"], found["precision"], strict=True))
    assert kinds == {"stated": "approx", "exact": "derived", "about": "approx", "bound": "at_least"}
    assert found.filter(pl.col("area_name") == "stated")["as_stated"].to_list() == ["约22:1"]


def test_townships_and_counties_are_never_in_one_answer():
    rows = [ratio_row("county", 22.0), ratio_row("town", population=39000.0, staff=64.0, staff_scope="仅乡镇本级在职")]
    balance = [
        {"outcome": "contradicts", "title_zh": "镇：66＋38≠128", "note": "来源自身不闭合", "fact_ids": "x"},
        {"outcome": "contradicts", "title_zh": "另一种用法", "note": "基数不同", "fact_ids": "x"},
    ]
    db = Frames(mart__population_staff_ratio=rows, mart__fact=[fact("x", "town", "other", 1.0)], mart__identity_balance=balance)
    assert ratio.county_ratios(db)["area_name"].to_list() == ["county"]
    assert ratio.township_ratios(db)["area_name"].to_list() == ["town"]
    assert ratio.township_ratios(db)["unbalanced"].to_list() == ["镇：66＋38≠128"]


def test_what_must_be_said_beside_a_ratio_comes_from_the_facts_that_state_it():
    rows = [
        ratio_row("aimed", 40.0), ratio_row("share", 20.6), ratio_row("CN", 67.0, year=1978),
        ratio_row("mixed", population=130.0, staff=6.0, low=21.0, high=22.0, source_ids="s1,s2"),
    ]  # fmt: skip
    stating = [
        fact("aimed", "aimed", "population_per_fiscal_staff", 40.0, note="同上；40:1疑为目标值，未证实；其余从略"),
        fact("share", "share", "fiscal_staff_share", 4.85, as_stated="4.85%"),
        fact("CN", "CN", "population_per_fiscal_staff", 67.0, note="年份近似；约1978年（原文“改革开放初期”）"),
    ]
    found = ratio.county_ratios(Frames(mart__population_staff_ratio=rows, mart__fact=stating)).rows_by_key(
        "area_name", named=True, unique=True
    )
    assert found["aimed"]["doubt"] == "疑为目标值，未证实"
    assert (found["share"]["converted"], found["share"]["precision"]) == (True, "approx")
    assert found["CN"]["about"] == "约1978年"
    assert found["mixed"]["two_sources"]
    assert not found["aimed"]["two_sources"]


def test_only_the_latest_national_ratio_of_a_scope_and_only_as_stated():
    rows = [
        ratio_row("CN", 67.0, year=1978),
        ratio_row("CN", 26.0, year=2005),
        ratio_row("CN", population=748.0, staff=68.0, year=2020),
    ]
    db = Frames(mart__population_staff_ratio=rows, mart__fact=[fact("x", "x", "other", 1.0)])
    assert ratio.county_ratios(
        db.__class__(**{"mart__population_staff_ratio": rows[:2], "mart__fact": [fact("x", "x", "o", 1.0)]})
    )["value"].to_list() == [26.0]
    assert ratio.national_payroll(db)["value"].to_list() == [67.0, 26.0]
    other = [*rows[:2], ratio_row("CN", 20.6, year=2020, panel="另一口径"), ratio_row("county", 22.0, year=2010)]
    both = Frames(mart__population_staff_ratio=other, mart__fact=[fact("x", "x", "o", 1.0)])
    assert sorted(ratio.county_ratios(both)["value"]) == [20.6, 22.0, 26.0]
    assert sorted(ratio.counties_and_nation(both)["value"]) == [20.6, 22.0]
