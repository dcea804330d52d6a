"""The facts: text rows of facts/*.csv to one checked, typed frame with ids and intervals.

Row checks are a dataframely schema. Why dataframely and not pandera or pointblank: it is polars-native (no pandas, no
narwhals layer between), the schema is a typed class that mypy reads, and `filter` gives a row-level `FailureInfo`
(which rule failed on which row), which is what an error message with file, line and column needs. pandera reports
failures as a frame of its own shape and validates polars only partly at row level; pointblank writes reports.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import dataframely as dy
import polars as pl

from etl.codes import Disclosure, Phase, Precision
from etl.problems import Problem, display_path
from etl.read.readers import half_width, read_table
from etl.read.registry import DIMENSIONS, NO, YES
from etl.read.sources import TOTAL, Registries
from etl.read.submissions import SUFFIX
from vocabulary.periods import UNSTATED, check_period, days_of, year_of
from vocabulary.quantity import interval

COLUMNS = (
    "ref_area", "indicator", *DIMENSIONS, "phase", "time_period", "obs_value", "unit_measure", "precision",
    "as_stated", "scope", "source_id", "locator", "disclosure", "doubt", "to_check", "timing", "period_approx", "arithmetic", "note",
)  # fmt: skip
# What a row may leave unsaid altogether: why a value may be something else, what is still to be checked, how the source dates
# itself, whether the period is approximate, our own arithmetic.
UNSAID = ("doubt", "to_check", "timing", "period_approx", "arithmetic")
NATURAL_KEY = ("ref_area", "indicator", *DIMENSIONS, "phase", "time_period", "scope", "source_id")
# Codes and numbers are read half-width; free text and Chinese dimension names stay as typed.
CODES = ("ref_area", "indicator", "phase", "time_period", "obs_value", "precision", "source_id", "disclosure", "period_approx")
PHASES: tuple[str, ...] = get_args(Phase)
PRECISIONS: tuple[str, ...] = get_args(Precision)
DISCLOSURES: tuple[str, ...] = get_args(Disclosure)
NUMBER = r"^-?\d+(\.\d+)?$"
REGISTERED = {"registered": lambda known: known}


class FactRow(dy.Schema):
    """A fact as text, with what the registries say about it joined on: `*_known`, the indicator's unit, the source's url."""

    ref_area = dy.String(nullable=False, primary_key=True)
    indicator = dy.String(nullable=False, primary_key=True)
    sector = dy.String(nullable=False, primary_key=True)
    tier = dy.String(nullable=False, primary_key=True)
    post_type = dy.String(nullable=False, primary_key=True)
    age_band = dy.String(nullable=False, primary_key=True)
    education = dy.String(nullable=False, primary_key=True)
    org_unit = dy.String(nullable=False, primary_key=True)
    catalogue = dy.String(nullable=False, primary_key=True)
    size_band = dy.String(nullable=False, primary_key=True)
    category = dy.String(nullable=False, primary_key=True)
    phase = dy.String(nullable=False, primary_key=True, check={"allowed": lambda column: column.is_in(PHASES)})
    time_period = dy.String(nullable=False, primary_key=True)
    obs_value = dy.String(nullable=False, regex=NUMBER)
    unit_measure = dy.String(nullable=False)
    precision = dy.String(nullable=False, check={"allowed": lambda column: column.is_in(PRECISIONS)})
    as_stated = dy.String(nullable=True)
    scope = dy.String(nullable=False, primary_key=True)
    source_id = dy.String(nullable=False, primary_key=True)
    locator = dy.String(nullable=True)
    disclosure = dy.String(nullable=False, check={"allowed": lambda column: column.is_in(DISCLOSURES)})
    doubt = dy.String(nullable=True)
    to_check = dy.String(nullable=True)
    timing = dy.String(nullable=True)
    period_approx = dy.String(nullable=True, check={"allowed": lambda column: column.is_in(["yes"])})
    arithmetic = dy.String(nullable=True)
    note = dy.String(nullable=True)
    area_known = dy.Bool(nullable=False, check=REGISTERED)
    indicator_unit = dy.String(nullable=True)
    scope_known = dy.Bool(nullable=False, check=REGISTERED)
    source_known = dy.Bool(nullable=False, check=REGISTERED)
    source_url = dy.String(nullable=True)
    period_problem = dy.String(nullable=True)
    file = dy.String(nullable=False)
    line = dy.Int32(nullable=False)

    @dy.rule()
    def indicator_is_registered(cls) -> pl.Expr:
        return pl.col("indicator_unit").is_not_null() | pl.col("indicator").is_null()

    @dy.rule()
    def unit_is_the_indicators(cls) -> pl.Expr:
        return pl.col("unit_measure") == pl.col("indicator_unit")

    @dy.rule()
    def period_is_a_date(cls) -> pl.Expr:
        return pl.col("period_problem").is_null()

    @dy.rule()
    def has_a_locator(cls) -> pl.Expr:
        return pl.col("locator").is_not_null() | pl.col("source_url").is_not_null() | ~pl.col("source_known")


class Fact(dy.Schema):
    """A fact as it lands: typed, identified, with its interval. Null bound = open end."""

    fact_id = dy.String(nullable=False, primary_key=True)
    obs_value = dy.Float64(nullable=False, allow_inf=False, allow_nan=False)
    value_low = dy.Float64(nullable=True)
    value_high = dy.Float64(nullable=True)
    year = dy.Int32(nullable=True)
    is_interval = dy.Bool(nullable=False)

    @dy.rule()
    def value_lies_in_its_interval(cls) -> pl.Expr:
        low = pl.col("value_low").is_null() | (pl.col("value_low") <= pl.col("obs_value"))
        return low & (pl.col("value_high").is_null() | (pl.col("obs_value") <= pl.col("value_high")))


TEXT_SCHEMA = dict.fromkeys(COLUMNS, pl.String) | {"file": pl.String, "line": pl.Int32}


def read_fact_file(path: Path, *, file: str, problems: list[Problem]) -> pl.DataFrame:
    """One facts CSV as text: blanks null, dimensions `_T`, codes half-width. `file` is stored with each row. A file that was imported
    is that already; the line of its rows is that of its sheet."""
    if path.suffix == SUFFIX:
        read = pl.read_parquet(path, columns=[*COLUMNS, "row"])
        return read.select(*COLUMNS, pl.lit(file).alias("file"), pl.col("row").cast(pl.Int32).alias("line"))
    needed = [column for column in COLUMNS if column not in UNSAID]
    table = read_table(path, needed, name=display_path(path), optional=UNSAID)
    problems.extend(table.problems)
    rows = [
        {column: (half_width(row.get(column, "")) if column in CODES else row.get(column)) or None for column in COLUMNS}
        | {"file": file, "line": line}
        for line, row in zip(table.lines, table.rows, strict=True)
    ]
    filled = [pl.col(dimension).fill_null(TOTAL) for dimension in DIMENSIONS]
    approx = pl.col("period_approx").str.to_lowercase()  # any word for yes that a registry takes, and for no
    told = pl.when(approx.is_in(YES)).then(pl.lit("yes")).when(~approx.is_in(NO)).then(pl.col("period_approx"))
    frame = pl.DataFrame(rows, schema=TEXT_SCHEMA)
    return frame.with_columns(*filled, pl.col("disclosure").fill_null("public"), told.alias("period_approx"))


def with_registries(rows: pl.DataFrame, registries: Registries) -> pl.DataFrame:
    """Join what the registries know; `FactRow` validates the result."""
    units = {indicator.indicator: indicator.unit_measure for indicator in registries.records("indicator")}
    urls = {source.source_id: source.url for source in registries.records("source") if source.url}
    return rows.with_columns(
        _known("ref_area", registries.by_key("area")).alias("area_known"),
        _known("scope", registries.by_key("scope")).alias("scope_known"),
        _known("source_id", registries.by_key("source")).alias("source_known"),
        _each(rows["indicator"], units.get, pl.String()).alias("indicator_unit"),
        _each(rows["source_id"], urls.get, pl.String()).alias("source_url"),
        _each(rows["time_period"], _period_problem, pl.String()).alias("period_problem"),
    )


def _each(values: pl.Series, told: Callable[[Any], Any], kind: pl.DataType) -> pl.Series:
    """`told` of every value, asked once for each that there is: among millions of rows few periods or sources differ."""
    if values.is_empty():
        return pl.Series(values.name, dtype=kind)
    different = values.unique()
    return values.replace_strict(different, pl.Series([told(value) for value in different], dtype=kind), return_dtype=kind)


def _known(column: str, keys: Sequence[str] | dict[str, object]) -> pl.Expr:
    """True also for blanks: those are another rule's finding."""
    return pl.col(column).is_null() | pl.col(column).is_in(list(keys))


