"""The Chinese words for codes, as the warehouse has them (core.code): phases, precision, grades, levels, dimensions …"""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.warehouse.tables import Tables
from dashboard.warehouse.warehouse import Warehouse

Codes = Mapping[str, Mapping[str, str]]


def codes(db: Warehouse) -> Codes:
    """Words by list and code, in the order in which they are listed: `codes(db)["phase"]["before"]` is 改革前. Read once a build."""
    return db.remember("codes", lambda: read_codes(db))


def read_codes(db: Tables) -> Codes:
    """`codes` from any tables, read anew."""
    rows = db.table("core.code").sort("code_list", "position").collect()
    listed: dict[str, dict[str, str]] = {}
    for row in rows.iter_rows(named=True):
        listed.setdefault(row["code_list"], {})[row["code"]] = row["name_zh"]
    return MappingProxyType({name: MappingProxyType(words) for name, words in listed.items()})


def phase_zh(names: Codes, phase: str | None) -> str:
    """改革前, 改革后, 变化量, 计划数; blank for a value at a point in time, of which nothing has to be said."""
    return "" if phase in {None, "point"} else names["phase"].get(str(phase), str(phase))
