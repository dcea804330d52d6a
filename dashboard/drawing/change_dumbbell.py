"""Before and after of one scope: ○ before, ● after, the change between them, the range of ordinary places as a grey band.

One form and one scale rule, so that a pair looks the same wherever it stands: every axis starts at zero and carries ticks, and
rows of one measure run to the same end, whatever their panel, so that of two changes the larger is drawn longer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas, text_width, widest
from dashboard.drawing.marks import Dot
from dashboard.drawing.row_labels import BOLD, LabelColumn, label_column, row
from dashboard.drawing.scale import round_end, ticks
from dashboard.drawing.sheet import GAP, Anchor, Label, Mark, Sheet, Words, block_height, panels
from dashboard.drawing.tokens import BAND, BLUE, FAINT, MUTED, RULE, SECONDARY
from dashboard.language.words import NOT_PUBLISHED, signed, value

ENDS = ("改革前", "改革后")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One place before and after. A missing end is None: it is left open, never joined. `limit`: both ends are 限额.

    `measure`: what is counted, where a drawing holds more than one thing (several lists, several indicators).
    """

    label: Label
    before: float | None
    after: float | None
    fact_ids: str
    limit: bool = False
    panel: str = ""
    measure: str = ""

    @property
    def share(self) -> float | None:
        """Relative change in per cent; None when an end is missing or the start is zero."""
        if self.before is None or self.after is None or self.before == 0:
            return None
        return (self.after - self.before) / self.before * 100


@dataclass(frozen=True, kw_only=True)
class Range:
    """A range to compare with (普通县35～37个), or one value when both ends are equal (a dashed line). `own`: the reader's, in blue."""

    low: float
    high: float
    text: str
    panel: str = ""
    own: bool = False


def change_dumbbell(
    rows: Sequence[Change],
    *,
    unit: str,
    ranges: Sequence[Range] = (),
    ends: tuple[str, str] = ENDS,
    canvas: Canvas = FLUID,
) -> dict[str, Any]:
    """One row a place; every panel has its own axis of `unit`, and only the ranges of its own scope.

    `ends` name what is before and after (调整前, 调整后).
    """
    room = value_room(rows, canvas)
    column = label_column([line.label for line in rows], canvas, right=2 * room)
    sheet = Sheet(canvas, left=column.width + room, right=room)
    sheet.key(key_of(rows, ends), unit)
    reach = _reach(rows, ranges)
    for index, (panel, lines) in enumerate(panels(rows)):
        if panel:
            sheet.header(panel, rule=index > 0)
        top = sheet.y
        own = [extra for extra in ranges if extra.panel == panel]
        end = reach[lines[0].measure]
        axis = sheet.axis(0, end)
        for line in lines:
            change_row(sheet, axis, line, (column, room), ends)
        if any(line.before is not None or line.after is not None for line in lines):
            _ranges(sheet, axis, own, top)
            ticks(sheet, axis, 0, end)
    return sheet.figure()


def value_room(rows: Sequence[Change], canvas: Canvas) -> float:
    """Px that the widest number beside a mark needs."""
    numbers = [number for line in rows for number in (line.before, line.after) if number is not None]
    return widest([value(number) for number in numbers], canvas.name * BOLD) + GAP + canvas.px(8)


def key_of(rows: Sequence[Change], ends: tuple[str, str] = ENDS) -> str:
    """How to read the marks of these rows."""
    return f"○ {ends[0]}　● {ends[1]}" + ("　□■ 限额" if any(line.limit for line in rows) else "")


def change_row(sheet: Sheet, axis: str, line: Change, at: tuple[LabelColumn, float], ends: tuple[str, str] = ENDS) -> None:
    """One row on an axis that the caller made. `at` = (the label column, px between it and the plot for the left value)."""
    column, room = at
    tall = sheet.canvas.px(48 if column.above else 40)  # a name above its row needs air below the words of the change
    _ends(sheet, axis, line, (row(sheet, column, line.label, tall, indent=room), ends))


def _reach(rows: Sequence[Change], ranges: Sequence[Range]) -> dict[str, float]:
    """Where the axes of each measure end: a round number beyond everything that stands on them."""
    measures = {line.panel: line.measure for line in rows}
    highest = dict.fromkeys(measures.values(), 0.0)
    numbers = [(line.measure, number) for line in rows for number in (line.before, line.after) if number is not None]
    for measure, number in [*numbers, *((measures.get(extra.panel, ""), extra.high) for extra in ranges)]:
        highest[measure] = max(highest.get(measure, 0.0), number)
    return {measure: round_end(number) for measure, number in highest.items()}


