"""经济发达镇 and delegation: take-up of one catalogue, bodies, what was given and taken back, duty lists."""

from __future__ import annotations

import polars as pl

from dashboard.queries.tables import TOTAL, Tables, changes, facts, first_of, year_of

TOWNS = "经济发达镇"  # part of the cohort of Zhumadian's six towns
GROUPS = {"town": 0, "merged": 1, "merged_without_full": 2}


def take_up(db: Tables) -> pl.DataFrame:
    """Towns of one catalogue by items accepted, then all together, then without the towns at 100 %; take_up in per cent.

    Only catalogues whose size is known: without it there is no rate.
    """
    rows = db.table("mart.delegation").filter(pl.col("catalogue_items").is_not_null() & ~pl.col("catalogue").is_null()).collect()
    order = pl.col("grouping").replace_strict(GROUPS, default=9, return_dtype=pl.Int32)
    return rows.with_columns(
        order.alias("group_order"), pl.col("accepted").alias("obs_value"), year_of("time_period").alias("year")
    ).sort("catalogue", "group_order", "take_up", "ref_area", descending=[False, False, True, False], nulls_last=True)


def bodies(db: Tables) -> pl.DataFrame:
    """Party-government bodies and 事业单位 of the towns: party_gov, institutions, total (counts). One row a town."""
    rows = changes(db, "party_gov_bodies", "public_institutions").filter(pl.col("cohort").str.contains(TOWNS)).collect()
    rows = rows.filter(pl.col("after").is_not_null())
    party, units = (rows.filter(pl.col("indicator") == slug) for slug in ("party_gov_bodies", "public_institutions"))
    both = party.join(units.select("ref_area", "after", "fact_ids", "source_ids"), on="ref_area", suffix="_units")
    return both.select(
        "ref_area", "area_name", "cohort", "time_after", year_of("time_after").alias("year"),
        pl.col("after").alias("party_gov"), pl.col("after_units").alias("institutions"),
        (pl.col("after") + pl.col("after_units")).alias("total"),
        pl.concat_str("fact_ids", "fact_ids_units", separator=",").alias("fact_ids"), "source_ids",
    ).sort("party_gov", "ref_area", descending=[True, False])  # fmt: skip


def held(db: Tables) -> pl.DataFrame:
    """Delegated items held before and after: townships with the same list and numbers are one row.

    Columns: places (n), area_name (the place, or n places in words), names (all), before, after, change_pct, catalogue.
    """
    rows = changes(db, "delegated_items_held").filter(pl.col("before").is_not_null() & pl.col("after").is_not_null()).collect()
    if rows.is_empty():
        return rows.with_columns(places=pl.lit(0), names=pl.lit(""))
    rows = rows.sort("ref_area").group_by("catalogue", "before", "after", maintain_order=True).agg(
        pl.len().alias("places"), pl.col("area_name").str.join("、").alias("names"), pl.col("ref_area").first(),
        pl.col("area_name").first().alias("first"), pl.col("time_before").first(), pl.col("time_after").first(),
        pl.col("change_pct").first(), first_of("fact_ids").first(), first_of("source_ids").first(),
    )  # fmt: skip
    several = pl.format("{}个乡镇（街道）", "places")
    return rows.with_columns(
        pl.when(pl.col("places") > 1).then(several).otherwise("first").alias("area_name"),
        year_of("time_after").alias("year"), pl.col("after").alias("obs_value"),
    ).sort("catalogue", "before", descending=[False, True])  # fmt: skip


def duty_lists(db: Tables) -> pl.DataFrame:
    """Items of the 2025 duty lists, average a township: basic, supporting, taken_back (null = 未公布). One row a place.

    A total for a whole city (全市合计) is another scope and stays out.
    """
    parts = {"duty_items_basic": "basic", "duty_items_supporting": "supporting", "duty_items_taken_back": "taken_back"}
    rows = facts(db, *parts).filter((pl.col("category") == TOTAL) & pl.col("scope").str.contains("平均")).collect()
    if rows.is_empty():
        return rows
    rows = rows.with_columns(pl.col("indicator").replace_strict(parts).alias("part"))
    keep = ["ref_area", "area_name", "scope"]
    wide = rows.sort("part").pivot("part", index=keep, values="obs_value", aggregate_function="first")
    wide = wide.with_columns(*(pl.lit(None, pl.Float64).alias(part) for part in parts.values() if part not in wide.columns))
    ids = rows.sort("part").group_by(keep, maintain_order=True).agg(
        pl.col("fact_id").str.join(",").alias("fact_ids"), first_of("source_ids").first(), pl.col("time_period").first(),
        pl.col("precision").is_in(["approx"]).any().alias("approx"),
    )  # fmt: skip
    wide = wide.join(ids, on=keep).with_columns(pl.sum_horizontal("basic", "supporting", "taken_back").alias("total"))
    return wide.sort(pl.col("ref_area") != "CN", "ref_area")


def revoked(db: Tables) -> pl.DataFrame:
    """Items taken back, one row a place; never a rate, since most places did not publish how many had been given."""
    total = pl.col("category").is_in([TOTAL, "行政处罚及相关检查", "执法事项"])
    return (
        facts(db, "delegated_items_revoked")
        .filter(total & ~pl.col("anonymous"))
        .collect()
        .sort("obs_value", "ref_area", descending=[True, False])
    )


def catalogues(db: Tables) -> pl.DataFrame:
    """Catalogues by province and kind, for the table only: other granularity each, so they are never drawn on one axis."""
    rows = facts(db, "delegated_items_catalogue").filter(pl.col("category") == TOTAL).collect()
    return rows.sort("year", "ref_area", nulls_last=True)
