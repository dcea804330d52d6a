"""Results as files: workbook with sources, CSV, Parquet; no cell is a formula."""

from __future__ import annotations

import csv
import io

import openpyxl
import polars as pl
import pytest

from tests.dashboard.api.answers import error_of
from vocabulary.characters import STAND_IN

RISKY = "select '=1+1' as a, '@x' as b, '+x' as c, '-x' as d, '＝x' as e, -1.5 as f, 2::bigint as g, null as h, 'F' as fact_id"


def test_a_workbook_has_rows_statement_build_and_sources(client, db):
    sql = "select area_name as 地区, obs_value as 数值, source_id as 来源编号 from mart.fact order by fact_id limit 5"
    answer = client.post("/api/sql/xlsx", json={"sql": sql, "params": {}, "build_id": db.build.build_id})
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["结果", "说明与来源"]
    rows = [[cell.value for cell in row] for row in book["结果"].iter_rows()]
    notice, header, *rows = rows
    assert notice[0].startswith("注意口径：看不出“数值”一列")  # facts of any scope, and no axis_key
    assert header == ["地区", "数值", "来源编号"]
    assert len(rows) == 5
    assert isinstance(rows[0][1], int | float)
    about = [[cell.value for cell in row] for row in book["说明与来源"].iter_rows()]
    words = {row[0]: row[1] for row in about if row[0]}
    assert words["查询语句"] == sql
    assert words["数据版本"] == db.build.build_id
    assert {row[2] for row in rows} <= set(words)


def test_a_workbook_without_source_columns_says_how_to_get_them(client):
    book = openpyxl.load_workbook(io.BytesIO(client.post("/api/sql/xlsx", json={"sql": "select 1 as a"}).data))
    assert "source_id" in str([cell.value for row in book["说明与来源"].iter_rows() for cell in row])


def test_no_cell_is_a_formula(client):
    book = openpyxl.load_workbook(io.BytesIO(client.post("/api/sql/xlsx", json={"sql": RISKY}).data))
    cells = next(iter(book["结果"].iter_rows(min_row=2)))
    assert [cell.value for cell in cells] == ["=1+1", "@x", "+x", "-x", "＝x", -1.5, 2, None, "F"]
    assert [cell.data_type for cell in cells[:5]] == ["s"] * 5
    assert all(cell.quotePrefix for cell in cells[:5])
    listed = client.post("/api/sql/csv", json={"sql": RISKY}).data
    assert listed.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(listed.decode("utf-8-sig"))))[1] == [
        "'=1+1",
        "'@x",
        "'+x",
        "'-x",
        "'＝x",
        "-1.5",
        "2",
        "",
        "F",
    ]


def test_a_header_is_no_formula_either(client):
    listed = client.post("/api/sql/csv", json={"sql": "select 1 as \"=cmd|' /C calc'!A0\""}).data.decode("utf-8-sig")
    assert listed.startswith("'=cmd")


def test_parquet_keeps_the_types(client):
    sql = """select 1::bigint as a, 1.5::double as b, 2.25::decimal(10, 2) as c, date '2024-01-01' as d, timestamp '2024-01-01 08:00' as e,
        true as f, [1, 2] as g, 'x' as g, null::integer as h"""
    frame = pl.read_parquet(io.BytesIO(client.post("/api/sql/parquet", json={"sql": sql}).data))
    assert frame.columns == ["a", "b", "c", "d", "e", "f", "g", "g_2", "h"]
    assert [str(kind) for kind in frame.dtypes[:6]] == [
        "Int64", "Float64", "Decimal(precision=10, scale=2)", "Date", "Datetime(time_unit='us', time_zone=None)", "Boolean",
    ]  # fmt: skip
    assert frame["g"].to_list() == [[1, 2]]
    assert frame["h"].to_list() == [None]


def test_a_file_of_another_build_than_the_one_on_the_screen_is_refused(client):
    answer = client.post("/api/sql/csv", json={"sql": "select 1", "build_id": "an older one"})
    assert error_of(answer, 409)["code"] == "stale"


@pytest.mark.parametrize("code", [1, 7, 11, 27, 127, 65534, 65535])
@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_query_that_makes_one(client, code, form):
    answer = client.post(f"/api/sql/{form}", json={"sql": f"select chr({code}) || 'x' as \"a\""})
    assert answer.status_code == 200
    if form == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(answer.data))["结果"]["A2"].value == f"{STAND_IN}x"
