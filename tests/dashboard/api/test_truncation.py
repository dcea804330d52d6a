"""What was cut says so in every form: name, headers, last line, properties, sheet; what is whole says that too."""

from __future__ import annotations

import csv
import dataclasses
import io
from urllib.parse import unquote

import openpyxl
import polars as pl
import pyarrow.parquet
import pytest

from dashboard.charts import CHARTS
from dashboard.paper.extent import Extent, extent_of
from dashboard.paper.sheet_text import LONGEST, cell_text, units
from dashboard.sandbox import runner
from dashboard.settings import Settings
from dashboard.tools.sql import result_sheet
from dashboard.web.app import create_app

LONG = "select area_name, source_id from mart.fact order by fact_id"
MOST = 3


@pytest.fixture(scope="module")
def cut_client(warehouse):
    """A server whose limits are small."""
    with pytest.MonkeyPatch.context() as patch:
        small = runner.Limits(seconds=60, rows=2, file_rows=MOST)
        patch.setattr("dashboard.web.app.Limits", lambda **_stated: small)
        app = create_app(warehouse, settings=Settings(sql_seconds=60))
    return app.server.test_client()


def name_of(answer):
    return unquote(answer.headers["Content-Disposition"].partition("filename*=UTF-8''")[2])


def stated_in(answer):
    return answer.headers["X-Truncated"], answer.headers.get("X-Total-Rows"), answer.headers["X-Build"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_file_that_was_cut_says_so_in_name_and_headers(cut_client, db, form):
    answer = cut_client.post(f"/api/sql/{form}", json={"sql": LONG})
    assert name_of(answer) == f"query_{db.build.build_id}_前{MOST}行.{form}"
    assert stated_in(answer) == ("true", None, db.build.build_id)
    whole = cut_client.post(f"/api/sql/{form}", json={"sql": f"{LONG} limit {MOST}"})
    assert name_of(whole) == f"query_{db.build.build_id}.{form}"
    assert stated_in(whole) == ("false", str(MOST), db.build.build_id)


def test_json_says_so_in_body_and_headers(cut_client, client, db):
    answer = cut_client.post("/api/sql", json={"sql": LONG})
    assert answer.json["truncated"] is True
    assert stated_in(answer) == ("true", None, db.build.build_id)
    page = client.get("/api/facts?limit=1")
    assert page.json["truncated"] is True
    assert stated_in(page) == ("true", str(page.json["total"]), db.build.build_id)
    assert client.get(f"/api/facts?limit=1&fact_id={page.json['facts'][0]['fact_id']}").json["truncated"] is False
    assert stated_in(client.get("/api/sdmx"))[:2] == ("false", str(page.json["total"]))


def test_a_csv_ends_with_a_line_for_people_and_with_a_row_for_programs(cut_client, db):
    def lines(**more):
        return list(csv.reader(io.StringIO(cut_client.post("/api/sql/csv", json={"sql": LONG} | more).data.decode("utf-8-sig"))))

    [said] = lines(last_line=True)[-1]
    assert said.startswith(f"# 只含前 {MOST} 行，后面还有。数据版本 {db.build.build_id}；来源 ")
    headers = cut_client.post("/api/sql/csv", json={"sql": LONG}).headers
    assert said.rpartition("来源 ")[2].split("、") == headers["X-Sources"].split(",")
    assert len(lines()) == MOST + 1
    assert len(lines()[-1]) == 2
    assert len(lines(last_line=True, sql=f"{LONG} limit {MOST}")[-1]) == 2


def test_parquet_says_so_in_its_properties_with_build_and_sources(cut_client, db):
    def stated(sql):
        found = pyarrow.parquet.read_metadata(io.BytesIO(cut_client.post("/api/sql/parquet", json={"sql": sql}).data)).metadata
        return {key.decode(): value.decode() for key, value in found.items()}

    cut = stated(LONG)
    assert (cut["truncated"], cut["rows"], cut["build_id"]) == ("true", str(MOST), db.build.build_id)
    assert "total_rows" not in cut
    assert cut["source_ids"]
    whole = stated(f"{LONG} limit 1")
    assert (whole["truncated"], whole["rows"], whole["total_rows"]) == ("false", "1", "1")


def test_a_workbook_says_so_below_its_rows_and_on_its_second_sheet(cut_client):
    book = openpyxl.load_workbook(io.BytesIO(cut_client.post("/api/sql/xlsx", json={"sql": LONG}).data))
    assert book["结果"].cell(MOST + 3, 1).value == f"# 只含前 {MOST} 行，后面还有。"
    assert book["结果"].auto_filter.ref == f"A1:B{MOST + 1}"
    about = {row[0].value: row[1].value for row in book["说明与来源"].iter_rows()}
    assert about["行数"] == f"只含前 {MOST} 行，后面还有。"


def test_a_workbook_of_too_many_cells_knows_how_many_rows_there_are(client, monkeypatch):
    monkeypatch.setattr(result_sheet, "MOST_CELLS", 10)
    answer = client.post("/api/sql/xlsx", json={"sql": "select i, i from range(20) t(i)"})
    assert (answer.headers["X-Truncated"], answer.headers["X-Total-Rows"]) == ("true", "20")
    assert name_of(answer).endswith("_前5行.xlsx")


def test_more_columns_than_a_sheet_has_are_refused_not_dropped(client, monkeypatch):
    monkeypatch.setattr(result_sheet, "MOST_COLUMNS", 2)
    answer = client.post("/api/sql/xlsx", json={"sql": "select 1, 2, 3"})
    assert answer.status_code == 413
    assert "最多 2 列" in answer.json["error"]["message"]


def test_downloads_hold_more_rows_than_the_page_shows(client):
    found = client.post("/api/sql/csv", json={"sql": "from range(20000)"})
    assert stated_in(found)[:2] == ("false", "20000")
    assert found.data.count(b"\r\n") == 20001


def test_a_text_longer_than_a_cell_ends_with_its_length(client):
    answer = client.post("/api/sql/xlsx", json={"sql": "select repeat('字', 40000) as a, repeat('😀', 20000) as b, 'kurz' as c"})
    cells = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(answer.data))["结果"][2]]
    assert all("没有写全" in cell for cell in cells[:2])
    assert "40000" in cells[0]
    assert cells[2] == "kurz"
    assert name_of(answer).endswith("_2格不全.xlsx")
    assert answer.headers["X-Truncated"] == "true"


