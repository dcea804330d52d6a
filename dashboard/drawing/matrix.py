"""Who did what: places down, kinds across, a filled mark for what was done, a hollow one for what is only planned.

An empty place says that no source tells, so nothing is drawn there. Heads of columns are as wide as these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas, widest, wrap
from dashboard.drawing.row_labels import BOLD
from dashboard.drawing.sheet import EDGE, GAP, Mark, Sheet, Words, block_height
from dashboard.drawing.tokens import BAND, INK, LINE, SECONDARY

LEAST_PITCH = 13.0  # px of a column: a mark, or a character of its head
_AIR = 3.0  # px above and below a name


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One mark: the place of its column, whether it was done, what it says and what it opens."""

    column: int
    done: bool
    says: str
    fact_ids: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A place and its marks; those without any have no line."""

    name: str
    cells: tuple[Cell, ...]


def matrix(rows: Sequence[Line], columns: Sequence[str], *, key: str, canvas: Canvas = FLUID) -> dict[str, Any]:
    """Places against `columns`; names wrap where the columns leave too little room for them."""
    pitch = canvas.px(LEAST_PITCH)
    room = canvas.words - EDGE - pitch * len(columns) - GAP - EDGE
    left = min(widest([line.name for line in rows], canvas.note * BOLD), max(room, pitch * 4)) + GAP + EDGE
    sheet = Sheet(canvas, left=left, right=EDGE)
    sheet.key(key)
    axis = sheet.axis(0, len(columns), pad=0)
    _heads(sheet, axis, columns)
    sheet.head_ends()
    for number, line in enumerate(rows):
        if number:
            sheet.may_part()
        _line(sheet, axis, line, columns)
    return sheet.figure()


def _heads(sheet: Sheet, axis: str, columns: Sequence[str]) -> None:
    """Heads stand on the first line, as wide as their column: on a narrow sheet one character below the other."""
    size = sheet.canvas.small
    room = sheet.plot / len(columns) - sheet.canvas.px(1)
    heads = [wrap(column, size, max(room, size)) for column in columns]
    bottom = sheet.y + block_height(max(map(len, heads)), size)
    for place, lines in enumerate(heads):
        y = bottom - block_height(len(lines), size) / 2
        sheet.words("<br>".join(lines), place + 0.5, y, Words(anchor="center", size=size, color=SECONDARY), axis=axis)
    sheet.y = bottom + sheet.canvas.px(_AIR)


def _line(sheet: Sheet, axis: str, line: Line, columns: Sequence[str]) -> None:
    canvas = sheet.canvas
    names = wrap(line.name, canvas.note * BOLD, sheet.left - GAP - EDGE)
    tall = max(block_height(len(names), canvas.note), canvas.px(LEAST_PITCH)) + 2 * canvas.px(_AIR)
    y = sheet.y + tall / 2
    sheet.words("<br>".join(names), 0, y, Words(anchor="right", color=INK, bold=True, dx=-GAP))
    for cell in line.cells:
        mark = Mark(says=f"{line.name}·{columns[cell.column]}<br>{cell.says}", fact_ids=cell.fact_ids)
        sheet.dot(axis, "exact" if cell.done else "approx", cell.column + 0.5, y, mark)
    for column in range(0, len(columns), 2):
        sheet.area(axis, (column, column + 1), (sheet.y, sheet.y + tall), BAND)
    sheet.y += tall
    sheet.rule(LINE)
