"""农技推广: posts and staff of Lushan by tier, of its peers, and the national frames, each under its own scope."""

from __future__ import annotations

import polars as pl

from dashboard.gate.fact_notes import clauses, timed
from dashboard.warehouse.tables import TOTAL, Tables, facts

SECTOR = "农技推广"
TIERS = {TOTAL: 0, "县级": 1, "乡级": 2}


def by_tier(db: Tables, ref_area: str = "410423") -> pl.DataFrame:
    """One county's extension system: total, county tier, township tier, with authorised, actual, difference, fill_rate (%)."""
    rows = _staffing(db).filter((pl.col("ref_area") == ref_area) & pl.col("tier").is_in(list(TIERS)))
    order = pl.col("tier").replace_strict(TIERS, default=9, return_dtype=pl.Int32).alias("tier_order")
    return timed(db, rows.with_columns(order).sort("tier_order"))


def peers(db: Tables) -> pl.DataFrame:
    """County extension systems with both numbers, all tiers together: direction of the excess only, never a rank; then units of
    a county that published only their people (`authorised` null)."""
    rows = _staffing(db).filter((pl.col("tier") == TOTAL) & (pl.col("level") == "county") & pl.col("comparable"))
    units = _of_sector(db).filter((pl.col("tier") == TOTAL) & (pl.col("level") == "unit") & pl.col("county").is_not_null())
    silent = units.filter(pl.col("authorised").is_null() & pl.col("actual").is_not_null())
    return timed(db, pl.concat([rows.sort("year", "ref_area"), silent.sort("year", "ref_area")]))


def national_frames(db: Tables) -> pl.DataFrame:
    """National staff of the extension system: every frame has its own scope, and no two make a series.

    `established`: those of the staff who hold a post, where the source counts them apart; `unverified`: the reading is to be
    checked, `remark` says why.
    """
    whole = (
        (pl.col("ref_area") == "CN") & (pl.col("sector") == SECTOR) & (pl.col("tier") == TOTAL) & (pl.col("category") == TOTAL)
    )
    rows = facts(db, "staff_actual").filter(whole).collect()
    posts = facts(db, "staff_extension_established").filter(whole & (pl.col("education") == TOTAL)).select(
        "scope", "time_period", pl.col("obs_value").alias("established"), pl.col("precision").alias("established_precision"),
        pl.col("as_stated").alias("established_stated"), pl.col("fact_id").alias("established_fact_ids"),
    )  # fmt: skip
    return rows.join(posts.collect(), on=["scope", "time_period"], how="left").with_columns(
        pl.col("note").map_elements(clauses, return_dtype=pl.String).fill_null("").alias("remark"),
        pl.col("note").str.contains("待核").fill_null(False).alias("unverified"),
        pl.concat_str("fact_id", "established_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
    ).sort("year", "scope")  # fmt: skip


def stations(db: Tables) -> pl.DataFrame:
    """Henan's regional stations by stage (planned, built, under construction): stages and scopes, not one series.

    `split` and `split_fact_ids`: the kinds of station that make up a count, in words, where the source names them.
    """
    rows = facts(db, "extension_regional_stations", "extension_institutions").filter(
        (pl.col("ref_area") == "410000") & (pl.col("sector") == SECTOR)
    )
    listed, keys = rows.collect(), ["indicator", "scope", "time_period"]
    kinds = listed.filter(pl.col("category").str.starts_with("类型=")).sort("obs_value", "category", descending=[True, False])
    said = pl.format("{}{}个", pl.col("category").str.strip_prefix("类型="), pl.col("obs_value").cast(pl.Int64))
    split = kinds.group_by(keys, maintain_order=True).agg(
        said.str.join("、").alias("split"), pl.col("fact_id").str.join(",").alias("split_fact_ids")
    )
    staged = listed.filter(pl.col("category").is_in(["规划", "已建成", "在建", TOTAL])).join(split, on=keys, how="left")
    ids = pl.concat_str("fact_id", "split_fact_ids", separator=",", ignore_nulls=True)
    return staged.with_columns(ids.alias("fact_ids")).sort("year", "category")


def lushan_institutions(db: Tables) -> pl.DataFrame:
    """Extension institutions of Lushan by tier, and the nine stations that are planned, not there."""
    rows = facts(db, "extension_institutions", "extension_regional_stations").filter(pl.col("ref_area") == "410423")
    return rows.collect().sort("indicator", "tier")


def _staffing(db: Tables) -> pl.DataFrame:
    """Rows of the sector with both numbers."""
    return _of_sector(db).filter(pl.col("authorised").is_not_null() & pl.col("actual").is_not_null())


def _of_sector(db: Tables) -> pl.DataFrame:
    """Rows of the sector, and the ids of both sides under one name."""
    rows = db.table("mart.staffing").filter((pl.col("sector") == SECTOR) & (pl.col("post_type") == TOTAL)).collect()
    return rows.with_columns(
        pl.concat_str("authorised_fact_ids", "actual_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
        pl.col("fill_rate").alias("obs_value"),
    )
