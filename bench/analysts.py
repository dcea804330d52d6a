"""Five analysts run the heaviest queries that are let through while twenty viewers click: what do the viewers notice?

Viewers read like people: a click, a look, the next click. Analysts send the next query as soon as the last one ended, and ask
again when the server is full, as the page does. Rounds alternate: viewers alone, viewers with analysts.
"""

import argparse
import asyncio
import base64
import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from bench import servers
from bench.callbacks import question
from bench.load import http
from bench.report import Line, leave, load_line, middle, percentile, say, tell

NAME = "分析与浏览同时"
BUDGET = "5 人跑最重的查询时，20 个浏览者的 p95 ≤ 单独浏览时的 3 倍"
TIMES = 3.0
CHARTS = ("overview-bodies", "overview-extension", "overview-take-up", "overview-ladder", "ratio-by-scope", "small-counties-cuts")
LOOK = 0.4  # seconds between two clicks of one viewer, on average
HEAVY = (
    "select count(*) from range(1000000) a, range(1000000) b",
    "select sum(a.obs_value * b.obs_value * c.obs_value) from mart.fact a, mart.fact b, mart.fact c",
    "select count(distinct a.fact_id || b.fact_id || c.fact_id) from mart.fact a, mart.fact b, mart.fact c",
    "with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t",
    "select a.fact_id, b.fact_id from mart.fact a, mart.fact b order by a.as_stated || b.as_stated",
    "select list_sum(list_transform(range(20000000), lambda x: x * 2))",
    "select max(levenshtein(repeat('a', 5000), repeat('b', 5000))) from range(10000)",
    "from mart.fact a, mart.fact b",
    "select string_agg(a.as_stated, ',') from mart.fact a, mart.fact b, range(100)",
    "select sum(sin(range) * cos(range)) from range(100000000000)",
)  # fmt: skip


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--viewers", type=int, default=20)
    asked.add_argument("--analysts", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=10.0, help="每轮多少秒")
    asked.add_argument("--rounds", type=int, default=3)
    wanted = asked.parse_args()
    viewers, analysts, rounds = min(wanted.viewers, 100), min(wanted.analysts, 20), min(wanted.rounds, 10)
    seconds = min(wanted.seconds, 60.0)
    alone: list[list[float]] = []
    beside: list[list[float]] = []
    ended: Counter[str] = Counter()
    with servers.dashboard() as address:
        requests = clicks(address)
        asyncio.run(browse(address, requests, viewers, 2.0))  # warm
        for _ in range(rounds):
            alone.append(asyncio.run(browse(address, requests, viewers, seconds)))
            with_analysts(
                address, analysts, lambda: beside.append(asyncio.run(browse(address, requests, viewers, seconds))), ended
            )
            say(f"单独 p95 {percentile(alone[-1], 0.95):.1f} ms，同时 p95 {percentile(beside[-1], 0.95):.1f} ms（{load_line()}）")
    return tell(_lines(alone, beside, ended))


def _lines(alone: Sequence[Sequence[float]], beside: Sequence[Sequence[float]], ended: Counter[str]) -> list[Line]:
    first, second = ([percentile(waits, 0.95) for waits in rounds] for rounds in (alone, beside))
    ratio = middle([after / before for before, after in zip(first, second, strict=True)])
    said = f"{ratio:.2f} 倍：单独 {middle(first):.1f} ms，同时 {middle(second):.1f} ms；点击 {sum(map(len, beside))} 次"
    queries = "，".join(f"{status} {count} 次" for status, count in sorted(ended.items()))
    return [
        Line(item=f"{NAME}（浏览者 p95）", measured=said, budget=f"≤ {TIMES:g} 倍", kept=ratio <= TIMES),
        Line(item=f"{NAME}（分析者的查询）", measured=queries),
    ]


def clicks(address: str) -> list[bytes]:
    """Requests that a reading browser sends: pages and cards."""
    dependencies = json.loads(_get(f"{address}/_dash-dependencies"))
    build = json.loads(_get(f"{address}/healthz")).get("build", "")
    asked = [
        "/_fill?" + base64.urlsafe_b64encode(question(dependencies, build, chart)).decode().rstrip("=")
        for chart in CHARTS
        if any(f"written-{chart}.data" in one["output"] for one in dependencies)
    ]
    return [
        http("GET", path, headers=("Accept-Encoding: gzip",)) for path in ["/", "/_dash-layout", "/_dash-dependencies", *asked]
    ]


async def browse(address: str, requests: Sequence[bytes], viewers: int, seconds: float) -> list[float]:
    """Milliseconds of every click. An answer other than 200 is an error."""
    place = urlsplit(address)
    until = time.perf_counter() + seconds
    waits: list[float] = []

    async def view(number: int) -> None:
        chance = random.Random(number)
        reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=1 << 22)
        await asyncio.sleep(chance.random() * LOOK)
        while time.perf_counter() < until:
            began = time.perf_counter()
            writer.write(chance.choice(requests))
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0]))
            waits.append((time.perf_counter() - began) * 1000)
            if not head.startswith(b"http/1.1 200"):
                raise RuntimeError(head.decode("latin-1")[:200])
            await asyncio.sleep(LOOK * (0.5 + chance.random()))
        writer.close()

    await asyncio.gather(*(view(number) for number in range(viewers)))
    return waits


def with_analysts(address: str, analysts: int, act: Callable[[], None], ended: Counter[str]) -> None:
    """Do `act` while analysts keep the server busy; `ended` counts how their queries ended."""
    over = threading.Event()
    threads = [threading.Thread(target=_analyse, args=(address, number, over, ended)) for number in range(analysts)]
    for thread in threads:
        thread.start()
    time.sleep(1.0)  # until they are at work
    try:
        act()
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _analyse(address: str, number: int, over: threading.Event, ended: Counter[str]) -> None:
    chance = random.Random(number)
    while not over.is_set():
        body = json.dumps({"sql": chance.choice(HEAVY)}).encode()
        headers = {"Content-Type": "application/json", "X-Viewer": f"analyst-{number:04d}"}
        try:
            with urllib.request.urlopen(urllib.request.Request(f"{address}/api/sql", body, headers), timeout=30) as answer:
                answer.read()
                ended["完成"] += 1
        except urllib.error.HTTPError as error:
            error.close()
            ended[{408: "超时停止", 413: "太大停止", 429: "名额已满"}.get(error.code, f"HTTP {error.code}")] += 1
            if error.code == 429:
                over.wait(1.5)


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return bytes(answer.read())


if __name__ == "__main__":
    leave(main())
