"""Small counties before and after: bodies, posts, people, and the ordinary counties and control groups beside them."""

from __future__ import annotations

import polars as pl

from dashboard.warehouse.tables import Tables, changes, facts, year_of

PILOT = "试点"
ORDINARY = "普通县区"
PLAN = "机构改革方案"  # in the title of a source
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
    rows = pl.concat([pilots, others], how="diagonal_relaxed")
    return rows.with_columns(pl.col("after").alias("obs_value"), pl.col("by_plan").fill_null(False))


def percentages_only(db: Tables) -> pl.DataFrame:
    """Pilot counties that published a percentage but no counts: change_pct_stated with nothing to draw it from."""
    rows = changes(db, *_STEPS).filter(pl.col("cohort").str.contains(PILOT) & pl.col("change_pct_stated").is_not_null()).collect()
    return rows.filter(pl.col("before").is_null() & pl.col("after").is_null()).sort("indicator", "ref_area")


def ordinary(db: Tables) -> pl.DataFrame:
    """Counties after the ordinary 2019 reform, for comparison: after, scope, year, by_plan (the source reports an approved plan,
    so the number is what the plan sets up). One row a county."""
    rows = changes(db, "party_gov_bodies").filter(pl.col("cohort").str.contains(ORDINARY)).collect()
    plans = facts(db, "party_gov_bodies").filter(pl.col("source_title").str.contains(PLAN)).select("ref_area").unique()
    rows = rows.join(plans.with_columns(by_plan=pl.lit(True)).collect(), on="ref_area", how="left")
    rows = rows.with_columns(pl.col("by_plan").fill_null(False))
    return _dated(rows).filter(pl.col("after").is_not_null()).sort("after", "ref_area")


def convergence(db: Tables) -> pl.DataFrame:
    """States after reform: pilots and ordinary counties with `control` (bool) and `obs_value`, one row a county and scope."""
    rows = bodies_and_ordinary(db).filter(pl.col("after").is_not_null())
    return rows.sort("scope", "control", "after", "ref_area", descending=[True, False, False, False])


