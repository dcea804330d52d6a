"""Saved queries: each runs on the fixture and on the shipped facts, answers a question of the pages, and leads to its sources."""

from __future__ import annotations

import duckdb
import pytest

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS, THEMES
from dashboard.pages import PAGES
from dashboard.sandbox.runner import Limits, QueryError, Sandbox
from dashboard.settings import ROOT
from dashboard.tools.sql.provenance import names_sources
from dashboard.tools.sql.saved import FOLDER, saved_queries
from dashboard.warehouse import Warehouse

SHIPPED = ROOT / "warehouse.duckdb"
QUERIES = saved_queries()
PATIENT = Limits(seconds=60)  # what is tested is the answer, not the machine
WITHOUT_SOURCES = {"data_1_coverage"}  # it counts our own records


@pytest.fixture(scope="module")
def shipped():
    if not SHIPPED.is_file():
        pytest.skip("the shipped facts are not built: make warehouse")
    return Sandbox(SHIPPED, limits=PATIENT)


@pytest.fixture(scope="module")
def database(warehouse):
    """The fixture's file, opened in this process: faster than the sandbox, for what the sandbox does not change."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def sandbox(warehouse):
    return Sandbox(warehouse, limits=PATIENT)


def test_there_are_at_least_25_and_one_for_each_question_of_the_pages():
    assert len(QUERIES) >= 25
    answered = {chart for query in QUERIES for chart in query.charts}
    typed = {chart.id for chart in THEMES["mine"]}  # what a reader types stands in no warehouse: no query answers for it
    assert set(CHARTS) - typed - answered == set(), f"add a file to {FOLDER.name}/ or name the chart in one"
    assert answered - set(CHARTS) == set(), "no such chart"
    assert {query.page for query in QUERIES} <= {page.path for page in PAGES}


def test_titles_are_questions_and_no_two_alike():
    titles = [query.title for query in QUERIES]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if not title.endswith("？")] == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.id)
def test_a_saved_query_is_sound_sql(database, query):
    used = {name: value for name, value in query.defaults.items() if f"${name}" in query.sql}
    database.execute(query.sql, used).fetchall()


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.id)
def test_a_saved_query_runs_on_any_build(sandbox, query):
    sandbox.run(query.sql, query.defaults)


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.id)
def test_a_saved_query_answers_with_the_shipped_facts(shipped, query):
    found = shipped.run(query.sql, query.defaults)
    assert found.rows, "with its defaults it finds nothing"
    assert not found.truncated
    assert names_sources(found) or query.id in WITHOUT_SOURCES
    if query.id not in WITHOUT_SOURCES:
        place = [column.name for column in found.columns].index("来源编号")
        assert all(row[place] for row in found.rows), "a row without its source"


@pytest.mark.slow
@pytest.mark.parametrize("query", [query for query in QUERIES if query.parameters], ids=lambda query: query.id)
def test_a_parameter_left_blank_or_hostile_breaks_nothing(sandbox, query):
    for value in ("", "' or 1=1 --", "县"):
        given = {one.name: one.value if one.kind != "文字" else value for one in query.parameters}
        sandbox.run(query.sql, given)


def test_a_missing_parameter_is_named(sandbox):
    query = next(query for query in QUERIES if query.parameters)
    with pytest.raises(QueryError) as caught:
        sandbox.run(query.sql)
    assert f"${query.parameters[0].name}" in caught.value.fault.message


@pytest.mark.parametrize(
    ("query_id", "chart_id", "theirs", "ours"),
    [
        ("extension_1_lushan", "extension-lushan", "actual", "实有"),
        ("small_01_bodies", "small-counties-bodies", "after", "改革后"),
        ("small_10_ladder", "small-counties-ladder", "counties", "县数"),
        ("towns_1_take_up", "towns-take-up", "accepted", "已承接"),
        ("township_1_posts", "township-posts", "authorised", "编制"),
        ("township_4_fill_rates", "township-fill-rates", "actual", "实有"),
        ("ratio_5_table", "ratio-table", "obs_value", "供养比"),
    ],
)
def test_a_saved_query_has_the_numbers_of_its_chart(shipped, query_id, chart_id, theirs, ours):
    query = next(query for query in QUERIES if query.id == query_id)
    found = shipped.run(query.sql, query.defaults)
    place = [column.name for column in found.columns].index(ours)
    drawn = CHARTS[chart_id].rows(Warehouse(SHIPPED), Selection())[theirs].to_list()
    assert sorted(row[place] or 0 for row in found.rows) == sorted(value or 0 for value in drawn)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select 1", "标题"),
        ("-- 标题：甲？\n-- 页面：/\nselect 1", "说明"),
        ("-- 标题：甲？\n-- 页面：/\n-- 说明：乙\n-- 别的：丙\nselect 1", "第 4 行"),
        ("-- 标题：甲？\n-- 页面：/\n-- 说明：乙\n-- 参数：x｜甲｜文字｜\nselect 1", "参数看不懂"),
        ("-- 标题：甲？\n-- 页面：/\n-- 说明：乙\n-- 参数：$x｜甲｜日期｜\nselect 1", "参数看不懂"),
    ],
)
def test_a_faulty_header_is_named_with_its_file(tmp_path, text, said):
    (tmp_path / "query.sql").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"query\.sql") as caught:
        saved_queries(tmp_path)
    assert said in str(caught.value)
