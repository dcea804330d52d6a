"""A chart's callback: warm against a bare WSGI handler with the same bytes, cold against the same query and figure without Dash."""

import argparse
import base64
import json
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import orjson

from bench import servers
from bench.load import Load, http, load
from bench.report import Line, leave, middle, tell

NAME = "图表回调"
BUDGET = "热 ≥ 裸 WSGI 同字节的 60%（50 个客户端，无差错）；冷 ≤ 同一查询与图形不经 Dash 的 1.4 倍"
SHARE, COLD = 0.60, 1.4
CHART = "overview-bodies"
CALLBACKS = "/_dash-update-component"
ENCODING = "Accept-Encoding: gzip, deflate, br"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clients", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=3.0)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--cold", type=int, default=40, help="冷回调的次数")
    wanted = asked.parse_args()
    return tell([*_warm(wanted.clients, wanted.seconds, wanted.rounds), *_cold(wanted.cold)])


def question(dependencies: list[dict[str, Any]], build: str, chart_id: str = CHART) -> bytes:
    """What a browser sends to fill the card of a chart."""
    [output] = [one["output"] for one in dependencies if f"written-{chart_id}.data..." in one["output"]]
    outputs = [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in output.strip(".").split("...")]
    chosen = {"path": "/", "title": "", "selection": {}, "build": build}
    body = {
        "output": output, "outputs": outputs, "inputs": [{"id": "chosen", "property": "data", "value": chosen}],
        "changedPropIds": ["chosen.data"], "state": [],
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False).encode()


def _warm(clients: int, seconds: float, rounds: int) -> list[Line]:
    with servers.dashboard() as address, tempfile.TemporaryDirectory() as folder:
        dependencies = json.loads(_get(f"{address}/_dash-dependencies"))
        body = question(dependencies, json.loads(_get(f"{address}/healthz")).get("build", ""))
        asked = "/_fill?" + base64.urlsafe_b64encode(body).decode().rstrip("=")  # as assets/kept.js asks
        path = Path(folder) / "answer"
        path.write_bytes(_get(address + asked))
        fill, post = http("GET", asked, headers=(ENCODING,)), http("POST", CALLBACKS, body, headers=(ENCODING,))
        measured: dict[str, list[Load]] = {"fill": [], "bare": [], "post": []}
        with servers.bare("bench.bare:application", {"BARE_BODY": str(path)}) as floor:
            turns = (("fill", address, fill), ("bare", floor, fill), ("post", address, post))
            for turn in range(rounds + 1):  # one after the other: all meet the same neighbours; the first round is for warming
                for name, where, request in turns:
                    found = load(where, request, clients=clients, seconds=seconds if turn else 1)
                    measured[name] += [found] if turn else []
    return [
        _share(measured, "fill", f"{NAME}（热，{clients} 个客户端）", held=True),
        _share(measured, "post", f"{NAME}（热，不走 /_fill，仅供参考）", held=False),
    ]


def _share(measured: dict[str, list[Load]], name: str, item: str, *, held: bool) -> Line:
    shares = [one.per_second / bare.per_second for one, bare in zip(measured[name], measured["bare"], strict=True)]
    errors = sum(one.errors for one in measured[name])
    ours, bare = (middle([one.per_second for one in measured[which]]) for which in (name, "bare"))
    size = {one.bytes_each for which in (name, "bare") for one in measured[which]}
    said = (
        f"{middle(shares):.0%}（{min(shares):.0%}～{max(shares):.0%}）：每秒 {ours:.0f} 次，裸 WSGI {bare:.0f} 次；"
        f"p95 {middle([one.p95_ms for one in measured[name]]):.0f} ms；差错 {errors}；每次 {'、'.join(map(str, sorted(size)))} 字节"
    )
    kept = middle(shares) >= SHARE and errors == 0 and len(size) == 1
    return Line(item=item, measured=said, budget=f"≥ {SHARE:.0%}，差错 0" if held else "", kept=kept if held else None)


def _cold(times: int) -> list[Line]:
    import dashboard.web.app as composition
    from dashboard.cards.answer import answer
    from dashboard.cards.selection import Selection
    from dashboard.charts import CHARTS
    from dashboard.settings import Settings
    from dashboard.warehouse import Warehouse
    from dashboard.warehouse.cache import Lru

    opened: list[Warehouse] = []

    class Shown(Warehouse):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            opened.append(self)

    composition.Warehouse = Shown  # type: ignore[misc]
    client = composition.create_app(settings=Settings(warehouse=servers.ROOT / "warehouse.duckdb")).server.test_client()
    [db], chart = opened, CHARTS[CHART]
    body = question(client.get("/_dash-dependencies").get_json(), db.build.build_id)

    def forget() -> None:
        db._current().made = Lru(256)

    def with_dash() -> None:
        sent = client.post(CALLBACKS, data=body, content_type="application/json")
        assert sent.status_code == 200, sent.get_data(as_text=True)[:300]

    def without_dash() -> None:
        rows = chart.rows(db, Selection())
        assert chart.draw is not None
        orjson.dumps(chart.draw(rows))

    def whole_without_dash() -> None:
        orjson.dumps(answer(db, chart, Selection()))

    dash, plain, whole = _in_turn((with_dash, without_dash, whole_without_dash), forget, times)
    ratio, of_whole = middle(dash) / middle(plain), middle(dash) / middle(whole)
    said = f"{ratio:.2f} 倍：{middle(dash):.1f} ms，不经 Dash 只有查询与图形 {middle(plain):.1f} ms"
    of_all = f"{of_whole:.2f} 倍：不经 Dash {middle(whole):.1f} ms"
    return [
        Line(item=f"{NAME}（冷）", measured=said, budget=f"≤ {COLD} 倍", kept=ratio <= COLD),
        Line(item=f"{NAME}（冷，两边都含句子、表格、口径、来源，仅供参考）", measured=of_all),
    ]


def _in_turn(calls: Sequence[Callable[[], None]], forget: Callable[[], None], times: int) -> list[list[float]]:
    """Milliseconds of each, turn by turn, nothing remembered between two calls."""
    took: list[list[float]] = [[] for _ in calls]
    for turn in range(times + 3):
        for kept, call in zip(took, calls, strict=True):
            forget()
            began = time.perf_counter()
            call()
            if turn >= 3:
                kept.append((time.perf_counter() - began) * 1000)
    return took


def _get(url: str) -> bytes:
    """What is sent to a browser, still compressed."""
    name, _, value = ENCODING.partition(": ")
    with urllib.request.urlopen(
        urllib.request.Request(url, headers={name: value} if "/_fill" in url else {}), timeout=10
    ) as answer:
        return bytes(answer.read())


if __name__ == "__main__":
    leave(main())
