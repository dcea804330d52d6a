"""SQL over HTTP: rows with their sources, faults with their place and status, pictures."""

from __future__ import annotations

import pytest

from dashboard.sandbox.faults import Fault
from dashboard.sandbox.runner import QueryError, Sandbox
from tests.dashboard.api.answers import error_of


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


def test_a_full_width_comma_that_became_a_name_is_told(client):
    answer = client.post("/api/sql", json={"sql": "select 1，2"}).json
    assert len(answer["columns"]) == 1
    assert "全角" in answer["notes"][0]
    assert client.post("/api/sql", json={"sql": "select 1 as \"编制（名）\", '，' as b"}).json["notes"] == []


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


def test_a_picture_draws_the_rows_and_keeps_scopes_apart(client):
    sql = (
        "select area_name, obs_value, scope, unit_measure, fact_id from mart.fact "
        "where indicator = 'staff_actual' and tier = '_T' and post_type = '_T' and org_unit = '_T' and age_band = '_T' order by fact_id"
    )
    answer = client.post("/api/sql/picture", json={"sql": sql}).json
    assert answer["figure"]["data"]
    scopes = {row[2] for row in client.post("/api/sql", json={"sql": sql}).json["rows"]}
    axes = [name for name in answer["figure"]["layout"] if name.startswith("xaxis")]
    assert len(axes) >= len(scopes) > 1
    assert "分栏" in answer["notes"][0]
    assert answer["repaired"] is None


def test_a_picture_of_values_that_nothing_ties_to_an_axis_is_refused_and_repaired(client):
    refused = client.post("/api/sql/picture", json={"sql": "select area_name, obs_value from mart.fact"}).json
    assert refused["figure"] is None
    assert "axis_key" in refused["notes"][0]
    assert "axis_key" in refused["repaired"]


def test_what_cannot_be_drawn_is_explained(client):
    assert "没有数字列" in client.post("/api/sql/picture", json={"sql": "select 'a' as a"}).json["notes"][0]
    assert client.post("/api/sql/picture", json={"sql": "select 1 as a where false"}).json["figure"] is None
    chosen = client.post("/api/sql/picture", json={"sql": "select 'a' as n, 1 as x, 2 as y", "label": 0, "value": 2}).json
    assert chosen["value"] == 2
