"""The warehouse that answers are held against."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.warehouse import Warehouse


@pytest.fixture(scope="module")
def db(warehouse: Path) -> Warehouse:
    return Warehouse(warehouse)
