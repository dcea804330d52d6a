"""Tables small enough to see: rows of the marts with a value in every column that a query may ask for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from dashboard.warehouse.tables import Key, meets

Row = dict[str, Any]
WORDS = (
    "doubt", "to_check", "timing", "note", "unclosed_zh", "withheld_zh", "edition", "left_out", "cohort", "cohort_role", "county",
    "province", "scope_coverage", "authorised_fact_ids", "staff_scope",
)  # fmt: skip
DATES = ("period_start", "period_end", "after_start", "after_end")
TYPES: dict[str, Any] = dict.fromkeys(WORDS, pl.String) | dict.fromkeys(DATES, pl.Date)
DIMENSIONS = dict.fromkeys(
    ("sector", "tier", "post_type", "age_band", "education", "org_unit", "catalogue", "size_band", "category"), "_T"
)


class Frames:
    """Tables from lists of rows, or frames as they are: `Frames(mart__fact=[…])`."""

    def __init__(self, **tables: list[Row] | pl.DataFrame) -> None:
        self.tables = {
            name.replace("__", "."): rows if isinstance(rows, pl.DataFrame) else _typed(rows) for name, rows in tables.items()
        }

    def table(self, name: str, **keys: Key) -> pl.LazyFrame:
        return self.tables[name].lazy().filter(*meets(keys))


def _typed(rows: list[Row]) -> pl.DataFrame:
    """A column of nulls has the type that it has in the mart."""
    known = {column: kind for column, kind in TYPES.items() if rows and column in rows[0]}
    return pl.DataFrame(rows, schema_overrides=known, infer_schema_length=None)


def _judged(area: str, axis: str) -> Row:
    return {
        "ref_area": area, "area_name": area, "counted_as": area, "axis_key": axis, "whole_key": f"{area}|{axis}", "may_rank": False,
        "withheld_zh": None, "anonymous": False, "illustrative": False, "doubt": None, "to_check": None, "unclosed_zh": None,
    }  # fmt: skip


def fact(fact_id: str, area: str, indicator: str, value: float, **more: Any) -> Row:
    """A row of mart.fact."""
    row = _judged(area, f"{indicator}|{more.get('scope', '')}") | {
        "fact_id": fact_id, "area_level": "county", "indicator": indicator, "indicator_zh": indicator, "phase": "point", "cohort": None,
        "cohort_role": None, "time_period": "2020", "year": 2020, "obs_value": value, "precision": "exact", "as_stated": "",
        "unit_measure": "个", "scope": "原文口径", "scope_nature": "count", "staff_scope": None, "source_id": "s1", "preferred": True,
        "province": None, "source_title": "某报", "publisher": "某报", "note": None, "timing": None, "grade": "A",
    }  # fmt: skip
    return row | DIMENSIONS | more


def change(area: str, before: float | None, after: float | None, **more: Any) -> Row:
    """A row of mart.institution_change: a pilot of Shanxi's first batch, unless `more` says otherwise."""
    gap = after - before if before is not None and after is not None else None
    scope = more.get("scope", "党政机构（实设）")
    row = _judged(area, f"{more.get('indicator', 'party_gov_bodies')}|{scope}|{more.get('catalogue', '')}") | {
        "area_level": "county", "cohort": "山西第一批试点", "cohort_role": "pilot", "indicator": "party_gov_bodies",
        "indicator_zh": "党政机构数", "unit_measure": "个", "scope": scope, "scope_nature": "count", "scope_coverage": "县级",
        "time_before": "2020", "time_after": "2022-08", "after_start": dt.date(2022, 8, 1), "after_end": dt.date(2022, 8, 31),
        "year": 2022, "before": before, "after": after, "change": gap,
        "change_pct": gap / before * 100 if gap is not None and before else None, "change_pct_stated": None, "before_basis": "stated",
        "after_basis": "stated", "by_plan": False, "fact_ids": f"{area}1,{area}2", "source_ids": "s1",
    }  # fmt: skip
    return row | DIMENSIONS | more


def event(area: str, kind: str, date: str, start: dt.date, end: dt.date, **more: Any) -> Row:
    """A row of mart.timeline."""
    row = {
        "ref_area": area, "area_name": area, "kind": kind, "kind_zh": kind, "date": date, "period_start": start, "period_end": end,
        "cohort_role": "pilot", "title": "", "source_id": "s1", "illustrative": False,
    }  # fmt: skip
    return row | more


def staffing(area: str, authorised: float | None, actual: float | None, **more: Any) -> Row:
    """A row of mart.staffing: a township's staff in post against its posts."""
    row = _judged(area, f"staffing|{more.get('scope', '')}") | {
        "area_level": "township", "county": "某县", "sector": "_T", "tier": "_T", "post_type": "_T", "org_unit": "_T",
        "time_period": "2021", "year": 2021, "scope": "仅乡镇本级在职", "staff_scope": "仅乡镇本级在职", "fills_posts": True,
        "authorised": authorised, "actual": actual, "fill_rate": None, "difference": None, "comparable": True, "timing": None,
        "authorised_basis": "stated", "actual_basis": "stated", "authorised_fact_ids": f"{area}A", "actual_fact_ids": f"{area}B",
        "source_ids": "s1",
    }  # fmt: skip
    return row | more


def band(area: str, size_band: str, counties: float, ends: tuple[int | None, int | None, int], **more: Any) -> Row:
    """A row of mart.county_size_band; `ends` = (from, to, order)."""
    low, high, order = ends
    row = _judged(area, f"county_count|{size_band}") | {
        "area_level": "nation" if area == "CN" else "province", "population_basis": "常住", "scope": "常住·全部县域（普查分县资料）",
        "edition": "七普", "left_out": None, "size_band": size_band, "band_low": low, "band_high": high, "band_order": order,
        "counties": counties, "share": None, "base": None, "preferred": True, "is_partition": area != "CN",
        "time_period": "2020-11-01", "fact_ids": f"{area}{order}", "source_ids": "s1",
    }  # fmt: skip
    return row | more
