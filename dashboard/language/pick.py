"""Picking rows for a sentence: by what they are about, never by their place in the frame."""

from typing import Any

import polars as pl

Row = dict[str, Any]


def every(rows: pl.DataFrame, **equal: Any) -> list[Row]:
    """Rows whose columns have these values, in the order of the frame."""
    return rows.filter(**equal).to_dicts()


def one(rows: pl.DataFrame, **equal: Any) -> Row | None:
    """The first such row; None when the warehouse holds none, so that the sentence can do without it."""
    found = every(rows, **equal)
    return found[0] if found else None


def ends(rows: list[Row], column: str) -> tuple[float, float] | None:
    """Smallest and largest known value; None when there is none."""
    known = [row[column] for row in rows if row[column] is not None]
    return (min(known), max(known)) if known else None


def published_by(rows: pl.DataFrame) -> int:
    """How many places published what `rows` holds only the first of; 0 where nothing was cut."""
    return int(rows["published_by"].max() or 0) if "published_by" in rows.columns else 0  # type: ignore[arg-type]