def _period_problem(period: str | None) -> str | None:
    if period is None or period == UNSTATED:
        return None
    try:
        check_period(period)
    except ValueError as error:
        return str(error)
    return None


def typed(rows: pl.DataFrame, problems: list[Problem]) -> pl.DataFrame:
    """Rows that passed `FactRow`, with fact_id, interval and year; intervals that cannot be are reported and left out."""
    bounds = _intervals(rows, problems)
    periods = rows["time_period"]
    frame = rows.select(
        pl.Series("fact_id", [fact_id(key) for key in rows.select(NATURAL_KEY).iter_rows()], dtype=pl.String),
        *(pl.col(column) for column in COLUMNS if column not in {"obs_value", "period_approx"}),
        (pl.col("period_approx") == "yes").fill_null(False),
        pl.col("obs_value").cast(pl.Float64),
        pl.Series("value_low", [low for low, _ in bounds], dtype=pl.Float64),
        pl.Series("value_high", [high for _, high in bounds], dtype=pl.Float64),
        _each(periods, year_of, pl.Int32()).alias("year"),
        _each(periods, lambda period: (days_of(period) or (None, None))[0], pl.Date()).alias("period_start"),
        _each(periods, lambda period: (days_of(period) or (None, None))[1], pl.Date()).alias("period_end"),
        pl.col("file"),
        pl.col("line"),
    )
    certain = pl.col("value_low").eq_missing(pl.col("obs_value")) & pl.col("value_high").eq_missing(pl.col("obs_value"))
    frame = frame.with_columns(is_interval=~certain)
    failure = Fact.filter(frame).failure.invalid().select("fact_id")
    problems.extend(_outside(row) for row in frame.join(failure, on="fact_id", how="semi").iter_rows(named=True))
    return frame.join(failure, on="fact_id", how="anti", maintain_order="left")