def halves(db: Tables) -> pl.DataFrame:
    """Party side and government side: party, gov, total after reform and the same with _before (null where not published), one
    row a county that published both sides after it. `panel`: how bodies were counted, by the county's own total of them."""
    rows = changes(db, "party_bodies", "gov_bodies", "party_gov_bodies").filter(pl.col("after").is_not_null()).collect()
    rows = _dated(rows.filter(pl.col("cohort").is_not_null()))
    party, gov, both_sides = (
        rows.filter(pl.col("indicator") == slug) for slug in ("party_bodies", "gov_bodies", "party_gov_bodies")
    )
    both = party.join(gov.select("ref_area", "before", "after", "fact_ids", "source_ids"), on="ref_area", suffix="_gov")
    both = both.with_columns((pl.col("after") + pl.col("after_gov")).alias("total"))
    # 石楼 published 22 bodies of 正科级 and its 6＋16 as their parts: the parts are counted as the total is.
    counted = both_sides.select("ref_area", pl.col("after").alias("total"), pl.col("scope").alias("panel"))
    both = both.join(counted, on=["ref_area", "total"], how="left")
    return (
        both.select(
            "ref_area", "area_name", "cohort", "time_after", "year", pl.coalesce("panel", "scope").alias("panel"), "total",
            pl.col("after").alias("party"), pl.col("after_gov").alias("gov"), pl.col("before").alias("party_before"),
            pl.col("before_gov").alias("gov_before"), (pl.col("before") + pl.col("before_gov")).alias("total_before"),
            pl.concat_str("fact_ids", "fact_ids_gov", separator=",").alias("fact_ids"),
            pl.concat_str("source_ids", "source_ids_gov", separator=",").alias("source_ids"),
        ).sort(pl.col("total_before").is_null(), "total", "ref_area")
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
    """Cuts of 事业单位 in pilots and elsewhere (`control`): obs_value in per cent, scope beside each. Elsewhere is not outside of
    every reform, and a total may hold a pilot county: its scope says so."""
    return _cuts_by_place(changes(db, "public_institutions").filter(pl.col("scope") != AVERAGE).collect())


def deliberative(db: Tables) -> pl.DataFrame:
    """Cuts of 议事协调机构, which hold no posts, in pilots and elsewhere (`control`): obs_value in per cent."""
    return _cuts_by_place(changes(db, "deliberative_bodies").collect())


def _cuts_by_place(rows: pl.DataFrame) -> pl.DataFrame:
    rows = rows.with_columns(pl.coalesce("change_pct", "change_pct_stated").alias("obs_value"))
    rows = rows.filter(pl.col("obs_value").is_not_null() & ~pl.col("scope").str.contains("乡镇"))
    control = ~pl.col("cohort").fill_null("").str.contains(PILOT)
    return _dated(rows.with_columns(control.alias("control"))).sort("control", "obs_value", "ref_area")


def posts_and_people(db: Tables) -> pl.DataFrame:
    """Posts cut against people still over quota: before, after (posts), over (people), years (transition as the county says),
    target_low and target_high (years that the plan aimed at). One row a county."""
    posts = changes(db, "institution_posts").filter(pl.col("before").is_not_null() & pl.col("after").is_not_null()).collect()
    people = facts(db, "staff_over").select("ref_area", "scope", "obs_value", "fact_ids", "source_ids").collect()
    rows = posts.join(people.rename({"obs_value": "over"}), on=["ref_area", "scope"], suffix="_over")
    for stated in _transitions(db):
        rows = rows.join(stated, on="ref_area", how="left")
    ids = ("fact_ids", "fact_ids_over", "years_fact_ids", "target_fact_ids")
    sources = ("source_ids", "source_ids_over", "years_source_ids", "target_source_ids")
    return rows.with_columns(
        pl.col("fact_ids").alias("posts_fact_ids"),
        pl.concat_str(*ids, separator=",", ignore_nulls=True).alias("fact_ids"),
        pl.concat_str(*sources, separator=",", ignore_nulls=True).alias("source_ids"),
    ).sort("ref_area")


def _transitions(db: Tables) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The transition as the county states it, and the span of years that the plan aimed at: two claims, both kept."""
    stated = facts(db, "reform_transition_years").collect()
    years = stated.filter(pl.col("category") == "过渡期").select(
        "ref_area", pl.col("obs_value").alias("years"), pl.col("publisher").alias("years_publisher"),
        pl.col("fact_ids").alias("years_fact_ids"), pl.col("source_ids").alias("years_source_ids"),
    )  # fmt: skip
    aimed = stated.filter(pl.col("category").str.starts_with("目标年限")).sort("obs_value").group_by("ref_area").agg(
        pl.col("obs_value").min().alias("target_low"), pl.col("obs_value").max().alias("target_high"),
        pl.col("publisher").first().alias("target_publisher"), pl.col("fact_ids").str.join(",").alias("target_fact_ids"),
        pl.col("source_ids").first().alias("target_source_ids"),
    )  # fmt: skip
    return years, aimed


def courses(db: Tables) -> pl.DataFrame:
    """Bodies on the clock of each reform: start (date of naming or start, null unknown), years_low and years_high from it to the
    state after (they differ where an end is known by its year only), completed (the completion was announced in that month;
    else the time of the state after is that of a report)."""
    events = db.table("mart.timeline").collect()
    starts = (
        events.filter(pl.col("kind").is_in(["pilot_named", "reform_started"]))
        .sort("date")
        .unique("ref_area", keep="first")
        .select("ref_area", pl.col("date").alias("start"))
    )
    announced = events.filter(pl.col("kind") == "completed").select(
        "ref_area", pl.col("date").str.slice(0, 7).alias("time_after")
    )
    rows = bodies(db).filter(pl.col("scope") == _PARTS["party_gov_bodies"]).join(starts, on="ref_area", how="left")
    rows = rows.join(announced.unique().with_columns(completed=pl.lit(True)), on=["ref_area", "time_after"], how="left")
    low, high = _elapsed(pl.col("start"), pl.col("time_after"))
    rows = rows.with_columns(low.alias("years_low"), high.alias("years_high"), pl.col("completed").fill_null(False))
    return rows.sort("start", "ref_area", nulls_last=True)


def _elapsed(start: pl.Expr, end: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The least and the most years between two periods: a period without a month may be any of its year; null without two dates."""

    def at(period: pl.Expr, month: float) -> pl.Expr:
        year = period.str.extract(r"^(\d{4})").cast(pl.Float64)
        return year + period.str.extract(r"^\d{4}-(\d{2})").cast(pl.Float64).fill_null(month) / 12

    return (at(end, 1) - at(start, 12)).clip(lower_bound=0), at(end, 12) - at(start, 1)


def _dated(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.coalesce(year_of("time_after"), year_of("time_before")).alias("year"))
