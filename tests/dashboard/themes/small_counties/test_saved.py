"""Saved queries of 人口小县 give what its charts draw."""

import duckdb
import pytest

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from dashboard.tools.sql.saved import saved_queries
from tests.dashboard.themes.saved_rows import Pair, differences, uncovered

CHANGE = {"口径": "scope", "改革前": "before", "改革后": "after"}
RATE = {"地区": "area_name", "变化率": "obs_value"} | CHANGE
PAIRS = (
    Pair(
        query="small_01_bodies",
        columns={"县": "area_name", "批次": "cohort", "改革前时点": "time_before", "改革后时点": "time_after"}
        | {"变化": "change", "变化率": "change_pct", "据方案": "by_plan"}
        | CHANGE,
    ),
    Pair(
        query="small_02_clock",
        columns={"县": "area_name", "启动": "start", "改革后时点": "time_after", "至少相隔年数": "years_low"}
        | {"至多相隔年数": "years_high", "改革前机构": "before", "改革后机构": "after"},
    ),
    Pair(
        query="small_03_convergence",
        columns={"口径": "scope", "县": "area_name", "时点": "time_after", "改革后机构": "after", "据方案": "by_plan"},
    ),
    Pair(
        query="small_04_halves",
        columns={"县": "area_name", "时点": "time_after", "改革前党委机构": "party_before", "改革前政府机构": "gov_before"}
        | {"党委机构": "party", "政府机构": "gov", "合计": "total", "口径": "scope"},
    ),
    Pair(
        query="small_05_cuts",
        columns={"指标": "indicator_zh", "地区": "area_name", "两县改革前合计": "before_sum", "两县改革后合计": "after_sum"}
        | {"原述变化率": "obs_value"},
    ),
    Pair(query="small_06_control", columns={"存疑": "doubt", "所辖试点县": "pilots_held"} | RATE),
    Pair(
        query="small_07_posts_people",
        columns={"县": "area_name", "口径": "scope", "改革前编制": "before", "改革后编制": "after", "超编人员": "over"},
    ),
    Pair(
        query="small_08_provinces",
        columns={"省份": "area_name", "人口规模": "size_band", "县数": "counties", "人口小县": "small"},
    ),
    Pair(
        query="small_09_counts",
        columns={"口径": "scope", "人口口径": "population_basis", "县数": "counties", "版本": "edition", "时点": "time_period"}
        | {"存疑": "doubt"},
    ),
    Pair(
        query="small_10_ladder",
        columns={"人口规模": "size_band", "县数": "counties", "占比": "share", "基数": "base", "口径": "scope"},
    ),
    Pair(query="small_11_timeline", columns={"日期": "date", "地区": "area_name", "事件类别": "kind_zh", "事件": "title"}),
    Pair(query="small_12_deliberative", columns=RATE),
    Pair(query="small_17_tiles", columns={"省份": "area_name", "人口小县": "small"}),
    Pair(
        query="small_13_pilots",
        columns={"试点": "area_name", "批次": "cohort", "确定试点": "named", "状态代码": "status_kind", "状态时点": "status_date"}
        | {"状态说明": "status_title"},
    ),
    Pair(query="small_14_first_pilots", columns={"试点": "area_name", "批次": "cohort", "有前后数的项数": "both_ends"}),
    Pair(
        query="small_15_measures",
        columns={"地区": "area_name", "时间": "date", "截止": "date_end", "做法": "measure_zh", "只是计划": "proposed"}
        | {"概括": "statement_zh", "做法编号": "measure_id"},
    ),
    Pair(
        query="small_16_measure_kinds",
        columns={"做法": "measure_zh", "地区数": "places", "人口小县试点": "pilots", "其他地区": "others", "只有计划": "planned"},
    ),
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.query)
def test_a_saved_query_gives_the_rows_of_its_charts(shipped, shipped_file, pair):
    assert differences(shipped_file, shipped, pair) == []


def test_the_cells_of_the_pilots_are_those_of_the_saved_query(shipped, shipped_file):
    """A cell nobody published is blank in SQL and 未公布 in the table."""
    cells = {"党政机构": "bodies", "事业单位": "institutions", "事业编制": "posts", "超编消化": "over", "财政供养比": "ratio"}
    [query] = [query for query in saved_queries() if query.id == "small_13_pilots"]
    with duckdb.connect(str(shipped_file), read_only=True) as connection:
        answer = connection.execute(query.sql)
        names = [column[0] for column in answer.description or ()]
        answered = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    drawn = CHARTS["small-counties-pilots"].rows(shipped, Selection()).to_dicts()
    assert [[row[name] or "未公布" for name in cells] for row in answered] == [
        [row[cell] for cell in cells.values()] for row in drawn
    ]


def test_every_saved_query_is_compared():
    assert uncovered("small_counties", PAIRS) == set()
