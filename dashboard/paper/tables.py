"""Rows as a table that is read: cells in words, decimals aligned, the shared unit taken out once, nothing blank.

Word, slides, previews and spreadsheets set this same table; the raw numbers go along for those that can keep them.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column
from dashboard.cards.shown import fact_ids
from dashboard.cards.table import NOTHING, cell_text
from dashboard.language import words
from dashboard.language.sentence import receipts
from dashboard.language.typeset import column as set_column
from dashboard.paper.caption import MEASURED, unit_of
from dashboard.warehouse import Warehouse

MOST_UPRIGHT = 7  # columns that an upright page holds
_ROUGH = re.compile(r"(?=.*\d).*[约近余多左右上下足过到少低高]|[几数～]")  # 约140, 400多, 不足20, 不少于14, 十几, 3～5


@dataclass(frozen=True, kw_only=True)
class SetColumn:
    """One column: header (its unit in brackets unless the table's), cells in words, raw values; numbers stand to the right."""

    header: str
    cells: tuple[str, ...]
    values: tuple[Any, ...]
    numeric: bool
    beside: str = ""  # header of the column that takes this one along (cards.chart.Column)


@dataclass(frozen=True, kw_only=True)
class SetTable:
    """Columns of equal length and the unit that all numbers share, blank when they differ."""

    columns: tuple[SetColumn, ...]
    unit: str

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        return list(zip(*(column.cells for column in self.columns), strict=True))


Claims = Mapping[str, Mapping[str, Any]]  # facts that are not exact, by id


def inexact(db: Warehouse, rows: pl.DataFrame) -> Claims:
    """The facts below rows that their source gives with 约, 余, 多, 近 and the like."""
    stated = db.table("mart.fact", fact_id=fact_ids(rows)).filter(~pl.col("precision").is_in(["exact", "derived"]))
    columns = ("fact_id", "obs_value", "unit_measure", "precision", "as_stated")
    return {fact["fact_id"]: fact for fact in stated.select(columns).collect().to_dicts()}


def set_table(chart: Chart, rows: pl.DataFrame, claims: Claims | None = None) -> SetTable:
    """The table of a chart, as its 表格 tab has it, without columns that say nothing under this selection.

    Numbers of the facts in `claims` get the words of their source back: 400多, 约140."""
    listed = rows["fact_ids"].to_list() if claims and "fact_ids" in rows.columns else []
    below = [[claims[fact] for fact in receipts(facts) if claims and fact in claims] for facts in listed]
    made = [(column, *_column(column, _values(rows, column), below)) for column in chart.columns]
    scaled = {unit for _stated, _found, unit in made if unit}
    amounts = scaled - {"%"} or scaled  # shares keep their % in the header beside a shared unit of amounts
    bare = any(found.numeric and not unit for _stated, found, unit in made)  # numbers whose unit stands in a column of its own
    shared = amounts.pop() if len(amounts) == 1 and not (bare and scaled == {"%"}) else ""
    columns = []
    for stated, found, unit in made:
        base = stated.header.removesuffix(f"（{unit_of(stated)}）") if unit_of(stated) else stated.header
        header = base if not unit or unit == shared else f"{base}（{unit}）"
        columns.append(
            SetColumn(header=header, cells=found.cells, values=found.values, numeric=found.numeric, beside=stated.beside)
        )
    said = [column for column in columns if column is columns[0] or set(column.cells) != {NOTHING}]
    return SetTable(columns=tuple(said), unit=shared)


def folded(table: SetTable) -> SetTable:
    """A table of more columns than an upright page holds, those with `beside` in the brackets of another: 2020年（改革前）."""
    if len(table.columns) <= MOST_UPRIGHT:
        return table
    hosts = {column.header for column in table.columns}
    inside: dict[str, list[SetColumn]] = {}
    for column in table.columns:
        if column.beside in hosts:
            inside.setdefault(column.beside, []).append(column)
    kept = [column for column in table.columns if column.beside not in hosts]
    return replace(table, columns=tuple(_with(column, inside.get(column.header, [])) for column in kept))


def _with(host: SetColumn, others: list[SetColumn]) -> SetColumn:
    if not others:
        return host
    texts = zip(host.cells, *map(_in_brackets, others), strict=True)
    cells = tuple(_bracketed(own, [text for text in more if text not in {NOTHING, own}]) for own, *more in texts)
    header = _bracketed(host.header, [column.header for column in others])
    return replace(host, header=header, cells=cells, values=cells, numeric=False)


def _in_brackets(column: SetColumn) -> list[str]:
    """Its cells behind those of another; what is missing says what, or the other would seem to be: 970名（超编消化未公布）."""
    return [f"{column.header}{cell}" if cell in {words.NOT_PUBLISHED, words.UNDATED} else cell for cell in column.cells]


def _bracketed(text: str, more: list[str]) -> str:
    return f"{text}（{'，'.join(more)}）".replace("）（", "，") if more else text


def rough(table: SetTable) -> list[str | None]:
    """For each row what a plain number cannot say: 不足20万：400多."""
    numeric = [column for column in table.columns if column.numeric]
    said = [
        [f"{column.header}：{cell}" for column, cell in zip(numeric, cells, strict=True) if _ROUGH.search(cell)]
        for cells in zip(*(column.cells for column in numeric), strict=True)
    ]
    return ["；".join(listed) or None for listed in said]


def _values(rows: pl.DataFrame, column: Column) -> list[Any]:
    return rows[column.name].to_list() if column.name in rows.columns else [None] * rows.height


def _column(column: Column, values: list[Any], below: list[list[Mapping[str, Any]]]) -> tuple[SetColumn, str]:
    """The column with its header as stated, and its unit with the scale it was set in."""
    if column.kind in MEASURED:
        unit = unit_of(column) or ("%" if column.kind == "percent" else "")
        if unit == "%":
            cells, scaled = [_share(value) for value in values], "%"
        else:
            cells, scaled = set_column(values, unit)
            cells = [_worded(*cell) for cell in zip(cells, values, below, strict=True)] if below else cells
        return SetColumn(header=column.header, cells=tuple(cells), values=tuple(values), numeric=True), scaled
    if column.kind == "ratio":
        cells = [words.ratio(value) for value in values]
        return SetColumn(header=column.header, cells=tuple(cells), values=tuple(values), numeric=True), ""
    said = [cell_text(value, column) for value in values]
    return SetColumn(header=column.header, cells=tuple(said), values=tuple(said), numeric=False), ""


def _worded(cell: str, value: float | None, claims: list[Mapping[str, Any]]) -> str:
    """The cell in the wording of the claim that gives just this number, if one does; a hedged cut reads 减少80余."""
    for claim in claims:
        if value is not None and claim["obs_value"] == value:
            unit, stated = claim["unit_measure"], claim["as_stated"] or ""
            return words.stated(value, unit, precision=claim["precision"], as_stated=stated, written=cell)
    return cell


def _share(value: float | None) -> str:
    """A share with one decimal in every row, so that the points stand below each other."""
    if value is None or math.isnan(value):
        return words.NOT_PUBLISHED
    return words.value(value, "%", 1).removesuffix("%")
