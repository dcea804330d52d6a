"""Small counties before and after: bodies, posts, people, and the ordinary counties and control groups beside them."""

from __future__ import annotations

import polars as pl

from dashboard.queries.tables import Tables, changes, facts, year_of

PILOT = "试点"
ORDINARY = "普通县区"
AVERAGE = "两县平均"
REFORMED = "涉改事业（除学校医院）"
_STEPS = ("party_gov_bodies", "public_institutions", "institution_posts", "leadership_posts")
# Scope of the two counties' own rows from which the stated average recomputes.
_PARTS = {
    "party_gov_bodies": "党政机构（实设）", "public_institutions": REFORMED, "institution_posts": REFORMED,
    "leadership_posts": "党政群机关科级领导职数",
}  # fmt: skip


def bodies(db: Tables) -> pl.DataFrame:
    """Party and government bodies of pilot counties; an end is null where it was not published. One row a county and scope."""
    rows = changes(db, "party_gov_bodies").filter(pl.col("cohort").str.contains(PILOT)).collect()
    rows = rows.filter(pl.col("before").is_not_null() | pl.col("after").is_not_null())
    return _dated(rows).sort("scope", "change_pct", "ref_area", descending=[True, False, False], nulls_last=True)


def bodies_and_ordinary(db: Tables) -> pl.DataFrame:
    """Pilots (`control` false), then the ordinary counties (`control` true) that make the range to compare with."""
    pilots, others = (
        bodies(db).with_columns(pl.lit(False).alias("control")),
        ordinary(db).with_columns(pl.lit(True).alias("control")),
    )
    return pl.concat([pilots, others], how="diagonal_relaxed").with_columns(pl.col("after").alias("obs_value"))


def percentages_only(db: Tables) -> pl.DataFrame:
    """Pilot counties that published a percentage but no counts: change_pct_stated with nothing to draw it from."""
    rows = changes(db, *_STEPS).filter(pl.col("cohort").str.contains(PILOT) & pl.col("change_pct_stated").is_not_null()).collect()
    return rows.filter(pl.col("before").is_null() & pl.col("after").is_null()).sort("indicator", "ref_area")


def ordinary(db: Tables) -> pl.DataFrame:
    """Counties after the ordinary 2019 reform, for comparison: after, scope, year. One row a county."""
    rows = changes(db, "party_gov_bodies").filter(pl.col("cohort").str.contains(ORDINARY)).collect()
    return _dated(rows).filter(pl.col("after").is_not_null()).sort("after", "ref_area")


def convergence(db: Tables) -> pl.DataFrame:
    """States after reform: pilots and ordinary counties with `control` (bool) and `obs_value`, one row a county and scope."""
    rows = bodies_and_ordinary(db).filter(pl.col("after").is_not_null())
    return rows.sort("scope", "control", "after", "ref_area", descending=[True, False, False, False])


def halves(db: Tables) -> pl.DataFrame:
    """Party side and government side after reform: party, gov (counts), one row a county that published both."""
    rows = changes(db, "party_bodies", "gov_bodies").filter(pl.col("after").is_not_null()).collect()
    rows = _dated(rows.filter(pl.col("cohort").is_not_null()))
    party, gov = (rows.filter(pl.col("indicator") == slug) for slug in ("party_bodies", "gov_bodies"))
    both = party.join(gov.select("ref_area", "after", "fact_ids", "source_ids"), on="ref_area", suffix="_gov")
    return (
        both.select(
            "ref_area", "area_name", "cohort", "time_after", "year", "scope", pl.col("after").alias("party"),
            pl.col("after_gov").alias("gov"), (pl.col("after") + pl.col("after_gov")).alias("total"),
            pl.concat_str("fact_ids", "fact_ids_gov", separator=",").alias("fact_ids"),
            pl.concat_str("source_ids", "source_ids_gov", separator=",").alias("source_ids"),
        ).sort("total", "ref_area")
    )  # fmt: skip


