"""乡镇样本: Zhangdian's posts and structure, and other townships' payrolls with the traps that their budgets hold."""

import polars as pl

from dashboard.gate.comparability import with_axis
from dashboard.warehouse.tables import CATEGORIES, TOTAL, Key, Tables, facts, place_in

ZHANGDIAN = "410423-zhangdian"
POST_TYPES = (TOTAL, "行政", "工勤", "事业")
IN_POST = "仅乡镇本级在职"
# What budgets add to the staff in post, and what it is called there.
BESIDES = {"staff_retired": "退休", "staff_contract": "聘用", "staff_survivors": "遗属", "staff_other": "其他"}
# Headcounts that hold such people: only these fall into such parts.
HOLDS_OTHERS = ("含离退休、聘用、遗属", "预算人头")
PROFILE = (
    "population_total", "area_total", "villages_administrative", "party_gov_bodies", "public_institutions", "service_rooms",
)  # fmt: skip


def profile(db: Tables, ref_area: str = ZHANGDIAN) -> pl.DataFrame:
    """One township in a few figures: population, area, villages, bodies. `note` is what a reader has to hear of each, null when
    there is nothing; `limit` is how the source words the limit of such bodies (三办), null elsewhere.
    """
    own = facts(db, *PROFILE, ref_area=ref_area, category=TOTAL).collect()
    limits = own.filter(pl.col("scope_nature") == "limit").select(
        "indicator", pl.col("as_stated").alias("limit"), pl.col("fact_id").alias("limit_fact_ids")
    )
    rows = own.filter(pl.col("scope_nature") == "count").join(limits, on="indicator", how="left")
    rows = rows.with_columns(pl.concat_str("fact_ids", "limit_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"))
    return rows.sort(place_in("indicator", PROFILE))


def posts(db: Tables, ref_area: str = ZHANGDIAN) -> pl.DataFrame:
    """Posts and people by type of post, total first: authorised, actual, difference, fill_rate (null under ten posts)."""
    rows = _both_numbers(db, ref_area=ref_area, post_type=POST_TYPES).collect()
    return rows.sort(place_in("post_type", POST_TYPES))


def structure(db: Tables, ref_area: str = ZHANGDIAN) -> pl.DataFrame:
    """Age and education by group of posts: persons, share (%), base (n). One row a group, dimension and category; only of wholes
    that their parts fill, since a bar of 100 % says so."""
    rows = _parts_of(db, ref_area, "age_band", "education").collect()
    return rows.sort("dimension", "post_type", place_in("category", CATEGORIES))


def centres(db: Tables, ref_area: str = ZHANGDIAN) -> pl.DataFrame:
    """Staff of each centre (事业单位): persons, share of the base (%)."""
    rows = _parts_of(db, ref_area, "org_unit").collect()
    return rows.sort("persons", "category", descending=[True, False])


def _parts_of(db: Tables, ref_area: str, *dimensions: str) -> pl.LazyFrame:
    return db.table("mart.staff_structure", ref_area=ref_area, dimension=dimensions, is_partition=True)


def fill_rates(db: Tables) -> pl.DataFrame:
    """Townships whose in-post staff fills their posts: one row a township, all post types, the latest year;
    by year, since years differ and an order by rate would read as a rank.

    A source that contradicts itself (`unclosed_zh`) does not say how many posts or people there are: no rate, no difference.
    `axis`: the words over the axis that a row stands on.
    """
    rows = _townships(db, fills_posts=True).collect()
    latest = rows.sort("year", "ref_area", nulls_last=True).unique("ref_area", keep="last", maintain_order=True)
    return with_axis(latest)


