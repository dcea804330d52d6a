"""What the rivals draw: the rows and figures of our overview, from the same warehouse, by the plainest way of each tool.

Runs in `.bench/`, which knows nothing of the dashboard: SQL here says what our queries say. Six charts and a table, as on `/`.
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd
import plotly.express as px
from plotly.graph_objects import Figure

ROOT = Path(__file__).parent.parent.parent
WAREHOUSE = os.environ.get("WAREHOUSE") or str(ROOT / "warehouse.duckdb")
STAFFING = """select tier, authorised, actual from mart.staffing
where area_name like '鲁山%' and sector = '农技推广' order by tier"""
BODIES = """select area_name, before, after from mart.institution_change
where indicator = 'party_gov_bodies' and before is not null and after is not null order by after, area_name"""
TAKE_UP = "select area_name, take_up from mart.delegation where catalogue_items is not null order by take_up, area_name"
LADDER = "select size_band, counties from mart.county_size_band where counties is not null order by band_order"
POSTS = """select area_name, before, after from mart.institution_change
where indicator = 'institution_posts' and before is not null and after is not null order by area_name"""
RATIO = """select area_name, time_period, ratio_stated from mart.population_staff_ratio
where ratio_stated is not null order by time_period, area_name"""
TABLE = (
    "select area_name, indicator_zh, obs_value, unit_measure, time_period, source_title from mart.fact order by fact_id limit 200"
)


def rows(query: str) -> pd.DataFrame:
    """Rows of one query; the file is opened for each, as small apps do."""
    with duckdb.connect(WAREHOUSE, read_only=True) as db:
        return db.execute(query).df()


Draw = Callable[[pd.DataFrame], Figure]
CHARTS: dict[str, tuple[str, Draw]] = {
    "鲁山县农技推广：编制与实有": (STAFFING, partial(px.bar, x="tier", y=["authorised", "actual"], barmode="group")),
    "党政机构：改革前后": (BODIES, partial(px.bar, x="area_name", y=["before", "after"], barmode="group")),
    "承接率": (TAKE_UP, partial(px.bar, x="take_up", y="area_name", orientation="h")),
    "各规模组的县": (LADDER, partial(px.bar, x="size_band", y="counties")),
    "涉改事业编制：改革前后": (POSTS, partial(px.bar, x="area_name", y=["before", "after"], barmode="group")),
    "财政供养比": (RATIO, partial(px.line, x="time_period", y="ratio_stated", color="area_name", markers=True)),
}


def table() -> pd.DataFrame:
    """The table below the charts."""
    return rows(TABLE)
