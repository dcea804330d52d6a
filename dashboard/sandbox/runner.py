"""Runs SQL that readers write: each query in a process of its own, ended when its time is up.

sandbox = Sandbox(Path("warehouse.duckdb"))
sandbox.run("select area_name from mart.fact where year = $year", {"year": 2022}, viewer=Viewer("127.0.0.1"))
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow

from dashboard.sandbox.faults import Code, Fault
from dashboard.sandbox.gate import NOBODY, BusyError, Gate, Place, Viewer
from dashboard.sandbox.source import NoSourceError, Source, SourceFinder

_ROOT = Path(__file__).resolve().parent.parent.parent
_PACKAGES = Path(duckdb.__file__).resolve().parent.parent
_BOOT = (
    f"import sys; sys.path[:0] = [{str(_ROOT)!r}, {str(_PACKAGES)!r}]; "
    "from dashboard.sandbox.child import main; main()"
)  # fmt: skip
_COMMAND = [sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT]
ARROW_START = 3.0  # seconds that loading Arrow may take on a busy machine
_TRIES = 4  # times that the file may be replaced between the look at it and the start of the process

TIME = "运行超过 {seconds:g} 秒，已停止。可以先用 where 或 limit 缩小范围，或少联几张表。"
KILLED = (
    "运行超过 {seconds:g} 秒，正在算的一步又没有及时停下（如很长的 lpad、levenshtein，或 sleep_ms），运行它的进程已被结束，没有结果。"
    "可以缩短文字、减少行数，分几步做。"
)
SIZE = "结果或中间结果太大（上限：结果 {megabytes:g} MB，内存 {memory} MB），已停止。请少取几列、用 limit，或先汇总。"
CRASHED = "这条查询使运行它的进程意外结束，其他人不受影响。请换一种写法。"
CANCELLED = "已取消。"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one query may take, and how many may run. Seconds; memory and address space in MiB. `kill`: from the limit to the end of the
    process where DuckDB does not stop by itself; `grace`: for the start and for sending the answer, which do not count."""

    seconds: float = 5.0
    kill: float = 0.5
    grace: float = 2.0
    rows: int = 10_000
    bytes: int = 8_000_000
    file_rows: int = 100_000  # of a result that is saved
    file_bytes: int = 32_000_000
    memory: int = 300
    address_space: int = 1536
    statement: int = 100_000  # characters
    running: int = 2


