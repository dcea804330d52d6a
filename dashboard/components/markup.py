"""Read-only parts of a page as HTML text, so that the browser need not keep a live component for every table cell.

Dash's renderer wakes every component at every answer of the server: a page with a few thousand cells takes twenty seconds to
fill. Sentences, tables, notes and sources only have to be read and clicked, so they travel as text (assets/written.js).
"""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc
from dash.development.base_component import Component
from markupsafe import Markup, escape

from dashboard.components import ids

_NAMES = {"className": "class", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan"}
_EMPTY = frozenset({"br", "hr"})


def markup(tree: Any) -> str:
    """HTML of dash.html components and of what they hold, all text and attributes escaped. TypeError for other components."""
    return str(_markup(tree))


def written(name: str) -> dcc.Store:
    """The store that carries the written parts of a card or section; part `table` fills the element `table-<name>`."""
    return dcc.Store(id=ids.part_id(name, "written"))


def wire_written(app: Dash, name: str, filled: str) -> None:
    """Write the parts into the page when they arrive and mark the element `filled` as filled."""
    app.clientside_callback(
        ClientsideFunction("written", "show"),
        Output(filled, "data-filled"),
        Input(ids.part_id(name, "written"), "data"),
        State(ids.part_id(name, "written"), "id"),
    )


def _markup(tree: Any) -> Markup:
    if tree is None:
        return Markup()
    if isinstance(tree, list | tuple):
        return Markup().join(_markup(part) for part in tree)
    if not isinstance(tree, Component):
        return escape(tree)
    if tree._namespace != "dash_html_components":
        raise TypeError(f"{tree._namespace}.{tree._type} has to stay a component, it cannot be written as text")
    name = tree._type.lower()
    stated = {key: value for key, value in tree.to_plotly_json()["props"].items() if key != "children" and value is not None}
    attributes = Markup().join(Markup(' {}="{}"').format(_NAMES.get(key, key), value) for key, value in stated.items())
    opening = Markup("<{}{}>").format(Markup(name), attributes)
    return (
        opening if name in _EMPTY else opening + _markup(getattr(tree, "children", None)) + Markup("</{}>").format(Markup(name))
    )
