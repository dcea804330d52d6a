"""A query's result as a polars frame with the types that DuckDB gave, for Parquet and for workbooks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import polars as pl

from dashboard.sandbox.runner import Result

_WHOLE = re.compile(r"U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)")
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
_Read = Callable[[Any], Any]
_TYPES: dict[str, tuple[Any, _Read]] = {
    "BOOLEAN": (pl.Boolean(), bool),
    "FLOAT": (pl.Float64(), float),
    "DOUBLE": (pl.Float64(), float),
    "DATE": (pl.Date(), date.fromisoformat),
    "TIME": (pl.Time(), time.fromisoformat),
    "TIMESTAMP": (pl.Datetime("us"), datetime.fromisoformat),
    "TIMESTAMP_S": (pl.Datetime("us"), datetime.fromisoformat),
    "TIMESTAMP_MS": (pl.Datetime("us"), datetime.fromisoformat),
}


def result_frame(result: Result) -> pl.DataFrame:
    """The rows, typed. Lists, structs and what fits no type of polars are text (JSON). Equal names get _2, _3 …"""
    names = unique_names([column.name for column in result.columns])
    series = []
    for place, (name, column) in enumerate(zip(names, result.columns, strict=True)):
        series.append(_series(name, column.type, [row[place] for row in result.rows]))
    return pl.DataFrame(series)


def unique_names(names: Sequence[str]) -> list[str]:
    """Names that occur once each, none blank."""
    taken: set[str] = set()
    unique = []
    for name in names:
        base, made, number = name or "列", name or "列", 1
        while made in taken:
            number += 1
            made = f"{base}_{number}"
        taken.add(made)
        unique.append(made)
    return unique


def _series(name: str, kind: str, values: list[Any]) -> pl.Series:
    dtype, read = _typed(kind)
    try:
        return pl.Series(name, [None if value is None else read(value) for value in values], dtype=dtype)
    except (ValueError, TypeError, OverflowError, InvalidOperation, pl.exceptions.PolarsError):
        return pl.Series(name, [_text(value) for value in values], dtype=pl.String())


def _typed(kind: str) -> tuple[Any, _Read]:
    if _WHOLE.fullmatch(kind):
        return pl.Int64(), int
    decimal = _DECIMAL.fullmatch(kind)
    if decimal:
        return pl.Decimal(38, int(decimal[2])), lambda value: Decimal(str(value))
    return _TYPES.get(kind, (pl.String(), _text))


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
