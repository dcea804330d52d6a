"""How the places of a panel follow each other: by the value that is shown, and in which words that is said.

An order is no rank: it is drawn where nothing may be ranked too, and then says so (`charts.notes`).
"""

from collections.abc import Callable
from typing import Any

import polars as pl

from dashboard.language import words
from dashboard.themes.compare.form_rows import ORDER

BEFORE, AFTER = "before", "after"
VALUES, STRUCTURE = "values", "structure"  # forms of a measure


def largest_first(rows: pl.DataFrame) -> bool:
    """From the largest, unless rows of this measure may be ranked and less is better."""
    return not any(way == "lower_better" and means for way, means in rows.select("direction", "direction_zh").iter_rows())


def in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with an `axis`, panel by panel, by what their place shows: its value after the reform, else its only one; of a whole the share
    of its first part.

    A place's rows stay together; those without a value stay as they come, last in their panel. Where others have a later value, a place
    of which only the start is known stands behind them. One place alone keeps its course. Once for all panels: a frame of this many
    columns is slow to reorder.
    """
    axes, at_places = (rows[name].to_list() for name in ("axis", "ref_area"))
    phases = rows["phase"].to_list() if rows["form"][0] == VALUES else [None] * rows.height
    values = _shown(rows).to_list()
    panels: dict[str, dict[str, list[int]]] = {}
    for at, (axis, place) in enumerate(zip(axes, at_places, strict=True)):
        panels.setdefault(axis, {}).setdefault(place, []).append(at)
    sign = -1 if _from_largest(rows) else 1

    def key(listed: list[int]) -> tuple[bool, bool, float]:
        known = [at for at in listed if values[at] is not None]
        shown = max(known or listed, key=lambda at: (phases[at] == AFTER, phases[at] != BEFORE, at))
        return not known, phases[shown] == BEFORE, sign * (values[shown] or 0)

    return rows[[at for places in panels.values() for listed in sorted(places.values(), key=key) for at in listed]]


def _from_largest(rows: pl.DataFrame) -> bool:
    return rows["form"][0] != VALUES or largest_first(rows)


def _shown(rows: pl.DataFrame) -> pl.Series:
    """What rows are ordered by; of a whole only the row of its first part has it."""
    if rows["form"][0] != STRUCTURE:
        return rows["obs_value"]
    return rows.select(pl.when(pl.col("category") == first_part(rows)).then("share")).to_series()


def first_part(rows: pl.DataFrame) -> str:
    """The category that stands first in the bars of these wholes: the only part whose ends share a line."""
    return min(
        rows["category"].drop_nulls().to_list(), key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER), default=""
    )


def said(rows: pl.DataFrame) -> str:
    """按改革后从多到少 for rows with an `axis` and a value; blank where no panel holds two places."""
    panels: dict[str, list[dict[str, Any]]] = {}
    known = rows.filter(pl.col("obs_value").is_not_null() & pl.col("axis_key").is_not_null())
    for row in known.iter_rows(named=True):
        panels.setdefault(row["axis"], []).append(row)
    several = [found for found in panels.values() if len({row["ref_area"] for row in found}) > 1]
    if not several:
        return ""
    by, unit = _BY[known["form"][0]](known, [row for found in several for row in found])
    return f"{'各栏' if len(several) > 1 else ''}按{by}{words.order(_from_largest(known), unit)}"


def _by_phase(known: pl.DataFrame, several: list[dict[str, Any]]) -> tuple[str, str]:
    phases = {row["phase"] for row in several}
    by = "数值" if AFTER not in phases else "改革后" if phases <= {BEFORE, AFTER} else "改革后或所列数值"
    return by, known["unit_measure"][0]


def _by_heads(_known: pl.DataFrame, several: list[dict[str, Any]]) -> tuple[str, str]:
    sides = {"编制" if row["actual"] is None else "实有" for row in several}
    return "实有（未公布的按编制）" if len(sides) > 1 else sides.pop(), "人"


_BY: dict[str, Callable[[pl.DataFrame, list[dict[str, Any]]], tuple[str, str]]] = {
    VALUES: _by_phase,
    "staffing": _by_heads,
    STRUCTURE: lambda known, _several: (f"{first_part(known).replace('-', '～')}占比", "%"),
    "take_up": lambda _known, _several: ("承接率", "%"),
}
