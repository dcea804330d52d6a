"""Types that Python or Arrow would narrow, and the statement that reads them whole instead.

Fetched as Python values an INTERVAL of a month becomes 30 days, infinity the year 9999, and nanoseconds are cut off; Parquet has no
INTERVAL of DuckDB's kind and no whole numbers of 128 bits. Such a value leaves DuckDB in DuckDB's own text, at any depth of lists,
structs and maps; all others as they are.
"""

from collections.abc import Sequence
from typing import Any

import duckdb

from vocabulary.sql import quoted

_ALWAYS = frozenset(
    {
        "boolean", "tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint", "float", "double",
        "decimal", "varchar", "enum", "blob", "uuid", "null",
    }
)  # fmt: skip
# Leaves that survive the way out. What is on no list (a type that DuckDB gets one day) is text.
IN_JSON = _ALWAYS | {"hugeint", "uhugeint", "bignum", "bit"}
IN_ARROW = _ALWAYS | {
    "date", "time", "time_ns", "timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns", "timestamp with time zone",
}  # fmt: skip
HEAD = "from (\n"  # before the reader's statement; faults are told as if it were not there


def read_whole(connection: duckdb.DuckDBPyConnection, sql: str, kinds: Sequence[Any], kept: frozenset[str]) -> str | None:
    """The statement around `sql` that gives its columns, of types `kinds`, without loss; None when it loses nothing as it is."""
    casts = [_recast(kind, kept) for kind in kinds]
    if not any(casts):
        return None
    names = [f"c{place}" for place in range(len(kinds))]
    told = [f"cast({name} as {cast})" if cast else name for name, cast in zip(names, casts, strict=True)]
    return f"{HEAD}{_alone(connection, sql)}\n) as q({', '.join(names)}) select {', '.join(told)}"


def _recast(kind: Any, kept: frozenset[str]) -> str:
    """The SQL type with VARCHAR in place of every leaf that is not in `kept`; blank when all are."""
    if kind.id in kept:
        return ""
    if kind.id in {"list", "array"}:
        inner = _recast(_child(kind), kept)
        return f"{inner}[]" if inner else ""
    if kind.id in {"struct", "map"}:
        parts = {name: _recast(child, kept) for name, child in kind.children}
        if not any(parts.values()):
            return ""
        if not all(parts):  # a struct without names: row(1, date '2024-01-01')
            return "VARCHAR"
        types = {name: parts[name] or _spelled(child) for name, child in kind.children}
        if kind.id == "map":
            return f"MAP({types['key']}, {types['value']})"
        return "STRUCT(" + ", ".join(f"{quoted(name)} {text}" for name, text in types.items()) + ")"
    return "VARCHAR"


def _child(kind: Any) -> Any:
    return next(child for name, child in kind.children if name == "child")


def _spelled(kind: Any) -> str:
    """The type as SQL; values without a type of their own (null) are text."""
    return str(kind) if "NULL" not in str(kind) else "VARCHAR"


def _alone(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The one statement of `sql` without the semicolon behind it. DuckDB's parser tells it from one inside a text."""
    for place, letter in enumerate(sql):
        if letter == ";":
            try:
                if len(connection.extract_statements(sql[:place])) == 1 and not connection.extract_statements(sql[place + 1 :]):
                    return sql[:place]
            except (duckdb.Error, ValueError):
                continue
    return sql
