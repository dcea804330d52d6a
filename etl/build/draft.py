"""The DuckDB file in the making. Whatever engine makes the tables, they end here: sorted, checked, described, published.

`raw` and `staging` live in the building process only; `core`, `mart` and `quality` are tables of the file.
Names in SQL are `schema.table` without a database: the search path says in which database each schema lies.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
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
        self._by_indicator: dict[str, bool] = {}  # tables made in parts: whether their order begins with the indicator
        self.connection = duckdb.connect(":memory:")
        self.connection.execute(f"set memory_limit = '{memory_limit()}MB'")
        # What does not fit into memory goes beside the draft, not into the folder where the command was typed.
        self.connection.execute(f"set temp_directory = {literal(path.with_name(path.name + '.tmp'))}")
        self.connection.execute(f"attach {literal(path)} as draft")
        self.connection.execute("create schema raw; create schema staging")
        for schema in STORED:
            self.connection.execute(f"create schema draft.{schema}")
        self._search()

    def __enter__(self) -> "Draft":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def _search(self, *first: str) -> None:
        places = [*first, "memory.raw", "memory.staging", *(f"draft.{schema}" for schema in STORED)]
        self.connection.execute(f"set search_path = '{','.join(places)}'")

    @contextmanager
    def only(self, indicators: Iterable[str]) -> Iterator[None]:
        """Meanwhile raw.fact and core.fact show the facts of these indicators, and no others."""
        listed = ", ".join(map(literal, sorted(indicators)))
        self.connection.execute("attach ':memory:' as part; create schema part.raw; create schema part.core")
        for place in ("memory.raw", "draft.core"):
            schema = place.partition(".")[2]
            self.connection.execute(f"create view part.{schema}.fact as from {place}.fact where indicator in ({listed})")
        self._search("part.raw", "part.core")
        try:
            yield
        finally:
            self._search()
            self.connection.execute("detach part")

    @contextmanager
    def beside(self, warehouse: Path | None) -> Iterator[None]:
        """Meanwhile the tables of an earlier warehouse can be read as earlier.schema.table. Raises duckdb.Error."""
        if warehouse is None:
            yield
            return
        self.connection.execute(f"attach {literal(warehouse)} as earlier (read_only)")
        try:
            yield
        finally:
            self.connection.execute("detach earlier")

    def take_over(self, table: str) -> None:
        """A table of the warehouse beside, as it stands there."""
        self.connection.execute(f"create table draft.{table} as from earlier.{table}")

    def register(self, name: str, parquet_paths: Sequence[Path]) -> None:
        """Make landed Parquet readable as `raw.name`."""
        self.connection.execute(f"create view memory.raw.{name} as {parquet(parquet_paths)}")

    def fill(self, step: Step, query: str) -> None:
        """The table of `step`, its rows those of `query`, sorted. Raises duckdb.Error."""
        if step.schema == "staging":
            self.connection.execute(f"create table memory.{step.table} as {query}")
            return
        self._sorted(f"create table draft.{step.table} as", self._building(step, query))

    def _building(self, step: Step, query: str) -> list[str]:
        """A view `building` of the query, which tells its columns without running it; those to sort the table by."""
        self.connection.execute(f"create or replace temp view building as {query}")
        columns = [row[0] for row in self.connection.execute("describe building").fetchall()]
        return [column for column in self._order(step.table) if column in columns]

    def begin_parts(self, step: Step, query: str) -> None:
        """The table of `step`, still empty."""
        order = self._building(step, query)
        self.connection.execute(f"create table draft.{step.table} as from building limit 0")
        self._by_indicator[step.table] = order[:1] == ["indicator"]
        if not self._by_indicator[step.table]:  # parts that come one after another would not be in order: sorted at the end
            self.connection.execute(f"create or replace temp table {_loose(step)} as from building limit 0")

    def add_part(self, step: Step, query: str, runs: Sequence[tuple[bool, Sequence[str]]]) -> None:
        """Rows of `runs` of indicators, one after another: of those with True the rows of `query`, of others those that the
        warehouse beside has."""
        order = self._building(step, query)
        if not self._by_indicator[step.table]:
            self.connection.execute(f"insert into {_loose(step)} from building")
            for is_new, indicators in runs:
                if not is_new:
                    self.connection.execute(f"insert into {_loose(step)} from earlier.{step.table} where {_among(indicators)}")
        elif len(runs) == 1 and runs[0][0]:
            self._sorted(f"insert into draft.{step.table}", order)
        else:
            if any(is_new for is_new, _ in runs):
                self._sorted("create or replace temp table part as", order)
            with self.at_once():
                for is_new, indicators in runs:
                    source = "temp.part" if is_new else f"earlier.{step.table}"
                    self.connection.execute(f"insert into draft.{step.table} from {source} where {_among(indicators)}")
            self.connection.execute("drop table if exists temp.part")

    def end_parts(self, step: Step) -> None:
        """No part is to follow."""
        if not self._by_indicator[step.table]:
            self.connection.execute(f"drop table draft.{step.table}")
            self.fill(step, f"from temp.{_loose(step)}")
            self.connection.execute(f"drop view temp.building; drop table temp.{_loose(step)}")

    def drop(self, table: str) -> None:
        """A table of staging that has served."""
        self.connection.execute(f"drop table if exists memory.{table}")

    def _sorted(self, statement: str, order: Sequence[str]) -> None:
        """What `statement` does with the view `building`. One thread sorts in as little time as several, and holds much less meanwhile."""
        self.connection.execute("set threads = 1" if order else "reset threads")
        create = f"{statement} from building" + (f" order by {', '.join(map(quoted, order))}" if order else "")
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


def _loose(step: Step) -> str:
    return f"loose_{step.path.stem}"


def _among(indicators: Sequence[str]) -> str:
    return f"indicator in ({', '.join(map(literal, indicators))})"


def parquet(paths: Sequence[Path]) -> str:
    """A query that reads these files as one table."""
    return f"from read_parquet([{', '.join(map(literal, paths))}])"


def memory_limit() -> int:
    """MB that a build may hold: MOST_MEMORY, on a small machine half of what there is."""
    return min(MOST_MEMORY, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2_000_000)
