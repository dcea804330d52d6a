"""Registers and single facts over HTTP: the same rows in every form, with types, build and sources; nothing internal."""

from __future__ import annotations

import csv
import io

import duckdb
import pyarrow.parquet
import pytest

from dashboard.api.registers import REGISTERS
from dashboard.web.app import create_app
from tests.dashboard.api.answers import error_of
from tests.rebuilt import rebuilt

KEYS = {"sources": "source_id", "indicators": "indicator", "areas": "ref_area", "scopes": "scope"}


def in_all_forms(client, path):
    """The rows as JSON; CSV and Parquet as (columns, rows)."""
    listed = list(csv.reader(io.StringIO(client.get(f"{path}.csv").text)))
    table = pyarrow.parquet.read_table(io.BytesIO(client.get(f"{path}.parquet").data))
    return client.get(path).json, (listed[0], listed[1:]), table


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_is_whole_in_every_form(client, db, name):
    told, (head, lines), table = in_all_forms(client, f"/api/{name}")
    expected = REGISTERS[name](db)
    assert told["row_count"] == len(told["rows"]) == len(lines) == table.num_rows == expected.height > 0
    assert list(told["rows"][0]) == head == table.column_names == expected.columns
    keys = expected[KEYS[name]].to_list()
    assert [row[KEYS[name]] for row in told["rows"]] == keys == sorted(set(keys))
    assert table.column(KEYS[name]).to_pylist() == keys
    assert (told["truncated"], told["build_id"]) == (False, db.build.build_id)


def test_numbers_and_truth_values_keep_their_types(client):
    _told, _csv, table = in_all_forms(client, "/api/indicators")
    assert [str(table.schema.field(name).type) for name in ("decimals", "facts", "rankable")] == ["int32", "int64", "bool"]
    stated = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert (stated["truncated"], stated["rows"]) == ("false", stated["total_rows"])


def test_a_source_comes_with_its_citation_and_how_many_facts_it_has(client, db):
    counted = dict(db.table("mart.fact").group_by("source_id").len().collect().iter_rows())
    for row in client.get("/api/sources").json["rows"]:
        assert row["facts"] == counted.get(row["source_id"], 0)
        assert row["citation_zh"]


def test_a_fact_has_an_address_of_its_own(client, db):
    row = db.table("mart.fact").sort("fact_id").collect().row(0, named=True)
    told, (head, lines), table = in_all_forms(client, f"/api/facts/{row['fact_id']}")
    assert told["fact"]["as_stated"] == row["as_stated"]
    assert [source["source_id"] for source in told["sources"]] == [row["source_id"]]
    assert len(lines) == table.num_rows == 1
    assert lines[0][head.index("fact_id")] == row["fact_id"]
    assert table.to_pylist() == [row]


@pytest.mark.parametrize("form", ["", ".csv", ".parquet"])
def test_a_fact_that_is_not_there_is_said_so(client, form):
    assert "F0000000000" in error_of(client.get(f"/api/facts/F0000000000{form}"), 404)["message"]


def test_a_fact_that_this_build_took_out_is_named(warehouse, tmp_path):
    path = tmp_path / "warehouse.duckdb"
    rebuilt(warehouse, path)
    with duckdb.connect(str(path)) as db:
        db.execute(
            "insert into meta.change (fact_id, what, indicator_zh, old_stated) values ('F0123456789', '删除', '机构数', '约5个')"
        )
    client = create_app(path).server.test_client()
    told = error_of(client.get("/api/facts/F0123456789"), 404)["message"]
    assert "b1" in told
    assert "约5个" in told
    assert "约5个" not in error_of(client.get("/api/facts/F0000000000"), 404)["message"]


def test_what_is_internal_is_in_none_of_them(warehouse, tmp_path):
    """An internal fact, and a source that only internal facts cite, are as if they had never been."""
    path = tmp_path / "warehouse.duckdb"
    office = create_app(warehouse).server.test_client()
    hidden = office.get("/api/facts?limit=1000").json["facts"][0]
    rebuilt(warehouse, path, internal=f"source_id = '{hidden['source_id']}'")
    client = create_app(path).server.test_client()
    for form in ("", ".csv", ".parquet"):
        answer = client.get(f"/api/facts/{hidden['fact_id']}{form}")
        other = client.get(f"/api/facts/F0000000000{form}")
        assert answer.status_code == 404
        assert answer.text.replace(hidden["fact_id"], "") == other.text.replace("F0000000000", "")
    answer, other = (
        client.get(f"/api/facts?source_id={name}").json["error"]["message"] for name in (hidden["source_id"], "nope")
    )
    assert answer.replace(hidden["source_id"], "") == other.replace("nope", "")
    assert hidden["source_id"] not in client.get("/api/sources").text
