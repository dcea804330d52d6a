"""Bands and thresholds of population with the reader's sets in them; 户籍 and 常住 are never mixed."""

from typing import Any

import polars as pl

from dashboard.gate.comparability import with_axis
from dashboard.language.sentence import receipts
from dashboard.themes.mine.rows import labelled
from dashboard.themes.mine.typed.fields import BASES
from dashboard.themes.mine.typed.reading import Given, OwnSet
from dashboard.themes.small_counties.size_bands.rows import CENSUS, ladder
from dashboard.warehouse.tables import UNSTATED, facts, sorted_by_name
from dashboard.warehouse.warehouse import Warehouse
from vocabulary.interval import Interval

WITHIN, MAYBE, OUTSIDE = "within", "maybe", "outside"
ENDLESS = 2_000_000_000


def bands(db: Warehouse, own: str) -> pl.DataFrame:
    """Bands by registered population, cumulative counts by resident population; `inside` names the reader's sets of a band, and
    `maybe` those that may be, `outside` those that are not, each with its population of that basis."""
    registered = ladder(db).with_columns(pl.lit("户籍").alias("basis"))
    census = db.table("mart.county_size_band", ref_area="CN", scope=CENSUS, preferred=True).collect()
    resident = (
        census.sort("band_order")
        .unique("size_band", keep="first", maintain_order=True)
        .with_columns(pl.lit("常住").alias("basis"))
    )
    rows = pl.concat([registered, resident], how="diagonal_relaxed")
    sets = labelled(db, own)
    listed = rows.to_dicts()
    found = [_standing(row, sets) for row in listed]
    placed = rows.with_columns(
        pl.Series("inside", [one[WITHIN] for one in found], pl.List(pl.String)),
        pl.Series("maybe", [one[MAYBE] for one in found], pl.List(pl.String)),
        pl.Series("outside", [one[OUTSIDE] for one in found], pl.List(pl.String)),
    )  # fmt: skip
    own_sources = [_sources(row["source_ids"], [row["basis"]], sets) for row in listed]
    return with_axis(
        placed.with_columns(
            pl.Series("source_ids", own_sources, pl.String), pl.lit(bool(any(one.given for one, _ in sets))).alias("own")
        )
    )


def _standing(row: dict[str, Any], sets: list[tuple[OwnSet, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {WITHIN: [], MAYBE: [], OUTSIDE: []}
    for one, label in sets:
        if given := one.given.get(BASES[row["basis"]]):
            state = against(given.bounds, row["band_low"], row["band_high"])
            found[state].append(f"{label}{row['basis']}{given.text}" if state == OUTSIDE else label)
    return found


def against(bounds: Interval, low: float | None, high: float | None) -> str:
    """Whether what is known lies within [low, high), may lie there, or does not."""
    least, most = float(bounds.low or 0), float(bounds.high) if bounds.high is not None else float(ENDLESS)
    first, end = low or 0, high or ENDLESS
    if first <= least and most < end:
        return WITHIN
    return OUTSIDE if most < first or least >= end else MAYBE


def _sources(source_ids: str, bases: list[str], sets: list[tuple[OwnSet, str]]) -> str:
    """Of a row and of the reader's populations that are held against it."""
    given = [one.given.get(BASES[basis]) for one, _ in sets for basis in bases if basis in BASES]
    return ",".join(receipts(source_ids, *(found.source_ids for found in given if found)))


def thresholds(db: Warehouse, own: str) -> pl.DataFrame:
    """What a nation or province calls a small county, the highest limit first; `verdict` says of each of the reader's sets whether
    it is below, `sized`, `below` and `unsure` name those of a known population, those under the limit and those that may be. A threshold of no stated basis is
    held against both."""
    stated = facts(db, "small_county_threshold", area_level=("nation", "province"))
    rows = stated.filter(pl.col("obs_value").is_not_null()).collect()
    rows = sorted_by_name(rows, "area_name", "publisher").sort("obs_value", descending=True, maintain_order=True)
    sets = labelled(db, own)
    listed = rows.to_dicts()
    verdicts = [_verdicts(row, sets) for row in listed]
    sources = [_sources(row["source_ids"], _bases(row), sets) for row in listed]
    unsure = [[name for name, state, _ in found if state == MAYBE] for found in verdicts]
    below = [[name for name, state, _ in found if state == WITHIN] for found in verdicts]
    return rows.with_columns(
        pl.Series("verdict", ["；".join(said for _, _, said in found) for found in verdicts], pl.String),
        pl.Series("sized", [[name for name, _, _ in found] for found in verdicts], pl.List(pl.String)),
        pl.Series("below", below, pl.List(pl.String)),
        pl.Series("unsure", unsure, pl.List(pl.String)),
        pl.Series("source_ids", sources, pl.String),
        pl.lit(any(verdicts)).alias("own"),
    )


def _bases(row: dict[str, Any]) -> list[str]:
    """The populations that a threshold is held against."""
    return list(BASES) if row["population_basis"] == UNSTATED else [row["population_basis"]]


def _verdicts(row: dict[str, Any], sets: list[tuple[OwnSet, str]]) -> list[tuple[str, str, str]]:
    """For each set and basis: its name, whether it is below, the same in words."""
    found = []
    for one, label in sets:
        for basis in _bases(row):
            given = one.given.get(BASES.get(basis, ""))
            if given:
                state = against(given.bounds, None, row["obs_value"])
                found.append(
                    (
                        label,
                        state,
                        f"{label if len(sets) > 1 else ''}{basis}{given.text}{_in_words(given, row['obs_value'], state)}",
                    )
                )
    return found


def _in_words(given: Given, limit: float, state: str) -> str:
    if given.bounds.exact and float(given.bounds.low or 0) == limit:
        return "：恰为门槛"
    return {WITHIN: "：低于", OUTSIDE: "：高于", MAYBE: "：约数，说不准"}[state]
