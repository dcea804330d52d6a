"""Which page an address asks for, with which choices, and of which place. What comes from the address is parsed, never trusted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from dashboard.cards.guard import or_sentence
from dashboard.cards.page import Page
from dashboard.cards.province import province_code
from dashboard.cards.selection import PROVINCE_KEY, Selection, choose
from dashboard.warehouse import Warehouse
from dashboard.warehouse.gazetteer import codes_of, gazetteer
from vocabulary.gazetteer import Called

ANY = "/*"  # how the path of a page ends that takes the code of a place


@dataclass(frozen=True, kw_only=True)
class Address:
    """`page` is None when there is none; `path` is where it properly is. Of a path that names a place, `place` is its last part, and
    `called` what that names where it is not one place. `ignored`: keys of the query that nobody understands."""

    page: Page | None
    path: str
    selection: Selection
    ignored: tuple[str, ...] = ()
    place: str = ""
    called: Called | None = None

    @property
    def status(self) -> int:
        """Of HTTP: 404 where there is no such page or place, 300 where there are several places."""
        if self.page is None:
            return 404
        return 200 if self.called is None else 300 if self.called.just else 404


def addressed(pages: Sequence[Page], path: str, query: str) -> Address:
    """The page at `path` and the choices of `query`; of a page about one place, the place is part of the choices."""
    given = path.rstrip("/") or "/"
    plain = unquote(given).strip()
    page = next((page for page in pages if page.path == plain.lower() and not page.path.endswith(ANY)), None)
    selection, ignored = Selection.from_query(query)
    if page is not None:
        return Address(page=page, path=page.path, selection=selection, ignored=ignored)
    stem, _, last = plain.rpartition("/")
    page = next((page for page in pages if page.path == stem.lower() + ANY), None)
    if page is None:
        return Address(page=None, path=given, selection=Selection())
    place = Selection.parse({"places": [last]}).places
    one = place if len(place) == 1 else ()  # without one the cards would show a place of their own choice
    chosen = choose(selection, places=one)
    return Address(page=page, path=given, selection=chosen, ignored=ignored, place=last, called=None if one else Called(()))


def located(asked: Address, db: Warehouse) -> Address:
    """The address with places by their codes, whatever they were called. Unread where there is no warehouse: the page will say it."""
    return or_sentence("place of an address", lambda: _located(asked, db), lambda _said: asked, failed="")


def _located(asked: Address, db: Warehouse) -> Address:
    if asked.selection.province:
        province = province_code(db, asked.selection.province)
        ignored = asked.ignored if province else (*asked.ignored, PROVINCE_KEY)
        asked = replace(asked, selection=choose(asked.selection, province=province), ignored=ignored)
    if asked.place:
        found = gazetteer(db).called(asked.place)
        if len(found.just) != 1:
            return replace(asked, called=found, selection=choose(asked.selection, places=None))
        code = found.just[0]["ref_area"]
        stem = (asked.page.path if asked.page else "").removesuffix(ANY)
        chosen = choose(asked.selection, places=(code,))
        return replace(asked, path=f"{stem}/{quote(code)}", place=code, selection=chosen, called=None)
    if not asked.selection.places:
        return asked
    codes, _unknown = codes_of(gazetteer(db), asked.selection.places)
    return replace(asked, selection=choose(asked.selection, places=codes))
