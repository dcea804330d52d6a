"""数据与来源: what the collection rests on. Counts of our own records, so the sentence carries no receipts."""

from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column, Figure
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.marks import Fill
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Part, stacked_bars
from dashboard.language.sentence import Finding, say
from dashboard.language.words import percent, value
from dashboard.warehouse.catalog import coverage

_NAMED = 0.1  # of the longest bar: smaller parts carry their number in the table and on hover only
_FILLS: dict[str, Fill] = {"A": "dark", "B": "mid", "C": "pale", "S": "outline"}


def _draw(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    seen: set[str] = set()
    least = max(rows["total"].to_list()) * _NAMED
    return stacked_bars([_bar(row, seen, least) for row in rows.iter_rows(named=True)], unit="条", canvas=canvas)


def _bar(row: dict[str, Any], seen: set[str], least: float) -> Bar:
    """A theme; the first bar that has a grade names it, parts of at least `least` facts carry their number."""
    parts = []
    for grade, fill in _FILLS.items():
        count = row[grade]
        if count:
            meant = row[f"{grade}_zh"]
            name = "" if grade in seen else f"{grade} {meant}"
            seen.add(grade)
            says = f"{grade}级 {meant} {value(count, '条')}"
            parts.append(Part(value=count, fill=fill, name=name, inside=(value(count),) if count >= least else (), says=says))
    return Bar(label=Label(name=row["theme"]), parts=tuple(parts), end=value(row["total"]))


def _finding(rows: pl.DataFrame) -> Finding:
    total = sum(rows["total"].to_list())
    official = percent(sum(rows["A"].to_list()) / total * 100)
    return say(f"共{total}条事实，分属{rows.height}个主题；{official}出自官方发布（A级），其余出自报刊、论文、转载页或用户提供。")


def _grades(rows: pl.DataFrame) -> str:
    """What the letters stand for."""
    first = rows.row(0, named=True)
    meant = [f"{grade}级{first[f'{grade}_zh']}" for grade in _FILLS]
    return f"{'，'.join(meant)}。"


CHARTS: tuple[Chart, ...] = (
    Chart(
        id="data-coverage",
        question="本库的数字从哪里来？",
        title="本库事实的主题与来源等级",
        unit="条",
        rows=lambda db, _chosen: coverage(db),
        draw=_draw,
        finding=_finding,
        note=lambda rows: (
            _grades(rows),
            "依据本库全部事实清点，一条事实只计一次。",
            "来源等级说明出处的可靠程度，不代表数字本身已经核实。",
        ),
        columns=(
            Column("theme", "主题"),
            Column("A", "A级", "count"),
            Column("B", "B级", "count"),
            Column("C", "C级", "count"),
            Column("S", "S级", "count"),
            Column("total", "合计", "count"),
        ),
        wide=True,
    ),
)
