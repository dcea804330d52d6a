"""The process that runs one query and ends. It starts with a bare interpreter: the standard library and DuckDB, no more.

One JSON line comes in on stdin (see `Job`), one JSON document goes out on stdout; where the rows are asked for as Arrow, a line end
and an Arrow stream follow it. Before the first word of a reader's SQL
is looked at, the process has bounded its own memory, time and files, given way to other processes, and opened the
warehouse read-only with everything switched off that leads outside. Whatever the query does dies with the process.
"""

import contextlib
import json
import os
import resource
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import duckdb
import pytz

from dashboard.sandbox.faults import Fault, fault_of
from dashboard.sandbox.kinds import HEAD, IN_ARROW, IN_JSON, read_whole
from dashboard.sandbox.names import SEARCHED
from dashboard.sandbox.priority import FIRST_NICE, step_back, write_quietly
from dashboard.sandbox.statement import NOTHING, RefusedError, check
from dashboard.sandbox.values import plain

_MEBI = 1 << 20
_FAULTS = (RefusedError, MemoryError, duckdb.Error, RecursionError, ValueError, TypeError, OverflowError)
_BATCH = 256  # rows fetched at a time
_ARROW_BATCH = 2048
_LONG = 18  # characters; a whole number of as many stays text in any case
_CONFIG: dict[str, Any] = {
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "errors_as_json": "true",
    "extension_directory": "none",
    "max_temp_directory_size": "0B",
    "python_enable_replacements": "false",
    "secret_directory": "",
    "temp_directory": "",
}
_ZONE = "Asia/Shanghai"
_INTERNAL = "select 1 from mart.fact where disclosure = 'internal' limit 1"
_BUILD = "select build_id from meta.build"


class Job(TypedDict):
    """What the server asks for. Times in seconds, memory in MiB."""

    directory: str  # of the warehouse file; the process moves there
    file: str
    build_id: str  # the build that is meant; another one is not read
    public: bool  # True: a file with internal facts in it is not read
    sql: str
    params: dict[str, Any]
    arrow: bool  # the rows as an Arrow stream, with their types
    rows: int
    bytes: int
    seconds: float
    kill: float  # seconds more until the process ends where DuckDB does not stop by itself
    memory: int
    address_space: int


class TooLargeError(ValueError):
    """The rows are more bytes than may be sent."""


class StaleError(ValueError):
    """The file is not the one that was meant: the server looks again."""


def main() -> None:
    """Read one job, answer it. Blank input (the server has gone) is no job."""
    line = sys.stdin.buffer.readline()
    if not line:
        return
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing but the answer is said there: DuckDB draws progress bars
    told, rows = _answer(json.loads(line))
    said = json.dumps(told, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    with contextlib.suppress(BrokenPipeError), os.fdopen(answers, "wb") as server:
        server.write(said)
        if rows:
            server.write(b"\n")
            server.write(rows)
    os._exit(0)  # without the warnings that DuckDB's binding prints about its own objects


def _answer(job: Job) -> tuple[dict[str, Any], bytes]:
    """The JSON document and the Arrow stream behind it (blank unless asked for)."""
    try:
        _bind(job)
        connection = _open(job)
    except (StaleError, duckdb.IOException):
        return {"fault": Fault(code="stale", message="").plain()}, b""
    # Some functions never look whether they should stop. No Python code could end them, for it would have to wait for them: the kernel does.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, job["seconds"] + job["kill"])
    try:
        asked = _asked(connection, job)
    except _FAULTS as error:
        return _faulty(error, job, ""), b""
    try:
        return _run(connection, asked, job)
    except _FAULTS as error:
        return _faulty(error, job, asked.before), b""
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)  # how long the answer takes to send is the server's affair


def _faulty(error: BaseException, job: Job, before: str) -> dict[str, Any]:
    """The answer that an exception stands for; `before` are words of ours in front of the reader's."""
    if isinstance(error, RefusedError):
        return {"fault": Fault(code="refused", message=str(error)).plain()}
    if isinstance(error, TooLargeError | MemoryError):
        return {"fault": Fault(code="size", message="").plain()}
    return {"fault": fault_of(error, job["sql"], before).plain()}


def _bind(job: Job) -> None:
    """Bound memory, processor time and files; step behind every other process."""
    address_space = job["address_space"] * _MEBI
    seconds = int(job["seconds"]) + 2
    resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    step_back(os.getpid(), FIRST_NICE)
    write_quietly("/proc/self/oom_score_adj", "1000")