def fact_id(key: Sequence[str]) -> str:
    """'F' and the first 10 hex digits of sha256 over the natural key, in the order of NATURAL_KEY."""
    return "F" + hashlib.sha256("|".join(key).encode()).hexdigest()[:10]


def _intervals(rows: pl.DataFrame, problems: list[Problem]) -> list[tuple[float | None, float | None]]:
    """Both ends of the interval of every row; where the wording gainsays the value a problem, and the value as it is."""
    bounds: list[tuple[float | None, float | None]] = []
    stated = rows.select(pl.col("as_stated").fill_null(""), pl.col("obs_value").cast(pl.Float64), "unit_measure", "precision")
    for number, (text, value, unit, precision) in enumerate(stated.iter_rows()):
        try:
            found = interval(text, obs_value=value, unit=unit, precision=precision)
        except ValueError as error:
            row = rows.row(number, named=True)
            message = f"原文说法与数值对不上：{error}"
            fix = "核对 as_stated、obs_value、unit_measure 和 precision"
            problems.append(_at(row, "as_stated", row["as_stated"], message, fix))
            bounds.append((value, value))
            continue
        bounds.append((None if found.low is None else float(found.low), None if found.high is None else float(found.high)))
    return bounds


def _outside(row: Mapping[str, Any]) -> Problem:
    message = f"按原文“{row['as_stated']}”，数值应在 {_side(row['value_low'], '−∞')} 到 {_side(row['value_high'], '+∞')} 之间"
    return _at(row, "obs_value", f"{row['obs_value']:.12g}", message, "核对数值、单位（万、亿）和原文")


def _side(bound: object, open_end: str) -> str:
    return open_end if bound is None else f"{bound:.12g}"


def _at(row: Mapping[str, Any], column: str, value: str | None, message: str, fix: str) -> Problem:
    return Problem(file=str(row["file"]), line=int(row["line"]), column=column, value=value, message=message, fix=fix)


def duplicates(rows: pl.DataFrame) -> Iterator[tuple[dict[str, Any], str]]:
    """(row, where the first row of its natural key stands) for every repeated row."""
    first: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows.iter_rows(named=True):
        key = tuple(str(row[column]) for column in NATURAL_KEY)
        before = first.setdefault(key, row)
        if before is not row:
            place = "" if before["file"] == row["file"] else f"{before['file']} "
            yield row, f"{place}第 {before['line']} 行"