def traps(db: Tables) -> pl.DataFrame:
    """Townships whose printed count must not be divided by posts: authorised, actual, why (scope), and the parts as printed;
    then those that print heads of a budget (`budgeted`), which are no posts either. `axis`: the words over a row's axis.
    """
    rows = _townships(db, fills_posts=False).collect()
    rows = pl.concat([rows.with_columns(pl.lit(False).alias("budgeted")), _budgeted(db)], how="diagonal_relaxed")
    keys = ["ref_area", "year"]
    mixed = rows.filter(pl.col("staff_scope").is_in(HOLDS_OTHERS)).select(keys).join(_parts(db), on=keys)
    # Rows of one axis stand together, the kind of count that most townships print first.
    listed = with_axis(rows.join(mixed, on=keys, how="left")).with_columns(pl.len().over("axis").alias("members"))
    return listed.sort("budgeted", "members", "axis", "ref_area", descending=[False, True, False, False])


def _budgeted(db: Tables) -> pl.DataFrame:
    """Heads of a budget (纳入部门预算编制X人) as rows like those of a headcount; posts were not published there."""
    rows = facts(db, "budgeted_headcount", area_level="township", category=TOTAL)
    return rows.with_columns(
        pl.col("obs_value").alias("actual"), pl.col("fact_ids").alias("actual_fact_ids"), pl.lit("stated").alias("actual_basis"),
        pl.lit(None, pl.Float64).alias("authorised"), pl.lit(None, pl.Float64).alias("fill_rate"),
        pl.lit(None, pl.String).alias("authorised_fact_ids"), pl.lit(False).alias("comparable"), pl.lit(True).alias("budgeted"),
    ).select(
        "ref_area", "area_name", "counted_as", "time_period", "year", "scope", "staff_scope", "actual", "actual_fact_ids",
        "actual_basis", "authorised", "authorised_fact_ids", "fill_rate", "comparable", "budgeted", "unclosed_zh", "axis_key",
        "whole_key", "may_rank", "withheld_zh", "anonymous", "illustrative", "fact_ids", "source_ids",
    ).collect()  # fmt: skip


def _parts(db: Tables) -> pl.DataFrame:
    """What makes up a township's headcount, in words (在职48人、退休15人…), as a sum, and the staff in post among it."""
    keys = ["ref_area", "year"]
    in_post = _totals(db, post_type=TOTAL, area_level="township", scope=IN_POST).filter(pl.col("actual").is_not_null()).select(
        *keys, pl.lit("在职").alias("name"), pl.col("actual").alias("heads"), pl.col("actual_fact_ids").alias("ids")
    )  # fmt: skip
    besides = facts(db, *BESIDES, area_level="township", post_type=TOTAL, category=TOTAL)
    named = pl.col("indicator").replace_strict(BESIDES, default=None, return_dtype=pl.String)
    others = besides.select(*keys, named.alias("name"), pl.col("obs_value").alias("heads"), pl.col("fact_ids").alias("ids"))
    order = place_in("name", ["在职", *BESIDES.values()])
    listed = pl.concat([in_post, others]).collect().sort("ref_area", "year", order)
    return listed.group_by(keys, maintain_order=True).agg(
        pl.format("{}{}人", "name", pl.col("heads").cast(pl.Int64)).str.join("、").alias("parts"),
        pl.col("heads").sum().alias("parts_sum"), pl.col("ids").str.join(",").alias("part_fact_ids"),
        pl.col("heads").filter(pl.col("name") == "在职").first().alias("in_post"),
        pl.col("ids").filter(pl.col("name") == "在职").first().alias("in_post_fact_ids"),
    )  # fmt: skip


def _totals(db: Tables, **keys: Key) -> pl.LazyFrame:
    """Rows of whole places, all systems and units together."""
    return db.table("mart.staffing", sector=TOTAL, org_unit=TOTAL, illustrative=False, **keys)


def _both_numbers(db: Tables, **keys: Key) -> pl.LazyFrame:
    rows = _totals(db, **keys).filter(pl.col("authorised").is_not_null() & pl.col("actual").is_not_null())
    return rows.with_columns(
        pl.concat_str("authorised_fact_ids", "actual_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
    )


def _townships(db: Tables, **keys: Key) -> pl.LazyFrame:
    return _both_numbers(db, area_level="township", post_type=TOTAL, **keys)
