"""Saved queries of 乡镇样本 give what its charts draw."""

import pytest

from tests.dashboard.themes.saved_rows import Pair, differences, uncovered

PARTS = {"人数": "persons", "占比": "share", "基数": "base", "时点说明": "timing"}
STAFFING = {
    "乡镇": "area_name",
    "编制": "authorised",
    "实有": "actual",
    "差额": "difference",
    "满编率": "fill_rate",
    "口径": "scope",
}
PAIRS = (
    Pair(query="township_1_posts", columns=STAFFING | {"说明": "withheld_zh", "时点说明": "timing"}),
    Pair(query="township_2_structure", columns=PARTS | {"组": "category", "编制类型": "post_type"}),
    Pair(query="township_3_centres", columns=PARTS | {"中心": "category"}),
    Pair(query="township_4_fill_rates", columns=STAFFING | {"年份": "year", "分项与合计对不上之处": "unclosed_zh"}),
    Pair(
        query="township_5_traps",
        columns={"乡镇": "area_name", "年份": "year", "编制": "authorised", "来源所列人数": "actual", "人数口径": "scope"}
        | {"分项与合计对不上之处": "unclosed_zh"},
    ),
    Pair(query="township_6_timeline", columns={"日期": "date", "地区": "area_name", "事件类别": "kind_zh", "事件": "title"}),
    Pair(
        query="township_7_profile",
        columns={
            "指标": "indicator_zh",
            "数值": "obs_value",
            "原文": "as_stated",
            "机构限额": "limit",
            "口径": "scope",
            "附注": "note",
        },
    ),
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.query)
def test_a_saved_query_gives_the_rows_of_its_charts(shipped, shipped_file, pair):
    assert differences(shipped_file, shipped, pair) == []


def test_every_saved_query_is_compared():
    assert uncovered("township", PAIRS) == set()
