"""A reader's own SQL on the shipped warehouse: no picture puts two scopes on one axis, whatever the statement looks like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.sandbox.runner import Result
from dashboard.tools.sql.axes import MIXED, UNTOLD
from dashboard.tools.sql.lineage import witnesses
from dashboard.tools.sql.picture import Picture, picture
from dashboard.warehouse import Warehouse
from tests.dashboard.tools.sql.executed import run

RATIO = "mart.population_staff_ratio"

# Statements that may be drawn; each row's axis is asked of the warehouse once more, by the fact ids or keys that it holds.
DRAWN = {
    "the ratios of the issue, with their key": f"select area_name, coalesce(ratio_stated, ratio_recomputed) as n, axis_key from {RATIO}",
    "ratios by fact": f"select area_name, obs_value as n, fact_ids from {RATIO} where area_level = 'county'",
    "ratios renamed": f"select area_name as 县, obs_value as 比, axis_key as k from {RATIO} where phase in ('before', 'after')",
    "bodies after": (
        "select area_name, after as n, axis_key from mart.institution_change "
        "where indicator = 'party_gov_bodies' and area_level = 'county' and after is not null"
    ),
    "limits beside counts": (
        "select area_name, obs_value as n, fact_id from mart.fact where indicator = 'party_gov_bodies' and phase = 'after' "
        "and area_level = 'county'"
    ),
    "staffing of townships": (
        "select area_name, actual as n, axis_key from mart.staffing where area_level = 'township' and post_type = '_T' "
        "and actual is not null"
    ),
    "a zh view": 'select "地区", "数值" as n, "同轴键" from zh."事实总表" where "指标代号" = \'public_institutions\' and "阶段" = \'after\'',
    "take-up": "select area_name, take_up as n, axis_key from mart.delegation where take_up is not null",
    "through a CTE": (
        "with x as (select area_name, obs_value, axis_key from mart.fact where indicator = 'gdp') "
        "select area_name, obs_value * 10000 as n, axis_key from x"
    ),
    "a union of two years": (
        "select area_name, obs_value as n, axis_key from mart.fact where indicator = 'population_census' and year = 2020 "
        "and province = '山西省' union all select area_name, obs_value, axis_key from mart.fact "
        "where indicator = 'population_resident' and province = '山西省'"
    ),
    "a star": f"select * from {RATIO} where ref_area in ('140930', 'anon-shanxi-2019')",
    "summed by scope": (
        "select area_name, sum(counties) as n, axis_key from mart.county_size_band where is_partition group by area_name, axis_key limit 8"
    ),
    "items of 甪直 and 单县": (
        "select area_name, obs_value as n, fact_id from mart.fact where indicator = 'delegated_items_accepted' and preferred "
        "and area_level in ('township', 'county')"
    ),
}  # fmt: skip

REFUSED = {
    "the query of the issue": f"select area_name, coalesce(ratio_stated, ratio_recomputed) as n from {RATIO}",
    "values without ids": "select area_name, obs_value as n from mart.fact where indicator = 'party_gov_bodies'",
    "a key of the reader's own": f"select area_name, obs_value as n, 'x' as axis_key from {RATIO}",
    "a scope for a key": f"select area_name, obs_value as n, population_basis as axis_key from {RATIO}",
    "a sum over scopes": "select province, sum(obs_value) as n, max(axis_key) as axis_key from mart.fact group by province",
    "an average": f"select cohort, avg(obs_value) as n, any_value(axis_key) as axis_key from {RATIO} group by cohort",
    "a mean over everything": f"select area_name, avg(obs_value) over () as n, axis_key from {RATIO}",
    "a join on the place": (
        f"select a.area_name, a.obs_value as n, b.axis_key from {RATIO} as a join mart.fact as b on b.ref_area = a.ref_area limit 20"
    ),
    "two quantities": (
        "select area_name, authorised as n, axis_key from mart.staffing union all "
        "select area_name, fill_rate, axis_key from mart.staffing"
    ),
    "one of two quantities": "select area_name, coalesce(fill_rate, actual) as n, axis_key from mart.staffing",
    "counts of facts by axis": "select axis_key, count(*) as n from mart.fact where indicator = 'gdp' group by axis_key",
    "counts of facts": "select theme, count(*) as n from mart.fact group by theme",
    "values by hand": "select * from (values ('张店乡', 609, 'k'), ('河曲县', 32, 'k')) as t(area_name, n, axis_key)",
    "unpivoted": "select area_name, value as n from (unpivot (select area_name, authorised, actual from mart.staffing) on authorised, actual)",
    "a zh view without keys": 'select "地区", "原述比" as n from zh."财政供养比"',
}  # fmt: skip


def drawn(db: Warehouse, path: Path, sql: str) -> tuple[Result, Picture]:
    result = run(path, sql)
    names = [column.name for column in result.columns]
    value = names.index("n") if "n" in names else None
    return result, picture(db, result, witnesses(sql, db.columns()), value=value)


def axes_of(figure: dict[str, Any]) -> dict[str, set[str]]:
    """Fact ids by the axis that their marks stand on."""
    axes: dict[str, set[str]] = {}
    for trace in figure["data"]:
        for ids in trace.get("customdata") or ():
            listed = ids[0] if isinstance(ids, list) else ids
            axes.setdefault(trace.get("xaxis", "x"), set()).update(part for part in str(listed or "").split(",") if part)
    return axes


@pytest.mark.parametrize("sql", DRAWN.values(), ids=DRAWN)
def test_what_is_drawn_has_one_axis_key_an_axis(shipped, shipped_file, sql):
    result, shown = drawn(shipped, shipped_file, sql)
    if shown.figure is None:
        assert "口径" in shown.notes[0], shown.notes  # too many scopes for one picture: said, not drawn
        return
    if len({row[-1] for row in result.rows}) > 1 and result.columns[-1].name in {"axis_key", "k", "同轴键"}:
        assert any("分栏" in note for note in shown.notes)
    keys = {}
    with duckdb.connect(str(shipped_file), read_only=True) as connection:
        keys = dict(connection.execute("select fact_id, axis_key from mart.fact").fetchall())
    for ids in axes_of(shown.figure).values():
        stated = {keys[one].split("|")[0] for one in ids}
        for indicator in stated:
            same = {keys[one].replace("|change|", "|state|") for one in ids if keys[one].split("|")[0] == indicator}
            assert len(same) == 1, same


@pytest.mark.parametrize("sql", REFUSED.values(), ids=REFUSED)
def test_what_nothing_tells_is_not_drawn_and_says_what_to_add(shipped, shipped_file, sql):
    _, shown = drawn(shipped, shipped_file, sql)
    assert shown.figure is None
    assert shown.notes[0] in {UNTOLD} or shown.notes[0].startswith("有 ")


def test_the_query_of_the_issue_is_repaired_and_splits_its_scopes(shipped, shipped_file):
    _, refused = drawn(shipped, shipped_file, REFUSED["the query of the issue"])
    assert refused.repaired is not None
    _, shown = drawn(
        shipped,
        shipped_file,
        f"{refused.repaired} where ref_area in ('140930', 'anon-shanxi-2019', '410423-zhangdian', 'CN') and year > 2017",
    )
    assert shown.figure is not None
    axes = [name for name in shown.figure["layout"] if name.startswith("xaxis")]
    assert len(axes) >= 4


def test_a_row_that_mixes_scopes_is_refused_by_its_facts(shipped, shipped_file):
    sql = (
        "select province, sum(obs_value) as n, string_agg(fact_id, ',') as fact_ids from mart.fact "
        "where indicator = 'party_gov_bodies' and province is not null group by province"
    )
    _, shown = drawn(shipped, shipped_file, sql)
    assert shown.figure is None
    assert shown.notes[0].startswith(MIXED.partition("{")[0])


def test_the_parts_of_one_whole_share_an_axis(shipped, shipped_file):
    sql = (
        "select age_band, obs_value as n, fact_id from mart.fact where ref_area = '410423-zhangdian' and age_band <> '_T' "
        "and post_type = '事业' and indicator = 'staff_actual'"
    )
    result, shown = drawn(shipped, shipped_file, sql)
    assert len(result.rows) > 1
    assert shown.figure is not None
    assert shown.notes == ()
