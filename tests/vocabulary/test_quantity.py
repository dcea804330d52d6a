"""What the wording of a figure allows: the phrases of the shipped facts and of official briefs, answers worked out by hand."""

import math

import pytest

from vocabulary.hedges import quantities
from vocabulary.interval import between
from vocabulary.quantity import interval, stated_quantity

OPEN = None

# wording, value, unit, precision → low, high
PHRASES: list[tuple[str, float, str, str, float | None, float | None]] = [
    # 1 counts written out
    ("143人", 143, "名", "exact", 143, 143),
    ("21 个", 21, "个", "exact", 21, 21),
    ("33 939个", 33939, "个", "exact", 33939, 33939),
    ("674 149 546", 674149546, "人", "exact", 674149546, 674149546),
    ("1,964名", 1964, "名", "exact", 1964, 1964),
    ("１２４正", 124, "名", "exact", 124, 124),
    ("36个精简为22个", 36, "个", "exact", 36, 36),
    ("36个精简为22个", 22, "个", "exact", 22, 22),
    ("两部", 2, "部", "exact", 2, 2),
    ("第十四期", 14, "期", "exact", 14, 14),
    ("两百个", 200, "个", "exact", 200, 200),
    ("两万五千人", 25000, "人", "exact", 24500, 25500),
    ("两万五", 25000, "人", "exact", 24500, 25500),
    ("1万2千人", 12000, "人", "exact", 11500, 12500),
    ("3万5", 35000, "人", "exact", 34500, 35500),
    ("两万零五人", 20005, "人", "exact", 20005, 20005),
    ("１２万", 120000, "人", "exact", 115000, 125000),
    ("一百零五项", 105, "项", "exact", 105, 105),
    ("过渡期为五年", 5, "年", "exact", 5, 5),
    ("2020年4月撤并22个", 22, "个", "exact", 22, 22),
    ("8.07万hm2", 80700, "公顷", "exact", 80650, 80750),
    ("没有", 0, "个", "exact", 0, 0),
    ("0人", 0, "人", "exact", 0, 0),
    ("列名8个", 8, "个", "derived", 8, 8),
    ("一办七局", 8, "个", "derived", 8, 8),
    ("34+4+35", 73, "名", "derived", 73, 73),
    ("第一至第四", 4, "条", "derived", 4, 4),
    ("2002年", 2002, "年", "exact", 2002, 2002),
    # 2 known to the last digit
    ("3.9万", 39000, "人", "approx", 38500, 39500),
    ("３．９万", 39000, "人", "exact", 38500, 39500),
    ("3.9 万人", 3.9, "万人", "exact", 3.85, 3.95),
    ("5212万", 52120000, "人", "exact", 52115000, 52125000),
    ("5212万", 5212, "万人", "exact", 5211.5, 5212.5),
    ("10.0万人", 100000, "人", "approx", 99500, 100500),
    ("174.18亿元", 174.18, "亿元", "exact", 174.175, 174.185),
    ("13296万元", 13296, "万元", "exact", 13295.5, 13296.5),
    ("13296", 13296, "万元", "exact", 13295.5, 13296.5),
    ("3亿4500万元", 3.45, "亿元", "exact", 3.44995, 3.45005),
    ("4.85%", 4.85, "%", "exact", 4.845, 4.855),
    ("108.70%", 108.7, "%", "exact", 108.695, 108.705),
    ("平均精简38％", 38, "%", "exact", 37.5, 38.5),
    ("百分之三十八", 38, "%", "exact", 37.5, 38.5),
    ("三成", 30, "%", "exact", 25, 35),
    ("精简一半", 50, "%", "exact", 49.5, 50.5),
    ("提高4个百分点", 4, "百分点", "exact", 3.5, 4.5),
    ("64/55", 116.4, "%", "derived", 116.35, 116.45),
    ("63.2", 63.2, "平方公里", "exact", 63.15, 63.25),
    ("22:1", 22, "人:1", "exact", 21.5, 22.5),
    ("22：1", 22, ":1", "exact", 21.5, 22.5),
    ("20.6:1", 20.6, "人:1", "exact", 20.55, 20.65),
    ("1:5", 5, "人:1", "exact", 4.5, 5.5),
    ("每17个人有1人", 17, "人:1", "approx", 16.5, 17.5),
    # 3 余 and 多
    ("13万余", 130000, "人", "at_least", 130000, 140000),
    ("13万余", 13, "万人", "at_least", 13, 14),
    ("1.36万余名", 13600, "名", "approx", 13600, 13700),
    ("5500余人次", 5500, "人次", "at_least", 5500, 5600),
    ("6000余人", 6000, "人", "at_least", 6000, 7000),
    ("6000余人", 6000, "人", "exact", 6000, 7000),
    ("120余个", 120, "个", "at_least", 120, 130),
    ("20余次", 20, "次", "approx", 20, 30),
    ("200多项", 200, "项", "at_least", 200, 300),
    ("1万多人", 10000, "人", "at_least", 10000, 20000),
    ("10余万人", 100000, "人", "at_least", 100000, 200000),
    ("二十多万", 20, "万人", "at_least", 20, 30),
    ("三百余名", 300, "名", "at_least", 300, 400),
    ("百余名", 100, "名", "at_least", 100, 200),
    ("千余人", 1000, "人", "at_least", 1000, 2000),
    ("一年多来", 1, "年", "at_least", 1, 2),
    # 4 upper bounds
    ("近6000", 6000, "人", "at_most", OPEN, 6000),
    ("近80万", 800000, "人", "at_most", OPEN, 800000),
    ("将近三百个", 300, "个", "exact", OPEN, 300),
    ("近千人", 1000, "人", "at_most", OPEN, 1000),
    ("不足20万", 20, "万人", "at_most", OPEN, 20),
    ("不到4名", 4, "名", "at_most", OPEN, 4),
    ("低于10万人", 10, "万人", "at_most", OPEN, 10),
    ("不超过60个", 60, "个", "at_most", OPEN, 60),
    ("15万人口以下", 15, "万人", "exact", OPEN, 15),
    ("10万及以下", 10, "万人", "at_most", OPEN, 10),
    ("60个以内", 60, "个", "exact", OPEN, 60),
    ("15万", 15, "万人", "at_most", OPEN, 15),
    ("≤60个", 60, "个", "exact", OPEN, 60),
    ("≦60个", 60, "个", "exact", OPEN, 60),
    ("<=60个", 60, "个", "exact", OPEN, 60),
    (">=60个", 60, "个", "exact", 60, OPEN),
    # 5 lower bounds
    ("350m2以上", 350, "平方米", "at_least", 350, OPEN),
    ("提速超20%", 20, "%", "at_least", 20, OPEN),
    ("超过了60个", 60, "个", "exact", 60, OPEN),
    ("不少于60个", 60, "个", "exact", 60, OPEN),
    ("列名6类", 6, "类", "at_least", 6, OPEN),
    ("逾千份", 1000, "份", "at_least", 1000, OPEN),
    ("上百人", 100, "人", "at_least", 100, OPEN),
    ("上千", 1000, "人", "exact", 1000, OPEN),
    ("过半", 50, "%", "at_least", 50, OPEN),
    # 6 about
    ("约500万元", 500, "万元/年", "approx", 450, 550),
    ("约300人", 300, "人", "exact", 250, 350),
    ("大约为300人", 300, "人", "exact", 250, 350),
    ("约17万", 170000, "人", "approx", 161500, 178500),
    ("约5个", 5, "个", "approx", 4, 6),
    ("5个左右", 5, "个", "exact", 4, 6),
    ("14个左右", 14, "个", "approx", 13, 15),
    ("约4万人", 4, "万人", "exact", 3.5, 4.5),
    ("约17:1", 17, "人:1", "approx", 16.15, 17.85),
    ("22个左右", 22, "个", "approx", 20.9, 23.1),
    ("40左右", 40, "个", "exact", 35, 45),
    ("20上下", 20, "个", "exact", 15, 25),
    ("十来个", 10, "个", "exact", 5, 15),
    ("约占38%", 38, "%", "exact", 36.1, 39.9),
    # 7 spreads
    ("3~5年", 3, "年", "exact", 3, 5),
    ("3～5年", 5, "年", "exact", 3, 5),
    ("3—5年", 3, "年", "exact", 3, 5),
    ("3至5年", 3, "年", "exact", 3, 5),
    ("3个至5个", 5, "个", "exact", 3, 5),
    ("10万至15万亩", 100000, "亩", "exact", 100000, 150000),
    ("十万至十五万亩", 150000, "亩", "exact", 100000, 150000),
    ("10～15万亩", 10, "万亩", "exact", 10, 15),
    ("9亿～16亿", 9, "亿元", "exact", 9, 16),
    ("15%～30%", 15, "%", "exact", 15, 30),
    ("两三百人", 200, "人", "approx", 200, 300),
    ("七八个", 8, "个", "approx", 7, 8),
    ("三五个", 3, "个", "approx", 3, 5),
    ("十五六万", 15, "万人", "approx", 15, 16),
    ("十几个", 11, "个", "approx", 11, 19),
    ("二十几名", 21, "名", "approx", 21, 29),
    ("数十家", 20, "家", "approx", 20, 100),
    ("几百人", 200, "人", "approx", 200, 1000),
    ("数千人", 2000, "人", "at_least", 2000, 10000),
    ("十几万人", 110000, "人", "approx", 110000, 200000),
    ("十几万人", 20, "万人", "exact", 11, 20),
    ("1:20～25", 20, "人:1", "exact", 20, 25),
    # 8 two hedges, 9 precision alone
    ("约20余个", 20, "个", "exact", 15, 30),
    ("约13万余", 130000, "人", "approx", 123500, 140000),
    ("近6000余", 6000, "人", "exact", OPEN, 7000),
    ("至少约60个", 60, "个", "exact", 55, OPEN),
    ("不超过约60个", 60, "个", "at_most", OPEN, 65),
    ("约100个以上", 100, "个", "exact", 50, OPEN),
    ("约3～5万人", 30000, "人", "exact", 25000, 55000),
    ("5个镇", 5, "个", "approx", 4, 6),
    ("150个镇", 150, "个", "approx", 145, 155),
    ("1700个", 1700, "个", "approx", 1650, 1750),
    ("220亿元", 220, "亿元", "approx", 215, 225),
    ("三年之后", 3, "年", "approx", 2, 4),
    ("约100个", 100, "个", "at_least", 50, OPEN),
    # 11 changes
    ("减少了14个", -14, "个", "exact", -14, -14),
    ("至少14个", -14, "个工作日", "at_least", OPEN, -14),
    ("近80名", -80, "名", "approx", -80, OPEN),
    ("8.3万余名", -8.3, "万名", "at_least", -8.4, -8.3),
    ("减少约128万", -128, "万人", "approx", -134.4, -121.6),
    # 12 not in the wording, and words that only look like a hedge
    ("各有一个", 25, "个", "exact", 25, 25),
    ("均超20万", 0, "个", "exact", 0, 0),
    ("各县若干", 25, "个", "at_least", 25, OPEN),
    ("节约3410万元", 3410, "万元", "exact", 3409.5, 3410.5),
    ("最近3批", 3, "批", "exact", 3, 3),
    ("3个县级以上机构", 3, "个", "exact", 3, 3),
    ("总数十二个", 12, "个", "exact", 12, 12),
]


