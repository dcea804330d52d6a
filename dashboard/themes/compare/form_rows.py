"""对比 of things that come in parts: 编制 against 实有, a whole and its categories, a catalogue and what was taken over.

Every frame has the columns of `compare.claims` that the scope gate reads, and those of its form.
"""

from __future__ import annotations

import polars as pl

from dashboard.gate.closing import concluded
from dashboard.themes.compare.rows import latest, with_silent
from dashboard.warehouse.places import LEVELS, members
from dashboard.warehouse.tables import TOTAL, Tables, year_of

POSTS = ("行政", "工勤", "事业")
# The order that readers expect: from young to old, from the highest degree down.
ORDER = ("30岁以下", "30-45岁", "45岁以上", "本科及以上", "大专", "大专以下", *POSTS)
NO_ACTUAL = "实有未公布"
NO_POSTS = "编制未公布"
OTHER_SCOPE, UNCLOSED = "，与编制口径不同，不相除", "，来源不闭合，不下结论"


def staffing(db: Tables, places: tuple[str, ...], cohorts: tuple[str, ...]) -> pl.DataFrame:
    """编制 and 实有 of whole places and systems: authorised, actual, comparable, reason_zh; obs_value is 实有, else 编制.

    `scope` tells which headcount stands against the posts; what may not be divided by them has a scope of its own.
    """
    wanted = members(db, places, cohorts)
    whole = (pl.col(column) == TOTAL for column in ("tier", "post_type", "org_unit"))
    rows = db.table("mart.staffing").filter(*whole, ~pl.col("illustrative")).collect()
    rows = rows.filter(pl.col("authorised").is_not_null() | pl.col("actual").is_not_null())
    if places or cohorts:
        rows = rows.filter(pl.col("ref_area").is_in(wanted))
    else:
        rows = rows.filter(pl.col("authorised").is_not_null() & pl.col("actual").is_not_null())
    rows = concluded(db, rows)
    kept_apart = pl.concat_str(
        "scope", pl.when(pl.col("unbalanced").is_null()).then(pl.lit(OTHER_SCOPE)).otherwise(pl.lit(UNCLOSED))
    )
    headcount = (
        pl.when(pl.col("actual").is_null()).then(pl.lit(NO_ACTUAL))
        .when(pl.col("authorised").is_null()).then(pl.concat_str(pl.lit(f"{NO_POSTS}·"), "scope"))
        .when(pl.col("comparable")).then("scope").otherwise(kept_apart)
    )  # fmt: skip
    several = pl.col("level").n_unique() > 1
    system = pl.when(pl.col("sector") != TOTAL).then("sector")
    level = pl.when(several).then(pl.col("level").replace(LEVELS))
    rows = rows.with_columns(
        pl.concat_str(level, system, headcount, separator="·", ignore_nulls=True).alias("scope"),
        pl.coalesce("actual", "authorised").alias("obs_value"), pl.lit("编制与实有").alias("indicator_zh"),
        pl.concat_str("authorised_fact_ids", "actual_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
    )  # fmt: skip
    # The scope now says more than the mart's staff_scope: the gate reads the one that says more.
    return with_silent(db, latest(rows.drop("staff_scope")), wanted)


def structure(db: Tables, dimension: str, places: tuple[str, ...], cohorts: tuple[str, ...]) -> pl.DataFrame:
    """Parts of a headcount by `dimension` (age_band, education): category, obs_value (persons), share (%), base. Whole ones only."""
    wanted = members(db, places, cohorts)
    rows = db.table("mart.staff_structure").filter((pl.col("dimension") == dimension) & ~pl.col("illustrative")).collect()
    whole = (pl.col("persons").sum() == pl.col("base").max()).over("ref_area", "post_type", "time_period")
    rows = rows.filter(whole.fill_null(False))
    if places or cohorts:
        rows = rows.filter(pl.col("ref_area").is_in(wanted))
    rows = rows.with_columns(
        pl.col("persons").alias("obs_value"), pl.lit("人").alias("unit_measure"), year_of("time_period").alias("year"),
        pl.when(pl.col("post_type") == TOTAL).then(pl.lit("全部人员")).otherwise("post_type").alias("scope"),
    )  # fmt: skip
    return _categories_in_order(with_silent(db, rows, wanted))


def post_structure(db: Tables, places: tuple[str, ...], cohorts: tuple[str, ...]) -> pl.DataFrame:
    """行政, 工勤 and 事业 posts as parts of all authorised posts; only where they add up to the total of the same source."""
    wanted = members(db, places, cohorts)
    whole = (pl.col(column) == TOTAL for column in ("sector", "tier", "org_unit"))
    rows = db.table("mart.staffing").filter(*whole, ~pl.col("illustrative")).collect()
    rows = rows.filter(pl.col("authorised").is_not_null()).unique(
        ["ref_area", "post_type", "time_period"], keep="first", maintain_order=True
    )
    totals = rows.filter(pl.col("post_type") == TOTAL).select("ref_area", "time_period", pl.col("authorised").alias("base"))
    parts = rows.filter(pl.col("post_type").is_in(list(POSTS))).join(totals, on=["ref_area", "time_period"])
    parts = parts.filter((pl.col("authorised").sum() == pl.col("base").max()).over("ref_area", "time_period"))
    if places or cohorts:
        parts = parts.filter(pl.col("ref_area").is_in(wanted))
    parts = parts.with_columns(
        pl.col("post_type").alias("category"), pl.col("authorised").alias("obs_value"), pl.lit("名").alias("unit_measure"),
        (pl.col("authorised") / pl.when(pl.col("base") > 0).then("base") * 100).alias("share"),
        pl.col("authorised_fact_ids").alias("fact_ids"), pl.lit(TOTAL).alias("post_type"),
        pl.concat_str(pl.col("level").replace(LEVELS), pl.lit("·编制")).alias("scope"),
    )  # fmt: skip
    return _categories_in_order(with_silent(db, latest(parts.drop("staff_scope")), wanted))


def take_up(db: Tables, places: tuple[str, ...], cohorts: tuple[str, ...]) -> pl.DataFrame:
    """Items accepted of one catalogue: accepted, catalogue_items (null = its total was not published), obs_value = take-up in %."""
    wanted = members(db, places, cohorts)
    rows = db.table("mart.delegation").filter(~pl.col("illustrative") & (pl.col("grouping") != "merged_without_full")).collect()
    shared = (pl.col("grouping") == "town") & pl.col("take_up").is_not_null()
    rows = rows.filter(pl.col("ref_area").is_in(wanted) if places or cohorts else shared)
    rows = rows.with_columns(
        pl.col("take_up").alias("obs_value"), pl.lit("%").alias("unit_measure"), year_of("time_period").alias("year"),
        pl.col("catalogue").alias("scope"), pl.lit("赋权事项承接率").alias("indicator_zh"),
    ).drop("catalogue")  # fmt: skip
    return with_silent(db, rows, wanted)


def _categories_in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Parts of one whole together and in their own order."""
    if rows.is_empty():
        return rows
    place = {name: index for index, name in enumerate(ORDER)}
    order = pl.col("category").replace_strict(place, default=len(place), return_dtype=pl.Int32)
    whole = pl.struct("ref_area", "post_type").rank("dense")
    seen = rows.with_row_index("at").with_columns(pl.col("at").min().over("ref_area", "post_type").alias("first"))
    return seen.with_columns(whole.alias("whole")).sort("first", "whole", order).drop("at", "first", "whole")
