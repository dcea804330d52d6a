"""Further builds of the real warehouse for tests that replace the file under its readers, made without building anew."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import duckdb

from etl.build.build import Plan, build
from tests.conftest import SOURCES

# The columns that a build with `extra` shows otherwise: whatever pages print of the counts in them.
COUNTS = {
    "core.fact": ("obs_value", "value_low", "value_high"),
    "mart.fact": ("obs_value", "value_low", "value_high"),
    "mart.staffing": ("authorised", "authorised_low", "authorised_high", "actual", "actual_low", "actual_high"),
    "mart.institution_change": ("before", "after"),
}


@lru_cache(maxsize=1)
def _real() -> Path:
    """The build over the shipped facts, once a process."""
    folder = Path(tempfile.mkdtemp(prefix="reform-rebuilt-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    target = folder / "warehouse.duckdb"
    build(Plan(target=target, sources=SOURCES, fingerprints=folder / "fingerprints.csv"))
    return target


def rebuilt(path: Path, *, build_id: str = "b1", extra: int = 0) -> None:
    """The real warehouse at `path` under another build id; `extra` is added to every count that pages print."""
    shutil.copyfile(_real(), path)
    with duckdb.connect(str(path)) as db:
        db.execute("update meta.build set build_id = ?", [build_id])
        for table, columns in COUNTS.items() if extra else ():
            db.execute(f"update {table} set " + ", ".join(f"{column} = {column} + {extra}" for column in columns))
        db.execute("checkpoint")