@pytest.mark.parametrize("case", PHRASES, ids=lambda case: "|".join(map(str, case[:4])))
def test_the_wording_decides_the_interval(case):
    wording, value, unit, precision, low, high = case
    assert interval(wording, obs_value=value, unit=unit, precision=precision) == between(low, high)


@pytest.mark.parametrize(
    ("wording", "precision"),
    [("近6000", "at_least"), ("6000人以上", "at_most"), ("6000余人", "at_most"), ("不超过6000", "at_least")],
)
def test_a_hedge_that_gainsays_the_precision_is_refused(wording, precision):
    with pytest.raises(ValueError, match="矛盾"):
        interval(wording, obs_value=6000, unit="人", precision=precision)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="不是有限的数"):
        interval("若干", obs_value=value, unit="人", precision="exact")


def test_an_unknown_precision_is_refused_with_the_list_of_known_ones():
    with pytest.raises(ValueError, match="at_least"):
        interval("22个", obs_value=22, unit="个", precision="大概")


@pytest.mark.parametrize(
    ("wording", "value", "unit"),
    [
        ("3.9万", 3.9, "人"),  # ×10 000
        ("13296万元", 13296, "亿元"),
        ("22个", 220, "个"),
        ("74.02万人", 74.02, "%"),
        ("38%", 38, "个"),
        ("4个百分点", 4, "%"),
        ("2020年4月", 2020, "个"),  # a date is no count
        ("2016-12-10", 12, "个"),
        ("10月23日", 23, "个"),
        ("350m2以上", 2, "平方米"),  # part of the unit
        ("每万人", 10000, "人"),
        ("百姓", 100, "人"),
        ("几个", 2, "个"),
        ("两三百", 250, "人"),  # never a midpoint
        ("", 1, "个"),
    ],
)
def test_a_value_that_is_not_in_the_wording_is_not_carried(wording, value, unit):
    assert stated_quantity(wording, value, unit) is None


def test_a_value_beyond_all_reason_is_read_and_not_a_crash():
    assert interval("22个", obs_value=1e300, unit="个", precision="exact") == between(1e300, 1e300)
    assert stated_quantity("9" * 1000, 9.0, "个") is None


def test_from_22_to_36_is_two_numbers_and_22_to_36_is_a_spread():
    assert [quantity.upper for quantity in quantities("从22个到36个")] == [22, 36]
    assert [quantity.upper for quantity in quantities("22个增至36个")] == [22, 36]
    assert [(quantity.value, quantity.upper) for quantity in quantities("22到36个")] == [(22, 36)]


def test_a_phrase_gives_every_number_with_its_step_and_hedges():
    read = quantities("编制由约3.90万名核减至近两百名，２０２０年完成，超过60%")
    assert [(quantity.value, quantity.step, quantity.kinds) for quantity in read] == [
        (39000, 100, ("about",)),
        (200, 1, ("at_most",)),
        (60, 1, ("at_least",)),
    ]
