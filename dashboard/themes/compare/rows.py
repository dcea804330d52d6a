"""对比: one measure for the chosen places, everything that is published, and the places that published nothing."""

from __future__ import annotations

import polars as pl

from dashboard.themes.ratio.rows import county_ratios, township_ratios
from dashboard.warehouse.places import LEVELS, members
from dashboard.warehouse.tables import TOTAL, Tables, facts, year_of

# A breakdown (by age, by centre, by field …) is not a value of the place as a whole.
WHOLE = ("age_band", "education", "org_unit", "category")
# Counts of counties by size band are values in their own right; of anything else a band is a breakdown.
_COUNTIES = ("county_count", "county_count_share", "counties_gdp", "counties_gdp_share")
RATIO = "population_per_fiscal_staff"
MOST_SHOWN = 400  # of one measure when nobody chose any: more bars than a reader reads
_AS_PRINTED = "原文口径"  # the scope of facts that need no other
_PHASES = {"before": 0, "after": 1, "plan": 2, "point": 3, "change": 4}
_SAME_THING = ("ref_area", "indicator", "scope", "catalogue", "size_band", "tier", "sector", "post_type", "phase")
_RELATIVE = ("%", ":1", "人:1")  # units whose values of different levels may stand side by side


def claims(
    db: Tables, indicators: str | tuple[str, ...], places: tuple[str, ...] = (), cohorts: tuple[str, ...] = ()
) -> pl.DataFrame:
    """Preferred facts of the indicators for `places` and all places of `cohorts`, or (both blank) for every place that has one.

    Where several places are asked for, each stands with its latest period. `scope` is made narrower where one word would hide
    a difference (计划数, a single system, one type of post, another level). Chosen places without any fact are rows with a
    null obs_value. Largest scope first, then as chosen. Of more than MOST_SHOWN that nobody chose the first by code are kept,
    and `published_by` is how many there are.
    """
    names = (indicators,) if isinstance(indicators, str) else indicators
    wanted = members(db, places, cohorts)
    banded = (pl.col("size_band") == TOTAL) | pl.col("indicator").is_in(list(_COUNTIES))
    rows = facts(db, *names).filter(banded, *(pl.col(dimension) == TOTAL for dimension in WHOLE))
    rows = rows.filter(pl.col("ref_area").is_in(wanted)) if places or cohorts else _first_places(rows)
    known = rows.collect()
    found = pl.concat([known, _computed(db, known)], how="diagonal_relaxed")
    return with_silent(db, _narrowed(latest(_totals(_states(found)))), wanted)


def ratios(db: Tables, places: tuple[str, ...] = (), cohorts: tuple[str, ...] = ()) -> pl.DataFrame:
    """财政供养比, stated or computed, with the columns of `claims`; obs_value is N of N:1, `stated` tells which."""
    wanted = members(db, places, cohorts)
    rows = pl.concat([county_ratios(db), township_ratios(db)], how="diagonal_relaxed")
    if places or cohorts:
        rows = rows.filter(pl.col("ref_area").is_in(wanted))
    rows = rows.with_columns(
        pl.lit(RATIO).alias("indicator"), pl.lit("财政供养比").alias("indicator_zh"), pl.lit(":1").alias("unit_measure"),
        pl.lit("higher_better").alias("direction"), pl.col("value").alias("obs_value"), pl.col("low").alias("value_low"),
        pl.col("high").alias("value_high"), pl.col("level").alias("area_level") if "level" in rows.columns else pl.lit("").alias("area_level"),
    )  # fmt: skip
    return with_silent(db, rows.drop("value", "low", "high"), wanted)


def with_silent(db: Tables, found: pl.DataFrame, wanted: list[str]) -> pl.DataFrame:
    """`found` in reading order, and a row with nulls for every wanted place that is not in it."""
    missing = [place for place in wanted if place not in set(found["ref_area"].to_list())]
    silent = db.table("core.ref_area").filter(pl.col("ref_area").is_in(missing)).select(
        "ref_area", pl.col("name_zh").alias("area_name"), pl.col("level").alias("area_level"), "cohort", "anonymous"
    ).collect().with_columns(pl.lit("").alias("fact_ids"), pl.lit("").alias("source_ids"))  # fmt: skip
    both = pl.concat([found, silent], how="diagonal_relaxed") if silent.height else found
    if both.is_empty():
        return both
    order = {place: index for index, place in enumerate(wanted)}
    panel = [column for column in ("indicator", "scope", "catalogue", "size_band", "tier") if column in both.columns]
    phase = pl.col("phase").replace_strict(_PHASES, default=9, return_dtype=pl.Int32) if "phase" in both.columns else pl.lit(0)
    by = {
        "no_scope": pl.col("scope").is_null(), "size": -pl.len().over(panel).cast(pl.Int64), **{f"in_{name}": pl.col(name) for name in panel},
        "as_chosen": pl.col("ref_area").replace_strict(order, default=len(order), return_dtype=pl.Int32), "code": pl.col("ref_area"),
        "at": phase, "in_year": pl.col("year"),
    }  # fmt: skip
    return both.with_columns(**by).sort(list(by), nulls_last=True).drop(list(by))


