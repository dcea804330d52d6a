"""What a reader types: read exactly as it stands, refused in words where it cannot be meant, never silently dropped."""

from __future__ import annotations

import pytest

from dashboard.themes.mine.typed.fields import BY_KEY, CHOICES
from dashboard.themes.mine.typed.reading import labels, read_number, read_sets
from tests.dashboard.themes.mine.given import FULL, PART, PLANS, PUBLISHED, SILLY, chosen
from vocabulary.interval import Interval


@pytest.mark.parametrize(
    ("field", "typed", "low", "high"),
    [
        ("resident", "12万", 120_000, 120_000),
        ("resident", "十二万", 120_000, 120_000),
        ("resident", "98,833", 98_833, 98_833),
        ("resident", "１２３４５人", 12_345, 12_345),
        ("resident", "约12万", 114_000, 126_000),
        ("resident", "12万余", 120_000, 130_000),
        ("resident", "3～5万", 30_000, 50_000),
        ("staff", "近6000", None, 6_000),
        ("staff", "6000以上", 6_000, None),
        ("posts_worker", "0", 0, 0),
        ("revenue", "13296", 13_296, 13_296),
        ("revenue", "1.33亿", 13_300, 13_300),
        ("revenue", "13296万元", 13_296, 13_296),
    ],
)
def test_words_are_read_as_they_stand(field, typed, low, high):
    assert read_number(typed, BY_KEY[field]) == Interval(low=low, high=high)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("resident", "0", "不能是0"),
        ("resident", "-5", "不能是负数"),
        ("staff", "-5人", "不能是负数"),
        ("resident", "1e12", "超过1000万人"),
        ("resident", "1000000000000", "超过1000万人"),
        ("resident", "45.64", "请写成“45.64万”"),
        ("resident", "45", "请写成“45万”"),
        ("bodies", "abc", "看不懂“abc”"),
        ("bodies", "360", "超过200个"),
        ("resident", "NaN", "看不懂"),
        ("resident", "12万或13", "看不懂"),
        ("spending", "99999亿", "请核对位数和单位"),
    ],
)
def test_what_cannot_be_meant_is_answered_in_words(field, typed, said):
    answer = read_number(typed, BY_KEY[field])
    assert isinstance(answer, str)
    assert said in answer
    assert answer.endswith("。")


def test_a_whole_county_is_read(shipped):
    [one] = read_sets(shipped, chosen(FULL).own)
    assert (one.title, one.code, dict(one.problems)) == ("兰考县", "410225", {})
    assert len(one.given) == len(FULL) - 1
    assert not any(given.fact_ids for given in one.given.values())


def test_nonsense_is_told_at_its_field_and_the_rest_holds(shipped):
    [one] = read_sets(shipped, chosen(SILLY | {"registered": "14.8万"}).own)
    assert set(one.problems) == set(SILLY)
    assert list(one.given) == ["registered"]
    assert "没有找到“没有这地”" in one.problems["place"]


@pytest.mark.parametrize(
    ("words", "field", "said"),
    [
        ({"resident": "5000", "staff": "6000"}, "staff", "比人口还多"),
        ({"staff": "1000", "people_admin": "600", "people_inst": "500"}, "staff", "实有相加已有1100人"),
        ({"bodies": "36", "leaders": "20"}, "leaders", "比党政机构还少"),
    ],
)
def test_numbers_that_gainsay_each_other_are_told(shipped, words, field, said):
    [one] = read_sets(shipped, chosen(words).own)
    assert said in one.problems[field]
    assert field not in one.given
    assert set(one.given) == set(words) - {field}


@pytest.mark.parametrize("words", [{"resident": "5000", "staff": "近6000"}, {"staff": "约1000", "people_admin": "1040"}])
def test_numbers_that_may_hold_are_not_refused(shipped, words):
    [one] = read_sets(shipped, chosen(words).own)
    assert not one.problems


@pytest.mark.parametrize(
    ("place", "title"), [("兰考", "兰考县"), ("lankao", "兰考县"), ("410225", "兰考县"), ("河南省兰考县", "兰考县")]
)
def test_any_county_is_found_by_any_of_its_names(shipped, place, title):
    [one] = read_sets(shipped, chosen({"place": place}).own)
    assert one.title == title


def test_a_name_of_several_counties_asks_which_and_a_province_is_none(shipped):
    several, province = read_sets(shipped, chosen({"place": "鼓楼区"}, {"place": "河南省"}).own)
    assert several.area is None
    assert len(several.called) > 1
    assert "不止一个" in several.problems["place"]
    assert "不是县级地方" in province.problems["place"]


def test_a_published_number_stays_a_fact_until_it_is_changed(shipped):
    [one] = read_sets(shipped, chosen(PUBLISHED).own)
    assert all(given.fact_ids.startswith("F") for given in one.given.values())
    [changed] = read_sets(shipped, chosen(PUBLISHED | {"bodies": "23"}).own)
    assert (changed.given["bodies"].fact_ids, changed.given["bodies"].source_ids) == ("", "own")


def test_sets_of_one_place_are_told_apart_by_their_names(shipped):
    sets = read_sets(shipped, chosen(*PLANS, PART).own)
    assert labels(sets) == {0: "石楼县·本县", 1: "石楼县·方案A", 2: "方案A"}


def test_the_scopes_that_may_be_chosen_are_scopes_of_the_warehouse(shipped):
    rows = shipped.table("core.scope").collect()
    known = {*rows["staff_scope"].to_list(), *rows["scope"].to_list()}
    assert {option.scope for choice in CHOICES for option in choice.options if option.scope} <= known
    assert {field.scope for field in BY_KEY.values() if field.scope} <= known
