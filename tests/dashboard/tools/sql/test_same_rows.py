"""A saved query about any place or indicator, and the chart whose question it answers, are one answer."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.cards.selection import Selection
from dashboard.themes.compare.measures import COMBINED, measures
from tests.dashboard.themes.saved_rows import Pair, differences

RATIO = {"地区": "area_name", "供养比": "obs_value"}
INTERVAL = {"复算下限": "ratio_low", "复算上限": "ratio_high"}
COMPARE = Pair(
    query="compare_1_places",
    columns={"地区": "area_name", "时点": "time_period", "数值": "obs_value", "同轴键": "axis_key", "事实编号": "fact_ids"},
    ordered=False,
)
OF_A_PLACE = (
    Pair(
        query="area_1_changes",
        columns={"指标": "indicator_zh", "口径": "scope", "改革前": "before", "改革后": "after"},
        ordered=False,
    ),
    Pair(
        query="area_2_staffing",
        columns={
            "系统": "sector",
            "层级": "tier",
            "编制类型": "post_type",
            "编制": "authorised",
            "实有": "actual",
            "差额": "difference",
        },
        ordered=False,
    ),
    Pair(
        query="area_3_ratio",
        columns={"人口口径": "population_basis", "人员口径": "staff_scope", "供养比": "obs_value", "同轴键": "axis_key"},
        ordered=False,
    ),
    Pair(query="area_4_timeline", columns={"日期": "date", "事件": "title"}, ordered=False),
    Pair(
        query="area_5_measures",
        columns={"时间": "date", "截止": "date_end", "做法": "measure_zh", "只是计划": "proposed", "概括": "statement_zh"},
    ),
)
SAME = (
    Pair(
        query="ratio_1_by_scope", columns=RATIO | {"下限": "value_low", "上限": "value_high", "同轴键": "axis_key"}, ordered=False
    ),
    Pair(query="ratio_5_table", columns=RATIO | INTERVAL | {"范围": "extent_zh", "同轴键": "axis_key"}, ordered=False),
    Pair(
        query="data_1_coverage",
        columns={"主题": "theme", "A级": "A", "B级": "B", "C级": "C", "S级": "S", "合计": "total"},
        ordered=False,
    ),
    COMPARE,
    *OF_A_PLACE,
)


@pytest.mark.parametrize("pair", SAME, ids=lambda pair: pair.query)
def test_a_saved_query_gives_the_rows_of_its_chart(shipped, shipped_file, pair):
    given: dict[str, Any] = {"place": "浮山县"} if pair.query == "area_3_ratio" else {}
    assert differences(shipped_file, shipped, pair, **given) == []


@pytest.mark.parametrize("place", ["140930", "141027", "410423-zhangdian", "431221-huaqiao", "370983", "610730", "CN"])
@pytest.mark.parametrize("pair", OF_A_PLACE, ids=lambda pair: pair.query)
def test_a_query_about_a_place_gives_the_rows_of_its_page(shipped, shipped_file, pair, place):
    name = shipped.table("core.ref_area").collect().filter(ref_area=place)["name_zh"].item()
    assert differences(shipped_file, shipped, pair, Selection(places=(place,)), place=name) == []


@pytest.mark.slow
def test_the_comparison_and_its_query_agree_for_every_indicator(shipped, shipped_file):
    slugs = sorted(slug for slug in measures(shipped) if slug not in COMBINED)
    apart = [slug for slug in slugs if differences(shipped_file, shipped, COMPARE, Selection(indicator=slug), indicator=slug)]
    assert len(slugs) > 30
    assert apart == []
