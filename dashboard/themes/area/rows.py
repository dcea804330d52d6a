"""地区档案: everything known of one place: its chain of parents, facts, changes, staffing, events, conflicts, kin, and its gaps."""

from collections.abc import Callable
from typing import Any, NamedTuple

import polars as pl

from dashboard.themes.compare.rows import RATIO
from dashboard.themes.ratio.rows import every_ratio
from dashboard.warehouse.places import every_place
from dashboard.warehouse.tables import TOTAL, Key, Tables, place_in

THEMES = (
    "人口", "机构", "编制", "职数", "财政供养", "财政", "赋权", "履职清单", "农技推广", "经济发达镇", "人口小县", "乡镇", "区划",
    "运行与服务",
)  # fmt: skip
_PHASES = ("before", "after", "change", "point", "plan")
_TIERS, _POSTS = (TOTAL, "县级", "乡级"), (TOTAL, "行政", "工勤", "事业")
# Of a fact what a profile and the search say: a place's facts lie scattered, and each column more is read at every one of them.
_SAID = (
    "fact_id", "indicator", "indicator_zh", "theme", "sector", "tier", "post_type", "age_band", "education", "org_unit", "catalogue",
    "size_band", "category", "phase", "time_period", "year", "obs_value", "value_low", "value_high", "unit_measure", "precision", "as_stated",
    "scope", "source_id", "source_title", "grade", "reprint", "preferred", "doubt", "to_check",
)  # fmt: skip
_PEOPLE = ("population_census", "population_resident", "population_registered", "population_total")


class Core(NamedTuple):
    """A thing that a reader expects of a place of some level; any of the indicators will do."""

    name: str
    indicators: tuple[str, ...]


CORE: dict[str, tuple[Core, ...]] = {
    "province": (
        Core("县（市）个数（按人口规模）", ("county_count",)), Core("人口小县门槛", ("small_county_threshold",)),
        Core("赋权目录项数", ("delegated_items_catalogue",)), Core("履职事项数", ("duty_items_total", "duty_items_basic")),
    ),
    "prefecture": (
        Core("人口", _PEOPLE), Core("党政机构数", ("party_gov_bodies",)), Core("事业单位数", ("public_institutions",)),
        Core("赋权目录项数", ("delegated_items_catalogue",)), Core("地区生产总值", ("gdp",)),
    ),
    "county": (
        Core("人口", _PEOPLE), Core("党政机构数", ("party_gov_bodies",)), Core("事业单位数", ("public_institutions",)),
        Core("领导职数", ("leadership_posts", "leadership_posts_cut")), Core("事业编制数", ("institution_posts",)),
        Core("编制总数", ("staff_authorised",)), Core("实有人数", ("staff_actual",)),
        Core("财政供养人员", ("fiscally_supported_staff",)), Core("财政供养比", (RATIO, "fiscal_staff_share")),
        Core("一般公共预算收入", ("budget_revenue", "budget_revenue_total")), Core("一般公共预算支出", ("budget_expenditure",)),
        Core("地区生产总值", ("gdp",)),
    ),
    "township": (
        Core("人口", _PEOPLE), Core("党政机构数", ("party_gov_bodies", "bodies_total", "internal_offices")),
        Core("事业单位数", ("public_institutions",)), Core("编制", ("staff_authorised",)), Core("实有人数", ("staff_actual",)),
        Core("承接的赋权事项", ("delegated_items_accepted", "delegated_items_held")), Core("地区生产总值", ("gdp",)),
        Core("财政收入", ("budget_revenue", "budget_revenue_total")),
    ),
    "unit": (Core("编制", ("staff_authorised",)), Core("实有人数", ("staff_actual",))),
}  # fmt: skip


def place(db: Tables, ref_area: str) -> dict[str, Any] | None:
    """The row of `places.every_place` for one place and the chain of its parents, the nation first; None when there is none."""
    above = db.table("core.area_ancestor", ref_area=ref_area).select("ancestor").collect()["ancestor"].to_list()
    areas = {row["ref_area"]: row for row in every_place(db, ref_area=[ref_area, *above]).to_dicts()}
    found = areas.get(ref_area)
    return found | {"chain": chain(areas.get, found["parent"])} if found else None


def chain(known: Callable[[str], dict[str, Any] | None], parent: str | None) -> list[dict[str, Any]]:
    """What lies above, the nation first: `parent` is the code right above, `known` gives the place of a code."""
    above: list[dict[str, Any]] = []
    while parent and (row := known(parent)) and len(above) < 8:  # a chain that bites its tail would never end
        above.insert(0, row)
        parent = row["parent"]
    return above


