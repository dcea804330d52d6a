"""The one place that makes a dcc.Graph, so that no chart can offer to send its data to another host."""

from typing import Any

from dash import dcc

from dashboard.drawing.tokens import base_layout

# showSendToCloud is on by default in plotly.js and plotlyServerURL points to a cloud: both must be switched off.
USUAL_HEIGHT = 320  # px, where nobody knows how high a drawing will be
GRAPH_CONFIG: dict[str, Any] = {
    "locale": "zh-CN",
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": True,
    "doubleClick": False,
    "scrollZoom": False,
}


def graph(graph_id: str, *, height: float = USUAL_HEIGHT) -> dcc.Graph:
    """An empty drawing of `height` px that a callback fills; it keeps its place on the page meanwhile."""
    made = dcc.Graph(id=graph_id, config=GRAPH_CONFIG, className="card__graph")
    reserve(made, height)
    return made


def reserve(drawing: dcc.Graph, height: float) -> None:
    """Have an empty drawing keep `height` px on the page."""
    hidden = {"visible": False, "fixedrange": True}
    drawing.figure = {"data": [], "layout": base_layout(round(height), xaxis=hidden, yaxis=dict(hidden))}
    drawing.style = frame(height)


def frame(height: float) -> dict[str, str]:
    """The element around a drawing of `height` px. Without a height of its own, Plotly would change the figure's at a resize.

    The custom property lets the style sheet enlarge the drawing on very large screens.
    """
    return {"height": f"{height}px", "--height": f"{height}px"}
