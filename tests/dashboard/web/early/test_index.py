"""The first HTML asks for what its page needs: the grid where there is one, the small drawing library, the first answers at once."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.settings import ROOT, Settings
from dashboard.web.app import create_app

GRID_SCRIPT = re.compile(r'<script (?:type="text/later" )?src="[^"]+/dash_ag_grid\.[^"]+"></script>')
GRID_LATER = re.compile(r'<meta name="grid-script" content="([^"]+)">')
PLOTLY = re.compile(r'<meta name="plotly-script" content="([^"]+)">')
EARLY, LIVE = ["/", "/ratio", "/area/140930"], ["/compare", "/sql", "/data", "/no-such-page"]


@pytest.mark.parametrize("path", ["/", "/ratio", "/area/140930", "/sql", "/no-such-page"])
def test_a_page_that_shows_no_grid_at_once_only_knows_where_its_script_is(client, path):
    text = client.get(path).text
    assert not GRID_SCRIPT.search(text)
    [address] = GRID_LATER.findall(text)
    assert client.get(address).status_code == 200


def test_the_page_of_all_facts_loads_the_grid_at_once(client):
    text = client.get("/data").text
    assert GRID_SCRIPT.search(text)
    assert not GRID_LATER.search(text)


@pytest.mark.parametrize("path", [*EARLY, *LIVE])
def test_whatever_the_first_html_asks_for_is_there(client, path):
    text = client.get(path).text
    asked = re.findall(r'(?:href|src)="(/(?:assets|bundle|_dash)[^"]+)"', text)
    assert len(asked) > 8
    assert [address for address in asked if client.get(address).status_code != 200] == []
    assert text.count('as="fetch"') == 2
    assert "/dash_table/" not in text


@pytest.mark.parametrize("path", EARLY)
def test_scripts_of_an_early_page_are_fetched_but_run_later(client, path):
    text = client.get(path).text
    later = re.findall(r'<script type="text/later" src="([^"]+)"></script>', text)
    assert "/bundle/app.js" in later[-1]
    assert all(f'<link rel="preload" as="script" fetchpriority="low" href="{address}">' in text for address in later)
    assert [address for address in re.findall(r'<script src="([^"]+)"', text) if "first.js" not in address] == []
    assert '<script id="_dash-renderer" type="text/later">' in text


@pytest.mark.parametrize("path", EARLY)
def test_an_early_page_is_marked_before_anything_of_it_can_be_painted(client, path):
    assert client.get(path).text.startswith('<!doctype html>\n<html data-early lang="zh-CN"')


@pytest.mark.parametrize("path", LIVE)
def test_scripts_of_other_pages_run_at_once(client, path):
    text = client.get(path).text
    assert "data-early" not in text
    assert 'id="early"' not in text
    assert "text/later" not in text
    assert re.search(r'<script src="/bundle/app\.js[^"]*"></script>\s*<script id="_dash-renderer"', text)


def with_plotly(warehouse: Path, folder: Path, *, bundle: bool) -> FlaskClient:
    assets = folder / "assets"
    shutil.copytree(ROOT / "assets", assets, ignore=shutil.ignore_patterns("vendor"))
    if bundle:
        (assets / "vendor").mkdir()
        (assets / "vendor" / "plotly-basic.min.js").write_text("window.Plotly = {};", encoding="utf-8")
    return create_app(warehouse, settings=replace(Settings(), assets=assets)).server.test_client()


def test_the_small_drawing_library_comes_before_all_other_scripts_of_an_early_page(warehouse, tmp_path):
    text = with_plotly(warehouse, tmp_path, bundle=True).get("/extension").text
    [address] = PLOTLY.findall(text)
    assert f'<script async fetchpriority="high" id="early-plotly" src="{address}"></script>' in text.partition("</head>")[0]


def test_elsewhere_it_is_fetched_beside_the_scripts_and_runs_after_them(warehouse, tmp_path):
    client = with_plotly(warehouse, tmp_path, bundle=True)
    text = client.get("/compare").text
    [address] = PLOTLY.findall(text)
    assert client.get(address).status_code == 200
    assert f'<link rel="preload" as="script" fetchpriority="low" href="{address}">' in text
    assert f'src="{address}"' not in text


@pytest.mark.parametrize("path", ["/extension", "/compare"])
def test_without_the_small_library_dash_brings_its_own(warehouse, tmp_path, path):
    text = with_plotly(warehouse, tmp_path, bundle=False).get(path).text
    assert not PLOTLY.search(text)
    assert "early-plotly" not in text


@pytest.mark.parametrize("path", [*EARLY, *(path for path in LIVE if path != "/no-such-page")])
def test_a_page_that_the_browser_has_is_not_sent_again(client, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "no-cache" in first.headers["Cache-Control"]


def test_the_policy_allows_the_one_line_that_begins(client):
    answer = client.get("/")
    begins = re.findall(r"<script>(.*?)</script>", answer.text)
    assert begins == ["window.early.begin();"]
    assert answer.headers["Content-Security-Policy"].count("'sha256-") == 2


def test_drawings_cannot_end_their_script(client):
    text = client.get("/").text
    drawings = re.search(r'<script type="application/json" id="early-drawings">(.*?)</script>', text, flags=re.DOTALL)
    assert drawings
    told = json.loads(drawings[1])
    assert told["figures"]
    assert told["config"]["showSendToCloud"] is False
