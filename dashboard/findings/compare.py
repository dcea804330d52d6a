"""Sentences for places of the reader's own choice: what is known, in how many scopes, and who published nothing."""

from __future__ import annotations

import polars as pl

from dashboard import words
from dashboard.comparability import compare, unranked
from dashboard.findings.pick import Row, ends
from dashboard.findings.sentence import NOTHING_PUBLISHED, Finding, join, number, receipts, say

MOST_SAID = 6  # places named one by one; more are said as a range


def values(rows: pl.DataFrame) -> Finding:
    """Every value while they are few, else the range of each scope with n; then the places without a value."""
    known = rows.filter(pl.col("obs_value").is_not_null())
    if known.is_empty():
        return NOTHING_PUBLISHED
    panels = compare(known).panels
    said = [_scope(panel.rows.to_dicts(), f"{panel.label.replace('　', '、')}：" if len(panels) > 1 else "") for panel in panels]
    silent = unranked(rows, "obs_value")
    tail = f"；{words.listing(silent)}未公布" if silent else ""
    apart = "口径不同的不相互比较。" if len(panels) > 1 else ""
    return say(f"{known['indicator_zh'][0]}：", join(said, "；"), f"{tail}。{apart}")


def _scope(listed: list[Row], lead: str) -> Finding:
    if len(listed) <= MOST_SAID:
        return say(lead, join([say(_name(row), number(_text(row), row["fact_ids"])) for row in listed]))
    found = ends(listed, "obs_value")
    spread = words.span(*found, listed[0]["unit_measure"]) if found else words.NOT_PUBLISHED
    return say(
        lead, number(spread, receipts(*(row["fact_ids"] for row in listed))), f"（n＝{len({row['ref_area'] for row in listed})}）"
    )


def _name(row: Row) -> str:
    phase = {"before": "改革前", "after": "改革后", "plan": "计划"}.get(row["phase"] or "", "")
    when = "" if phase else f"（{words.date(row['time_period'])}）"
    return f"{row['area_name']}{phase}{when}"


def _text(row: Row) -> str:
    return words.stated(row["obs_value"], row["unit_measure"], precision=row["precision"], as_stated=row["as_stated"] or "")
