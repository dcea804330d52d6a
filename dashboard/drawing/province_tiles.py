"""A table in the shape of the country: a tile for each of the 34 provincial-level units, darker with more. No border, no geometry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.sheet import Mark, Sheet, Words
from dashboard.drawing.tokens import CLEAR, INK, MUTED, PAPER, RULE, STEPS

# Where each stands: (row, column), by code.
PLACES: dict[str, tuple[int, int]] = {
    "230000": (0, 7), "150000": (1, 5), "220000": (1, 7), "650000": (2, 0), "640000": (2, 3), "140000": (2, 4), "130000": (2, 5),
    "110000": (2, 6), "210000": (2, 7), "630000": (3, 1), "620000": (3, 2), "610000": (3, 3), "410000": (3, 4), "370000": (3, 5),
    "120000": (3, 6), "540000": (4, 0), "510000": (4, 2), "500000": (4, 3), "420000": (4, 4), "340000": (4, 5), "320000": (4, 6),
    "310000": (4, 7), "530000": (5, 1), "520000": (5, 2), "430000": (5, 3), "360000": (5, 4), "350000": (5, 5), "330000": (5, 6),
    "450000": (6, 2), "440000": (6, 3), "710000": (6, 6), "460000": (7, 2), "820000": (7, 3), "810000": (7, 4),
}  # fmt: skip
_COLUMNS, _ROWS = 8, 8
# (at least this share of the fullest, fill, words on it): steps that a photocopier keeps apart.
_STEPS = ((0.6, STEPS[1], PAPER), (0.3, STEPS[2], INK), (0.1, STEPS[3], INK), (0.0, STEPS[4], INK))
_TALL, _AIR = 42, 0.045  # px of a tile; share of its width that stays free on each side
_FRAME = 2.5  # px around the chosen tile


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One unit: its code, short name, count (None: nothing is counted there, `said` says why), marked where a pilot is. A tile that
    `chooses` stands for its province when it is clicked, in place of its facts; the one that is `chosen` has a frame."""

    code: str
    name: str
    count: float | None
    said: str = ""
    marked: bool = False
    says: str = ""
    fact_ids: str = ""
    chooses: bool = False
    chosen: bool = False


def province_tiles(tiles: Sequence[Tile], *, unit: str, key: str, canvas: Canvas = FLUID) -> dict[str, Any]:
    """All tiles, those without a count hollow; `key` says what the mark ◆ means."""
    sheet = Sheet(canvas)
    sheet.key(key, unit)
    axis = sheet.axis(0, _COLUMNS)
    top, tall = sheet.y, canvas.px(_TALL)
    most = max((tile.count for tile in tiles if tile.count), default=1.0)
    looks: dict[str, list[tuple[Tile, float, float]]] = {}
    for tile in tiles:
        row, column = PLACES[tile.code]
        y = top + (row + 0.5) * tall
        fill, ink = _look(tile.count, most)
        looks.setdefault(fill, []).append((tile, column, y))
        name = f"{tile.name}{'◆' if tile.marked else ''}"
        at = column + 0.5
        sheet.words(name, at, y - tall * 0.2, Words(anchor="center", size=canvas.small, color=ink, bold=tile.chosen), axis=axis)
        figure = Words(anchor="center", size=canvas.note, color=ink, bold=tile.count is not None)
        sheet.words(tile.said if tile.count is None else f"{tile.count:.0f}", at, y + tall * 0.2, figure, axis=axis)
    for fill, members in looks.items():
        sheet.trace({**_trace(members, fill, tall - canvas.px(4)), "xaxis": axis, "yaxis": "y"})
    sheet.y = top + _ROWS * tall
    return sheet.figure()


def _look(count: float | None, most: float) -> tuple[str, str]:
    """Fill and colour of the words of a tile."""
    if not count:
        return CLEAR, MUTED
    return next((fill, ink) for least, fill, ink in _STEPS if count / most >= least)


def _trace(members: Sequence[tuple[Tile, float, float]], fill: str, tall: float) -> dict[str, Any]:
    marks = [Mark(says=tile.says, fact_ids=tile.fact_ids) for tile, _column, _y in members]
    frames = [_FRAME if tile.chosen else 1 if fill == CLEAR else 0 for tile, _column, _y in members]
    edges = [INK if tile.chosen else RULE for tile, _column, _y in members]
    return {
        "type": "bar", "orientation": "h", "base": [column + _AIR for _tile, column, _y in members],
        "x": [1 - 2 * _AIR] * len(members), "y": [round(y, 1) for _tile, _column, y in members], "width": tall,
        "marker": {"color": fill, "line": {"color": edges, "width": frames}},
        "hoverinfo": "text", "hovertext": [mark.says for mark in marks], "customdata": [mark.fact_ids for mark in marks],
        "ids": [tile.code if tile.chooses else "" for tile, _column, _y in members],  # read by assets/province.js
        "showlegend": False, "name": "",
    }  # fmt: skip