def test_cells_that_do_not_hold_their_text_are_named(client):
    sql = "select 1 as n, 'kurz' as a union all select 2, repeat('字', 40000) order by n"
    answer = client.post("/api/sql/xlsx", json={"sql": sql})
    about = {row[0].value: row[1].value for row in openpyxl.load_workbook(io.BytesIO(answer.data))["说明与来源"].iter_rows()}
    assert about["没有写全的单元格"].startswith("结果!B3。")


def test_a_picture_of_a_part_says_so(cut_client, client):
    sql = "select area_name, obs_value, axis_key from mart.fact where indicator = 'party_gov_bodies' order by fact_id"
    part = cut_client.post("/api/sql/picture", json={"sql": sql}).json
    whole = client.post("/api/sql/picture", json={"sql": f"{sql} limit 1"}).json
    assert (part["truncated"], whole["truncated"]) == (True, False)


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_file_names_its_sources_in_headers_as_json_does(client, form):
    sql = "select source_id, obs_value from mart.fact order by fact_id"
    told = [source["source_id"] for source in client.post("/api/sql", json={"sql": sql}).json["sources"]]
    headers = client.post(f"/api/sql/{form}", json={"sql": sql}).headers
    assert headers["X-Source-Count"] == str(len(told))
    assert headers["X-Sources"].split(",") == told[:50]


@pytest.mark.parametrize("text", ["a" * LONGEST, "😀" * (LONGEST // 2)])
def test_a_text_that_just_fits_is_not_touched(text):
    assert cell_text(text) == text
    assert units(cell_text(text + "ab")) <= LONGEST


def test_a_long_statement_stands_whole_in_the_workbook(client):
    sql = "select 1 -- " + "长" * 60_000
    book = openpyxl.load_workbook(io.BytesIO(client.post("/api/sql/xlsx", json={"sql": sql}).data))
    pieces = [row[1].value for row in book["说明与来源"].iter_rows() if str(row[0].value).startswith("查询语句")]
    assert "".join(pieces) == sql


def test_rows_of_very_many_places_say_so_wherever_they_are_saved(client, monkeypatch):
    whole = CHARTS["extension-lushan"]

    def some(db, selection):
        rows = whole.rows(db, selection)
        return rows.with_columns(pl.lit("410423").alias("ref_area"), pl.lit(9).alias("published_by"))

    monkeypatch.setitem(CHARTS, whole.id, dataclasses.replace(whole, rows=some))
    assert client.get(f"/api/charts/{whole.id}.json").json["truncated"] is True
    for path in (f"/api/charts/{whole.id}.csv", f"/download/{whole.id}.csv", f"/download/{whole.id}.xlsx"):
        answer = client.get(path)
        assert answer.headers["X-Truncated"] == "true", path
        assert "_前1个地区." in name_of(answer)
    saved = client.get(f"/download/{whole.id}.csv").data.decode()
    assert saved.strip().rpartition("\n")[2] == "# 只含前 1 个地区，共 9 个地区。"


def test_the_extent_of_rows_that_are_all_there():
    assert extent_of(pl.DataFrame({"ref_area": ["a"], "published_by": [None]})) == Extent(shown=1, total=1)


def test_the_page_is_told_how_much_a_download_holds(client):
    limits = client.get("/api/schema").json["limits"]
    assert limits["file_rows"] > limits["rows"]
