"""What differs between two readings of the same figures, in words that name the cells."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from etl.read.facts import NATURAL_KEY
from etl.read.registry import DIMENSIONS
from etl.read.sources import TOTAL, Registries
from vocabulary.periods import UNSTATED

# A correction may come from another source: that makes it no other figure.
_KEY = [column for column in NATURAL_KEY if column != "source_id"]
_TOLD = {
    "obs_value": "数值", "unit_measure": "单位", "as_stated": "原文", "precision": "精度", "disclosure": "公开程度",
    "doubt": "疑点", "to_check": "待核", "note": "备注",
}  # fmt: skip


@dataclass(frozen=True)
class Names:
    """Chinese names by code."""

    areas: Mapping[str, str]
    indicators: Mapping[str, str]
    phases: Mapping[str, str]

    @classmethod
    def of(cls, registries: Registries, brought: Iterable[Mapping[str, str]] = ()) -> "Names":
        """Those of the registries, and of areas that a file brings."""
        divisions = {one.division: one.name_zh for one in registries.records("division")}
        areas = {one.ref_area: one.name_zh for one in registries.records("area")}
        own = {row["ref_area"]: row["name_zh"] for row in brought}
        indicators = {one.indicator: one.name_zh for one in registries.records("indicator")}
        phases = {one.code: one.name_zh for one in registries.records("code") if one.code_list == "phase" and one.code != "point"}
        return cls(divisions | areas | own, indicators, phases)

    def named(self, fact: Mapping[str, Any]) -> str:
        """河曲县 党政机构数（改革后，2022-08，口径：党政机构）"""
        area, indicator = str(fact["ref_area"]), str(fact["indicator"])
        parts = [
            self.phases.get(fact["phase"], ""),
            "时点未注明" if fact["time_period"] == UNSTATED else fact["time_period"],
            *(fact[dimension] for dimension in DIMENSIONS if fact[dimension] != TOTAL),
            "口径：" + str(fact["scope"]),
        ]
        words = "，".join(filter(None, parts))
        return f"{self.areas.get(area, area)} {self.indicators.get(indicator, indicator)}（{words}）"


def differences(one: pl.DataFrame, other: pl.DataFrame, names: Names, *, only: tuple[str, str] = ("删去", "新增")) -> list[str]:
    """Every difference between two frames of facts with sheet and cell; `only` says what it is to stand in one of them alone."""
    sides = ((one, other, only[0]), (other, one, only[1]))
    alone = [
        f"{word}：{names.named(row)} {_shown(row['obs_value'])}{row['unit_measure']}（{_cell(row)}）"
        for here, there, word in sides
        for row in here.join(there, on=_KEY, how="anti", maintain_order="left").iter_rows(named=True)
    ]
    told = pl.any_horizontal(*(pl.col(column).ne_missing(pl.col(f"{column}_other")) for column in _TOLD))
    both = one.join(other, on=_KEY, how="inner", suffix="_other", maintain_order="left").filter(told)
    return [f"不同：{names.named(row)}{'，'.join(_changes(row))}" for row in both.iter_rows(named=True)] + alone


def _changes(row: Mapping[str, Any]) -> Iterator[str]:
    """What of a fact differs, the cells behind the last."""
    changed = [(column, word) for column, word in _TOLD.items() if row[column] != row[f"{column}_other"]]
    yield from (f"{word} {_shown(row[column])} → {_shown(row[f'{column}_other'])}" for column, word in changed)
    yield f"{_cell(row)} → {_cell({key: row[f'{key}_other'] for key in ('sheet', 'cell')})}"


def _shown(value: str | None) -> str:
    return value or "空"


def _cell(row: Mapping[str, Any]) -> str:
    return f"{row['sheet']}!{row['cell']}"
