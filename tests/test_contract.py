"""The shape of the warehouse, and the number that goes up with it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from vocabulary import contract

_SHAPE = """select schema_name, table_name, column_name, data_type from duckdb_columns()
where database_name = 'wh' and schema_name in ('core', 'mart', 'quality', 'meta', 'zh') order by all"""


def test_another_shape_has_another_number(warehouse: Path):
    with duckdb.connect(":memory:") as db:
        db.execute(f"attach '{warehouse}' as wh (read_only)")
        shape = hashlib.sha256(repr(db.execute(_SHAPE).fetchall()).encode()).hexdigest()[:16]
    assert shape == contract.SHAPE, (
        f"tables, columns or types changed: in vocabulary/contract.py write NUMBER = {contract.NUMBER + 1} and SHAPE = {shape!r}"
    )
