"""Facts over HTTP: pages without gaps, filters that keep what they say and are never ignored."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dashboard.web.app import create_app
from tests.dashboard.api.answers import error_of
from tests.rebuilt import rebuilt


def paged(client, address):
    """Ids of the facts of all pages, and the total that each page states."""
    seen: list[str] = []
    totals = set()
    while address:
        page = client.get(address).json
        seen += [fact["fact_id"] for fact in page["facts"]]
        totals.add(page["total"])
        address = page["next"]
    return seen, totals


def test_facts_come_page_by_page_without_gap_or_repeat(client, db):
    seen, totals = paged(client, "/api/facts?limit=7")
    assert seen == db.table("mart.fact").sort("fact_id").collect()["fact_id"].to_list()
    assert totals == {len(seen)}


STATED = st.sampled_from(
    [
        ("phase", "point"), ("phase", "before,after"), ("phase", ""), ("phase", ","), ("phase", "point,point"), ("indicator", "staff_actual"),
        ("indicator", "party_gov_bodies,staff_authorised"), ("grade", "A"), ("grade", "A,B,C,S"), ("ref_area", "140930"), ("ref_area", "410423,"),
        ("preferred", ""), ("area", ""), ("q", ""), ("year_from", ""), ("year_to", ""),
    ]
)  # fmt: skip
ONCE = st.fixed_dictionaries(
    {},
    optional={
        "preferred": st.sampled_from(["true", "false", "1", "TRUE", "no"]), "area": st.sampled_from(["县", "&", "县 ", "%", "+"]),
        "q": st.sampled_from(["编制", "=", "a&b=c", "#", "个"]), "year_from": st.sampled_from(["1999", " 2010", "+2013"]),
        "year_to": st.sampled_from(["2024", "2099"]), "province": st.just("山西省"), "offset": st.sampled_from(["0", "3"]),
    },
)  # fmt: skip


@given(stated=st.lists(STATED, max_size=5), once=ONCE, limit=st.sampled_from([1, 2, 5, 40]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_paging_through_any_selection_gives_all_its_rows_once(client, stated, once, limit):
    query = urlencode([*stated, *once.items()])
    whole = client.get(f"/api/facts?{query}&limit=1000").json
    assume(whole["total"] <= 100 or limit == 40)
    seen, totals = paged(client, f"/api/facts?{query}&limit={limit}")
    assert seen == [fact["fact_id"] for fact in whole["facts"]]
    assert totals == {whole["total"]}


def test_pages_of_two_builds_are_never_joined(warehouse, tmp_path):
    path = tmp_path / "warehouse.duckdb"
    rebuilt(warehouse, path)
    following = create_app(path).server.test_client().get("/api/facts?limit=1").json["next"]
    rebuilt(warehouse, tmp_path / "new.duckdb", build_id="b2")
    assert error_of(create_app(tmp_path / "new.duckdb").server.test_client().get(following), 409)["code"] == "stale"


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
        ("q=nothing like it", pl.lit(False)),
        (
            "phase=point&phase=before,after&grade=A&grade=A",
            pl.col("phase").is_in(["point", "before", "after"]) & (pl.col("grade") == "A"),
        ),
        ("phase=,point,&q=&q=", pl.col("phase") == "point"),
    ],
)
def test_filters_keep_what_they_say(client, db, query, condition):
    page = client.get(f"/api/facts?limit=1000&{query}").json
    expected = db.table("mart.fact").collect().filter(condition.fill_null(False)).sort("fact_id")
    assert [fact["fact_id"] for fact in page["facts"]] == expected["fact_id"].to_list()


@pytest.mark.parametrize("route", ["facts", "sdmx"])
@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("indicator=staff_actuall", "staff_actual"),
        ("indicator=在职在编人数在", "/api/indicators"),
        ("phase=foo", "before（改革前）"),
        ("phase=改革后", "after（改革后）"),
        ("phase=point,foo", "foo"),
        ("grade=Z", "A"),
        ("ref_area=410422", "鲁山县（410423）"),
        ("ref_area=河曲县", "河曲县（140930）"),
        ("province=山西", "山西省"),
        ("scope=党政机构数", "党政机构"),
        ("theme=nope", "staffing"),
        ("source_id=nope", "/api/sources"),
        ("fact_id=F0000000000", "F 加 10 位"),
        ("year_from=2020&year_to=2019", "晚于"),
        ("q=a&q=b", "只能写一次"),
    ],
)
def test_a_value_that_nothing_has_is_told_the_right_one(client, route, query, right):
    error = error_of(client.get(f"/api/{route}?{query}"), 400)
    assert error["code"] == "params"
    assert right in error["message"]
    assert re.search("[a-z]{4} [a-z]{2}", error["message"]) is None  # no English sentence


def test_a_place_that_is_known_and_has_no_facts_is_no_error(client, db):
    areas = db.table("core.ref_area").filter(~pl.col("covered")).collect()["ref_area"]
    assert client.get(f"/api/facts?ref_area={areas[0]}").json["total"] == 0


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "offset=-1", "year_from=x", "preferred=perhaps", "unknown=1", "indicater=a"]
)
def test_a_filter_that_is_not_understood_is_never_ignored(client, query):
    assert error_of(client.get(f"/api/facts?{query}"), 400)["code"] == "params"
