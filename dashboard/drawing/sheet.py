"""The sheet that figures draw on: y counts px from the top, x belongs to one scope's axis, words stand in px margins.

Values never share an axis unless the caller asks the same axis for them: each panel calls `axis()` for its own.
A sheet is local to one drawing; what leaves is a plain dict that `go.Figure` accepts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from dashboard.drawing.canvas import Canvas, text_width, wrap
from dashboard.drawing.marks import Dot, Fill, dot, fill
from dashboard.drawing.tokens import BLUE, CLEAR, INK, LINE, MUTED, PAPER, SECONDARY, base_layout


class InPanel(Protocol):
    """A row that knows its panel (口径); blank when the figure has only one."""

    @property
    def panel(self) -> str: ...


T = TypeVar("T", bound=InPanel)
Anchor = Literal["left", "center", "right"]
LINE_HEIGHT = 1.36
GAP = 12  # px between a label and the marks
EDGE = 6.0  # px that stay free at the left and right edge of every drawing
BELOW = 8  # px of margin above and below the plot together


@dataclass(frozen=True, kw_only=True)
class Label:
    """What a row is about: a name and a quiet detail (dates, 限额, n)."""

    name: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    """How a piece of text is set. `dx` in px from its x; size None is the note size of the canvas.

    `plate`: paper behind the words, where a line of the drawing would run through them.
    """

    anchor: Anchor = "left"
    size: float | None = None
    color: str = INK
    bold: bool = False
    dx: float = 0.0
    plate: bool = False


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What a mark tells when pointed at or clicked: hover words and the comma list of fact ids."""

    says: str
    fact_ids: str


