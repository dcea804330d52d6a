"""对比: one indicator for the chosen places, everything that is published, and the places that published nothing."""

from __future__ import annotations

import polars as pl

from dashboard.queries.tables import TOTAL, Tables, facts

# A breakdown (by age, by centre, by field …) is not a value of the place as a whole.
_WHOLE = ("age_band", "education", "org_unit", "category")


def claims(db: Tables, indicator: str, places: tuple[str, ...] = (), cohort: str = "") -> pl.DataFrame:
    """Preferred facts of `indicator` for `places`, for all places of `cohort`, or (both blank) for every place that has one.

    Chosen places without any fact are rows with a null obs_value. Sorted by scope, place and period.
    """
    rows = facts(db, indicator).filter(*(pl.col(dimension) == TOTAL for dimension in _WHOLE))
    if places or cohort:
        wanted = pl.col("ref_area").is_in(list(places))
        rows = rows.filter(wanted | (pl.col("cohort") == cohort) if cohort else wanted)
    found = rows.collect()
    # A printed change (−14) repeats what before and after say; it stays only where those were not published.
    has_state = (pl.col("phase") != "change").any().over("ref_area", "scope")
    found = found.filter((pl.col("phase") != "change") | ~has_state)
    silent = _silent(db, places, cohort).filter(~pl.col("ref_area").is_in(found["ref_area"].to_list()))
    both = pl.concat([found, silent], how="diagonal_relaxed") if silent.height else found
    return both.sort("scope", "ref_area", "year", "phase", nulls_last=True)


def changes_between(rows: pl.DataFrame) -> pl.DataFrame:
    """Of `claims`, places with a state before and a state after in one scope: before, after, change_pct, ids of both."""
    key = ["ref_area", "area_name", "scope", "cohort", "catalogue", "size_band", "tier", "sector", "post_type"]
    states = rows.filter(pl.col("obs_value").is_not_null() & pl.col("phase").is_in(["before", "after"]))
    before, after = (states.filter(pl.col("phase") == phase) for phase in ("before", "after"))
    taken = ["obs_value", "time_period", "year", "fact_ids", "source_ids"]
    pairs = before.select(*key, *taken, "indicator_zh", "unit_measure").join(
        after.select(*key, *taken), on=key, suffix="_after", nulls_equal=True
    )
    fell = pl.when(pl.col("before") != 0).then((pl.col("after") - pl.col("before")) / pl.col("before") * 100)
    named = pairs.rename(
        {"obs_value": "before", "obs_value_after": "after", "time_period": "time_before", "time_period_after": "time_after"}
    )
    return named.with_columns(
        fell.alias("change_pct"),
        pl.concat_str("fact_ids", "fact_ids_after", separator=",").alias("fact_ids"),
        pl.concat_str("source_ids", "source_ids_after", separator=",").alias("source_ids"),
    ).sort("scope", "change_pct", "ref_area", nulls_last=True)


def _silent(db: Tables, places: tuple[str, ...], cohort: str) -> pl.DataFrame:
    areas = db.table("core.ref_area").filter(~pl.col("illustrative"))
    wanted = pl.col("ref_area").is_in(list(places))
    areas = areas.filter(wanted | (pl.col("cohort") == cohort) if cohort else wanted)
    return areas.select(
        "ref_area", pl.col("name_zh").alias("area_name"), pl.col("level").alias("area_level"), "cohort", "anonymous"
    ).collect().with_columns(pl.lit("").alias("fact_ids"), pl.lit("").alias("source_ids"))  # fmt: skip
