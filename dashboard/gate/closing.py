"""Sources whose own sums do not come out: what they print is kept, and nothing is concluded from it."""

from __future__ import annotations

import polars as pl

from dashboard.warehouse.tables import Tables


def concluded(db: Tables, rows: pl.DataFrame, *also: str) -> pl.DataFrame:
    """Rows of mart.staffing with `unbalanced`: the sum that the source itself breaks, in its own numbers; null where none is.

    A source that contradicts itself does not say how many posts or people there are: such a row is not `comparable`, its
    difference and fill rate are null, and so are the columns named in `also`.
    """
    rows = with_faults(db, rows)
    closes = pl.col("unbalanced").is_null()
    return rows.with_columns(
        pl.col("comparable") & closes, *(pl.when(closes).then(name).alias(name) for name in ("difference", "fill_rate", *also))
    )


def with_faults(db: Tables, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` of posts and people with `unbalanced`; other columns as they are."""
    broken = (
        db.table("mart.identity_balance").filter(pl.col("expected") == "contradicts").select("title_zh", "fact_ids").collect()
    )
    broken = (
        broken.with_columns(pl.col("fact_ids").str.split(",").alias("fact_id")).explode("fact_id").select("fact_id", "title_zh")
    )
    numbered = rows.with_row_index("row")
    # Only totals that the source itself prints can be broken by its parts; a total that we added up is ours.
    printed = [
        numbered.filter(pl.col(f"{side}_basis") == "stated").select(
            "row", pl.col(f"{side}_fact_ids").str.split(",").alias("fact_id")
        )
        for side in ("authorised", "actual")
    ]
    found = (
        pl.concat(printed).explode("fact_id").join(broken, on="fact_id")
        .group_by("row", maintain_order=True)
        .agg(pl.col("title_zh").unique(maintain_order=True).str.join("；").alias("unbalanced"))
    )  # fmt: skip
    return numbered.join(found, on="row", how="left", maintain_order="left").drop("row")