def covered_beside(db: Tables, row: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """Counties with figures in the same prefecture, or else in the same province, and which of the two; those with most figures
    first, at most eight."""
    real: dict[str, Key] = {"level": "county", "illustrative": False, "anonymous": False, "province": row["province"]}
    kept = every_place(db, **real).filter(pl.col("facts") > 0)
    near = {row[column]: kept.filter(pl.col(column) == row[column]) for column in ("prefecture", "province") if row[column]}
    where, found = next(((name, rows) for name, rows in near.items() if rows.height), ("", kept.clear()))
    return where, found.sort(-pl.col("facts"), "ref_area").head(8).to_dicts()


def earlier_names(db: Tables, code: str) -> list[str]:
    """Names of what a standing division was or took in, the latest first, each with how it ended: 沙县（2021年撤县设区）."""
    named = db.table("core.division", division=code).filter(pl.col("until").is_null()).collect()["name_zh"].to_list()
    gone = db.table("core.division", successor=code).filter(~pl.col("name_zh").is_in(named)).sort(-pl.col("until"), "division")
    return list(dict.fromkeys(f"{row['name_zh']}（{row['until']}年{row['change_zh']}）" for row in gone.collect().to_dicts()))


def facts_of(db: Tables, ref_area: str) -> pl.DataFrame:
    """Every fact of a place (columns _SAID, fact_ids, source_ids) by theme, indicator and phase, the latest first; what a better claim replaced
    comes last (preferred false)."""
    # mart.fact is in the order of indicators: with those of the place named, the facts of most others need not be read.
    named_of = db.table("mart.area_indicator", ref_area=ref_area).select("indicator").unique().collect()["indicator"].to_list()
    rows = db.table("mart.fact", ref_area=ref_area, indicator=named_of).select(*_SAID).collect()
    by = {
        "in_theme": place_in("theme", THEMES), "replaced": ~pl.col("preferred"), "size": -pl.len().over("indicator").cast(pl.Int64),
        **{f"in_{name}": pl.col(name) for name in ("indicator", "scope", "post_type", "age_band", "education", "category")},
        "in_band": pl.col("size_band").str.extract(r"(\d+)").cast(pl.Int32),
        "in_phase": place_in("phase", _PHASES), "newest": -pl.col("year"),
        "in_id": pl.col("fact_id"),
    }  # fmt: skip
    named = rows.with_columns(fact_ids=pl.col("fact_id"), source_ids=pl.col("source_id"))
    return named.with_columns(**by).sort(list(by), nulls_last=True).drop(list(by))


def changes_of(db: Tables, ref_area: str) -> pl.DataFrame:
    """What a place had before and after, of one thing in one scope; ratios have a chart of their own."""
    counts = (
        pl.col("before").is_not_null() & pl.col("after").is_not_null() & ~pl.col("indicator").is_in([RATIO, "fiscal_staff_share"])
    )
    rows = db.table("mart.institution_change", ref_area=ref_area).filter(counts).collect()
    return rows.sort(place_in("theme", THEMES), "indicator", "scope", "time_after", nulls_last=True)


def half_known(db: Tables, ref_area: str) -> pl.DataFrame:
    """Changes of which one end was not published: indicator_zh, scope, before, after."""
    counted = ("party_gov_bodies", "public_institutions", "leadership_posts", "institution_posts", "staff_actual")
    rows = db.table("mart.institution_change", ref_area=ref_area, indicator=counted, category=TOTAL)
    one_end = pl.col("before").is_null() != pl.col("after").is_null()
    return rows.filter(one_end & (pl.col("unit_measure") != "%")).collect().sort("indicator", "scope")


def staffing_of(db: Tables, ref_area: str) -> pl.DataFrame:
    """编制 and 实有 of a place by system, tier and type of post, totals first; rows with both sides, or all when there are none."""
    rows = db.table("mart.staffing", ref_area=ref_area, org_unit=TOTAL).collect()
    both = rows.filter(pl.col("authorised").is_not_null() & pl.col("actual").is_not_null())
    rows = both if both.height else rows.filter(pl.col("authorised").is_not_null() | pl.col("actual").is_not_null())
    return rows.with_columns(
        pl.concat_str("authorised_fact_ids", "actual_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
        pl.coalesce("actual", "authorised").alias("obs_value"),
    ).sort(
        pl.col("sector") != TOTAL, "sector", ~pl.col("comparable"), "scope", place_in("tier", _TIERS), place_in("post_type", _POSTS),
        "year", nulls_last=True,
    )  # fmt: skip


def ratios_of(db: Tables, ref_area: str) -> pl.DataFrame:
    """财政供养比 of a place, every scope and year; columns as in ratio.rows."""
    return every_ratio(db, ref_area=ref_area)


def conflicts_of(db: Tables, ref_area: str) -> pl.DataFrame:
    """Competing claims about a place by topic, the one shown first; a topic may hold claims before and after."""
    rows = db.table("mart.conflict", ref_area=ref_area).collect()
    return rows.with_columns(fact_ids=pl.col("fact_id")).sort(
        "topic_id", "phase", "shown", "grade", "fact_id", descending=[False, True, True, False, False]
    )


def children_of(db: Tables, ref_area: str) -> pl.DataFrame:
    """Places below that have facts: ref_area, label, level, facts. Of the nation only the provinces."""
    below = db.table("core.area_ancestor", ancestor=ref_area).filter(pl.col("distance") > 0).collect()
    if ref_area == "CN":
        below = below.filter(pl.col("distance") == 1)
    rows = every_place(db, ref_area=below["ref_area"].to_list()).filter(pl.col("facts") > 0)
    return rows.select("ref_area", "label", "name_zh", "level", "facts", "anonymous", "illustrative")


def peers_of(db: Tables, ref_area: str, cohort: str | None) -> pl.DataFrame:
    """The other places of a cohort, with the number of facts of each (0 = nothing published)."""
    rows = every_place(db, cohort=cohort).filter(pl.col("ref_area") != ref_area)
    return rows.select("ref_area", "label", "name_zh", "level", "facts", "anonymous", "illustrative")


def missing_of(level: str, facts: pl.DataFrame) -> list[str]:
    """Names of the core things of a level that none of the facts gives; what only one system published is no total of the place."""
    published = set(facts.filter(pl.col("sector") == TOTAL)["indicator"].to_list())
    return [core.name for core in CORE.get(level, ()) if not published & set(core.indicators)]
