"""One kept-open browser that turns plates into pictures and pages into PDF, by the script that readers' browsers run.

    with studio() as open_studio:
        picture = open_studio.draw(plate)

Kaleido starts and minds the browser. Its own page (which would fetch MathJax from another host) is replaced by ours: plotly.js
and assets/export.js, both from this machine.
"""

import asyncio
import base64
import json
import logging
import tempfile
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from kaleido import Kaleido

from dashboard.paper.document import Document, document
from dashboard.paper.plate import Plate
from dashboard.settings import ROOT

SCRIPT = ROOT / "assets" / "export.js"
_READERS_PLOTLY = ROOT / "assets" / "vendor" / "plotly-basic.min.js"
_SECONDS = 60.0
_STARTS, _TO_START = 2, 30.0  # a browser of a loaded machine now and then starts and never answers; another one does
_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>export</title>
<script src="{plotly}" charset="utf-8"></script><script src="{script}" charset="utf-8"></script></head><body></body></html>"""
_IS_WHOLE = "location.protocol === 'file:' && document.readyState === 'complete' && document.fonts.status === 'loaded'"
Result = TypeVar("Result")

NO_BROWSER = (
    "缺少 Chromium，不能画图。请安装软件包 chromium（Debian、Ubuntu：apt-get install chromium），"
    "或用环境变量 BROWSER_PATH 指明已有的 Chromium、Chrome。"
)
NO_ANSWER = "Chromium 启动了却没有应答，不能画图。请稍后再试；若一直如此，请关掉其他程序，或查看内存是否够用。"
NO_FONT = (
    "缺少中文字体，不导出（否则中文会变成方框）。请安装软件包 fonts-noto-cjk"
    "（Debian、Ubuntu：apt-get install fontconfig fonts-noto-cjk）。"
)


class MissingToolError(RuntimeError):
    """Something that must be installed is not there; the message is Chinese and names the package."""


class DrawingError(RuntimeError):
    """The browser could not make one picture; the message is Chinese."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A finished picture in both formats."""

    svg: str
    png: bytes


class Studio:
    """The open browser. Calls may come from any thread; they are answered one after another."""

    def __init__(self, browser: Kaleido, loop: asyncio.AbstractEventLoop) -> None:
        self._browser, self._loop, self._lock = browser, loop, threading.Lock()
        self._tab: Any = next(iter(browser.tabs.values()))

    def draw(self, plate: Plate) -> Picture:
        """The picture of a plate; DrawingError when the browser refuses."""
        made = self._run(f"plates.both({json.dumps(plate.to_json(), ensure_ascii=True)})", plate.title)
        return Picture(svg=made["svg"], png=base64.b64decode(made["png"]))

    def has_font(self, font: str) -> bool:
        """Whether Chinese is drawn with a font that has it."""
        return bool(self._run(f"plates.probe({json.dumps(font)})", "字体"))

    def print_page(self, page: str) -> bytes:
        """An HTML page as PDF, in the paper size that its style sheet names."""
        with self._lock:
            return asyncio.run_coroutine_threadsafe(self._printed(page), self._loop).result(2 * _SECONDS)

    async def _printed(self, page: str) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "page.html"
            path.write_text(page, encoding="utf-8")
            tab = await self._browser.create_tab(path.as_uri())
            await _whole(tab)
            answer = await tab.send_command("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
            await tab.close()
        return base64.b64decode(answer["result"]["data"])

    def _run(self, expression: str, subject: str) -> Any:
        with self._lock:
            try:
                return asyncio.run_coroutine_threadsafe(_evaluate(self._tab, expression), self._loop).result(_SECONDS)
            except TimeoutError as error:
                raise DrawingError(f"{subject}：超过 {_SECONDS:.0f} 秒没有画成。") from error
            except _ScriptError as error:
                raise DrawingError(f"{subject}：{error}") from error


class _ScriptError(RuntimeError):
    pass


async def _evaluate(tab: Any, expression: str) -> Any:
    """Value of a JavaScript expression, awaited."""
    asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    answer = await tab.send_command("Runtime.evaluate", asked)
    if "error" in answer:
        raise _ScriptError(str(answer["error"].get("message", "")))
    if details := answer["result"].get("exceptionDetails"):
        said = details.get("exception", {}).get("description") or details.get("text", "")
        raise _ScriptError(str(said).splitlines()[0].removeprefix("Error: "))
    return answer["result"]["result"].get("value")


@contextmanager
def studio(settings: Document | None = None) -> Iterator[Studio]:
    """The open browser, closed at the end. MissingToolError without a browser or a Chinese font."""
    settings = settings or document()
    for chatty in ("choreographer", "kaleido", "browser_proc"):  # what Chromium mutters at its end is not for the reader
        logging.getLogger(chatty).setLevel(logging.CRITICAL + 1)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="studio", daemon=True)
    thread.start()

    def wait(task: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(task, loop).result(_STARTS * _TO_START + _SECONDS)

    browser: Kaleido | None = None
    try:
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "index.html"
            page.write_text(_PAGE.format(plotly=_plotly().as_uri(), script=SCRIPT.as_uri()), encoding="utf-8")
            browser = wait(_started(page))
            made = Studio(browser, loop)
            if not made.has_font(settings.picture.font_stack):
                raise MissingToolError(NO_FONT)
            yield made
    finally:
        if browser is not None:
            with suppress(Exception):  # it is going away; what it says about that is of no use to anybody
                wait(browser.close())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


async def _started(page: Path) -> Kaleido:
    """A browser that has the page and answers. MissingToolError when none of _STARTS does within _TO_START seconds."""
    for _ in range(_STARTS):
        with suppress(TimeoutError):
            return await asyncio.wait_for(_answering(page), _TO_START)
    raise MissingToolError(NO_ANSWER)


async def _answering(page: Path) -> Kaleido:
    browser = await _opened(page)
    try:
        await _ready(next(iter(browser.tabs.values())))
    except BaseException:
        await browser.close()
        raise
    return browser


async def _opened(page: Path) -> Kaleido:
    from choreographer.browsers import BrowserClosedError, BrowserFailedError
    from choreographer.errors import ChromeNotFoundError

    try:
        browser = Kaleido(page_generator=page)
        await browser.open()
    except (ChromeNotFoundError, BrowserFailedError, BrowserClosedError, OSError) as error:
        raise MissingToolError(NO_BROWSER) from error
    return browser


async def _whole(tab: Any) -> None:
    """Returns once the tab's own page is there to its end: asked in one question, because a new tab is about:blank first and the
    page may take its place between two. DrawingError when it never comes."""
    for _ in range(round(_SECONDS / 0.05)):
        if await _evaluate(tab, _IS_WHOLE):
            return
        await asyncio.sleep(0.05)
    raise DrawingError(f"超过 {_SECONDS:.0f} 秒没有排好版。")


async def _ready(tab: Any) -> None:
    for _ in range(200):
        if await _evaluate(tab, "Boolean(window.plates && window.Plotly)"):
            return
        await asyncio.sleep(0.05)
    raise MissingToolError(NO_BROWSER)


def _plotly() -> Path:
    """The file that readers load; the one inside the plotly package where front-end files are not installed."""
    return _READERS_PLOTLY if _READERS_PLOTLY.is_file() else Path(str(files("plotly"))) / "package_data" / "plotly.min.js"
