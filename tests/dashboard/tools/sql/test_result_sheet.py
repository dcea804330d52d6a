"""A result as a workbook says above its rows which columns of numbers hold several scopes, or may."""

from __future__ import annotations

import io

import openpyxl
import pytest

from dashboard.tools.sql.axes import MIXED, SEVERAL, UNSAID
from dashboard.tools.sql.result_files import Asked
from dashboard.tools.sql.result_sheet import result_xlsx
from tests.dashboard.tools.sql.executed import run

RATIO = "mart.population_staff_ratio"
KEYED = f"select area_name, obs_value as n, axis_key from {RATIO}"
SAID = {
    "several keys": (f"{KEYED} order by all", SEVERAL.partition("{")[0]),
    "ids of several scopes": (f"select area_name, obs_value as n, fact_ids from {RATIO}", SEVERAL.partition("{")[0]),
    "keys left out": (f"select area_name, coalesce(ratio_stated, ratio_recomputed) as n from {RATIO}", UNSAID.partition("“")[0]),
    "an average over scopes": (
        f"select cohort, avg(obs_value) as n, string_agg(fact_ids, ',') as fact_ids from {RATIO} group by cohort",
        MIXED.partition("} ")[2].partition("（")[0],
    ),
    "a zh view": ('select "地区", "数值" as n from zh."事实总表"', UNSAID.partition("“")[0]),
}
SILENT = {
    "one key": f"{KEYED} where axis_key = (select min(axis_key) from {RATIO})",
    "a count": f"select cohort, count(*) as n from {RATIO} group by cohort",
    "no figures": "select source_id, length(title) as n from core.source",
    "one row": f"select area_name, obs_value as n from {RATIO} limit 1",
}


def lines(shipped, path, sql):
    """The cells of the first column of the first sheet, and the whole header line."""
    result = run(path, sql)
    content, _held = result_xlsx(shipped, Asked(sql=sql, params={}, result=result))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    first = [str(cell.value or "") for cell in sheet["A"]]
    header = next(row for row in sheet.iter_rows(values_only=True) if row[0] == result.columns[0].name)
    return first, header, result


@pytest.mark.parametrize(("sql", "said"), SAID.values(), ids=SAID)
def test_several_scopes_are_said_above_the_rows(shipped, shipped_file, sql, said):
    first, header, result = lines(shipped, shipped_file, sql)
    assert first[0].startswith("注意口径：")
    assert said in first[0]
    assert first[1] == header[0]
    assert len(first) == len(result.rows) + 2


@pytest.mark.parametrize("sql", SILENT.values(), ids=SILENT)
def test_nothing_is_said_of_one_scope_or_of_no_figure(shipped, shipped_file, sql):
    first, header, _result = lines(shipped, shipped_file, sql)
    assert first[0] == header[0]
