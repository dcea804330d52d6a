"""Saved queries of 经济发达镇 give what its charts draw."""

import pytest

from tests.dashboard.themes.saved_rows import Pair, differences, uncovered

PAIRS = (
    Pair(
        query="towns_1_take_up",
        columns={"赋权目录": "catalogue", "镇": "area_name", "镇数": "towns", "应承接": "catalogue_items", "已承接": "accepted"}
        | {"承接率": "take_up", "时点": "time_period", "时点说明": "timing"},
    ),
    Pair(
        query="towns_2_bodies",
        columns={"镇": "area_name", "党政机构": "party_gov", "事业单位": "institutions", "合计": "total", "时点": "time_after"},
    ),
    Pair(
        query="towns_3_held",
        columns={"赋权目录": "catalogue", "地区": "area_name", "包括": "names", "之前": "before", "之后": "after"}
        | {"变化率": "change_pct", "之前的附注": "remark_before", "之后时点": "time_after"},
    ),
    Pair(
        query="towns_4_duties",
        columns={"地区": "area_name", "基本履职": "basic", "配合履职": "supporting", "保留合计": "kept", "上级收回": "taken_back"}
        | {"平均所据乡镇数": "townships", "时点": "time_period"},
    ),
    Pair(query="towns_5_revoked", columns={"地区": "area_name", "收回事项": "obs_value", "时点": "time_period", "附注": "note"}),
    Pair(
        query="towns_6_catalogues",
        columns={"年份": "year", "地区": "area_name", "赋权目录": "catalogue", "事项数": "obs_value", "备注": "note"},
    ),
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.query)
def test_a_saved_query_gives_the_rows_of_its_charts(shipped, shipped_file, pair):
    assert differences(shipped_file, shipped, pair) == []


def test_every_saved_query_is_compared():
    assert uncovered("towns", PAIRS) == set()
