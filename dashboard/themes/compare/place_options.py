"""Options for the pickers: places and measures with all the ways in which their names may be typed (assets/compare.js matches them)."""

from typing import Any

import polars as pl

from dashboard.themes.compare.measures import measures
from dashboard.warehouse import Warehouse
from dashboard.warehouse.places import every_place, spelling
from vocabulary.alphabet import by_pinyin

FEWEST = 2  # places that must have published a measure before it is offered for comparison
NATION = "全国与区域"
UNNAMED = "未具名的地区"


def place_options(db: Warehouse) -> list[dict[str, Any]]:
    """Places by province (in the order of divisions), those of one by name: value, label, `typed` (pinyin, initials, code), `about`
    (where it lies, its cohort), `n` (facts)."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in every_place(db).filter(illustrative=False).to_dicts():
        group = UNNAMED if row["anonymous"] else row["province"] or NATION
        above = dict.fromkeys(filter(None, (row["province"], row["prefecture"], row["county"])))
        about = "".join(name for name in above if name != row["name_zh"])
        groups.setdefault(group, []).append(
            {
                "value": row["ref_area"], "label": row["label"], "typed": f"{spelling(row['name_zh'])} {row['ref_area']} {row['adcode'] or ''}".lower(),
                "about": "，".join(filter(None, (about, row["cohort"]))), "n": row["facts"],
            }
        )  # fmt: skip
    return [{"group": name, "items": sorted(items, key=lambda item: by_pinyin(item["label"]))} for name, items in groups.items()]


def measure_options(db: Warehouse) -> list[dict[str, Any]]:
    """Measures by theme, those of most places first; `n` = places."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for measure in db.remember("measures", lambda: measures(db)).values():
        if measure.n >= FEWEST or measure.form != "values":
            groups.setdefault(measure.theme, []).append(
                {"value": measure.slug, "label": measure.name_zh, "typed": f"{spelling(measure.name_zh)} {measure.slug}",
                 "about": f"{measure.n}个地区", "n": measure.n}
            )  # fmt: skip
    ordered = sorted(groups.items(), key=lambda group: -max(item["n"] for item in group[1]))
    return [{"group": name, "items": items} for name, items in ordered]


def cohort_options(db: Warehouse) -> list[tuple[str, int]]:
    """Cohorts and how many places each has, in the order of their registry."""
    rows = every_place(db).filter(~pl.col("illustrative") & pl.col("cohort").is_not_null())
    counted = rows.group_by("cohort").agg(pl.coalesce("same_as", "ref_area").n_unique().alias("places"))
    known = db.table("core.cohort").sort("position").collect()
    return known.join(counted, on="cohort", maintain_order="left").select("cohort", "places").rows()


def known_codes(db: Warehouse) -> tuple[frozenset[str], frozenset[str]]:
    """Codes of places and names of cohorts that an address may hold."""
    rows = every_place(db).filter(illustrative=False)
    return frozenset(rows["ref_area"].to_list()), frozenset(rows["cohort"].drop_nulls().to_list())
