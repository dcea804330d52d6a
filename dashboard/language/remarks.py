"""Notes that the rows themselves bring along, and notes as they read away from their page."""

import re

import polars as pl

from dashboard.language import words
from dashboard.language.typeset import dated

_POINTER = re.compile(r" → [^。]*|（见“[^”]*”）")  # to another card of the page: means nothing elsewhere


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
    return tuple(f"分项与合计对不上，不下结论：{told}。" for told in broken)


def without_pointers(note: str) -> str:
    """A note without what it says of other cards of its page (→ 见…, （见“…”）)."""
    return _POINTER.sub("", note)
