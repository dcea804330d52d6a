"""Parts against their total: of one place and series, by a dimension; and the lines of a table against its line of totals."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from etl.intake.finding import Finding, Severity
from etl.intake.layout import Layout
from etl.intake.mapping import AVERAGES
from etl.intake.places import Places
from etl.intake.quantities import DIGITS
from etl.intake.sheets import ROW
from etl.read.facts import NATURAL_KEY
from etl.read.sources import TOTAL, Registries

_PARTED = ("tier", "post_type", "age_band", "education", "org_unit")  # whose values are parts that do not overlap
_ROUNDING = 1e-9
_NO_SUMS = AVERAGES.split("|")


def sum_findings(facts: pl.DataFrame, registries: Registries) -> Iterator[Finding]:
    """Parts that exceed their total, and parts that do not make it."""
    added = [one.indicator for one in registries.records("indicator") if one.kind in {"count", "money", "area"}]
    exact = facts.filter(pl.col("indicator").is_in(added), pl.col("precision") == "exact")
    numbers = exact.with_columns(number=pl.col("obs_value").cast(pl.Float64, strict=False)).drop_nulls("number")
    for dimension in _PARTED:
        keys = [column for column in NATURAL_KEY if column != dimension]
        whole = numbers.filter(pl.col(dimension) == TOTAL).unique(keys, keep="none", maintain_order=True)
        total = whole.select(*keys, pl.col("number").alias("whole"), pl.col("cell").alias("whole_cell"))
        parts = numbers.filter(pl.col(dimension) != TOTAL).join(total, on=keys, how="inner")
        over = parts.filter(pl.col("number") > pl.col("whole") * (1 + _ROUNDING))
        for row in over.iter_rows(named=True):
            message = f"部分大于合计：{row[dimension]} {row['number']:,.12g}，合计（{row['whole_cell']}）{row['whole']:,.12g}"
            yield _told(row, row["cell"], row["as_stated"], message)
        added_up = (
            parts.join(over, on=keys, how="anti").group_by(keys).agg(pl.col("number").sum().alias("sum"), pl.len().alias("parts"))
        )
        beside = whole.join(added_up.filter(pl.col("parts") > 1), on=keys, how="inner", maintain_order="left")
        for row in beside.filter((pl.col("sum") - pl.col("number")).abs() > pl.col("number") * _ROUNDING).iter_rows(named=True):
            message = f"{row['parts']} 个部分相加是 {row['sum']:,.12g}，合计写 {row['number']:,.12g}"
            yield _told(row, row["cell"], row["as_stated"], message, severity="警示")


def total_findings(layout: Layout, places: Places, facts: pl.DataFrame, registries: Registries) -> Iterator[Finding]:
    """A line of totals below (or above) its lines, column by column; only where there is one such line and plain digits in it."""
    roles = {role: letter for role, letter in layout.area.items() if role in {"code", "name"}}
    lines = layout.rows.select(ROW, *(pl.col(letter).alias(role) for role, letter in roles.items()), *layout.values)
    totals = [line for line in lines.iter_rows(named=True) if places.is_total(line) and line.get("name") not in _NO_SUMS]
    added = {one.indicator for one in registries.records("indicator") if one.kind in {"count", "money", "area"}}
    read = facts.filter(pl.col("sheet") == layout.sheet.name)["row"].unique().to_list()
    if len(totals) != 1:
        return
    for letter, fields in layout.values.items():
        column = lines.filter(pl.col(ROW).is_in(read)).select(letter, digits=pl.col(letter).str.contains(DIGITS))
        total, digits = totals[0][letter], column["digits"].all()
        if fields.get("indicator") in added and digits and total and pl.select(pl.lit(total).str.contains(DIGITS)).item():
            added_up = sum(map(float, column[letter]))
            if abs(added_up - float(total)) > max(abs(float(total)) * _ROUNDING, 1e-6) and column.height > 1:
                place: dict[str, Any] = {"sheet": layout.sheet.name}
                words = f"各行相加是 {added_up:,.12g}，合计行写 {float(total):,.12g}"
                yield _told(place, f"{letter}{totals[0][ROW]}", total, words, severity="警示")


def _told(row: dict[str, Any], cell: str, value: str, message: str, *, severity: Severity = "错误") -> Finding:
    fix = "核对各项；来源本来就不相等的照原样保留，在“存疑”里说明"
    return Finding(severity=severity, sheet=row["sheet"], cell=cell, value=value, message=message, fix=fix)
