"""对比 and places, worked out by hand: what gives way, what is narrowed, what is computed, how a name is typed, what is missing."""

import polars as pl

from dashboard.gate.comparability import with_axis
from dashboard.language.pick import published_by
from dashboard.themes.area import rows as area
from dashboard.themes.compare import form_rows as compare_forms
from dashboard.themes.compare import measures
from dashboard.themes.compare import rows as compare
from dashboard.themes.compare.charts import title
from dashboard.themes.compare.sentences import values
from dashboard.warehouse import places
from tests.dashboard.themes.frames import DIMENSIONS, Frames, fact, staffing

JUDGED = {"counted_as": None, "axis_key": None, "whole_key": None, "may_rank": True, "withheld_zh": None, "unstated": False,
          "scope_nature": "count", "doubt": None, "to_check": None, "direction": "neutral", "direction_zh": None}  # fmt: skip
CHANGE_SCHEMA = {
    **dict.fromkeys(
        ("ref_area", "area_name", "area_level", "cohort", "indicator", "indicator_zh", "unit_measure", "scope", "axis_key"),
        pl.String,
    ),
    **dict.fromkeys(
        ("time_before", "time_after", "before_basis", "after_basis", "fact_ids", "source_ids", "whole_key"), pl.String
    ),
    **dict.fromkeys(DIMENSIONS, pl.String),
    **dict.fromkeys(("before", "after"), pl.Float64),
    **dict.fromkeys(("anonymous", "illustrative"), pl.Boolean),
}
CHANGE = dict.fromkeys(CHANGE_SCHEMA) | {"anonymous": False, "illustrative": False}
CODES = [
    {"code_list": code_list, "code": code, "name_zh": word, "position": place}
    for code_list, code, word, place in (
        ("level", "county", "县级", 1), ("level", "township", "乡镇", 2), ("phase", "before", "改革前", 1), ("phase", "plan", "计划数", 2),
        ("phase", "change", "变化量", 3),
    )
]  # fmt: skip


def claim(fact_id, area, indicator, value, **more):
    """A fact as mart.fact holds it: what shares an axis is said by its key."""
    row = fact(fact_id, area, indicator, value, **more)
    kind = row["phase"] if row["phase"] in {"change", "plan"} else "state"
    apart = (row["indicator"], kind, row["area_level"], row["sector"], row["post_type"], row["scope"])
    return row | JUDGED | {"counted_as": area, "axis_key": "|".join(apart), "whole_key": f"{area}|{fact_id}"} | more


def place(code, **more):
    row = {"ref_area": code, "name_zh": code, "level": "county", "parent": None, "province": None, "prefecture": None, "county": None,
           "adcode": None, "anonymous": False, "cohort": None, "illustrative": False, "note": None}  # fmt: skip
    return row | more


def tables(facts, areas, changes=()):
    rows = pl.DataFrame([CHANGE | DIMENSIONS | row for row in changes], schema=CHANGE_SCHEMA)
    listed = pl.DataFrame(areas, infer_schema_length=None)
    return Frames(mart__fact=facts, core__ref_area=listed, mart__institution_change=rows, core__code=CODES)


def test_a_printed_change_gives_way_to_its_ends_and_stays_where_there_are_none():
    rows = [
        claim("F1", "a", "x", 36.0, phase="before"), claim("F2", "a", "x", 22.0, phase="after"), claim("F3", "a", "x", -14.0, phase="change"),
        claim("F4", "b", "x", -134.0, phase="change"), claim("F5", "c", "x", 9.0, age_band="30岁以下"),
    ]  # fmt: skip
    found = compare.claims(tables(rows, [place(code) for code in "abcd"]), ("x",), ("a", "b", "c", "d"))
    assert found["fact_ids"].to_list() == ["F1", "F2", "F4", "", ""]


def test_an_end_that_follows_from_the_other_is_there_and_says_that_it_is_computed():
    rows = [claim("F1", "a", "x", 22.0, phase="after")]
    computed = {"ref_area": "a", "area_name": "a", "area_level": "county", "indicator": "x", "indicator_zh": "x", "unit_measure": "个",
                "scope": "原文口径", "before": 35.0, "after": 22.0, "before_basis": "computed", "after_basis": "stated", "time_after": "2020",
                "fact_ids": "F1,F9", "source_ids": "s1", "axis_key": rows[0]["axis_key"]}  # fmt: skip
    found = compare.claims(tables(rows, [place("a")], [computed]), ("x",), ("a",))
    assert found.select("phase", "obs_value", "fact_ids", "basis").rows() == [
        ("before", 35.0, "F1,F9", "recomputed"),
        ("after", 22.0, "F1", None),
    ]


def test_plans_systems_parts_and_levels_stand_on_axes_of_their_own_under_words_of_their_own():
    rows = [
        claim("F1", "a", "x", 5.0), claim("F2", "b", "x", 6.0, phase="plan"), claim("F3", "c", "x", 7.0, sector="农技推广"),
        claim("F4", "d", "x", 8.0, post_type="行政"), claim("F5", "e", "x", 9.0, area_level="township"), claim("F6", "d", "y", 1.0, scope="甲"),
    ]  # fmt: skip
    found = with_axis(compare.claims(tables(rows, [place(code) for code in "abcde"]), ("x", "y")))
    assert dict(found.select("fact_ids", "axis").rows()) == {
        "F1": "x·县级", "F2": "x·县级·计划数", "F3": "x·县级·农技推广", "F4": "x·县级·行政", "F5": "x·乡镇", "F6": "y·县级·甲",
    }  # fmt: skip


