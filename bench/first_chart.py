"""Time to the first chart with an empty cache: ours against the same overview in Streamlit and in Vizro, turn by turn."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser

from bench import browser, servers
from bench.report import Line, middle, say, spread, tell

NAME = "首图时间（空缓存）"
BUDGET = "≤ Streamlit、Vizro 同页的 0.5 倍；10 Mbit/s、20 ms 的线路上 ≤ 2 秒"
SHARE, SLOW_LIMIT_MS = 0.5, 2000.0
SLOW = {"megabits": 10.0, "latency_ms": 20.0}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=5)
    times = asked.parse_args().times
    with ExitStack() as running:
        addresses = {"本看板": running.enter_context(servers.dashboard())}
        if servers.RIVALS_PYTHON.exists():
            addresses |= {"Streamlit": running.enter_context(_streamlit()), "Vizro": running.enter_context(_vizro())}
        else:
            say("没有 .bench/，不与 Streamlit、Vizro 比较；用 make bench 会先安装它们")
        opened = running.enter_context(browser.chromium())
        for address in addresses.values():  # the first visit of a server's life is nobody's budget
            _visit(opened, address)
        took: dict[str, list[float]] = {name: [] for name in addresses}
        slow: list[float] = []
        for _ in range(times):
            for name, address in addresses.items():
                took[name].append(_visit(opened, address))
            slow.append(_visit(opened, addresses["本看板"], **SLOW))
    return tell(_lines(took, slow))


def _lines(took: dict[str, list[float]], slow: list[float]) -> Iterator[Line]:
    ours = took.pop("本看板")
    for name, theirs in took.items():
        ratio = middle(ours) / middle(theirs)
        said = f"{ratio:.2f} 倍：{spread(ours, ' ms')}，{name} {spread(theirs, ' ms')}"
        yield Line(item=f"{NAME}，对 {name}", measured=said, budget=f"≤ {SHARE} 倍", kept=ratio <= SHARE)
    if not took:
        yield Line(item=NAME, measured=spread(ours, " ms"))
    kept = middle(slow) <= SLOW_LIMIT_MS
    yield Line(item=f"{NAME}，10 Mbit/s、20 ms", measured=spread(slow, " ms"), budget=f"≤ {SLOW_LIMIT_MS:.0f} ms", kept=kept)


def _visit(opened: Browser, address: str, *, megabits: float = 0, latency_ms: float = 0) -> float:
    with browser.profile(opened, address, megabits=megabits, latency_ms=latency_ms) as (page, _seen):
        return browser.first_chart(page, address + "/")


@contextmanager
def _streamlit() -> Iterator[str]:
    port = servers.free_port()
    command = (
        str(servers.RIVALS_PYTHON), "-m", "streamlit", "run", "bench/rivals/streamlit_app.py", "--server.port", str(port),
        "--server.address", "127.0.0.1", "--server.headless", "true", "--browser.gatherUsageStats", "false",
        "--server.fileWatcherType", "none",
    )  # fmt: skip
    with servers.process(command, port, ready="/_stcore/health") as address:
        yield address


@contextmanager
def _vizro() -> Iterator[str]:
    port = servers.free_port()
    with servers.process(servers.waitress(servers.RIVALS_PYTHON, "bench.rivals.vizro_app:application", port), port) as address:
        yield address


if __name__ == "__main__":
    raise SystemExit(main())
