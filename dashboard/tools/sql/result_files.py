"""A query's result as CSV or Parquet. A file that was cut says so, and a value keeps its type or DuckDB's own text for it."""

import io
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow
import pyarrow.compute
import pyarrow.parquet

from dashboard.paper.caption import INTERNAL
from dashboard.paper.delimited import cell, csv_bytes, harmless
from dashboard.paper.extent import Extent, whole
from dashboard.sandbox.runner import Result, TypedResult
from dashboard.tools.sql.roles import SOURCES, is_fact_column

# Types whose text is DuckDB's and nobody's words: -3 days is no formula.
_NO_WORDS = re.compile(
    r"U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|BIGNUM|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN|DATE|TIME.*|INTERVAL|UUID|BIT"
)
_DIGITS = 38  # of the widest number of Parquet
_WHOLE = frozenset({"HUGEINT", "UHUGEINT", "BIGNUM"})  # wider than any whole number of Parquet


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was run and what came of it, with the ids of the sources of its rows. `internal`: the server shows internal facts, so the file says 内部资料."""

    sql: str
    params: Mapping[str, Any]
    result: Result
    sources: tuple[str, ...] = ()
    internal: bool = False


def extent(result: Result | TypedResult) -> Extent:
    """How much of the result its rows are."""
    rows = len(result.rows) if isinstance(result, Result) else result.table.num_rows
    return Extent(shown=rows, total=None if result.truncated else rows)


def result_csv(asked: Asked, *, last_line: bool = False) -> bytes:
    """UTF-8 with BOM; text that a spreadsheet would run begins with '. In internal mode a last column says 内部资料.

    `last_line`: a table that was cut ends with a line that says so, for people; a program reads the name and the headers."""
    result = asked.result
    guarded = [_NO_WORDS.fullmatch(column.type) is None for column in result.columns]
    marked = [INTERNAL] if asked.internal else []
    lines = [[*map(harmless, unique_names([column.name for column in result.columns])), *(["密级"] if marked else [])]]
    lines += [[*(_written(value, guard) for value, guard in zip(row, guarded, strict=True)), *marked] for row in result.rows]
    said = extent(result).last_line
    if last_line and said:
        named = f"；来源 {'、'.join(asked.sources)}" if asked.sources else ""
        lines.append([f"{said}数据版本 {result.build_id}{named}"])
    return csv_bytes(lines, for_people=True)


def result_parquet(asked: TypedResult, sources: Sequence[str], *, internal: bool = False) -> bytes:
    """Columns with their types. The properties of the file name build, sources and how much of the result it holds.

    In internal mode a last column says 内部资料."""
    names, columns = [column.name for column in asked.columns], list(asked.table.columns)
    columns = [
        _whole_numbers(values) if column.type in _WHOLE else values for values, column in zip(columns, asked.columns, strict=True)
    ]
    if internal:
        names, columns = [*names, "密级"], [*columns, pyarrow.array([INTERNAL] * asked.table.num_rows, pyarrow.string())]
    return _parquet(pyarrow.table(columns, names=unique_names(names)), asked.build_id, extent(asked), sources)


def frame_parquet(rows: pl.DataFrame, *, build_id: str, sources: Sequence[str]) -> bytes:
    """All rows of a frame with their types, and the properties that `result_parquet` states."""
    return _parquet(rows.to_arrow(compat_level=pl.CompatLevel.oldest()), build_id, whole(rows.height), sources)


def _parquet(table: pyarrow.Table, build_id: str, held: Extent, sources: Sequence[str]) -> bytes:
    stated = {
        "build_id": build_id, "rows": str(held.shown), "truncated": str(held.truncated).lower(), "source_ids": ",".join(sources),
    }  # fmt: skip
    if held.total is not None:
        stated["total_rows"] = str(held.total)
    target = io.BytesIO()
    pyarrow.parquet.write_table(table.replace_schema_metadata(stated), target)
    return target.getvalue()


def unique_names(names: Sequence[str]) -> list[str]:
    """Names that occur once each, none blank: equal ones get _2, _3 …"""
    taken: set[str] = set()
    unique = []
    for name in names:
        base, free, number = name or "列", name or "列", 1
        while free in taken:
            number += 1
            free = f"{base}_{number}"
        taken.add(free)
        unique.append(free)
    return unique


def text_of(value: Any) -> str:
    """A value that is no number as text; lists and structs as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _written(value: Any, guard: bool) -> Any:
    if isinstance(value, list | dict):
        value = text_of(value)
    return value if isinstance(value, str) and not guard else cell(value)


def _whole_numbers(values: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
    """Whole numbers that came as text: of 64 bits where all fit, else with 38 digits, else the text."""
    digits = pyarrow.compute.max(pyarrow.compute.utf8_length(pyarrow.compute.utf8_trim(values, "-"))).as_py() or 0
    for kind, most in ((pyarrow.int64(), 19), (pyarrow.decimal128(_DIGITS, 0), _DIGITS)):
        if digits <= most:  # Arrow wraps a number of more digits around into another one
            with suppress(pyarrow.ArrowInvalid):
                return values.cast(kind)
    return values


def references(asked: TypedResult) -> Result:
    """The columns that name sources or facts, as a result of their own."""
    held = [at for at, column in enumerate(asked.columns) if column.name in SOURCES or is_fact_column(column.name)]
    rows = [list(row) for row in zip(*(asked.table.column(at).to_pylist() for at in held), strict=True)]
    columns = tuple(asked.columns[at] for at in held)
    return Result(columns=columns, rows=rows, truncated=False, build_id=asked.build_id, seconds=0.0)
