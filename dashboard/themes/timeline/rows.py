"""Dated events of the reforms, oldest first."""

from __future__ import annotations

import polars as pl

from dashboard.warehouse.tables import Tables, facts

PILOT, SHANXI, NATION = "试点", "140000", "CN"


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


def pilots(db: Tables) -> pl.DataFrame:
    """Events of the pilots and of the province that began, and how many counties completed the reform in the nation: that one is
    a fact and no event of one place, so its row has `fact_ids` and `completed` (the number)."""
    done = facts(db, "small_counties_completed").collect()
    nation = done.select(
        "ref_area", "area_name", pl.col("time_period").alias("date"), pl.lit("year").alias("date_precision"),
        pl.lit("完成").alias("kind_zh"), (pl.col("as_stated") + "人口小县完成机构改革").alias("title"), "source_id", "source_title",
        "note", "fact_ids", "source_ids", pl.col("obs_value").alias("completed"),
    )  # fmt: skip
    rows = pl.concat([events(db, cohort=PILOT, places=(SHANXI,)), nation], how="diagonal_relaxed")
    return rows.sort("date", "ref_area", "title")
