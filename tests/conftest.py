"""Shared ground of the tests: a small set of sources with every awkward case planted, and the real build over it."""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from etl.build.build import Built

settings.register_profile("calm", deadline=None)  # a busy machine is no failure
settings.load_profile("calm")

FIXTURE = Path(__file__).parent / "fixture" / "sources"
CHROMIUM = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
SOURCES = Path(__file__).parents[1] / "etl" / "sources"
# Pages here live for seconds: scripts compiled for long use, and memory cleared often, are a tenth and more of what loading one takes.
SHORT_LIVED = "--js-flags=--invocation-count-for-maglev=4000 --invocation-count-for-turbofan=20000 --min-semi-space-size=32"


@atexit.register
def _closing_line_stays_last() -> None:
    """At exit DuckDB's binding prints pages of harmless warnings about its own objects below what pytest said."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the fixture's sources, to be spoilt."""
    return Path(shutil.copytree(FIXTURE, tmp_path / "sources"))


@pytest.fixture(scope="session")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real build over the fixture, once a session, in a folder of its own. Read only."""
    from etl.build.build import Plan, build

    return build(Plan(target=tmp_path_factory.mktemp("warehouse") / "warehouse.duckdb", sources=FIXTURE))


@pytest.fixture(scope="session")
def warehouse(first_build: Built) -> Path:
    """Its file."""
    return first_build.target


@pytest.fixture(scope="session")
def corrected_build(first_build: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The next build in such a folder, after one figure was corrected: 农业服务中心 11 → 12 people. Read only."""
    from etl.build.build import Plan, build

    folder = tmp_path_factory.mktemp("corrected")
    shutil.copytree(first_build.target.parent, folder, dirs_exist_ok=True)
    sources = Path(shutil.copytree(FIXTURE, folder / "sources"))
    correct(sources)
    return build(Plan(target=folder / first_build.target.name, sources=sources))


def correct(sources: Path) -> None:
    """The correction, in a copy of the fixture."""
    path = sources / "facts" / "township.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(",11,人,exact,11人") == 1
    path.write_text(text.replace(",11,人,exact,11人", ",12,人,exact,12人"), encoding="utf-8")


@pytest.fixture(scope="session")
def shipped_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real build over the shipped facts, once a session. Read only."""
    from etl.build.build import Plan, build

    target = tmp_path_factory.mktemp("shipped") / "warehouse.duckdb"
    build(Plan(target=target, sources=SOURCES))
    return target


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium a process: a second one beside it cannot be driven from the same thread."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: run `make browser`, or set BROWSER_PATH")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", SHORT_LIVED])
        yield opened
        opened.close()
