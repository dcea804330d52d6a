"""Numbers in Chinese words, case by case; the expected text is what a 公文 editor would let stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language import words
from dashboard.settings import ROOT
from tests.dashboard.language.faults import faults


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (1964, "名", "1964名"), (0, "个", "0个"), (22.0, "个", "22个"), (4.76, "人", "4.76人"), (9999, "人", "9999人"),
        (39000, "人", "3.9万人"), (130000, "人", "13万人"), (788472, "人", "78.85万人"), (68460000, "人", "6846万人"),
        (748000000, "人", "7.48亿人"), (100000000, "人", "1亿人"), (142013, "万元", "14.2亿元"), (3661, "万元", "3661万元"),
        (8.65, "亿元", "8.65亿元"), (0.5, "亿元", "5000万元"), (3410, "万元/年", "3410万元/年"), (83.592, "万元", "83.59万元"),
        (-14, "个", "−14个"), (-128, "万人", "−128万人"), (76.216, "%", "76.2%"), (100, "%", "100%"), (0, "%", "0%"),
        (79.96, "%", "80.0%"), (2.03, "%", "2.0%"), (22, ":1", "22:1"), (21.6667, ":1", "21.7:1"), (609.375, ":1", "609:1"),
        (None, "个", "未公布"), (float("nan"), "%", "未公布"), (15580, "", "1.56万"), (63.2, "平方公里", "63.2平方公里"),
    ],
)  # fmt: skip
def test_a_value_is_scaled_once_and_keeps_its_unit(number, unit, said):
    assert words.value(number, unit) == said


@pytest.mark.parametrize(
    ("number", "unit", "precision", "as_stated", "said"),
    [
        (6000, "人", "at_most", "近6000", "近6000人"), (130000, "人", "at_least", "13万余", "13万余人"),
        (39000, "人", "approx", "3.9万", "约3.9万人"), (17, ":1", "approx", "每17个人有1人", "约17:1"),
        (20, "个", "approx", "20个左右", "20个左右"), (200000, "人", "at_most", "不足20万", "不足20万人"),
        (4, "名", "at_most", "不到4名", "不足4名"), (30, "%", "at_least", "30%以上", "30%以上"), (200, "项", "at_least", "200多项", "200多项"),
        (60, "个", "at_most", "不超过60个", "不超过60个"), (14, "个", "at_least", "至少14个", "不少于14个"),
        (1000, "份", "at_least", "逾千份", "超过1000份"), (2200, "名", "approx", "2200余名", "2200余名"),
        (80, "名", "approx", "近80名", "近80名"), (25, ":1", "at_least", "", "不低于25:1"), (36, "个", "exact", "36个精简为22个", "36个"),
        (434, "个", "derived", "228+206", "434个"), (None, "人", "approx", "约", "未公布"), (33939, "个", "exact", "33 939个", "3.39万个"),
        (-14, "个工作日", "at_least", "至少14个", "减少不少于14个工作日"), (-30, "%", "at_least", "30%以上", "下降30%以上"),
        (110000, "人", "approx", "十几万人", "十几万人"), (11, "万人", "approx", "十几万人", "十几万人"), (2000, "人", "at_least", "数千人", "数千人"),
        (3, "年", "exact", "3~5年", "3～5年"), (30000, "人", "approx", "约3～5万人", "约3万～5万人"), (100000, "亩", "exact", "十万至十五万亩", "10万～15万亩"),
        (300, "人", "approx", "最近约300人", "约300人"), (300, "人", "approx", "近5年约300人", "约300人"), (60, "个", "at_least", "多于60个", "不少于60个"),
        (25.4, ":1", "at_most", "近3.93%", "不高于25.4:1"), (16.93, ":1", "at_most", "", "不高于17:1"), (21.67, ":1", "at_least", "", "不低于21.6:1"),
        (-80, "名", "approx", "近80名", "减少近80名"), (-14, "个", "exact", "-14", "−14个"),
    ],
)  # fmt: skip
def test_the_wording_of_the_source_is_restored(number, unit, precision, as_stated, said):
    assert words.stated(number, unit, precision=precision, as_stated=as_stated) == said


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (35, 37, "个", "35～37个"), (22, 22, "个", "22个"), (15, 30, "%", "15%～30%"), (9e8, 16e8, "元", "9亿～16亿元"),
        (130000, 140000, "人", "13万～14万人"), (21.6667, None, ":1", "不低于21.6:1"), (None, 16.93, ":1", "不高于17:1"),
        (130000, None, "人", "不少于13万人"), (None, 6000, "人", "不超过6000人"), (None, None, "人", "未公布"),
        (21.16, 22.86, ":1", "21.1:1～22.9:1"), (9000, 12000, "人", "9000～1.2万人"),
        (609.4, None, ":1", "不低于609:1"), (None, 609.4, ":1", "不高于610:1"), (144750, 144850, "人", "14.47万～14.49万人"),
        (-8.85, -8.75, "%", "−8.9%～−8.7%"), (21.67, 21.67, ":1", "21.7:1"), (21.699999999999996, None, ":1", "不低于21.7:1"),
    ],
)  # fmt: skip
def test_an_interval_keeps_its_open_ends(low, high, unit, said):
    assert words.span(low, high, unit) == said


def test_the_ends_of_listed_values_are_written_as_the_values():
    assert words.extent(57.16, 116.67, "%") == f"{words.value(57.16, '%')}～{words.value(116.67, '%')}" == "57.2%～116.7%"
    assert words.extent(12, 12, "个") == "12个"


@given(st.floats(0.01, 1e11), st.floats(0.01, 1e11), st.sampled_from(["人", "万元", "%", ":1", ""]))
def test_a_printed_interval_holds_what_it_stands_for(one, other, unit):
    low, high = sorted((one, other))
    assert printed_size(words.bound(low, unit, side="low"), unit) <= low * (1 + 1e-12)
    assert printed_size(words.bound(high, unit, side="high"), unit) >= high * (1 - 1e-12)


def printed_size(text, unit):
    """The number of 1.33亿元 in the unit it came in, 万元."""
    match = re.match(r"([\d.]+)([万亿]?)", text)
    assert match, text
    digits, scale = match.groups()
    return float(digits) * {"": 1, "万": 1e4, "亿": 1e8}[scale] / (1e4 if unit == "万元" else 1)


@pytest.mark.parametrize(
    ("before", "after", "unit", "said"),
    [
        (36, 22, "个", "减少14个、下降38.9%"), (358, 579, "人", "增加221人、增长61.7%"), (48, 52, "%", "提高4个百分点"),
        (4.01, 4.85, "%", "提高0.8个百分点"), (52, 48, "%", "下降4个百分点"), (32, 40, ":1", "由32:1提高到40:1"),
        (40, 32, ":1", "由40:1下降到32:1"), (22, 22, "个", "持平"), (0, 9, "个", "增加9个"), (None, 22, "个", "未公布"),
        (36, None, "个", "未公布"), (271, 21, "个", "减少250个、下降92.3%"), (740200, 650400, "人", "减少8.98万人、下降12.1%"),
    ],
)  # fmt: skip
def test_a_change_is_said_in_the_unit_of_its_kind(before, after, unit, said):
    assert words.change(before, after, unit) == said


@pytest.mark.parametrize(
    ("actual", "authorised", "said"),
    [
        (183, 143, "超出40人（28.0%）"), (119, 88, "超出31人（35.2%）"), (64, 73, "空编9名"), (91, 91, "满编"),
        (6, 4, "超出2人"), (3, 4, "空编1名"), (None, 143, "未公布"), (183, None, "未公布"),
    ],
)  # fmt: skip
def test_actual_against_authorised(actual, authorised, said):
    assert words.over(actual, authorised) == said


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2020-04", "2020年4月"), ("2020-11-01", "2020年11月1日"), ("2013", "2013年"), ("_U", "时点未注明"), (None, "时点未注明"),
        ("", "时点未注明"), ("2016—2017", "2016—2017年"), ("2024年初", "2024年初"), ("约1995", "约1995年"),
    ],
)  # fmt: skip
def test_a_period_in_words(period, said):
    assert words.date(period) == said


@pytest.mark.parametrize(
    ("low", "high", "tied", "said"),
    [(3, 3, False, "从多到少第3位"), (3, 5, False, "从多到少第3～5位"), (1, 1, True, "从多到少并列第1位")],
)
def test_a_rank_says_its_order_its_interval_and_its_ties(low, high, tied, said):
    assert words.place(low, high, order=words.order(True), tied=tied) == said


def test_a_rank_is_said_in_one_place_which_knows_its_order():
    said = [
        path.name
        for path in (ROOT / "dashboard").rglob("*.py")
        if re.search(r"第\{[^}]*\}(?:～\{[^}]*\})?位", path.read_text(encoding="utf-8"))
    ]
    assert said == ["words.py"]


@pytest.mark.parametrize(
    ("largest_first", "unit", "said"),
    [
        (True, "个", "从多到少"),
        (False, "人", "从少到多"),
        (True, ":1", "从高到低"),
        (False, "%", "从低到高"),
        (True, "平方公里", "从大到小"),
    ],
)
def test_an_order_in_words_that_fit_what_is_counted(largest_first, unit, said):
    assert words.order(largest_first, unit) == said


@pytest.mark.parametrize(
    ("number", "decimals", "said"),
    [(788472, 0, "788 472"), (1964, 0, "1964"), (-14, 0, "−14"), (39.5, 1, "39.5"), (0.285, 2, "0.29"), (None, 0, "未公布")],
)
def test_table_digits_are_grouped_by_thin_spaces_from_five_on(number, decimals, said):
    assert words.digits(number, decimals).replace(words.THIN_SPACE, " ") == said


def test_halves_round_up_as_on_paper():
    assert [words.percent(12.25), words.percent(12.35), words.percent(62.5, 0)] == ["12.3%", "12.4%", "63%"]


@pytest.mark.parametrize("sentence", ["编制缩小3倍", "减少了2.5倍", "3亿4500万元", "15~30个", "5千人", "3百万元"])
def test_forbidden_wordings_are_found(sentence):
    assert faults(sentence)


@pytest.mark.parametrize(
    "sentence", ["减少14个、下降38.9%", "约为全国的2倍", "35～37个", "3.45亿元", "2020年4月", "千分制", "5千瓦时"]
)
def test_clean_wordings_pass(sentence):
    assert faults(sentence) == []


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False), st.sampled_from(["人", "万元", "亿元", "名", "%", ":1", ""]))
def test_no_number_is_written_with_two_scales_or_an_ascii_minus(number, unit):
    said = words.value(number, unit)
    assert not re.search(r"[万亿]\d|万[万亿]|亿[万亿]|-|e[+-]?\d", said), said


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_a_change_never_says_fewer_times(before, after):
    assert faults(words.change(before, after, "个")) == []
