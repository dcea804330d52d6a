"""The stamp that every export carries: from which build, chart, selection and facts it was made. Format: docs/export-stamp.md.

`python -m etl verify FILE` reads it back; etl has its own reader, the JSON below is the contract between the two.

    {"stamp": "reform-metrics/1", "build": "…", "built_at": "2025-06-30T09:00:00",
     "charts": [{"id": "towns-take-up", "selection": ""}], "facts": {"F0123456789": ["23", "9f8a0c1d"]}, "check": "…"}

`facts` maps a fact to its value and to the first 8 hex digits of the SHA-256 of its claim (see `claim`); `check` is the first
16 of the SHA-256 of the stamp without it, so that a cut stamp is noticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import polars as pl

from dashboard.warehouse import Build, Warehouse
from vocabulary.characters import fit

FORMAT = "reform-metrics/1"
KEYWORD = "reform-metrics-stamp"  # of the PNG chunk, of the SVG element, and the stem of the office properties
_CLAIM = ("obs_value", "value_low", "value_high", "precision", "unit_measure", "as_stated")
_PIECE = 240  # office programs keep at most 255 characters of a property
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


@dataclass(frozen=True, kw_only=True)
class Made:
    """One card inside an export."""

    chart_id: str
    selection: str  # query string, "" for the default


def claim(fact: Mapping[str, Any]) -> str:
    """What a fact claims, as one line; a change of any part of it is a change of the fact."""
    return "|".join(_written(fact[name]) for name in _CLAIM)


def _written(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float | int) else str(value)


def stamp(db: Warehouse, build: Build, made: Sequence[Made], fact_ids: Iterable[str]) -> str:
    """The stamp as compact JSON in ASCII. Facts that the build does not have are left out."""
    wanted = sorted(set(fact_ids))
    rows = db.table("core.fact").filter(pl.col("fact_id").is_in(wanted)).sort("fact_id").collect() if wanted else pl.DataFrame()
    facts = {row["fact_id"]: [_written(row["obs_value"]), _digest(claim(row), 8)] for row in rows.iter_rows(named=True)}
    content = {
        "stamp": FORMAT,
        "build": build.build_id,
        "built_at": build.built_at.isoformat(timespec="seconds") if build.built_at else "",
        "charts": [{"id": one.chart_id, "selection": one.selection} for one in made],
        "facts": facts,
    }
    return _compact(content | {"check": _digest(_compact(content), 16)})


def properties(stamped: str, build_id: str) -> dict[str, str]:
    """The stamp as properties of an office file: one that people read, and the stamp in numbered pieces."""
    pieces = [stamped[start : start + _PIECE] for start in range(0, len(stamped), _PIECE)]
    return {"数据版本": build_id} | {f"{KEYWORD}-{number:03d}": piece for number, piece in enumerate(pieces, start=1)}


def custom_properties_part(values: Mapping[str, str]) -> bytes:
    """docProps/custom.xml for the office libraries that do not write it themselves."""
    listed = "".join(
        f'<property fmtid="{_PROPERTY_SET}" pid="{number}" name="{escape(name)}"><vt:lpwstr>{escape(fit(value))}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(values.items(), start=2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{listed}</Properties>'
    ).encode()


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


def _compact(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=True, separators=(",", ":"))
