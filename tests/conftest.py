"""Shared ground of the tests: a small set of sources with every awkward case planted, and the real build over it."""

import shutil
from pathlib import Path

import pytest

FIXTURE = Path(__file__).parent / "fixture" / "sources"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the fixture's sources, to be spoilt."""
    return Path(shutil.copytree(FIXTURE, tmp_path / "sources"))


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real build over the fixture, once a session. Read only."""
    from etl.build import Plan, build

    target = tmp_path_factory.mktemp("warehouse") / "warehouse.duckdb"
    build(Plan(target=target, sources=FIXTURE))
    return target
