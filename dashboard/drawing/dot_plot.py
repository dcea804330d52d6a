"""Values with their intervals: ● exact, ○ 约数 with its whisker or 存疑, │┄ a bound with an open tail; one axis a panel (口径).

A bound is never given a middle, a missing value is written 未公布 and has no mark. A value that is alone in its panel has
nothing to stand to the left or right of: it is written as a number in a list below the panels (lone_values.py), and so are places of
a panel in which nothing is known. A row of before and after (Change) stands among the others as it does in change_dumbbell.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas, text_width
from dashboard.drawing.change_dumbbell import Change, change_row, key_of, value_room
from dashboard.drawing.lone_values import LoneValue, lone_values
from dashboard.drawing.marks import Dot
from dashboard.drawing.row_labels import BOLD, LabelColumn, label_column, margin_for_ends, row
from dashboard.drawing.scale import on_near_scale, on_one_scale, round_end, ticks
from dashboard.drawing.sheet import EDGE, GAP, Label, Mark, Sheet, Words, panels
from dashboard.drawing.tokens import BLUE, FAINT, INK, LINE, MUTED, SECONDARY
from dashboard.language.words import NOT_PUBLISHED, value

TAIL = 0.16  # of the axis: length of a tail that says "or more", "or less"


@dataclass(frozen=True, kw_only=True)
class Interval:
    """What a value can be; None at an end means that end is open."""

    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Point:
    """One value in its words. `value` None: 未公布. `precision` as in core.fact decides the mark; what is `doubtful` is open too.

    `check` is the same value recomputed from its parts, drawn as a thin bracket beside the stated mark. `scope`: its 口径 where it is
    alone in its panel, in words that need not tell it from other panels; the panel's name if blank.
    """

    label: Label
    value: float | None
    text: str
    fact_ids: str
    precision: str = "exact"
    interval: Interval | None = None
    check: Interval | None = None
    control: bool = False
    doubtful: bool = False
    panel: str = ""
    scope: str = ""

    @property
    def numbers(self) -> list[float]:
        """Every number that must lie on the axis."""
        found = [self.value]
        for interval in (self.interval, self.check):
            found += [interval.low, interval.high] if interval else []
        return [number for number in found if number is not None]


def dot_plot(
    rows: Sequence[Point | Change],
    *,
    key: str = "",
    unit: str = "",
    order: str = "",
    one_scale: bool = False,
    near_scale: bool = False,
    in_order: bool = False,
    canvas: Canvas = FLUID,
) -> dict[str, Any]:
    """Panels in the order of their rows, then the values that are alone. Rows of different scope must come with different panels: they
    get different axes.

    `key` explains the marks of points, `order` says how the rows of a panel follow each other; both stand above everything.
    `one_scale`: these axes run between the same numbers, so that 67:1 and 25:1 do not both stand at the right edge.
    `near_scale`: the same for as many of them as can be read on one scale (FLATTEST); the title of every other says that it cannot.
    `in_order`: a value that is alone stands where its row does and not at the end, so that the rows of a place stay together.
    """
    drawn = {panel: lines for panel, lines in panels(rows) if not _alone(lines)}
    marked = [line for line in rows if line.panel in drawn]
    changes = [line for line in marked if isinstance(line, Change)]
    points = [line for line in marked if isinstance(line, Point)]
    reach = _reach(points)
    bounds = {panel: _bounds(lines, reach) for panel, lines in drawn.items()}
    own: frozenset[str] = frozenset()
    if one_scale and bounds:
        bounds = on_one_scale(bounds)
    elif near_scale:
        bounds, own = on_near_scale(bounds)
    ends = [_end(line, bounds[line.panel]) for line in marked]
    room = value_room(changes, canvas) if changes else 0.0
    widths = [
        room if isinstance(line, Change) else text_width(line.text, canvas.name * BOLD) + GAP + canvas.px(8) for line in marked
    ]
    labels = [*(line.label for line in marked), *(Label(name=line.label.name) for line in rows if line.panel not in drawn)]
    column = label_column(labels, canvas, right=room + margin_for_ends(ends, widths, canvas.width * 0.6))
    left = room + column.width + (EDGE if column.above else 0.0)
    sheet = Sheet(canvas, left=left, right=margin_for_ends(ends, widths, canvas.words - left))
    sheet.head([key_of(changes) if changes else "", key if points else ""], unit, order if marked else "")
    waiting: list[LoneValue] = []
    for panel, lines in panels(rows):
        if panel not in drawn:
            waiting += (_lone(line) for line in lines if isinstance(line, Point))
            continue
        if in_order and waiting:
            lone_values(sheet, waiting, rule=sheet.begun)
            waiting = []
        if panel:
            end = value(bounds[panel][1])
            sheet.header(f"{panel}（刻度与他栏不同，到{end}）" if panel in own else panel, rule=sheet.begun)
        axis = sheet.axis(*bounds[panel], pad=8)
        for line in lines:
            if isinstance(line, Change):
                change_row(sheet, axis, line, (column, room))
            else:
                _row(sheet, axis, (column, room), line)
        ticks(sheet, axis, *bounds[panel])
    if waiting:
        lone_values(sheet, waiting, rule=sheet.begun)
    return sheet.figure()


def _lone(line: Point) -> LoneValue:
    text = "" if line.value is None else line.text
    scope = "" if line.value is None else line.scope or line.panel
    return LoneValue(name=line.label.name, text=text, detail=line.label.detail, fact_ids=line.fact_ids, panel=scope)


def _alone(lines: Sequence[Point | Change]) -> bool:
    """One known value and nothing to hold it against, or no known value at all."""
    known = [line for line in lines if isinstance(line, Change) or line.value is not None]
    return not known or (len(known) == 1 and isinstance(known[0], Point) and known[0].check is None)


def _numbers(line: Point | Change) -> list[float]:
    """Every number of a row that must lie on the axis."""
    if isinstance(line, Point):
        return line.numbers
    return [number for number in (line.before, line.after) if number is not None]


def _reach(rows: Sequence[Point]) -> float:
    """How far recomputed values lie from the stated ones, as a share of these: the half width of an axis around one of them."""
    found = [abs(number / line.value - 1) for line in rows if line.check and line.value for number in line.numbers]
    return max([0.1, *(1.8 * share for share in found)])


def _end(line: Point | Change, bounds: tuple[float, float]) -> float:
    """The share of the axis after which the words of a row stand."""
    low, high = bounds
    share = (max(_numbers(line), default=low) - low) / (high - low)
    return min(share + (TAIL if _tail(line) > 0 else 0.0), 1.0)


def _bounds(lines: Sequence[Point | Change], reach: float) -> tuple[float, float]:
    points = [line for line in lines if isinstance(line, Point)]
    known = [line.value for line in points if line.value]
    if len(known) == 1 and any(line.check for line in points):
        # Stated against recomputed: the stated value stands in the middle of every panel, so that panels do not seem to compare.
        return known[0] * (1 - reach), known[0] * (1 + reach)
    numbers = [number for line in lines for number in _numbers(line)] or [0.0, 1.0]
    start, high = min(0.0, *numbers), max(0.0, *numbers)
    tail = (high - start) * TAIL if any(_tail(line) > 0 for line in lines) else 0.0
    return start, round_end(high + tail)


def _tail(line: Point | Change) -> int:
    """1: open upwards, −1: open downwards, 0: closed."""
    for interval in (line.interval, line.check) if isinstance(line, Point) else ():
        if interval and interval.low is not None and interval.high is None:
            return 1
        if interval and interval.high is not None and interval.low is None:
            return -1
    return 0


def _row(sheet: Sheet, axis: str, at: tuple[LabelColumn, float], line: Point) -> None:
    """`at` = (the label column, px between it and the plot)."""
    canvas = sheet.canvas
    y = row(sheet, at[0], line.label, canvas.px(32), indent=at[1])
    low, high = sheet.bounds(axis)
    sheet.segment(axis, (low, high), (y, y), color=LINE)
    if line.value is None:
        sheet.words(NOT_PUBLISHED, 0, y, Words(color=MUTED, dx=EDGE))
        return
    if line.check:
        _bracket(sheet, axis, line.check, y, color=SECONDARY)
    reach = _mark(sheet, axis, line, y)
    sheet.words(line.text, reach, y, Words(size=canvas.name, bold=True, color=INK, dx=canvas.px(13)), axis=axis)


def _mark(sheet: Sheet, axis: str, line: Point, y: float) -> float:
    """Draw the value; gives the x after which its words stand."""
    assert line.value is not None
    mark = Mark(says=f"{line.label.name}<br>{line.text}", fact_ids=line.fact_ids)
    furthest = line.value
    if line.precision in {"at_least", "at_most"} and line.interval:
        furthest = max(furthest, _bracket(sheet, axis, line.interval, y, color=BLUE))
        sheet.tick(axis, line.value, y, mark)
        return furthest
    if line.precision == "approx" and line.interval:
        furthest = max(furthest, _bracket(sheet, axis, line.interval, y, color=BLUE))
    kind: Dot = "control" if line.control else "approx" if line.precision == "approx" or line.doubtful else "exact"
    sheet.dot(axis, kind, line.value, y, mark)
    if line.check:
        furthest = max(furthest, line.check.high or _open_end(sheet, axis, line.check))
    return furthest


def _open_end(sheet: Sheet, axis: str, interval: Interval) -> float:
    low, high = sheet.bounds(axis)
    return min((interval.low or low) + (high - low) * TAIL, high) if interval.high is None else interval.high


def _bracket(sheet: Sheet, axis: str, interval: Interval, y: float, *, color: str) -> float:
    """The interval: a line between two ticks, dashed towards an open end; gives its right end."""
    low, high = sheet.bounds(axis)
    tail = (high - low) * TAIL
    is_open = interval.low is None or interval.high is None
    left = interval.low if interval.low is not None else max((interval.high or high) - tail, low)
    right = interval.high if interval.high is not None else min(left + tail, high)
    sheet.segment(axis, (left, right), (y, y), color=color, width=2, dash="dash" if is_open else "solid")
    half = sheet.canvas.px(7)
    for end, known in ((left, interval.low is not None), (right, interval.high is not None)):
        if known:
            sheet.segment(axis, (end, end), (y - half, y + half), color=color if known else FAINT, width=2)
    return right
