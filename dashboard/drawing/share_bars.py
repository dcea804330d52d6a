"""100 % bars for age and education: every part with persons and share, n at the end, never a percentage without its base."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.marks import Fill
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Frame, Part, stacked_bars
from dashboard.language.words import percent, value

NEEDED = 300.0  # px of plot: three parts with persons and share; with less the row names go above the bars

# Dark to light in the order of the categories: neighbours differ in greyscale.
ORDERED: dict[int, tuple[Fill, ...]] = {
    1: ("solid",),
    2: ("solid", "light"),
    3: ("dark", "mid", "pale"),
    4: ("dark", "mid", "light", "outline"),
}


@dataclass(frozen=True, kw_only=True)
class Share:
    """Persons of one category. `fill` keeps a category alike where bars have different numbers of them."""

    category: str
    persons: float
    fact_ids: str
    fill: Fill | None = None


@dataclass(frozen=True, kw_only=True)
class Composition:
    """One whole and its categories in their own order (age from young to old). `unit` of the persons: 人, 名, 项."""

    label: Label
    shares: tuple[Share, ...]
    unit: str = "人"
    panel: str = ""

    @property
    def base(self) -> float:
        return sum(share.persons for share in self.shares)


def share_bars(rows: Sequence[Composition], canvas: Canvas = FLUID, *, order: str = "") -> dict[str, Any]:
    """Bars of equal length, `order` says how they follow each other; more than four categories are refused: they cannot be told apart on paper."""
    return stacked_bars([_bar(line) for line in rows], order=order, canvas=canvas, frame=Frame(least_plot=NEEDED))


def _bar(line: Composition) -> Bar:
    fills = ORDERED.get(len(line.shares))
    if fills is None:
        raise ValueError(f"百分比条最多四类，“{line.label.name}”有{len(line.shares)}类：请合并或改用条形图。")
    parts = tuple(_part(share, share.fill or fill, line) for share, fill in zip(line.shares, fills, strict=True))
    empty = [share.category for share in line.shares if not share.persons]
    note = f"{'、'.join(empty)}0{line.unit}" if empty else ""
    label = Label(name=line.label.name, detail="　".join(filter(None, (line.label.detail, f"n＝{value(line.base)}", note))))
    return Bar(label=label, parts=parts, panel=line.panel)


def _part(share: Share, fill: Fill, line: Composition) -> Part:
    part = share.persons / line.base * 100 if line.base else 0.0
    persons = value(share.persons, line.unit)
    return Part(
        value=part, fill=fill, name=share.category, inside=(f"{persons} {percent(part)}", persons),
        says=f"{share.category} {persons}（{percent(part)}）", fact_ids=share.fact_ids,
    )  # fmt: skip
