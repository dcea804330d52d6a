"""Row names beside the rows while there is room, above them when there is not: no label is ever cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.drawing.canvas import Canvas, text_width, widest, wrap, wrap_phrases
from dashboard.drawing.sheet import EDGE, GAP, Label, Sheet, Words, block_height
from dashboard.drawing.tokens import MUTED

DETAIL_ROOM = 108.0  # px beside the rows to which long details wrap
NAME_ROOM = 130.0  # px beyond which a name is set on two lines where it would take the room of the marks
BOLD = 1.05  # bold Latin letters and digits are a little wider


@dataclass(frozen=True, kw_only=True)
class LabelColumn:
    """Where row names stand: above the marks, or in a column of `width` px on the left."""

    above: bool
    width: float


def label_column(labels: Sequence[Label], canvas: Canvas, *, right: float = 0.0, least_plot: float = 130.0) -> LabelColumn:
    """A left column as wide as the widest name, or with long names on two lines (双江拉祜族佤族布朗族傣族自治县); above the rows when less
    than `least_plot` px would stay for the marks."""
    most = canvas.width - canvas.px(least_plot) - right  # px that the column may take
    for fold in (False, True):
        names = widest(
            [line for label in labels for line in (_folded(label, canvas) if fold else [label.name])], canvas.name * BOLD
        )
        if names + GAP + EDGE > most:
            continue
        room = max(names, canvas.px(DETAIL_ROOM))
        details = widest([line for label in labels for line in wrap(label.detail, canvas.small, room)], canvas.small)
        width = max(names, details) + GAP + EDGE
        if width <= most:
            return LabelColumn(above=False, width=width)
    return LabelColumn(above=True, width=0.0)


def _folded(label: Label, canvas: Canvas) -> list[str]:
    """A name that is longer than NAME_ROOM on two lines, any other on one."""
    size = canvas.name * BOLD
    long = text_width(label.name, size)
    return (
        [label.name] if long <= canvas.px(NAME_ROOM) else wrap_phrases(label.name, size, max(canvas.px(NAME_ROOM), long * 0.55))
    )


def margin_for_ends(ends: Sequence[float], widths: Sequence[float], room: float) -> float:
    """Px right of the plot that keep every label at the end of a bar inside: a short bar lends part of the plot to its label.

    `ends` are shares of the plot (0..1), `widths` px with their gap, `room` px for plot and margin together.
    """
    margin = 0.0
    for _ in range(4):  # the margin shrinks the plot, which moves the ends: settles in a few steps
        plot = max(room - margin, 80.0)
        margin = max((width - plot * (1 - end) for end, width in zip(ends, widths, strict=True)), default=0.0)
    return max(margin, 4.0)


def row(sheet: Sheet, column: LabelColumn, label: Label, height: float, *, indent: float = 0.0) -> float:
    """Set a row's label, move the sheet past the row, and give the y of its marks.

    `height` px for the marks alone; `indent` px between the label column and the plot that marks' own words need.
    """
    return _row_above(sheet, label, height) if column.above else _row_beside(sheet, column, label, (height, indent))


def _row_above(sheet: Sheet, label: Label, height: float) -> float:
    canvas, room = sheet.canvas, sheet.canvas.words - 2 * EDGE
    one_line = text_width(label.name, canvas.name * BOLD) + text_width(f"　{label.detail}", canvas.small)
    if label.detail and one_line <= room:
        quiet = f'<span style="font-size:{canvas.small:.0f}px;color:{MUTED}">　{label.detail}</span>'
        lines, size = [f"<b>{label.name}</b>{quiet}"], canvas.name
        sheet.words(lines[0], 0, sheet.y + block_height(1, size) / 2, Words(size=size, dx=-sheet.left + EDGE))
        sheet.y += block_height(1, size)
    else:
        for text, style in (
            (label.name, Words(size=canvas.name, bold=True)),
            (label.detail, Words(size=canvas.small, color=MUTED)),
        ):
            size = style.size or canvas.note
            lines = wrap(text, size * BOLD, room)
            if lines:
                tall = block_height(len(lines), size)
                set_style = Words(size=size, color=style.color, bold=style.bold, dx=-sheet.left + EDGE)
                sheet.words("<br>".join(lines), 0, sheet.y + tall / 2, set_style)
                sheet.y += tall
    centre = sheet.y + height / 2
    sheet.y += height
    return centre


def _row_beside(sheet: Sheet, column: LabelColumn, label: Label, room: tuple[float, float]) -> float:
    """`room` = (px of height for the marks, px of indent)."""
    canvas, (height, indent) = sheet.canvas, room
    room_of_name = column.width - GAP - EDGE + 1  # the widest name takes all of it
    fits = text_width(label.name, canvas.name * BOLD) <= room_of_name
    names = [label.name] if fits else wrap_phrases(label.name, canvas.name * BOLD, room_of_name)
    details = wrap(label.detail, canvas.small, column.width - GAP - EDGE)
    name, detail = block_height(len(names), canvas.name), block_height(len(details), canvas.small)
    height = max(height, name + detail + canvas.px(2))
    centre = sheet.y + height / 2
    dx = -GAP - indent
    sheet.words("<br>".join(names), 0, centre - detail / 2, Words(anchor="right", size=canvas.name, bold=True, dx=dx))
    if details:
        style = Words(anchor="right", size=canvas.small, color=MUTED, dx=dx)
        sheet.words("<br>".join(details), 0, centre + name / 2, style)
    sheet.y += height
    return centre
