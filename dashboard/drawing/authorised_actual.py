"""编制—实有: authorised as an outline, in post solid, the excess hatched; a vacancy is the part of the outline left empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas, text_width
from dashboard.drawing.row_labels import BOLD, label_column, margin_for_ends, row
from dashboard.drawing.sheet import GAP, Label, Mark, Sheet, Words, block_height, panels
from dashboard.drawing.tokens import BRICK, INK, SECONDARY
from dashboard.language.words import over, value

OUTLINE, SOLID = 28, 18  # px thickness of the two bars
AIR, LESS_AIR, MANY = 24, 9, 6  # px between two rows, and between those of a long list: more rows than so many


@dataclass(frozen=True, kw_only=True)
class Staffing:
    """One pair of 编制 and 实有 (counts of posts and of people).

    comparable False: the headcount is of another scope (离退休, 编外 …): it is hatched grey, and neither excess nor vacancy is
    drawn or named. Say why in the label's detail, or in `verdict`. `counted`: what the source calls its heads.
    """

    label: Label
    authorised: float | None
    actual: float | None
    authorised_fact_ids: str
    actual_fact_ids: str
    comparable: bool = True
    verdict: str = ""
    counted: str = "实有"
    panel: str = ""

    @property
    def fact_ids(self) -> str:
        return ",".join(filter(None, (self.authorised_fact_ids, self.actual_fact_ids)))

    @property
    def outcome(self) -> str:
        """超出40人（28.0%）, 空编9名, 满编, or why the two must not be divided; blank when one side was not published."""
        if self.verdict:
            return self.verdict
        if self.actual is None or self.authorised is None:
            return ""
        return over(self.actual, self.authorised) if self.comparable else "口径不同，不相除"

    @property
    def figures(self) -> str:
        return f"{self.counted}{value(self.actual)}　编制{value(self.authorised)}"

    @property
    def exceeds(self) -> bool:
        return self.comparable and self.actual is not None and self.authorised is not None and self.actual > self.authorised


def authorised_actual(rows: Sequence[Staffing], canvas: Canvas = FLUID, *, order: str = "") -> dict[str, Any]:
    """Bars on one axis of heads a panel; rows of different scope must come with different panels. `order`: how those of one follow each
    other.
    """
    most = {
        panel: max((number for line in lines for number in (line.authorised, line.actual) if number is not None), default=1.0)
        for panel, lines in panels(rows)
    }
    ends = [max(line.authorised or 0.0, line.actual or 0.0) / most[line.panel] for line in rows]
    widths = [max(text_width(line.figures, canvas.note * BOLD), text_width(line.outcome, canvas.note)) + GAP for line in rows]
    labels = [line.label for line in rows]
    right = margin_for_ends(ends, widths, canvas.width * 0.6)
    column = label_column(labels, canvas, right=right)
    sheet = Sheet(canvas, left=column.width, right=margin_for_ends(ends, widths, canvas.words - column.width))
    sheet.head([], order=order)
    air = LESS_AIR if len(rows) > MANY else AIR
    for index, (panel, lines) in enumerate(panels(rows)):
        if panel:
            sheet.header(panel, rule=index > 0)
        axis = sheet.axis(0, most[panel])
        for line in lines:
            centre = row(sheet, column, line.label, canvas.px(OUTLINE + air))
            _bars(sheet, axis, line, centre)
            _outcome(sheet, axis, line, (max(line.authorised or 0.0, line.actual or 0.0), centre))
    return sheet.figure()


def _bars(sheet: Sheet, axis: str, line: Staffing, centre: float) -> None:
    thick, thin = sheet.canvas.px(OUTLINE), sheet.canvas.px(SOLID)
    if line.actual is not None:
        inside = min(line.actual, line.authorised) if line.exceeds and line.authorised is not None else line.actual
        mark = Mark(says=f"{line.label.name}<br>{line.counted} {value(line.actual, '人')}", fact_ids=line.actual_fact_ids)
        sheet.bar(axis, "solid" if line.comparable else "control", (0, inside), (centre, thin), mark)
        if line.exceeds and line.authorised is not None:
            mark = Mark(says=f"{line.label.name}<br>{line.outcome}", fact_ids=line.fact_ids)
            sheet.bar(axis, "excess", (line.authorised, line.actual), (centre, thin), mark)
    if line.authorised is not None:
        mark = Mark(says=f"{line.label.name}<br>编制 {value(line.authorised, '名')}", fact_ids=line.authorised_fact_ids)
        sheet.bar(axis, "outline", (0, line.authorised), (centre, thick), mark)


def _outcome(sheet: Sheet, axis: str, line: Staffing, end: tuple[float, float]) -> None:
    canvas = sheet.canvas
    x, centre = end
    half = block_height(1, canvas.note) / 2 if line.outcome else 0.0
    sheet.words(line.figures, x, centre - half, Words(color=INK, bold=True, dx=GAP - 2), axis=axis)
    color = BRICK if line.exceeds else SECONDARY
    if line.outcome:
        sheet.words(line.outcome, x, centre + half, Words(color=color, dx=GAP - 2), axis=axis)
