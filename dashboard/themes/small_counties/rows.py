"""Small counties before and after: bodies, posts, people, and the ordinary counties and control groups beside them."""

import polars as pl

from dashboard.gate.comparability import with_axis
from dashboard.gate.judged import Judged
from dashboard.warehouse.tables import Tables, changes, facts

PILOT, ORDINARY = "pilot", "ordinary"
FIRST_BATCH = "山西第一批试点"
AVERAGE = "两县平均"
ACTUAL_BODIES = "党政机构（实设）"
REFORMED = "涉改事业（除学校医院）"
OF_TOWNSHIPS = ("乡镇本级", "乡镇合计")  # coverages that lie below a county
_STEPS = ("party_gov_bodies", "public_institutions", "institution_posts", "leadership_posts")
# Scope of the two counties' own rows from which the stated average recomputes.
_PARTS = {
    "party_gov_bodies": ACTUAL_BODIES, "public_institutions": REFORMED, "institution_posts": REFORMED,
    "leadership_posts": "党政群机关科级领导职数",
}  # fmt: skip
_TARGETS = ("目标年限下限", "目标年限上限")
_JUDGED = tuple(Judged.column_names())


def bodies(db: Tables) -> pl.DataFrame:
    """Party and government bodies of pilot counties; an end is null where it was not published. One row a county and scope."""
    published = pl.col("before").is_not_null() | pl.col("after").is_not_null()
    rows = changes(db, "party_gov_bodies", cohort_role=PILOT).filter(published).collect()
    return rows.sort("scope", "change_pct", "ref_area", descending=[True, False, False], nulls_last=True)


def bodies_and_ordinary(db: Tables) -> pl.DataFrame:
    """Pilots (`control` false), then the ordinary counties (`control` true) that make the range to compare with.

    Axes with most pilots come first, limits and partial counts after them; `axis`: the words over the axis that a row stands on.
    `by_plan`: the source reports an approved plan, so the number is what the plan sets up.
    """
    pilots, others = (
        bodies(db).with_columns(pl.lit(False).alias("control")),
        ordinary(db).with_columns(pl.lit(True).alias("control")),
    )
    rows = with_axis(pl.concat([pilots, others], how="diagonal_relaxed").with_columns(pl.col("after").alias("obs_value")))
    members = (~pl.col("control")).sum().over("axis")
    return rows.sort("control", members, "axis", "change_pct", "after", "ref_area", descending=[False, True, True, False, False, False],
                     nulls_last=True)  # fmt: skip


def ordinary(db: Tables) -> pl.DataFrame:
    """Counties after the ordinary 2019 reform, for comparison: after, scope, year, by_plan. One row a county and scope."""
    rows = changes(db, "party_gov_bodies", cohort_role=ORDINARY).filter(pl.col("after").is_not_null())
    return rows.collect().sort("after", "ref_area")


def convergence(db: Tables) -> pl.DataFrame:
    """States after reform: pilots and ordinary counties with `control` (bool) and `obs_value`, one row a county and scope;
    axes with most counties first."""
    rows = bodies_and_ordinary(db).filter(pl.col("after").is_not_null())
    return rows.sort(pl.len().over("axis"), "axis", "control", "after", "ref_area", descending=[True, True, False, False, False])


def halves(db: Tables) -> pl.DataFrame:
    """Party side and government side: party, gov, total after reform and the same with _before (null where not published), one
    row a county that published both sides after it. The sides are counted as the county's own total of them is (`scope`, `axis`).
    """
    sides = changes(db, "party_bodies", "gov_bodies", "party_gov_bodies", cohort_role=(PILOT, ORDINARY))
    listed = sides.filter(pl.col("after").is_not_null()).collect()
    party, gov, both_sides = (
        listed.filter(pl.col("indicator") == slug) for slug in ("party_bodies", "gov_bodies", "party_gov_bodies")
    )
    both = party.join(gov.select("ref_area", "before", "after", "fact_ids", "source_ids"), on="ref_area", suffix="_gov")
    both = both.with_columns((pl.col("after") + pl.col("after_gov")).alias("total"))
    # 石楼 published 22 bodies of 正科级 and its 6＋16 as their parts: the parts are counted as the total is.
    judged = ("scope", "axis_key", "whole_key", "may_rank", "withheld_zh")
    own_total = both_sides.select(
        "ref_area", pl.col("after").alias("total"), *(pl.col(name).alias(f"{name}_total") for name in judged)
    )
    both = both.join(own_total, on=["ref_area", "total"], how="left").with_columns(
        pl.coalesce(f"{name}_total", name).alias(name) for name in judged
    )
    rows = both.select(
        *_JUDGED, "cohort", "cohort_role", "scope", "time_after", "year", "total",
        pl.col("after").alias("party"), pl.col("after_gov").alias("gov"), pl.col("before").alias("party_before"),
        pl.col("before_gov").alias("gov_before"), (pl.col("before") + pl.col("before_gov")).alias("total_before"),
        pl.concat_str("fact_ids", "fact_ids_gov", separator=",").alias("fact_ids"),
        pl.concat_str("source_ids", "source_ids_gov", separator=",").alias("source_ids"),
    )  # fmt: skip
    return with_axis(rows).sort(pl.col("total_before").is_null(), "total", "ref_area")


