"""How many people stand behind one person on the public payroll: one row a published or computable ratio, scope beside it."""

from __future__ import annotations

import polars as pl

from dashboard.warehouse.tables import Tables

TOWNSHIP = "乡镇"  # part of every staff scope that counts only a township's own payroll
_SHARE = "fiscal_staff_share"
_STATING = ("population_per_fiscal_staff", _SHARE)
_PAYROLL = ("fiscally_supported_staff", "fiscally_supported_retirees")
# How the notes of the facts say what a reader must hear beside the value.
_DOUBT, _ABOUT = r"(疑为[^；。]+)", r"(约\d{4}年)"
_UNBALANCED = "不闭合"  # of the notes of identities: the source itself, not a wrong use of it


def county_ratios(db: Tables) -> pl.DataFrame:
    """Counties and the nation. Columns: value, low, high (N of N:1; null = open), stated (bool), precision, as_stated,
    check_low, check_high (recomputed from the parts, null without parts), agrees, panel, area, period, ids; and what must be
    said beside the value: converted (from a share), two_sources (computed from one's people and another's staff), doubt and
    about (疑为…, 约1978年: in the note of the fact that states it).

    Of the nation only the latest stated ratio of a scope; a ratio that we could compute is left out, since the only national
    population here is that of the counties.
    """
    rows = _ratios(db).filter(~pl.col("staff_scope").str.contains(TOWNSHIP))
    latest = pl.col("year").max().over("ref_area", "panel")
    return rows.filter((pl.col("ref_area") != "CN") | (pl.col("stated") & (pl.col("year") == latest)))


def counties_and_nation(db: Tables) -> pl.DataFrame:
    """`county_ratios` with the nation's latest ratio only: what the counties are not to be set beside; its others have a card."""
    rows = county_ratios(db)
    nation = pl.col("ref_area") == "CN"
    return rows.filter(~nation | (pl.col("year") == pl.col("year").filter(nation).max()))


def township_ratios(db: Tables) -> pl.DataFrame:
    """Townships over their own payroll only: a scope that must never meet the counties' on one axis. Columns as above, and
    `unbalanced`: the sum of the same source that does not come out; null where they do.
    """
    rows = _ratios(db).filter(pl.col("staff_scope").str.contains(TOWNSHIP))
    return rows.join(_unbalanced(db), on=["ref_area", "source_ids"], how="left")


def stated_and_recomputed(db: Tables) -> pl.DataFrame:
    """Ratios that the source states and whose parts it also gives. Columns as above; `agrees` is never null."""
    return _ratios(db).filter(pl.col("agrees").is_not_null())


def national_payroll(db: Tables) -> pl.DataFrame:
    """National ratios and shares as stated, oldest first, one scope a panel. Columns as `county_ratios`, and `retired`: the
    share of the retired in that payroll by the same source (0.39), null where it does not give them.
    """
    rows = _ratios(db).filter((pl.col("ref_area") == "CN") & pl.col("stated"))
    return rows.join(_retired(db), on=["year", "source_ids"], how="left").sort("staff_scope", "year")


