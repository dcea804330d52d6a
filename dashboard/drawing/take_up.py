"""承接率: what each town took over of one catalogue, solid, what is left as an outline, both against the catalogue line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Line, Part, stacked_bars
from dashboard.drawing.tokens import MUTED
from dashboard.language.words import NOT_PUBLISHED, percent


@dataclass(frozen=True, kw_only=True)
class TakeUp:
    """Items accepted out of the items that the same catalogue offers. `accepted` None: 未公布, drawn as nothing."""

    label: Label
    accepted: float | None
    catalogue: float
    fact_ids: str
    panel: str = ""
    merged: bool = False  # several towns together: set apart from the towns

    @property
    def share(self) -> float | None:
        """Per cent of the catalogue."""
        return None if self.accepted is None or not self.catalogue else self.accepted / self.catalogue * 100


def take_up(rows: Sequence[TakeUp], *, catalogue: str, order: str = "", canvas: Canvas = FLUID) -> dict[str, Any]:
    """Shares of one catalogue on one axis to 100 %; `catalogue` names the line, e.g. 目录185项＝100%, `order` how the rows follow each other."""
    key = "■ 已承接　□ 未承接"
    bars = [_bar(line) for line in rows]
    # One hairline before the first merged row, none between merged rows.
    bars = (
        [replace(bar, apart=bar.apart and not before.merged) for bar, before in zip(bars, (rows[0], *rows[:-1]), strict=True)]
        if bars
        else []
    )
    return stacked_bars(bars, key=key, order=order, unit="项", line=Line(at=100, text=catalogue), canvas=canvas)


def _bar(line: TakeUp) -> Bar:
    if line.share is None or line.accepted is None:
        return Bar(label=line.label, parts=(), end_detail=NOT_PUBLISHED, panel=line.panel, end_color=MUTED)
    left = line.catalogue - line.accepted
    done = Part(
        value=line.share, fill="solid", inside=(f"{line.accepted:.0f}",), fact_ids=line.fact_ids,
        says=f"已承接 {line.accepted:.0f}项，目录{line.catalogue:.0f}项",
    )  # fmt: skip
    rest = Part(
        value=100 - line.share, fill="outline", inside=(f"{left:.0f}",) if left else (), fact_ids=line.fact_ids,
        says=f"未承接 {left:.0f}项",
    )  # fmt: skip
    return Bar(label=line.label, parts=(done, rest), end=percent(line.share), panel=line.panel, apart=line.merged)
