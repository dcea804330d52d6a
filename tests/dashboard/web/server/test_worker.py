"""The served dashboard: a client that will not hang up holds up nobody else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from dashboard.settings import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def port(warehouse: Path) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        found = free.getsockname()[1]
    environment = os.environ | {"PORT": str(found), "HOST": "127.0.0.1", "WAREHOUSE": str(warehouse), "THREADS": "4"}
    served = subprocess.Popen([sys.executable, "-m", "dashboard"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 60
        while not healthy(found):
            assert time.monotonic() < end
            time.sleep(0.1)
        yield found
    finally:
        served.terminate()
        served.wait(15)


def healthy(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
        return answer.status == 200
    return False


def test_clients_that_keep_their_end_open_hold_up_nobody(port):
    stubborn = []
    for _ in range(3):
        opened = socket.create_connection(("127.0.0.1", port), timeout=5)
        opened.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert opened.recv(4096).startswith(b"HTTP/1.1 200")
        stubborn.append(opened)  # answered, and never closed
    waits = []
    for _ in range(10):
        start = time.monotonic()
        assert healthy(port)
        waits.append(time.monotonic() - start)
    for opened in stubborn:
        opened.close()
    assert sorted(waits)[5] < 0.5
