"""Where small counties are, and how many there are by each definition. Bands and cumulative counts are never added up."""

from __future__ import annotations

import polars as pl

from dashboard.warehouse.tables import Tables, facts, first_of

YEARBOOK = "户籍·县（市）（县域统计年鉴2021）"
CENSUS = "常住·全部县域（普查分县资料）"
SMALL = "<20万"
LADDER = ("<5万", "5万-10万", "10万-20万", "20万-50万")
PROVINCE_BANDS = ("<5万", "5万-10万", "10万-20万", "20万-50万", "50万-100万", "≥100万")


def ladder(db: Tables) -> pl.DataFrame:
    """National counties by registered population, four bands of one yearbook: counties, share (% of base), base, and in every row
    `thresholds` (persons, comma list): what sources call a small county."""
    rows = _national(db).filter((pl.col("scope") == YEARBOOK) & pl.col("size_band").is_in(list(LADDER))).collect()
    base = (pl.col("counties") / pl.col("share") * 100).round()
    whose = pl.col("area_level").is_in(["nation", "province"])  # who may set one
    stated = facts(db, "small_county_threshold").filter(whose & pl.col("obs_value").is_not_null())
    limits = stated.select("obs_value").unique().sort("obs_value", descending=True).collect()
    listed = ",".join(f"{limit:.0f}" for limit in limits["obs_value"])
    return _one_each(rows).with_columns(base.alias("base"), pl.lit(listed).alias("thresholds")).sort("band_order")


def national_counts(db: Tables) -> pl.DataFrame:
    """Counties under 200 000 people by every definition, sources in doubt last: counties, scope, population_basis, doubtful, and for
    a scope that leaves provinces out left_out (their counties in our table), left_out_names and left_out_fact_ids."""
    rows = _one_each(_national(db).filter(pl.col("size_band") == SMALL).collect())
    names = pl.col("scope").str.extract(r"剔除([^）]+)")
    rows = rows.with_columns(names.alias("left_out_names")).join(_left_out(db, rows), on="scope", how="left")
    return rows.with_columns(pl.col("scope").str.contains("存疑").alias("doubtful")).sort(
        "doubtful", "population_basis", "counties", descending=[False, True, True]
    )


def _left_out(db: Tables, rows: pl.DataFrame) -> pl.DataFrame:
    """Small counties of the provinces that a scope leaves out, by the census table: scope, left_out, left_out_fact_ids."""
    named = rows.select("scope", pl.col("scope").str.extract(r"剔除([^）]+)").str.split("、").alias("name")).unique()
    table = _census(db).filter(pl.col("size_band").is_in(list(PROVINCE_BANDS[:3])))
    pairs = (
        named.explode("name").drop_nulls().join(table, how="cross").filter(pl.col("area_name").str.starts_with(pl.col("name")))
    )
    return pairs.group_by("scope").agg(
        pl.col("counties").sum().alias("left_out"), pl.col("fact_ids").str.join(",").alias("left_out_fact_ids")
    )


def regions(db: Tables) -> pl.DataFrame:
    """Small counties by region of the country: counties, share of all (%), one row a region."""
    rows = db.table("mart.county_size_band").filter((pl.col("size_band") == SMALL) & (pl.col("scope") == CENSUS)).collect()
    rows = rows.filter(pl.col("area_name").str.ends_with("地区"))
    return (
        _one_each(rows)
        .with_columns((pl.col("counties") / pl.col("counties").sum() * 100).alias("share"))
        .sort("counties", "ref_area", descending=[True, False])
    )


def provinces(db: Tables) -> pl.DataFrame:
    """Census counts by province and band: counties, small (sum of the bands under 200 000), pilots (names, comma list), and in
    every row `published`, the national count under 200 000 as published.

    One row a province and band that holds a county; a band without a row holds none, since the census lists every county.
    """
    bands = _census(db)
    whole = _national(db).filter((pl.col("scope") == CENSUS) & (pl.col("size_band") == SMALL) & pl.col("preferred")).collect()
    bands = bands.with_columns(pl.lit(whole["counties"].max(), dtype=pl.Float64).alias("published"))
    small = pl.when(pl.col("size_band").is_in(list(PROVINCE_BANDS[:3]))).then("counties").otherwise(0).sum().over("ref_area")
    rows = bands.with_columns(small.alias("small")).join(_pilots(db), left_on="area_name", right_on="province", how="left")
    return rows.sort("small", "ref_area", "band_order", descending=[True, False, False], nulls_last=True)


def _census(db: Tables) -> pl.DataFrame:
    """Counties by province and band as the census lists them."""
    rows = db.table("mart.county_size_band").filter(
        (pl.col("scope") == CENSUS) & (pl.col("time_period") == "2020-11-01") & pl.col("size_band").is_in(list(PROVINCE_BANDS))
    )
    return rows.filter(pl.col("area_name") != "全国").collect()


def _pilots(db: Tables) -> pl.DataFrame:
    """Pilot counties that have a fact, by province."""
    counties = db.table("core.ref_area").filter(
        (pl.col("level") == "county") & pl.col("cohort").str.contains("试点") & ~pl.col("anonymous")
    )
    known = db.table("mart.fact_count_by_area").select("ref_area").collect()
    return (
        counties.collect()
        .join(known, on="ref_area", how="semi")
        .sort("ref_area")
        .group_by("province", maintain_order=True)
        .agg(pl.col("name_zh").str.join(",").alias("pilots"))
    )


def _national(db: Tables) -> pl.LazyFrame:
    return db.table("mart.county_size_band").filter(pl.col("ref_area") == "CN")


def _one_each(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a place, scope and band: the same count read in two sources keeps the ids of both."""
    key = ["ref_area", "area_name", "population_basis", "scope", "size_band", "band_order", "counties"]
    kept = (
        rows.sort("time_period", "fact_ids")
        .group_by(key, maintain_order=True)
        .agg(
            pl.col("share").first(),
            pl.col("time_period").first(),
            first_of("fact_ids").first(),
            first_of("source_ids").first(),
        )
    )
    return kept.sort("ref_area", "scope", "band_order", "time_period", nulls_last=True)
