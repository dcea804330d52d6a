"""Peers: counties whose resident population of the census is near the one that was typed, and how far apart the rest is.

A place is a peer when every variable that both have lies within `MOST_APART`; population is never left out.
"""

from typing import Any

import polars as pl

from dashboard.gate.judged import Judged
from dashboard.language import words
from dashboard.language.sentence import receipts
from dashboard.themes.mine.rows import labelled
from dashboard.themes.mine.typed.reading import COUNTY, Given, OwnSet
from dashboard.warehouse.tables import Key, facts
from dashboard.warehouse.warehouse import Warehouse

MOST_APART, MOST_PEERS = 0.25, 5
VARIABLES = {"resident": "population_census", "revenue": "budget_revenue", "spending": "budget_expenditure"}
_BUDGET = "一般公共预算"
_JUDGED = list(Judged.column_names())


def peers(db: Warehouse, own: str) -> pl.DataFrame:
    """One row a set and peer, the nearest first. Without a population the pilots that a county may be held against. `pool`: among
    how many counties was looked."""
    sets = [(one, label) for one, label in labelled(db, own) if "resident" in one.given]
    known = _known(db) if sets else _known(db, cohort_role="pilot")
    if not sets:
        pilots = known.sort("resident")
        blank = [pl.lit("").alias(name) for name in ("for_set", "apart", "revenue_apart", "spending_apart")]
        return pilots.with_columns(*blank, pl.lit(False).alias("own"))
    found = [row for one, label in sets for row in _nearest(one, label, known.to_dicts())]
    schema = (
        known.schema | dict.fromkeys(("for_set", "apart", "revenue_apart", "spending_apart"), pl.String()) | {"own": pl.Boolean()}
    )
    return pl.DataFrame(found, schema=schema, orient="row")


def _known(db: Warehouse, **keys: Key) -> pl.DataFrame:
    """Counties that meet the keys with the population of the census; revenue, spending and GDP where published. `pool`: all counties
    with such a population."""
    counted = (
        facts(db, "population_census", area_level=COUNTY, anonymous=False).select(pl.col("ref_area").n_unique()).collect().item()
    )
    census = (
        facts(db, "population_census", area_level=COUNTY, anonymous=False, **keys)
        .select(*_JUDGED, "cohort", "cohort_role", "scope", "year", "time_period", "obs_value", "fact_ids", "source_ids")
        .collect()
        .sort("year")
        .unique("ref_area", keep="last", maintain_order=True)
    )
    rows = census.select(
        *_JUDGED, "cohort", "cohort_role", "scope", "year", "time_period", pl.col("obs_value").alias("resident"), "fact_ids", "source_ids"
    )  # fmt: skip
    for name, indicator in (("revenue", "budget_revenue"), ("spending", "budget_expenditure"), ("gdp", "gdp")):
        scope: dict[str, Key] = {} if name == "gdp" else {"scope": _BUDGET}
        scoped = facts(db, indicator, area_level=COUNTY, **scope, **keys)
        latest = (
            scoped.select("ref_area", "year", "obs_value", "fact_ids", "source_ids")
            .collect()
            .sort("year", nulls_last=False)
            .unique("ref_area", keep="last", maintain_order=True)
        )
        named = {"obs_value": name, "fact_ids": f"{name}_fact_ids", "source_ids": f"{name}_source_ids"}
        rows = rows.join(latest.select("ref_area", *named).rename(named), on="ref_area", how="left")
    more = {column: [f"{name}_{column}" for name in ("revenue", "spending", "gdp")] for column in ("fact_ids", "source_ids")}
    return rows.with_columns(
        *(pl.concat_str(column, *others, separator=",", ignore_nulls=True).alias(column) for column, others in more.items()),
        pl.lit(counted).alias("pool"),
    )  # fmt: skip


def _nearest(one: OwnSet, label: str, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for row in known:
        ends = {key: _apart(one.given.get(key), row[key]) for key in VARIABLES}
        both = [max(abs(end) for end in pair) for pair in ends.values() if pair]
        if row["ref_area"] != one.code and ends["resident"] and both and max(both) <= MOST_APART:
            texts = {("apart" if key == "resident" else f"{key}_apart"): _signed(pair) for key, pair in ends.items()}
            mine = [one.given[key].source_ids for key, pair in ends.items() if pair]
            sources = ",".join(receipts(row["source_ids"], *mine))
            found.append((max(both), row | texts | {"for_set": label, "own": True, "source_ids": sources}))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])][:MOST_PEERS]


def _apart(given: Given | None, theirs: float | None) -> tuple[float, ...]:
    """How much more theirs is than what was typed, at both ends; nothing where one is not known."""
    if given is None or theirs is None or given.bounds.low is None or given.bounds.high is None or not given.bounds.low:
        return ()
    return tuple(theirs / float(end) - 1 for end in (given.bounds.high, given.bounds.low))


def _signed(ends: tuple[float, ...]) -> str:
    """+12.3%, or −3.0%～+5.1%."""
    return "～".join(dict.fromkeys(words.signed(end * 100, "%", 1) if round(end, 3) else "0" for end in ends))
