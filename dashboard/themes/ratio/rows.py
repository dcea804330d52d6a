"""How many people stand behind one person on the public payroll: one row a published or computable ratio, scope beside it."""

import polars as pl

from dashboard.warehouse.tables import OWN_PAYROLL, RECOMPUTED, Key, Tables, place_in

LEADING = ("140930", "141027")  # 河曲县, 浮山县: the pilots whose ratio is stated, before any other, by a source of its own
EXTENTS = ("县级", "全国", "乡镇本级")  # first in a table, in this order; then the other levels
_NATION = "CN"
_PAYROLL = ("fiscally_supported_staff", "fiscally_supported_retirees")


def every_ratio(db: Tables, **keys: Key) -> pl.DataFrame:
    """Rows of mart.population_staff_ratio that meet all keys and have a value, by scope, place and year."""
    rows = db.table("mart.population_staff_ratio", illustrative=False, **keys).filter(pl.col("obs_value").is_not_null()).collect()
    return rows.sort("population_basis", "staff_scope", "ref_area", "year", "obs_value", nulls_last=True)


def county_ratios(db: Tables) -> pl.DataFrame:
    """Counties and the nation: rows of mart.population_staff_ratio.

    Of the nation only the latest stated ratio of an axis; a ratio that we could compute is left out, since the only national
    population here is that of the counties.
    """
    rows = every_ratio(db).filter(~pl.col("scope_coverage").eq_missing(OWN_PAYROLL))
    printed = pl.col("basis") != RECOMPUTED
    latest = pl.col("year").filter(printed).max().over("ref_area", "axis_key")
    return rows.filter((pl.col("ref_area") != _NATION) | (printed & (pl.col("year") == latest)))


def township_ratios(db: Tables) -> pl.DataFrame:
    """Townships over their own payroll only: a scope that must never meet the counties' on one axis."""
    return every_ratio(db).filter(pl.col("scope_coverage").eq_missing(OWN_PAYROLL))


def pilots_and_nation(db: Tables) -> pl.DataFrame:
    """河曲县, 浮山县, then the nation by its newest scope: what is known before and after of the pilots that lead the page."""
    rows = every_ratio(db)
    pilots = rows.filter(pl.col("ref_area").is_in(LEADING))
    nation = rows.filter((pl.col("ref_area") == _NATION) & (pl.col("basis") != RECOMPUTED))
    nation = nation.filter(pl.col("axis_key").is_in(nation.sort("year")["axis_key"].tail(1).to_list()))
    # What the source states comes before what we divide, and what is doubted after what is not.
    order = [pl.col("phase") == "after", pl.col("basis") == RECOMPUTED, pl.col("doubt").is_not_null(), pl.col("population_basis")]
    return pl.concat([pilots.sort(place_in("ref_area", LEADING), *order), nation.sort("year")])


def whole_table(db: Tables) -> pl.DataFrame:
    """Every ratio, rows of one scope together: `extent_zh` (the level of its place, or 乡镇本级), and `retired`, the share of the retired in the
    nation's payroll by the same source (0.39), null where it does not give them.
    """
    own, nation = pl.col("scope_coverage").eq_missing(OWN_PAYROLL), pl.col("ref_area") == _NATION
    levels = db.table("core.code", code_list="level").select(
        pl.col("code").alias("area_level"), pl.col("name_zh").alias("level_zh")
    )
    extent = pl.when(own).then(pl.lit(OWN_PAYROLL)).otherwise("level_zh").alias("extent_zh")
    rows = every_ratio(db).filter(~nation | (pl.col("basis") != RECOMPUTED))
    rows = rows.join(levels.collect(), on="area_level", how="left").with_columns(extent)
    rows = rows.join(_retired(db), on=["year", "source_ids"], how="left")
    rows = rows.with_columns(pl.when(nation).then(pl.col("retired")).alias("retired"))
    order = [place_in("extent_zh", EXTENTS), -pl.len().over("axis_key").cast(pl.Int32), pl.col("population_basis")]
    return rows.sort(*order, "staff_scope", "axis_key", "ref_area", "year", "obs_value", nulls_last=True)


def _retired(db: Tables) -> pl.DataFrame:
    """year, source_ids, retired: of each source that counts both the payroll of the nation and the retired in it."""
    counts = db.table("mart.fact", ref_area=_NATION, indicator=_PAYROLL).select(
        "year", pl.col("source_id").alias("source_ids"), "indicator", "obs_value"
    ).collect()  # fmt: skip
    payroll, retired = (counts.filter(indicator=name).drop("indicator") for name in _PAYROLL)
    both = payroll.join(retired, on=["year", "source_ids"], suffix="_retired").unique(["year", "source_ids"], keep="first")
    return both.select("year", "source_ids", (pl.col("obs_value_retired") / pl.col("obs_value")).alias("retired"))


def ratio_bases(db: Tables) -> pl.DataFrame:
    """One row a place, phase and pair of scopes: `key` (for the address bar), area, phase, period, scopes, both intervals, ids."""
    known = pl.any_horizontal(pl.col("population_low", "population_high").is_not_null()) & pl.any_horizontal(
        pl.col("staff_low", "staff_high").is_not_null()
    )
    return (
        db.table("mart.population_staff_ratio", illustrative=False)
        .filter(known)
        .collect()
        .with_columns(pl.concat_str("ref_area", "phase", "population_basis", separator=".").alias("key"))
        .sort("anonymous", "ref_area", "phase", "population_basis", "fact_ids")
        .unique("key", keep="first", maintain_order=True)
    )
