"""Bars made of parts, each part named on the spot: inside when it fits, else above or below its part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas, text_width
from dashboard.drawing.marks import ON_FILL, Fill
from dashboard.drawing.row_labels import BOLD, LabelColumn, label_column, margin_for_ends, row
from dashboard.drawing.sheet import GAP, Anchor, Label, Mark, Sheet, Words, block_height, fits, panels
from dashboard.drawing.tokens import FAINT, INK, MUTED, RULE, SECONDARY

THICK = 26  # px


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a bar. `inside` lists wordings from long to short: the first that fits is printed on the part.

    `name` stands outside, above or below the part; when nothing fits inside, the first wording joins it there.
    """

    value: float
    fill: Fill
    inside: tuple[str, ...] = ()
    name: str = ""
    says: str = ""
    fact_ids: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One row: its parts from left to right and the words at its end (bold, then quiet)."""

    label: Label
    parts: tuple[Part, ...]
    end: str = ""
    end_detail: str = ""
    end_color: str = INK
    panel: str = ""
    apart: bool = False  # a hairline before it: 合计 and other rows that are not of the same kind

    @property
    def total(self) -> float:
        return sum(part.value for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A value that all bars are held against (the catalogue, 100 %), with its name below the bars."""

    at: float
    text: str


@dataclass(frozen=True, kw_only=True)
class _Outside:
    """Words outside a bar: where on the axis, how anchored, how many lines above (−1, −2) or below (1, 2) it."""

    text: str
    x: float
    anchor: Anchor
    lane: int


@dataclass(frozen=True, kw_only=True)
class Frame:
    """How bars are set: `full` is where every axis ends (None: at the longest bar of its panel), `least_plot` px for the bars."""

    full: float | None = None
    least_plot: float = 130.0


def stacked_bars(
    bars: Sequence[Bar],
    *,
    unit: str = "",
    key: str = "",
    order: str = "",
    line: Line | None = None,
    frame: Frame = Frame(),
    canvas: Canvas = FLUID,
) -> dict[str, Any]:
    """Every panel has its own axis from zero to its longest bar (to `line`, to `frame.full`). `order`: how the bars of a panel follow
    each other.
    """
    most = {
        panel: frame.full or max([bar.total for bar in rows] + ([line.at] if line else [])) or 1.0 for panel, rows in panels(bars)
    }
    ends = [bar.total / most[bar.panel] for bar in bars]
    widths = [_end_width(bar, canvas) for bar in bars]
    labels = [bar.label for bar in bars]
    column = label_column(labels, canvas, right=margin_for_ends(ends, widths, canvas.width * 0.7), least_plot=frame.least_plot)
    sheet = Sheet(canvas, left=column.width, right=margin_for_ends(ends, widths, canvas.words - column.width))
    sheet.head([key], unit, order)
    for index, (panel, rows) in enumerate(panels(bars)):
        if panel:
            sheet.header(panel, rule=index > 0)
        top, axis = sheet.y, sheet.axis(0, most[panel])
        for bar in rows:
            if bar.apart:
                sheet.gap()
            _bar(sheet, axis, column, bar)
        if line:
            _line(sheet, axis, line, top)
    return sheet.figure()


def _end_width(bar: Bar, canvas: Canvas) -> float:
    """Px that the words at the end of a bar take, with their gap."""
    if not bar.end and not bar.end_detail:
        return 0.0
    return max(text_width(bar.end, canvas.name * BOLD), text_width(bar.end_detail, canvas.small)) + GAP


def _bar(sheet: Sheet, axis: str, column: LabelColumn, bar: Bar) -> None:
    canvas = sheet.canvas
    px_per_unit = sheet.px_per_unit(axis)
    outside = _outside(bar, px_per_unit, canvas)
    lane = block_height(1, canvas.small)
    above, below = (max((sign * words.lane for words in outside), default=0) for sign in (-1, 1))
    above, below = max(above, 0), max(below, 0)
    centre = row(sheet, column, bar.label, canvas.px(THICK + 14) + lane * (above + below)) + lane * (above - below) / 2
    start = 0.0
    for part in bar.parts:
        if part.value > 0:
            mark = Mark(says=f"{bar.label.name}<br>{part.says}", fact_ids=part.fact_ids)
            sheet.bar(axis, part.fill, (start, start + part.value), (centre, canvas.px(THICK)), mark)
            if inside := _inside(part, px_per_unit, canvas):
                sheet.words(inside, start + part.value / 2, centre, Words(anchor="center", color=ON_FILL[part.fill]), axis=axis)
        start += part.value
    for words in outside:
        style = Words(anchor=words.anchor, size=canvas.small, color=SECONDARY)
        reach = canvas.px(THICK) / 2 + lane * (abs(words.lane) - 0.5) + 1
        sheet.words(words.text, words.x, centre + (reach if words.lane > 0 else -reach), style, axis=axis)
    _end(sheet, axis, bar, centre)


def _inside(part: Part, px_per_unit: float, canvas: Canvas) -> str:
    return next((text for text in part.inside if fits(text, canvas.note, part.value * px_per_unit)), "")


def _outside(bar: Bar, px_per_unit: float, canvas: Canvas) -> list[_Outside]:
    """Names (and numbers without room inside) over their part; those that would collide go below the bar,
    then further out.

    Collisions are judged on the narrowest canvas: wider drawings only move the words apart.
    """
    found: list[_Outside] = []
    taken, start = dict.fromkeys((-1, 1, -2, 2), -1.0), 0.0
    for part in bar.parts:
        first = part.inside[0] if part.inside and not _inside(part, px_per_unit, canvas) else ""
        text, middle = f"{part.name} {first}".strip(), start + part.value / 2
        start += part.value
        if not text or part.value <= 0:
            continue
        width, end = text_width(text, canvas.small), bar.total * px_per_unit
        left = middle * px_per_unit - width / 2
        anchor: Anchor = "left" if left < 0 else "right" if left + width > end else "center"
        left = {"left": 0.0, "right": end - width, "center": left}[anchor]
        lane = next((lane for lane, end in taken.items() if left > end), 2)
        taken[lane] = left + width + 8
        found.append(_Outside(text=text, x={"left": 0.0, "right": bar.total, "center": middle}[anchor], anchor=anchor, lane=lane))
    return found


def _end(sheet: Sheet, axis: str, bar: Bar, centre: float) -> None:
    canvas, x = sheet.canvas, bar.total
    both = bool(bar.end and bar.end_detail)
    if bar.end:
        lift = block_height(1, canvas.small) / 2 if both else 0.0
        sheet.words(bar.end, x, centre - lift, Words(size=canvas.name, bold=True, color=bar.end_color, dx=GAP - 4), axis=axis)
    if bar.end_detail:
        drop = block_height(1, canvas.name) / 2 if both else 0.0
        sheet.words(bar.end_detail, x, centre + drop, Words(size=canvas.small, color=MUTED, dx=GAP - 4), axis=axis)


def _line(sheet: Sheet, axis: str, line: Line, top: float) -> None:
    sheet.segment(axis, (line.at, line.at), (top, sheet.y), color=FAINT, width=1.2, dash="dot")
    sheet.words(
        line.text, line.at, sheet.y + sheet.canvas.px(9), Words(anchor="right", size=sheet.canvas.small, color=MUTED), axis=axis
    )
    sheet.segment(axis, (0, 0), (top, sheet.y), color=RULE)
    sheet.y += sheet.canvas.px(20)
