"""A saved query and the chart whose question it answers are one answer: the same rows, place by place, value by value."""

from __future__ import annotations

from collections import Counter

import duckdb
import pytest

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from dashboard.themes.compare.charts import COMPARE
from dashboard.themes.compare.measures import COMBINED, measures
from dashboard.tools.sql.saved import saved_queries

QUERIES = {query.id: query for query in saved_queries()}
# query: its columns and those of the chart that say the same.
SAME = {
    "ratio_1_by_scope": {
        "地区": "area_name",
        "供养比": "obs_value",
        "下限": "value_low",
        "上限": "value_high",
        "同轴键": "axis_key",
    },
    "ratio_2_recomputed": {"地区": "area_name", "原述比": "ratio_stated", "复算下限": "ratio_low", "复算上限": "ratio_high"},
    "ratio_3_nation": {"地区": "area_name", "年份": "year", "原述比": "obs_value"},
    "ratio_4_township": {"地区": "area_name", "供养比": "obs_value", "复算下限": "ratio_low", "复算上限": "ratio_high"},
    "data_1_coverage": {"主题": "theme", "A级": "A", "B级": "B", "C级": "C", "S级": "S", "合计": "total"},
    "compare_1_places": {
        "地区": "area_name",
        "时点": "time_period",
        "数值": "obs_value",
        "同轴键": "axis_key",
        "事实编号": "fact_ids",
    },
    "area_1_changes": {"指标": "indicator_zh", "口径": "scope", "改革前": "before", "改革后": "after"},
    "area_2_staffing": {
        "系统": "sector",
        "层级": "tier",
        "编制类型": "post_type",
        "编制": "authorised",
        "实有": "actual",
        "差额": "difference",
    },
    "area_3_ratio": {"人口口径": "population_basis", "人员口径": "staff_scope", "供养比": "obs_value", "同轴键": "axis_key"},
    "area_4_timeline": {"日期": "date", "事件": "title"},
}


@pytest.fixture(scope="module")
def database(shipped_file):
    with duckdb.connect(str(shipped_file), read_only=True) as connection:
        yield connection


def asked(database, query_id, **given):
    """What a saved query answers, as a count of the rows of its compared columns."""
    query = QUERIES[query_id]
    used = {name: value for name, value in (query.defaults | given).items() if f"${name}" in query.sql}
    relation = database.sql(query.sql, params=used) if used else database.sql(query.sql)
    return Counter(relation.select(*(f'"{name}"' for name in SAME[query_id])).fetchall())


def drawn(shipped, query_id, chart_id, selection: Selection | None = None):
    """The same of the chart."""
    rows = CHARTS.get(chart_id, COMPARE).rows(shipped, selection or Selection())
    return Counter(rows.select(*SAME[query_id].values()).rows() if rows.height else [])


@pytest.mark.parametrize(
    ("query_id", "chart_id"), [(query_id, chart_id) for query_id in SAME for chart_id in QUERIES[query_id].charts]
)
def test_a_saved_query_gives_the_rows_of_its_chart(shipped, database, query_id, chart_id):
    given = {"place": "浮山县"} if chart_id == "area-ratio" else {}
    assert asked(database, query_id, **given) == drawn(shipped, query_id, chart_id)


@pytest.mark.parametrize("place", ["140930", "141027", "410423-zhangdian", "431221-huaqiao", "370983", "610730", "CN"])
@pytest.mark.parametrize("query_id", ["area_1_changes", "area_2_staffing", "area_3_ratio", "area_4_timeline"])
def test_a_query_about_a_place_gives_the_rows_of_its_page(shipped, database, query_id, place):
    known = shipped.table("core.ref_area").collect()
    name = known.filter(ref_area=place)["name_zh"].item()
    [chart_id] = QUERIES[query_id].charts
    assert asked(database, query_id, place=name) == drawn(shipped, query_id, chart_id, Selection(places=(place,)))


def test_the_comparison_and_its_query_agree_for_every_indicator(shipped, database):
    slugs = sorted(slug for slug in measures(shipped) if slug not in COMBINED)
    apart = [
        slug
        for slug in slugs
        if asked(database, "compare_1_places", indicator=slug)
        != drawn(shipped, "compare_1_places", COMPARE.id, Selection(indicator=slug))
    ]
    assert len(slugs) > 30
    assert apart == []
