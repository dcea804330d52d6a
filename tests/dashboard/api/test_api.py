"""What all of the interface shares: its description, its schema, and answers where there is nothing."""

from __future__ import annotations

import pytest

from dashboard.api.routes import VERSION
from dashboard.web.app import create_app
from tests.dashboard.api.answers import error_of


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


def test_the_schema_names_tables_columns_and_what_they_mean(client):
    tables = {table["name"]: table for table in client.get("/api/schema").json["tables"]}
    assert {"mart.fact", "zh.编制与实有", "core.source", "meta.build"} <= set(tables)
    assert all(table["comment"] and all(column["comment"] for column in table["columns"]) for table in tables.values())
    assert next(iter(tables)).startswith("mart.")


def test_the_description_names_every_route_of_the_interface(app, client):
    described = client.get("/openapi.json").json
    assert described["info"]["version"] == VERSION
    routes = {
        str(rule).replace("<chart_id>", "{id}") for rule in app.server.url_map.iter_rules() if str(rule).startswith("/api/")
    }
    assert routes - {"/api", "/api/<path:_rest>", "/api/sql/<any(xlsx,csv,parquet):form>"} <= set(described["paths"])
    assert {f"/api/sql/{form}" for form in ("xlsx", "csv", "parquet")} <= set(described["paths"])
