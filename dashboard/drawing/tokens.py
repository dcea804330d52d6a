"""Colours, type and the base layout of every figure. The same tokens stand in assets/1_tokens.css (a test compares them).

Dark mode is done in CSS (the drawing is inverted and its hue turned back), so figures are always drawn for white paper:
what is exported or printed needs no second version. Figures therefore use these constants and transparent backgrounds.
"""

from typing import Any

INK = "#1d2733"
SECONDARY = "#51606e"
MUTED = "#66727f"
FAINT = "#8793a0"
LINE = "#e1e6eb"
RULE = "#c3cbd4"  # connecting bars, axis lines
BAND = "#edf1f4"  # range bands behind marks
PAPER = "#ffffff"
PAGE = "#f5f6f8"
BLUE = "#2f5d8a"
BLUE_LIGHT = "#7f9fbe"
BRICK = "#b4462c"
TINT = "#fbf3ee"
CLEAR = "rgba(0,0,0,0)"
# Dark to light, told apart in greyscale: for 100 % bars and ordered classes.
STEPS = ("#1f4266", "#2f5d8a", "#6d92b6", "#a9c1d7", "#dbe5ee")

FONT = "'Microsoft YaHei', 'PingFang SC', 'Source Han Sans SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'WenQuanYi Micro Hei', sans-serif"
SIZE_LABEL = 14
SIZE_NOTE = 12.5
SIZE_SMALL = 12


def base_layout(height: int, **more: Any) -> dict[str, Any]:
    """Layout every figure starts from, a new dict each call. `height` in px; keywords replace whole keys."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"size": SIZE_NOTE, "color": MUTED},
    }
    layout: dict[str, Any] = {
        "height": height,
        "autosize": True,
        "font": {"family": FONT, "size": SIZE_LABEL, "color": INK},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "margin": {"l": 8, "r": 8, "t": 16, "b": 24, "pad": 0},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": RULE,
            "font": {"family": FONT, "size": 13, "color": INK},
            "align": "left",
        },
        "separators": ".",
        "xaxis": dict(axis),
        "yaxis": dict(axis),
    }
    return layout | more
