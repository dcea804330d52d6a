"""A statement run on a warehouse file as the sandbox would, in this process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from dashboard.sandbox.runner import Column, Result
from dashboard.sandbox.values import plain


def run(path: Path, sql: str) -> Result:
    """All rows of `sql`."""
    with duckdb.connect(str(path), read_only=True) as connection:
        cursor = connection.execute(sql)
        columns = tuple(Column(name=name, type=str(kind).strip('"')) for name, kind, *_ in cursor.description or ())
        rows: list[list[Any]] = [[plain(value) for value in row] for row in cursor.fetchall()]
    return Result(columns=columns, rows=rows, truncated=False, build_id="b", seconds=0.0)
