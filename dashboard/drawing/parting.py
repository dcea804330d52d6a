"""A drawing that is too tall for its place, in parts: parted only where its form allows (between panels, between rows of a list).

The parts are cut from the finished drawing, so every axis keeps its ends and ticks: what was comparable stays so on the next part.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from dashboard.drawing.sheet import BELOW
from dashboard.drawing.tokens import CLEAR

Span = tuple[float, float]


def parted(figure: dict[str, Any], most: float) -> list[dict[str, Any]]:
    """Parts in order, each at most `most` px tall if one between two joints is, and the key on every one with marks."""
    joints = figure["layout"]["meta"]
    head, end = joints["head"], figure["layout"]["yaxis"]["range"][0]
    ends = [(head, head), *map(tuple, joints["joints"]), (end, end)]
    spans: list[Span] = []
    for (_, top), (bottom, _) in pairwise(ends):
        if spans and head + bottom - spans[-1][0] + BELOW <= most:
            spans[-1] = (spans[-1][0], bottom)
        else:
            spans.append((top, bottom))
    return [_part(figure, head, span) for span in spans] if len(spans) > 1 else [figure]


def _part(figure: dict[str, Any], head: float, span: Span) -> dict[str, Any]:
    """What stands in the key or between two heights."""
    top, bottom = span
    if not any(top <= y <= bottom for trace in figure["data"] if _is_seen(trace["marker"]) for y in trace["y"]):
        head = 0.0  # words only: there is no mark to explain
    shift, height = head - top, head + bottom - top

    def here(y: float) -> bool:
        return y < head or top <= y <= bottom

    def moved(y: float) -> float:
        return y if y < head else round(y + shift, 1)

    layout = figure["layout"]
    words = [{**one, "y": moved(one["y"])} for one in layout["annotations"] if here(one["y"])]
    shapes = [
        {**one, "y0": moved(one["y0"]), "y1": moved(one["y1"])} for one in layout["shapes"] if here(one["y0"]) and here(one["y1"])
    ]
    yaxis = {**layout["yaxis"], "range": [height, 0]}
    return {
        "data": [trace for one in figure["data"] if (trace := _points(one, [here(y) for y in one["y"]], moved))["y"]],
        "layout": {**layout, "height": height + BELOW, "annotations": words, "shapes": shapes, "yaxis": yaxis},
    }


def _points(trace: dict[str, Any], kept: list[bool], moved: Any) -> dict[str, Any]:
    def chosen(values: Iterable[Any]) -> list[Any]:
        return [value for value, keep in zip(values, kept, strict=True) if keep]

    lists = {name: chosen(values) for name, values in trace.items() if isinstance(values, list)}
    return {**trace, **lists, "y": [moved(y) for y in lists["y"]]}


def _is_seen(marker: dict[str, Any]) -> bool:
    return bool(marker["color"] != CLEAR or marker.get("line", {}).get("width"))
