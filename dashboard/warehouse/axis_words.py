"""What an axis_key means, in words: for results that hold the key and not the columns it was made from."""

from collections.abc import Collection
from typing import Any

from dashboard.warehouse.warehouse import Warehouse

_TOTAL = "_T"
_PARTS = ("sector", "tier", "post_type", "age_band", "education", "org_unit", "catalogue", "size_band", "category")
# mart → (what its rows are called or None for indicator_zh, columns that complete the words)
_MARTS: tuple[tuple[str, str | None, tuple[str, ...]], ...] = (
    ("mart.fact", None, (*_PARTS, "scope")),
    ("mart.population_staff_ratio", "供养比", ("population_basis", "staff_scope")),
    ("mart.staffing", "编制与实有", ("sector", "tier", "post_type", "scope")),
    ("mart.institution_change", None, (*_PARTS, "scope")),
    ("mart.delegation", "承接率", ("catalogue",)),
    ("mart.delegation_merged", "承接率", ("catalogue",)),
    ("mart.county_size_band", "县（市）个数", ("scope",)),
    ("mart.staff_structure", "人员构成", ("post_type", "scope")),
)
_PREFIX = {"population_basis": "人口", "staff_scope": "人员"}


def axis_words(db: Warehouse, keys: Collection[str]) -> dict[str, str]:
    """The words over an axis, by its key; keys that no mart knows are left out."""
    wanted, words = set(keys), dict[str, str]()
    for mart, name, columns in _MARTS:
        missing = sorted(wanted - words.keys())
        if not missing:
            break
        named = () if name else ("indicator_zh",)
        rows = db.table(mart, axis_key=missing).select("axis_key", *named, *columns).unique().collect()
        for row in rows.sort("axis_key", *columns, nulls_last=True).iter_rows(named=True):
            words.setdefault(row["axis_key"], _spoken(row, name, columns))
    return words


def _spoken(row: dict[str, Any], name: str | None, columns: tuple[str, ...]) -> str:
    parts = [name or row["indicator_zh"]]
    parts += [f"{_PREFIX.get(column, '')}{row[column]}" for column in columns if row[column] and row[column] != _TOTAL]
    return "·".join(parts)
