"""Facts over HTTP: pages without gaps, filters that keep what they say and are never ignored."""

from __future__ import annotations

import polars as pl
import pytest

from tests.dashboard.api.answers import error_of


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
