"""How many people stand behind one person on the public payroll: one row a published or computable ratio, scope beside it."""

import polars as pl

from dashboard.warehouse.tables import OWN_PAYROLL, RECOMPUTED, STATED, Key, Tables, place_in

MOST_LEADING = 6  # pilots of the picture: each takes an axis or two of its own
EXTENTS = ("县级", "全国", "乡镇本级")  # first in a table, in this order; then the other levels
_NATION = "CN"
_PILOT, _COUNTY = "pilot", "county"
_ENDS = ("before", "after")
_PAYROLL = ("fiscally_supported_staff", "fiscally_supported_retirees")


def every_ratio(db: Tables, **keys: Key) -> pl.DataFrame:
    """Rows of mart.population_staff_ratio that meet all keys and have a value, by scope, place and year."""
    rows = db.table("mart.population_staff_ratio", illustrative=False, **keys).filter(pl.col("obs_value").is_not_null()).collect()
    return rows.sort("population_basis", "staff_scope", "ref_area", "year", "obs_value", nulls_last=True)


def county_ratios(db: Tables, **keys: Key) -> pl.DataFrame:
    """Counties, other places over the payroll of all their area, and the nation: rows of mart.population_staff_ratio.

    Of the nation only the latest stated ratio of an axis; a ratio that we could compute is left out, since the only national
    population here is that of the counties.
    """
    rows = every_ratio(db, **keys).filter(~pl.col("scope_coverage").eq_missing(OWN_PAYROLL))
    printed = pl.col("basis") != RECOMPUTED
    latest = pl.col("year").filter(printed).max().over("ref_area", "axis_key")
    return rows.filter((pl.col("ref_area") != _NATION) | (printed & (pl.col("year") == latest)))


def township_ratios(db: Tables, **keys: Key) -> pl.DataFrame:
    """Townships over their own payroll only: a scope that must never meet the counties' on one axis."""
    return every_ratio(db, **keys).filter(pl.col("scope_coverage").eq_missing(OWN_PAYROLL))


def with_ratio(db: Tables, **keys: Key) -> pl.LazyFrame:
    """ref_area and counted_as of every row of `county_ratios` and `township_ratios`, and of some others of the same places."""
    rows = db.table("mart.population_staff_ratio", illustrative=False, **keys).filter(pl.col("obs_value").is_not_null())
    own, printed = (
        pl.col("scope_coverage").eq_missing(OWN_PAYROLL),
        (pl.col("basis") != RECOMPUTED) & pl.col("year").is_not_null(),
    )
    return rows.filter(own | printed | (pl.col("ref_area") != _NATION)).select("ref_area", "counted_as")


def pilots_and_nation(db: Tables) -> pl.DataFrame:
    """What is known of the pilots that lead the page, then the nation by its newest scope; `extent_zh` as in `whole_table`.

    A pilot county leads where a source states its ratio in so many words; first those whose before and after stand on one axis.
    """
    rows = _with_extent(db, every_ratio(db))
    leading = _leading(rows)
    pilots = rows.filter(pl.col("ref_area").is_in(leading))
    nation = rows.filter((pl.col("ref_area") == _NATION) & (pl.col("basis") != RECOMPUTED))
    nation = nation.filter(pl.col("axis_key").is_in(nation.sort("year")["axis_key"].tail(1).to_list()))
    # What the source states comes before what we divide, and what is doubted after what is not.
    order = [pl.col("phase") == "after", pl.col("basis") == RECOMPUTED, pl.col("doubt").is_not_null(), pl.col("population_basis")]
    return pl.concat([pilots.sort(place_in("ref_area", leading), *order), nation.sort("year")])


def _leading(rows: pl.DataFrame) -> list[str]:
    """Codes of the pilots that lead, in their order."""
    stated = (pl.col("basis") == STATED).any().over("ref_area")
    pilots = rows.filter((pl.col("area_level") == _COUNTY) & (pl.col("cohort_role") == _PILOT) & ~pl.col("anonymous") & stated)
    printed = pilots.filter(pl.col("phase").is_in(_ENDS) & (pl.col("basis") != RECOMPUTED))
    both = printed.group_by("ref_area", "axis_key").agg(pl.col("phase").n_unique()).filter(phase=len(_ENDS))["ref_area"]
    return (
        pilots.sort(~pl.col("ref_area").is_in(both.to_list()), "ref_area")["ref_area"]
        .unique(maintain_order=True)
        .head(MOST_LEADING)
        .to_list()
    )


def foremost(rows: pl.DataFrame) -> pl.DataFrame:
    """Of `pilots_and_nation` the first pilot and the newest ratio of the nation: what has room on a tile and on the wall."""
    newest = pl.col("year") == pl.col("year").max().over("ref_area")
    first = rows.filter(pl.col("ref_area") != _NATION)["ref_area"].head(1).to_list()
    return rows.filter(pl.col("ref_area").is_in(first) | ((pl.col("ref_area") == _NATION) & newest))


def _with_extent(db: Tables, rows: pl.DataFrame) -> pl.DataFrame:
    """`extent_zh`: the level of a row's place by core.code (县级, 地级), or 乡镇本级 where only a township's own payroll counts."""
    levels = db.table("core.code", code_list="level").select(
        pl.col("code").alias("area_level"), pl.col("name_zh").alias("level_zh")
    )
    own = pl.col("scope_coverage").eq_missing(OWN_PAYROLL)
    extent = pl.when(own).then(pl.lit(OWN_PAYROLL)).otherwise("level_zh").alias("extent_zh")
    return rows.join(levels.collect(), on="area_level", how="left").with_columns(extent).drop("level_zh")


def whole_table(db: Tables) -> pl.DataFrame:
    """Every ratio, rows of one scope together: `extent_zh` (the level of its place, or 乡镇本级), and `retired`, the share of the retired in the
    nation's payroll by the same source (0.39), null where it does not give them.
    """
    nation = pl.col("ref_area") == _NATION
    rows = _with_extent(db, every_ratio(db).filter(~nation | (pl.col("basis") != RECOMPUTED)))
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


def ratio_bases(db: Tables, **keys: Key) -> pl.DataFrame:
    """Of the rows of mart.population_staff_ratio that meet all keys one a place, phase and pair of scopes: `key` (for the address bar), area,
    phase, period, scopes, both intervals, ids."""
    known = pl.any_horizontal(pl.col("population_low", "population_high").is_not_null()) & pl.any_horizontal(
        pl.col("staff_low", "staff_high").is_not_null()
    )
    return (
        db.table("mart.population_staff_ratio", illustrative=False, **keys)
        .filter(known)
        .collect()
        .with_columns(pl.concat_str("ref_area", "phase", "population_basis", separator=".").alias("key"))
        .sort("anonymous", "ref_area", "phase", "population_basis", "fact_ids")
        .unique("key", keep="first", maintain_order=True)
    )
