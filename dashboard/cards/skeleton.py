"""Grey lines that hold the place of text while the server works."""

from dash import html


def lines(count: int) -> list[html.Span]:
    """`count` placeholder lines."""
    return [html.Span(className="skeleton", **{"aria-hidden": "true"}) for _ in range(count)]
