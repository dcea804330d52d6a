"""口径闸: what may stand on one axis, and what must be kept apart. Pure: rows in, panels and notes out (their words: notes.py).

The warehouse decides: rows of equal `axis_key` may share an axis; parts of one whole (`whole_key`) may too, when the frame holds
nothing else. `may_rank` says whether rows of an axis may be put in order. Nothing here reads a scope to find that out.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.gate.judged import judged
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
from dashboard.language.typeset import years
from dashboard.language.words import listing, order, place
from vocabulary.alphabet import by_pinyin

# Columns that belong to the name of a panel where they tell panels apart. level_zh: 县级; phase_kind_zh: 计划数, 变化量.
_NAMING = (
    "indicator_zh",
    "unit_measure",
    "catalogue",
    "size_band",
    "level_zh",
    "tier",
    "post_type",
    "sector",
    "category",
    "phase_kind_zh",
)
_TOTAL = "_T"
_AS_PRINTED = "原文口径"  # the scope of facts that need no other word, where another word tells them apart
MOST_NAMED = 2  # places that tell two panels of one scope apart

__all__ = [
    "Comparison",
    "Note",
    "Panel",
    "Rank",
    "axes",
    "compare",
    "kept_apart",
    "ranks",
    "scope_label",
    "split",
    "spoken_panels",
    "unranked",
    "with_axis",
    "with_panel",
]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Rows that share an axis. `key` is theirs alone; `may_rank` is False where any of them may not be put in order."""

    key: str
    label: str
    rows: pl.DataFrame
    may_rank: bool

    @property
    def withheld(self) -> tuple[str, ...]:
        """Why rows of this panel may not be ranked, each reason once."""
        return tuple(self.rows["withheld_zh"].drop_nulls().unique(maintain_order=True).to_list())


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
    """Where a place stands among n of the same axis, counted in `order` (从多到少); low = high unless intervals overlap."""

    area_name: str
    low: int
    high: int
    tied: bool
    n: int
    order: str

    @property
    def text(self) -> str:
        return f"{place(self.low, self.high, order=self.order, tied=self.tied)}（n＝{self.n}）"


def axes(rows: pl.DataFrame) -> list[str | None]:
    """The axis of every row: its axis_key, or the one whole that all rows are parts of; None for a place that published nothing."""
    known = rows.filter(pl.col("axis_key").is_not_null())
    wholes = known["whole_key"].unique().to_list()
    if known["axis_key"].n_unique() > 1 and len(wholes) == 1 and wholes[0] is not None:
        return [wholes[0] if key is not None else None for key in rows["axis_key"].to_list()]
    return list(rows["axis_key"].to_list())


def with_axis(rows: pl.DataFrame, column: str = "axis") -> pl.DataFrame:
    """`rows` with the words that stand over their axis in `column`; null for a place that published nothing. Row order stays.

    Rows of equal words share an axis, rows of other words do not: a drawing may group by them.
    """
    labels = {panel.key: panel.label for panel in _panels(judged(rows))}
    spoken = [labels.get(axis) if axis is not None else None for axis in axes(rows)]
    return rows.with_columns(pl.Series(column, spoken, dtype=pl.String))


