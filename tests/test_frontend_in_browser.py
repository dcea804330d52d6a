"""The installed front-end files in a real page: a small Dash app of its own, with nothing of ours but the locale files."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import dash_ag_grid as dag
import dash_mantine_components as dmc
import pytest
from dash import Dash, dcc
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).parent.parent / "assets"
CHROMIUM = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
WORDS = {"getLocaleText": {"function": "zhText(params)"}}
FIGURE = {"data": [{"type": "scatter", "x": ["2024-01-01", "2024-04-01"], "y": [1, 2]}]}


@dataclass(kw_only=True)
class Seen:
    """What one visit to the page showed."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    plotly: str = ""
    traces: list[str] = field(default_factory=list)
    modebar: list[str] = field(default_factory=list)
    ticks: str = ""
    paging: str = ""
    empty_grid: str = ""
    calendar: str = ""


def small_app(assets: Path) -> Dash:
    app = Dash(__name__, assets_folder=str(assets))
    app.layout = dmc.MantineProvider(
        dmc.DatesProvider(
            settings={"locale": "zh-cn"},
            children=[
                dcc.Graph(figure=FIGURE, config={"locale": "zh-CN", "showSendToCloud": True, "displayModeBar": True}),
                dag.AgGrid(
                    id="full",
                    rowData=[{"n": n} for n in range(45)],
                    columnDefs=[{"field": "n"}],
                    dashGridOptions={"pagination": True, "paginationPageSize": 20, **WORDS},
                ),
                dag.AgGrid(id="none", rowData=[], columnDefs=[{"field": "n"}], dashGridOptions=WORDS),
                dmc.DatePicker(id="date", defaultDate="2026-11-01"),
            ],
        )
    )
    return app


def visit(url: str) -> Seen:
    seen = Seen()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("console", lambda line: seen.complaints.append(line.text) if line.type in {"error", "warning"} else None)
        page.goto(url)
        for part in (".modebar-btn", ".xtick text", "#full .ag-row", "#none .ag-overlay", "#date button"):
            page.wait_for_selector(part, state="attached")
        seen.plotly = page.evaluate("Plotly.version")
        seen.traces = page.evaluate("Object.keys(Plotly.PlotSchema.get().traces)")
        seen.modebar = page.eval_on_selector_all(".modebar-btn[data-title]", "all => all.map(one => one.dataset.title)")
        seen.ticks = "".join(page.locator(".xtick").all_text_contents())
        seen.paging = " ".join(page.inner_text("#full .ag-paging-panel").split())
        seen.empty_grid = page.inner_text("#none .ag-overlay").strip()
        seen.calendar = " ".join(page.inner_text("#date").split())
        browser.close()
    return seen


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    if not (ASSETS / "vendor" / "versions.json").exists():
        pytest.skip("front-end files are not installed: run `make frontend`")
    if CHROMIUM is None:
        pytest.skip("no Chromium: run `make browser`, or set BROWSER_PATH")
    assets = tmp_path_factory.mktemp("assets")
    for locale in ("plotly-zh-cn.js", "ag-grid-zh-cn.js"):
        shutil.copy(ASSETS / locale, assets)
    shutil.copytree(ASSETS / "vendor", assets / "vendor")
    server = make_server("127.0.0.1", 0, small_app(assets).server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # A thread of its own: Playwright allows one running instance a thread, and other tests keep theirs open.
    with ThreadPoolExecutor(1) as alone:
        yield alone.submit(visit, f"http://127.0.0.1:{server.port}/").result()
    server.shutdown()


def test_page_stays_on_its_host_without_complaint(seen):
    host = "/".join(seen.requests[0].split("/")[:3])
    assert [url for url in seen.requests if not url.startswith((host, "data:", "blob:"))] == []
    assert seen.complaints == []


def test_small_plotly_bundle_replaces_the_full_one(seen):
    assert {"scatter", "bar"} <= set(seen.traces)
    assert {"heatmap", "choropleth"}.isdisjoint(seen.traces)
    assert [url for url in seen.requests if url.endswith("/plotly.min.js")] == []


def test_chart_buttons_and_dates_are_chinese(seen):
    assert {"缩放", "平移", "放大", "缩小", "自动缩放"} <= set(seen.modebar)
    # The link to plotly.com keeps its name; whatever else is Latin was not translated.
    assert [words for words in seen.modebar if words.isascii() and "plotly" not in words.lower()] == []
    assert "2024年" in seen.ticks
    assert "月" in seen.ticks


def test_grid_is_chinese_in_our_words(seen):
    assert "每页条数" in seen.paging
    assert "1 – 20 / 45" in seen.paging
    assert "页码 1 / 3" in seen.paging
    assert seen.empty_grid == "没有记录"


def test_calendar_is_chinese_and_starts_on_monday(seen):
    assert "十一月 2026 一 二 三 四 五 六 日" in seen.calendar
