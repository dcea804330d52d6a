"""What our notes on facts add to rows: where a source leaves its point in time open, and what else a reader has to know."""

from __future__ import annotations

import re

import polars as pl

from dashboard.language.typeset import dated
from dashboard.warehouse.tables import Tables

_RECOMPUTES = re.compile(r"[=÷%]|（计算）|成立|闭合")  # clauses that repeat what the identities of every build check
_OF_TIME = re.compile(r"时点|刊期|年份")
_OWNED = ("ref_area", "source_ids", "time_period")


def clauses(note: str | None, about: re.Pattern[str] | None = None) -> str:
    """A note without the clauses that only recompute its figure, dates in words; `about` keeps those that match it."""
    kept = [part for part in (note or "").split("；") if part and not _RECOMPUTES.search(part)]
    return dated("；".join(part for part in kept if about is None or about.search(part)))


def remark(note: str | None) -> str:
    """What a note says besides the point in time, which `timed` gives."""
    return "；".join(part for part in clauses(note).split("；") if not _OF_TIME.search(part))


def timed(db: Tables, rows: pl.DataFrame) -> pl.DataFrame:
    """`timing`: how the source of a row dates itself, where that is not plain; null where it is.

    A source says so once, so the notes on all its facts of the place and period count.
    """
    facts = (
        db.table("mart.fact")
        .filter(pl.col("note").is_not_null() & pl.col("note").str.contains("时点"))
        .rename({"source_id": "source_ids"})
    )
    noted = facts.select(*_OWNED, "fact_id", "note").collect().sort("fact_id")
    said = noted.with_columns(pl.col("note").map_elements(lambda note: clauses(note, _OF_TIME), return_dtype=pl.String))
    once = pl.col("note").unique(maintain_order=True).str.join("；").alias("timing")
    return rows.join(said.filter(pl.col("note") != "").group_by(_OWNED).agg(once), on=_OWNED, how="left")
