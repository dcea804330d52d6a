"""Names go by pinyin: in Python here, in the browser by assets/alphabet.js (tests/browser/test_reading.py)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.settings import ROOT
from vocabulary.alphabet import by_pinyin, sort_text, spelling

# A frame sorted by a column of names: polars goes by the numbers of characters.
BY_CHARACTER = re.compile(r"""\.sort\((?!key=)[^)]*"(?:name_zh|area_name|publisher|label|citation_zh|indicator_zh)\"""")


def test_names_go_by_syllable_tone_and_sign_and_letters_first():
    names = ["河曲县", "浮山县", "安徽省", "重庆市", "娄烦县", "石楼县", "12个县", "A县", "和平县", "山西", "陕西"]
    assert sorted(names, key=by_pinyin) == [
        "12个县", "A县", "安徽省", "重庆市", "浮山县", "和平县", "河曲县", "娄烦县", "山西", "陕西", "石楼县",
    ]  # fmt: skip


def test_a_name_that_begins_like_another_comes_after_it():
    assert sorted(["河曲县城", "河曲县"], key=by_pinyin) == ["河曲县", "河曲县城"]
    assert by_pinyin(None) == by_pinyin("") < by_pinyin("县")


def test_no_list_of_names_goes_by_the_numbers_of_characters():
    found = {
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in (ROOT / "dashboard").rglob("*.py")
        for match in BY_CHARACTER.finditer(path.read_text(encoding="utf-8"))
    }
    assert not found, "sort by dashboard.warehouse.tables.sorted_by_name or vocabulary.alphabet.by_pinyin"
    assert BY_CHARACTER.search('rows.sort("theme", "name_zh")')


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_have_an_order_and_only_the_same_are_equal(one, other):
    assert (by_pinyin(one) == by_pinyin(other)) == (one == other)
    assert (by_pinyin(one) < by_pinyin(other)) or (by_pinyin(other) <= by_pinyin(one))


@pytest.mark.parametrize(
    ("name", "typed"),
    [("河曲县", {"hequxian", "hqx"}), ("张店乡", {"zhangdianxiang", "zdx"}), ("长滩镇", {"changtanzhen", "ctz"}),
     ("浚县", {"xunxian", "xx"}), ("Y市（考试材料）", {"shi", "s"}), ("CN", {"cn"})],
)  # fmt: skip
def test_a_name_is_found_by_pinyin_and_by_initials_whichever_reading(name, typed):
    assert typed <= set(spelling(name).split(" "))


def test_the_end_of_a_name_has_one_reading_only():
    assert spelling("贵州省") == "guizhousheng gzs"


@given(st.lists(st.text(alphabet="河曲县城重庆市长 1aZ（）Y龘", max_size=6), min_size=2))
def test_the_text_by_which_names_are_sorted_has_their_order(names):
    assert sorted(names, key=sort_text) == sorted(names, key=by_pinyin)
