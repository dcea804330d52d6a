"""对比: one measure for the chosen places, everything that is published, and the places that published nothing."""

from collections.abc import Sequence

import polars as pl

from dashboard.themes.ratio.rows import county_ratios, township_ratios
from dashboard.warehouse.codes import read_codes
from dashboard.warehouse.places import first_places
from dashboard.warehouse.tables import RECOMPUTED, TOTAL, Key, Tables, facts, place_in, year_of

# A breakdown (by age, by centre, by field …) is not a value of the place as a whole.
WHOLE = ("age_band", "education", "org_unit", "category")
_WHOLES = dict.fromkeys(WHOLE, TOTAL)
# Counts of counties by size band are values in their own right; of anything else a band is a breakdown.
_COUNTIES = ("county_count", "county_count_share", "counties_gdp", "counties_gdp_share")
RATIO = "population_per_fiscal_staff"
_PHASES = ("before", "after", "plan", "point", "change")  # as a reader expects them
_STATES = frozenset({"before", "after", "point"})
Wanted = Sequence[str] | None  # codes of places in the order of choice; None: nobody chose, every place is meant


def read_from(wanted: Wanted, first: Wanted = None) -> dict[str, Key]:
    """The key of a table that reads the wanted places; where nobody chose, `first` (see `first_places`), or (None) every place."""
    places = first if wanted is None else wanted
    return {} if places is None else {"ref_area": places}


def claims(db: Tables, indicators: tuple[str, ...], wanted: Wanted = None) -> pl.DataFrame:
    """Preferred facts of the indicators for the wanted places, or (None) for every place that has one.

    Where several places are asked for, each stands with its latest period. Chosen places without any fact are rows with a null
    obs_value. Largest axis first, then as chosen. Of more than MOST_SHOWN that nobody chose the first by code are kept, and
    `published_by` is how many there are.
    """
    banded = (pl.col("size_band") == TOTAL) | pl.col("indicator").is_in(list(_COUNTIES))

    def published(**keys: Key) -> pl.LazyFrame:
        return facts(db, *indicators, **_WHOLES, **keys).filter(banded)

    first, total = first_places(published()) if wanted is None else (None, 0)
    known = published(**read_from(wanted, first)).collect()
    known = known.with_columns(pl.lit(total).alias("published_by")) if total else known
    found = pl.concat([known, _computed(db, known)], how="diagonal_relaxed")
    return with_silent(db, latest(_totals(_states(found))), wanted)


def ratios(db: Tables, wanted: Wanted = None, first: Wanted = None) -> pl.DataFrame:
    """财政供养比, stated or computed, with the columns of `claims`; obs_value is N of N:1, `basis` tells which."""
    keys = read_from(wanted, first)
    rows = pl.concat([county_ratios(db, **keys), township_ratios(db, **keys)], how="vertical")
    meant = db.table("core.indicator", indicator=RATIO).select("indicator", "direction", "direction_zh")
    rows = rows.join(meant.collect(), how="cross").with_columns(indicator_zh=pl.lit("财政供养比"), unit_measure=pl.lit(":1"))
    return with_silent(db, rows, wanted)


def with_silent(db: Tables, found: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
    """`found` in reading order with the words that tell its axes apart (level_zh, phase_kind_zh), and a row with nulls for every
    wanted place that is not in it.
    """
    wanted = wanted or []
    missing = [place for place in wanted if place not in set(found["ref_area"].to_list())]
    silent = db.table("core.ref_area", ref_area=missing).select(
        "ref_area", pl.col("name_zh").alias("area_name"), pl.col("level").alias("area_level"), "cohort", "anonymous"
    ).collect().with_columns(pl.lit("").alias("fact_ids"), pl.lit("").alias("source_ids"))  # fmt: skip
    both = pl.concat([found, silent], how="diagonal_relaxed") if silent.height else found
    if both.is_empty():
        return both
    by = {
        "on_no_axis": pl.col("axis_key").is_null(), "size": -pl.len().over("axis_key").cast(pl.Int64), "axis_name": pl.col("axis_key"),
        "as_chosen": place_in("ref_area", wanted), "code": pl.col("ref_area"),
        "at": place_in("phase", _PHASES) if "phase" in both.columns else pl.lit(0),
        "in_year": pl.col("year"),
    }  # fmt: skip
    return _named(db, both.with_columns(**by).sort(list(by), nulls_last=True).drop(list(by)))


def _named(db: Tables, rows: pl.DataFrame) -> pl.DataFrame:
    """With the words for level (县级) and kind of value (计划数, 变化量; null for a state), which belong to the name of an axis."""
    names = read_codes(db)
    kinds = {code: word for code, word in names.get("phase", {}).items() if code not in _STATES}
    kind = (
        pl.col("phase").replace_strict(kinds, default=None, return_dtype=pl.String) if "phase" in rows.columns else pl.lit(None)
    )
    return rows.with_columns(
        pl.col("area_level").replace(dict(names.get("level", {}))).alias("level_zh"), kind.cast(pl.String).alias("phase_kind_zh")
    )


def latest(rows: pl.DataFrame) -> pl.DataFrame:
    """With several places each stands with its latest period on every axis; one place alone keeps its course."""
    if rows["ref_area"].n_unique() < 2:
        return rows
    same = [column for column in ("ref_area", "axis_key", "phase") if column in rows.columns]
    year = pl.col("year").fill_null(0)
    rows = rows.filter(year == year.max().over(same))
    return rows.filter(pl.col("time_period") == pl.col("time_period").max().over(same))


def _computed(db: Tables, known: pl.DataFrame) -> pl.DataFrame:
    """Ends that no source prints but that follow from the other end and the change: rows like those of facts, `basis` recomputed."""
    if known.is_empty():
        return known
    ends_of = {column: known[column].unique().to_list() for column in ("indicator", "ref_area")}
    changes = db.table("mart.institution_change", **ends_of, **_WHOLES).collect()
    # The whole of a change is another thing than the whole of a fact: an end that we computed is nobody's part.
    shared = [name for name in changes.columns if name in known.columns and name not in {"whole_key", "time_period", "year"}]
    ends = []
    for phase in ("before", "after"):
        rows = changes.filter((pl.col(f"{phase}_basis") == "computed") & pl.col(phase).is_not_null())
        ends.append(
            rows.select(
                *shared, pl.lit(phase).alias("phase"), pl.col(phase).alias("obs_value"), pl.lit("derived").alias("precision"),
                pl.lit("").alias("as_stated"), pl.col(f"time_{phase}").fill_null("_U").alias("time_period"),
                year_of(f"time_{phase}").alias("year"), pl.lit(RECOMPUTED).alias("basis"),
            )
        )  # fmt: skip
    return pl.concat(ends, how="diagonal_relaxed")


def _states(rows: pl.DataFrame) -> pl.DataFrame:
    """A printed change (−14) repeats what before and after say; it stays only where those were not published."""
    has_state = (pl.col("phase") != "change").any().over("ref_area", "indicator", "scope")
    return rows.filter((pl.col("phase") != "change") | ~has_state)


def _totals(rows: pl.DataFrame) -> pl.DataFrame:
    """Types of post stand only where their total was not published."""
    has_total = (pl.col("post_type") == TOTAL).any().over("ref_area", "indicator", "scope", "sector", "tier", "phase")
    return rows.filter((pl.col("post_type") == TOTAL) | ~has_total)
