"""The names of places of a build: every province, prefecture and county of the country with the names and codes that it had since 2000,
whether or not this warehouse keeps a figure of it, and the townships and units that it does keep."""

from collections.abc import Sequence

from dashboard.warehouse.places import every_place
from dashboard.warehouse.tables import Tables
from dashboard.warehouse.warehouse import Warehouse
from vocabulary.gazetteer import Gazetteer, Place, names_of


def gazetteer(db: Warehouse) -> Gazetteer:
    """The names of a build, read once."""
    return db.remember("gazetteer", lambda: Gazetteer(every_name(db)))


def every_name(db: Tables) -> list[Place]:
    """All names of places: rows of `places.every_place`, with what `names_of` adds."""
    return names_of(every_place(db).to_dicts(), db.table("core.division").collect().to_dicts())


def codes_of(gazetteer: Gazetteer, stated: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """`stated` with every name that is exactly one kept place's as its code, the others as they are; and those others."""
    found = {words: [row for row in gazetteer.called(words).just if row["kept"]] for words in stated}
    codes = {words: just[0]["ref_area"] for words, just in found.items() if len(just) == 1}
    others = tuple(words for words in stated if words not in codes)
    return tuple(dict.fromkeys(codes.get(words, words) for words in stated)), others
