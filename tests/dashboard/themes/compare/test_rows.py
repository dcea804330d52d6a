"""对比 and places, worked out by hand: what gives way, what is narrowed, what is computed, how a name is typed, what is missing."""

import polars as pl
import pytest

from dashboard.themes.area import rows as area
from dashboard.themes.compare import form_rows as compare_forms
from dashboard.themes.compare import measures
from dashboard.themes.compare import rows as compare
from dashboard.warehouse import places
from tests.dashboard.themes.frames import DIMENSIONS, Frames, fact, staffing

CHANGE_SCHEMA = {
    **dict.fromkeys(
        ("ref_area", "area_name", "level", "cohort", "indicator", "indicator_zh", "unit_measure", "scope"), pl.String
    ),
    **dict.fromkeys(("time_before", "time_after", "before_basis", "after_basis", "fact_ids", "source_ids"), pl.String),
    **dict.fromkeys(DIMENSIONS, pl.String),
    **dict.fromkeys(("before", "after"), pl.Float64),
    **dict.fromkeys(("anonymous", "illustrative"), pl.Boolean),
}
CHANGE = dict.fromkeys(CHANGE_SCHEMA) | {"anonymous": False, "illustrative": False}


def place(code, **more):
    row = {"ref_area": code, "name_zh": code, "level": "county", "parent": None, "province": None, "prefecture": None, "county": None,
           "adcode": None, "anonymous": False, "cohort": None, "illustrative": False, "note": None}  # fmt: skip
    return row | more


def tables(facts, areas, changes=()):
    rows = pl.DataFrame([CHANGE | DIMENSIONS | row for row in changes], schema=CHANGE_SCHEMA)
    return Frames(mart__fact=facts, core__ref_area=pl.DataFrame(areas, infer_schema_length=None), mart__institution_change=rows)


def test_a_printed_change_gives_way_to_its_ends_and_stays_where_there_are_none():
    rows = [
        fact("F1", "a", "x", 36.0, phase="before"), fact("F2", "a", "x", 22.0, phase="after"), fact("F3", "a", "x", -14.0, phase="change"),
        fact("F4", "b", "x", -134.0, phase="change"), fact("F5", "c", "x", 9.0, age_band="30岁以下"),
    ]  # fmt: skip
    found = compare.claims(tables(rows, [place(code) for code in "abcd"]), "x", ("a", "b", "c", "d"))
    assert found["fact_ids"].to_list() == ["F1", "F2", "F4", "", ""]
    pairs = compare.changes_between(found)
    assert pairs.select("before", "after", "fact_ids").rows() == [(36.0, 22.0, "F1,F2")]


def test_an_end_that_follows_from_the_other_is_there_and_says_that_it_is_computed():
    rows = [fact("F1", "a", "x", 22.0, phase="after")]
    computed = {"ref_area": "a", "area_name": "a", "level": "county", "indicator": "x", "indicator_zh": "x", "unit_measure": "个",
                "scope": "原文口径", "before": 35.0, "after": 22.0, "before_basis": "computed", "after_basis": "stated", "time_after": "2020",
                "fact_ids": "F1,F9", "source_ids": "s1"}  # fmt: skip
    found = compare.claims(tables(rows, [place("a")], [computed]), "x", ("a",))
    assert found.select("phase", "obs_value", "fact_ids", "stated").rows() == [
        ("before", 35.0, "F1,F9", False),
        ("after", 22.0, "F1", None),
    ]


def test_plans_systems_parts_and_levels_have_scopes_of_their_own():
    rows = [
        fact("F1", "a", "x", 5.0), fact("F2", "b", "x", 6.0, phase="plan"), fact("F3", "c", "x", 7.0, sector="农技推广"),
        fact("F4", "d", "x", 8.0, post_type="行政"), fact("F5", "e", "x", 9.0, area_level="township"), fact("F6", "d", "y", 1.0, scope="甲"),
    ]  # fmt: skip
    found = compare.claims(tables(rows, [place(code) for code in "abcde"]), ("x", "y"))
    assert dict(found.select("fact_ids", "scope").rows()) == {
        "F1": "县级", "F2": "计划数·县级", "F3": "农技推广·县级", "F4": "行政·县级", "F5": "乡镇", "F6": "甲",
    }  # fmt: skip


def test_types_of_post_stand_only_where_their_total_is_missing():
    rows = [fact("F1", "a", "x", 9.0), fact("F2", "a", "x", 5.0, post_type="行政"), fact("F3", "b", "x", 4.0, post_type="行政")]
    found = compare.claims(tables(rows, [place("a"), place("b")]), "x")
    assert set(found["fact_ids"]) == {"F1", "F3"}


