"""Places: what they are called, where they lie, how many facts are kept of each."""

import polars as pl

from dashboard.warehouse.tables import Key, Tables

MOST_SHOWN = 400  # places of a list that nobody chose: more bars than a reader reads


def every_place(db: Tables, **keys: Key) -> pl.DataFrame:
    """All places, or those that meet the keys, the nation first, then by code. Besides the columns of core.ref_area: facts (n), parent_name,
    label (a township names its county: 张店乡（鲁山县）), cohort_role."""
    areas = db.table("core.ref_area", **keys).collect()
    of_these: dict[str, Key] = {"ref_area": areas["ref_area"].to_list()} if keys else {}
    counts = db.table("mart.fact_count_by_area", **of_these).select("ref_area", "facts").collect()
    counted = counts.group_by("ref_area").agg(pl.col("facts").sum().cast(pl.Int64))
    above_these: dict[str, Key] = {"ref_area": areas["parent"].drop_nulls().unique().to_list()} if keys else {}
    named = db.table("core.ref_area", **above_these).select(
        pl.col("ref_area").alias("parent"), pl.col("name_zh").alias("parent_name")
    )
    roles = db.table("core.cohort").select("cohort", pl.col("role").alias("cohort_role")).collect()
    found = (
        areas.join(counted, on="ref_area", how="left")
        .join(named.collect(), on="parent", how="left")
        .join(roles, on="cohort", how="left")
    )
    above = pl.coalesce("county", "parent_name")
    small = pl.col("level").is_in(["township", "unit"]) & above.is_not_null() & ~pl.col("name_zh").str.contains("（")
    return found.with_columns(
        pl.col("facts").fill_null(0),
        pl.when(small).then(pl.format("{}（{}）", "name_zh", above)).otherwise("name_zh").alias("label"),
    ).sort(pl.col("ref_area") != "CN", "ref_area")


def members(db: Tables, places: tuple[str, ...], cohorts: tuple[str, ...]) -> list[str]:
    """The chosen places that exist, in the order of choice; then those of the cohorts, by code. Illustrative ones never."""
    areas = db.table("core.ref_area", illustrative=False).select("ref_area", "cohort").collect()
    known = set(areas["ref_area"].to_list())
    grouped = [areas.filter(pl.col("cohort") == cohort)["ref_area"].sort().to_list() for cohort in cohorts]
    return list(dict.fromkeys([place for place in places if place in known] + [place for group in grouped for place in group]))


def counted_as(db: Tables) -> dict[str, str]:
    """Every place that a source leaves unnamed and its features identify → the place that it is, with which it counts once."""
    unnamed = db.table("core.ref_area").filter(pl.col("same_as").is_not_null()).select("ref_area", "same_as").collect()
    return dict(unnamed.iter_rows())


def first_places(published: pl.LazyFrame) -> tuple[list[str] | None, int]:
    """The first MOST_SHOWN by code of the places that have a row, and how many there are; (None, 0) where there are no more than that."""
    codes = published.select(pl.col("ref_area").unique()).collect()["ref_area"].sort()
    return (codes.head(MOST_SHOWN).to_list(), len(codes)) if len(codes) > MOST_SHOWN else (None, 0)
