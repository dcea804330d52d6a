"""Every rule that the build has for a row of facts, said of the cell of the workbook."""

import dataclasses
from collections.abc import Iterator

import polars as pl

from etl.intake.filing import MISSING
from etl.intake.finding import Finding
from etl.intake.layout import Layout
from etl.problems import Problem
from etl.read.fact_problems import fact_problems
from etl.read.facts import COLUMNS, NATURAL_KEY, FactRow, typed, with_registries
from etl.read.sources import Entry, Registries

MOST_TOLD = 5_000  # rows at fault; who has more has one fault, many times
_OF_A_ROW = ("ref_area", "obs_value", "as_stated", "precision", "locator")  # differ from row to row, whatever the layout
# Fixes that speak of the columns of a CSV, in the words of a workbook.
_WORDS = {"as_stated": "“原文说法”", "obs_value": "“数值”", "unit_measure": "“单位”", "precision": "“精度”"}


def with_more(registries: Registries, **records: list[object]) -> Registries:
    """The registries with what the file brings in: table → records."""
    more = {table: [*registries.entries[table], *(Entry(record, "", None) for record in new)] for table, new in records.items()}
    return dataclasses.replace(registries, entries=registries.entries | more, problems=[])


def row_findings(facts: pl.DataFrame, layouts: dict[str, Layout], registries: Registries) -> Iterator[Finding]:
    """What `FactRow` and the reading of the wording have against any row; each cell is told a thing once.

    What a whole column has in common is judged first, on one row of each column: where that is wrong, its rows would only repeat it."""
    rows = facts.with_row_index("line").with_columns(
        pl.col("line").cast(pl.Int32), pl.col("sheet").alias("file"), pl.col("cell").str.replace(r"\d+$", "").alias("letter")
    )
    heads = [_problems(part, registries) for part in _common(rows, layouts)]
    common = [problem for problems in heads for problem in problems if not _is_of_a_row(problem, layouts)]
    places = rows.select("line", "row", "cell", "letter")
    yield from dict.fromkeys(_finding(problem, places, layouts) for problem in common)
    wrong = rows.filter(pl.col("line").is_in([problem.line for problem in common])).select("sheet", "letter").unique()
    rest = rows.join(wrong, on=("sheet", "letter"), how="anti", maintain_order="left")
    yield from dict.fromkeys(_finding(problem, places, layouts) for problem in _problems(rest, registries))
    yield from _repeated(rows)


def _common(rows: pl.DataFrame, layouts: dict[str, Layout]) -> Iterator[pl.DataFrame]:
    """Of each sheet one row for each column of figures and all that is said of it as a whole."""
    for part in rows.partition_by("sheet", maintain_order=True):
        own = {*layouts[part["sheet"][0]].per_row, *_OF_A_ROW}
        yield part.unique(("letter", *(column for column in COLUMNS if column not in own)), keep="first", maintain_order=True)


def _is_of_a_row(problem: Problem, layouts: dict[str, Layout]) -> bool:
    return problem.column in {*layouts[problem.file].per_row, *_OF_A_ROW}


def _problems(rows: pl.DataFrame, registries: Registries) -> list[Problem]:
    joined = with_registries(rows, registries)
    passed, failure = FactRow.filter(joined)
    if len(failure) > MOST_TOLD:
        few = joined.join(passed.select("line"), on="line", how="anti", maintain_order="left").head(MOST_TOLD)
        failure = FactRow.filter(few).failure
    problems = list(fact_problems(failure, registries))
    typed(rows.filter(~pl.col("plain")).join(passed.select("line"), on="line", how="semi"), problems)
    return problems


def gone_places(facts: pl.DataFrame, layouts: dict[str, Layout], registries: Registries) -> Iterator[Finding]:
    """Figures of a unit from years in which it had gone already."""
    divisions = registries.records("division")
    standing = {one.division: one.name_zh for one in divisions if one.until is None}
    gone = {one.division: one for one in divisions if one.until is not None and one.division not in standing}
    year = pl.col("time_period").str.slice(0, 4).cast(pl.Int32, strict=False)
    ended = pl.col("ref_area").replace_strict(
        {code: one.until for code, one in gone.items()}, default=None, return_dtype=pl.Int32
    )
    late = facts.filter(year > ended).unique(("sheet", "row"), keep="first", maintain_order=True)
    for row in late.iter_rows(named=True):
        unit, layout = gone[row["ref_area"]], layouts[row["sheet"]]
        letter = layout.area.get("name") or layout.area.get("code") or layout.sheet.columns[0]
        now = f"现在是{standing[unit.successor]} {unit.successor}" if unit.successor else "没有单一的接续单位"
        message = f"{unit.name_zh}{unit.until}年{unit.change_zh}，{now}；这里的时间是 {row['time_period']}"
        yield layout.sheet.finding(
            f"{letter}{row['row']}", message, "核对地区和时间：应是新单位的，改名称或代码", severity="警示"
        )


def _finding(problem: Problem, places: pl.DataFrame, layouts: dict[str, Layout]) -> Finding:
    _, row, cell, value_letter = places.row(problem.line or 0)
    layout, column = layouts[problem.file], problem.column or ""
    letter = layout.area.get("code") or layout.area.get("name") if column == "ref_area" else layout.per_row.get(column)
    if letter:
        place = f"{letter}{row}"
    elif column in {"obs_value", "as_stated", "precision", "locator"}:
        place = cell
    else:  # the same for the whole column: its header is told
        place = f"{value_letter}{layout.header_rows[-1]}"
    fix = MISSING if column == "source_id" and not problem.value else problem.remedy
    for name, word in _WORDS.items():
        fix = fix.replace(name, word)
    return Finding(sheet=problem.file, cell=place, value=problem.value, message=problem.message, fix=fix)


def _repeated(rows: pl.DataFrame) -> Iterator[Finding]:
    """Figures that the file states twice."""
    again = rows.filter(pl.struct(NATURAL_KEY).is_duplicated()).with_columns(
        first_sheet=pl.col("sheet").first().over(NATURAL_KEY), first_cell=pl.col("cell").first().over(NATURAL_KEY)
    )
    again = again.filter((pl.col("cell") != pl.col("first_cell")) | (pl.col("sheet") != pl.col("first_sheet")))
    for row in again.iter_rows(named=True):
        before = row["first_cell"] if row["first_sheet"] == row["sheet"] else f"{row['first_sheet']} {row['first_cell']}"
        words = f"与 {before} 是同一个数（地区、指标、分组、时间、口径、来源全同）"
        fix = "删去一个；口径、时间或分组不同的，写明不同之处"
        yield Finding(sheet=row["sheet"], cell=row["cell"], value=row["as_stated"], message=words, fix=fix)
