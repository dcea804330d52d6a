"""What a photocopier and a colour-blind eye see: relative luminance (WCAG), and the same after a simulated dichromacy."""

from __future__ import annotations

from typing import Any

from dashboard.drawing.tokens import CLEAR, PAPER

# Machado, Oliveira & Fernandes 2009, severity 1.0, for linear RGB.
VISION: dict[str, tuple[tuple[float, float, float], ...]] = {
    "grey": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def luminance(colour: str, vision: str = "grey") -> float:
    """Relative luminance 0..1 of #rrggbb as seen; a clear fill is the paper below it."""
    code = (PAPER if colour == CLEAR else colour).lstrip("#")
    linear = [_linear(int(code[index : index + 2], 16) / 255) for index in (0, 2, 4)]
    seen = [sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in VISION[vision]]
    return sum(weight * min(max(part, 0.0), 1.0) for weight, part in zip((0.2126, 0.7152, 0.0722), seen, strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(first: str, second: str, vision: str = "grey") -> float:
    """WCAG contrast ratio, 1..21."""
    low, high = sorted((luminance(first, vision), luminance(second, vision)))
    return (high + 0.05) / (low + 0.05)


def looks(figure: dict[str, Any]) -> dict[tuple[str, ...], str]:
    """Every kind of mark of a figure: what it is without colour (form, hatch, open or not) → its fill."""
    found: dict[tuple[str, ...], str] = {}
    for trace in figure["data"]:
        marker = trace["marker"]
        if not trace["x"] or (marker.get("color") == CLEAR and not marker.get("line", {}).get("width")):
            continue
        pattern = marker.get("pattern", {}).get("shape", "")
        is_open = marker["color"] in {CLEAR, PAPER}
        form = (trace["type"], marker.get("symbol", ""), pattern, "open" if is_open else "filled", marker["color"])
        found[form] = marker["color"]
    return found
