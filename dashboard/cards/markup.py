"""Read-only parts of a page as HTML text, so that the browser need not keep a live component for every table cell.

Dash's renderer wakes every component at every answer of the server: a page with a few thousand cells takes twenty seconds to
fill. Sentences, tables, notes and sources only have to be read and clicked, so they travel as text (assets/written.js).
"""

from collections.abc import Callable, Collection
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc
from markupsafe import escape

from dashboard.cards import ids
from dashboard.dash_adapter.components import Component, attributes, element_name, is_html, qualified_name

_NAMES = {"className": "class", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan"}
_EMPTY = frozenset({"br", "hr"})

Instead = Callable[[Component], Component | None]


def markup(tree: Any, *, instead: Instead | None = None, without: Collection[str] = ()) -> str:
    """HTML of dash.html components and of what they hold, all text and attributes escaped. TypeError for other components.

    `instead` may give another component to write, or None for nothing; attributes in `without` are left out.
    """
    parts: list[str] = []
    _Writer(parts, instead or _only_html, frozenset(without)).write(tree)
    return "".join(parts)


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


class _Writer:
    """Appends the text of trees to `parts`. Plain pieces joined once: this is half of what a card's first answer costs."""

    def __init__(self, parts: list[str], instead: Instead, left_out: Collection[str]) -> None:
        self._parts, self._instead, self._left_out = parts, instead, left_out

    def write(self, tree: Any) -> None:
        if tree is None:
            return
        if isinstance(tree, list | tuple):
            for part in tree:
                self.write(part)
        elif isinstance(tree, Component):
            element = self._instead(tree)
            if element is not None:
                self._write_element(element)
        else:
            self._parts.append(str(escape(tree)))

    def _write_element(self, element: Component) -> None:
        name = element_name(element)
        self._parts.append(f"<{name}")
        for key, value in sorted(attributes(element), key=_data_last):  # Dash keeps them in another order at every start
            if value is not None and value is not False and key not in self._left_out:
                self._parts.append(f' {_NAMES.get(key, key)}="{escape(value)}"')
        self._parts.append(">")
        if name not in _EMPTY:
            self.write(getattr(element, "children", None))
            self._parts.append(f"</{name}>")


def _data_last(attribute: tuple[str, Any]) -> tuple[bool, str]:
    return "-" in attribute[0], attribute[0]


def _only_html(element: Component) -> Component:
    if not is_html(element):
        raise TypeError(f"{qualified_name(element)} has to stay a component, it cannot be written as text")
    return element
