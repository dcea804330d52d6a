"""What all of the interface shares: its description, its schema, and answers where there is nothing."""

from __future__ import annotations

import re

import pytest

from dashboard.api.routes import VERSION
from dashboard.web.app import create_app
from tests.dashboard.api.answers import error_of
from tests.rebuilt import rebuilt


def test_without_a_warehouse_every_answer_says_so(tmp_path):
    client = create_app(tmp_path / "none.duckdb").server.test_client()
    for answer in (client.get("/api/facts"), client.get("/api/charts"), client.post("/api/sql", json={"sql": "select 1"})):
        assert "make warehouse" in error_of(answer, 503)["message"]


def test_the_schema_names_tables_columns_and_what_they_mean(client):
    tables = {table["name"]: table for table in client.get("/api/schema").json["tables"]}
    assert {"mart.fact", "zh.编制与实有", "core.source", "meta.build"} <= set(tables)
    assert all(table["comment"] and all(column["comment"] for column in table["columns"]) for table in tables.values())
    assert next(iter(tables)).startswith("mart.")


def routes_of(app):
    """Addresses of the interface as the description writes them, each with its methods."""
    found: dict[str, set[str]] = {}
    for rule in app.server.url_map.iter_rules():
        if not str(rule).startswith("/api/"):
            continue
        path = re.sub(r"<(?:chart|fact)_id>", "{id}", str(rule))
        choice = re.search(r"<any\(([\w,]+)\):form>", path)
        for form in choice[1].split(",") if choice else [""]:
            address = path.replace(choice[0], form) if choice else path
            found.setdefault(address, set()).update({method.lower() for method in rule.methods} - {"head", "options"})
    return found


def test_the_description_names_every_route_of_the_interface(app, client):
    described = client.get("/openapi.json").json
    assert described["info"]["version"] == VERSION
    assert {path: set(methods) for path, methods in described["paths"].items()} == routes_of(app)


NEEDED = {"/api/values": "?table=mart.fact&column=phase"}


def addresses(app, db):
    """Every operation with an address that there is."""
    ids = {"charts": "extension-lushan", "facts": db.table("mart.fact").select("fact_id").collect()["fact_id"][0]}
    for path, methods in routes_of(app).items():
        kind = path.split("/")[2]
        for method in methods:
            yield method, path.replace("{id}", ids.get(kind, "")) + NEEDED.get(path, "")


def test_a_parameter_that_a_route_does_not_know_is_refused_everywhere(app, client, db):
    listed = list(addresses(app, db))
    assert len(listed) > 20
    for method, path in listed:
        error = error_of(
            client.open(
                f"{path}{'&' if '?' in path else '?'}limitt=3",
                method=method,
                json={"sql": "select 1"} if method == "post" else None,
            ),
            400,
        )
        assert error["code"] == "params", path
        assert "limitt" in error["message"], path


def test_a_parameter_that_is_misspelt_is_told_the_right_one(client):
    assert "indicator" in error_of(client.get("/api/facts?indicater=a"), 400)["message"]
    assert "params" in error_of(client.post("/api/sql", json={"sql": "select 1", "parms": {}}), 400)["message"]


@pytest.mark.parametrize(
    "path", ["/api/nothing", "/api", "/api/", "/api/sql/docx", "/api/facts/", "/api/sources.xlsx", "/api/charts/"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_an_address_that_is_not_there_is_404_for_every_method(client, path, method):
    answer = client.open(path, method=method)
    assert answer.status_code == 404
    assert answer.mimetype == "application/json"


def test_a_method_that_an_address_does_not_have_is_405_and_told_which_it_has(app, client):
    for path, methods in routes_of(app).items():
        address = path.replace("{id}", "extension-lushan")
        for method in {"get", "post", "put", "patch", "delete", "trace"} - methods:
            answer = client.open(address, method=method)
            assert error_of(answer, 405)["code"] == "method"
            assert methods <= {one.strip().lower() for one in answer.headers["Allow"].split(",")}
        asked = client.open(address, method="OPTIONS")
        assert (asked.status_code, "PATCH" in asked.headers["Allow"]) == (204, False)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("put", "/healthz", 405), ("delete", "/sql", 405), ("get", "/download/none.csv", 404), ("post", "/nothing-like-it", 404),
        ("delete", "/area/水帘洞县", 404), ("post", "/compare", 405), ("put", "/_dash-update-component", 405),
    ],
)  # fmt: skip
def test_other_addresses_say_so_in_chinese(client, method, path, status):
    answer = getattr(client, method)(path)
    assert answer.status_code == status
    assert answer.text.startswith("没有这个地址" if status == 404 else "这个地址不支持这种方法")


def test_what_is_got_says_of_which_build_and_is_not_sent_twice(app, client, db):
    for method, path in addresses(app, db):
        if method != "get":
            continue
        first = client.get(path)
        assert first.status_code == 200, path
        assert first.headers["X-Build"] == db.build.build_id, path
        assert first.headers["Cache-Control"] == "no-cache"
        for asked in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
            again = client.get(path, headers=asked)
            assert (again.status_code, again.data) == (304, b""), path
            assert again.headers["X-Build"] == db.build.build_id
        assert client.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


def test_a_new_build_has_another_tag(warehouse, tmp_path):
    path = tmp_path / "warehouse.duckdb"
    rebuilt(warehouse, path)
    first = create_app(path).server.test_client().get("/api/facts?limit=1")
    rebuilt(warehouse, tmp_path / "new.duckdb", build_id="b2")
    second = (
        create_app(tmp_path / "new.duckdb")
        .server.test_client()
        .get("/api/facts?limit=1", headers={"If-None-Match": first.headers["ETag"]})
    )
    assert (second.status_code, second.headers["X-Build"]) == (200, "b2")


def test_the_values_of_a_column_come_with_their_names(client):
    phases = client.get("/api/values?table=mart.fact&column=phase").json
    assert {item["value"]: item["name"] for item in phases["values"]}["before"] == "改革前"
    assert phases["truncated"] is False
    places = client.get("/api/values?table=mart.fact&column=area_name&q=河曲").json["values"]
    assert [item["value"] for item in places] == ["河曲县"]
    assert client.get("/api/values?table=zh.编制与实有&column=地区&q=鲁山").json["values"]
    assert client.get("/api/values?table=mart.fact&column=fact_id").json["truncated"] is True


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("table=mart.fat&column=phase", "mart.fact"), ("table=mart.fact&column=phse", "phase"), ("table=mart.fact", "column：缺少"),
        ("table=mart.fact&column=phase\" from x--", "没有列"), ("table=mart.fact; drop&column=phase", "没有表"),
        ("table=duckdb_settings&column=value", "没有表"),
    ],
)  # fmt: skip
def test_only_columns_of_the_warehouse_have_values(client, query, right):
    assert right in error_of(client.get(f"/api/values?{query}"), 400)["message"]


def test_headers_that_matter_are_described(client):
    paths = client.get("/openapi.json").json["paths"]
    for path in (path for path in paths if path.startswith("/api/sql")):
        for one in paths[path].values():
            assert [told["name"] for told in one["parameters"]] == ["X-Viewer"]
        assert "Retry-After" in paths[path]["post"]["responses"]["429"]["headers"]
