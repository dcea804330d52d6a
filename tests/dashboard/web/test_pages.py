"""Pages without a browser: layouts render, ids agree with callbacks, every callback answers over HTTP."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from dash import html

from dashboard.cards import ids
from dashboard.cards.selection import MOST_PLACES, Selection
from dashboard.charts import CHARTS, HEADLINES, THEMES
from dashboard.pages import GROUPS, PAGES
from dashboard.warehouse import Warehouse
from dashboard.web import app as app_module
from dashboard.web.drawer import NONE_FOUND
from dashboard.web.shell import shell

CHOSEN = [{"id": ids.CHOSEN, "property": "data", "value": {"path": "/", "selection": {}, "build": ""}}]


@pytest.fixture(scope="session")
def db(warehouse):
    return Warehouse(warehouse)


def named(layout):
    return [part.id for part in layout._traverse() if getattr(part, "id", None)]


def output_of(app, component, prop):
    """The name Dash gives to the callback that fills a property."""
    found = [key for key in app.callback_map if f"{component}.{prop}" in re.split(r"\.\.\.|^\.\.|\.\.$", key)]
    assert len(found) == 1, f"{component}.{prop} is filled by {found}"
    return found[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_renders_without_data_and_its_ids_are_unique(page):
    layout = html.Div(page.layout(Selection()))
    twice = [name for name, count in Counter(named(layout)).items() if count > 1]
    assert not twice
    assert [part.children for part in layout._traverse() if isinstance(part, html.H1)] == [page.title]


CHARTLESS = {"/area", "/brief"}  # a list of places, each with a page of its own; a basket that starts empty
TABLES_ONLY = {"/data"}


@pytest.mark.parametrize("page", [page for page in PAGES if page.path not in CHARTLESS], ids=lambda page: page.path)
def test_a_page_has_a_chart_and_a_table(page):
    names = named(html.Div(page.layout(Selection())))
    assert any(name.startswith("graph-") for name in names) != (page.path in TABLES_ONLY)
    assert any(name.startswith("table-") for name in names)


def test_every_id_of_a_callback_stands_on_some_page(app):
    there = set(named(app.validation_layout))
    used = {part["id"] for spec in app.callback_map.values() for part in (*spec["inputs"], *spec["state"])}
    outputs = [part for key in app.callback_map for part in re.split(r"\.\.\.|^\.\.|\.\.$", key) if "." in part]
    used |= {part.rsplit(".", 1)[0] for part in outputs}  # callbacks without output have a hash for a name
    assert used - there == set()


def test_callbacks_are_checked_and_tools_are_off(app):
    assert not app.config.suppress_callback_exceptions
    assert not app._dev_tools.ui


def test_header_leads_to_every_page_in_order():
    links = [part for part in shell(GROUPS, None, "")._traverse() if getattr(part, "className", "") == "nav__link"]
    words = "总览 人口小县 发达镇 农技 乡镇 供养比 我县 对比 档案 简报 数据 分析"
    assert [link.children for link in links] == words.split()
    assert all((page.short or page.nav) in page.nav for page in PAGES)  # or the name that is read aloud would be another
    assert [link.href for link in links] == [page.path for page in PAGES]


def test_chart_ids_fit_the_address():
    assert len(CHARTS) == len({chart.id for charts in THEMES.values() for chart in charts})
    for chart_id in CHARTS:
        assert Selection.from_query(f"t={chart_id}")[0].tables == (chart_id,), chart_id


@pytest.mark.parametrize("chart", CHARTS.values(), ids=lambda chart: chart.id)
def test_a_card_answers_over_http(app, fire, chart):
    answer = fire(output_of(app, ids.card_id(chart.id), "className"), CHOSEN)["response"]
    assert "card--failed" not in answer[ids.card_id(chart.id)]["className"], "see the log for the error"
    if chart.draw is not None and "card--empty" not in answer[ids.card_id(chart.id)]["className"]:
        assert (
            answer[ids.graph_id(chart.id)]["figure"]["data"] or answer[ids.graph_id(chart.id)]["figure"]["layout"]["annotations"]
        )
        assert answer[ids.part_id(chart.id, "alternative")]["aria-label"].startswith(chart.question)


def test_a_card_that_breaks_says_so_in_chinese(app, fire, monkeypatch, db):
    from dashboard.cards import answer as answers

    chart = next(iter(CHARTS.values()))
    monkeypatch.setattr(answers, "_answered", lambda *_: 1 / 0)
    made = answers.answer(db, chart, Selection(search="not kept yet"))
    assert made["look"].endswith("card--failed")
    assert made["written"]["problem"] == answers.FAILED


def test_tiles_answer_over_http(app, fire):
    tiles = fire(output_of(app, "headlines", "children"), CHOSEN)["response"]["headlines"]["children"]
    assert len(tiles) == len(HEADLINES)
    assert 4 <= len(tiles) <= 6


def test_the_grid_holds_every_fact(client, db):
    found = client.post("/facts.json", json={"first": 0, "past": 400}).get_json()
    rows = found["rows"]
    assert len(rows) == found["total"] == db.build.facts == len({row["fact_id"] for row in rows})
    assert all(row["said"] for row in rows)


@pytest.mark.parametrize("section", ["sources", "definitions", "conflicts", "checks"])
def test_a_section_is_filled_when_it_is_opened(app, fire, section):
    name = output_of(app, f"written-{section}", "data")

    def open_tab(value):
        return fire(name, [{"id": "data-tabs", "property": "value", "value": value}, *CHOSEN])

    assert "<table" in str(open_tab(section)["response"])
    assert open_tab("facts")["response"] == {}


def drawer(app, fire, facts):
    name = output_of(app, ids.DRAWER_BODY, "children")
    return str(fire(name, [{"id": ids.FACT, "property": "data", "value": facts}])["response"][ids.DRAWER_BODY]["children"])


def test_the_drawer_tells_all_about_a_fact(app, fire, db):
    fact = db.table("mart.fact").sort("fact_id").collect().row(0, named=True)
    said = drawer(app, fire, fact["fact_id"])
    for part in (
        fact["as_stated"],
        fact["source_title"].strip("《》"),
        fact["scope"],
        fact["definition_zh"],
        f"{fact['grade']}级",
    ):
        assert part in said


def test_the_drawer_shows_competing_claims_and_the_rule(app, fire, db):
    claims = db.table("mart.conflict").collect()
    crowded = (
        claims.group_by("topic_id", "phase")
        .len()
        .filter(claims["fact_id"].len() > 0)
        .sort("len", descending=True)
        .row(0, named=True)
    )
    claim = claims.filter((claims["topic_id"] == crowded["topic_id"]) & (claims["phase"] == crowded["phase"])).row(0, named=True)
    said = drawer(app, fire, claim["fact_id"])
    assert "其他说法" in said
    assert claim["rule_zh"] in said


@pytest.mark.parametrize("asked", [None, "", "F0000000000", "../../x", "'; drop table", ["F1"], 7])
def test_the_drawer_survives_any_address(app, fire, asked):
    assert NONE_FOUND in drawer(app, fire, asked)


def open_page(app, fire, path, query="", shown=None):
    inputs = [
        {"id": ids.LOCATION, "property": "pathname", "value": path},
        {"id": ids.LOCATION, "property": "search", "value": query},
    ]
    answer = fire(output_of(app, ids.PAGE, "children"), inputs, [{"id": ids.CHOSEN, "property": "data", "value": shown}])
    return str(answer["response"] or "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_an_address_opens_its_page(app, fire, page):
    assert page.title in open_page(app, fire, page.path)
    assert page.title in open_page(app, fire, page.path.rstrip("/") + "/")


@pytest.mark.parametrize("path", ["/nothing", "/ratio/x", "//", "/<script>"])
def test_an_unknown_address_says_so(app, fire, path):
    said = open_page(app, fire, path)
    assert "没有这个页面" in said or path == "//"


def test_junk_in_the_address_gives_the_default_and_a_gentle_note(app, fire):
    said = open_page(app, fire, "/ratio", "?b=nonsense&x=1")
    assert "无法识别，已按默认显示" in said
    assert "无法识别" not in open_page(app, fire, "/ratio", "?b=常住&fact=F0123456789")


def test_of_places_that_an_address_states_the_sound_ones_are_kept_and_the_note_says_what_is_missing(app, fire):
    said = open_page(app, fire, "/compare", "?i=party_gov_bodies&p=140930,%3Cx%3E")
    assert "地址中的“p”有一部分无法识别，已略去。" in said
    assert "140930" in said
    many = ",".join(f"a{number}" for number in range(MOST_PLACES + 1))
    said = open_page(app, fire, "/compare", f"?i=party_gov_bodies&p={many}&b=x")
    assert f"地址中的“b”无法识别，已按默认显示。一次最多比{MOST_PLACES}个地区，地址中的只取前{MOST_PLACES}个。" in said


def test_what_is_already_shown_is_not_sent_again(app, fire):
    shown = {"path": "/ratio", "selection": {"basis": "常住"}}
    assert open_page(app, fire, "/ratio", "?b=常住&fact=F0123456789&t=ratio-by-scope", shown) == ""
    assert open_page(app, fire, "/ratio", "?b=户籍", shown) != ""


def test_a_page_opened_after_a_rebuild_says_so(app, fire):
    assert "数据刚刚更新" in open_page(app, fire, "/towns", shown={"path": "/ratio", "build": "an older one"})
    assert "数据刚刚更新" not in open_page(app, fire, "/towns", shown={"path": "/ratio"})


def test_the_first_layout_already_holds_the_page(client):
    layout = client.get("/_dash-layout", headers={"Referer": "http://localhost/towns?t=towns-bodies"}).text
    page = next(page for page in PAGES if page.path == "/towns")
    assert page.title in layout.encode().decode("unicode_escape") or page.title in layout


def test_two_apps_in_one_process_keep_their_own_warehouse(app, warehouse, tmp_path):
    other = app_module.create_app(tmp_path / "none.duckdb")
    assert other.server.test_client().get("/healthz").status_code == 503
    assert app.server.test_client().get("/healthz").status_code == 200
