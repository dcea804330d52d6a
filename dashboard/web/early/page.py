"""The early page of an address: made once per build, whole or not at all."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from dash import Dash

from dashboard.cards import ids
from dashboard.cards.graph import GRAPH_CONFIG
from dashboard.dash_adapter.components import Component, parts
from dashboard.warehouse import Warehouse
from dashboard.web.early.answers import Asker, PartFailedError
from dashboard.web.early.writer import early_html, fill

MOST_DRAWN = 4  # drawings that the first screen of a large monitor can show

log = logging.getLogger(__name__)
Layout = Callable[[str, str], Component | None]  # path, query → shell and page; None: not a page that is written early


@dataclass(frozen=True, kw_only=True)
class EarlyPage:
    """`markup` is the body; `drawings` the JSON text that assets/early.first.js draws from."""

    title: str
    markup: str
    drawings: str
    draws: bool


class EarlyPages:
    """Writes the early pages of `app`. `layout` gives what the live page will be."""

    def __init__(self, app: Dash, db: Warehouse, layout: Layout) -> None:
        self._asker, self._db, self._layout = Asker(app.server), db, layout

    def page(self, path: str, query: str) -> EarlyPage | None:
        """The early page, or None where there is none or a part of it fails: the live page will say so."""
        with self._db.reading() as build:
            if build is None:
                return None
            try:
                return self._db.remember(("early", path, query), lambda: self._made(path, query))
            except PartFailedError:
                return None
            except Exception:  # a page that cannot be written early comes live, as every page did before
                log.exception("early page of %s failed", path)
                return None

    def _made(self, path: str, query: str) -> EarlyPage | None:
        layout = self._layout(path, query)
        if layout is None:
            return None
        named = {part.id: part for part in parts(layout) if isinstance(getattr(part, "id", None), str)}
        store: dict[str, Any] = named[ids.CHOSEN].data
        fill(layout, self._asker.answers(store, named))
        markup, figures = early_html(layout, store["path"], MOST_DRAWN)
        drawings = orjson.dumps({"config": GRAPH_CONFIG, "figures": figures}).decode().replace("<", "\\u003c")
        return EarlyPage(title=store["title"], markup=markup, drawings=drawings, draws=bool(figures))