@dataclass(frozen=True, kw_only=True)
class Column:
    """Name and DuckDB type of a result's column. Names may occur twice."""

    name: str
    type: str


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What came of one query. `truncated`: there were more rows than the limit."""

    columns: tuple[Column, ...]
    truncated: bool
    build_id: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Result(_Found):
    """Rows of one query as JSON values."""

    rows: list[list[Any]]


@dataclass(frozen=True, kw_only=True)
class TypedResult(_Found):
    """Rows of one query as an Arrow table with the types of DuckDB (kinds.py says which are text instead)."""

    table: pyarrow.Table


class QueryError(RuntimeError):
    """A query without a result."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Sandbox:
    """One a server. Thread-safe. `internal` shows facts that must not leave the office."""

    def __init__(self, path: Path, *, internal: bool = False, limits: Limits | None = None) -> None:
        self.limits, self.internal = limits or Limits(), internal
        self._sources = SourceFinder(path, internal=internal)
        self._gate = Gate(self.limits.running)

    def run(self, sql: str, params: Mapping[str, Any] | None = None, *, viewer: Viewer = NOBODY, to_save: bool = False) -> Result:
        """Rows of the one statement in `sql`, its parameters ($name) from `params`. QueryError when there are none.

        `to_save`: for a file, which may hold more than a page shows."""
        return _result(self._admitted(sql, params, viewer, _Wish(to_save=to_save)))

    def typed(self, sql: str, params: Mapping[str, Any] | None = None, *, viewer: Viewer = NOBODY) -> TypedResult:
        """The same for a file that keeps types. QueryError when there are no rows to be had."""
        found = self._admitted(sql, params, viewer, _Wish(to_save=True, arrow=True))
        plain = _result(found)
        try:
            table = pyarrow.ipc.open_stream(found.behind).read_all()
            table.validate()  # not in full: Arrow refuses the time 24:00:00, which DuckDB knows
        except pyarrow.ArrowException as error:
            raise QueryError(Fault(code="crashed", message=CRASHED)) from error
        return TypedResult(
            columns=plain.columns, table=table, truncated=plain.truncated, build_id=plain.build_id, seconds=plain.seconds
        )

    def _admitted(self, sql: str, params: Mapping[str, Any] | None, viewer: Viewer, wish: _Wish) -> _Answer:
        if len(sql) > self.limits.statement:
            raise QueryError(Fault(code="refused", message=f"语句太长：最多 {self.limits.statement} 个字符。"))
        try:
            with self._gate.place(viewer) as place:
                return self._run(sql, dict(params or {}), place, wish)
        except BusyError as error:
            raise QueryError(Fault(code="busy", message=str(error))) from error
        except NoSourceError as error:
            raise QueryError(Fault(code="unavailable", message=str(error))) from error

    def cancel(self, viewer: Viewer = NOBODY) -> bool:
        """End the query that `viewer` runs or waits for; False when there is none."""
        return self._gate.cancel(viewer)

    def own(self, sql: str) -> Result:
        """Rows of a statement of ours (never a reader's): the same process and limits, but it takes nobody's place."""
        return _result(self._run(sql, {}, Place(), _Wish()))

    def _run(self, sql: str, params: dict[str, Any], place: Place, wish: _Wish) -> _Answer:
        job = {"sql": sql, "params": params} | _limits(self.limits, wish)
        for attempt in range(_TRIES):
            source = self._sources.current(again=attempt > 0)
            start = time.monotonic()
            told, behind = self._ask(_written(job, source), place, (int(job["bytes"]), ARROW_START if wish.arrow else 0.0))
            fault = told.get("fault")
            if fault is None:
                return _Answer(told=told, behind=behind, build_id=source.build_id, seconds=time.monotonic() - start)
            if fault["code"] != "stale":
                raise QueryError(self._worded(Fault(**fault), int(job["bytes"])))
        raise NoSourceError("数据正在更新，请再试一次。")

    def _ask(self, job: bytes, place: Place, allowed: tuple[int, float]) -> _Heard:
        """The answer of a new process, or the fault that its end stands for. `allowed`: bytes, and seconds more for the start."""
        room, more = allowed
        process = subprocess.Popen(  # our own interpreter and words; the reader's SQL goes in by stdin
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, start_new_session=True
        )  # fmt: skip
        try:
            place.started(process)
            place.watch(self.limits.seconds + self.limits.kill + self.limits.grace + more)
            return self._fault(place) or _hear(process, job, room) or self._fault(place) or self._end(process)
        finally:
            place.over()
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            process.wait()

    def _fault(self, place: Place) -> _Heard | None:
        if place.cancelled:
            return _faulty("cancelled")
        return self._killed() if place.expired else None

    def _end(self, process: subprocess.Popen[bytes]) -> _Heard:
        """Why a process ended without an answer."""
        return self._killed() if process.wait() == -signal.SIGALRM else _faulty("crashed")

    def _killed(self) -> _Heard:
        return _faulty("time", KILLED.format(seconds=self.limits.seconds))

    def _worded(self, fault: Fault, room: int) -> Fault:
        limits = self.limits
        words = {
            "time": TIME.format(seconds=limits.seconds),
            "size": SIZE.format(megabytes=room / 1e6, memory=limits.memory),
            "crashed": CRASHED,
            "cancelled": CANCELLED,
        }
        return replace(fault, message=fault.message or words.get(fault.code, ""))


@dataclass(frozen=True, kw_only=True)
class _Wish:
    to_save: bool = False
    arrow: bool = False


@dataclass(frozen=True, kw_only=True)
class _Answer:
    told: dict[str, Any]
    behind: bytes  # an Arrow stream, where one was wished for
    build_id: str
    seconds: float


_Heard = tuple[dict[str, Any], bytes]


def _hear(process: subprocess.Popen[bytes], job: bytes, room: int) -> _Heard | None:
    """What the process says; None when it ended without a whole answer. It is not believed to keep to the byte limit."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(BrokenPipeError):
        process.stdin.write(job)
        process.stdin.close()
    most = 2 * room + 1_000_000
    said = process.stdout.read(most + 1)
    if len(said) > most:
        return _faulty("size")
    told, _line_end, behind = said.partition(b"\n")  # JSON on one line
    try:
        return orjson.loads(told), behind
    except orjson.JSONDecodeError:
        return None


def _faulty(code: Code, message: str = "") -> _Heard:
    return {"fault": Fault(code=code, message=message).plain()}, b""


def _limits(limits: Limits, wish: _Wish) -> dict[str, Any]:
    rows, room = (limits.file_rows, limits.file_bytes) if wish.to_save else (limits.rows, limits.bytes)
    return {
        "arrow": wish.arrow, "rows": rows, "bytes": room, "seconds": limits.seconds, "kill": limits.kill, "memory": limits.memory,
        "address_space": limits.address_space,
    }  # fmt: skip


def _written(job: dict[str, Any], source: Source) -> bytes:
    place = {"directory": str(source.path.parent), "file": source.path.name, "build_id": source.build_id, "public": source.public}
    return json.dumps(job | place).encode() + b"\n"  # the library's own writer: it takes half characters, which DuckDB refuses


def _result(answer: _Answer) -> Result:
    columns = tuple(Column(name=str(column["name"]), type=str(column["type"])) for column in answer.told["columns"])
    return Result(
        columns=columns, rows=answer.told.get("rows", []), truncated=bool(answer.told["truncated"]), build_id=answer.build_id,
        seconds=answer.seconds,
    )  # fmt: skip
