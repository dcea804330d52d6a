"""Reforms of different years on one clock: T−1 before, T0 the start, T+n years later; what has no T0 stands in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas, widest, wrap
from dashboard.drawing.marks import Dot
from dashboard.drawing.row_labels import BOLD, LabelColumn, label_column, row
from dashboard.drawing.sheet import GAP, Label, Mark, Sheet, Words, block_height
from dashboard.drawing.tokens import BLUE, FAINT, LINE, MUTED, RULE
from dashboard.language.words import NOT_PUBLISHED, value

BEFORE = -1.0  # every "before" stands at T−1: sources give the state before, not its date
SWING = 16.0  # px that the largest value stands above the row's middle, and zero below it


@dataclass(frozen=True, kw_only=True)
class Course:
    """One place through its reform. `years` from the start (T0) to the state after: the least and the most, which differ when an
    end is known by its year only; None without an end. `off_clock`: a place without T0 has no mark, these words say what is known.
    """

    label: Label  # name, and the real dates as detail
    before: float | None
    after: float | None
    years: tuple[float, float] | None
    fact_ids: str
    off_clock: str = ""


def event_time(rows: Sequence[Course], *, unit: str, canvas: Canvas = FLUID) -> dict[str, Any]:
    """One row a place, all on the clock of their own reform and on one scale of values, from a line at zero; rows must be of one
    scope."""
    numbers = [number for line in rows for number in (line.before, line.after) if number is not None]
    timed = [line.years for line in rows if line.years is not None]
    last = max([most for _least, most in timed] + [1.0])
    room = widest([value(number) for number in numbers] + [NOT_PUBLISHED], canvas.name * BOLD) + GAP + canvas.px(4)
    column = label_column([line.label for line in rows], canvas, right=2 * room)
    sheet = Sheet(canvas, left=column.width + room, right=room)
    vague = any(least < longest for least, longest in timed)
    sheet.key(f"○ 改革前　● 改革后{'　─○─ 只知年份' if vague else ''}　底线为0", unit)
    axis = sheet.axis(BEFORE, last)
    most = max(numbers, default=0.0)
    on_clock = [line for line in rows if not line.off_clock]
    for line in on_clock:
        centre = row(sheet, column, line.label, canvas.px(60), indent=room)
        _hands(sheet, axis, centre, last)
        base = centre + canvas.px(SWING)
        sheet.segment(axis, (BEFORE, last), (base, base), color=FAINT)
        _course(sheet, axis, line, centre, most)
    if on_clock:
        _clock(sheet, axis, last)
    for index, line in enumerate(line for line in rows if line.off_clock):
        if not index:
            sheet.gap()
        _in_words(sheet, axis, line, (column, room))
    return sheet.figure()


def _in_words(sheet: Sheet, axis: str, line: Course, place: tuple[LabelColumn, float]) -> None:
    """A place that the clock cannot hold, below it: its numbers can be clicked, but stand at no time. `place` = (label column, px
    between it and the plot)."""
    canvas, (column, indent) = sheet.canvas, place
    if column.above:
        centre = row(sheet, column, Label(name=line.label.name, detail=line.off_clock), canvas.px(8)) - canvas.px(16)
    else:
        lines = wrap(line.off_clock, canvas.small, sheet.plot)
        centre = row(sheet, column, line.label, max(canvas.px(36), block_height(len(lines), canvas.small)), indent=indent)
        style = Words(size=canvas.small, color=MUTED, dx=-canvas.px(6))
        sheet.words("<br>".join(lines), BEFORE, centre, style, axis=axis)
    sheet.hotspot(axis, BEFORE, centre, Mark(says=f"{line.label.name}<br>{line.off_clock}", fact_ids=line.fact_ids))


def _course(sheet: Sheet, axis: str, line: Course, centre: float, most: float) -> None:
    before, after = (_height(sheet, number, centre, most) for number in (line.before, line.after))
    if line.before is not None and line.after is not None and line.years is not None:
        sheet.segment(axis, (BEFORE, sum(line.years) / 2), (before, after), color=RULE, width=4)
    if line.before is not None:
        sheet.dot(
            axis, "before", BEFORE, before, Mark(says=f"{line.label.name}<br>改革前 {value(line.before)}", fact_ids=line.fact_ids)
        )
    _number(sheet, axis, line.before, BEFORE, before, side=-1)
    if line.after is None or line.years is None:
        sheet.segment(axis, (BEFORE + 0.15, BEFORE + 0.6), (before, before), color=FAINT, width=2, dash="dot")
        _number(sheet, axis, None, BEFORE + 0.6, before, side=1)
        return
    least, longest = line.years
    kind: Dot = "after" if least == longest else "approx"
    if least < longest:
        sheet.segment(axis, (least, longest), (after, after), color=BLUE, width=2)
    told = Mark(says=f"{line.label.name}<br>改革后 {value(line.after)}", fact_ids=line.fact_ids)
    sheet.dot(axis, kind, (least + longest) / 2, after, told)
    _number(sheet, axis, line.after, longest, after, side=1)


def _height(sheet: Sheet, number: float | None, centre: float, most: float) -> float:
    if number is None or most <= 0:
        return centre
    return centre + sheet.canvas.px(SWING) * (1 - 2 * number / most)


def _number(sheet: Sheet, axis: str, number: float | None, x: float, y: float, *, side: int) -> None:
    known = number is not None
    style = Words(
        anchor="left" if side > 0 else "right", dx=side * sheet.canvas.px(12), bold=known and side > 0,
        size=sheet.canvas.name if known else sheet.canvas.small, color=BLUE if known and side > 0 else MUTED,
    )  # fmt: skip
    sheet.words(value(number) if known else NOT_PUBLISHED, x, y, style, axis=axis)


def _hands(sheet: Sheet, axis: str, centre: float, last: float) -> None:
    """Years as hairlines behind one row, T0 dashed; they leave the row names free."""
    reach = sheet.canvas.px(26)
    for year in range(-1, int(last) + 1):
        color, dash = (FAINT, "dash") if year == 0 else (LINE, "solid")
        sheet.segment(axis, (year, year), (centre - reach, centre + reach), color=color, width=1.2, dash=dash)


def _clock(sheet: Sheet, axis: str, last: float) -> None:
    """The names of the years below the rows: 改革前, 启动, 1年后."""
    canvas = sheet.canvas
    y = sheet.y + block_height(1, canvas.small) / 2 + 2
    style = Words(anchor="center", size=canvas.small, color=MUTED)
    for year in range(-1, int(last) + 1):
        sheet.words({-1: "改革前", 0: "启动"}.get(year, f"{year}年后"), year, y, style, axis=axis)
    sheet.y += block_height(1, canvas.small) + 4
