"""Servers under test, each a process of its own on a free port of this machine."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
RIVALS_PYTHON = ROOT / ".bench" / "bin" / "python"
_WAITRESS = ("-m", "waitress", "--threads=8", "--connection-limit=2000", "--asyncore-use-poll")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(
    command: Sequence[str], port: int, *, ready: str = "/", environment: Mapping[str, str] | None = None, seconds: float = 60
) -> Iterator[str]:
    """Run a server until the block ends; gives its address once `ready` answers with 200. What it printed is in the error."""
    with tempfile.TemporaryFile() as said:
        started = subprocess.Popen(
            list(command), cwd=ROOT, env=os.environ | (environment or {}), stdout=said, stderr=subprocess.STDOUT
        )
        address = f"http://127.0.0.1:{port}"
        try:
            end = time.monotonic() + seconds
            while not _answers(address + ready):
                if started.poll() is not None or time.monotonic() > end:
                    said.seek(0)
                    raise RuntimeError(f"服务没有启动：{' '.join(command)}\n{said.read().decode(errors='replace')[-2000:]}")
                time.sleep(0.1)
            yield address
        finally:
            started.terminate()
            try:
                started.wait(10)
            except subprocess.TimeoutExpired:
                started.kill()


@contextmanager
def dashboard(warehouse: Path | None = None) -> Iterator[str]:
    """The dashboard as `make run` serves it."""
    port = free_port()
    environment = {"PORT": str(port), "HOST": "127.0.0.1", "WAREHOUSE": str(warehouse or ROOT / "warehouse.duckdb")}
    with process((sys.executable, "-m", "dashboard"), port, ready="/healthz", environment=environment) as address:
        yield address


@contextmanager
def bare(application: str, environment: Mapping[str, str]) -> Iterator[str]:
    """A WSGI application under the same server with as many threads as the dashboard's."""
    port = free_port()
    with process(waitress(sys.executable, application, port), port, environment=environment) as address:
        yield address


def waitress(python: str | Path, application: str, port: int) -> list[str]:
    """The command that serves a WSGI application with the dashboard's server and as many threads."""
    return [str(python), *_WAITRESS, f"--listen=127.0.0.1:{port}", application]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
