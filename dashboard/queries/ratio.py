"""How many people stand behind one person on the public payroll: one row a published or computable ratio, scope beside it."""

from __future__ import annotations

import polars as pl

from dashboard.queries.tables import Tables

TOWNSHIP = "乡镇"  # part of every staff scope that counts only a township's own payroll
_STATING = ("population_per_fiscal_staff", "fiscal_staff_share")


def county_ratios(db: Tables) -> pl.DataFrame:
    """Counties and the nation. Columns: value, low, high (N of N:1; null = open), stated (bool), precision, as_stated,
    check_low, check_high (recomputed from the parts, null without parts), agrees, panel, area, period, ids.

    Of the nation only the latest stated ratio of a scope; a ratio that we could compute is left out, since the only national
    population here is that of the counties.
    """
    rows = _ratios(db).filter(~pl.col("staff_scope").str.contains(TOWNSHIP))
    latest = pl.col("year").max().over("ref_area", "panel")
    return rows.filter((pl.col("ref_area") != "CN") | (pl.col("stated") & (pl.col("year") == latest)))


def township_ratios(db: Tables) -> pl.DataFrame:
    """Townships over their own payroll only: a scope that must never meet the counties' on one axis. Columns as above."""
    return _ratios(db).filter(pl.col("staff_scope").str.contains(TOWNSHIP))


def stated_and_recomputed(db: Tables) -> pl.DataFrame:
    """Ratios that the source states and whose parts it also gives. Columns as above; `agrees` is never null."""
    return _ratios(db).filter(pl.col("agrees").is_not_null())


def national_payroll(db: Tables) -> pl.DataFrame:
    """National ratios and shares as stated, oldest first, one scope a panel. Columns as `county_ratios`."""
    rows = _ratios(db).filter((pl.col("ref_area") == "CN") & pl.col("stated"))
    return rows.sort("staff_scope", "year")


def _ratios(db: Tables) -> pl.DataFrame:
    rows = db.table("mart.population_staff_ratio").filter(~pl.col("illustrative")).collect()
    rows = rows.join(_wording(db, rows), on="row", how="left") if (rows := rows.with_row_index("row")).height else _blank(rows)
    stated = pl.col("ratio_stated").is_not_null()
    nominal = pl.col("population") / pl.when(pl.col("staff") > 0).then(pl.col("staff"))
    return (
        rows.with_columns(
            pl.coalesce("ratio_stated", nominal).alias("value"),
            stated.alias("stated"),
            pl.when(stated).then("ratio_stated_low").otherwise("ratio_low").alias("low"),
            pl.when(stated).then("ratio_stated_high").otherwise("ratio_high").alias("high"),
            pl.when(stated & pl.col("agrees").is_not_null()).then("ratio_low").alias("check_low"),
            pl.when(stated & pl.col("agrees").is_not_null()).then("ratio_high").alias("check_high"),
            pl.when(stated).then(pl.col("precision").fill_null("exact")).otherwise(_computed_precision()).alias("precision"),
        )
        .filter(pl.col("value").is_not_null())
        .sort("panel", "ref_area", "year", "value", nulls_last=True)
        .drop("row")
    )


def _computed_precision() -> pl.Expr:
    low, high = pl.col("ratio_low"), pl.col("ratio_high")
    return (
        pl.when(low.is_null()).then(pl.lit("at_most")).when(high.is_null()).then(pl.lit("at_least"))
        .when(low == high).then(pl.lit("derived")).otherwise(pl.lit("approx"))
    )  # fmt: skip


def _wording(db: Tables, rows: pl.DataFrame) -> pl.DataFrame:
    """precision and as_stated of the fact that states the ratio, by row."""
    ids = rows.select("row", pl.col("fact_ids").str.split(",").alias("fact_id")).explode("fact_id")
    wanted = ids["fact_id"].unique().to_list()
    stating = (
        db.table("mart.fact")
        .filter(pl.col("indicator").is_in(list(_STATING)) & pl.col("fact_id").is_in(wanted))
        .select("fact_id", "precision", "as_stated")
        .collect()
    )
    return ids.join(stating, on="fact_id", how="inner").sort("row", "fact_id").unique("row", keep="first").drop("fact_id")


def _blank(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.lit(None, pl.String).alias("precision"), pl.lit(None, pl.String).alias("as_stated"))