def _open(job: Job) -> duckdb.DuckDBPyConnection:
    """The warehouse, read-only and shut off. From here on the process can open no other file, whatever DuckDB is told."""
    os.chdir(job["directory"])
    config = _CONFIG | {
        "memory_limit": f"{job['memory']}MiB",
        "threads": 1,
        "max_execution_time": str(max(1, int(job["seconds"] * 1000))),
    }
    connection = duckdb.connect(job["file"], read_only=True, config=config)
    connection.execute("set enable_progress_bar = false")
    connection.execute(f"set TimeZone = '{_ZONE}'")
    connection.execute(f"set search_path = '{','.join(SEARCHED)}'")
    pytz.timezone(_ZONE)  # its file is read now; DuckDB asks for it when the first time with a zone is fetched
    if connection.execute(_BUILD).fetchall() != [(job["build_id"],)]:
        raise StaleError
    if job["public"] and connection.execute(_INTERNAL).fetchall():
        raise StaleError
    if job["arrow"]:
        import pyarrow  # noqa: F401  (while files may still be opened)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    _shut_files()
    return connection


def _shut_files() -> None:
    """No further file, socket or pipe: the limit is the number that is open."""
    last = max(int(name) for name in os.listdir("/dev/fd"))  # noqa: PTH208  (names, not paths)
    taken = {number for number in range(last + 1) if _is_open(number)}
    limit = next(number for number in range(last + 2) if number not in taken)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """The statement that runs, what stands in it before the reader's words, and the columns as the reader named them."""

    statement: Any
    before: str
    columns: list[dict[str, str]]


def _asked(connection: duckdb.DuckDBPyConnection, job: Job) -> _Asked:
    checked = check(connection, job["sql"])
    wanted, given = checked.parameters, job["params"].keys()
    if wanted != given:
        _complain(sorted(wanted - given), sorted(given - wanted))
    bound = _bound(connection, checked.statement, job["params"] or None)
    if bound is None:
        raise RefusedError(NOTHING)
    columns = [
        {"name": name, "type": str(kind).replace('"NULL"', "NULL")} for name, kind in zip(bound.columns, bound.types, strict=True)
    ]
    whole = read_whole(connection, checked.statement.query, bound.types, IN_ARROW if job["arrow"] else IN_JSON)
    return _Asked(statement=whole or checked.statement, before=HEAD if whole else "", columns=columns)


def _bound(connection: duckdb.DuckDBPyConnection, statement: Any, params: Any) -> Any:
    """The statement with its names and types known, not run yet."""
    try:
        return connection.sql(statement, params=params)
    except duckdb.Error:
        connection.execute(statement, params)  # fails alike, and says where
        raise


def _run(connection: duckdb.DuckDBPyConnection, asked: _Asked, job: Job) -> tuple[dict[str, Any], bytes]:
    params = job["params"] or None
    if job["arrow"]:
        rows, truncated = _arrow_rows(connection.sql(asked.statement, params=params), job)
        return {"columns": asked.columns, "truncated": truncated}, rows
    whole = [place for place, column in enumerate(asked.columns) if column["type"] == "BIGNUM"]
    found = _json_rows(connection.execute(asked.statement, params), job, whole)
    return {"columns": asked.columns, "rows": found[: job["rows"]], "truncated": len(found) > job["rows"]}, b""


def _json_rows(cursor: duckdb.DuckDBPyConnection, job: Job, whole: Sequence[int]) -> list[list[Any]]:
    """Rows as JSON values, one more than are wanted where there are more; `whole`: places of numbers that come as text. TooLargeError
    beyond the bytes."""
    rows: list[list[Any]] = []
    room = job["bytes"]
    while len(rows) <= job["rows"]:
        batch = cursor.fetchmany(min(_BATCH, job["rows"] + 1 - len(rows)))
        if not batch:
            break
        made, weight = _plain_rows(batch, whole)
        room -= weight
        if room < 0:
            raise TooLargeError
        rows += made
    return rows


def _arrow_rows(relation: duckdb.DuckDBPyRelation, job: Job) -> tuple[bytes, bool]:
    """Rows as an Arrow stream, and whether there are more. TooLargeError beyond the bytes."""
    import pyarrow

    reader = relation.to_arrow_reader(_ARROW_BATCH)
    target = pyarrow.BufferOutputStream()
    left, truncated = job["rows"], False
    with pyarrow.ipc.new_stream(target, reader.schema) as writer:
        for batch in reader:
            truncated = batch.num_rows > left
            writer.write_batch(batch.slice(0, left))
            left -= min(batch.num_rows, left)
            if target.tell() > job["bytes"]:
                raise TooLargeError
            if truncated:
                break
    return target.getvalue().to_pybytes(), truncated


def _plain_rows(batch: Sequence[tuple[Any, ...]], whole: Sequence[int]) -> tuple[list[list[Any]], int]:
    """Rows as JSON values, and how many bytes they will be."""
    rows = [[plain(value) for value in row] for row in batch]
    for row in rows if whole else ():
        for place in whole:
            if row[place] is not None and len(row[place]) < _LONG:
                row[place] = plain(int(row[place]))
    return rows, len(json.dumps(rows, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"))


def _complain(missing: Sequence[str], unknown: Sequence[str]) -> None:
    listed = "、".join(f"${name}" for name in (missing or unknown))
    raise RefusedError(f"参数 {listed} 没有给值。" if missing else f"查询里没有参数 {listed}。")
