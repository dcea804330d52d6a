"""Values that stand alone in their scope: a list of names and numbers without an axis, each with its scope in quiet words.

Nothing says far or near, so values of any scopes can stand below each other; those whose scope reads alike share a heading.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.drawing.canvas import text_width, widest, wrap
from dashboard.drawing.row_labels import BOLD
from dashboard.drawing.sheet import EDGE, GAP, Mark, Sheet, Words, block_height, panels
from dashboard.drawing.tokens import INK, MUTED, SECONDARY
from dashboard.language.words import NOT_PUBLISHED

LEAST_BESIDE = 190.0  # px in which a scope can be read beside the number; with less it stands below
AIR = 10.0  # px between two rows


@dataclass(frozen=True, kw_only=True)
class LoneValue:
    """A place, its value in words (blank: 未公布), what must be said of it, and its scope (`panel`)."""

    name: str
    text: str
    detail: str
    fact_ids: str
    panel: str = ""


@dataclass(frozen=True, kw_only=True)
class _Columns:
    """Px from the left edge of the drawing to the numbers and to the quiet words, and the px that names and quiet words may take."""

    numbers: float
    quiet: float
    names_room: float
    quiet_room: float

    @property
    def stacked(self) -> bool:
        """The number stands below its name: there is no room beside it."""
        return self.numbers == EDGE

    @property
    def beside(self) -> bool:
        """The quiet words stand beside the number."""
        return self.quiet > EDGE


def lone_values(sheet: Sheet, rows: Sequence[LoneValue], *, rule: bool) -> None:
    """The list, below a hairline where something stands above it (`rule`). Single values first: a heading holds for what follows;
    what nobody published comes last."""
    columns = _columns(sheet, rows)
    for index, (scope, members) in enumerate(sorted(panels(rows), key=_at)):
        has_heading = len(members) > 1 and bool(scope)
        if has_heading:
            sheet.header(scope, rule=rule or index > 0)
        elif rule and not index:
            sheet.gap()
        for place, row in enumerate(members):
            if place or (index and not has_heading):
                sheet.may_part()
            _row(sheet, columns, replace(row, panel="") if has_heading else row)


def _at(group: tuple[str, Sequence[LoneValue]]) -> tuple[bool, bool]:
    return not any(row.text for row in group[1]), len(group[1]) > 1


def _columns(sheet: Sheet, rows: Sequence[LoneValue]) -> _Columns:
    canvas, whole = sheet.canvas, sheet.canvas.words - 2 * EDGE
    names, texts = (widest(words, canvas.name * BOLD) for words in ([row.name for row in rows], [row.text for row in rows]))
    numbers = max(sheet.left, EDGE + names + GAP)
    if numbers + texts > EDGE + whole:
        return _Columns(numbers=EDGE, quiet=EDGE, names_room=whole, quiet_room=whole)
    beside = numbers + texts + 2 * GAP
    room = EDGE + whole - beside
    quiet, room = (beside, room) if room >= canvas.px(LEAST_BESIDE) else (EDGE, whole)
    return _Columns(numbers=numbers, quiet=quiet, names_room=numbers - GAP - EDGE, quiet_room=room)


def _row(sheet: Sheet, columns: _Columns, row: LoneValue) -> None:
    canvas, top = sheet.canvas, sheet.y
    strong = Words(size=canvas.name, bold=True, color=INK)
    names = wrap(row.name, canvas.name * BOLD, columns.names_room + 1)  # the widest name takes all of it
    if columns.beside and sheet.left > EDGE:  # under the row names of the panels
        below = _block(sheet, names, (columns.numbers - GAP, top), replace(strong, anchor="right"))
    else:
        below = _block(sheet, names, (EDGE, top), strong)
    at = below if columns.stacked else top
    said = strong if row.text else replace(strong, bold=False, color=MUTED)
    below = max(below, _block(sheet, [row.text or NOT_PUBLISHED], (columns.numbers, at), said))
    quiet = _quiet(row, canvas.small, columns.quiet_room)
    y = top + (block_height(1, canvas.name) - block_height(1, canvas.small)) / 2 if columns.beside else below
    y = _block(sheet, quiet, (columns.quiet, y), Words(size=canvas.small, color=SECONDARY))
    sheet.y = max(below, y)
    if row.fact_ids:
        mark = Mark(says=f"{row.name}<br>{row.text}", fact_ids=row.fact_ids)
        sheet.hot_row(sheet.axis(0, 1), ((top + sheet.y) / 2, sheet.y - top), mark)
    sheet.y += canvas.px(AIR)


def _quiet(row: LoneValue, size: float, room: float) -> list[str]:
    """Scope and detail on one line where they fit, else on lines of their own."""
    parts = [part for part in (row.panel, row.detail) if part]
    together = "；".join(parts)
    return [line for part in ([together] if text_width(together, size) <= room else parts) for line in wrap(part, size, room)]


def _block(sheet: Sheet, lines: Sequence[str], at: tuple[float, float], style: Words) -> float:
    """Lines from `at` = (px from the left edge, y of the top) on; gives the y below them."""
    left, top = at
    height = block_height(len(lines), style.size or sheet.canvas.note)
    if lines:
        sheet.words("<br>".join(lines), 0, top + height / 2, replace(style, dx=left - sheet.left))
    return top + height
