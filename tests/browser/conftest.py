"""A real Chromium over the served dashboard. Every visit records what the page asked for and complained about."""

from __future__ import annotations

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal
from urllib.parse import unquote

import pytest
from dash import Dash
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize
from werkzeug.serving import make_server

from dashboard.settings import ROOT
from dashboard.web.app import create_app
from dashboard.web.server import compression

CHROMIUM = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
WINDOW: ViewportSize = {"width": 1366, "height": 768}
# Complete: no early page, no skeletons, no cards without an answer or without their drawing, no open section without content.
NOT_BUSY = """!(document.getElementById('early') || document.title === '加载中…' || !document.querySelector('.page__title')
  || 'renewing' in document.documentElement.dataset || 'drawing' in document.documentElement.dataset
  || [...document.querySelectorAll('.card[data-filled]:not(.card--failed) .card__graph')]
    .some((graph) => graph.offsetParent && !graph.querySelector('.main-svg, [data-undrawn=far]'))
  || document.querySelector('.card[data-chart]:not([data-filled])') !== null
  || [...document.querySelectorAll('.page .skeleton, .card__table:empty')].some((part) => part.offsetParent !== null))"""
# Nothing of the document changes for some ms and what moves has arrived; a page that never rests is waited for no longer than `most` ms.
AT_REST = """([rest, most]) => new Promise((done) => {
  const begun = performance.now();
  let last = begun;
  const watcher = new MutationObserver(() => { last = performance.now(); });
  watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const moving = () => document.getAnimations().some((one) => one.playState === 'running' && one.effect.getComputedTiming().endTime < most);
  const look = () => {
    const now = performance.now();
    if (now - begun < most && (now - last < rest || moving())) return void setTimeout(look, 10);
    watcher.disconnect();
    done();
  };
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(look));
  document.hidden ? look() : painted();
})"""
# Whether something holds within some ms, looked at in the page: a look from here costs more than many there. Where a test has stopped the
# page's clock it is looked at once.
HOLDS = """(most) => new Promise((done, fail) => {
  const stopped = !setTimeout.toString().includes('[native code]'), end = performance.now() + most;
  const look = () => {
    try {
      const found = !!(%s);
      if (found || stopped || performance.now() > end) done(found); else setTimeout(look, 40);
    } catch (error) { fail(error); }
  };
  look();
})"""
REDRAWN = 150  # ms of rest after the window has another size: drawings wait 50 ms for more of it before they follow
LOOK = 500  # ms that a page is left alone to look


@dataclass
class Visit:
    """A page and what it did: `foreign` requests to other hosts, `complaints` of the console and failed answers."""

    page: Page
    address: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str, *, rest: bool = True) -> Page:
        """Go to a path of the dashboard and wait until everything visible has been filled and drawn, and by default is at rest."""
        self.page.goto(self.address + path)
        self.settle(rest=rest)
        return self.page

    def settle(self, seconds: float = 20, *, rest: bool = True) -> None:
        """Wait until nothing visible is loading. (The page's policy forbids the waiting that Playwright offers: it uses eval.)"""
        assert self.holds(NOT_BUSY, seconds), "the page was not filled in time"
        if rest:
            self.rest()

    def draw_all(self) -> None:
        """Have those drawings made as well that are further down than a reader sees soon: as paper does."""
        self.page.evaluate("window.drawings?.all()")

    def rest(self, milliseconds: int = 60, *, most: int = 2000) -> None:
        """Wait until nothing of the document has changed for some time: what answers a click or another size is done."""
        self.page.evaluate(AT_REST, [milliseconds, most])

    def complaints_besides(self, status: int) -> list[str]:
        """What was complained of, without the `status` of the page's own address, which a browser reports as well."""
        own = (
            unquote(f"{status} {self.page.url}"),
            f"error: Failed to load resource: the server responded with a status of {status} ",
        )
        return [said for said in self.complaints if not unquote(said).startswith(own)]

    def forget(self) -> None:
        """Leave everything as a new reader finds it: one empty tab of the usual size, nothing stored, allowed, routed or recorded."""
        page, context = self.page, self.page.context
        for other in context.pages:
            if other != page:
                other.close()
        page.unroute_all()
        context.clear_permissions()
        page.goto(f"{self.address}/healthz")  # no script there could store anything again
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
        page.goto("about:blank")
        page.mouse.move(0, 0)
        page.set_viewport_size(WINDOW)
        page.emulate_media(media="null", color_scheme="light")  # not screen: a PDF would be of the screen then
        for record in (self.foreign, self.complaints, self.requests):
            record.clear()

    def until(self, what: str, seconds: float = 10) -> None:
        """Wait until a JavaScript expression holds."""
        assert self.holds(what, seconds), f"never: {what}"

    def holds(self, what: str, seconds: float) -> bool:
        """Whether a JavaScript expression comes to hold within so many seconds."""
        end = time.monotonic() + seconds
        while True:
            try:
                if self.page.evaluate(HOLDS.replace("%s", what), LOOK):
                    return True
            except Error as error:
                if "navigation" not in error.message:  # of a page that was left meanwhile the next one is asked
                    raise
            if time.monotonic() > end:
                return False
            self.page.wait_for_timeout(20)


def served(app: Dash) -> AbstractContextManager[str]:
    """Address of `app` on a free port."""
    return served_wsgi(app.server)


@contextmanager
def served_wsgi(application: Callable[..., Any]) -> Iterator[str]:
    """Address of a WSGI application on a free port."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()


@pytest.fixture(scope="package", autouse=True)
def packed_once() -> Iterator[None]:
    """Without the second, harder packing of every script for later readers: it holds a core for seconds while tests wait for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compression, "_LATER", SimpleNamespace(submit=lambda _job: None))
        yield


@pytest.fixture(scope="session")
def address(warehouse: Path) -> Iterator[str]:
    """The dashboard over the shipped facts when they are built, else over the fixture."""
    shipped = ROOT / "warehouse.duckdb"
    with served(create_app(shipped if shipped.is_file() else warehouse)) as found:
        yield found


@contextmanager
def visitor(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """What starts visits: each with its own profile, of a given size and colour scheme."""
    contexts: list[BrowserContext] = []

    def start(address: str, *, width: int = 1366, height: int = 768, scheme: Literal["light", "dark"] = "light") -> Visit:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN"))
        visit = Visit(page=contexts[-1].new_page(), address=address)
        visit.page.on("request", lambda request: visit.requests.append(request.url))
        visit.page.on(
            "request",
            lambda request: None if request.url.startswith((address, "data:", "blob:")) else visit.foreign.append(request.url),
        )
        visit.page.on("console", lambda message: visit.complaints.append(f"{message.type}: {message.text}"))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on(
            "response", lambda answer: visit.complaints.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        )
        return visit

    yield start
    for context in contexts:
        context.close()


@pytest.fixture
def visit_of(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """A new visit, for what can not be taken back: scripts planted in every page, a clock, a second reader."""
    with visitor(browser) as start:
        yield start


@pytest.fixture(scope="session")
def kept_visit(browser: Browser, address: str) -> Iterator[Visit]:
    """One tab for all tests of a process: a browser that knows the scripts loads a page in half the time of a new one."""
    with visitor(browser) as start:
        yield start(address)


@pytest.fixture
def visit(kept_visit: Visit) -> Iterator[Visit]:
    """A visit that knows nothing of the one before."""
    yield kept_visit
    kept_visit.forget()
