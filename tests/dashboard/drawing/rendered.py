"""Where the words of a figure come to stand at a given width, computed as plotly.js lays them out, measured with a real font."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import ImageFont

from dashboard.drawing.canvas import text_width

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SPAN = re.compile(r'<span style="font-size:(\d+)px[^>]*>(.*?)</span>')


@dataclass(frozen=True)
class Box:
    """Px of one piece of text within the drawing."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Common area in px²."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)


def boxes(figure: dict[str, Any], width: int) -> list[Box]:
    """A box for every annotation, with the drawing `width` px wide."""
    layout = figure["layout"]
    return [_box(words, layout, width) for words in layout["annotations"]]


def _box(words: dict[str, Any], layout: dict[str, Any], width: int) -> Box:
    margin = layout["margin"]
    plot = width - margin["l"] - margin["r"]
    share = words["x"]
    if words["xref"] != "paper":
        low, high = layout[f"xaxis{words['xref'][1:]}"]["range"]
        share = (words["x"] - low) / (high - low)
    at = margin["l"] + share * plot + words.get("xshift", 0)
    size = words["font"]["size"]
    lines = words["text"].split("<br>")
    wide, tall = max(measured(line, size) for line in lines), len(lines) * size * 1.3
    left = {"left": at, "center": at - wide / 2, "right": at - wide}[words["xanchor"]]
    low, high = layout["yaxis"]["range"]
    middle = margin["t"] + (words["y"] - high) / (low - high) * (layout["height"] - margin["t"] - margin["b"])
    return Box(re.sub(r"<[^>]+>", "", words["text"]), left, left + wide, middle - tall / 2, middle + tall / 2)


def measured(line: str, size: float) -> float:
    """Width in px of one line; a smaller <span> is measured at its own size."""
    inner = sum(_plain(text, float(small)) for small, text in SPAN.findall(line))
    return inner + _plain(re.sub(r"<[^>]+>", "", SPAN.sub("", line)), size, bold="<b>" in line)


def _plain(text: str, size: float, *, bold: bool = False) -> float:
    if not FONT.exists():
        return text_width(text, size)
    return _font().getlength(text) * size / 100 * (1.03 if bold else 1.0)


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), 100, index=2)  # 2: the SC face of the collection
