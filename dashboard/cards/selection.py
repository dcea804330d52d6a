"""The reader's choices on a page: one frozen record, written to the address bar and read back from it.

What comes from the address or from the browser's store is in the reader's hands: it is parsed, never trusted.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from dashboard.cards.own import canonical

BASES = ("常住", "户籍", "七普", "未注明")  # population_basis, 人口口径
GROUPS = ("area", "province", "indicator", "scope", "source", "grade")  # what the fact grid can be grouped by
MOST_PLACES = 60
TOO_MANY = "?"  # stands for the keys of an address that has too many of them

_PLACE = re.compile(r"[\w（）()·～、，\-— ]{1,64}")  # codes and slugs; names too, which queries/places.py turns into codes
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,63}")
_CHART = re.compile(r"[a-z][a-z0-9\-]{0,63}")
_NAME = re.compile(r"[\w（）()·～\-—0-9 ]{1,40}")
FACT = re.compile(r"F[0-9a-f]{10}")
MEASURE = re.compile(r"M[0-9a-f]{10}")  # a statement of what a place did, which the drawer shows as it does facts


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Choices that change what charts show. Blank = the page's default (everything, or the page's own choice)."""

    places: tuple[str, ...] = ()  # ref_area codes or slugs; as an address states them, perhaps names
    indicator: str = ""  # slug of core.indicator
    basis: str = ""  # population basis, one of BASES
    cohorts: tuple[str, ...] = ()  # 批次, whole groups of places
    province: str = ""  # code of a provincial-level unit; as an address states it, perhaps a name
    search: str = ""  # quick search of the fact grid
    group: str = ""  # of the fact grid, one of GROUPS
    tables: tuple[str, ...] = ()  # charts whose 表格 tab is open
    own: str = field(default="", repr=False)  # the reader's own numbers (own.py): in no address, no log, no memory

    @classmethod
    def from_query(cls, query: str) -> tuple[Self, tuple[str, ...]]:
        """Selection of an address' query string and the keys of which not everything was understood.

        Of a list what was understood is kept, up to MOST_PLACES of it; for anything else the default stands in.
        """
        try:
            stated = parse_qs(query.removeprefix("?"), max_num_fields=40)
        except ValueError:
            return cls(), (TOO_MANY,)
        kept: dict[str, Any] = {}
        ignored: list[str] = []
        for key, values in stated.items():
            name = _FIELDS.get(key)
            if key in OTHER_KEYS:
                continue
            once = list(dict.fromkeys(values))  # a key that is repeated goes on with a list; of one choice the last counts
            value, whole = (None, False) if name is None else _clean(name, ",".join(once) if name in _LISTS else once[-1])
            if name is not None and value is not None:
                kept[name] = value
            if not whole or (name not in _LISTS and len(once) > 1):
                ignored.append(key[:20])
        return cls(**kept), tuple(ignored)

    @classmethod
    def parse(cls, stored: Any) -> Self:
        """Selection of a store's data; anything that is not one gives the default."""
        if not isinstance(stored, Mapping):
            return cls()
        kept = {}
        for choice in fields(cls):
            value = stored.get(choice.name)
            joined = ",".join(map(str, value)) if isinstance(value, list | tuple) else value
            if isinstance(joined, str) and joined:
                clean, _whole = _clean(choice.name, joined)
                if clean is not None:
                    kept[choice.name] = clean
        return cls(**kept)

    def to_query(self) -> str:
        """Query string without '?'; defaults are left out, so the default page has a bare address."""
        stated = {}
        for key, name in _FIELDS.items():
            value = getattr(self, name)
            if value:
                stated[key] = ",".join(value) if isinstance(value, tuple) else value
        return urlencode(stated, safe=",")

    def to_store(self) -> dict[str, Any]:
        """JSON form for a dcc.Store: non-default fields only."""
        values = {choice.name: getattr(self, choice.name) for choice in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}


def choose(before: Selection, **chosen: Any) -> Selection:
    """`before` with the named choices changed and all others kept. None means the default."""
    return replace(before, **{name: value if value is not None else getattr(Selection, name) for name, value in chosen.items()})


# Keys of the address bar, short and stable (own numbers have none): a copied link must work for years. assets/address.js writes the same keys.
PLACES_KEY, PROVINCE_KEY = "p", "s"
_FIELDS = {
    PLACES_KEY: "places",
    "i": "indicator",
    "b": "basis",
    "c": "cohorts",
    PROVINCE_KEY: "province",
    "q": "search",
    "g": "group",
    "t": "tables",
}
FILTERS = {
    PLACES_KEY: "地区",
    "i": "指标",
    "b": "人口口径",
    "c": "批次",
    PROVINCE_KEY: "省份",
}  # those that change which rows there are
_LISTS = {"places": _PLACE, "tables": _CHART, "cohorts": _NAME}
# Read elsewhere: the fact drawer's, and those of 换算与推算 (components/calculator.py).
OTHER_KEYS = frozenset({"fact", "v", "f", "w", "to", "posts"})
PAGE_KEYS = OTHER_KEYS | (_FIELDS.keys() - FILTERS.keys())  # how a page looks, whatever its rows


def _clean(name: str, stated: str) -> tuple[Any, bool]:
    """Value of one field, None when it is not one; and whether that is all that was stated."""
    if name in _LISTS:
        parts = tuple(dict.fromkeys(part for part in stated.split(",") if part))
        kept = tuple(filter(_LISTS[name].fullmatch, parts))[:MOST_PLACES]
        return kept or None, bool(kept) and kept == parts
    value = _clean_value(name, stated)
    return value, value is not None


def _clean_value(name: str, stated: str) -> str | None:
    if name == "own":
        return canonical(stated)
    if name == "basis":
        return stated if stated in BASES else None
    if name == "group":
        return stated if stated in GROUPS else None
    if name == "indicator":
        return stated if _SLUG.fullmatch(stated) else None
    if name == "search":
        return stated[:80] if stated.isprintable() else None
    return stated if _NAME.fullmatch(stated) else None
