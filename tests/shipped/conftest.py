"""What the shipped facts say, asked of the warehouse that is built from them.

Only here do tests name shipped figures: whoever corrects a fact changes its row in etl/sources and, where a test here names
it, that test. The rules that the figures pass through are held on the fixture (tests/etl), which no correction touches.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import SOURCES

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def shipped(request: pytest.FixtureRequest) -> Iterator[Ask]:
    """Rows of a query on the shipped facts."""
    if not (SOURCES / "facts").is_dir():
        pytest.skip("etl/sources holds no facts")
    path: Path = request.getfixturevalue("shipped_file")
    with duckdb.connect(str(path), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()
