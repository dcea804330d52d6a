"""How the places of a panel follow each other: by the value that is shown, and in which words that is said.

An order is no rank: it is drawn where nothing may be ranked too, and then says so (`charts.notes`).
"""

import polars as pl

from dashboard.language import words

BEFORE, AFTER = "before", "after"


def largest_first(rows: pl.DataFrame) -> bool:
    """From the largest, unless rows of this measure may be ranked and less is better."""
    ranked_by_less = (pl.col("direction") == "lower_better") & pl.col("direction_zh").is_not_null()
    return not rows.select(ranked_by_less.any()).item()


def in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of one panel by what their place shows, each place's rows together: its value after the reform, else its only one.

    Where others have a later value, a place of which only the start is known stands behind them. One place alone keeps its course.
    """
    if rows["ref_area"].n_unique() < 2:
        return rows
    phase, value = pl.col("phase"), pl.col("obs_value")
    later = value.filter(phase != BEFORE).last()
    shown = pl.coalesce(value.filter(phase == AFTER).last(), later, value.last())
    by = {
        "no_later": later.is_null().over("ref_area") & (phase != BEFORE).any(),
        "shown": shown.over("ref_area") * (-1 if largest_first(rows) else 1),
    }
    seen = rows.with_row_index("at").with_columns(pl.col("at").min().over("ref_area").alias("first"), **by)
    return seen.sort("no_later", "shown", "first", "at", nulls_last=True).drop("no_later", "shown", "first", "at")


def said(rows: pl.DataFrame) -> str:
    """按改革后从多到少 for rows with an `axis` and a value; blank where no panel holds two places."""
    known = rows.filter(pl.col("obs_value").is_not_null() & pl.col("axis_key").is_not_null())
    ordered = known.filter(pl.col("ref_area").n_unique().over("axis") > 1)
    if ordered.is_empty():
        return ""
    has_after = (ordered["phase"] == AFTER).any()
    by = "改革后" if has_after and ordered["phase"].is_in([BEFORE, AFTER]).all() else "改革后或所列数值" if has_after else "数值"
    each = "各栏" if known["axis"].n_unique() > 1 else ""
    return f"{each}按{by}{words.order(largest_first(rows), ordered['unit_measure'][0])}"
