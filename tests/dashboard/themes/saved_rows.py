"""Whether a saved query gives the rows of the chart it stands for: as many, in the same order, with the same values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from dashboard.language.sentence import receipts
from dashboard.tools.sql.saved import SavedQuery, saved_queries
from dashboard.warehouse import Warehouse

QUERIES = {query.id: query for query in saved_queries()}
IDS = {"事实编号": "fact_ids", "来源编号": "source_ids"}
ROUNDED = 0.0501  # a query rounds percentages to one decimal


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A saved query and what its columns are called in the rows of its charts; ids are compared as well.

    `ordered` False: the query has an order of its own, so rows are held against each other by their values.
    """

    query: str
    columns: dict[str, str]
    ordered: bool = True

    @property
    def saved(self) -> SavedQuery:
        return QUERIES[self.query]


def uncovered(theme: str, pairs: tuple[Pair, ...]) -> set[str]:
    """Saved queries of a theme's folder that no pair stands for."""
    folder = Path(__file__).parents[3] / "dashboard" / "themes" / theme / "sql"
    return {path.stem for path in folder.glob("*.sql")} - {pair.query for pair in pairs}


def differences(file: Path, db: Warehouse, pair: Pair, selection: Selection | None = None, **given: Any) -> list[str]:
    """Every way in which the answer to a query, with its defaults or what is `given`, is not what its charts draw; none is fine."""
    used = {name: value for name, value in (pair.saved.defaults | given).items() if f"${name}" in pair.saved.sql}
    with duckdb.connect(str(file), read_only=True) as connection:
        answer = connection.execute(pair.saved.sql, used)
        names = [column[0] for column in answer.description or ()]
        answered = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    missing = [name for name in pair.columns if name not in names]
    if missing:
        return [f"{pair.query} has no column {missing}"]
    return [
        fault
        for chart in pair.saved.charts
        for fault in _of_chart(pair, chart, answered, CHARTS[chart].rows(db, selection or Selection()).to_dicts())
    ]


def _of_chart(pair: Pair, chart: str, answered: list[dict[str, Any]], drawn: list[dict[str, Any]]) -> Iterator[str]:
    if len(answered) != len(drawn):
        yield f"{pair.query}: {len(answered)} rows, {chart} draws {len(drawn)}"
    if not pair.ordered:
        answered = sorted(answered, key=lambda row: str([row[name] for name in pair.columns]))
        drawn = sorted(drawn, key=lambda row: str([row[column] for column in pair.columns.values()]))
    for number, (theirs, ours) in enumerate(zip(answered, drawn, strict=False)):
        where = f"{pair.query} row {number} against {chart}"
        for name, column in pair.columns.items():
            if not _alike(theirs[name], ours[column]):
                yield f"{where}: {name} is {theirs[name]!r}, {column} is {ours[column]!r}"
        for name, column in IDS.items():
            if name in theirs and not set(receipts(theirs[name])) <= set(receipts(ours[column])):
                yield f"{where}: {name} {theirs[name]} is not among {ours[column]}"


def _alike(theirs: Any, ours: Any) -> bool:
    if isinstance(theirs, (int, float)) and isinstance(ours, (int, float)):
        return abs(theirs - ours) <= ROUNDED
    return (theirs or None) == (ours or None)
