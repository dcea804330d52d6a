"""Which figures changed between two warehouse files, as Chinese sentences: added, removed, changed, each with its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from etl.problems import EtlError
from etl.read.registry import DIMENSIONS

PHASES = {"before": "改革前", "after": "改革后", "change": "变化", "plan": "计划", "point": ""}
UNSTATED, TOTAL = "_U", "_T"
SHOWN = (
    ("obs_value", "数值"), ("as_stated", "原文"), ("precision", "精度"), ("value_low", "下限"), ("value_high", "上限"),
    ("unit_measure", "单位"), ("locator", "出处位置"), ("disclosure", "公开程度"),
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """Sentences by kind of change."""

    added: list[str]
    removed: list[str]
    changed: list[str]

    @property
    def count(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)


def diff(old: Path, new: Path) -> Difference:
    """Compare the facts of two warehouse files by fact_id. Raises EtlError when a file is not a warehouse."""
    before, after = read_facts(old), read_facts(new)
    return Difference(
        [f"新增：{_claim(fact)}" for key, fact in after.items() if key not in before],
        [f"删除：{_claim(fact)}" for key, fact in before.items() if key not in after],
        [sentence for key, fact in after.items() if key in before for sentence in _changes(before[key], fact)],
    )


def read_facts(path: Path) -> dict[str, dict[str, Any]]:
    """fact_id → fact with the names of its area, indicator and source, in a stable order."""
    if not path.is_file():
        raise EtlError(f"没有这个文件：{path}")
    sql = """
        select f.*, a.name_zh as area_name, i.name_zh as indicator_zh, i.decimals as decimals, s.title as source_title
        from core.fact as f
        left join core.ref_area as a on a.ref_area = f.ref_area
        left join core.indicator as i on i.indicator = f.indicator
        left join core.source as s on s.source_id = f.source_id
        order by f.ref_area, f.indicator, f.time_period, f.fact_id"""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            relation = connection.sql(sql)
            return {str(row["fact_id"]): row for row in _dicts(relation.columns, relation.fetchall())}
    except duckdb.Error as error:
        raise EtlError(f"{path} 不是能打开的数据仓库") from error


def _dicts(columns: list[str], rows: list[Any]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield dict(zip(columns, row, strict=True))


def _changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """One sentence a fact; a moved line or a new loading time is no change."""
    moved = [(column, label) for column, label in SHOWN if old.get(column) != new.get(column)]
    changes = [f"{label}由 {_shown(old, column)} 改为 {_shown(new, column)}" for column, label in moved]
    if changes:
        yield f"修改：{named(new)}{'，'.join(changes)}{_source(new)}"


def _claim(fact: dict[str, Any]) -> str:
    unit = str(fact["unit_measure"])
    blank = "" if unit[:1] in ":%‰" else " "
    return f"{named(fact)}为 {_shown(fact, 'obs_value')}{blank}{unit}{_source(fact)}"


def named(fact: dict[str, Any]) -> str:
    """A fact by its place, indicator and dimensions: 河曲县 党政机构（改革后，2022-08，口径：党政机构）"""
    parts = [PHASES.get(str(fact["phase"]), ""), "时点未注明" if fact["time_period"] == UNSTATED else str(fact["time_period"])]
    parts += [str(fact[dimension]) for dimension in DIMENSIONS if fact[dimension] != TOTAL]
    parts.append(f"口径：{fact['scope']}")
    return f"{fact['area_name']} {fact['indicator_zh']}（{'，'.join(part for part in parts if part)}）"


def _shown(fact: dict[str, Any], column: str) -> str:
    value = fact.get(column)
    if value is None or value == "":
        return "空"
    return f"{value:.12g}" if isinstance(value, float) else f"“{value}”" if column == "as_stated" else str(value)


def _source(fact: dict[str, Any]) -> str:
    place = f"，{fact['locator']}" if fact["locator"] else ""
    return f"〔《{str(fact['source_title']).strip('《》')}》{place}〕"
