"""Notes that the rows themselves bring along."""

from __future__ import annotations

import polars as pl

from dashboard.language import words
from dashboard.language.typeset import dated


def timing(rows: pl.DataFrame) -> tuple[str, ...]:
    """How a source dates itself, beside the period under which its figures are shown."""
    told = (
        f"时点：{row['area_name']}按{words.date(row['time_period'])}，{dated(row['timing'])}。"
        for row in rows.to_dicts()
        if row.get("timing")
    )
    return tuple(dict.fromkeys(told))


def closing(rows: pl.DataFrame) -> tuple[str, ...]:
    """Sources whose own parts do not add up, in their own numbers."""
    broken = rows["unclosed_zh"].drop_nulls().unique(maintain_order=True) if "unclosed_zh" in rows.columns else ()
    return tuple(f"来源不闭合，不下结论：{told}。" for told in broken)
