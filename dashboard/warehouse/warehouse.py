"""The warehouse file under the dashboard: read-only, reopened when a new build replaces it, its tables as polars frames.

    db = Warehouse(Path("warehouse.duckdb"))
    db.table("mart.staffing", sector="农技推广").filter(pl.col("comparable")).collect()

A small table is read once a build and kept whole. Of a large one each query reads the rows that meet its keys, and of those
the columns that it uses; whatever else is asked of them polars does. So a query names its keys wherever a table may grow.

Each query takes its own cursor (one cursor shared by threads gives wrong answers). The file is attached to an in-memory
database because connecting twice to one path in a process returns the old build.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import duckdb
import polars as pl
from polars.io.plugins import register_io_source

from dashboard.warehouse.cache import Lru
from dashboard.warehouse.public_copy import HOLDS_INTERNAL, write_public_copy
from dashboard.warehouse.tables import Key, listed_keys, meets
from vocabulary import contract
from vocabulary.sql import quoted

log = logging.getLogger(__name__)

Stamp = tuple[int, int, int, int]
Value = TypeVar("Value")

_CONFIG: dict[str, Any] = {"threads": 1, "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
_CORRUPT = "Corrupt database file"  # how every such error of DuckDB begins
DAMAGED = "数据文件有损坏，这一部分读不出来。请管理员用备份恢复，或重新运行 make warehouse。"
_KEPT_RESULTS = 256
MOST_CELLS = 2_000_000  # rows × columns of a table that is kept whole: 25 000 facts with all they say, some 50 MB
_FACTS, _INDEX = "mart.fact", "mart.fact_index"
_SCHEMAS = frozenset({"core", "mart", "quality", "meta", "zh"})
_CELLS = "select schema_name || '.' || table_name, estimated_size * column_count from duckdb_tables() where database_name = 'wh'"


class WarehouseUnavailableError(RuntimeError):
    """There is no usable warehouse file. The message is Chinese and fit for the reader."""


class DamagedError(WarehouseUnavailableError):
    """A part of the file is not as it was written."""


class OtherContractError(ValueError):
    """The file was built in another shape than this dashboard reads."""

    def __init__(self, number: object) -> None:
        super().__init__(f"contract {number}, not {contract.NUMBER}")


@dataclass(frozen=True, kw_only=True)
class Build:
    """The build that is being read. `facts` and `sources` are counts; in public mode of what the public sees."""

    build_id: str
    built_at: datetime | None
    version: str
    facts: int
    sources: int


class _Generation:
    """One build of the file, open for as long as somebody still reads from it."""

    def __init__(self, path: Path, stamp: Stamp, *, internal: bool) -> None:
        self.stamp, self.damaged = stamp, False
        self.made: Lru[Any] = Lru(_KEPT_RESULTS)
        self.whole_made: dict[str, Any] = {}
        self._making: dict[str, threading.RLock] = {}
        self._whole: dict[str, pl.DataFrame] = {}
        self._schemas: dict[str, pl.Schema] = {}
        self._db = duckdb.connect(":memory:", config=_CONFIG)
        try:
            self._attach(path)
            if not internal and self._rows(HOLDS_INTERNAL):
                self._attach_public_copy(path)
            self._db.execute("set enable_external_access = false; set lock_configuration = true")
            self.columns = self._read_columns()
            self._small = {name for name, cells in self._rows(_CELLS) if cells <= MOST_CELLS}
            self.build = self._read_build()
        except BaseException:
            self._db.close()
            raise

    def making(self, key: str) -> threading.RLock:
        """What a thread holds while it makes what all others wait for."""
        return self._making.setdefault(key, threading.RLock())

    def fetch(self, query: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
        """Result of one query of ours, on a cursor of its own."""
        with self._noticed(), self._db.cursor() as cursor:
            return pl.DataFrame(cursor.sql(query, params=parameters))

    def table(self, name: str, keys: Mapping[str, Key]) -> pl.LazyFrame:
        """Rows of a table that meet the keys; LookupError when there is no such table."""
        if name not in self.columns:
            raise LookupError(f"No table {name!r} in the warehouse; there are {', '.join(sorted(self.columns))}")
        if name not in self._small:
            return self._scan(name, self._located(keys) if name == _FACTS else keys)
        if name not in self._whole:
            self._whole[name] = self.fetch(f"from wh.{name}")
        return self._whole[name].lazy().filter(*meets(keys))

    def _located(self, keys: Mapping[str, Key]) -> Mapping[str, Key]:
        """The keys of facts, of facts with these ids their indicators too: facts lie by indicator, ids by no order at all."""
        if "fact_id" not in keys or "indicator" in keys:
            return keys
        return {**keys, "indicator": self.table(_INDEX, {"fact_id": keys["fact_id"]}).collect()["indicator"].unique().to_list()}

    def _scan(self, name: str, keys: Mapping[str, Key]) -> pl.LazyFrame:
        """The rows that meet the keys, read when they are collected, with the columns that the query uses."""
        listed = listed_keys(keys)
        met = [f'"{column}" in ({", ".join("?" * len(values))})' if values else "false" for column, values in listed.items()]
        where = f" where {' and '.join(met)}" if met else ""
        parameters = [value for values in listed.values() for value in values]

        def source(columns: list[str] | None, *_pushed: Any) -> Iterator[pl.DataFrame]:
            chosen = "*" if columns is None else ", ".join(f'"{column}"' for column in columns)
            yield self.fetch(f"select {chosen} from wh.{name}{where}", parameters)  # noqa: S608 (names of the file; values are parameters)

        if name not in self._schemas:
            self._schemas[name] = self.fetch(f"from wh.{name} limit 0").schema
        rows = register_io_source(source, schema=self._schemas[name], is_pure=True)
        # Filters and limits stop here: polars applies them, among them hints of its own that nobody else can.
        return rows.map_batches(lambda frame: frame, projection_pushdown=True)

    def _attach(self, path: Path) -> None:
        quoted = str(path).replace("'", "''")
        self._db.execute(f"attach '{quoted}' as wh (read_only)")

    def _attach_public_copy(self, path: Path) -> None:
        """A copy without internal facts instead of the file; it has no name any more once it is open, and goes with the build."""
        self._db.execute("detach wh")
        with TemporaryDirectory(prefix=f"reform-public-{os.getpid()}-") as folder:
            copy = Path(folder) / "warehouse.duckdb"
            write_public_copy(path, copy)
            self._attach(copy)

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        with self._noticed(), self._db.cursor() as cursor:
            return cursor.execute(query).fetchall()

    @contextmanager
    def _noticed(self) -> Iterator[None]:
        """DuckDB has a checksum for every block: what was damaged on the disk is never a number, but an error of its own."""
        try:
            yield
        except Exception as error:  # of DuckDB, or of what reads its rows
            if _CORRUPT not in str(error):
                raise
            if not self.damaged:
                log.error("the warehouse is damaged: %s", " ".join(str(error).split())[:300])
            self.damaged = True
            raise DamagedError(DAMAGED) from error

    def _read_columns(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for schema, table, column in self._rows(
            "select schema_name, table_name, column_name from duckdb_columns() where database_name = 'wh' order by column_index"
        ):
            if schema in _SCHEMAS:
                found.setdefault(f"{schema}.{table}", []).append(column)
        return found

    def _read_build(self) -> Build:
        if "meta.build" in self.columns and "contract" not in self.columns["meta.build"]:
            raise OtherContractError(None)
        [(build_id, built_at, version, facts, sources, number)] = self._rows(
            "select build_id, cast(built_at as timestamp), version, facts, sources, contract from wh.meta.build"
        )
        if number != contract.NUMBER:
            raise OtherContractError(number)
        return Build(build_id=str(build_id), built_at=built_at, version=str(version), facts=int(facts), sources=int(sources))


class Warehouse:
    """The one reader of the file in a process. Thread-safe. `internal` shows facts that must not leave the office."""

    def __init__(self, path: Path, *, internal: bool = False, look_every: float = 1.0) -> None:
        self._path, self._internal, self._look_every = path, internal, look_every
        self._lock, self._next_look = threading.Lock(), 0.0
        self._generation: _Generation | None = None
        self._rejected: tuple[Stamp | None, str] | None = None
        self._pin = threading.local()

    def table(self, name: str, **keys: Key) -> pl.LazyFrame:
        """The rows of schema.table that meet all keys: a column is what its key is, or one of what its key lists.

        `db.table("mart.fact", indicator=("staff_actual", "staff_authorised"), preferred=True)`
        """
        return self._current().table(name, keys)

    def texts(self, name: str, column: str, most: int) -> list[str]:
        """Different texts of a column, in the order of their characters, up to `most`; LookupError when there is no such column. Read by
        DuckDB, so that a large table is never in memory."""
        generation = self._current()
        if column not in generation.columns.get(name, ()):
            raise LookupError(f"No column {column!r} in {name!r}")
        schema, _, table = name.partition(".")
        called = f"wh.{quoted(schema)}.{quoted(table)}"
        found = generation.fetch(
            f"select distinct cast({quoted(column)} as varchar) as text from {called} where {quoted(column)} is not null "  # noqa: S608 (names of the file)
            f"order by text limit {most}"
        )
        return found["text"].to_list()

    def ask(self, query: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
        """Rows of one query of ours over the file (`wh.mart.fact`): for what no key says, some rows of very many in an order of theirs.

        Raises duckdb.Error.
        """
        return self._current().fetch(query, parameters)

    def columns(self) -> Mapping[str, Sequence[str]]:
        """Columns of every table and view, by schema.table."""
        return self._current().columns

    @property
    def internal(self) -> bool:
        """Internal facts are shown: whatever leaves the dashboard has to say so."""
        return self._internal

    @property
    def build(self) -> Build:
        """The build that is read now."""
        return self._current().build

    @property
    def rejected(self) -> str:
        """Why the file as it stands is not read, in Chinese, while an earlier build goes on being served; blank when it is read."""
        self._current()
        return self._rejected[1] if self._rejected else ""

    @property
    def damaged(self) -> bool:
        """Something that was asked of the build that is read could not be read."""
        return self._current().damaged

    @contextmanager
    def pinned(self) -> Iterator[Build]:
        """Within it this thread reads one build, whatever happens to the file: a card never mixes two."""
        outer = getattr(self._pin, "generation", None)
        generation = outer or self._current()
        self._pin.generation = generation
        try:
            yield generation.build
        finally:
            self._pin.generation = outer

    @contextmanager
    def reading(self) -> Iterator[Build | None]:
        """Like `pinned`, but gives None instead of raising when there is no warehouse."""
        with ExitStack() as stack:
            try:
                build: Build | None = stack.enter_context(self.pinned())
            except WarehouseUnavailableError:
                build = None
            yield build

    def remember(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What `make` gave for `key` in this build; kept with the build and gone with it. The value must not be changed.

        A key that is a name (`gazetteer`) stands for one thing of the whole build: it is made by one thread while others that ask for
        it wait, and stays. Any other key (a card under a selection) is one of many, of which those used last are kept.
        """
        with self.pinned():
            if isinstance(key, str):
                return self._whole(key, make)
            kept: Lru[Value] = self._current().made
            value = kept.get(key)
            if value is None:
                value = make()
                kept.put(key, value)
            return value

    def _whole(self, key: str, make: Callable[[], Value]) -> Value:
        generation = self._current()
        if key not in generation.whole_made:
            with generation.making(key):
                if key not in generation.whole_made:
                    generation.whole_made[key] = make()
        value: Value = generation.whole_made[key]
        return value

    def _current(self) -> _Generation:
        pinned: _Generation | None = getattr(self._pin, "generation", None)
        if pinned is not None:
            return pinned
        if self._generation is None or time.monotonic() >= self._next_look:
            with self._lock:
                if self._generation is None or time.monotonic() >= self._next_look:
                    self._look()
                    self._next_look = time.monotonic() + self._look_every
        assert self._generation is not None
        return self._generation

    def _look(self) -> None:
        """Open the file if it is another one than before; with a bad new file the old build stays."""
        try:
            if self._generation is None or self._generation.stamp != _stamp(self._path):
                self._generation = self._open()
            self._rejected = None
        except (OSError, duckdb.Error, ValueError, DamagedError) as error:
            self._reject(error)
            if self._generation is None:
                raise WarehouseUnavailableError(_reason(self._path, error)) from error

    def _reject(self, error: Exception) -> None:
        """Note why, and have the log say it, once for each file."""
        try:
            stamp = _stamp(self._path)
        except OSError:
            stamp = None
        if self._rejected is None or self._rejected[0] != stamp:
            served = f"; build {self._generation.build.build_id} goes on being served" if self._generation else ""
            log.error("%s cannot be used: %s%s", self._path.name, " ".join(str(error).split())[:300], served)
        self._rejected = (stamp, _reason(self._path, error))

    def _open(self) -> _Generation:
        for _ in range(4):  # stamped before and after: never label old rows with a new stamp
            stamp = _stamp(self._path)
            opened = _Generation(self._path, stamp, internal=self._internal)
            if stamp == _stamp(self._path):
                break
        return opened


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _reason(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"还没有数据文件（{path.name}）。请先运行 make warehouse 生成数据。"
    if isinstance(error, DamagedError):
        return str(error)
    if isinstance(error, OtherContractError):
        return f"数据文件（{path.name}）的表与列不是本看板要的（数据约定编号不同）。请用同一版程序运行 make warehouse 重新生成。"
    if isinstance(error, PermissionError) or "permission denied" in str(error).lower():
        return f"没有权限读取数据文件（{path.name}）。请管理员把它的读取权限给启动看板的用户。"
    if "lock" in str(error).lower():
        return f"数据文件（{path.name}）正被另一个程序以写方式打开，关闭它后即可恢复。"
    return f"数据文件（{path.name}）无法读取，可能不完整或不是本系统生成的。请重新运行 make warehouse。"
