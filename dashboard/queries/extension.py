"""农技推广: posts and staff of Lushan by tier, of its peers, and the national frames, each under its own scope."""

from __future__ import annotations

import polars as pl

from dashboard.queries.tables import TOTAL, Tables, facts

SECTOR = "农技推广"
TIERS = {TOTAL: 0, "县级": 1, "乡级": 2}


def by_tier(db: Tables, ref_area: str = "410423") -> pl.DataFrame:
    """One county's extension system: total, county tier, township tier, with authorised, actual, difference, fill_rate (%)."""
    rows = _staffing(db).filter((pl.col("ref_area") == ref_area) & pl.col("tier").is_in(list(TIERS)))
    return rows.with_columns(pl.col("tier").replace_strict(TIERS, default=9, return_dtype=pl.Int32).alias("tier_order")).sort(
        "tier_order"
    )


def peers(db: Tables) -> pl.DataFrame:
    """County extension systems with both numbers, all tiers together: direction of the excess only, never a rank."""
    rows = _staffing(db).filter((pl.col("tier") == TOTAL) & (pl.col("level") == "county") & pl.col("comparable"))
    return rows.sort("year", "ref_area")


def national_frames(db: Tables) -> pl.DataFrame:
    """National staff of the extension system: every frame has its own scope, and no two make a series."""
    rows = facts(db, "staff_actual").filter(
        (pl.col("ref_area") == "CN") & (pl.col("sector") == SECTOR) & (pl.col("tier") == TOTAL) & (pl.col("category") == TOTAL)
    )
    return rows.collect().sort("year", "scope")


def stations(db: Tables) -> pl.DataFrame:
    """Henan's regional stations by stage (planned, built, under construction): stages and scopes, not one series."""
    rows = facts(db, "extension_regional_stations", "extension_institutions").filter(
        (pl.col("ref_area") == "410000") & (pl.col("sector") == SECTOR)
    )
    staged = pl.col("category").is_in(["规划", "已建成", "在建", TOTAL])
    return rows.filter(staged).collect().sort("year", "category")


def lushan_institutions(db: Tables) -> pl.DataFrame:
    """Extension institutions of Lushan by tier, and the nine stations that are planned, not there."""
    rows = facts(db, "extension_institutions", "extension_regional_stations").filter(pl.col("ref_area") == "410423")
    return rows.collect().sort("indicator", "tier")


def _staffing(db: Tables) -> pl.DataFrame:
    """Rows of the sector with both numbers, and the ids of both under one name."""
    rows = db.table("mart.staffing").filter((pl.col("sector") == SECTOR) & (pl.col("post_type") == TOTAL)).collect()
    rows = rows.filter(pl.col("authorised").is_not_null() & pl.col("actual").is_not_null())
    return rows.with_columns(
        pl.concat_str("authorised_fact_ids", "actual_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
        pl.col("fill_rate").alias("obs_value"),
    )
