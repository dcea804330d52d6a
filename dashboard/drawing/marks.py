"""How things look when the copy has no colour: every pair that meets in a figure differs in form, hatch or lightness."""

from typing import Any, Literal

from dashboard.drawing.tokens import BLUE, BRICK, CLEAR, FAINT, INK, PAPER, RULE, SECONDARY, STEPS

# solid: what is there · outline: what is authorised, planned or left over · excess: 超编 · pale, mid: parts of a whole ·
# control: a place outside the group that the figure is about · clear: nothing is drawn, words are the mark
Fill = Literal["solid", "outline", "excess", "dark", "mid", "light", "pale", "control", "clear"]
# exact, approx (约数, open) · before (open), after · the same for 限额 as squares · control: a place outside the group
Dot = Literal["exact", "approx", "before", "after", "before_limit", "after_limit", "control"]

_HATCH = {"shape": "/", "fgcolor": BRICK, "bgcolor": PAPER, "fillmode": "replace", "size": 7, "solidity": 0.28}
_CONTROL_HATCH = {"shape": "x", "fgcolor": FAINT, "bgcolor": PAPER, "fillmode": "replace", "size": 6, "solidity": 0.2}

FILLS: dict[str, dict[str, Any]] = {
    "solid": {"color": BLUE, "line": {"width": 0}},
    "dark": {"color": STEPS[0], "line": {"color": PAPER, "width": 1.5}},
    "mid": {"color": STEPS[2], "line": {"color": PAPER, "width": 1.5}},
    "light": {"color": STEPS[3], "line": {"color": PAPER, "width": 1.5}},
    "pale": {"color": STEPS[4], "line": {"color": PAPER, "width": 1.5}},
    "outline": {"color": CLEAR, "line": {"color": INK, "width": 1.5}},
    "excess": {"color": BRICK, "pattern": _HATCH, "line": {"color": BRICK, "width": 1.2}},
    "control": {"color": RULE, "pattern": _CONTROL_HATCH, "line": {"color": SECONDARY, "width": 1.2}},
    "clear": {"color": CLEAR, "line": {"width": 0}},
}

# Colour of words printed on a fill.
ON_FILL: dict[str, str] = {
    "solid": PAPER, "dark": PAPER, "mid": INK, "light": INK, "pale": INK, "outline": INK, "excess": INK, "control": INK, "clear": INK,
}  # fmt: skip

DOTS: dict[str, dict[str, Any]] = {
    "exact": {"symbol": "circle", "color": BLUE, "line": {"color": BLUE, "width": 1}},
    "after": {"symbol": "circle", "color": BLUE, "line": {"color": BLUE, "width": 1}},
    "approx": {"symbol": "circle", "color": PAPER, "line": {"color": BLUE, "width": 2}},
    "before": {"symbol": "circle", "color": PAPER, "line": {"color": SECONDARY, "width": 2}},
    "control": {"symbol": "diamond", "color": PAPER, "line": {"color": SECONDARY, "width": 2}},
    "before_limit": {"symbol": "square", "color": PAPER, "line": {"color": SECONDARY, "width": 2}},
    "after_limit": {"symbol": "square", "color": BLUE, "line": {"color": BLUE, "width": 1}},
}


def fill(style: Fill) -> dict[str, Any]:
    """Marker of a bar in a style, a new dict."""
    return {**FILLS[style], "line": dict(FILLS[style]["line"])}


def dot(kind: Dot, size: float) -> dict[str, Any]:
    """Marker of a dot of `size` px, a new dict."""
    return {**DOTS[kind], "line": dict(DOTS[kind]["line"]), "size": size, "opacity": 1}
