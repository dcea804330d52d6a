"""The app with patience: what is tested is what it answers, not how fast a loaded machine starts a process."""

from __future__ import annotations

from pathlib import Path

import pytest
from dash import Dash

from dashboard.settings import Settings
from dashboard.warehouse import Warehouse
from dashboard.web.app import create_app


@pytest.fixture(scope="session")
def app(warehouse: Path) -> Dash:
    return create_app(warehouse, settings=Settings(sql_seconds=60))


@pytest.fixture(scope="module")
def db(warehouse: Path) -> Warehouse:
    return Warehouse(warehouse)
