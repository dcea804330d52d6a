"""The layout of a page, filled, as HTML that can be read before any script of Dash has come.

Components that only a script can make alive are written as what they look like: links, drawings' places. Controls come with the live
page, and so does what is hidden. No id is written: the live page, laid out below the early one, has them all.
"""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from markupsafe import Markup

from dashboard.cards.ids import part_id
from dashboard.cards.markup import markup
from dashboard.dash_adapter.callbacks import Answers
from dashboard.dash_adapter.components import Component, is_html, parts, revived

_LINKED = frozenset({"id", "aria-labelledby", "aria-controls", "htmlFor"})  # attributes that name other elements


def fill(layout: Component, answers: Answers) -> None:
    """Put answers into the components of `layout` that they are for."""
    named = {part.id: part for part in parts(layout) if isinstance(getattr(part, "id", None), str)}
    for name, values in answers.items():
        for prop, value in values.items():
            if isinstance(named[name], dcc.Store):
                _write_parts(named, name, value)
            else:
                setattr(named[name], prop, revived(value))


def early_html(layout: Component, path: str, most_drawn: int) -> tuple[str, list[dict[str, Any]]]:
    """HTML of a filled layout whose address is `path`, and the figures of its first `most_drawn` drawings."""
    writer = _Writer(path, most_drawn)
    return markup(layout, instead=writer.instead, without=_LINKED), writer.figures


class _Writer:
    def __init__(self, path: str, most_drawn: int) -> None:
        self._path, self._most = path, most_drawn
        self.figures: list[dict[str, Any]] = []
        self._write = {
            dcc.Link: self._link,
            dcc.Graph: self._graph,
            dmc.MantineProvider: lambda part: html.Div(part.children),
        }

    def instead(self, part: Component) -> Component | None:
        """What is written for a component; None for nothing."""
        if is_html(part):
            return None if getattr(part, "hidden", False) else part
        make = self._write.get(type(part))
        return make(part) if make else None

    def _link(self, part: Any) -> html.A:
        here = part.href == self._path or self._path.startswith(part.href + "/")
        current = {"aria-current": "page"} if here and getattr(part, "className", "") == "nav__link" else {}
        return html.A(part.children, href=part.href, className=getattr(part, "className", None), **current)

    def _graph(self, part: Any) -> html.Div:
        marks: dict[str, str] = {}
        if len(self.figures) < self._most and part.figure["data"]:
            marks["data-figure"] = str(len(self.figures))
            self.figures.append(part.figure)
        style = ";".join(f"{name}:{value}" for name, value in part.style.items())
        return html.Div(html.Div(className="early__drawing", **marks), className="card__graph", style=style)


def _write_parts(named: dict[str, Component], store: str, written: Any) -> None:
    """What a store of written parts holds goes where assets/written.js would put it."""
    name = store.removeprefix(part_id("", "written"))
    for part, text in (written or {}).items():
        place = named.get(part_id(name, part))
        if place is not None:
            place.children = Markup(text)
