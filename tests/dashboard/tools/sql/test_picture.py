"""A reader's own SQL on the shipped warehouse: no picture puts two scopes on one axis, whatever the statement looks like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.sandbox.runner import Result
from dashboard.tools.sql.axes import MIXED, UNTOLD
from dashboard.tools.sql.axes import axes_of as axes_of_rows
from dashboard.tools.sql.lineage import witnesses
from dashboard.tools.sql.picture import Picture, picture
from dashboard.warehouse import Warehouse
from tests.dashboard.tools.sql.executed import run
from tests.dashboard.tools.sql.statements import DRAWN, RATIO, REFUSED

FACTS = "(select * from mart.fact where indicator = 'party_gov_bodies' and area_level = 'county')"


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


def values_by_axis(figure: dict[str, Any]) -> dict[str, set[float]]:
    """Values by the axis that their marks stand on."""
    axes: dict[str, set[float]] = {}
    for trace in figure["data"]:
        if trace.get("mode") == "markers":
            axes.setdefault(trace.get("xaxis", "x"), set()).update(round(x, 6) for x in trace["x"])
    return axes


def values_by_key(result: Result) -> list[set[float]]:
    """Numbers in the rows of each key that the result has; of a result without keys all numbers, which its facts then tell apart."""
    names = [column.name.casefold() for column in result.columns]
    at = next((names.index(name) for name in ("axis_key", "k", "同轴键", "键") if name in names), None)
    keys: dict[Any, set[float]] = {}
    for row in result.rows:
        numbers = {round(float(cell), 6) for cell in row if isinstance(cell, int | float) and not isinstance(cell, bool)}
        keys.setdefault(None if at is None else row[at], set()).update(numbers)
    return list(keys.values())


@pytest.mark.parametrize("sql", DRAWN.values(), ids=DRAWN)
def test_what_is_drawn_has_one_axis_key_an_axis(shipped, shipped_file, sql):
    result, shown = drawn(shipped, shipped_file, sql)
    assert shown.figure is not None, shown.notes
    for values in values_by_axis(shown.figure).values():
        assert any(values <= of_one_key for of_one_key in values_by_key(result)), values
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
    # 河曲's two ratios of one scope share the only axis; the others stand alone in theirs, in a list without one.
    assert [name for name in shown.figure["layout"] if name.startswith("xaxis")] == ["xaxis"]
    assert [trace["x"] for trace in shown.figure["data"] if trace.get("mode") == "markers" and set(trace["x"]) > {32.0}] == [
        [40.0, 32.0]
    ]
    said = " ".join(note["text"] for note in shown.figure["layout"]["annotations"])
    assert all(name in said for name in ("山西某县", "张店乡", "全国"))


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


def test_axes_of_the_same_words_are_told_apart_in_words(shipped, shipped_file):
    """Counties and townships, states and changes, two sources that leave their scope open."""
    heads: list[str] = []
    for sql in (
        "select area_name, obs_value as n, axis_key from mart.fact where indicator = 'gdp'",
        f"select area_name, sum(obs_value) as n, axis_key from {FACTS} group by area_name, axis_key having count(*) = 1",
        f"select area_name, obs_value as n, axis_key from {RATIO} where ref_area in ('140930', 'anon-shanxi-2019')",
    ):
        result = run(shipped_file, sql)
        spoken = axes_of_rows(shipped, result, witnesses(sql, shipped.columns()), 1).spoken(shipped)
        assert len(set(spoken.values())) == len(spoken) > 1
        heads += spoken.values()
    assert any(head.endswith("（乡镇）") for head in heads)
    assert any(head.endswith("（变化量）") for head in heads)
    assert any(head.endswith("《小康》2023年第36期，2023）") for head in heads)