def cuts(db: Tables) -> pl.DataFrame:
    """What the first pilots cut, as stated for both counties together: change_pct (negative, per cent), and the counts
    before and after of the two counties added up (before_sum, after_sum), from which the percentage recomputes; `to_check`:
    what is still to be checked about these counts."""
    rows = changes(db, *_STEPS).collect()
    average = rows.filter((pl.col("scope") == AVERAGE) & pl.col("change_pct_stated").is_not_null()).drop("to_check")
    counted = (pl.col("cohort") == FIRST_BATCH) & pl.col("before").is_not_null() & pl.col("after").is_not_null()
    wanted = pl.col("indicator").replace_strict(_PARTS, default=None, return_dtype=pl.String)
    first = rows.filter(counted & (pl.col("scope") == wanted)).sort("indicator", "ref_area")
    sums = first.group_by("indicator", maintain_order=True).agg(
        pl.col("before").sum().alias("before_sum"), pl.col("after").sum().alias("after_sum"),
        pl.col("to_check").drop_nulls().str.split("；").explode().unique(maintain_order=True).str.join("；").replace("", None),
        pl.col("fact_ids").str.join(",").alias("part_fact_ids"), pl.len().alias("counties"),
    )  # fmt: skip
    return (
        average.join(sums, on="indicator", how="left")
        .with_columns(pl.concat_str("fact_ids", pl.col("part_fact_ids"), separator=",", ignore_nulls=True).alias("fact_ids"))
        .with_columns(pl.col("change_pct_stated").alias("obs_value"))
        .sort("change_pct_stated", "indicator")
    )


def institutions(db: Tables) -> pl.DataFrame:
    """Cuts of 事业单位 in pilots and elsewhere (`control`): obs_value in per cent, scope beside each. Elsewhere is not outside of
    every reform, and a place may hold a pilot county: `pilots_held` names them (comma list, null for none)."""
    rows = _cuts_by_place(changes(db, "public_institutions").filter(pl.col("scope") != AVERAGE).collect())
    return rows.join(_pilots_held(db), on="ref_area", how="left")


def deliberative(db: Tables) -> pl.DataFrame:
    """Cuts of 议事协调机构, which hold no posts, in pilots and elsewhere (`control`): obs_value in per cent."""
    return _cuts_by_place(changes(db, "deliberative_bodies").collect())


def _cuts_by_place(rows: pl.DataFrame) -> pl.DataFrame:
    rows = rows.with_columns(pl.coalesce("change_pct", "change_pct_stated").alias("obs_value"))
    whole = ~pl.col("scope_coverage").is_in(OF_TOWNSHIPS).fill_null(False)
    control = (pl.col("cohort_role") != PILOT).fill_null(True)
    kept = rows.filter(pl.col("obs_value").is_not_null() & whole).with_columns(control.alias("control"))
    return with_axis(kept).sort("control", "obs_value", "ref_area")


def _pilots_held(db: Tables) -> pl.DataFrame:
    """Pilot counties by every place above them: ref_area, pilots_held (names, comma list)."""
    above = db.table("core.area_ancestor").filter(pl.col("distance") > 0)
    named = pilot_counties(db).join(above, on="ref_area").sort("ref_area").collect()
    return named.group_by(pl.col("ancestor").alias("ref_area"), maintain_order=True).agg(
        pl.col("name_zh").str.join(",").alias("pilots_held")
    )