def _ratios(db: Tables) -> pl.DataFrame:
    rows = db.table("mart.population_staff_ratio").filter(~pl.col("illustrative")).collect()
    rows = rows.join(_wording(db, rows), on="row", how="left") if (rows := rows.with_row_index("row")).height else _blank(rows)
    stated = pl.col("ratio_stated").is_not_null()
    converted = stated & (pl.col("stating") == _SHARE).fill_null(False)
    nominal = pl.col("population") / pl.when(pl.col("staff") > 0).then(pl.col("staff"))
    return (
        rows.with_columns(
            pl.coalesce("ratio_stated", nominal).alias("value"),
            stated.alias("stated"),
            pl.when(stated).then("ratio_stated_low").otherwise("ratio_low").alias("low"),
            pl.when(stated).then("ratio_stated_high").otherwise("ratio_high").alias("high"),
            pl.when(stated & pl.col("agrees").is_not_null()).then("ratio_low").alias("check_low"),
            pl.when(stated & pl.col("agrees").is_not_null()).then("ratio_high").alias("check_high"),
            # 100÷4.85 is a rounded number: 约20.6:1, whatever the share.
            pl.when(converted).then(pl.lit("approx")).when(stated).then(pl.col("precision").fill_null("exact"))
            .otherwise(_computed_precision()).alias("precision"),
            converted.alias("converted"),
            (~stated & pl.col("source_ids").str.contains(",")).alias("two_sources"),
            pl.when(stated).then(pl.col("note").str.extract(_DOUBT)).alias("doubt"),
            pl.when(stated).then(pl.col("note").str.extract(_ABOUT)).alias("about"),
        )
        .filter(pl.col("value").is_not_null())
        .sort("panel", "ref_area", "year", "value", nulls_last=True)
        .drop("row", "note", "stating")
    )  # fmt: skip


def _computed_precision() -> pl.Expr:
    low, high = pl.col("ratio_low"), pl.col("ratio_high")
    return (
        pl.when(low.is_null()).then(pl.lit("at_most")).when(high.is_null()).then(pl.lit("at_least"))
        .when(low == high).then(pl.lit("derived")).otherwise(pl.lit("approx"))
    )  # fmt: skip


def _wording(db: Tables, rows: pl.DataFrame) -> pl.DataFrame:
    """precision, as_stated, note and indicator (`stating`) of the fact that states the ratio, by row."""
    ids = rows.select("row", pl.col("fact_ids").str.split(",").alias("fact_id")).explode("fact_id")
    wanted = ids["fact_id"].unique().to_list()
    stating = (
        db.table("mart.fact")
        .filter(pl.col("indicator").is_in(list(_STATING)) & pl.col("fact_id").is_in(wanted))
        .select("fact_id", "precision", "as_stated", "note", pl.col("indicator").alias("stating"))
        .collect()
    )
    return ids.join(stating, on="fact_id", how="inner").sort("row", "fact_id").unique("row", keep="first").drop("fact_id")


def _blank(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.lit(None, pl.String).alias(name) for name in ("precision", "as_stated", "note", "stating"))


def _retired(db: Tables) -> pl.DataFrame:
    """year, source_ids, retired: of each source that counts both the payroll of the nation and the retired in it."""
    counts = db.table("mart.fact").filter((pl.col("ref_area") == "CN") & pl.col("indicator").is_in([*_PAYROLL])).select(
        "year", pl.col("source_id").alias("source_ids"), "indicator", "obs_value"
    ).collect()  # fmt: skip
    payroll, retired = (counts.filter(indicator=name).drop("indicator") for name in _PAYROLL)
    both = payroll.join(retired, on=["year", "source_ids"], suffix="_retired").unique(["year", "source_ids"], keep="first")
    return both.select("year", "source_ids", (pl.col("obs_value_retired") / pl.col("obs_value")).alias("retired"))


def _unbalanced(db: Tables) -> pl.DataFrame:
    """ref_area, source_ids, unbalanced: sums that a source prints of a place and that do not come out, in its own numbers."""
    broken = db.table("mart.identity_balance").filter(
        (pl.col("outcome") == "contradicts") & pl.col("note").str.contains(_UNBALANCED)
    ).select("title_zh", pl.col("fact_ids").str.split(",").alias("fact_id")).collect().explode("fact_id")  # fmt: skip
    owners = db.table("mart.fact").filter(pl.col("fact_id").is_in(broken["fact_id"].to_list())).select(
        "fact_id", "ref_area", pl.col("source_id").alias("source_ids")
    ).collect()  # fmt: skip
    titled = broken.join(owners, on="fact_id").group_by("ref_area", "source_ids", maintain_order=True)
    return titled.agg(pl.col("title_zh").unique(maintain_order=True).str.join("；").alias("unbalanced"))
