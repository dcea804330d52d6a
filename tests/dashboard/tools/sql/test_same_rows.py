"""A saved query and the chart whose question it answers are one answer: the same rows, place by place, value by value."""

from __future__ import annotations

from collections import Counter

import duckdb
import pytest

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from dashboard.themes.compare.charts import COMPARE
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
}
CHOSEN: dict[str, Selection] = {}


@pytest.fixture(scope="module")
def database(shipped_file):
    with duckdb.connect(str(shipped_file), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize(
    ("query_id", "chart_id"), [(query_id, chart_id) for query_id in SAME for chart_id in QUERIES[query_id].charts]
)
def test_a_saved_query_gives_the_rows_of_its_chart(shipped, database, query_id, chart_id):
    query, columns = QUERIES[query_id], SAME[query_id]
    used = {name: value for name, value in query.defaults.items() if f"${name}" in query.sql}
    relation = database.sql(query.sql, params=used) if used else database.sql(query.sql)
    asked = Counter(relation.select(*(f'"{name}"' for name in columns)).fetchall())
    chart = CHARTS.get(chart_id, COMPARE)
    drawn = chart.rows(shipped, CHOSEN.get(query_id, Selection())).select(*columns.values()).rows()
    assert asked == Counter(drawn)