def cuts(db: Tables) -> pl.DataFrame:
    """What the first pilots cut, as stated for both counties together: change_pct (negative, per cent), and the counts
    before and after of the two counties added up (before_sum, after_sum), from which the percentage recomputes."""
    rows = changes(db, *_STEPS).collect()
    average = rows.filter((pl.col("scope") == AVERAGE) & pl.col("change_pct_stated").is_not_null())
    parts = pl.concat([rows.filter((pl.col("indicator") == slug) & (pl.col("scope") == scope)) for slug, scope in _PARTS.items()])
    first = parts.filter(pl.col("cohort").str.contains("第一批") & pl.col("before").is_not_null() & pl.col("after").is_not_null())
    sums = first.group_by("indicator", maintain_order=True).agg(
        pl.col("before").sum().alias("before_sum"), pl.col("after").sum().alias("after_sum"),
        pl.col("fact_ids").str.join(",").alias("part_fact_ids"), pl.len().alias("counties"),
    )  # fmt: skip
    return (
        average.join(sums, on="indicator", how="left")
        .with_columns(pl.concat_str("fact_ids", pl.col("part_fact_ids"), separator=",", ignore_nulls=True).alias("fact_ids"))
        .with_columns(pl.col("change_pct_stated").alias("obs_value"))
        .sort("change_pct_stated")
    )


def institutions(db: Tables) -> pl.DataFrame:
    """Cuts of 事业单位 in pilots and in places that were no pilot (`control`): obs_value in per cent, scope beside each."""
    rows = changes(db, "public_institutions").filter(pl.col("scope") != AVERAGE).collect()
    rows = rows.with_columns(pl.coalesce("change_pct", "change_pct_stated").alias("obs_value"))
    rows = rows.filter(pl.col("obs_value").is_not_null() & ~pl.col("scope").str.contains("乡镇"))
    control = ~pl.col("cohort").fill_null("").str.contains(PILOT)
    return _dated(rows.with_columns(control.alias("control"))).sort("control", "obs_value", "ref_area")


def posts_and_people(db: Tables) -> pl.DataFrame:
    """Posts cut against people still over quota: before, after (posts), over (people), years (transition). One row a county."""
    posts = changes(db, "institution_posts").filter(pl.col("before").is_not_null() & pl.col("after").is_not_null()).collect()
    people = facts(db, "staff_over").select("ref_area", "scope", "obs_value", "fact_ids", "source_ids").collect()
    years = (
        facts(db, "reform_transition_years")
        .filter(pl.col("time_period") >= "2021")
        .select("ref_area", "obs_value", "fact_ids")
        .collect()
    )
    rows = posts.join(people.rename({"obs_value": "over"}), on=["ref_area", "scope"], suffix="_over")
    rows = rows.join(years.rename({"obs_value": "years", "fact_ids": "years_fact_ids"}), on="ref_area", how="left")
    return rows.with_columns(
        pl.col("fact_ids").alias("posts_fact_ids"),
        pl.concat_str("fact_ids", "fact_ids_over", "years_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
        pl.concat_str("source_ids", "source_ids_over", separator=",").alias("source_ids"),
    ).sort("ref_area")


def courses(db: Tables) -> pl.DataFrame:
    """Bodies on the clock of each reform: start (date of naming or start, null unknown), years from it to the state after,
    by_month (false: one end is known by its year only)."""
    starts = (
        db.table("mart.timeline")
        .filter(pl.col("kind").is_in(["pilot_named", "reform_started"]))
        .collect()
        .sort("date")
        .unique("ref_area", keep="first")
        .select("ref_area", pl.col("date").alias("start"))
    )
    rows = bodies(db).filter(pl.col("scope") == _PARTS["party_gov_bodies"]).join(starts, on="ref_area", how="left")
    by_month = pl.col("time_after").str.contains(r"^\d{4}-") & pl.col("start").str.contains(r"^\d{4}-")
    years = _elapsed(pl.col("start"), pl.col("time_after"))
    rows = rows.with_columns(years.alias("years"), by_month.fill_null(False).alias("by_month"))
    return rows.sort("start", "ref_area", nulls_last=True)


def _elapsed(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Years between two periods: by month when both name one, else whole years; null without two dates."""
    year = end.str.extract(r"^(\d{4})").cast(pl.Float64) - start.str.extract(r"^(\d{4})").cast(pl.Float64)
    month = end.str.extract(r"^\d{4}-(\d{2})").cast(pl.Float64) - start.str.extract(r"^\d{4}-(\d{2})").cast(pl.Float64)
    return year + month.fill_null(0.0) / 12


def _dated(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.coalesce(year_of("time_after"), year_of("time_before")).alias("year"))
