"""What happened when: dates down a line, each with its place and what it was; no distance is invented between vague dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas, widest, wrap, wrap_phrases
from dashboard.drawing.row_labels import BOLD
from dashboard.drawing.sheet import EDGE, GAP, Mark, Sheet, Words, block_height
from dashboard.drawing.tokens import INK, MUTED, RULE, SECONDARY


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One event: date in words (2020年4月), place, what happened. `vague`: month or year only, drawn open."""

    date: str
    place: str
    what: str
    fact_ids: str = ""
    vague: bool = False


def timeline(rows: Sequence[Moment], canvas: Canvas = FLUID) -> dict[str, Any]:
    """Moments in the given order (by date). Words wrap to the narrowest canvas."""
    left = widest([moment.date for moment in rows], canvas.note * BOLD) + GAP + EDGE + canvas.px(6)
    sheet = Sheet(canvas, left=left, right=EDGE)
    axis = sheet.axis(0, 1)
    room = canvas.words - left - GAP - EDGE - 4
    marks: list[float] = []
    for moment in rows:
        marks.append(_moment(sheet, axis, moment, room))
    if len(marks) > 1:
        sheet.segment(axis, (0, 0), (marks[0], marks[-1]), color=RULE, width=2)
    return sheet.figure()


def _moment(sheet: Sheet, axis: str, moment: Moment, room: float) -> float:
    canvas = sheet.canvas
    line = block_height(1, canvas.note)
    y = sheet.y + line / 2 + 2
    sheet.words(moment.date, 0, y, Words(anchor="right", color=SECONDARY, bold=True, dx=-GAP - 2))
    sheet.dot(
        axis, "approx" if moment.vague else "exact", 0, y, Mark(says=f"{moment.date}<br>{moment.what}", fact_ids=moment.fact_ids)
    )
    texts = [(piece, INK, True) for piece in wrap(moment.place, canvas.note * BOLD, room)]
    texts += [(piece, MUTED, False) for piece in wrap_phrases(moment.what, canvas.note, room)]
    for index, (piece, color, bold) in enumerate(texts):
        sheet.words(piece, 0, y + index * line, Words(color=color, bold=bold, dx=GAP + 4), axis=axis)
    sheet.y += len(texts) * line + canvas.px(8)
    return y
