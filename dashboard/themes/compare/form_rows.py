"""对比 of things that come in parts: 编制 against 实有, a whole and its categories, a catalogue and what was taken over.

Every frame has the columns of `compare.claims` that the scope gate reads, and those of its form.
"""

import polars as pl

from dashboard.themes.compare.rows import Wanted, latest, read_from, with_silent
from dashboard.warehouse.tables import CATEGORIES, TOTAL, Key, Tables, place_in

POSTS = ("行政", "工勤", "事业")
ORDER = (*CATEGORIES, *POSTS)
MERGED = "merged"  # mart.delegation_merged: all towns of the catalogue together
NO_ACTUAL = "实有未公布"
NO_POSTS = "编制未公布"
OTHER_SCOPE = "，与编制口径不同，不相除"


def with_staffing(db: Tables, *, both: bool = True, **keys: Key) -> pl.LazyFrame:
    """Rows of mart.staffing of whole places and systems with 编制 and 实有, or (not `both`) with one of them."""
    posts, people = pl.col("authorised").is_not_null(), pl.col("actual").is_not_null()
    rows = db.table("mart.staffing", tier=TOTAL, post_type=TOTAL, org_unit=TOTAL, illustrative=False, **keys)
    return rows.filter(posts & people if both else posts | people)


def staffing(db: Tables, wanted: Wanted = None, first: Wanted = None) -> pl.DataFrame:
    """编制 and 实有 of whole places and systems: columns of mart.staffing; obs_value is 实有, else 编制.

    `scope` says in words which headcount stands against which posts, and whether it may be divided by them.
    """
    rows = with_staffing(db, both=wanted is None, **read_from(wanted, first)).collect()
    posts, people = pl.col("authorised").is_not_null(), pl.col("actual").is_not_null()
    # Of the scope, not of a row: a source that contradicts itself says so at its own bar.
    no_pair = posts & people & ~pl.col("fills_posts")
    silent = pl.when(~people).then(pl.lit(f"{NO_ACTUAL}·")).when(~posts).then(pl.lit(f"{NO_POSTS}·")).otherwise(pl.lit(""))
    rows = rows.with_columns(
        pl.concat_str(silent, pl.coalesce("scope", "authorised_scope"), pl.when(no_pair).then(pl.lit(OTHER_SCOPE)).otherwise(pl.lit(""))).alias("scope"),
        pl.coalesce("actual", "authorised").alias("obs_value"), pl.lit("编制与实有").alias("indicator_zh"),
        pl.concat_str("authorised_fact_ids", "actual_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
    )  # fmt: skip
    # The scope now says more than the mart's staff_scope: the gate reads the one that says more.
    return with_silent(db, latest(rows.drop("staff_scope")), wanted)


def with_structure(db: Tables, *, dimension: str, **keys: Key) -> pl.LazyFrame:
    """Rows of mart.staff_structure that are parts of one whole by `dimension`."""
    return db.table("mart.staff_structure", dimension=dimension, is_partition=True, illustrative=False, **keys)


def structure(db: Tables, wanted: Wanted = None, first: Wanted = None, *, dimension: str) -> pl.DataFrame:
    """Parts of a headcount by `dimension` (age_band, education): category, obs_value (persons), share (%), base. Whole ones only."""
    rows = with_structure(db, dimension=dimension, **read_from(wanted, first)).collect()
    rows = rows.with_columns(pl.col("persons").alias("obs_value"), pl.lit("人").alias("unit_measure"))
    return _categories_in_order(with_silent(db, rows, wanted))


def with_post_structure(db: Tables, **keys: Key) -> pl.LazyFrame:
    """Rows of mart.staffing that are 行政, 工勤 or 事业 posts, parts of the total in row `base` of the same source."""
    staffing = db.table("mart.staffing", sector=TOTAL, tier=TOTAL, org_unit=TOTAL, illustrative=False, **keys)
    rows = staffing.filter(pl.col("authorised").is_not_null())
    totals = rows.filter(pl.col("post_type") == TOTAL)
    # One and the same total of posts may stand against several headcounts.
    totals = totals.sort("axis_key").unique(["ref_area", "time_period", "authorised_scope"], keep="first", maintain_order=True)
    of_total = totals.select("whole_key", pl.col("axis_key").alias("total_axis"), pl.col("authorised").alias("base"))
    return rows.filter((pl.col("post_type") != TOTAL) & pl.col("is_partition")).join(
        of_total, on="whole_key", maintain_order="left"
    )


def post_structure(db: Tables, wanted: Wanted = None, first: Wanted = None) -> pl.DataFrame:
    """行政, 工勤 and 事业 posts as parts of all authorised posts; only where they add up to the total of the same source.

    Bars of several places share an axis where their totals may.
    """
    parts = with_post_structure(db, **read_from(wanted, first)).collect().with_columns(
        pl.col("post_type").alias("category"), pl.col("authorised").alias("obs_value"), pl.lit("名").alias("unit_measure"),
        (pl.col("authorised") / pl.when(pl.col("base") > 0).then("base") * 100).alias("share"),
        pl.col("authorised_fact_ids").alias("fact_ids"), pl.lit(TOTAL).alias("post_type"),
        pl.col("total_axis").alias("axis_key"), pl.col("authorised_scope").alias("scope"),
    )  # fmt: skip
    return _categories_in_order(with_silent(db, latest(parts.drop("staff_scope", "total_axis")), wanted))


def with_take_up(db: Tables, **keys: Key) -> pl.LazyFrame:
    """Rows of mart.delegation with a rate."""
    return db.table("mart.delegation", illustrative=False, **keys).filter(pl.col("take_up").is_not_null())


def take_up(db: Tables, wanted: Wanted = None, first: Wanted = None) -> pl.DataFrame:
    """Items accepted of one catalogue: accepted, catalogue_items (null = its total was not published), obs_value = take-up in %.

    Towns; all towns of a place together only where that place is chosen and none of them: no town is counted twice.
    """
    if wanted is not None:
        towns = db.table("mart.delegation", illustrative=False, ref_area=wanted).collect()
        merged = db.table("mart.delegation_merged", grouping=MERGED, ref_area=wanted)
        rows = pl.concat([towns, merged.collect().join(towns, on="axis_key", how="anti")], how="diagonal_relaxed")
    else:
        rows = with_take_up(db, **read_from(wanted, first)).collect()
    rows = rows.with_columns(
        pl.col("take_up").alias("obs_value"), pl.lit("%").alias("unit_measure"), pl.col("catalogue").alias("scope"),
        pl.lit("赋权事项承接率").alias("indicator_zh"),
    ).drop("catalogue")  # fmt: skip
    return with_silent(db, rows, wanted)


def _categories_in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Parts of one whole together and in their own order."""
    if rows.is_empty():
        return rows
    seen = rows.with_row_index("at").with_columns(pl.col("at").min().over("ref_area", "whole_key").alias("first"))
    return seen.sort("first", place_in("category", ORDER)).drop("at", "first")
