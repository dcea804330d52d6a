"""Every type of DuckDB through every form of a result: nothing is forced through a narrower type."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest

DAY = dt.timedelta(days=1)
# SQL, JSON, CSV, XLSX, (Parquet type, Parquet value)
MATRIX: dict[str, tuple[Any, ...]] = {
    "tinyint": ("(-5)::tinyint", -5, "-5", -5, ("int8", -5)),
    "smallint": ("(-300)::smallint", -300, "-300", -300, ("int16", -300)),
    "utinyint": ("200::utinyint", 200, "200", 200, ("uint8", 200)),
    "usmallint": ("60000::usmallint", 60000, "60000", 60000, ("uint16", 60000)),
    "uinteger": ("4000000000::uinteger", 4000000000, "4000000000", 4000000000, ("uint32", 4000000000)),
    "uhugeint": ("99999999999999999999::uhugeint", *["99999999999999999999"] * 3, ("decimal128(38, 0)", Decimal("99999999999999999999"))),
    "largest uhugeint": ("340282366920938463463374607431768211455::uhugeint", *["340282366920938463463374607431768211455"] * 3,
                         ("string", "340282366920938463463374607431768211455")),
    "bignum": ("12::bignum", 12, "12", 12, ("int64", 12)),
    "long bignum": ("(-123456789012345678901234567890123456789012345)::bignum", *["-123456789012345678901234567890123456789012345"] * 3,
                    ("string", "-123456789012345678901234567890123456789012345")),
    "float": ("1.5::float", 1.5, "1.5", 1.5, ("float", 1.5)),
    "not a number": ("'nan'::double", "NaN", "NaN", "NaN", ("double", ...)),
    "seconds": ("timestamp_s '2024-02-29 08:00:00'", "2024-02-29 08:00:00", "2024-02-29 08:00:00", dt.datetime(2024, 2, 29, 8),
                ("timestamp[ms]", dt.datetime(2024, 2, 29, 8))),
    "milliseconds": ("timestamp_ms '2024-02-29 08:00:00.123'", "2024-02-29 08:00:00.123", "2024-02-29 08:00:00.123",
                     dt.datetime(2024, 2, 29, 8, 0, 0, 123000), ("timestamp[ms]", dt.datetime(2024, 2, 29, 8, 0, 0, 123000))),
    "nanoseconds with zone": ("'2024-02-29 08:00:00.123456789+08'::timestamptz_ns", *["2024-02-29 08:00:00.123456789+08"] * 3,
                              ("string", "2024-02-29 08:00:00.123456789+08")),
    "date of another era": ("date '0044-03-15 (BC)'", *["0044-03-15 (BC)"] * 3, None),
    "date after Excel": ("date '10000-01-01'", *["10000-01-01"] * 3, None),
    "variant": ("{'a': 1, 'b': [date '2024-01-01']}::variant", *["{'a': 1, 'b': [2024-01-01]}"] * 3, ("string", "{'a': 1, 'b': [2024-01-01]}")),
    "geometry": ("'POINT(1 2)'::geometry", *["POINT (1 2)"] * 3, ("string", "POINT (1 2)")),
    "list of intervals": ("[interval '1 month', null]", ["1 month", None], *['["1 month", null]'] * 2, ("list<element: string>", ["1 month", None])),
    "list of hugeint": ("[170141183460469231731687303715884105727::hugeint]", ["170141183460469231731687303715884105727"],
                        *['["170141183460469231731687303715884105727"]'] * 2, ("list<element: string>", ["170141183460469231731687303715884105727"])),
    "list in struct in list": ("[{'a': [1], 'b': timestamptz '2024-01-01 00:00:00+08'}]", [{"a": [1], "b": "2024-01-01 00:00:00+08"}],
                               *['[{"a": [1], "b": "2024-01-01 00:00:00+08"}]'] * 2,
                               ("list<element: struct<a: list<element: int32>, b: timestamp[us, tz=Asia/Shanghai]>>", ...)),
    "boolean": ("true", True, "true", True, ("bool", True)),
    "integer": ("42", 42, "42", 42, ("int32", 42)),
    "bigint": ("9007199254740993", "9007199254740993", "9007199254740993", "9007199254740993", ("int64", 9007199254740993)),
    "ubigint": ("18446744073709551615::ubigint", "18446744073709551615", "18446744073709551615", "18446744073709551615",
                ("uint64", 18446744073709551615)),
    "hugeint that is small": ("sum(2)", 2, "2", 2, ("int64", 2)),
    "hugeint": ("12345678901234567890123::hugeint", "12345678901234567890123", "12345678901234567890123", "12345678901234567890123",
                ("decimal128(38, 0)", Decimal("12345678901234567890123"))),
    "largest hugeint": ("170141183460469231731687303715884105727::hugeint", *["170141183460469231731687303715884105727"] * 3,
                        ("string", "170141183460469231731687303715884105727")),
    "decimal": ("1.50::decimal(10, 2)", 1.5, "1.5", 1.5, ("decimal128(10, 2)", Decimal("1.50"))),
    "long decimal": ("12345678901234567.89::decimal(30, 2)", *["12345678901234567.89"] * 3, ("decimal128(30, 2)", Decimal("12345678901234567.89"))),
    "double": ("-1.5::double", -1.5, "-1.5", -1.5, ("double", -1.5)),
    "infinity": ("1 / 0", "Infinity", "Infinity", "Infinity", ("double", float("inf"))),
    "minus infinity": ("'-inf'::double", "-Infinity", "-Infinity", "-Infinity", ("double", float("-inf"))),
    "date": ("date '2024-02-29'", "2024-02-29", "2024-02-29", dt.datetime(2024, 2, 29), ("date32[day]", dt.date(2024, 2, 29))),
    "date before 1900": ("date '1899-12-31'", "1899-12-31", "1899-12-31", "1899-12-31", ("date32[day]", dt.date(1899, 12, 31))),
    "endless date": ("date 'infinity'", "infinity", "infinity", "infinity", None),
    "endless past": ("date '-infinity'", "-infinity", "-infinity", "-infinity", None),
    "time": ("time '08:30:15'", "08:30:15", "08:30:15", dt.time(8, 30, 15), ("time64[us]", dt.time(8, 30, 15))),
    "midnight at the end": ("time '24:00:00'", "24:00:00", "24:00:00", "24:00:00", None),
    "time of nanoseconds": ("time_ns '01:02:03.123456789'", *["01:02:03.123456789"] * 3, None),
    "time with zone": ("timetz '08:00:00+08'", "08:00:00+08", "08:00:00+08", "08:00:00+08", ("string", "08:00:00+08")),
    "timestamp": ("timestamp '2024-02-29 08:00:00.5'", "2024-02-29 08:00:00.5", "2024-02-29 08:00:00.5",
                  dt.datetime(2024, 2, 29, 8, 0, 0, 500000), ("timestamp[us]", dt.datetime(2024, 2, 29, 8, 0, 0, 500000))),
    "microseconds": ("timestamp '2024-02-29 08:00:00.000001'", *["2024-02-29 08:00:00.000001"] * 3,
                     ("timestamp[us]", dt.datetime(2024, 2, 29, 8, 0, 0, 1))),
    "nanoseconds": ("timestamp_ns '2024-01-01 00:00:00.123456789'", *["2024-01-01 00:00:00.123456789"] * 3, ("timestamp[ns]", ...)),
    "endless time": ("timestamp 'infinity'", "infinity", "infinity", "infinity", None),
    "timestamp with zone": ("timestamptz '2024-02-29 08:00:00+08'", *["2024-02-29 08:00:00+08"] * 3, ("timestamp[us, tz=Asia/Shanghai]", ...)),
    "months": ("interval '1 month 3 days'", *["1 month 3 days"] * 3, ("string", "1 month 3 days")),
    "days": ("interval '3 days 02:00:00'", "3 days 02:00:00", "3 days 02:00:00", 3 * DAY + dt.timedelta(hours=2), ("string", "3 days 02:00:00")),
    "back in time": ("interval '-3 days'", "-3 days", "-3 days", "-3 days", ("string", "-3 days")),
    "text": ("'中文'", "中文", "中文", "中文", ("string", "中文")),
    "enum": ("'a'::enum('a', 'b')", "a", "a", "a", ("dictionary<values=string, indices=uint8, ordered=0>", "a")),
    "uuid": ("'00000000-0000-0000-0000-000000000001'::uuid", *["00000000-0000-0000-0000-000000000001"] * 3, None),
    "blob": ("'\\x00\\xff'::blob", "AP8=", "AP8=", "AP8=", ("binary", b"\x00\xff")),
    "bit": ("'101'::bit", "101", "101", "101", ("string", "101")),
    "json": ("""'{"a": 1}'::json""", '{"a": 1}', '{"a": 1}', '{"a": 1}', ("string", '{"a": 1}')),
    "list": ("[1, null, 3]", [1, None, 3], "[1, null, 3]", "[1, null, 3]", ("list<element: int32>", [1, None, 3])),
    "array": ("[1, 2]::integer[2]", [1, 2], "[1, 2]", "[1, 2]", None),
    "struct": ("{'a': 1, 'b c': [date '2024-01-01', 'infinity']}", {"a": 1, "b c": ["2024-01-01", "infinity"]},
               *['{"a": 1, "b c": ["2024-01-01", "infinity"]}'] * 2, ("struct<a: int32, b c: list<element: date32[day]>>", ...)),
    "struct with an interval": ("{'a': interval '1 month', 'b': null}", {"a": "1 month", "b": None}, *['{"a": "1 month", "b": null}'] * 2,
                                ("struct<a: string, b: string>", {"a": "1 month", "b": None})),
    "map": ("map([1], [timestamp '2024-01-01 00:00:00'])", {"1": "2024-01-01 00:00:00"}, *['{"1": "2024-01-01 00:00:00"}'] * 2,
            ("map<int32, timestamp[us] ('map')>", ...)),
    "row": ("row(1, date '2024-01-01')", *["(1, 2024-01-01)"] * 3, ("string", "(1, 2024-01-01)")),
    "union": ("union_value(k := interval '1 month')", "1 month", "1 month", "1 month", ("string", "1 month")),
    "null": ("null", None, "", None, None),
}  # fmt: skip
SQL = (
    "select " + ", ".join(f'{sql} as "{name}"' for name, (sql, *_rest) in MATRIX.items()) + "; -- and a remark; with a semicolon"
)
ENDLESS = "select date 'infinity' as d, timestamp '-infinity' as t, time '24:00:00' as m, timestamp_ns '2024-01-01 00:00:00.123456789' as n"


@pytest.fixture(scope="module")
def forms(app):
    """The one row in all four forms, each asked for once."""
    client = app.server.test_client()

    def asked(path):
        answer = client.post(path, json={"sql": SQL})
        assert answer.status_code == 200, answer.text
        return answer

    book = openpyxl.load_workbook(io.BytesIO(asked("/api/sql/xlsx").data))
    return {
        "json": dict(zip(MATRIX, asked("/api/sql").json["rows"][0], strict=True)),
        "csv": dict(zip(MATRIX, list(csv.reader(io.StringIO(asked("/api/sql/csv").data.decode("utf-8-sig"))))[1], strict=True)),
        "xlsx": dict(zip(MATRIX, book["结果"][2], strict=True)),
        "parquet": pyarrow.parquet.read_table(io.BytesIO(asked("/api/sql/parquet").data)),
    }


def test_the_matrix_has_every_type_of_duckdb(app):
    """A type that DuckDB gets one day is not forgotten. A statement cannot give a value of TYPE; OID, CHAR … are other names."""
    client = app.server.test_client()
    asked = (
        "select distinct logical_type from duckdb_types() where database_name = 'system' and logical_type not in ('TYPE', 'NULL')"
    )
    there = {row[0] for row in client.post("/api/sql", json={"sql": asked}).json["rows"]}
    typed = {
        "LIST" if kind.endswith("[]") else "ARRAY" if kind.endswith("]") else kind.partition("(")[0]
        for kind in (column["type"] for column in client.post("/api/sql", json={"sql": SQL}).json["columns"])
    }
    assert there <= typed


@pytest.mark.parametrize("kind", ["hugeint", "uhugeint", "bignum"])
def test_whole_numbers_of_any_length_come_back_from_parquet(client, kind):
    """As numbers where all of a column fit, else as their digits: never as another number."""
    numbers = {f"n{digits}": "1" * digits for digits in range(17, 40 if kind != "bignum" else 60)}
    rows = ([f"{one}::{kind} as {name}" for name, one in numbers.items()], [f"1::{kind}"] * len(numbers), ["null"] * len(numbers))
    sql = " union all ".join(f"select {', '.join(row)}" for row in rows)
    found = pyarrow.parquet.read_table(io.BytesIO(client.post("/api/sql/parquet", json={"sql": sql}).data))
    for name, number in numbers.items():
        assert [None if one is None else str(one) for one in found.column(name).to_pylist()] == [number, "1", None]


@pytest.mark.parametrize("name", MATRIX)
def test_a_type_through_all_forms(forms, name):
    _sql, in_json, in_csv, in_xlsx, in_parquet = MATRIX[name]
    assert forms["json"][name] == in_json
    assert forms["csv"][name] == in_csv
    assert forms["xlsx"][name].data_type != "f"
    assert forms["xlsx"][name].value == in_xlsx
    if in_parquet is not None:
        kind, value = in_parquet
        column = forms["parquet"].column(name)
        assert str(column.type) == kind
        assert value is ... or column.to_pylist() == [value]


def test_what_python_cannot_hold_comes_back_whole_from_parquet(client, tmp_path):
    import duckdb

    path = tmp_path / "result.parquet"
    path.write_bytes(client.post("/api/sql/parquet", json={"sql": ENDLESS}).data)
    with duckdb.connect() as connection:
        told = connection.execute(f"select columns(*)::varchar from '{path}'").fetchall()
    assert told == [("infinity", "-infinity", "24:00:00", "2024-01-01 00:00:00.123456789")]


@pytest.mark.parametrize(
    "sql", ["select 1 as a, date '2024-01-01' as a, 'x;y' as b;", "from (values (1, date '2024-01-01', 'x;y')) t(a, a2, b) -- ;"]
)
def test_the_readers_statement_is_read_as_it_stands(client, sql):
    assert client.post("/api/sql", json={"sql": sql}).json["rows"] == [[1, "2024-01-01", "x;y"]]


def test_a_fault_is_where_the_reader_wrote_it(client):
    fault = client.post("/api/sql", json={"sql": "select date '2024-01-01',\n  cast('x' as date)"}).json["error"]
    assert (fault["line"], fault["column"]) == (2, 3)
    fault = client.post("/api/sql/parquet", json={"sql": "select interval '1 day',\n  cast('x' as date)"}).json["error"]
    assert (fault["line"], fault["column"]) == (2, 3)


def test_the_order_of_the_reader_is_kept(client):
    sql = "select date '2024-01-01' + i::integer as d from range(3000) t(i) order by hash(i)"
    plain = client.post("/api/sql", json={"sql": sql.replace("select", "select i, ", 1)}).json["rows"]
    assert [row[1] for row in plain] == [row[0] for row in client.post("/api/sql", json={"sql": sql}).json["rows"]]
