"""The first HTML asks for what its page needs: the grid where there is one, the small drawing library, the first answers at once."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest

from dashboard.app import create_app
from dashboard.settings import ROOT, Settings

GRID_SCRIPT = re.compile(r'<script src="[^"]+/dash_ag_grid\.[^"]+"></script>')
GRID_LATER = re.compile(r'<meta name="grid-script" content="([^"]+)">')
PLOTLY = re.compile(r'<meta name="plotly-script" content="([^"]+)">')


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


def test_the_first_questions_are_asked_before_the_scripts_run(client):
    head = client.get("/").text.partition("</head>")[0]
    for address in re.findall(r'<link rel="preload" as="fetch" crossorigin href="([^"]+)">', head):
        assert client.get(address).status_code == 200
    assert head.count('as="fetch"') == 2


def test_the_small_drawing_library_is_fetched_beside_the_scripts_and_runs_after_them(warehouse, tmp_path):
    assets = tmp_path / "assets"
    shutil.copytree(ROOT / "assets", assets, ignore=shutil.ignore_patterns("vendor"))
    (assets / "vendor").mkdir()
    (assets / "vendor" / "plotly-cartesian.min.js").write_text("window.Plotly = {};", encoding="utf-8")
    client = create_app(warehouse, settings=replace(Settings(), assets=assets)).server.test_client()
    text = client.get("/").text
    [address] = PLOTLY.findall(text)
    assert client.get(address).status_code == 200
    assert f'<link rel="preload" as="script" fetchpriority="low" href="{address}">' in text
    assert f'<script src="{address}"' not in text


def test_without_the_small_library_dash_brings_its_own(warehouse, tmp_path):
    assets = tmp_path / "assets"
    shutil.copytree(ROOT / "assets", assets, ignore=shutil.ignore_patterns("vendor"))
    text = create_app(warehouse, settings=replace(Settings(), assets=assets)).server.test_client().get("/").text
    assert not PLOTLY.search(text)
