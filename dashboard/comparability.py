"""口径闸: what may stand on one axis, what must be kept apart, and the notes that say so. Pure: rows in, panels and notes out.

Rows are a frame with `area_name`, a value column and any of: panel, scope, population_basis, staff_scope, catalogue,
indicator(_zh), year, cohort, precision, anonymous, illustrative. What a frame does not have is not checked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from dashboard.words import listing, place

UNSTATED = "未注明"
Level = Literal["pass", "warn", "block"]

# Besides the 口径 itself (and 变化 against 状态): two rows that differ in any of these never share an axis.
_SCOPE = ("indicator", "unit_measure", "catalogue", "size_band", "tier")
_TOTAL, MOST_NAMED = "_T", 5


@dataclass(frozen=True, kw_only=True)
class Note:
    """One sentence for 口径/注. block: kept apart or left out; warn: to be read with care; pass: a plain fact."""

    code: str
    level: Level
    text: str


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
    def texts(self) -> tuple[str, ...]:
        """The notes as sentences, those that keep things apart first."""
        order = {"block": 0, "warn": 1, "pass": 2}
        return tuple(note.text for note in sorted(self.notes, key=lambda note: order[note.level]))

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
            notes.append(Note(code="illustrative", level="block", text=f"情境材料不参与比较：{_names(left_out)}。"))
    panels = _panels(_with_scope(rows, value))
    notes += _scope_notes(panels)
    for panel in panels:
        notes += _spread_note(panel.rows, "year", "年份不同，只看方向和量级", "年")
        notes += _spread_note(panel.rows, "cohort", "批次不同，改革起点和时长不一")
    notes += (_mark_notes(rows, value) if marks else []) + _people_notes(rows, value)
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


def unranked(rows: pl.DataFrame, value: str) -> tuple[str, ...]:
    """Places that have no value: they are listed as 未公布 and never ranked."""
    return tuple(dict.fromkeys(rows.filter(pl.col(value).is_null())["area_name"].to_list()))


def kept_apart(shown: str, other: str, why: str, where: str = "另图") -> Note:
    """The note of a card about what must not be set beside it: 不并列：张店乡609:1只含…，与…口径不同 → 另图."""
    return Note(code="apart", level="block", text=f"不并列：{other}{why}，与{shown}口径不同 → {where}。")


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
        stated = UNSTATED not in (first.get("population_basis"), first.get("staff_scope"))
        panels.append(Panel(label=scope_label(first, varying), rows=members, may_rank=stated))
    return tuple(panels)


def _scope_of(row: dict[str, Any]) -> tuple[Any, ...]:
    # A ratio's scope is its two sides (scope words of different sources may name the same pair); else the 口径 itself.
    basis, staff = row.get("population_basis"), row.get("staff_scope")
    main = (basis, staff) if basis and staff else (row.get("panel") or row.get("scope"), basis, staff)
    return (*main, row.get("phase") == "change", *(row.get(column) for column in _SCOPE))


def _scope_notes(panels: Sequence[Panel]) -> list[Note]:
    notes = []
    if len(panels) > 1:
        labels = "；".join(dict.fromkeys(panel.label.replace("　", "、") for panel in panels))
        notes.append(Note(code="scope", level="block", text=f"口径不同，分栏展示，不并列、不排名：{labels}。"))
    vague = [panel for panel in panels if not panel.may_rank]
    if vague:
        names = _briefly(name for panel in vague for name in panel.rows["area_name"].to_list())
        notes.append(Note(code="unstated", level="warn", text=f"原文未注明口径，只看量级，不排名：{names}。"))
    return notes


def _spread_note(rows: pl.DataFrame, column: str, text: str, suffix: str = "") -> list[Note]:
    """A warning when places on one axis differ in `column`; one place at several times is a course, not a difference."""
    if column not in rows.columns:
        return []
    groups: dict[Any, list[str]] = {}
    for name, kind in rows.select("area_name", column).iter_rows():
        if kind:
            groups.setdefault(kind, []).append(name)
    if len(groups) < 2 or len({name for names in groups.values() for name in names}) < 2:
        return []
    kinds = sorted(groups) if column == "year" else groups
    return [Note(code=column, level="warn", text=f"{text}：{listing(f'{kind}{suffix}' for kind in kinds)}。")]


def _mark_notes(rows: pl.DataFrame, value: str) -> list[Note]:
    """What open and one-sided marks mean here, by place."""
    if "precision" not in rows.columns:
        return []
    known = rows.filter(pl.col(value).is_not_null()) if value in rows.columns else rows
    marks = (
        ("approx", ["approx"], "约数以空心标记"),
        ("bound", ["at_least", "at_most"], "只知一端的以竖线加虚线标记"),
    )
    found = [(code, known.filter(pl.col("precision").is_in(kinds)), text) for code, kinds, text in marks]
    return [Note(code=code, level="pass", text=f"{text}：{_names(members)}。") for code, members, text in found if members.height]


def _people_notes(rows: pl.DataFrame, value: str) -> list[Note]:
    """Unnamed places, places without a value, and n."""
    notes = []
    if "anonymous" in rows.columns:
        nameless = rows.filter(pl.col("anonymous").fill_null(False))
        if nameless.height:
            notes.append(Note(code="anonymous", level="warn", text=f"原文未具名，不对应公开地名：{_names(nameless)}。"))
    if value not in rows.columns:
        return notes
    if missing := unranked(rows, value):
        notes.append(Note(code="missing", level="pass", text=f"未公布，不排名、不按零计：{listing(missing)}。"))
    places = rows.filter(pl.col(value).is_not_null())["area_name"].n_unique()
    if places > 1:
        notes.append(Note(code="n", level="pass", text=f"n＝{places}。"))
    return notes


def _names(rows: pl.DataFrame) -> str:
    return _briefly(rows["area_name"].to_list())


def _briefly(names: Iterable[str]) -> str:
    """All names, or how many there are when naming them all would bury the note."""
    unique = list(dict.fromkeys(names))
    return listing(unique) if len(unique) <= MOST_NAMED else f"{len(unique)}个地区"


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
