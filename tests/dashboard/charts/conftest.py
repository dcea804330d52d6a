"""The shipped facts, built once for the tests of charts, sentences and queries that must hold on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.warehouse import Warehouse

SOURCES = Path(__file__).parents[3] / "etl" / "sources"


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Reader of a fresh build of etl/sources."""
    from etl.build import Plan, build

    target = tmp_path_factory.mktemp("shipped") / "warehouse.duckdb"
    build(Plan(target=target, sources=SOURCES))
    return Warehouse(target)
