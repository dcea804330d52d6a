"""The figures of a layout as facts: a text row for each, with its cell. Whole columns at once.

Words of a workbook (改革前, 常住人口, a title of a source) become codes here; what has no code is left for the judge to name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import polars as pl

from etl.intake.dates import read_dates
from etl.intake.finding import Finding
from etl.intake.layout import Layout
from etl.intake.mapping import TOTALS
from etl.intake.quantities import read_numbers
from etl.intake.sheets import ROW
from etl.intake.units import factor
from etl.read.facts import COLUMNS
from etl.read.registry import DIMENSIONS
from etl.read.sources import TOTAL, Registries

PLACE = ("sheet", "row", "cell")  # where a figure stands
DEFAULTS = dict.fromkeys(DIMENSIONS, TOTAL) | {"phase": "point", "disclosure": "internal"}
SCHEMA: dict[str, Any] = dict.fromkeys(COLUMNS, pl.String) | {"sheet": pl.String, "row": pl.Int64, "cell": pl.String}
_WORDED = ("phase", "precision", "disclosure")


@dataclass
class Words:
    """Chinese words of a workbook to codes of ours, by column of a fact."""

    codes: dict[str, dict[str, str]]
    units: dict[str, str]  # indicator → unit

    @classmethod
    def of(cls, registries: Registries) -> "Words":
        lists = {
            column: {word.name_zh: word.code for word in registries.records("code") if word.code_list == column}
            for column in _WORDED
        }
        indicators = registries.records("indicator")
        lists["indicator"] = {indicator.name_zh: indicator.indicator for indicator in indicators}
        titles: dict[str, list[str]] = {}
        for source in registries.records("source"):
            titles.setdefault(source.title, []).append(source.source_id)
        lists["source_id"] = {title: ids[0] for title, ids in titles.items() if len(ids) == 1}
        lists["time_period"] = dict.fromkeys(("未注明", "时点未注明", "不详"), "_U")
        return cls(lists, {indicator.indicator: indicator.unit_measure for indicator in indicators})

    def translated(self, frame: pl.DataFrame) -> pl.DataFrame:
        """`frame` with codes for words; other texts stay."""
        return frame.with_columns(pl.col(column).replace(codes) for column, codes in self.codes.items() if codes)


@dataclass
class Cells:
    """`facts`: what was read; `plain` says that the wording is the number and nothing else. `findings`: of the cells."""

    facts: pl.DataFrame
    findings: list[Finding] = field(default_factory=list)


def read_cells(layout: Layout, places: pl.DataFrame, words: Words) -> Cells:
    """Every figure of the lines in `places` (row, ref_area)."""
    findings: list[Finding] = []
    lines = layout.rows.join(places, on=ROW, how="inner", maintain_order="left")
    fields = [pl.col(letter).alias(column) for column, letter in layout.per_row.items()]
    lines, dates = _with_dates(layout, _with_totals(layout, lines))
    findings += dates
    parts = []
    for letter, constants in layout.values.items():
        part = lines.select(pl.col(ROW).alias("row"), "ref_area", pl.col(letter).alias("text"), *fields).filter(
            pl.col("text").is_not_null()
        )
        part = words.translated(_completed(part, constants))
        parts += [_numbered(group, letter, layout, words, findings) for group in _by_unit(part, words)]
    schema = SCHEMA | {"plain": pl.Boolean}
    return Cells(pl.concat([pl.DataFrame(schema=schema), *(part.select(*schema) for part in parts)]), findings)


def _with_totals(layout: Layout, lines: pl.DataFrame) -> pl.DataFrame:
    """Of a table of units of one place, the line of totals is about all of them."""
    letter = layout.per_row.get("org_unit")
    if not letter:
        return lines
    is_total = pl.col(letter).str.replace_all(r"\s", "").str.contains(f"^(?:{layout.rules.totals or TOTALS})$")
    return lines.with_columns(pl.when(is_total).then(pl.lit(TOTAL)).otherwise(letter).alias(letter))


def _with_dates(layout: Layout, lines: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    """The column of periods, when there is one, in the one form that a period has."""
    letter = layout.per_row.get("time_period")
    if not letter:
        return lines, []
    read = read_dates(lines[letter])
    told = lines.join(
        read.filter(pl.col("message").is_not_null()), left_on=letter, right_on="text", how="inner", maintain_order="left"
    )
    findings = [
        Finding(
            severity=row["severity"],
            sheet=layout.sheet.name,
            cell=f"{letter}{row[ROW]}",
            value=row[letter],
            message=row["message"],
            fix=row["fix"],
        )
        for row in told.iter_rows(named=True)
    ]
    return lines.with_columns(pl.col(letter).replace(dict(read.select("text", "value").iter_rows()))), findings


def _completed(part: pl.DataFrame, constants: dict[str, str]) -> pl.DataFrame:
    """Every column of a fact: what the row says, else what the whole column has in common, else what goes without saying."""
    known = DEFAULTS | constants
    columns = [
        (pl.col(column) if column in part.columns else pl.lit(None, pl.String))
        .fill_null(pl.lit(known.get(column), pl.String))
        .alias(column)
        for column in COLUMNS
        if column not in {"ref_area", "obs_value"}
    ]
    return part.with_columns(columns)


def _by_unit(part: pl.DataFrame, words: Words) -> Iterable[pl.DataFrame]:
    """Parts whose figures are read alike; `own` is the unit of their indicator, `stated` that of the table."""
    own = pl.col("indicator").replace_strict(words.units, default=None, return_dtype=pl.String)
    part = part.with_columns(own.alias("own"), pl.coalesce("unit_measure", own).fill_null("").alias("stated"))
    return part.partition_by("own", "stated", maintain_order=True)


def _numbered(part: pl.DataFrame, letter: str, layout: Layout, words: Words, findings: list[Finding]) -> pl.DataFrame:
    """The part with its numbers, and without the rows that have none."""
    stated, unit = part["stated"][0], part["own"][0] or part["stated"][0]
    explained = factor(stated, unit)
    read = read_numbers(part["text"], stated=stated, unit=unit, times=layout.factors.get(letter) or explained or Decimal(1))
    part = part.join(read, on="text", how="left", maintain_order="left")
    cell = pl.lit(letter) + pl.col("row").cast(pl.String)
    for row in part.filter(pl.col("message").is_not_null()).iter_rows(named=True):
        findings.append(
            Finding(
                severity=row["severity"],
                sheet=layout.sheet.name,
                cell=f"{letter}{row['row']}",
                value=row["text"],
                message=row["message"],
                fix=row["fix"],
            )
        )
    as_the_table_says = pl.col("text") if stated == unit or not explained else pl.col("text") + stated
    sheet = layout.sheet.name
    return part.filter(pl.col("value").is_not_null()).with_columns(
        pl.col("value").alias("obs_value"),
        pl.when(pl.lit(bool(explained))).then(pl.lit(unit)).otherwise("stated").alias("unit_measure"),
        pl.coalesce(pl.col("read_precision"), "precision", pl.lit("exact")).alias("precision"),
        (pl.col("bare") & pl.col("as_stated").is_null() & pl.col("read_precision").is_null()).alias("plain"),
        pl.coalesce("as_stated", pl.when(pl.col("bare")).then(as_the_table_says).otherwise("text")).alias("as_stated"),
        (pl.col("locator") + "；").fill_null("").add(pl.lit(f"工作表“{sheet}” ") + cell).alias("locator"),
        pl.lit(sheet).alias("sheet"),
        cell.alias("cell"),
    )
