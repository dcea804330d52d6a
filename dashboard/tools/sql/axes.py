"""The axis of every row of a reader's result: from its own axis_key, or from the facts that it names; else nobody knows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.sandbox.runner import Result
from dashboard.tools.sql import roles
from dashboard.tools.sql.lineage import Witnesses
from dashboard.warehouse import Warehouse
from dashboard.warehouse.axis_words import axis_words
from dashboard.warehouse.catalog import citations
from dashboard.warehouse.codes import codes

UNTOLD = "看不出各行能不能放在一条轴上：数值没有连着同轴键（axis_key）或事实编号（fact_id、fact_ids）。请把 axis_key 与数值从同一张表一起选出来。"
HALF_TOLD = "有 {count} 行的同轴键或事实编号是空的，不知道能不能与别的行比较。请用 where 去掉这些行。"
MIXED = "有 {count} 行把几种口径合在了一起（例如跨口径求和、平均），这样的数不能画，也不宜引用。请按 axis_key 分组。"
UNSAID = "看不出“{column}”一列各行的口径是否相同，不要直接并列比较、排名或相加；请把 axis_key（同轴键）一起选出来。"
STATE = "现状数"  # of an axis whose twin holds changes or plans
SEVERAL = "“{column}”一列有 {count} 种口径或单位，不同口径的数不能并列比较、排名或相加。"


@dataclass(frozen=True, kw_only=True)
class Axes:
    """`keys`: the axis of each row (None for a row without a value). `problem`: why there is none, blank when there is."""

    keys: tuple[str | None, ...] = ()
    problem: str = ""

    def spoken(self, db: Warehouse) -> dict[str, str]:
        """The words over each axis; two axes never share them."""
        keys = list(dict.fromkeys(key for key in self.keys if key is not None))
        parts = {key: key.split(_JOIN) for key in keys}
        words = axis_words(db, {part for listed in parts.values() for part in listed})
        labels = {key: "／".join(dict.fromkeys(words.get(part, part) for part in listed)) for key, listed in parts.items()}
        names, named = codes(db), [part for key in keys for part in key.split("|")]
        sources = {source.source_id: source.text for source in citations(db, named)}
        return dict(_told_apart(labels, {**names["level"], **names["phase"], "state": STATE, **sources}))


def _told_apart(labels: Mapping[str, str], words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each key with its label; equal labels with what differs in their keys (级别, 变化量, the source), in words where there are."""
    alike: dict[str, list[str]] = {}
    for key, label in labels.items():
        alike.setdefault(label, []).append(key)
    for label, members in alike.items():
        common = set.intersection(*(set(key.split("|")) for key in members))
        tails = ["，".join(words.get(part, part) for part in key.split("|") if part not in common) for key in members]
        for number, (key, tail) in enumerate(zip(members, tails, strict=True), 1):
            unlike = tail if tail and tails.count(tail) == 1 else f"{tail}{number}"
            yield key, label if len(members) == 1 else f"{label}（{unlike}）"


_JOIN = " ＋ "


def scopes_said(db: Warehouse, result: Result, witnesses: Witnesses) -> list[str]:
    """What must be said of the columns of numbers before they are compared; nothing where all rows are known to share one axis.

    A column of which nothing tells the axis is spoken of only when it is made of figures that have one: not a count of rows."""
    said = []
    for value in roles.values(result):
        axes, name = axes_of(db, result, witnesses, value), result.columns[value].name
        kinds = len(set(axes.keys) - {None})
        if kinds > 1:
            said.append(SEVERAL.format(column=name, count=kinds))
        elif axes.problem and (axes.problem != UNTOLD or value in witnesses.measured):
            said.append(UNSAID.format(column=name) if axes.problem == UNTOLD else axes.problem)
    return list(dict.fromkeys(said))


def axes_of(db: Warehouse, result: Result, witnesses: Witnesses, value: int) -> Axes:
    """The axes of the rows for the numbers in the column at `value`."""
    if len(result.rows) < 2:
        return Axes(keys=("",) * len(result.rows))
    if witnesses.width != len(result.columns):
        return Axes(problem=UNTOLD)
    if witnesses.axis is not None and value in witnesses.by_axis:
        return _checked(result, value, [row[witnesses.axis] or None for row in result.rows])
    if value in witnesses.by_facts:
        return _of_facts(db, result, witnesses.facts, value)
    return Axes(problem=UNTOLD)


def _checked(result: Result, value: int, keys: Sequence[str | None]) -> Axes:
    blank = sum(1 for row, key in zip(result.rows, keys, strict=True) if key is None and row[value] is not None)
    return Axes(problem=HALF_TOLD.format(count=blank)) if blank else Axes(keys=tuple(keys))


def _of_facts(db: Warehouse, result: Result, places: Sequence[int], value: int) -> Axes:
    """A row rests on facts of several indicators (people and staff); of one indicator they must share an axis, or be the parts
    of one whole (行政, 事业 and 工勤 of one place, added up)."""
    listed = [_ids(row, places) for row in result.rows]
    known = _facts(db, sorted({fact for facts in listed for fact in facts}))
    wholes = {known[fact]["whole_key"] for facts in listed for fact in facts if fact in known}
    if len(wholes) == 1 and all(facts and all(fact in known for fact in facts) for facts in listed):
        return Axes(keys=tuple(wholes) * len(listed))
    keys: list[str | None] = []
    mixed = 0
    for facts in listed:
        by_indicator: dict[str, set[str]] = {}
        wholes_of: dict[str, set[str]] = {}
        for fact in facts:
            row = known.get(fact)
            by_indicator.setdefault(row["indicator"] if row else fact, set()).add(_state(row) if row else fact)
            wholes_of.setdefault(row["indicator"] if row else fact, set()).add(row["whole_key"] if row else fact)
        mixed += any(len(found) > 1 and len(wholes_of[name]) > 1 for name, found in by_indicator.items())
        keys.append(_JOIN.join(sorted(key for found in by_indicator.values() for key in found)) or None)
    return Axes(problem=MIXED.format(count=mixed)) if mixed else _checked(result, value, keys)


def _facts(db: Warehouse, ids: list[str]) -> dict[str, dict[str, Any]]:
    rows = db.table("mart.fact", fact_id=ids).select("fact_id", "indicator", "phase", "axis_key", "whole_key")
    return {row["fact_id"]: row for row in rows.collect().iter_rows(named=True)}


def _state(row: dict[str, Any]) -> str:
    """The axis of a fact within its row: 改革前, 改革后 and the change between them are one thing there."""
    return str(row["axis_key"]).replace("|change|", "|state|", 1) if row["phase"] == "change" else str(row["axis_key"])


def _ids(row: Sequence[Any], places: Sequence[int]) -> list[str]:
    cells = [row[place] for place in places]
    named = [part for cell in cells for part in (cell if isinstance(cell, list) else str(cell or "").split(","))]
    return list(dict.fromkeys(str(part).strip() for part in named if str(part).strip()))
