"""What was cut hardest: cuts in per cent from the largest to the smallest, a control group outside the reform hatched grey."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Frame, Part, stacked_bars
from dashboard.drawing.tokens import BLUE, SECONDARY
from dashboard.language.words import signed
from vocabulary.alphabet import by_pinyin


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A relative change in per cent (negative: cut). `control`: a place that was not part of the reform; `aside`: quiet words after it."""

    label: Label
    change: float
    fact_ids: str
    decimals: int | None = None
    control: bool = False
    panel: str = ""
    aside: str = ""


def cut_rates(rows: Sequence[Cut], *, key: str = "", canvas: Canvas = FLUID) -> dict[str, Any]:
    """Bars to the right mean less is left; the sign stands in the label. Sorted within each panel by the size
    of the cut; every axis ends at 100 %, so that a panel with small cuts shows small bars.
    """
    order = {panel: position for position, panel in enumerate(dict.fromkeys(line.panel for line in rows))}
    sorted_rows = sorted(rows, key=lambda line: (order[line.panel], line.change, by_pinyin(line.label.name)))
    return stacked_bars([_bar(line) for line in sorted_rows], key=key, frame=Frame(full=100), canvas=canvas)


def _bar(line: Cut) -> Bar:
    text = signed(line.change, "%", line.decimals)
    part = Part(value=abs(line.change), fill="control" if line.control else "solid", says=text, fact_ids=line.fact_ids)
    color = SECONDARY if line.control else BLUE
    return Bar(label=line.label, parts=(part,), end=text, end_detail=line.aside, end_color=color, panel=line.panel)
