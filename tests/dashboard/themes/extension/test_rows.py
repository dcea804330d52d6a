"""Rows of 农技推广, worked out by hand on frames small enough to see."""

import polars as pl

from dashboard.themes.extension import rows as extension
from dashboard.themes.extension.page import PAGE
from tests.dashboard.themes.frames import Frames, staffing


def test_tiers_come_in_their_order_and_carry_the_facts_of_both_sides():
    rows = [
        staffing("410423", float(n), float(n + 9), sector="农技推广", tier=tier)
        for tier, n in (("乡级", 88), ("_T", 143), ("县级", 55))
    ]
    found = extension.by_tier(Frames(mart__staffing=rows))
    assert found["tier"].to_list() == ["_T", "县级", "乡级"]
    assert found["fact_ids"][0] == "410423A,410423B"


def test_a_unit_of_a_county_that_published_no_posts_stands_behind_the_peers_on_its_own_axis():
    system = {"sector": "农技推广", "area_level": "county"}
    unit = {"comparable": False, "scope": "单位在职", "sector": "农技推广", "area_level": "unit"}
    rows = [
        staffing("鲁山县", 143.0, 183.0, **system),
        staffing("中心", None, 81.0, **unit),
        staffing("镇站", None, 9.0, county=None, **unit),
        staffing("自相矛盾", 10.0, 12.0, **system | {"comparable": False}),
    ]
    found = extension.peers(Frames(mart__staffing=rows))
    assert found.select("ref_area", "authorised", "axis").rows() == [
        ("鲁山县", 143.0, "仅乡镇本级在职"),
        ("中心", None, "单位在职"),
    ]


def test_the_title_counts_the_counties_that_publish_both_numbers(shipped):
    """`peers` without the units that have no posts: 鲁山县 and 洛南县, as the title and the lead of the page say."""
    both = extension.peers(shipped).filter(pl.col("authorised").is_not_null())
    assert both["area_name"].to_list() == ["鲁山县", "洛南县"]
    assert "两个县" in PAGE.title
    assert all(name in PAGE.lead for name in both["area_name"])
