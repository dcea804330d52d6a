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
from tests.dashboard.tools.sql.statements import DRAWN, REFUSED


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
