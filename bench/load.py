"""A bounded load on one address of this machine: python -m bench.load HOST PORT CLIENTS SECONDS < request. Prints JSON.

Raw sockets and one prepared request: the generator must cost less than the servers that it compares.
"""

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

MOST_CLIENTS, MOST_SECONDS = 100, 20.0
_STACK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Load:
    """What came back."""

    per_second: float
    p95_ms: float
    errors: int
    bytes_each: int


def load(address: str, request: bytes, *, clients: int, seconds: float) -> Load:
    """Put the load on, from a process of its own."""
    place = urlsplit(address)
    command = [sys.executable, "-m", "bench.load", str(place.hostname), str(place.port), str(clients), str(seconds)]
    ended = subprocess.run(command, input=request, capture_output=True, check=True, timeout=MOST_SECONDS + 30)
    return Load(**json.loads(ended.stdout))


def http(method: str, path: str, body: bytes = b"", *, headers: tuple[str, ...] = ()) -> bytes:
    """One HTTP/1.1 request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: keep-alive", *headers]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _client(host: str, port: int, request: bytes, until: float, told: list[tuple[float, int, bool]]) -> None:
    reader, writer = await asyncio.open_connection(host, port, limit=_STACK)
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        await reader.readexactly(length)
        told.append((time.perf_counter() - began, length, head.startswith(b"http/1.1 200")))
    writer.close()


async def _all(host: str, port: int, request: bytes, clients: int, seconds: float) -> Load:
    told: list[tuple[float, int, bool]] = []
    began = time.perf_counter()
    calls = [_client(host, port, request, began + seconds, told) for _ in range(clients)]
    ended = await asyncio.gather(*calls, return_exceptions=True)
    took = time.perf_counter() - began
    waits = sorted(wait for wait, _length, _good in told)
    errors = sum(not good for *_rest, good in told) + sum(isinstance(end, BaseException) for end in ended)
    return Load(
        per_second=len(told) / took, p95_ms=waits[int(len(waits) * 0.95)] * 1000 if waits else 0.0, errors=errors,
        bytes_each=told[-1][1] if told else 0,
    )  # fmt: skip


def main() -> int:
    host, port, clients, seconds = sys.argv[1:]
    if host not in {"127.0.0.1", "localhost"}:
        raise SystemExit("只对本机施加负载")
    count, span = min(int(clients), MOST_CLIENTS), min(float(seconds), MOST_SECONDS)
    found = asyncio.run(_all(host, int(port), sys.stdin.buffer.read(), count, span))
    sys.stdout.write(json.dumps(asdict(found)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
