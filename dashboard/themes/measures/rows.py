"""Statements of what places did: one row a statement, with the place that it counts for and its date in words."""

import polars as pl

from dashboard.language import words
from dashboard.warehouse.tables import Tables

PILOT = "pilot"
DONE, PLANNED = "已做", "计划或征求意见"


def of_pilots(db: Tables) -> pl.DataFrame:
    """Statements about pilots of the small counties, by cohort and code of division, oldest first."""
    position = db.table("core.cohort", role=PILOT).select("cohort", "position")
    return _in_time(_counted(db).join(position, on="cohort").collect(), "position", "ref_area")


def by_kind(db: Tables) -> pl.DataFrame:
    """One row a kind of measure below the level of the nation, the most frequent first: places (how many did it, each counted once, none that only plans to),
    pilots and others (their names), measure_ids (the statements that say so), planned (names of those that only plan it) and
    planned_ids; all_places: how many did anything."""
    rows = _in_time(_counted(db).filter(pl.col("area_level") != "nation").collect(), "ref_area")
    is_pilot = pl.col("cohort_role").eq_missing(PILOT)
    done = ~pl.col("proposed")
    only_planned = pl.col("proposed").all().over("measure", "ref_area")
    listed = rows.with_columns(only_planned.alias("only_planned"))
    kinds = listed.group_by("measure", "measure_zh", "measure_order", maintain_order=True).agg(
        pl.col("ref_area").filter(done).n_unique().alias("places"),
        _names(done & is_pilot).alias("pilots"),
        _names(done & ~is_pilot).alias("others"),
        _names(pl.col("only_planned")).alias("planned"),
        pl.col("measure_ids").filter(done).str.join(","),
        pl.col("measure_ids").filter("only_planned").str.join(",").alias("planned_ids"),
        pl.col("source_ids").unique(maintain_order=True).str.join(","),
    )
    everywhere = rows.filter(done)["ref_area"].n_unique()
    found = kinds.with_columns(pl.lit("").alias("fact_ids"), pl.lit(everywhere).alias("all_places"))
    return found.sort("places", "measure_order", descending=[True, False])


def _names(kept: pl.Expr) -> pl.Expr:
    return pl.col("area_name").filter(kept).unique(maintain_order=True).str.join("、")


def of_place(db: Tables, ref_area: str) -> pl.DataFrame:
    """Statements about one place, those included that do not name it but are known to be about it; oldest first."""
    rows = _counted(db).filter((pl.col("ref_area") == ref_area) | (pl.col("stated_of") == ref_area))
    return _in_time(rows.collect())


def _counted(db: Tables) -> pl.LazyFrame:
    """Statements under the place they count for: `stated_of` is the place as the source has it, which may be unnamed."""
    rows = db.table("mart.measure", illustrative=False)
    known = db.table("core.ref_area").select(
        pl.col("ref_area").alias("counted_as"), pl.col("name_zh").alias("counted_name"), pl.col("cohort").alias("counted_cohort"),
        pl.col("level").alias("counted_level"),
    )  # fmt: skip
    roles = db.table("core.cohort").select(pl.col("cohort").alias("counted_cohort"), pl.col("role").alias("counted_role"))
    return (
        rows.join(known, on="counted_as", how="left").join(roles, on="counted_cohort", how="left").with_columns(
            pl.col("ref_area").alias("stated_of"), pl.col("counted_as").alias("ref_area"), pl.col("counted_name").alias("area_name"),
            pl.col("counted_cohort").alias("cohort"), pl.col("counted_role").alias("cohort_role"),
            pl.col("counted_level").alias("area_level"), pl.col("measure_id").alias("measure_ids"), pl.lit("").alias("fact_ids"),
            pl.col("source_id").alias("source_ids"), pl.coalesce("url", "locator").alias("url"),
            pl.when("proposed").then(pl.lit(PLANNED)).otherwise(pl.lit(DONE)).alias("standing"),
        )
    )  # fmt: skip


def _in_time(rows: pl.DataFrame, *order: str) -> pl.DataFrame:
    """By `order` and then oldest first, what has no date at the end; `when` is the date in words, both ends of a span."""
    when = [
        words.date(first) if last is None else f"{words.date(first)}至{words.date(last)}"
        for first, last in rows.select("date", "date_end").iter_rows()
    ]
    listed = rows.with_columns(pl.Series("when", when, pl.String))
    return listed.sort(*order, "period_start", "measure_order", "statement_zh", "source_id", nulls_last=True)