class Sheet:
    """Collects marks and words from top to bottom; `left` and `right` are px kept for labels beside the plot."""

    def __init__(self, canvas: Canvas, *, left: float = 0.0, right: float = 0.0) -> None:
        self.canvas = canvas
        self.left, self.right = max(left, EDGE), max(right, EDGE)
        self.y = 0.0
        self._head = 0.0  # px that the key takes
        self._joints: list[tuple[float, float]] = []  # where a part may end and the next begin
        self._traces: dict[tuple[str, str], dict[str, Any]] = {}
        self._axes: dict[str, dict[str, Any]] = {}
        self._shapes: list[dict[str, Any]] = []
        self._words: list[dict[str, Any]] = []

    @property
    def plot(self) -> float:
        """Width in px between the margins on the narrowest canvas."""
        return self.canvas.width - self.left - self.right

    @property
    def begun(self) -> bool:
        """Whether anything stands below the key."""
        return self.y > self._head

    def axis(self, low: float, high: float, *, pad: float = 1.0) -> str:
        """A new x axis from low to high with `pad` px free at both ends; its name goes to marks and lines."""
        name = f"x{len(self._axes) + 1}" if self._axes else "x"
        spread = (high - low or 1.0) * pad / max(self.plot - 2 * pad, 1.0)
        axis = {"range": [low - spread, high + spread], "visible": False, "fixedrange": True, "tickformat": ",.0f", "anchor": "y"}
        if self._axes:
            axis["overlaying"] = "x"
        self._axes[name] = axis
        return name

    def bounds(self, axis: str) -> tuple[float, float]:
        """Both ends of an axis as drawn."""
        low, high = self._axes[axis]["range"]
        return low, high

    def px_per_unit(self, axis: str) -> float:
        """Px that one unit of an axis takes on the narrowest canvas."""
        low, high = self.bounds(axis)
        return self.plot / (high - low)

    def words(self, text: str, x: float, y: float, style: Words, *, axis: str = "paper") -> None:
        """Text at x of an axis (or at a share of the plot width) and y px, middle-aligned; <br> breaks lines."""
        size = style.size or self.canvas.note
        self._words.append(
            {
                "text": f"<b>{text}</b>" if style.bold else text,
                "x": x, "xref": axis, "xanchor": style.anchor, "xshift": round(style.dx, 1), "align": style.anchor,
                "y": round(y, 1), "yref": "y", "yanchor": "middle", "showarrow": False,
                "font": {"size": round(size, 1), "color": style.color}, **({"bgcolor": PAPER, "borderpad": 0} if style.plate else {}),
            }
        )  # fmt: skip

    def header(self, text: str, *, rule: bool = False) -> None:
        """A panel's name over the full width, wrapped; with a hairline above when panels follow each other."""
        if rule:
            self.gap()
        style = Words(color=SECONDARY, bold=True, dx=-self.left + EDGE)
        self.paragraph(text, style)
        self.y += self.canvas.px(5)

    def gap(self) -> None:
        """A hairline with a little air, between things of different kind; a drawing that is too tall may be parted there."""
        above = self.y
        self.y += self.canvas.px(8)
        self.rule()
        self.y += self.canvas.px(6)
        self._joints.append((above, self.y))

    def may_part(self) -> None:
        """Here the drawing may be parted where it is too tall (parting.py)."""
        self._joints.append((self.y, self.y))

    def paragraph(self, text: str, style: Words) -> None:
        """Text over the full width from the left edge, wrapped to the canvas; moves on below it."""
        size = style.size or self.canvas.note
        lines = wrap(text, size * (1.04 if style.bold else 1.0), self.canvas.words - 2 * EDGE)
        height = len(lines) * size * LINE_HEIGHT
        self.words("<br>".join(lines), 0, self.y + height / 2, style)
        self.y += height

    def key(self, text: str, unit: str = "") -> None:
        """How to read the marks (top left, one line) and the unit (top right)."""
        style = Words(size=self.canvas.small, color=MUTED, dx=-self.left + EDGE)
        self.words(text, 0, self.y + self.canvas.px(9), style)
        if unit:
            self.words(
                f"单位：{unit}",
                1,
                self.y + self.canvas.px(9),
                Words(anchor="right", size=style.size, color=MUTED, dx=self.right - EDGE),
            )
        self.y += self.canvas.px(24)
        self._head = self.y

    def head(self, keys: Sequence[str], unit: str = "", order: str = "") -> None:
        """How to read the marks, a line for each kind of them, and how rows follow each other: beside the last key where there is room."""
        lines = [key for key in keys if key] or ([""] if unit else [])
        last = f"{lines[-1]}　　{order}".lstrip("　") if lines and order else ""
        taken = text_width(f"　单位：{unit}", self.canvas.small) if unit and len(lines) == 1 else 0.0
        if last and text_width(last, self.canvas.small) + taken <= self.canvas.words - 2 * EDGE:
            lines[-1] = last
        elif order:
            lines.append(order)
        for index, line in enumerate(lines):
            self.key(line, "" if index else unit)

    def head_ends(self) -> None:
        """What was drawn so far, as the key, stands above every part of a drawing that is parted."""
        self._head = self.y

    def rule(self, color: str = LINE) -> None:
        """A hairline over the whole plot width."""
        self.segment("paper", (0, 1), (self.y, self.y), color=color, width=1)

    def bar(self, axis: str, style: Fill, ends: tuple[float, float], at: tuple[float, float], mark: Mark) -> None:
        """A horizontal bar between two values; `at` = (centre, thickness) in px."""
        trace = self._trace(
            f"bar:{style}", axis, {"type": "bar", "orientation": "h", "marker": fill(style), "base": [], "width": []}
        )
        trace["base"].append(ends[0])
        trace["width"].append(round(at[1], 1))
        self._point(trace, ends[1] - ends[0], at[0], mark)

    def dot(self, axis: str, kind: Dot, x: float, y: float, mark: Mark) -> None:
        """A round (or other) mark; open ones are 约数, 改革前 or 对照."""
        style = {"type": "scatter", "mode": "markers", "marker": dot(kind, self.canvas.px(13)), "cliponaxis": False}
        self._point(self._trace(f"dot:{kind}", axis, style), x, y, mark)

    def tick(self, axis: str, x: float, y: float, mark: Mark) -> None:
        """A one-sided bound: no dot is drawn, since no value is known, but the tick can be pointed at and clicked."""
        marker = {"symbol": "line-ns", "size": self.canvas.px(16), "color": BLUE, "line": {"color": BLUE, "width": 3}}
        style = {"type": "scatter", "mode": "markers", "marker": marker, "cliponaxis": False}
        self._point(self._trace("tick", axis, style), x, y, mark)

    def hotspot(self, axis: str, x: float, y: float, mark: Mark) -> None:
        """A place that can be pointed at and clicked where words are the mark."""
        marker = {"symbol": "square", "size": self.canvas.px(30), "color": CLEAR}
        style = {"type": "scatter", "mode": "markers", "marker": marker, "cliponaxis": False}
        self._point(self._trace("hotspot", axis, style), x, y, mark)

    def hot_row(self, axis: str, at: tuple[float, float], mark: Mark) -> None:
        """A whole row that can be pointed at and clicked where words are the mark; `at` = (centre, thickness) in px."""
        self.bar(axis, "clear", self.bounds(axis), at, mark)

    def segment(
        self, axis: str, x: tuple[float, float], y: tuple[float, float], *, color: str, width: float = 1.0, dash: str = "solid"
    ) -> None:
        """A line below the marks."""
        self._shapes.append(
            {
                "type": "line", "xref": axis, "yref": "y", "x0": x[0], "x1": x[1], "y0": round(y[0], 1), "y1": round(y[1], 1),
                "line": {"color": color, "width": self.canvas.px(width), "dash": dash}, "layer": "below",
            }
        )  # fmt: skip

    def area(self, axis: str, x: tuple[float, float], y: tuple[float, float], color: str) -> None:
        """A plain rectangle below everything: a range to compare with."""
        self._shapes.insert(
            0,
            {
                "type": "rect", "xref": axis, "yref": "y", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1],
                "fillcolor": color, "line": {"width": 0}, "layer": "below",
            },
        )  # fmt: skip

    def trace(self, trace: dict[str, Any]) -> None:
        """A ready-made trace for forms that are neither bar nor dot; it must name its own axes."""
        self._traces[(f"own{len(self._traces)}", "")] = trace

    def figure(self) -> dict[str, Any]:
        """The finished figure dict; its height follows what was drawn."""
        height = round(self.y + 4)
        axes = {f"xaxis{name[1:]}": axis for name, axis in (self._axes or {"x": {"visible": False, "range": [0, 1]}}).items()}
        margin = {"l": round(self.left), "r": round(self.right), "t": 4, "b": 4, "pad": 0}
        layout = base_layout(
            height + BELOW,
            margin=margin,
            barmode="overlay",
            yaxis={"range": [height, 0], "visible": False, "fixedrange": True, "tickformat": "d"},
            shapes=self._shapes,
            annotations=self._words,
            meta={"head": self._head, "joints": self._joints},
            **axes,
        )
        layout["font"] = {**layout["font"], "size": self.canvas.name}
        return {"data": list(self._traces.values()), "layout": layout}

    def _trace(self, name: str, axis: str, style: dict[str, Any]) -> dict[str, Any]:
        blank = {"x": [], "y": [], "customdata": [], "hovertext": [], "hoverinfo": "text", "showlegend": False, "name": ""}
        return self._traces.setdefault((name, axis), {**style, **blank, "xaxis": axis, "yaxis": "y"})

    def _point(self, trace: dict[str, Any], x: float, y: float, mark: Mark) -> None:
        trace["x"].append(x)
        trace["y"].append(round(y, 1))
        trace["customdata"].append(mark.fact_ids)
        trace["hovertext"].append(mark.says)


def block_height(lines: int, size: float) -> float:
    """Height in px of a block of lines."""
    return lines * size * LINE_HEIGHT


def panels(rows: Sequence[T]) -> list[tuple[str, list[T]]]:
    """Rows by their `panel`, in order of first appearance: one scope, one axis, one header each."""
    found: dict[str, list[T]] = {}
    for line in rows:
        found.setdefault(line.panel, []).append(line)
    return list(found.items())


def fits(text: str, size: float, room: float) -> bool:
    """True when the text, with a little air, is no wider than `room` px."""
    return text_width(text, size) + 10 <= room
