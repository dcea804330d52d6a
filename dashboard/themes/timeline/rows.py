"""Dated events of the reforms, oldest first."""

import polars as pl

from dashboard.warehouse.tables import Tables, facts

PILOT, SHANXI, NATION = "pilot", "140000", "CN"


def events(db: Tables, *, role: str = "", places: tuple[str, ...] = ()) -> pl.DataFrame:
    """Events of cohorts of this role, or of places (ref_area); both blank: all but illustrative ones.

    `fact_ids` is blank: an event is its own record with its own source.
    """
    rows = db.table("mart.timeline", illustrative=False)
    if role or places:
        rows = rows.filter((pl.col("cohort_role") == role).fill_null(False) | pl.col("ref_area").is_in(list(places)))
    listed = rows.with_columns(pl.lit("").alias("fact_ids"), pl.col("source_id").alias("source_ids")).collect()
    return listed.sort("date", "ref_area", "title")


def pilots(db: Tables) -> pl.DataFrame:
    """Events of the pilots and of the province that began, and how many counties completed the reform in the nation: that one is
    a fact and no event of one place, so its row has `fact_ids` and `completed` (the number)."""
    kinds = db.table("core.code", code_list="event_kind")
    done = facts(db, "small_counties_completed", ref_area=NATION).with_columns(pl.lit("completed").alias("kind"))
    named = done.join(kinds.select(pl.col("code").alias("kind"), pl.col("name_zh").alias("kind_zh")), on="kind", how="left")
    nation = named.select(
        "ref_area", "area_name", pl.col("time_period").alias("date"), pl.lit("year").alias("date_precision"), "kind", "kind_zh",
        (pl.col("as_stated") + "人口小县完成机构改革").alias("title"), "source_id", "source_title", "note", "fact_ids",
        "source_ids", pl.col("obs_value").alias("completed"),
    ).collect()  # fmt: skip
    rows = pl.concat([events(db, role=PILOT, places=(SHANXI,)), nation], how="diagonal_relaxed")
    return rows.sort("date", "ref_area", "title")


def beside_pilots(db: Tables) -> pl.DataFrame:
    """Events that belong to no pilot of the small counties, nor to the province that began it."""
    pilot = (pl.col("cohort_role") == PILOT).fill_null(False) | (pl.col("ref_area") == SHANXI)
    return events(db).filter(~pilot)
