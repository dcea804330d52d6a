"""Which page an address asks for, and with which choices. What comes from the address is parsed, never trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from dashboard.cards.page import Page
from dashboard.cards.selection import Selection, choose

ANY = "/*"  # how the path of a page ends that takes the code of a place


@dataclass(frozen=True, kw_only=True)
class Address:
    """`page` is None when there is none; `place` is the last part of a path that names one, as written."""

    page: Page | None
    path: str
    selection: Selection
    ignored: tuple[str, ...] = ()
    place: str = ""


def addressed(pages: Sequence[Page], path: str, query: str) -> Address:
    """The page at `path` and the choices of `query`; of a page about one place, the place is part of the choices."""
    path = path.rstrip("/") or "/"
    page = next((page for page in pages if page.path == path and not page.path.endswith(ANY)), None)
    if page is not None:
        selection, ignored = Selection.from_query(query)
        return Address(page=page, path=path, selection=selection, ignored=ignored)
    stem, _, last = path.rpartition("/")
    page = next((page for page in pages if page.path == stem + ANY), None)
    if page is None:
        return Address(page=None, path=path, selection=Selection())
    selection, ignored = Selection.from_query(query)
    place = Selection.parse({"places": [unquote(last)]}).places
    return Address(page=page, path=path, selection=choose(selection, places=place), ignored=ignored, place=unquote(last)[:64])
