"""Registered briefs over the shipped facts, a kept-open browser, and a picture that costs nothing."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterator

import pytest

from dashboard.paper.briefs import BRIEFS
from dashboard.paper.composition import Composition, compose
from dashboard.paper.studio import Studio, studio

CHROMIUM = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
# One white dot: enough where only the place of a picture matters.
DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC")


@pytest.fixture(scope="session")
def composed(shipped) -> dict[str, Composition]:
    """Every registered brief over the shipped facts."""
    return {name: compose(shipped, template.brief(shipped)) for name, template in BRIEFS.items()}


@pytest.fixture(scope="session")
def open_studio() -> Iterator[Studio]:
    if CHROMIUM is None:
        pytest.skip("no Chromium: run `make browser`, or set BROWSER_PATH")
    with studio() as opened:
        yield opened
