"""Places whose population and payroll are both known: what a what-if question can start from."""

from __future__ import annotations

import polars as pl

from dashboard.warehouse.tables import Tables


def ratio_bases(db: Tables) -> pl.DataFrame:
    """One row a place, phase and pair of scopes: `key` (for the address bar), area, phase, period, scopes, both intervals, ids."""
    known = pl.any_horizontal(pl.col("population_low", "population_high").is_not_null()) & pl.any_horizontal(
        pl.col("staff_low", "staff_high").is_not_null()
    )
    return (
        db.table("mart.population_staff_ratio", illustrative=False)
        .filter(known)
        .collect()
        .with_columns(pl.concat_str("ref_area", "phase", "population_basis", separator=".").alias("key"))
        .sort("anonymous", "ref_area", "phase", "population_basis", "fact_ids")
        .unique("key", keep="first", maintain_order=True)
    )