def pilot_counties(db: Tables) -> pl.LazyFrame:
    """Rows of core.ref_area that are pilots of the reform of small counties."""
    pilots = db.table("core.cohort", role=PILOT)
    counties = db.table("core.ref_area", level="county", anonymous=False, illustrative=False)
    return counties.join(pilots.select("cohort"), on="cohort", how="semi")


def posts_and_people(db: Tables) -> pl.DataFrame:
    """Posts cut against people still over quota: before, after (posts), over (people), years (transition as the county says),
    target_low and target_high (years that the plan aimed at). One row a county."""
    posts = changes(db, "institution_posts").filter(pl.col("before").is_not_null() & pl.col("after").is_not_null()).collect()
    counties = posts["ref_area"].unique().to_list()
    people = (
        facts(db, "staff_over", ref_area=counties).select("ref_area", "scope", "obs_value", "fact_ids", "source_ids").collect()
    )
    rows = posts.join(people.rename({"obs_value": "over"}), on=["ref_area", "scope"], suffix="_over")
    for stated in _transitions(db, counties):
        rows = rows.join(stated, on="ref_area", how="left")
    ids = ("fact_ids", "fact_ids_over", "years_fact_ids", "target_fact_ids")
    sources = ("source_ids", "source_ids_over", "years_source_ids", "target_source_ids")
    return rows.with_columns(
        pl.col("fact_ids").alias("posts_fact_ids"),
        pl.concat_str(*ids, separator=",", ignore_nulls=True).alias("fact_ids"),
        pl.concat_str(*sources, separator=",", ignore_nulls=True).alias("source_ids"),
    ).sort("ref_area")


def _transitions(db: Tables, counties: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The transition as each of the counties states it, and the span of years that the plan aimed at: two claims, both kept."""
    stated, aims = (facts(db, "reform_transition_years", ref_area=counties, category=one) for one in ("过渡期", _TARGETS))
    years = stated.select(
        "ref_area", pl.col("obs_value").alias("years"), pl.col("publisher").alias("years_publisher"),
        pl.col("fact_ids").alias("years_fact_ids"), pl.col("source_ids").alias("years_source_ids"),
    )  # fmt: skip
    aimed = aims.sort("obs_value").group_by("ref_area").agg(
        pl.col("obs_value").min().alias("target_low"), pl.col("obs_value").max().alias("target_high"),
        pl.col("publisher").first().alias("target_publisher"), pl.col("fact_ids").str.join(",").alias("target_fact_ids"),
        pl.col("source_ids").first().alias("target_source_ids"),
    )  # fmt: skip
    return years.collect(), aimed.collect()


def courses(db: Tables) -> pl.DataFrame:
    """Bodies on the clock of each reform: start (date of naming or start, null unknown), years_low and years_high from it to the
    state after (they differ where an end is known by its year only), completed (the completion was announced in that month;
    else the time of the state after is that of a report)."""
    events = db.table("mart.timeline", illustrative=False).collect()
    starts = (
        events.filter(pl.col("kind").is_in(["pilot_named", "reform_started"]))
        .sort("period_start", "date")
        .unique("ref_area", keep="first", maintain_order=True)
        .select("ref_area", pl.col("date").alias("start"), pl.col("period_start").alias("started"), pl.col("period_end").alias("started_end"))
    )  # fmt: skip
    announced = events.filter(pl.col("kind") == "completed").select(
        "ref_area", pl.col("period_start").dt.month_start().alias("after_start"),
        pl.col("period_end").dt.month_end().alias("after_end"), pl.lit(True).alias("completed"),
    ).unique()  # fmt: skip
    rows = bodies(db).filter(pl.col("scope") == ACTUAL_BODIES).join(starts, on="ref_area", how="left")
    rows = rows.join(announced, on=["ref_area", "after_start", "after_end"], how="left")
    rows = rows.with_columns(
        _years_between("started_end", "after_start").clip(lower_bound=0).alias("years_low"),
        _years_between("started", "after_end").alias("years_high"),
        pl.col("completed").fill_null(False),
    )
    return rows.sort("start", "ref_area", nulls_last=True)


def _years_between(start: str, end: str) -> pl.Expr:
    """Whole months between two dates in years; null without either."""
    years = pl.col(end).dt.year() - pl.col(start).dt.year()
    months = pl.col(end).dt.month().cast(pl.Int32) - pl.col(start).dt.month().cast(pl.Int32)
    return years.cast(pl.Float64) + months / 12
