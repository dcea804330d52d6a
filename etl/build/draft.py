"""The DuckDB file in the making. Whatever engine makes the tables, they end here: sorted, checked, described, published.

`raw` and `staging` live in the building process only; `core`, `mart` and `quality` are tables of the file.
Names in SQL are `schema.table` without a database: the search path says in which database each schema lies.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.build.steps import Step
from vocabulary.sql import literal, quoted

STORED = ("core", "mart", "quality")
MOST_MEMORY = 1200  # MB: with it ten million facts are loaded and sorted within 2 GB; DuckDB writes the rest to disk


class Draft:
    """A new DuckDB file at `path`; `order` gives the columns to sort a table by. Leaving the context closes the file."""

    def __init__(self, path: Path, order: Callable[[str], Sequence[str]] = lambda _table: ()) -> None:
        self.path = path
        self._order = order
        self.connection = duckdb.connect(":memory:")
        self.connection.execute(f"set memory_limit = '{memory_limit()}MB'")
        # What does not fit into memory goes beside the draft, not into the folder where the command was typed.
        self.connection.execute(f"set temp_directory = {literal(path.with_name(path.name + '.tmp'))}")
        self.connection.execute(f"attach {literal(path)} as draft")
        self.connection.execute("create schema raw; create schema staging")
        for schema in STORED:
            self.connection.execute(f"create schema draft.{schema}")
        places = ["memory.raw", "memory.staging", *(f"draft.{schema}" for schema in STORED)]
        self.connection.execute(f"set search_path = '{','.join(places)}'")

    def __enter__(self) -> "Draft":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def register(self, name: str, parquet_paths: Sequence[Path]) -> None:
        """Make landed Parquet readable as `raw.name`."""
        self.connection.execute(f"create view memory.raw.{name} as {parquet(parquet_paths)}")

    def fill(self, step: Step, query: str) -> None:
        """The table of `step`, its rows those of `query`, sorted. Raises duckdb.Error."""
        if step.schema == "staging":
            self.connection.execute(f"create table memory.{step.table} as {query}")
            return
        # A view first: it tells the columns without running the query.
        self.connection.execute(f"create or replace temp view building as {query}")
        columns = [row[0] for row in self.connection.execute("describe building").fetchall()]
        self._sorted(step.table, ", ".join(quoted(column) for column in self._order(step.table) if column in columns))

    def _sorted(self, table: str, by: str) -> None:
        """A table from the view `building`. One thread sorts in as little time as several, and holds much less meanwhile."""
        self.connection.execute("set threads = 1" if by else "reset threads")
        create = f"create table draft.{table} as from building{f' order by {by}' if by else ''}"
        try:
            self.connection.execute(create)
        except duckdb.OutOfMemoryException:  # more than a large build should need: better much memory than no warehouse
            self.connection.execute("reset memory_limit")
            self.connection.execute(create)
        finally:
            self.connection.execute("reset threads")

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """One transaction for many small statements: each alone would wait for the disk."""
        self.connection.execute("begin")
        yield
        self.connection.execute("commit")

    def rows(self, sql: str) -> tuple[list[str], list[tuple[object, ...]]]:
        """Column names and rows of a query."""
        relation = self.connection.sql(sql)
        try:
            return relation.columns, relation.fetchall()
        except duckdb.OutOfMemoryException:
            self.connection.execute("reset memory_limit")
            return relation.columns, relation.fetchall()


def parquet(paths: Sequence[Path]) -> str:
    """A query that reads these files as one table."""
    return f"from read_parquet([{', '.join(map(literal, paths))}])"


def memory_limit() -> int:
    """MB that a build may hold: MOST_MEMORY, on a small machine half of what there is."""
    return min(MOST_MEMORY, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2_000_000)