def with_panel(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with the `panel` of a drawing: the words over their `axis` where there are several, blank where there is one."""
    several = pl.col("axis").n_unique() > 1
    return rows.with_columns(panel=pl.when(several).then("axis").otherwise(pl.lit("")))


def split(rows: pl.DataFrame) -> tuple[Panel, ...]:
    """The panels of `rows`, without illustrative ones. UnjudgeableError where rows lack the gate's columns."""
    return _panels(judged(rows).filter(~pl.col("illustrative").fill_null(False)))


def spoken_panels(rows: pl.DataFrame, column: str = "axis") -> tuple[Panel, ...]:
    """The panels of rows that have been split before: `column` holds the words over their axis, as `split` or `with_axis` gave them."""
    on_axis = rows.filter(pl.col("axis_key").is_not_null())
    return tuple(_panel(found[column][0], found[column][0], found) for found in on_axis.partition_by(column, maintain_order=True))


def compare(rows: pl.DataFrame, value: str = "obs_value", *, marks: bool = True, axis: str = "") -> Comparison:
    """Split rows by axis and say what the reader must know. Illustrative rows are left out; null values are kept and named.

    `marks` False: the figure draws no marks, so the notes do not explain any. `axis`: the column of the words over their axis, where
    the rows have been split before. UnjudgeableError where rows lack the gate's columns.
    """
    notes: list[Note] = []
    judged(rows)
    left_out = rows.filter(pl.col("illustrative").fill_null(False))
    rows = rows.filter(~pl.col("illustrative").fill_null(False))
    if left_out.height:
        notes.append(illustrative_note(left_out))
    panels = spoken_panels(rows, axis) if axis else _panels(rows)
    vague = [panel.rows for panel in panels if "unstated" in panel.rows.columns and panel.rows["unstated"].fill_null(False).any()]
    notes += scope_notes([panel.label for panel in panels], vague)
    notes += spread_notes([panel.rows for panel in panels])
    notes += (mark_notes(rows, value) if marks else []) + people_notes(rows, value)
    return Comparison(panels=panels, notes=tuple(dict.fromkeys(notes)))


def scope_label(row: dict[str, Any], varying: Collection[str] = ()) -> str:
    """The scope of a row in words: 人口：常住　人员：未注明 for ratios, else the 口径 of the source.

    `varying` names columns that differ between the rows at hand and so belong to the label (indicator_zh, size band, catalogue).
    """
    basis, staff = row.get("population_basis"), row.get("staff_scope")
    if basis and staff:
        return f"人口：{basis}　人员：{staff}"
    parts = [str(row[column]) for column in _NAMING if column in varying and row[column] not in {None, _TOTAL}]
    scope = row.get("scope")
    return "·".join(parts if parts and scope == _AS_PRINTED else filter(None, [*parts, scope])) or "口径相同"


def ranks(
    panel: Panel, *, value: str, low: str | None = None, high: str | None = None, best_high: bool = True
) -> tuple[Rank, ...]:
    """Ranks within one panel, best first; places without a value are left out. ValueError when the panel may not be ranked."""
    if not panel.may_rank:
        raise ValueError(f"“{panel.label}”不能排名：{listing(panel.withheld) or '口径未注明'}。")
    known = panel.rows.filter(pl.col(value).is_not_null())
    if known["area_name"].n_unique() < known.height:
        raise ValueError(f"“{panel.label}”同一地区有多行，先选定时点再排名。")
    sign = 1.0 if best_high else -1.0
    intervals = {row["area_name"]: _interval(row, (value, low, high), sign) for row in known.iter_rows(named=True)}
    said = order(best_high, panel.rows["unit_measure"][0] if "unit_measure" in panel.rows.columns else "")
    placed = [_rank(name, intervals, said) for name in intervals]
    return tuple(sorted(placed, key=lambda rank: (rank.low, rank.high, by_pinyin(rank.area_name))))


def _panels(rows: pl.DataFrame) -> tuple[Panel, ...]:
    groups: dict[str, list[int]] = {}
    for index, axis in enumerate(axes(rows)):
        if axis is not None:
            groups.setdefault(axis, []).append(index)
    members = {key: rows[indices] for key, indices in groups.items()}
    varying = [column for column in _NAMING if column in rows.columns and _tells_apart(column, list(members.values()))]
    labels = _told_apart({key: (scope_label(found.row(0, named=True), varying), found) for key, found in members.items()})
    return tuple(_panel(key, labels[key], found) for key, found in members.items())


def _panel(key: str, label: str, rows: pl.DataFrame) -> Panel:
    return Panel(key=key, label=label, rows=rows, may_rank=bool(rows["may_rank"].fill_null(False).all()))


def _tells_apart(column: str, panels: list[pl.DataFrame]) -> bool:
    """Every panel has one value of `column`, and not all the same."""
    values = [rows[column].unique().to_list() for rows in panels]
    return all(len(found) == 1 for found in values) and len({found[0] for found in values}) > 1


def _told_apart(named: dict[str, tuple[str, pl.DataFrame]]) -> dict[str, str]:
    """Labels that differ. Two sources that state no scope share its words: their places are named beside them, then their years."""
    labels = {key: label for key, (label, _) in named.items()}
    for told in (_places, _places_and_years):
        spoken = list(labels.values())
        shared = {key for key, label in labels.items() if spoken.count(label) > 1}
        labels |= {key: f"{label}（{told(rows)}）" for key, (label, rows) in named.items() if key in shared}
    counted: dict[str, int] = {}
    for key, label in labels.items():
        counted[label] = counted.get(label, 0) + 1
        labels[key] = label if counted[label] == 1 else f"{label}·来源{counted[label]}"
    return labels


def _places(rows: pl.DataFrame) -> str:
    names = list(dict.fromkeys(name.partition("（")[0] for name in rows["area_name"].to_list()))
    return listing(names) if len(names) <= MOST_NAMED else f"{listing(names[:MOST_NAMED])}等{len(names)}地"


def _places_and_years(rows: pl.DataFrame) -> str:
    dated = [str(year) for year in rows["year"].drop_nulls().unique().sort().to_list()] if "year" in rows.columns else []
    return f"{_places(rows)}，{years(dated)}" if dated else _places(rows)


def _interval(row: dict[str, Any], columns: tuple[str, str | None, str | None], sign: float) -> tuple[float, float]:
    """Interval turned so that more is better. A blank end beside a known one is open; both blank: the value itself."""
    value, low, high = columns
    bottom, top = (row[low] if low else None), (row[high] if high else None)
    if bottom is None and top is None:
        bottom = top = row[value]
    first = bottom if bottom is not None else float("-inf")
    last = top if top is not None else float("inf")
    return (first, last) if sign > 0 else (-last, -first)


def _rank(name: str, intervals: dict[str, tuple[float, float]], said: str) -> Rank:
    low, high = intervals[name]
    others: Iterable[tuple[float, float]] = [interval for other, interval in intervals.items() if other != name]
    better = sum(1 for first, _ in others if first > high)
    open_to = [(first, last) for first, last in others if not first > high and not last < low]
    ties = bool(open_to) and low == high and all(first == last == low for first, last in open_to)
    best = better + 1
    return Rank(area_name=name, low=best, high=best if ties else best + len(open_to), tied=ties, n=len(intervals), order=said)
