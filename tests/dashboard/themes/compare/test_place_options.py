"""The list of places of 对比分析: the first of all before a word is typed, then what the words mean, and what is chosen by its name."""

from __future__ import annotations

import pytest

from dashboard.cards.asked_options import MOST_OFFERED
from dashboard.themes.compare.place_options import place_options
from dashboard.warehouse.places import every_place
from vocabulary.alphabet import by_pinyin


def offered(shipped, words, chosen=()):
    found = place_options(shipped, words, chosen)
    assert found[-1]["answers"] == words
    return [option for group in found[:-1] for option in group.get("items", [group])]


def test_before_a_word_the_first_places_stand_by_province_and_by_pinyin(shipped):
    groups = place_options(shipped, "", ())[:-1]
    assert sum(len(group["items"]) for group in groups) == MOST_OFFERED
    for group in groups:
        names = [item["label"] for item in group["items"]]
        assert names == sorted(names, key=by_pinyin)
    kept = every_place(shipped).filter(illustrative=False, anonymous=False)["province"].drop_nulls().unique(maintain_order=True)
    assert [group["group"] for group in groups][1:] == kept.to_list()[: len(groups) - 1]


@pytest.mark.parametrize(
    "words", ["石楼县", " 石楼县 ", "石楼", "shilouxian", "SHILOU", "slx", "141126", "１４１１２６", "石樓縣", "山西省石楼县"]
)
def test_a_place_is_found_however_it_is_called(shipped, words):
    assert offered(shipped, words)[0]["value"] == "141126"


def test_what_is_chosen_is_there_for_its_name_and_nobody_else(shipped):
    assert offered(shipped, "qqqq", ["140930", "nobody"]) == [
        {"value": "140930", "label": "河曲县", "about": "山西省忻州市，山西第一批试点", "kept": True}
    ]


def test_only_places_that_are_kept_and_real_are_offered(shipped):
    assert "410225" not in {option["value"] for option in offered(shipped, "兰考")}  # of the country, not of this warehouse
    unreal = set(every_place(shipped).filter("illustrative")["ref_area"])
    assert unreal
    assert not unreal & {option["value"] for option in offered(shipped, "s")}
