"""Rows as the marts hand them to the gate: the columns that it judges by, with what a test does not care about filled in."""

from __future__ import annotations

from typing import Any

import polars as pl

JUDGED: dict[str, Any] = {
    "counted_as": None,
    "axis_key": "实设",
    "whole_key": None,
    "may_rank": True,
    "withheld_zh": None,
    "anonymous": False,
    "illustrative": False,
    "unstated": False,
}
SCHEMA = {name: pl.Boolean if isinstance(value, bool) else pl.String for name, value in JUDGED.items()}


def judged_rows(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """A frame of `rows`: their own columns win, ref_area and counted_as are the name where nothing else is said."""
    filled = []
    for row in rows:
        full = JUDGED | {"ref_area": row["area_name"]} | row
        filled.append(full | {"counted_as": full["counted_as"] or full["ref_area"]})
    return pl.DataFrame(filled, schema_overrides=SCHEMA, infer_schema_length=None)
