"""SDMX-CSV 2.0: pysdmx reads back every fact, every component, every digit."""

from __future__ import annotations

import math

import pytest

from dashboard.api.sdmx import ATTRIBUTES, COMPONENTS, KEY, STRUCTURE_ID
from dashboard.settings import ROOT
from dashboard.warehouse import Warehouse
from dashboard.web.app import create_app

pytestmark = pytest.mark.slow  # pysdmx reads every fact back

general = pytest.importorskip("pysdmx.io")
SHIPPED = ROOT / "warehouse.duckdb"


@pytest.fixture(scope="module", params=["fixture", "shipped"])
def path(request, warehouse):
    if request.param == "shipped" and not SHIPPED.is_file():
        pytest.skip("the shipped facts are not built: make warehouse")
    return SHIPPED if request.param == "shipped" else warehouse


@pytest.fixture(scope="module")
def facts(path):
    """Facts by id, as the warehouse has them."""
    db = Warehouse(path)
    # What a fact does not doubt its scope may: the document says what mart.fact says.
    doubts = dict(db.table("mart.fact").select("fact_id", "doubt").collect().iter_rows())
    rows = db.table("core.fact").collect().iter_rows(named=True)
    return {row["fact_id"]: row | {"doubt": doubts[row["fact_id"]]} for row in rows}


@pytest.fixture(scope="module")
def read_back(path):
    answer = create_app(path).server.test_client().get("/api/sdmx")
    assert answer.content_type == "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"
    message = general.read_sdmx(answer.text)
    [dataset] = message.data
    return dataset


def test_pysdmx_knows_the_structure(read_back):
    assert read_back.short_urn == f"Dataflow={STRUCTURE_ID}"


def test_components_are_every_column_of_the_facts(facts):
    assert set(COMPONENTS) == set(next(iter(facts.values())))
    assert set(KEY).isdisjoint(ATTRIBUTES)


def test_every_fact_comes_back_whole(read_back, facts):
    rows = {row["FACT_ID"]: row for row in read_back.data.to_dict("records")}
    assert rows.keys() == facts.keys()
    for fact_id, fact in facts.items():
        for name in COMPONENTS:
            assert same(rows[fact_id].get(name.upper(), ""), fact[name]), (
                fact_id,
                name,
                rows[fact_id].get(name.upper()),
                fact[name],
            )


def same(read, stated) -> bool:
    """What pysdmx read (always text) and what the warehouse holds."""
    if stated is None:
        return str(read) in {"", "NaN", "nan"}
    if isinstance(stated, bool):
        return str(read).lower() == str(stated).lower()
    if isinstance(stated, int | float):
        return math.isclose(float(read), stated, rel_tol=0, abs_tol=0)
    return read == (stated.isoformat() if hasattr(stated, "isoformat") else stated)


def test_the_key_names_one_fact(facts):
    keys = {tuple(fact[name] for name in (*KEY, "time_period")) for fact in facts.values()}
    assert len(keys) == len(facts)


def test_filters_work_as_for_facts(path):
    client = create_app(path).server.test_client()
    some = client.get("/api/sdmx?phase=before").text.count("\r\n") - 1
    assert some == client.get("/api/facts?phase=before").json["total"]
    assert client.get("/api/sdmx?nothing=1").status_code == 400
