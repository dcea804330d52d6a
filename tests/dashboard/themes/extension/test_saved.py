"""Saved queries of 农技推广 give what its charts draw."""

import pytest

from tests.dashboard.themes.saved_rows import Pair, differences, uncovered

STAFFING = {"编制": "authorised", "实有": "actual", "差额": "difference", "满编率": "fill_rate", "口径": "scope"}
PAIRS = (
    Pair(query="extension_1_lushan", columns={"县": "area_name", "时点": "time_period", "时点说明": "timing"} | STAFFING),
    Pair(query="extension_2_peers", columns={"地区": "area_name", "年份": "year"} | STAFFING),
    Pair(
        query="extension_3_national",
        columns={"年份": "year", "口径": "scope", "人数": "obs_value", "待核": "to_check", "来源等级": "grade"},
    ),
    Pair(query="extension_4_stations", columns={"年份": "year", "个数": "obs_value", "口径": "scope", "其中": "split"}),
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.query)
def test_a_saved_query_gives_the_rows_of_its_charts(shipped, shipped_file, pair):
    assert differences(shipped_file, shipped, pair) == []


def test_every_saved_query_is_compared():
    assert uncovered("extension", PAIRS) == set()
