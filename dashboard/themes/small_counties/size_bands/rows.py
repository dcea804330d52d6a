"""Where small counties are, and how many there are by each definition. Bands and cumulative counts are never added up."""

import polars as pl

from dashboard.themes.small_counties.rows import pilot_counties
from dashboard.warehouse.tables import Tables, facts, first_of

YEARBOOK = "户籍·县（市）（县域统计年鉴2021）"
CENSUS = "常住·全部县域（普查分县资料）"
SMALL = "<20万"
DISTRICT = "市辖区"  # kind of core.division: no county
FEW = 200_000  # people: below it a county is small here


def ladder(db: Tables) -> pl.DataFrame:
    """National counties by registered population, bands of one yearbook that follow each other: counties, share (% of base), base,
    `is_small` (bool), and in every row `thresholds` (persons, comma list): what sources call a small county."""
    rows = _national(db).filter(pl.col("scope") == YEARBOOK).collect()
    # Of the counts that begin alike the narrowest: <5万 and not <10万, which holds it.
    bands = rows.with_columns((_high() == _high().min().over(pl.col("band_low").fill_null(0))).alias("narrowest"))
    who = ("nation", "province")  # may set one
    stated = facts(db, "small_county_threshold", area_level=who).filter(pl.col("obs_value").is_not_null())
    limits = stated.select("obs_value").unique().sort("obs_value", descending=True).collect()
    listed = ",".join(f"{limit:.0f}" for limit in limits["obs_value"])
    kept = _one_each(bands.filter("narrowest"))
    return kept.with_columns(_small().alias("is_small"), pl.lit(listed).alias("thresholds")).sort("band_order")


def national_counts(db: Tables) -> pl.DataFrame:
    """Counties under 200 000 people by every definition, sources in doubt last: counties, scope, population_basis, `doubt`, `edition`,
    and for a scope that leaves provinces out left_out (their counties in our table), left_out_names and left_out_fact_ids."""
    rows = _one_each(_national(db).filter(pl.col("size_band") == SMALL).collect())
    rows = rows.rename({"left_out": "left_out_codes"}).join(_left_out(db), on="scope", how="left")
    return rows.sort(
        pl.col("doubt").is_not_null(), "population_basis", "counties", "scope", descending=[False, True, True, False]
    )


def _left_out(db: Tables) -> pl.DataFrame:
    """Small counties of the provinces that a scope leaves out, by the census table: scope, left_out, left_out_names,
    left_out_fact_ids."""
    codes = pl.col("left_out").str.split(";")
    scopes = db.table("core.scope").filter(pl.col("left_out").is_not_null()).select("scope", codes.alias("ref_area")).collect()
    small = _census(db).filter(_small()).select("ref_area", "counties", "fact_ids")
    places = db.table("core.ref_area").select("ref_area", "name_zh").collect()
    pairs = scopes.explode("ref_area").join(places, on="ref_area").join(small, on="ref_area").sort("ref_area")
    return pairs.group_by("scope", maintain_order=True).agg(
        pl.col("counties").sum().alias("left_out"),
        pl.col("name_zh").unique(maintain_order=True).str.join(",").alias("left_out_names"),
        pl.col("fact_ids").str.join(",").alias("left_out_fact_ids"),
    )


def provinces(db: Tables) -> pl.DataFrame:
    """Census counts by province and band: counties, is_small (bool), small (sum of those bands), pilots (names, comma list), and in
    every row `published`, the national count under 200 000 as published.

    One row a province and band that holds a county; a band without a row holds none, since the census lists every county.
    """
    bands = _census(db)
    whole = _national(db).filter((pl.col("scope") == CENSUS) & (pl.col("size_band") == SMALL) & pl.col("preferred")).collect()
    bands = bands.with_columns(pl.lit(whole["counties"].max(), dtype=pl.Float64).alias("published"))
    small = pl.when(_small()).then("counties").otherwise(0).sum().over("ref_area")
    rows = bands.with_columns(small.alias("small"), _small().alias("is_small")).join(
        _pilots(db), left_on="area_name", right_on="province", how="left"
    )
    return rows.sort("small", "ref_area", "band_order", descending=[True, False, False], nulls_last=True)


def province_bands(db: Tables, province: str = "") -> pl.DataFrame:
    """Rows of `provinces`; only those of the province with this code, if one is given."""
    rows = provinces(db)
    return rows.filter(ref_area=province) if province else rows


def province_tiles(db: Tables) -> pl.DataFrame:
    """Each provincial-level unit of the country once: small (counties under 200 000; null where there is no county, or the census
    table of our source does not hold the unit), has_counties (null of a unit that the register of divisions goes no further into),
    pilots, time_period, scope, fact_ids and source_ids of the bands that the count is made of, else of the register of divisions."""
    counted = provinces(db)
    rests_on = pl.col("is_small") | (pl.col("small") == 0)
    both = [pl.col(name).filter(rests_on).str.join(",").alias(name) for name in ("fact_ids", "source_ids")]
    known = counted.group_by("ref_area").agg(
        *(pl.col(name).first() for name in ("small", "pilots", "time_period", "scope", "year")), *both
    )
    divisions = db.table("core.division").filter(pl.col("until").is_null()).collect()
    below = divisions.filter(level="county").group_by("province").agg((pl.col("kind") != DISTRICT).any().alias("has_counties"))
    units = divisions.filter(level="province").select(
        pl.col("division").alias("ref_area"), pl.col("name_zh").alias("area_name"), pl.col("source_id").alias("listed_in")
    )
    named = units.join(below, left_on="area_name", right_on="province", how="left").join(known, on="ref_area", how="left")
    return named.with_columns(pl.col("fact_ids").fill_null(""), pl.coalesce("source_ids", "listed_in").alias("source_ids")).sort(
        "small", "ref_area", descending=[True, False], nulls_last=True
    )


def _high() -> pl.Expr:
    """Where a band ends, in people; an open one beyond every county."""
    return pl.col("band_high").fill_null(2_000_000_000)


def _small() -> pl.Expr:
    return _high() <= FEW


def _census(db: Tables) -> pl.DataFrame:
    """Counties by province and band as the census lists them: bands that fill a province, so that they may be added up."""
    return db.table(
        "mart.county_size_band", scope=CENSUS, area_level="province", is_partition=True, illustrative=False
    ).collect()  # fmt: skip


def _pilots(db: Tables) -> pl.DataFrame:
    """Pilot counties that have a fact, by province."""
    known = pilot_counties(db).join(db.table("mart.fact_count_by_area"), on="ref_area", how="semi").sort("ref_area").collect()
    return known.group_by("province", maintain_order=True).agg(pl.col("name_zh").str.join(",").alias("pilots"))


def _national(db: Tables) -> pl.LazyFrame:
    return db.table("mart.county_size_band", ref_area="CN")


def _one_each(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a place, scope, band and count: the same count read in two sources keeps the ids of both."""
    key = ["ref_area", "scope", "size_band", "counties"]
    ids = ("fact_ids", "source_ids")
    others = [name for name in rows.columns if name not in {*key, *ids}]
    kept = (
        rows.sort("time_period", "fact_ids")
        .group_by(key, maintain_order=True)
        .agg(*(pl.col(name).first() for name in others), *(first_of(name).first() for name in ids))
    )
    return kept.sort("ref_area", "scope", "band_order", "time_period", nulls_last=True)
