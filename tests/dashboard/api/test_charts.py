"""The rows of charts over HTTP: exactly those of the pages, with finding, notes and sources."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from tests.dashboard.api.answers import error_of


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


def test_an_unknown_chart_is_explained(client):
    error = error_of(client.get("/api/charts/extension-lushn.json"), 404)
    assert error["code"] == "not_found"
    assert "extension-lushan" in error["message"]


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("zz=1", "p（地区）"), ("zz=", "zz"), ("i=party_gov_bodie", "party_gov_bodies"), ("p=410422", "鲁山县（410423）"), ("p=河曲县,水帘洞县", "水帘洞县"),
        ("s=山西者", "山西省"), ("b=xx", "常住"), ("c=山西第一批", "山西第一批试点"), ("t=extension-lushan", "参数 t"), ("fact=F0000000000", "参数 fact"),
        ("g=area", "参数 g"),
    ],
)  # fmt: skip
def test_a_selection_that_nothing_has_is_told_the_right_one(client, form, query, right):
    error = error_of(client.get(f"/api/charts/extension-lushan.{form}?{query}"), 400)
    assert error["code"] == "params"
    assert right in error["message"]


@pytest.mark.parametrize("query", ["i=party_gov_bodie", "c=nope"])
def test_a_file_of_the_page_is_as_strict(client, query):
    assert client.get(f"/download/extension-lushan.csv?{query}").status_code == 400
    assert client.get("/download/extension-lushan.csv?i=party_gov_bodies&t=extension-lushan").status_code == 200


def test_a_file_names_the_sources_of_its_rows(client):
    sources = client.get("/api/charts/extension-lushan.json").json["sources"]
    headers = client.get("/api/charts/extension-lushan.csv").headers
    assert headers["X-Sources"].split(",") == [source["source_id"] for source in sources]
    assert headers["X-Source-Count"] == str(len(sources))
