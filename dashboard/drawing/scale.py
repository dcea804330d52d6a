"""One rule for every axis of values: it starts at zero, ends at a round number, and carries ticks at round numbers."""

import math
from collections.abc import Mapping

from dashboard.drawing.sheet import Sheet, Words, block_height
from dashboard.drawing.tokens import FAINT, MUTED
from dashboard.language.words import value

MOST_STEPS = 4
FLATTEST = 4  # an axis that would use less than a quarter of a shared scale keeps its own: on the shared one its rows look alike
_TICK = 4  # px


def step_of(span: float) -> float:
    """1, 2 or 5 times a power of ten, so that `span` (positive) holds no more than four of it."""
    least = span / MOST_STEPS
    power: float = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= least * (1 - 1e-9))


def round_end(highest: float) -> float:
    """Where an axis from zero ends that has to hold `highest`: 37 → 40, 736 → 800; 1 for nothing."""
    if highest <= 0:
        return 1.0
    step = step_of(highest)
    return math.ceil(highest / step - 1e-9) * step


Ends = tuple[float, float]


def on_one_scale(ends: Mapping[str, Ends]) -> dict[str, Ends]:
    """Axes (not none) by name, all from the lowest to the highest of their ends."""
    return dict.fromkeys(ends, (min(low for low, _ in ends.values()), max(high for _, high in ends.values())))


def on_near_scale(ends: Mapping[str, Ends]) -> tuple[dict[str, Ends], frozenset[str]]:
    """The same for as many axes as one scale can show without flattening them (FLATTEST), and the names of those that keep their own.

    Of two scales that as many axes could share, the larger is taken.
    """
    groups = [[name for name in ends if ends[top][1] / FLATTEST <= ends[name][1] <= ends[top][1]] for top in ends]
    shared = max(groups, key=lambda group: (len(group), max(ends[name][1] for name in group)), default=[])
    near = on_one_scale({name: ends[name] for name in shared}) if shared else {}
    return {**ends, **near}, frozenset(ends) - frozenset(shared)


def ticks(sheet: Sheet, axis: str, low: float, high: float) -> None:
    """A line under a panel with its round numbers between low and high; moves the sheet on below them."""
    step = step_of(high - low)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    top, size = sheet.y, sheet.canvas.small
    sheet.segment(axis, (low, high), (top, top), color=FAINT)
    for number in (count * step for count in range(first, last + 1)):
        sheet.segment(axis, (number, number), (top, top + sheet.canvas.px(_TICK)), color=FAINT)
        style = Words(anchor="center", size=size, color=MUTED)
        sheet.words(value(number), number, top + sheet.canvas.px(_TICK) + block_height(1, size) / 2, style, axis=axis)
    sheet.y += sheet.canvas.px(_TICK) + block_height(1, size)
