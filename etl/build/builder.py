"""Runs the SQL of etl/sql on DuckDB. The same files run on another engine with another builder of this shape.

`raw` and `staging` live in the building process only; `core`, `mart` and `quality` are tables of the draft file.
Names in SQL are `schema.table` without a database: the search path says in which database each schema lies.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb

from etl.problems import EtlError
from vocabulary.sql import literal

SQL = Path(__file__).parents[1] / "sql"
STORED = ("core", "mart", "quality")
MOST_MEMORY = 1200  # MB: with it ten million facts are loaded and sorted within 2 GB; DuckDB writes the rest to disk


class SqlError(EtlError):
    """A statement of ours failed: a fault of the SQL file, not of the input."""


@dataclass(frozen=True)
class Step:
    """One SQL file: folder = schema, file = table."""

    path: Path
    schema: str

    @property
    def table(self) -> str:
        return f"{self.schema}.{self.path.stem}"


def steps(folder: Path = SQL) -> list[Step]:
    """All SQL files in build order: by folder; within one, a file comes after those of its own schema that it reads.

    SqlError where files of a folder read each other in a circle.
    """
    schemas = sorted(path for path in folder.iterdir() if path.is_dir() and path.name[:1].isdigit())
    return [step for schema in schemas for step in _after_what_they_read(schema)]


def _after_what_they_read(folder: Path) -> Iterator[Step]:
    schema = folder.name.partition("_")[2]
    files = {file.stem: file for file in sorted(folder.glob("*.sql"))}
    named = re.compile(rf"(?<![\w.]){schema}\.(\w+)")
    reads = {name: sorted(set(named.findall(_statement(file))) & files.keys() - {name}) for name, file in files.items()}
    try:
        order = tuple(TopologicalSorter(reads).static_order())
    except CycleError as error:
        circle = " → ".join(f"{folder.name}/{name}.sql" for name in error.args[1])
        raise SqlError(f"这几个文件互相引用，排不出先后：{circle}") from error
    yield from (Step(files[name], schema) for name in order)


def _statement(file: Path) -> str:
    """A SQL file without its comments, which may name tables that it does not read."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return "\n".join(line.partition("--")[0] for line in lines)


class DuckDBBuilder:
    """Builds into `draft`, a new DuckDB file. Use as a context manager: leaving it closes the file."""

    def __init__(self, draft: Path) -> None:
        self.connection = duckdb.connect(":memory:")
        self.connection.execute(f"set memory_limit = '{memory_limit()}MB'")
        # What does not fit into memory goes beside the draft, not into the folder where the command was typed.
        self.connection.execute(f"set temp_directory = {literal(draft.with_name(draft.name + '.tmp'))}")
        self.connection.execute(f"attach {literal(draft)} as draft")
        self.connection.execute("create schema raw; create schema staging")
        for schema in STORED:
            self.connection.execute(f"create schema draft.{schema}")
        path = ["memory.raw", "memory.staging", *(f"draft.{schema}" for schema in STORED)]
        self.connection.execute(f"set search_path = '{','.join(path)}'")

    def __enter__(self) -> "DuckDBBuilder":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def register(self, name: str, parquet_paths: Sequence[Path]) -> None:
        """Make landed Parquet readable as `raw.name`."""
        files = ", ".join(literal(path) for path in parquet_paths)
        self.connection.execute(f"create view memory.raw.{name} as from read_parquet([{files}])")

    def build(self, step: Step, order: Sequence[str] = ()) -> None:
        """Run one SQL file: a table of its schema, its rows sorted by those of `order` that it has."""
        sql = step.path.read_text(encoding="utf-8").strip().rstrip(";")
        try:
            if step.schema == "staging":
                self.connection.execute(f"create table memory.{step.table} as {sql}")
                return
            # A view first: it tells the columns without running the query.
            self.connection.execute(f"create or replace temp view building as {sql}")
            columns = [row[0] for row in self.connection.execute("describe building").fetchall()]
            by = ", ".join(f'"{column}"' for column in order if column in columns)
            self._fill(step.table, by)
        except duckdb.Error as error:
            raise SqlError(f"{step.path.parent.name}/{step.path.name} 执行出错：{error}") from error

    def _fill(self, table: str, by: str) -> None:
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


def memory_limit() -> int:
    """MB that a build may hold: MOST_MEMORY, on a small machine half of what there is."""
    return min(MOST_MEMORY, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2_000_000)
