"""农技推广: posts and staff of Lushan by tier, of its peers, and the national frames, each under its own scope."""

import polars as pl

from dashboard.gate.comparability import with_axis
from dashboard.warehouse.tables import KIND, TOTAL, Key, Tables, facts, place_in

SECTOR = "农技推广"
TIERS = (TOTAL, "县级", "乡级")
STAGES = ("规划", "已建成", "在建", TOTAL)


def by_tier(db: Tables, ref_area: str = "410423") -> pl.DataFrame:
    """One county's extension system: total, county tier, township tier, with authorised, actual, difference, fill_rate (%)."""
    own = _staffing(db, ref_area=ref_area, tier=TIERS)
    rows = own.filter(pl.col("authorised").is_not_null() & pl.col("actual").is_not_null()).collect()
    return rows.with_columns(place_in("tier", TIERS).alias("tier_order")).sort("tier_order")


def peers(db: Tables) -> pl.DataFrame:
    """County extension systems with both numbers, all tiers together: direction of the excess only, never a rank; then units of
    a county that published only their people (`authorised` null). `axis`: the words over the axis that a row stands on."""
    system = (pl.col("area_level") == "county") & pl.col("comparable")
    people_only = pl.col("authorised").is_null() & pl.col("actual").is_not_null()
    unit = (pl.col("area_level") == "unit") & pl.col("county").is_not_null() & people_only
    rows = _staffing(db, tier=TOTAL).filter(system | unit).collect()
    return with_axis(rows.sort(pl.col("authorised").is_null(), "year", "ref_area"))


def national_frames(db: Tables) -> pl.DataFrame:
    """National staff of the extension system: every frame has its own scope, and no two make a series.

    `established`: those of the staff who hold a post, where the source counts them apart; `to_check`: the reading is to be
    checked, and why.
    """
    whole = {"ref_area": "CN", "sector": SECTOR, "tier": TOTAL, "category": TOTAL}
    rows = facts(db, "staff_actual", **whole).collect()
    posts = facts(db, "staff_extension_established", **whole, education=TOTAL).select(
        "scope", "time_period", pl.col("obs_value").alias("established"), pl.col("precision").alias("established_precision"),
        pl.col("as_stated").alias("established_stated"), pl.col("fact_id").alias("established_fact_ids"),
    )  # fmt: skip
    return rows.join(posts.collect(), on=["scope", "time_period"], how="left").with_columns(
        pl.concat_str("to_check", "note", separator="；", ignore_nulls=True).alias("remark"),
        pl.concat_str("fact_id", "established_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
    ).sort("year", "scope")  # fmt: skip


def stations(db: Tables) -> pl.DataFrame:
    """Henan's regional stations by stage (planned, built, under construction): stages and scopes, not one series.

    `split` and `split_fact_ids`: the kinds of station that make up a count, in words, where the source names them.
    """
    rows = facts(db, "extension_regional_stations", "extension_institutions", ref_area="410000", sector=SECTOR)
    listed, keys = rows.collect(), ["indicator", "scope", "time_period"]
    kinds = listed.filter(pl.col("category").str.starts_with(KIND)).sort("obs_value", "category", descending=[True, False])
    told = pl.format("{}{}个", pl.col("category").str.strip_prefix(KIND), pl.col("obs_value").cast(pl.Int64))
    split = kinds.group_by(keys, maintain_order=True).agg(
        told.str.join("、").alias("split"), pl.col("fact_id").str.join(",").alias("split_fact_ids")
    )
    staged = listed.filter(pl.col("category").is_in(STAGES)).join(split, on=keys, how="left")
    ids = pl.concat_str("fact_id", "split_fact_ids", separator=",", ignore_nulls=True)
    return staged.with_columns(ids.alias("fact_ids")).sort("year", "category")


def _staffing(db: Tables, **keys: Key) -> pl.LazyFrame:
    """Rows of the sector, and the ids of both sides under one name."""
    rows = db.table("mart.staffing", sector=SECTOR, post_type=TOTAL, **keys)
    return rows.with_columns(
        pl.concat_str("authorised_fact_ids", "actual_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
        pl.col("fill_rate").alias("obs_value"),
    )
