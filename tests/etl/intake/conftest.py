"""The shipped registries, read once for all tests of imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.read.sources import Registries, read_registries


@pytest.fixture(scope="session")
def registries() -> Registries:
    return read_registries(Path(__file__).parents[3] / "etl" / "sources")
