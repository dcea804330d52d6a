"""口径闸: what may stand on one axis, and what must be kept apart. Pure: rows in, panels and notes out (their words: notes.py).

Rows are a frame with `area_name`, a value column and any of: panel, scope, population_basis, staff_scope, catalogue,
indicator(_zh), year, cohort, precision, anonymous, illustrative. What a frame does not have is not checked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.gate.notes import (
    Note,
    Remark,
    illustrative_note,
    kept_apart,
    mark_notes,
    people_notes,
    scope_notes,
    spread_notes,
    unranked,
)
from dashboard.language.words import place

UNSTATED = "未注明"
SUSPECTED = "疑"  # begins a side of a scope that nobody stated either: 疑户籍

# Besides the 口径 itself (and 变化 against 状态): two rows that differ in any of these never share an axis.
_SCOPE = ("indicator", "unit_measure", "catalogue", "size_band", "tier")
_TOTAL = "_T"


__all__ = ["Comparison", "Note", "Panel", "Rank", "compare", "kept_apart", "ranks", "scope_label", "unranked"]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Rows of one scope. `may_rank` is False where the scope itself is not stated by the sources."""

    label: str
    rows: pl.DataFrame
    may_rank: bool


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Panels in the order of the rows, and the notes that belong under the figure."""

    panels: tuple[Panel, ...]
    notes: tuple[Note, ...]

    @property
    def texts(self) -> tuple[Remark, ...]:
        """The notes as sentences, those that keep things apart first; each may carry a list in `detail`."""
        order = {"block": 0, "warn": 1, "pass": 2}
        return tuple(note.remark for note in sorted(self.notes, key=lambda note: order[note.level]))

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(note.code for note in self.notes)


@dataclass(frozen=True, kw_only=True)
class Rank:
    """Where a place stands among n of the same scope; low = high unless intervals overlap."""

    area_name: str
    low: int
    high: int
    tied: bool
    n: int

    @property
    def text(self) -> str:
        return f"{place(self.low, self.high, tied=self.tied)}（n＝{self.n}）"


def compare(rows: pl.DataFrame, value: str = "obs_value", *, marks: bool = True) -> Comparison:
    """Split rows by scope and say what the reader must know. Illustrative rows are left out; null values are kept and named.

    `marks` False: the figure draws no marks, so the notes do not explain any.
    """
    notes: list[Note] = []
    if "illustrative" in rows.columns:
        left_out = rows.filter(pl.col("illustrative").fill_null(False))
        rows = rows.filter(~pl.col("illustrative").fill_null(False))
        if left_out.height:
            notes.append(illustrative_note(left_out))
    panels = _panels(_with_scope(rows, value))
    notes += scope_notes([panel.label for panel in panels], [panel.rows for panel in panels if not panel.may_rank])
    notes += spread_notes([panel.rows for panel in panels])
    notes += (mark_notes(rows, value) if marks else []) + people_notes(rows, value)
    return Comparison(panels=panels, notes=tuple(dict.fromkeys(notes)))


def scope_label(row: dict[str, Any], varying: Collection[str] = ()) -> str:
    """The scope of a row in words: 人口：常住　人员：未注明 for ratios, else the 口径 of the source.

    `varying` names columns that differ between the rows at hand and so belong to the label (indicator, size band, catalogue).
    """
    basis, staff = row.get("population_basis"), row.get("staff_scope")
    if basis and staff:
        return f"人口：{basis}　人员：{staff}"
    parts = [row.get({"indicator": "indicator_zh"}.get(column, column)) for column in _SCOPE if column in varying]
    parts.append(row.get("scope") or row.get("panel"))
    return "·".join(str(part) for part in parts if part and part != _TOTAL) or "口径相同"


def ranks(
    panel: Panel, *, value: str, low: str | None = None, high: str | None = None, best_high: bool = True
) -> tuple[Rank, ...]:
    """Ranks within one panel, best first; places without a value are left out. ValueError when the panel may not be ranked."""
    if not panel.may_rank:
        raise ValueError(f"“{panel.label}”口径未注明，只看量级，不能排名。")
    known = panel.rows.filter(pl.col(value).is_not_null())
    if known["area_name"].n_unique() < known.height:
        raise ValueError(f"“{panel.label}”同一地区有多行，先选定时点再排名。")
    sign = 1.0 if best_high else -1.0
    intervals = {row["area_name"]: _interval(row, (value, low, high), sign) for row in known.iter_rows(named=True)}
    found = [_rank(name, intervals) for name in intervals]
    return tuple(sorted(found, key=lambda rank: (rank.low, rank.high, rank.area_name)))


def _with_scope(rows: pl.DataFrame, value: str) -> pl.DataFrame:
    """Without the rows of places that published nothing: they have no scope and stand in no panel, only in the notes."""
    if value not in rows.columns or "scope" not in rows.columns:
        return rows
    return rows.filter(pl.col(value).is_not_null() | pl.col("scope").is_not_null())


def _panels(rows: pl.DataFrame) -> tuple[Panel, ...]:
    groups: dict[tuple[Any, ...], list[int]] = {}
    for index, row in enumerate(rows.iter_rows(named=True)):
        groups.setdefault(_scope_of(row), []).append(index)
    varying = [column for column in _SCOPE if column in rows.columns and rows[column].n_unique() > 1]
    panels = []
    for indices in groups.values():
        members = rows[indices]
        first = members.row(0, named=True)
        sides = [first.get(side) or "" for side in ("population_basis", "staff_scope")]
        vague = any(side == UNSTATED or side.startswith(SUSPECTED) for side in sides)
        panels.append(Panel(label=scope_label(first, varying), rows=members, may_rank=not vague))
    return tuple(panels)


def _scope_of(row: dict[str, Any]) -> tuple[Any, ...]:
    # A ratio's scope is its two sides (scope words of different sources may name the same pair); else the 口径 itself.
    basis, staff = row.get("population_basis"), row.get("staff_scope")
    main = (basis, staff) if basis and staff else (row.get("panel") or row.get("scope"), basis, staff)
    return (*main, row.get("phase") == "change", *(row.get(column) for column in _SCOPE))


def _interval(row: dict[str, Any], columns: tuple[str, str | None, str | None], sign: float) -> tuple[float, float]:
    """Interval turned so that more is better. A blank end beside a known one is open; both blank: the value itself."""
    value, low, high = columns
    bottom, top = (row[low] if low else None), (row[high] if high else None)
    if bottom is None and top is None:
        bottom = top = row[value]
    first = bottom if bottom is not None else float("-inf")
    last = top if top is not None else float("inf")
    return (first, last) if sign > 0 else (-last, -first)


def _rank(name: str, intervals: dict[str, tuple[float, float]]) -> Rank:
    low, high = intervals[name]
    others: Iterable[tuple[float, float]] = [interval for other, interval in intervals.items() if other != name]
    better = sum(1 for first, _ in others if first > high)
    open_to = [(first, last) for first, last in others if not first > high and not last < low]
    ties = bool(open_to) and low == high and all(first == last == low for first, last in open_to)
    best = better + 1
    return Rank(area_name=name, low=best, high=best if ties else best + len(open_to), tied=ties, n=len(intervals))
