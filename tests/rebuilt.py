"""Further builds of the real warehouse for tests that replace the file under its readers, made without building anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

# The columns that a build with `extra` shows otherwise: whatever pages print of the counts in them.
COUNTS = {
    "core.fact": ("obs_value", "value_low", "value_high"),
    "mart.fact": ("obs_value", "value_low", "value_high"),
    "mart.staffing": ("authorised", "authorised_low", "authorised_high", "actual", "actual_low", "actual_high"),
    "mart.institution_change": ("before", "after"),
}


def rebuilt(source: Path, path: Path, *, build_id: str = "b1", extra: int = 0, internal: str = "false") -> None:
    """The build of `source` at `path` under another build id; `extra` is added to every count that pages print. The
    facts that meet the condition `internal` must not leave the office, all others are public."""
    shutil.copyfile(source, path)
    with duckdb.connect(str(path)) as db:
        db.execute("update meta.build set build_id = ?", [build_id])
        for table in ("core.fact", "mart.fact"):
            db.execute(f"update {table} set disclosure = if({internal}, 'internal', 'public')")
        for table, columns in COUNTS.items() if extra else ():
            db.execute(f"update {table} set " + ", ".join(f"{column} = {column} + {extra}" for column in columns))
        db.execute("checkpoint")
