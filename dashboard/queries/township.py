"""乡镇样本: Zhangdian's posts and structure, and other townships' payrolls with the traps that their budgets hold."""

from __future__ import annotations

import polars as pl

from dashboard.queries.tables import TOTAL, Tables, facts

ZHANGDIAN = "410423-zhangdian"
POST_TYPES = {TOTAL: 0, "行政": 1, "工勤": 2, "事业": 3}
# The order that readers expect: from young to old, from the highest degree down.
CATEGORIES = ("30岁以下", "30-45岁", "45岁以上", "本科及以上", "大专", "大专以下")
# Dimensions of the parts of a headcount that budgets print beside it.
PARTS = ("staff_actual", "staff_retired", "staff_contract", "staff_survivors", "staff_other")


def posts(db: Tables, ref_area: str = ZHANGDIAN) -> pl.DataFrame:
    """Posts and people by type of post, total first: authorised, actual, difference, fill_rate (null under ten posts)."""
    rows = _staffing(db).filter((pl.col("ref_area") == ref_area) & pl.col("post_type").is_in(list(POST_TYPES)))
    order = pl.col("post_type").replace_strict(POST_TYPES, default=9, return_dtype=pl.Int32)
    return rows.with_columns(order.alias("post_order")).sort("post_order")


def structure(db: Tables, ref_area: str = ZHANGDIAN) -> pl.DataFrame:
    """Age and education by group of posts: persons, share (%), base (n). One row a group, dimension and category."""
    rows = db.table("mart.staff_structure").filter(
        (pl.col("ref_area") == ref_area) & pl.col("dimension").is_in(["age_band", "education"])
    )
    order = {name: position for position, name in enumerate(CATEGORIES)}
    place = pl.col("category").replace_strict(order, default=99, return_dtype=pl.Int32)
    return rows.collect().with_columns(place.alias("category_order")).sort("dimension", "post_type", "category_order")


def centres(db: Tables, ref_area: str = ZHANGDIAN) -> pl.DataFrame:
    """Staff of each centre (事业单位): persons, share of the base (%)."""
    rows = db.table("mart.staff_structure").filter((pl.col("ref_area") == ref_area) & (pl.col("dimension") == "org_unit"))
    return rows.collect().with_columns(pl.col("persons").alias("obs_value")).sort("persons", "category", descending=[True, False])


def fill_rates(db: Tables) -> pl.DataFrame:
    """Townships whose posts and in-post staff divide: one row a township, all post types, the latest year;
    by year, since years differ and an order by rate would read as a rank.

    `unbalanced` says in words where the source's own parts do not add up; null where they do.
    """
    rows = _staffing(db).filter((pl.col("level") == "township") & (pl.col("post_type") == TOTAL) & pl.col("comparable"))
    rows = rows.sort("year", nulls_last=True).unique("ref_area", keep="last", maintain_order=True)
    return _with_faults(db, rows).sort("year", "ref_area", nulls_last=True)


def traps(db: Tables) -> pl.DataFrame:
    """Townships whose printed 实有 must not be divided by posts: authorised, actual, why (scope), and the parts as printed."""
    rows = _staffing(db).filter((pl.col("level") == "township") & (pl.col("post_type") == TOTAL) & ~pl.col("comparable"))
    return _with_faults(db, rows.join(_parts(db), on="ref_area", how="left")).sort("ref_area")


def _parts(db: Tables) -> pl.DataFrame:
    """In words, the parts of a township's headcount: 在职48人、退休15人、聘用5人、遗属8人."""
    words = {
        "staff_actual": "在职",
        "staff_retired": "退休",
        "staff_contract": "聘用",
        "staff_survivors": "遗属",
        "staff_other": "其他",
    }
    listed = facts(db, *PARTS).filter(
        (pl.col("area_level") == "township") & (pl.col("post_type") == TOTAL) & (pl.col("category") == TOTAL)
    )
    rows = listed.filter((pl.col("indicator") != "staff_actual") | (pl.col("scope") == "仅乡镇本级在职")).collect()
    order = {name: position for position, name in enumerate(PARTS)}
    said = pl.format("{}{}人", pl.col("indicator").replace_strict(words), pl.col("obs_value").cast(pl.Int64))
    return (
        rows.with_columns(said.alias("said"), pl.col("indicator").replace_strict(order).alias("part_order"))
        .sort("ref_area", "part_order", "obs_value")
        .unique(["ref_area", "indicator"], keep="first", maintain_order=True)
        .group_by("ref_area", maintain_order=True)
        .agg(pl.col("said").str.join("、").alias("parts"), pl.col("fact_ids").str.join(",").alias("part_fact_ids"))
    )


def _with_faults(db: Tables, rows: pl.DataFrame) -> pl.DataFrame:
    """`unbalanced`: the identity that the source itself breaks, in its own numbers."""
    broken = (
        db.table("mart.identity_balance").filter(pl.col("expected") == "contradicts").select("title_zh", "fact_ids").collect()
    )
    broken = (
        broken.with_columns(pl.col("fact_ids").str.split(",").alias("fact_id")).explode("fact_id").select("fact_id", "title_zh")
    )
    # Only totals that the source itself prints can be broken by its parts; a total that we added up is ours.
    printed = [
        rows.filter(pl.col(f"{side}_basis") == "stated").select(
            "ref_area", pl.col(f"{side}_fact_ids").str.split(",").alias("fact_id")
        )
        for side in ("authorised", "actual")
    ]
    owned = pl.concat(printed).explode("fact_id")
    found = (
        owned.join(broken, on="fact_id")
        .group_by("ref_area", maintain_order=True)
        .agg(pl.col("title_zh").unique(maintain_order=True).str.join("；").alias("unbalanced"))
    )
    return rows.join(found, on="ref_area", how="left")


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