def changes_between(rows: pl.DataFrame) -> pl.DataFrame:
    """Of `claims`, places with a state before or after in one scope: before, after (null = 未公布), change_pct, ids of both."""
    key = ["ref_area", "area_name", "scope", "cohort", "indicator", "catalogue", "size_band", "tier", "sector", "post_type"]
    states = rows.filter(pl.col("obs_value").is_not_null() & pl.col("phase").is_in(["before", "after"]))
    before, after = (states.filter(pl.col("phase") == phase) for phase in ("before", "after"))
    taken = ["obs_value", "time_period", "year", "fact_ids", "source_ids", "indicator_zh", "unit_measure"]
    pairs = before.select(*key, *taken).join(
        after.select(*key, *taken), on=key, how="full", coalesce=True, suffix="_after", nulls_equal=True
    )
    named = pairs.rename(
        {"obs_value": "before", "obs_value_after": "after", "time_period": "time_before", "time_period_after": "time_after"}
    )
    fell = pl.when(pl.col("before") != 0).then((pl.col("after") - pl.col("before")) / pl.col("before") * 100)
    return named.with_columns(
        fell.alias("change_pct"),
        *(pl.coalesce(column, f"{column}_after").alias(column) for column in ("indicator_zh", "unit_measure")),
        pl.concat_str("fact_ids", "fact_ids_after", separator=",", ignore_nulls=True).alias("fact_ids"),
        pl.concat_str("source_ids", "source_ids_after", separator=",", ignore_nulls=True).alias("source_ids"),
    ).sort("scope", "change_pct", "ref_area", nulls_last=True)


def latest(rows: pl.DataFrame) -> pl.DataFrame:
    """With several places each stands with its latest period; one place alone keeps its course."""
    if rows["ref_area"].n_unique() < 2:
        return rows
    same = [column for column in _SAME_THING if column in rows.columns]
    return rows.filter(
        (pl.col("year").fill_null(0) == pl.col("year").fill_null(0).max().over(same)),
    ).filter(pl.col("time_period") == pl.col("time_period").max().over(same))


def _first_places(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of the first MOST_SHOWN places by code, with `published_by`; all rows where there are no more places than that."""
    codes = rows.select("ref_area").collect()["ref_area"].unique().sort()
    if len(codes) <= MOST_SHOWN:
        return rows
    return rows.filter(pl.col("ref_area") <= codes[MOST_SHOWN - 1]).with_columns(pl.lit(len(codes)).alias("published_by"))


def _computed(db: Tables, known: pl.DataFrame) -> pl.DataFrame:
    """Ends that no source prints but that follow from the other end and the change: rows like those of facts, `stated` false."""
    if known.is_empty():
        return known
    changes = db.table("mart.institution_change").filter(
        pl.col("indicator").is_in(known["indicator"].unique().to_list()),
        pl.col("ref_area").is_in(known["ref_area"].unique().to_list()),
        *(pl.col(dimension) == TOTAL for dimension in WHOLE),
    ).collect()  # fmt: skip
    ends = []
    for phase in ("before", "after"):
        rows = changes.filter((pl.col(f"{phase}_basis") == "computed") & pl.col(phase).is_not_null())
        ends.append(
            rows.select(
                "ref_area", "area_name", pl.col("level").alias("area_level"), "cohort", "indicator", "indicator_zh", "unit_measure",
                "sector", "tier", "post_type", "catalogue", "size_band", "category", "scope", "anonymous", "illustrative", "fact_ids",
                "source_ids", pl.lit(phase).alias("phase"), pl.col(phase).alias("obs_value"), pl.lit("derived").alias("precision"),
                pl.lit("").alias("as_stated"), pl.col(f"time_{phase}").fill_null("_U").alias("time_period"),
                year_of(f"time_{phase}").alias("year"), pl.lit(False).alias("stated"),
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


def _narrowed(rows: pl.DataFrame) -> pl.DataFrame:
    """`scope` with what else keeps its rows apart: 计划数, the system, the type of post, and the level where levels differ."""
    level = pl.col("area_level").replace(LEVELS)
    several = (pl.col("area_level").n_unique() > 1).over("indicator", "scope") & ~pl.col("unit_measure").is_in(list(_RELATIVE))
    parts = [
        pl.when(pl.col("sector") != TOTAL).then("sector"),
        pl.when(pl.col("post_type") != TOTAL).then("post_type"),
        pl.when(pl.col("phase") == "plan").then(pl.lit("计划数")),
        pl.when(several).then(level),
    ]
    more = pl.concat_str(*parts, separator="·", ignore_nulls=True)
    says_nothing = (pl.col("scope") == _AS_PRINTED) & (more != "")
    full = pl.when(more == "").then("scope").otherwise(pl.concat_str("scope", more, separator="·"))
    return rows.with_columns(pl.when(says_nothing).then(more).otherwise(full).alias("scope"))
