"""Names go by pinyin: in Python here, in the browser by assets/alphabet.js (tests/browser/test_reading.py)."""

import re

from hypothesis import given
from hypothesis import strategies as st

from dashboard.settings import ROOT
from vocabulary.alphabet import by_pinyin

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
