"""What every query starts from: tables by name, and rows of mart.fact under the ids that charts carry."""

from collections.abc import Collection, Mapping
from typing import Protocol

import polars as pl

from vocabulary.alphabet import by_pinyin

Key = str | int | bool | None | Collection[str] | Collection[int]  # what a column must be, or one of what

TOTAL = "_T"

UNSTATED = "未注明"  # population_basis, staff_scope: a side that the source leaves open
OWN_PAYROLL = "乡镇本级"  # scope_coverage: a township's own posts and people, not what its county pays
STATED = "stated"  # basis of a ratio in its source's own words
CONVERTED, RECOMPUTED = "converted", "recomputed"  # of one that is not

# Dimensions that must be `_T` where a query asks for totals.
DIMENSIONS = ("sector", "tier", "post_type", "age_band", "education", "org_unit", "catalogue", "size_band", "category")

KIND = "类型="  # before the kind of thing in a category
# Parts of a staff in the order that readers expect: from young to old, from the highest degree down.
CATEGORIES = ("30岁以下", "30-45岁", "45岁以上", "本科及以上", "大专", "大专以下")


class Tables(Protocol):
    """Anything that gives warehouse tables as lazy frames; the Warehouse does, a test's dict of frames may."""

    def table(self, name: str, **keys: Key) -> pl.LazyFrame:
        """The rows of a table that meet all keys (`listed_keys`)."""


def listed_keys(keys: Mapping[str, Key]) -> dict[str, list[str | int]]:
    """What each column may be. As in SQL nothing equals None, so that a key of None or of an empty collection leaves no row."""
    listed = {column: [key] if isinstance(key, str | int | None) else key for column, key in keys.items()}
    return {column: [value for value in values if value is not None] for column, values in listed.items()}


def meets(keys: Mapping[str, Key]) -> list[pl.Expr]:
    """`keys` as filters of a frame."""
    return [pl.col(column).is_in(values) for column, values in listed_keys(keys).items()]


def facts(db: Tables, *indicators: str, **keys: Key) -> pl.LazyFrame:
    """Preferred, non-illustrative facts of the indicators, with `fact_ids` and `source_ids` as other marts name them."""
    rows = db.table("mart.fact", indicator=indicators, preferred=True, illustrative=False, **keys)
    return rows.with_columns(pl.col("fact_id").alias("fact_ids"), pl.col("source_id").alias("source_ids"))


def changes(db: Tables, *indicators: str, **keys: Key) -> pl.LazyFrame:
    """Before–after rows of the indicators, without illustrative and unnamed places (those repeat named ones)."""
    return db.table("mart.institution_change", indicator=indicators, illustrative=False, anonymous=False, **keys)


def first_of(column: str) -> pl.Expr:
    """All ids of a group as one comma list, in row order and each once."""
    return pl.col(column).str.split(",").explode().drop_nulls().unique(maintain_order=True).str.join(",").alias(column)


def place_in(column: str, order: Collection[str]) -> pl.Expr:
    """Position of a value in the order that readers expect; others come last."""
    places = {name: place for place, name in enumerate(order)}
    return pl.col(column).replace_strict(places, default=len(places), return_dtype=pl.Int32)


def sorted_by_name(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """`rows` by the pinyin of names in `columns`, the first before the others; polars itself would go by numbers of characters."""
    keys = [tuple(map(by_pinyin, names)) for names in rows.select(columns).iter_rows()]
    return rows[sorted(range(rows.height), key=keys.__getitem__)]


def year_of(column: str) -> pl.Expr:
    """The year of a period, null when it has none (_U)."""
    return pl.col(column).str.extract(r"^(\d{4})").cast(pl.Int32)
