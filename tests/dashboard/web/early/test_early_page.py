"""The early page says what the live page will say: written from the answers of the same callbacks, whole or not at all."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dashboard.cards.markup import markup
from dashboard.cards.selection import Selection
from dashboard.cards.sentence import sentence
from dashboard.charts import THEMES
from dashboard.pages import PAGES
from dashboard.web import app as composition
from dashboard.web.app import create_app

EARLY = [page.path for page in PAGES if page.early]
THEME_OF = {"/": "overview", "/ratio": "ratio", "/small-counties": "small_counties", "/towns": "towns", "/extension": "extension",
            "/township": "township"}  # fmt: skip


def early(client, path: str) -> str:
    found = re.search(
        r'<div class="early" id="early">(.*?)</div>\n<script type="application/json"', client.get(path).text, re.DOTALL
    )
    return found[1] if found else ""


def words(text: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", text))


@pytest.fixture(scope="module")
def client_of_shipped(shipped_file):
    return create_app(shipped_file).server.test_client()


def test_the_pages_of_themes_are_early():
    assert set(EARLY) == set(THEME_OF)


@pytest.mark.parametrize("path", EARLY)
def test_every_card_stands_with_its_sentence_notes_and_sources(client_of_shipped, shipped, path):
    text = early(client_of_shipped, path)
    for chart in THEMES[THEME_OF[path]]:
        rows = chart.rows(shipped, Selection())
        assert chart.question in words(text)
        assert markup(sentence(chart.finding(rows))) in text, chart.id
        for note in chart.note(rows):
            assert note in words(text), chart.id
    assert text.count("资料来源") >= len(THEMES[THEME_OF[path]])
    assert 'class="skeleton"' not in text


@pytest.mark.parametrize("path", [*EARLY, "/area/140930"])
def test_nothing_has_an_id_that_the_live_page_has_too(client_of_shipped, path):
    text = early(client_of_shipped, path)
    assert text
    assert not re.search(r"\s(id|for|aria-labelledby|aria-controls)=", text)


def test_the_page_that_is_shown_is_marked_in_the_header_and_named_in_the_title(client_of_shipped):
    text = client_of_shipped.get("/towns").text
    assert re.findall(r'<a class="nav__link" href="([^"]+)" aria-current="page">', text) == ["/towns"]
    assert re.search(r"<title>[^<]+ · 县乡机构改革对比</title>", text)


def test_the_first_figures_are_those_of_the_charts(client_of_shipped):
    text = early(client_of_shipped, "/small-counties")
    assert re.findall(r'data-figure="(\d)"', text) == ["0", "1", "2", "3"]


def test_an_open_table_is_open_in_the_early_page_too(client_of_shipped):
    shut, opened = early(client_of_shipped, "/towns"), early(client_of_shipped, "/towns?t=towns-take-up")
    assert opened.count("<table") == shut.count("<table") + 1
    assert opened.count("card__graph") == shut.count("card__graph") - 1


def test_what_the_address_says_wrong_is_said(client_of_shipped):
    assert "无法识别" in words(early(client_of_shipped, "/ratio?b=%3Cscript%3E"))


def test_a_place_has_its_profile(client_of_shipped):
    text = words(early(client_of_shipped, "/area/140930"))
    assert "河曲县" in text
    assert "公布了哪些数？" in text


def test_without_a_warehouse_the_live_page_says_why(tmp_path):
    answer = create_app(tmp_path / "none.duckdb").server.test_client().get("/")
    assert answer.status_code == 200
    assert 'id="early"' not in answer.text


def test_a_part_that_fails_leaves_the_page_to_be_live_and_is_tried_again(warehouse, monkeypatch):
    client = create_app(warehouse).server.test_client()
    chart = THEMES["extension"][0]
    rows, broken = chart.rows, [True]

    def sometimes(db, chosen):
        if broken:
            raise RuntimeError("planted")
        return rows(db, chosen)

    monkeypatch.setitem(chart.__dict__, "rows", sometimes)
    assert 'id="early"' not in client.get("/extension").text
    broken.clear()
    assert 'id="early"' in client.get("/extension").text


def test_a_fault_in_the_early_page_costs_nothing_but_time(warehouse, monkeypatch, caplog):
    client = create_app(warehouse).server.test_client()
    monkeypatch.setattr(composition, "_early_layout", lambda *_: 1 / 0)
    answer = client.get("/extension")
    assert answer.status_code == 200
    assert 'id="early"' not in answer.text
    assert "early page of /extension failed" in caplog.text


def test_internal_facts_are_in_no_early_page_of_a_public_server(client_of_shipped):
    assert all("内部资料" not in early(client_of_shipped, path) for path in EARLY)
