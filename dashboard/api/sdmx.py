"""Facts as SDMX-CSV 2.0: one row an observation, components named in capitals, nothing rounded, nothing left out.

STRUCTURE, STRUCTURE_ID and ACTION come first, as the format demands. The key is every dimension of core.fact; FACT_ID is a
short name for it. A component without a value is blank (not reported). TIME_PERIOD `_U` says that the source names no time.
"""

from datetime import date, datetime
from typing import Any

import polars as pl

from dashboard.paper.delimited import csv_bytes
from vocabulary.characters import fit

STRUCTURE_ID = "REFORM:FACTS(1.0)"
MEDIA_TYPE = "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"
KEY = (
    "ref_area", "indicator", "sector", "tier", "post_type", "age_band", "education", "org_unit", "catalogue", "size_band", "category",
    "phase", "scope", "source_id",
)  # fmt: skip
ATTRIBUTES = (
    "unit_measure", "value_low", "value_high", "is_interval", "precision", "as_stated", "year", "period_start", "period_end",
    "period_approx", "locator", "disclosure", "doubt", "to_check", "timing", "arithmetic", "note", "fact_id", "loaded_at", "file", "line",
)  # fmt: skip
COMPONENTS = (*KEY, "time_period", "obs_value", *ATTRIBUTES)


def facts_sdmx(facts: pl.DataFrame) -> bytes:
    """The document. `facts` has the columns of core.fact."""
    head = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *(name.upper() for name in COMPONENTS)]
    rows = [["dataflow", STRUCTURE_ID, "I", *map(_written, row)] for row in facts.select(COMPONENTS).iter_rows()]
    return csv_bytes([head, *rows], for_people=False)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, date | datetime) else fit(str(value))
