"""乡镇样本: Zhangdian's posts and structure, and other townships' payrolls with the traps that their budgets hold."""

from __future__ import annotations

import polars as pl

from dashboard.gate.closing import concluded, with_faults
from dashboard.gate.fact_notes import remark, timed
from dashboard.warehouse.tables import TOTAL, Tables, facts

ZHANGDIAN = "410423-zhangdian"
POST_TYPES = {TOTAL: 0, "行政": 1, "工勤": 2, "事业": 3}
# The order that readers expect: from young to old, from the highest degree down.
CATEGORIES = ("30岁以下", "30-45岁", "45岁以上", "本科及以上", "大专", "大专以下")
IN_POST = "仅乡镇本级在职"
# What budgets add to the staff in post, and what it is called there.
BESIDES = {"staff_retired": "退休", "staff_contract": "聘用", "staff_survivors": "遗属", "staff_other": "其他"}
# Headcounts that hold such people: only these fall into such parts.
HOLDS_OTHERS = "含离退休|预算人头"
PROFILE = {
    "population_total": "", "area_total": "", "villages_administrative": "", "party_gov_bodies": "乡镇党政机构",
    "public_institutions": "事业单位（乡镇）", "service_rooms": "",
}  # fmt: skip


def profile(db: Tables, ref_area: str = ZHANGDIAN) -> pl.DataFrame:
    """One township in a few figures: population, area, villages, bodies. `remark` is our note on each, blank when there is none;
    `limit` is how the source words the limit of such bodies (三办), null elsewhere.
    """
    own = facts(db, *PROFILE).filter((pl.col("ref_area") == ref_area) & (pl.col("category") == TOTAL)).collect()
    order = {indicator: position for position, indicator in enumerate(PROFILE)}
    wanted = pl.col("indicator").replace_strict(PROFILE, default="", return_dtype=pl.String)
    limits = own.filter(pl.col("scope") == "机构限额（乡镇）").select(
        "indicator", pl.col("as_stated").alias("limit"), pl.col("fact_id").alias("limit_fact_ids")
    )
    rows = own.filter((wanted == "") | (pl.col("scope") == wanted)).join(limits, on="indicator", how="left")
    rows = rows.with_columns(
        pl.col("note").map_elements(remark, return_dtype=pl.String).fill_null("").alias("remark"),
        pl.concat_str("fact_ids", "limit_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
    )
    return timed(db, rows).sort(pl.col("indicator").replace_strict(order, default=99, return_dtype=pl.Int32))


def posts(db: Tables, ref_area: str = ZHANGDIAN) -> pl.DataFrame:
    """Posts and people by type of post, total first: authorised, actual, difference, fill_rate (null under ten posts)."""
    rows = _staffing(db).filter((pl.col("ref_area") == ref_area) & pl.col("post_type").is_in(list(POST_TYPES)))
    order = pl.col("post_type").replace_strict(POST_TYPES, default=9, return_dtype=pl.Int32)
    return timed(db, rows.with_columns(order.alias("post_order")).sort("post_order"))


def structure(db: Tables, ref_area: str = ZHANGDIAN) -> pl.DataFrame:
    """Age and education by group of posts: persons, share (%), base (n). One row a group, dimension and category."""
    rows = db.table("mart.staff_structure").filter(
        (pl.col("ref_area") == ref_area) & pl.col("dimension").is_in(["age_band", "education"])
    )
    order = {name: position for position, name in enumerate(CATEGORIES)}
    place = pl.col("category").replace_strict(order, default=99, return_dtype=pl.Int32)
    ordered = rows.collect().with_columns(place.alias("category_order")).sort("dimension", "post_type", "category_order")
    return timed(db, ordered)


def centres(db: Tables, ref_area: str = ZHANGDIAN) -> pl.DataFrame:
    """Staff of each centre (事业单位): persons, share of the base (%)."""
    rows = db.table("mart.staff_structure").filter((pl.col("ref_area") == ref_area) & (pl.col("dimension") == "org_unit"))
    counted = rows.collect().with_columns(pl.col("persons").alias("obs_value"))
    return timed(db, counted.sort("persons", "category", descending=[True, False]))


def fill_rates(db: Tables) -> pl.DataFrame:
    """Townships whose posts and in-post staff divide: one row a township, all post types, the latest year;
    by year, since years differ and an order by rate would read as a rank.

    `unbalanced` says in words where the source's own parts do not add up; null where they do. A source that contradicts itself
    does not say how many posts or people there are, so it gets no rate and no difference.
    """
    rows = _staffing(db).filter((pl.col("level") == "township") & (pl.col("post_type") == TOTAL) & pl.col("comparable"))
    rows = rows.sort("year", nulls_last=True).unique("ref_area", keep="last", maintain_order=True)
    return timed(db, concluded(db, rows, "obs_value")).sort("year", "ref_area", nulls_last=True)


def traps(db: Tables) -> pl.DataFrame:
    """Townships whose printed count must not be divided by posts: authorised, actual, why (scope), and the parts as printed;
    then those that print heads of a budget (`budgeted`), which are no posts either.
    """
    rows = _staffing(db).filter((pl.col("level") == "township") & (pl.col("post_type") == TOTAL) & ~pl.col("comparable"))
    rows = pl.concat([rows.with_columns(pl.lit(False).alias("budgeted")), _budgeted(db)], how="diagonal_relaxed")
    keys = ["ref_area", "year"]
    mixed = rows.filter(pl.col("staff_scope").str.contains(HOLDS_OTHERS)).select(keys).join(_parts(db), on=keys)
    return with_faults(db, rows.join(mixed, on=keys, how="left")).sort("budgeted", "ref_area")


def _budgeted(db: Tables) -> pl.DataFrame:
    """Heads of a budget (纳入部门预算编制X人) as rows like those of a headcount; posts were not published there."""
    rows = facts(db, "budgeted_headcount").filter((pl.col("area_level") == "township") & (pl.col("category") == TOTAL))
    return rows.select(
        "ref_area", "area_name", "time_period", "year", "scope", "staff_scope", "fact_ids", "source_ids",
        pl.col("obs_value").alias("actual"), pl.col("fact_ids").alias("actual_fact_ids"), pl.lit("stated").alias("actual_basis"),
        pl.lit(None, pl.Float64).alias("authorised"), pl.lit(None, pl.String).alias("authorised_fact_ids"),
        pl.lit("stated").alias("authorised_basis"), pl.lit(False).alias("comparable"), pl.lit(True).alias("budgeted"),
    ).collect()  # fmt: skip


def _parts(db: Tables) -> pl.DataFrame:
    """What makes up a township's headcount, in words (在职48人、退休15人…), as a sum, and the staff in post among it."""
    keys = ["ref_area", "year"]
    whole = (pl.col("post_type") == TOTAL) & (pl.col("sector") == TOTAL) & (pl.col("org_unit") == TOTAL)
    staff = db.table("mart.staffing").filter(whole & (pl.col("level") == "township") & (pl.col("scope") == IN_POST))
    in_post = staff.filter(pl.col("actual").is_not_null()).select(
        *keys, pl.lit("在职").alias("name"), pl.col("actual").alias("heads"), pl.col("actual_fact_ids").alias("ids")
    )
    besides = facts(db, *BESIDES).filter(
        (pl.col("area_level") == "township") & (pl.col("post_type") == TOTAL) & (pl.col("category") == TOTAL)
    )
    named = pl.col("indicator").replace_strict(BESIDES, default=None, return_dtype=pl.String)
    others = besides.select(*keys, named.alias("name"), pl.col("obs_value").alias("heads"), pl.col("fact_ids").alias("ids"))
    order = pl.col("name").replace_strict(
        {name: at for at, name in enumerate(["在职", *BESIDES.values()])}, return_dtype=pl.Int32
    )
    listed = pl.concat([in_post, others]).collect().sort("ref_area", "year", order)
    return listed.group_by(keys, maintain_order=True).agg(
        pl.format("{}{}人", "name", pl.col("heads").cast(pl.Int64)).str.join("、").alias("parts"),
        pl.col("heads").sum().alias("parts_sum"), pl.col("ids").str.join(",").alias("part_fact_ids"),
        pl.col("heads").filter(pl.col("name") == "在职").first().alias("in_post"),
        pl.col("ids").filter(pl.col("name") == "在职").first().alias("in_post_fact_ids"),
    )  # fmt: skip


def _staffing(db: Tables) -> pl.DataFrame:
    rows = (
        db.table("mart.staffing")
        .filter((pl.col("sector") == TOTAL) & (pl.col("org_unit") == TOTAL) & ~pl.col("illustrative"))
        .collect()
    )
    rows = rows.filter(pl.col("authorised").is_not_null() & pl.col("actual").is_not_null())
    return rows.with_columns(
        pl.concat_str("authorised_fact_ids", "actual_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
        pl.col("fill_rate").alias("obs_value"),
    )
