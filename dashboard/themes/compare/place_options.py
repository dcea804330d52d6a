"""Options for the pickers: places, found on the server as one types; measures with all the ways in which their names may be typed
(assets/compare.js matches them)."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from dashboard.cards.asked_options import MOST_OFFERED, answering
from dashboard.themes.compare.measures import measures
from dashboard.warehouse import Warehouse
from dashboard.warehouse.gazetteer import gazetteer
from dashboard.warehouse.places import every_place
from vocabulary.alphabet import spelling

FEWEST = 2  # places that must have published a measure before it is offered for comparison
NATION = "全国与区域"
UNNAMED = "未具名的地区"


def first_places(db: Warehouse) -> list[dict[str, Any]]:
    """What is offered before anything is typed: the first places by province (in the order of divisions), those of one by name."""
    areas = every_place(db).filter(~pl.col("illustrative")).with_row_index("at")
    named = pl.when("anonymous").then(pl.lit(UNNAMED)).otherwise(pl.col("province").fill_null(NATION))
    parents = areas.select(pl.col("ref_area").alias("parent"), pl.col("sort_text").alias("parent_sort"))
    rows = areas.with_columns(named.alias("group")).join(parents, on="parent", how="left")
    rows = rows.sort(pl.col("at").min().over("group"), "sort_text", "parent_sort", nulls_last=False).head(MOST_OFFERED)
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_dicts():
        groups.setdefault(row["group"], []).append(_option(row))
    return [{"group": name, "items": items} for name, items in groups.items()]


def place_options(
    db: Warehouse, typed: str, chosen: Sequence[str], before: Sequence[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    """What is offered for the words that a reader has typed so far; under `kept`, for its name, what is chosen, and what was offered `before`."""
    names = gazetteer(db)
    if typed.strip():
        found = [_option(row) for row in names.offered(typed, MOST_OFFERED, lambda row: row["kept"])]
    else:
        found = db.remember("first places", lambda: first_places(db))
    picked = [row for code in chosen if (row := names.coded(code)) and row["ref_area"] == code]
    listed = {option["value"] for group in found for option in group.get("items", [group])}
    kept = {option["value"]: option for option in (*before, *(_option(row) | {"kept": True} for row in picked))}
    return answering(typed, [*found, *(option for value, option in kept.items() if value not in listed)])


def _option(row: dict[str, Any]) -> dict[str, Any]:
    """value, label, `about` (where the place lies, its cohort)."""
    above = dict.fromkeys(filter(None, (row["province"], row["prefecture"], row["county"])))
    about = "".join(name for name in above if name != row["name_zh"])
    return {"value": row["ref_area"], "label": row["label"], "about": "，".join(filter(None, (about, row["cohort"])))}


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
