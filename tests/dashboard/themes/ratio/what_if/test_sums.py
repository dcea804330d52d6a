"""The sums of 财政供养比: three spellings of one ratio, targets; open ends stay open, bounds are rounded outwards."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language import words
from dashboard.themes.ratio.what_if.sums import NEVER, converted, difference, posts_for, ratio_for, read_ratio, said
from vocabulary.interval import Interval, between, exactly


def bounds(low, high):
    return Interval(low=None if low is None else Decimal(str(low)), high=None if high is None else Decimal(str(high)))


@pytest.mark.parametrize(
    ("text", "people", "share", "per_ten_thousand"),
    [  # the table of definitions, and both directions of it
        ("17:1", "17:1", "约5.88%", "约588人"),
        ("20.6:1", "20.6:1", "约4.85%", "约485人"),
        ("22:1", "22:1", "约4.55%", "约455人"),
        ("32:1", "32:1", "约3.13%", "约313人"),
        ("40:1", "40:1", "2.50%", "250人"),
        ("1:22", "22:1", "约4.55%", "约455人"),
        ("22：1", "22:1", "约4.55%", "约455人"),
        ("4.85%", "约20.6:1", "4.85%", "485人"),
        ("3.93％", "约25.4:1", "3.93%", "393人"),
        ("每万人455人", "约22:1", "4.55%", "455人"),
        ("每万人455名", "约22:1", "4.55%", "455人"),
        ("609:1", "609:1", "约0.16%", "约16人"),
        ("20～25:1", "20:1～25:1", "4.00%～5.00%", "400～500人"),
        ("不低于21.7:1", "至少21.7:1", "至多4.61%", "至多461人"),
        ("近25:1", "至多25:1", "至少4.00%", "至少400人"),
        ("1:20～25", "20:1～25:1", "4.00%～5.00%", "400～500人"),
        ("约17:1", "16.1:1～17.9:1", "5.60%～6.20%", "560～620人"),
        ("约22:1左右", "20.9:1～23.1:1", "4.32%～4.79%", "432～479人"),
        ("609.4:1", "约609:1", "约0.16%", "约16人"),
        ("不低于609.4:1", "至少609:1", "至多0.17%", "至多17人"),
        ("二十二比一", "22:1", "约4.55%", "约455人"),
    ],
)
def test_the_three_spellings_of_one_ratio(text, people, share, per_ten_thousand):
    asked = read_ratio(text)
    assert asked is not None
    found = converted(asked)
    assert [said(found[":1"], ":1"), said(found["%"], "%"), said(found["每万人"], "每万人")] == [people, share, per_ten_thousand]


@pytest.mark.parametrize(("text", "form"), [("4.55", "%"), ("455", "每万人"), ("22", ":1")])
def test_a_bare_number_is_in_the_form_that_was_chosen(text, form):
    asked = read_ratio(text, form)
    assert asked is not None
    assert asked.form == form
    assert said(converted(asked)[":1"], ":1") in {"22:1", "约22:1"}


@pytest.mark.parametrize(
    "text", ["", "x:1", "0:1", "120%", "每万人20000", "22:2", "1:1:1", "−3%", "每万人22:1", "3‰", "2个百分点"]
)
def test_what_is_no_ratio_is_not_guessed_at(text):
    assert read_ratio(text) is None


POPULATION, STAFF = between(130000, 140000), between(None, 6000)  # 13万余, 近6000


def test_the_county_of_the_essay_keeps_its_open_end():
    assert said(ratio_for(POPULATION, STAFF), ":1") == "至少21.6:1"
    assert said(posts_for(POPULATION, exactly(40)), "人") == "3250～3500人"
    assert difference(posts_for(POPULATION, exactly(40)), STAFF) == "比现有人数至多减少2750人，也可能不减"


def test_exact_parts_give_one_number():
    people, staff = exactly(98833), exactly(5906)
    assert said(ratio_for(people, staff), ":1") == "约16.7:1"
    assert said(posts_for(people, exactly(22)), "人") == "约4492人"
    assert difference(posts_for(people, exactly(22)), staff) == "比现有人数减少约1414人"
    assert said(ratio_for(people, exactly(98833)), ":1") == "1:1"


@pytest.mark.parametrize(
    ("posts", "staff", "told"),
    [
        ((100, 100), (100, 100), "与现有人数相同"),
        ((120, 120), (100, 100), "比现有人数增加20人"),
        ((80, 90), (100, 100), "比现有人数减少10～20人"),
        ((90, 120), (100, 100), "比现有人数可能减少（至多10人），也可能增加（至多20人）"),
        ((100, None), (80, 90), "比现有人数至少增加10人"),
        ((None, 80), (100, None), "比现有人数至少减少20人"),
        ((None, 120), (100, None), "比现有人数至多增加20人，也可能减少"),
        ((None, None), (100, 100), "与现有人数的差额算不出"),
        ((None, 80), (None, 100), "与现有人数的差额算不出"),
    ],
)
def test_a_difference_says_only_what_is_sure(posts, staff, told):
    assert difference(bounds(*posts), bounds(*staff)) == told


@given(st.decimals(min_value="0.01", max_value="99999", places=4), st.sampled_from([":1", "%", "每万人", "人"]))
def test_a_printed_bound_still_holds(number, unit):
    """21.67 is 至少21.6:1 and 16.93 至多17:1, never the other way round."""
    low, high = said(Interval(low=number, high=None), unit), said(Interval(low=None, high=number), unit)
    assert printed(low, unit) <= number <= printed(high, unit)


def printed(text, unit):
    digits = (
        text.removeprefix("至少")
        .removeprefix("至多")
        .removesuffix("人" if unit == "每万人" else unit)
        .replace(words.THIN_SPACE, "")
    )
    return Decimal(digits.removesuffix("万")) * (10_000 if digits.endswith("万") else 1)


def test_nothing_known_is_said_so():
    assert said(ratio_for(between(None, 100), between(None, 5)), ":1") == NEVER


POSITIVE = st.integers(1, 10**8)
SPREADS = st.tuples(POSITIVE, POSITIVE, st.booleans(), st.booleans()).map(
    lambda drawn: between(None if drawn[2] else min(drawn[:2]), None if drawn[3] else max(drawn[:2]))
)


@given(POSITIVE, POSITIVE, SPREADS, SPREADS)
def test_the_answer_holds_whatever_the_truth_is_within_the_question(people, staff, population, payroll):
    def holds(interval, value):
        low, high = interval.low, interval.high
        return (low is None or low <= value * Decimal("1.0000000001")) and (
            high is None or value <= high * Decimal("1.0000000001")
        )

    if holds(population, people) and holds(payroll, staff):
        assert holds(ratio_for(population, payroll), Decimal(people) / Decimal(staff))
    found = ratio_for(population, payroll)
    assert (found.low is None) == (population.low is None or payroll.high is None)
    assert (found.high is None) == (population.high is None or payroll.low is None)


@given(st.decimals(min_value="0.01", max_value="99", places=2))
def test_there_and_back_is_the_same_ratio(share):
    asked = read_ratio(f"{share}%")
    assert asked is not None
    people = converted(asked)[":1"]
    assert people.low is not None
    back = Decimal(100) / people.low
    assert abs(back - share) < Decimal("1e-9")
