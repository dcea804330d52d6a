"""The SQL files of etl/sql as steps in build order. They are the same on every engine, see tests/test_sql_portable.py."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from etl.problems import EtlError

SQL = Path(__file__).parents[1] / "sql"
_NAMED = re.compile(r"(?<![\w.])(?:raw|staging|core|mart)\.\w+")


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

    @property
    def file(self) -> str:
        """The file as messages name it."""
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def reads(self) -> set[str]:
        """schema.table of every table that it names."""
        return set(_NAMED.findall(_statement(self.path)))

    @property
    def query(self) -> str:
        """Its one select."""
        return self.path.read_text(encoding="utf-8").strip().rstrip(";")


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