def test_several_places_stand_with_their_latest_year_and_one_alone_keeps_its_course():
    rows = [fact("F1", "a", "x", 9.0, year=2010, time_period="2010"), fact("F2", "a", "x", 5.0), fact("F3", "b", "x", 4.0)]
    db = tables(rows, [place("a"), place("b")])
    assert set(compare.claims(db, "x", ("a", "b"))["fact_ids"]) == {"F2", "F3"}
    assert set(compare.claims(db, "x", ("a",))["fact_ids"]) == {"F1", "F2"}


def test_of_too_many_places_that_nobody_chose_the_first_are_kept_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(compare, "MOST_SHOWN", 2)
    rows = [fact("F1", "a", "x", 9.0), fact("F2", "b", "x", 5.0), fact("F3", "c", "x", 4.0), fact("F4", "a", "y", 1.0)]
    db = tables(rows, [place(code) for code in "abc"])
    found = compare.claims(db, "x")
    assert set(found["ref_area"]) == {"a", "b"}
    assert found["published_by"].to_list() == [3, 3]
    assert set(compare.claims(db, "x", ("b", "c"))["ref_area"]) == {"b", "c"}
    assert "published_by" not in compare.claims(db, "y").columns


def test_places_come_as_chosen_then_by_cohort_and_never_twice():
    areas = [place("a", cohort="甲"), place("b", cohort="甲"), place("c"), place("x", illustrative=True, cohort="甲")]
    db = Frames(core__ref_area=pl.DataFrame(areas, infer_schema_length=None))
    assert places.members(db, ("c", "b", "nobody"), ("甲",)) == ["c", "b", "a"]
    assert places.members(db, (), ("甲", "甲")) == ["a", "b"]


def test_what_may_not_be_divided_by_posts_has_a_scope_of_its_own():
    rows = [
        staffing("甲乡", 56.0, 48.0, scope="仅乡镇本级在职"), staffing("甲乡", 56.0, 76.0, scope="含离退休", comparable=False),
        staffing("乙乡", 30.0, None, scope=None, comparable=False), staffing("丙乡", None, 9.0, scope="仅乡镇本级在职", comparable=False),
    ]  # fmt: skip
    sums = [{"title_zh": "甲乡编制：30＋26＝56", "fact_ids": "甲乡A", "expected": "holds"}]
    db = Frames(mart__staffing=[row | {"illustrative": False} for row in rows], mart__identity_balance=sums,
                core__ref_area=pl.DataFrame([place(name) for name in ("甲乡", "乙乡", "丙乡")], infer_schema_length=None))  # fmt: skip
    found = compare_forms.staffing(db, ("甲乡", "乙乡", "丙乡"), ())
    assert set(found.select("area_name", "actual", "scope").rows()) == {
        ("甲乡", 48.0, "仅乡镇本级在职"), ("甲乡", 76.0, "含离退休，与编制口径不同，不相除"), ("乙乡", None, compare_forms.NO_ACTUAL),
        ("丙乡", 9.0, f"{compare_forms.NO_POSTS}·仅乡镇本级在职"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "typed"),
    [("河曲县", {"hequxian", "hqx"}), ("张店乡", {"zhangdianxiang", "zdx"}), ("长滩镇", {"changtanzhen", "ctz"}),
     ("浚县", {"xunxian", "xx"}), ("Y市（考试材料）", {"shi", "s"}), ("CN", {"cn"})],
)  # fmt: skip
def test_a_name_is_found_by_pinyin_and_by_initials_whichever_reading(name, typed):
    assert typed <= set(places.spelling(name).split(" "))


def test_the_end_of_a_name_has_one_reading_only():
    assert places.spelling("贵州省") == "guizhousheng gzs"


def test_measures_that_most_of_the_chosen_places_published_come_first():
    known = {
        slug: measures.Measure(slug=slug, name_zh=slug, theme="", places=frozenset(members))
        for slug, members in (("one", "a"), ("two", "ab"), ("other", "xyz"), (measures.FIRST, "ab"))
    }
    found = measures.most_shared(known, ["a", "b"])
    assert [(measure.slug, count) for measure, count in found] == [(measures.FIRST, 2), ("two", 2), ("one", 1)]


def test_what_one_system_published_fills_no_gap_of_the_place():
    rows = pl.DataFrame([fact("F1", "a", "staff_authorised", 143.0, sector="农技推广"), fact("F2", "a", "gdp", 1.0)])
    missing = area.missing_of("county", rows)
    assert "编制总数" in missing
    assert "地区生产总值" not in missing
    assert area.missing_of("nation", rows) == []
