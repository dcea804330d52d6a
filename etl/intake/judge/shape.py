"""The shape of a sheet: what is merged, hidden, repeated, not computed or an error where figures are read."""

from collections.abc import Iterator

import polars as pl

from etl.intake.finding import Finding, index_of, letters
from etl.intake.layout import Layout
from etl.intake.sheets import ROW


def repeated_headers(layout: Layout) -> list[int]:
    """Lines in the data that say what the header says, in all columns that they fill and at least two."""
    words = {
        letter: {_close(layout.sheet.text(row, letter)) for row in layout.header_rows} - {""} for letter in layout.read_columns
    }
    named = [letter for letter in layout.read_columns if words[letter]]
    plain = [pl.col(letter).str.replace_all(r"\s", "").is_in(list(words[letter])) for letter in named]
    if len(named) < 2:
        return []
    filled = [pl.col(letter).is_null() | same for letter, same in zip(named, plain, strict=True)]
    inside = layout.sheet.cells.filter(pl.col(ROW).is_between(layout.first, layout.last))
    return inside.filter(pl.all_horizontal(filled) & (pl.sum_horizontal(plain) >= 2))[ROW].to_list()


def _close(text: str) -> str:
    return "".join(text.split())


def shape_findings(layout: Layout) -> Iterator[Finding]:
    """All of them, for the cells that are read."""
    rows = set(layout.rows[ROW].to_list())
    sheet, first = layout.sheet, layout.read_columns[0]
    for row in layout.skipped:
        yield sheet.finding(f"{first}{row}", "表头重复了一次，这一行不读", "删去这一行", severity="警示")
    yield from _merged(layout, rows)
    yield from _hidden(layout, rows)
    for cell, value in sheet.marks.errors.items():
        if _is_read(layout, cell):
            yield sheet.finding(cell, "公式出错，没有数", "改好公式，或把数直接填上", value=value)
    for cell in sheet.marks.uncomputed:
        if _is_read(layout, cell):
            yield sheet.finding(cell, "公式没有算出来的值", "用 Excel 或 WPS 打开、保存一次，或把数直接填上")


def _is_read(layout: Layout, cell: str) -> bool:
    column = cell.rstrip("0123456789")
    row = int(cell.removeprefix(column))
    inside = layout.first <= row <= layout.last and row not in layout.skipped
    return inside and column in layout.read_columns


def _merged(layout: Layout, rows: set[int]) -> Iterator[Finding]:
    read = [index_of(letter) for letter in layout.read_columns]
    for (top, left), (bottom, right) in layout.sheet.merged:
        covers = rows & set(range(top + 1, bottom + 2))
        if covers and layout.first <= top + 1 and any(left <= at <= right for at in read):
            cell = f"{letters(left)}{top + 1}"
            message = f"数据里有合并单元格 {cell}:{letters(right)}{bottom + 1}"
            yield layout.sheet.finding(cell, message, "取消合并，每一格各填各的")


def _hidden(layout: Layout, rows: set[int]) -> Iterator[Finding]:
    sheet, fix = layout.sheet, "取消隐藏后核对；不要的删去"
    for row in sorted(rows & set(sheet.marks.hidden_rows)):
        yield sheet.finding(f"{layout.read_columns[0]}{row}", "这一行是隐藏的，其中的数照样读入", fix, severity="警示")
    for first, last in sheet.marks.hidden_columns:
        for letter in layout.values:
            if first <= index_of(letter) + 1 <= last:
                cell = f"{letter}{layout.header_rows[0]}"
                yield sheet.finding(cell, "这一列是隐藏的，其中的数照样读入", fix, severity="警示")
