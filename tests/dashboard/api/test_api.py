"""The HTTP interface: the same rows as the pages, filters, pages, SQL, files, and one shape for every error."""

from __future__ import annotations

import csv
import io

import openpyxl
import polars as pl
import pytest

from dashboard.api.routes import VERSION
from dashboard.app import create_app
from dashboard.charts import CHARTS
from dashboard.sandbox.faults import Fault
from dashboard.sandbox.runner import QueryError, Sandbox
from dashboard.selection import Selection
from dashboard.warehouse import Warehouse


@pytest.fixture(scope="module")
def db(warehouse):
    return Warehouse(warehouse)


def error_of(answer, status):
    """The error body of an answer, which must have exactly the agreed shape."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/json"
    assert set(answer.json) == {"error"}
    assert set(answer.json["error"]) == {"code", "message", "line", "column", "hint"}
    assert answer.json["error"]["message"]
    return answer.json["error"]


# --- charts ---


def test_the_list_names_every_chart_and_where_its_rows_are(client):
    answer = client.get("/api/charts").json
    assert [chart["id"] for chart in answer["charts"]] == list(CHARTS)
    first = answer["charts"][0]
    assert client.get(first["json_url"]).status_code == client.get(first["csv_url"]).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("chart", CHARTS.values(), ids=lambda chart: chart.id)
def test_json_and_csv_are_exactly_the_rows_of_the_chart(client, db, chart):
    rows = chart.rows(db, Selection())
    answer = client.get(f"/api/charts/{chart.id}.json").json
    assert answer["row_count"] == rows.height == len(answer["rows"])
    for sent, row in zip(answer["rows"], rows.iter_rows(named=True), strict=True):
        assert sent == {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
    listed = list(csv.reader(io.StringIO(client.get(f"/api/charts/{chart.id}.csv").text)))
    assert listed[0] == rows.columns
    assert len(listed) == rows.height + 1
    if rows.height and "fact_ids" in rows.columns:
        assert [line[rows.columns.index("fact_ids")] for line in listed[1:]] == [one or "" for one in rows["fact_ids"]]


def test_a_chart_comes_with_its_finding_notes_and_sources(client):
    answer = client.get("/api/charts/extension-lushan.json").json
    assert "超出" in answer["finding"]
    assert answer["notes"]
    assert answer["sources"][0]["citation"].startswith("《")
    assert answer["build_id"]


def test_a_selection_in_the_query_string_counts(client, db):
    chart = CHARTS["ratio-by-scope"]
    answer = client.get(f"/api/charts/{chart.id}.json?b=常住").json
    assert answer["row_count"] == chart.rows(db, Selection(basis="常住")).height


def test_an_unknown_chart_or_selection_is_explained(client):
    assert error_of(client.get("/api/charts/none.json"), 404)["code"] == "not_found"
    assert "zz" in error_of(client.get("/api/charts/extension-lushan.json?zz=1"), 400)["message"]


# --- facts ---


def test_facts_come_page_by_page_without_gap_or_repeat(client, db):
    seen: list[str] = []
    address = "/api/facts?limit=7"
    while address:
        page = client.get(address).json
        seen += [fact["fact_id"] for fact in page["facts"]]
        address = page["next"]
    assert seen == db.table("mart.fact").sort("fact_id").collect()["fact_id"].to_list()
    assert page["total"] == len(seen)


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("ref_area=410423", pl.col("ref_area") == "410423"),
        ("ref_area=410423,140930&phase=point", pl.col("ref_area").is_in(["410423", "140930"]) & (pl.col("phase") == "point")),
        ("area=县", pl.col("area_name").str.contains("县")),
        ("year_from=2019&year_to=2021", pl.col("year").is_between(2019, 2021)),
        ("preferred=true", pl.col("preferred")),
        ("grade=A", pl.col("grade") == "A"),
        (
            "q=编制",
            pl.any_horizontal(pl.col("area_name", "indicator_zh", "as_stated", "source_title", "note").str.contains("编制")),
        ),
        ("year_from=&preferred=&area=", pl.lit(True)),
        ("indicator=nothing_like_it", pl.lit(False)),
    ],
)
def test_filters_keep_what_they_say(client, db, query, condition):
    page = client.get(f"/api/facts?limit=1000&{query}").json
    expected = db.table("mart.fact").collect().filter(condition.fill_null(False)).sort("fact_id")
    assert [fact["fact_id"] for fact in page["facts"]] == expected["fact_id"].to_list()


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "offset=-1", "year_from=x", "preferred=perhaps", "unknown=1", "indicater=a"]
)
def test_a_filter_that_is_not_understood_is_never_ignored(client, query):
    assert error_of(client.get(f"/api/facts?{query}"), 400)["code"] == "params"


# --- SQL ---


def test_a_query_gives_columns_rows_count_and_build(client, db):
    answer = client.post(
        "/api/sql", json={"sql": "select source_id, $a as a from mart.fact order by 1 limit 3", "params": {"a": "甲"}}
    ).json
    assert [column["name"] for column in answer["columns"]] == ["source_id", "a"]
    assert answer["row_count"] == len(answer["rows"]) == 3
    assert answer["rows"][0][1] == "甲"
    assert answer["truncated"] is False
    assert answer["build_id"] == db.build.build_id
    assert {source["source_id"] for source in answer["sources"]} == {row[0] for row in answer["rows"]}


def test_sources_are_found_by_fact_too(client):
    answer = client.post("/api/sql", json={"sql": "select fact_ids as 事实编号 from mart.delegation limit 1"}).json
    assert answer["sources"]


def test_a_faulty_query_says_where(client):
    error = error_of(client.post("/api/sql", json={"sql": "select\n area_nam from mart.fact"}), 400)
    assert (error["code"], error["line"], error["column"]) == ("sql", 2, 2)
    assert "area_name" in error["hint"]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("refused", 400),
        ("sql", 400),
        ("crashed", 400),
        ("time", 408),
        ("cancelled", 409),
        ("size", 413),
        ("busy", 429),
        ("unavailable", 503),
    ],
)
def test_every_fault_has_its_status(client, monkeypatch, code, status):
    def fail(*_args, **_more):
        raise QueryError(Fault(code=code, message="原因"))

    monkeypatch.setattr(Sandbox, "run", fail)
    answer = client.post("/api/sql", json={"sql": "select 1"})
    assert error_of(answer, status)["code"] == code
    assert ("Retry-After" in answer.headers) == (code == "busy")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "sql：缺少"), ({"sql": ""}, "不能为空"), ({"sql": 7}, "应为文字"), ({"sql": "select 1", "params": []}, "params"),
        ({"sql": "select 1", "params": {"a": [1]}}, "params"), ({"sql": "select 1", "rows": 10}, "没有这个参数"),
        ({"sql": "select $x"}, "$x 没有给值"), ({"sql": "drop table t"}, "只能查询"),
    ],
)  # fmt: skip
def test_a_faulty_request_is_explained(client, body, said):
    assert said in error_of(client.post("/api/sql", json=body), 400)["message"]


def test_only_json_is_taken_so_no_other_site_can_send_it(client):
    assert error_of(client.post("/api/sql", data={"sql": "select 1"}), 415)["code"] == "media_type"
    assert error_of(client.post("/api/sql", data="{", content_type="application/json"), 400)["code"] == "params"
    assert error_of(client.post("/api/sql", data="x" * 600_000, content_type="application/json"), 413)["code"] == "size"


def test_cancelling_nothing_is_no_error(client):
    assert client.delete("/api/sql").json == {"cancelled": False}


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", "/api/nothing"), ("get", "/api/"), ("get", "/api/sql"), ("put", "/api/facts"), ("post", "/api/sql/docx")],
)
def test_an_address_that_is_not_there_is_an_error_and_not_a_page(client, method, path):
    answer = getattr(client, method)(path)
    assert error_of(answer, answer.status_code)["code"] in {"not_found", "method"}


def test_without_a_warehouse_every_answer_says_so(tmp_path):
    client = create_app(tmp_path / "none.duckdb").server.test_client()
    for answer in (client.get("/api/facts"), client.get("/api/charts"), client.post("/api/sql", json={"sql": "select 1"})):
        assert "make warehouse" in error_of(answer, 503)["message"]


# --- schema and saved queries ---


def test_the_schema_names_tables_columns_and_what_they_mean(client):
    tables = {table["name"]: table for table in client.get("/api/schema").json["tables"]}
    assert {"mart.fact", "zh.编制与实有", "core.source", "meta.build"} <= set(tables)
    assert all(table["comment"] and all(column["comment"] for column in table["columns"]) for table in tables.values())
    assert next(iter(tables)).startswith("mart.")


# --- files ---

RISKY = "select '=1+1' as a, '@x' as b, '+x' as c, '-x' as d, '＝x' as e, -1.5 as f, 2::bigint as g, null as h, 'F' as fact_id"


def test_a_workbook_has_rows_statement_build_and_sources(client, db):
    sql = "select area_name as 地区, obs_value as 数值, source_id as 来源编号 from mart.fact order by fact_id limit 5"
    answer = client.post("/api/sql/xlsx", json={"sql": sql, "params": {}, "build_id": db.build.build_id})
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["结果", "说明与来源"]
    rows = [[cell.value for cell in row] for row in book["结果"].iter_rows()]
    assert rows[0] == ["地区", "数值", "来源编号"]
    assert len(rows) == 6
    assert isinstance(rows[1][1], int | float)
    about = [[cell.value for cell in row] for row in book["说明与来源"].iter_rows()]
    words = {row[0]: row[1] for row in about if row[0]}
    assert words["查询语句"] == sql
    assert words["数据版本"] == db.build.build_id
    assert {row[2] for row in rows[1:]} <= set(words)


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
        "Int64", "Float64", "Decimal(precision=38, scale=2)", "Date", "Datetime(time_unit='us', time_zone=None)", "Boolean",
    ]  # fmt: skip
    assert frame["g"].to_list() == ["[1, 2]"]
    assert frame["h"].to_list() == [None]


def test_a_file_of_another_build_than_the_one_on_the_screen_is_refused(client):
    answer = client.post("/api/sql/csv", json={"sql": "select 1", "build_id": "an older one"})
    assert error_of(answer, 409)["code"] == "stale"


# --- pictures ---


def test_a_picture_draws_the_rows_and_keeps_scopes_apart(client):
    sql = "select area_name, obs_value, scope, unit_measure, fact_id from mart.fact where indicator = 'staff_actual' order by fact_id"
    answer = client.post("/api/sql/picture", json={"sql": sql}).json
    assert answer["figure"]["data"]
    scopes = {row[2] for row in client.post("/api/sql", json={"sql": sql}).json["rows"]}
    axes = [name for name in answer["figure"]["layout"] if name.startswith("xaxis")]
    assert len(axes) >= len(scopes) > 1
    assert "分栏" in answer["notes"][0]


def test_what_cannot_be_drawn_is_explained(client):
    assert "没有数字列" in client.post("/api/sql/picture", json={"sql": "select 'a' as a"}).json["notes"][0]
    assert client.post("/api/sql/picture", json={"sql": "select 1 as a where false"}).json["figure"] is None
    chosen = client.post("/api/sql/picture", json={"sql": "select 'a' as n, 1 as x, 2 as y", "label": 0, "value": 2}).json
    assert chosen["value"] == 2


def test_the_description_names_every_route_of_the_interface(app, client):
    described = client.get("/openapi.json").json
    assert described["info"]["version"] == VERSION
    routes = {
        str(rule).replace("<chart_id>", "{id}") for rule in app.server.url_map.iter_rules() if str(rule).startswith("/api/")
    }
    assert routes - {"/api", "/api/<path:_rest>", "/api/sql/<any(xlsx,csv,parquet):form>"} <= set(described["paths"])
    assert {f"/api/sql/{form}" for form in ("xlsx", "csv", "parquet")} <= set(described["paths"])