def _ends(sheet: Sheet, axis: str, line: Change, at: tuple[float, tuple[str, str]]) -> None:
    """`at` = (y in px, names of both ends)."""
    y, names = at
    kinds: tuple[Dot, Dot] = ("before_limit", "after_limit") if line.limit else ("before", "after")
    if line.before is not None and line.after is not None:
        sheet.segment(axis, (line.before, line.after), (y, y), color=RULE, width=4)
        if line.share is not None:
            middle = Words(anchor="center", size=sheet.canvas.small, color=SECONDARY, plate=True)
            text = signed(line.share, "%", 1) if line.share else "持平"
            sheet.words(text, (line.before + line.after) / 2, y - sheet.canvas.px(16), middle, axis=axis)
    falls = line.before is None or line.after is None or line.after <= line.before
    for number, kind, when, outward in ((line.before, kinds[0], names[0], 1), (line.after, kinds[1], names[1], -1)):
        if number is None:
            continue
        sheet.dot(axis, kind, number, y, Mark(says=f"{line.label.name}<br>{when} {value(number)}", fact_ids=line.fact_ids))
        side = outward if falls else -outward
        style = Words(
            anchor="left" if side > 0 else "right", size=sheet.canvas.name, bold=outward < 0,
            color=BLUE if outward < 0 else MUTED, dx=side * sheet.canvas.px(12),
        )  # fmt: skip
        sheet.words(value(number), number, y, style, axis=axis)
    if line.before is None or line.after is None:
        _open_end(sheet, axis, line, at)


def _open_end(sheet: Sheet, axis: str, line: Change, at: tuple[float, tuple[str, str]]) -> None:
    """A missing end: the words 未公布 on the free side of the end that is known, and no line towards anything."""
    y, names = at
    known = line.before if line.before is not None else line.after
    if known is None:
        sheet.words(NOT_PUBLISHED, 0, y, Words(size=sheet.canvas.small, color=MUTED))
        return
    missing, side = (names[1], -1) if line.after is None else (names[0], 1)
    text, gap = f"{missing}{NOT_PUBLISHED}", sheet.canvas.px(12)
    low, high = sheet.bounds(axis)
    room = (known - low if side < 0 else high - known) * sheet.px_per_unit(axis) + (sheet.right if side > 0 else 0.0)
    if text_width(text, sheet.canvas.small) + gap <= room:
        style = Words(anchor="left" if side > 0 else "right", size=sheet.canvas.small, color=MUTED, dx=side * gap, plate=True)
        sheet.words(text, known, y, style, axis=axis)
    else:
        x, anchor = _leaning(sheet, axis, (known, known), text)
        sheet.words(text, x, y - sheet.canvas.px(16), Words(anchor=anchor, size=sheet.canvas.small, color=MUTED), axis=axis)


def _ranges(sheet: Sheet, axis: str, ranges: Sequence[Range], top: float) -> None:
    if not ranges:
        return
    bottom, line = sheet.y, block_height(1, sheet.canvas.small)
    sheet.y += sheet.canvas.px(4)
    ends: list[float] = []  # px where the words of each lane end
    for extra in sorted(ranges, key=lambda extra: extra.low):
        if extra.high > extra.low:
            sheet.area(axis, (extra.low, extra.high), (top, bottom), BAND)
        else:
            sheet.segment(axis, (extra.low, extra.low), (top, bottom), color=BLUE if extra.own else FAINT, dash="dot")
        x, anchor = _leaning(sheet, axis, (extra.low, extra.high), extra.text)
        width = text_width(extra.text, sheet.canvas.small)
        start = (x - sheet.bounds(axis)[0]) * sheet.px_per_unit(axis) - {"left": 0.0, "center": width / 2, "right": width}[anchor]
        lane = next((number for number, end in enumerate(ends) if start > end + 8), len(ends))
        ends[lane:] = [start + width, *ends[lane + 1 :]]
        style = Words(anchor=anchor, size=sheet.canvas.small, color=BLUE if extra.own else MUTED, bold=extra.own)
        sheet.words(extra.text, x, sheet.y + line * (lane + 0.5), style, axis=axis)
    sheet.y += line * len(ends) + 4


def _leaning(sheet: Sheet, axis: str, span: tuple[float, float], text: str) -> tuple[float, Anchor]:
    """Where words about a span stand: over its middle, or leaning inwards near an edge, so that no width cuts them."""
    low, _ = sheet.bounds(axis)
    middle = (span[0] + span[1]) / 2
    at, half = (middle - low) * sheet.px_per_unit(axis), text_width(text, sheet.canvas.small) / 2
    if at + half > sheet.plot + sheet.right:
        return span[1], "right"
    if at - half < 0:
        return span[0], "left"
    return middle, "center"
