"""How the places of a panel follow each other: by the value that is shown, and in which words that is said.

An order is no rank: it is drawn where nothing may be ranked too, and then says so (`charts.notes`).
"""

import polars as pl

from dashboard.language import words

BEFORE, AFTER = "before", "after"


def largest_first(rows: pl.DataFrame) -> bool:
    """From the largest, unless rows of this measure may be ranked and less is better."""
    return not any(way == "lower_better" and means for way, means in rows.select("direction", "direction_zh").iter_rows())


def in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with an `axis`, panel by panel, by what their place shows: its value after the reform, else its only one.

    A place's rows stay together; those without a value stay as they come. Where others have a later value, a place of which only the
    start is known stands behind them. One place alone keeps its course. Once for all panels: a frame of this many columns is slow to
    reorder.
    """
    axes, at_places, phases, values = (rows[name].to_list() for name in ("axis", "ref_area", "phase", "obs_value"))
    panels: dict[str, dict[str, list[int]]] = {}
    for at, (axis, place) in enumerate(zip(axes, at_places, strict=True)):
        panels.setdefault(axis, {}).setdefault(place, []).append(at)
    sign = -1 if largest_first(rows) else 1

    def key(listed: list[int]) -> tuple[bool, float]:
        shown = max(listed, key=lambda at: (phases[at] == AFTER, phases[at] != BEFORE, at))
        return phases[shown] == BEFORE, sign * (values[shown] or 0)

    return rows[[at for places in panels.values() for listed in sorted(places.values(), key=key) for at in listed]]


def said(rows: pl.DataFrame) -> str:
    """按改革后从多到少 for rows with an `axis` and a value; blank where no panel holds two places."""
    panels: dict[str, tuple[set[str], set[str]]] = {}
    known = rows.filter(pl.col("obs_value").is_not_null() & pl.col("axis_key").is_not_null())
    for axis, place, phase in known.select("axis", "ref_area", "phase").iter_rows():
        places, found = panels.setdefault(axis, (set(), set()))
        places.add(place)
        found.add(phase)
    several = [found for places, found in panels.values() if len(places) > 1]
    phases = set().union(*several)
    if not phases:
        return ""
    by = "数值" if AFTER not in phases else "改革后" if phases <= {BEFORE, AFTER} else "改革后或所列数值"
    each = "各栏" if len(several) > 1 else ""
    return f"{each}按{by}{words.order(largest_first(known), known['unit_measure'][0])}"
