"""Counties by population band and province: a strip of numbered cells, darker with more counties, pilots marked by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID, Canvas, widest
from dashboard.drawing.row_labels import BOLD
from dashboard.drawing.sheet import GAP, Sheet, Words, block_height
from dashboard.drawing.tokens import CLEAR, INK, MUTED, PAPER, RULE, SECONDARY, STEPS

# (at least this share of the fullest cell, fill, words on it): four steps that a photocopier keeps apart.
_STEPS: tuple[tuple[float, str, str], ...] = (
    (0.6, STEPS[1], PAPER),
    (0.3, STEPS[2], INK),
    (0.12, STEPS[3], INK),
    (0.0, STEPS[4], INK),
)


@dataclass(frozen=True, kw_only=True)
class Province:
    """Counties of one province in the order of the bands; None = 未公布, 0 = none. `pilots`: names of pilot counties."""

    name: str
    counties: tuple[float | None, ...]
    total_small: float
    fact_ids: tuple[str, ...]
    pilots: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Bands:
    """Column names (may hold <br>) and how many of the first bands make the small counties, with the name of their sum."""

    names: tuple[str, ...]
    small: int
    small_name: str


def province_bands(rows: Sequence[Province], bands: Bands, canvas: Canvas = FLUID) -> dict[str, Any]:
    """One row a province in the given order; the last column sums the small bands."""
    names = [f"{line.name}{' ◆' if line.pilots else ''}" for line in rows]
    left = widest(names, canvas.note * BOLD) + GAP + 6
    sheet = Sheet(canvas, left=left, right=4)
    if any(line.pilots for line in rows):
        sheet.key("◆ 本库收录有试点县", "个")
    columns = len(bands.names) + 1
    axis = sheet.axis(0, columns)
    _heads(sheet, axis, bands)
    step, ys = canvas.px(22), []
    for line, name in zip(rows, names, strict=True):
        y = sheet.y + step / 2
        ys.append(y)
        sheet.words(name, 0, y, Words(anchor="right", bold=bool(line.pilots), dx=-GAP + 4))
        total = Words(anchor="center", bold=True, color=INK if line.total_small else MUTED)
        sheet.words(f"{line.total_small:.0f}", columns - 0.5, y, total, axis=axis)
        sheet.y += step
    for trace in _cells(rows, bands, ys, step):
        sheet.trace({**trace, "xaxis": axis, "yaxis": "y"})
    return sheet.figure()


def _heads(sheet: Sheet, axis: str, bands: Bands) -> None:
    canvas = sheet.canvas
    lines = max(name.count("<br>") + 1 for name in (*bands.names, bands.small_name))
    tall = block_height(lines, canvas.small)
    for index, name in enumerate((*bands.names, bands.small_name)):
        last = index == len(bands.names)
        style = Words(
            anchor="center", size=canvas.small, color=INK if last else SECONDARY if index < bands.small else MUTED, bold=last
        )
        sheet.words(name, index + 0.5, sheet.y + tall / 2, style, axis=axis)
    sheet.y += tall + 4
    sheet.segment(axis, (0.04, bands.small - 0.04), (sheet.y, sheet.y), color=SECONDARY, width=1.5)
    sheet.segment(axis, (bands.small + 0.04, len(bands.names) - 0.04), (sheet.y, sheet.y), color=RULE, width=1.5)
    sheet.y += 4


def _cells(rows: Sequence[Province], bands: Bands, ys: Sequence[float], step: float) -> list[dict[str, Any]]:
    """One bar trace a step of fullness, and one trace of numbers on top."""
    most = max((number for line in rows for number in line.counties if number), default=1.0)
    traces: list[dict[str, Any]] = []
    for lower, (least, fill, words) in zip((9.0, *(step_[0] for step_ in _STEPS)), _STEPS, strict=False):
        cells = [
            (column, y, number, line)
            for line, y in zip(rows, ys, strict=True)
            for column, number in enumerate(line.counties)
            if number and least <= number / most < lower
        ]
        if cells:
            traces.append(_step(cells, bands, (fill, words), step))
    zeros = [
        (column, y, number, line)
        for line, y in zip(rows, ys, strict=True)
        for column, number in enumerate(line.counties)
        if not number
    ]
    traces.append(_step(zeros, bands, (CLEAR, MUTED), step))
    return traces


def _step(
    cells: Sequence[tuple[int, float, float | None, Province]], bands: Bands, look: tuple[str, str], step: float
) -> dict[str, Any]:
    fill, words = look
    texts = ["·" if number is None else f"{number:.0f}" for _, _, number, _ in cells]
    says = []
    for (column, _, number, line), text in zip(cells, texts, strict=True):
        band = bands.names[column].replace("<br>", "")
        pilots = f"<br>试点：{'、'.join(line.pilots)}" if line.pilots else ""
        says.append(f"{line.name}　{band}<br>{'未公布' if number is None else f'{text}个县'}{pilots}")
    return {
        "type": "bar", "orientation": "h", "base": [column + 0.03 for column, *_ in cells], "x": [0.94] * len(cells),
        "y": [y for _, y, *_ in cells], "width": step - 2, "marker": {"color": fill, "line": {"width": 0}},
        "text": texts, "textposition": "inside", "insidetextanchor": "middle", "constraintext": "none", "textangle": 0,
        "textfont": {"color": words, "size": 12}, "hoverinfo": "text", "hovertext": says, "showlegend": False, "name": "",
        "customdata": [line.fact_ids[column] for column, _, _, line in cells],
    }  # fmt: skip