def test_types_of_post_stand_only_where_their_total_is_missing():
    rows = [
        claim("F1", "a", "x", 9.0),
        claim("F2", "a", "x", 5.0, post_type="行政"),
        claim("F3", "b", "x", 4.0, post_type="行政"),
    ]
    found = compare.claims(tables(rows, [place("a"), place("b")]), ("x",))
    assert set(found["fact_ids"]) == {"F1", "F3"}


def test_several_places_stand_with_their_latest_year_and_one_alone_keeps_its_course():
    rows = [claim("F1", "a", "x", 9.0, year=2010, time_period="2010"), claim("F2", "a", "x", 5.0), claim("F3", "b", "x", 4.0)]
    db = tables(rows, [place("a"), place("b")])
    assert set(compare.claims(db, ("x",), ("a", "b"))["fact_ids"]) == {"F2", "F3"}
    assert set(compare.claims(db, ("x",), ("a",))["fact_ids"]) == {"F1", "F2"}


def test_of_too_many_places_that_nobody_chose_the_first_are_kept_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(places, "MOST_SHOWN", 2)
    rows = [claim("F1", "a", "x", 9.0), claim("F2", "b", "x", 5.0), claim("F3", "c", "x", 4.0), claim("F4", "a", "y", 1.0)]
    db = tables(rows, [place(code) for code in "abc"])
    found = compare.claims(db, ("x",))
    assert set(found["ref_area"]) == {"a", "b"}
    assert found["published_by"].to_list() == [3, 3]
    assert set(compare.claims(db, ("x",), ("b", "c"))["ref_area"]) == {"b", "c"}
    assert "published_by" not in compare.claims(db, ("y",)).columns
    told = found.with_columns(pl.lit("values").alias("form"))
    assert title(told) == "x：公布的3个地区中的2个"
    assert values(told).plain().startswith("x有3个地区公布，没有选地区时只列代码在前的")  # no range: it would be of two
    assert published_by(compare.claims(db, ("y",))) == 0


def test_places_come_as_chosen_then_by_cohort_and_never_twice():
    areas = [place("a", cohort="甲"), place("b", cohort="甲"), place("c"), place("x", illustrative=True, cohort="甲")]
    db = Frames(core__ref_area=pl.DataFrame(areas, infer_schema_length=None))
    assert places.members(db, ("c", "b", "nobody"), ("甲",)) == ["c", "b", "a"]
    assert places.members(db, (), ("甲", "甲")) == ["a", "b"]


def test_what_may_not_be_divided_by_posts_says_so_over_its_axis():
    rows = [
        staffing("甲乡", 56.0, 48.0, scope="仅乡镇本级在职"), staffing("甲乡", 56.0, 76.0, scope="含离退休", comparable=False, fills_posts=False),
        staffing("乙乡", 30.0, None, scope=None, comparable=False, fills_posts=None), staffing("丙乡", None, 9.0, scope="仅乡镇本级在职", comparable=False),
        staffing("丁乡", 79.0, 85.0, scope="仅乡镇本级在职", comparable=False, unclosed_zh="32＋53＝79？"),
    ]  # fmt: skip
    filled = {
        "fills_posts": True,
        "unclosed_zh": None,
        "area_level": "township",
        "authorised_scope": "乡镇本级编制",
        "axis_key": "x",
    }
    db = Frames(mart__staffing=pl.DataFrame([filled | row for row in rows], infer_schema_length=None), core__code=CODES,
                core__ref_area=pl.DataFrame([place(name) for name in ("甲乡", "乙乡", "丙乡", "丁乡")], infer_schema_length=None))  # fmt: skip
    found = compare_forms.staffing(db, ("甲乡", "乙乡", "丙乡", "丁乡"))
    assert set(found.select("area_name", "actual", "scope").rows()) == {
        ("甲乡", 48.0, "仅乡镇本级在职"), ("甲乡", 76.0, "含离退休，与编制口径不同，不相除"), ("乙乡", None, "实有未公布·乡镇本级编制"),
        ("丙乡", 9.0, "编制未公布·仅乡镇本级在职"), ("丁乡", 85.0, "仅乡镇本级在职"),
    }  # fmt: skip


def test_measures_that_most_of_the_chosen_places_published_come_first():
    known = {
        slug: measures.Measure(slug=slug, name_zh=slug, theme="", areas=areas)
        for slug, areas in (("one", 1), ("two", 2), ("other", 3), (measures.FIRST, 2))
    }
    published = {"one": "a", "two": "ab", measures.FIRST: "ab"}
    found = measures.most_shared(known, published, {})
    assert [(measure.slug, count) for measure, count in found] == [(measures.FIRST, 2), ("two", 2), ("one", 1)]
    once = measures.most_shared(known, published, {"b": "a"})
    assert {measure.slug: count for measure, count in once} == {measures.FIRST: 1, "two": 1, "one": 1}


def test_what_one_system_published_fills_no_gap_of_the_place():
    rows = pl.DataFrame([claim("F1", "a", "staff_authorised", 143.0, sector="农技推广"), claim("F2", "a", "gdp", 1.0)])
    missing = area.missing_of("county", rows)
    assert "编制总数" in missing
    assert "地区生产总值" not in missing
    assert area.missing_of("nation", rows) == []
