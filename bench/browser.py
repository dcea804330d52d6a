"""A headless Chromium and what a page costs in it: bytes on the wire, foreign requests, complaints, time to the first chart."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
# Nothing visible is still to come: no early page, no skeleton, no card without an answer, no open section without content.
FILLED = """() => !document.getElementById('early') && document.title !== '加载中…' && document.querySelector('.page__title')
  && !document.querySelector('.card[data-chart]:not([data-filled])')
  && ![...document.querySelectorAll('.page .skeleton, .card__table:empty')].some((part) => part.offsetParent !== null)"""
# Runs before anything of the page: the time at which the first mark of a chart stands in the document and is painted.
WATCH = """(() => {
  const drawn = 'MARKS';
  const look = () => {
    if (document.querySelector(drawn)) {
      requestAnimationFrame(() => { window.firstChart = performance.now(); });
    } else setTimeout(look, 5);
  };
  look();
})()"""
PLOTLY_MARKS = ".js-plotly-plot .trace path, .js-plotly-plot .trace .point, .js-plotly-plot .points path"


@dataclass
class Seen:
    """What a page did since the last `forget`."""

    sizes: dict[str, float] = field(default_factory=dict)  # request → bytes received, headers included
    urls: dict[str, str] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def bytes(self) -> float:
        return sum(self.sizes.values())

    def by_url(self) -> list[tuple[float, str]]:
        return sorted(((size, self.urls.get(name, "?")) for name, size in self.sizes.items()), reverse=True)

    def forget(self) -> None:
        for kept in (self.sizes, self.urls):
            kept.clear()
        self.complaints.clear()
        self.foreign.clear()


@contextmanager
def chromium() -> Iterator[Browser]:
    """One headless browser."""
    if CHROMIUM is None:
        raise SystemExit("没有 Chromium：请先运行 make browser，或设 BROWSER_PATH")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@contextmanager
def profile(browser: Browser, address: str, *, megabits: float = 0, latency_ms: float = 0) -> Iterator[tuple[Page, Seen]]:
    """A page with an empty cache that tells what it does; `megabits` and `latency_ms` slow its network."""
    context: BrowserContext = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page, seen = context.new_page(), Seen()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    if megabits:
        rate = megabits * 1e6 / 8
        limits = {"offline": False, "latency": latency_ms, "downloadThroughput": rate, "uploadThroughput": rate}
        wire.send("Network.emulateNetworkConditions", limits)
    wire.on("Network.requestWillBeSent", lambda event: _asked(seen, event, address))
    wire.on("Network.loadingFinished", lambda event: seen.sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.on("console", lambda message: seen.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    try:
        yield page, seen
    finally:
        context.close()


def settle(page: Page, done: str = FILLED, seconds: float = 40) -> None:
    """Wait until `done` holds and nothing more is on its way."""
    end = time.monotonic() + seconds
    while not page.evaluate(done):
        if time.monotonic() > end:
            raise RuntimeError(f"页面没有在 {seconds:.0f} 秒内填满：{page.url}")
        page.wait_for_timeout(25)
    page.wait_for_load_state("networkidle")


def first_chart(page: Page, url: str, marks: str = PLOTLY_MARKS, seconds: float = 120) -> float:
    """Milliseconds from navigation until the first mark is painted, told by the page's own clock."""
    page.add_init_script(WATCH.replace("MARKS", marks))
    page.goto(url, wait_until="commit")
    end = time.monotonic() + seconds
    while (found := page.evaluate("window.firstChart || 0")) == 0:
        if time.monotonic() > end:
            raise RuntimeError(f"{seconds:.0f} 秒内没有画出图：{url}")
        page.wait_for_timeout(50)
    return float(found)


def _asked(seen: Seen, event: dict[str, Any], address: str) -> None:
    url = event["request"]["url"]
    seen.urls[event["requestId"]] = f"{event['request']['method']} {url.removeprefix(address)}"
    if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
        seen.foreign.append(url)
