"""Numbers in tables and headings."""

import pytest

from dashboard.language.typeset import column, ordinal, years


@pytest.mark.parametrize(
    ("numbers", "unit", "cells", "named"),
    [
        ([36, 22, None], "个", ["36", "22", "未公布"], "个"),
        ([79.8, 100.0, 75.84], "%", ["79.8", "100.0", "75.8"], "%"),
        ([12.5, 3], "万元", ["12.5", "3.0"], "万元"),
        ([788472, 120000], "人", ["78.85", "12.00"], "万人"),
        ([788472, 1964], "人", ["788\u2009472", "1964"], "人"),
        ([6_846_000_000, 1_411_000_000], "人", ["68.46", "14.11"], "亿人"),
        ([float("nan")], "人", ["未公布"], "人"),
        ([-14, 0], "个", ["−14", "0"], "个"),
        ([], "个", [], "个"),
    ],
)
def test_a_column_has_one_scale_and_one_number_of_decimals(numbers, unit, cells, named):
    assert column(numbers, unit) == (cells, named)


@pytest.mark.parametrize(
    ("periods", "said"),
    [(["2020", "2022-08", None, "_U"], "2020—2022年"), (["2013"], "2013年"), (["_U", None], ""), (["2025-06", "2025"], "2025年")],
)
def test_the_years_of_some_periods(periods, said):
    assert years(periods) == said


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_ordinals_of_headings(number, said):
    assert ordinal(number) == said


def test_an_ordinal_out_of_range_is_refused():
    with pytest.raises(ValueError, match="九十九"):
        ordinal(100)
