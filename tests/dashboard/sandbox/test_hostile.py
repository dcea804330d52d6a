"""Hostile statements: none gets out, none holds the server past its limit, and the next query works."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.sandbox.gate import Viewer
from dashboard.sandbox.runner import Limits, QueryError, Result, Sandbox
from tests.dashboard.sandbox.hostile import FAMILIES, Family

CANARY = "canary-7f3a"
LIMITS = Limits(seconds=0.7, grace=2.0, rows=200, bytes=300_000, running=2)
# A machine that runs other tests beside needs seconds to start and to reap; what nobody stops takes ten and more.
LATEST = LIMITS.seconds + LIMITS.kill + LIMITS.grace + 4.0


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that no query may read or write, with a file that would betray itself."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.csv").write_text(f"a,b\n{CANARY},1\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """A server that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as opened:
        opened.settimeout(0.05)
        yield opened


@pytest.fixture(scope="module")
def sandbox(warehouse: Path) -> Sandbox:
    return Sandbox(warehouse, limits=LIMITS)


def ended(sandbox: Sandbox, statement: str) -> tuple[Result | str, float]:
    """Rows or the code of the fault, and the seconds that it took."""
    start = time.monotonic()
    try:
        found: Result | str = sandbox.run(statement, viewer=Viewer("127.0.0.1", str(threading.get_ident())))
    except QueryError as error:
        found = "read the file" if CANARY in f"{error.fault.message}{error.fault.hint}" else error.fault.code
    return found, time.monotonic() - start


def complaint(family: Family, found: Result | str, seconds: float) -> str:
    """What is wrong with an ending; blank when nothing is."""
    if seconds > LATEST:
        return f"held the server for {seconds:.1f} s"
    if isinstance(found, str):
        return "" if found in {"refused", "sql", "time", "size", "crashed"} else f"ended with {found}"
    if family.ends == "stopped":
        return f"was run: {found.rows[:2]}"
    return "read the file" if CANARY in str(found.rows) else ""


def run_family(family: Family, sandbox: Sandbox, outside: Path, listener: socket.socket) -> None:
    before = {path.name for path in outside.iterdir()}
    digest = hashlib.sha256(sandbox._sources.current().path.read_bytes()).hexdigest()
    written = {"{file}": str(outside / "secret.csv"), "{folder}": str(outside), "{port}": str(listener.getsockname()[1])}
    statements = list(family.statements)
    for place, stated in enumerate(statements):
        for name, value in written.items():
            statements[place] = stated = stated.replace(name, value)
    with ThreadPoolExecutor(LIMITS.running) as pool:
        endings = list(pool.map(lambda statement: ended(sandbox, statement), statements))
    wrong = [
        f"{statement[:120]!r} {said}"
        for statement, (found, seconds) in zip(statements, endings, strict=True)
        if (said := complaint(family, found, seconds))
    ]
    assert not wrong, "\n".join(["", *wrong])
    assert {path.name for path in outside.iterdir()} == before
    assert hashlib.sha256(sandbox._sources.current().path.read_bytes()).hexdigest() == digest
    with pytest.raises(TimeoutError):
        listener.accept()
    patient = Sandbox(sandbox._sources.current().path, limits=Limits(seconds=60))
    assert patient.run("select 40 + 2 as a").rows == [[42]]


def test_there_are_two_hundred_of_them_and_no_two_alike():
    statements = [statement for family in FAMILIES for statement in family.statements]
    assert len(set(statements)) == len(statements) >= 200


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_no_hostile_statement_gets_out_or_holds_the_server(family, sandbox, outside, listener):
    run_family(family, sandbox, outside, listener)
