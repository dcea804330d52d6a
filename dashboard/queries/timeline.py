"""Dated events of the reforms, oldest first."""

from __future__ import annotations

import polars as pl

from dashboard.queries.tables import Tables


def events(db: Tables, *, cohort: str = "", places: tuple[str, ...] = ()) -> pl.DataFrame:
    """Events of cohorts whose name holds `cohort`, or of places (ref_area); both blank: all but illustrative ones.

    `fact_ids` is blank: an event is its own record with its own source.
    """
    rows = db.table("mart.timeline").collect()
    if "illustrative" in rows.columns:
        rows = rows.filter(~pl.col("illustrative").fill_null(False))
    if cohort:
        rows = rows.filter(pl.col("cohort").str.contains(cohort).fill_null(False) | pl.col("ref_area").is_in(list(places)))
    elif places:
        rows = rows.filter(pl.col("ref_area").is_in(list(places)))
    return rows.with_columns(pl.lit("").alias("fact_ids"), pl.col("source_id").alias("source_ids")).sort(
        "date", "ref_area", "title"
    )
