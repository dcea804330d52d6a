"""Numbers that must not share an axis: each large, beside the scope it belongs to, a hairline between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas, widest, wrap_phrases
from dashboard.drawing.row_labels import BOLD
from dashboard.drawing.sheet import EDGE, GAP, Mark, Sheet, Words, block_height
from dashboard.drawing.tokens import BLUE, INK, MUTED

LARGE = 26.0  # px


@dataclass(frozen=True, kw_only=True)
class ScopedNumber:
    """A number in words (434个), its 口径, and a quiet second line (year, what it leaves out)."""

    text: str
    scope: str
    detail: str
    fact_ids: str


def scoped_numbers(rows: Sequence[ScopedNumber], canvas: Canvas = FLUID) -> dict[str, Any]:
    """One block a number, in the given order; nothing in the drawing compares their sizes."""
    texts = [line.text for line in rows]
    # Numbers keep to 44 % of the width: a long one makes all of them smaller, so that they stay alike.
    room = canvas.words * 0.44 - GAP - EDGE
    large = canvas.px(LARGE) * min(1.0, room / max(widest(texts, canvas.px(LARGE) * BOLD), 1.0))
    left = widest(texts, large * BOLD) + GAP + EDGE
    sheet = Sheet(canvas, left=left, right=EDGE)
    axis = sheet.axis(0, 1)
    room = canvas.words - left - GAP - EDGE
    for index, line in enumerate(rows):
        if index:
            sheet.gap()
        _block(sheet, axis, line, room, large)
    return sheet.figure()


def _block(sheet: Sheet, axis: str, line: ScopedNumber, room: float, large: float) -> None:
    canvas = sheet.canvas
    texts = [(piece, canvas.name, INK, True) for piece in wrap_phrases(line.scope, canvas.name * 1.04, room)]
    texts += [(piece, canvas.small, MUTED, False) for piece in wrap_phrases(line.detail, canvas.small, room)]
    heights = [block_height(1, size) for _, size, _, _ in texts]
    tall = max(sum(heights), block_height(1, large)) + canvas.px(6)
    middle = sheet.y + tall / 2
    sheet.words(line.text, 0, middle, Words(anchor="right", size=large, color=BLUE, bold=True, dx=-GAP - 2))
    # An invisible mark under the number carries hover words and facts, so that the number opens its source.
    sheet.hotspot(axis, 0, middle, Mark(says=f"{line.scope}<br>{line.text}", fact_ids=line.fact_ids))
    y = middle - sum(heights) / 2
    for (piece, size, color, bold), height in zip(texts, heights, strict=True):
        sheet.words(piece, 0, y + height / 2, Words(size=size, color=color, bold=bold, dx=4), axis=axis)
        y += height
    sheet.y += tall
