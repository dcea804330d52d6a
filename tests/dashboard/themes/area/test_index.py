"""地区档案: what the list holds, what a word finds in it, and one province at a time where there are very many places."""

import re

import pytest

from dashboard.themes.area import index
from dashboard.themes.area.index import LIST, answered


def links(answer) -> list[str]:
    return re.findall(r'href="([^"]*)"', answer["parts"][LIST])


def test_all_places_with_figures_are_listed_while_they_are_few(shipped):
    found = links(answered(shipped, ""))
    assert {"/area/140930", "/area/140000", "/area/410423-zhangdian"} <= set(found)
    assert "/area/140900" not in found  # nobody's figures


@pytest.mark.parametrize(
    ("words", "first"), [("hq", "140930"), ("河曲", "140930"), ("１４０９３０", "140930"), ("fushan", "141027")]
)
def test_what_a_word_finds_stands_with_the_best_first_which_enter_opens(shipped, words, first):
    found = answered(shipped, words)
    assert links(found)[0] == f"/area/{first}"
    assert re.search(r'class="place-link place-link--best"', found["parts"][LIST])
    assert found["found"].startswith("找到")


def test_a_province_that_is_named_brings_its_places_those_without_figures_too(shipped):
    found = links(answered(shipped, "shanxisheng"))
    assert found[0] == "/area/140000"
    assert {"/area/140721", "/area/140900"} <= set(found)


@pytest.mark.parametrize("words", ["qqqq", "<script>", "'; drop", "河" * 400, "\x00", "%"])
def test_junk_finds_nothing_and_says_where_enter_looks(shipped, words):
    found = answered(shipped, words)
    assert links(found) == []
    assert "按回车在全国行政区划里找" in found["found"]
    assert "<script>" not in found["parts"][LIST]


@pytest.fixture
def crowded(shipped, monkeypatch):
    """The shipped places, as if they were too many for one page."""
    monkeypatch.setattr(index, "MOST_LISTED", 20)
    monkeypatch.setattr(shipped, "remember", lambda _key, make: make())
    return shipped


def test_of_very_many_places_provinces_are_counted_and_one_is_listed(crowded):
    whole = links(answered(crowded, ""))
    assert "/area?s=140000" in whole
    one = links(answered(crowded, "", "140000"))
    assert "/area" in one  # back to all
    assert "/area/140930" in one
    assert "/area/410423" not in one
    assert "/area/410423-zhangdian" not in links(answered(crowded, "", "410000"))  # counted at its county
    assert "乡镇" in answered(crowded, "", "410000")["parts"][LIST]


@pytest.mark.parametrize("province", ["zzz", "140930", "999999"])
def test_what_is_no_province_lists_all_of_them(crowded, province):
    assert links(answered(crowded, "", province)) == links(answered(crowded, ""))
