"""Which place somebody means: every place of the country by each of its names, and never another one."""

import random

import pytest

from dashboard.warehouse.gazetteer import codes_of, every_name, gazetteer
from vocabulary.gazetteer import KIND_ENDING

MEANT = {
    "兰考县": "410225", "兰考": "410225", " 河南 省兰考": "410225", "开封市兰考县": "410225", "蘭考縣": "410225", "lankao": "410225",
    "LANKAOXIAN": "410225", "４１０２２５": "410225", "石楼": "141126", "沙县": "350405", "350427": "350405", "孟津县": "410308",
    "河南省鲁山县张店乡": "410423-zhangdian", "漾濞": "532922", "阿里": "542500", "神农架": "429021", "新疆": "650000", "cn": "CN",
}  # fmt: skip


def found(shipped, words):
    return [row["ref_area"] for row in gazetteer(shipped).called(words).just]


@pytest.mark.parametrize(("words", "code"), MEANT.items())
def test_what_people_call_a_place(shipped, words, code):
    assert found(shipped, words) == [code]


def test_several_places_of_one_name_are_all_named(shipped):
    assert found(shipped, "鼓楼区") == ["320106", "320302", "350102", "410204"]
    assert found(shipped, "江苏省鼓楼区") == ["320106", "320302"]
    assert found(shipped, "徐州鼓楼区") == ["320302"]


def test_five_hundred_places_by_full_name_short_name_pinyin_and_code(shipped):
    rows = [row for row in every_name(shipped) if not row["former"] and row["level"] in {"county", "prefecture", "province"}]
    rows = [row for row in rows if row["code"].isdigit()]
    assert len(rows) > 3000
    whole = {row["name_zh"] for row in every_name(shipped)}  # 沙县 for 沙县区 is the whole name of another
    for row in random.Random(7).sample(rows, 500):
        syllables = row["spoken"].split(" ")
        assert found(shipped, row["code"]) == [row["ref_area"]]
        assert row["ref_area"] in found(shipped, row["name_zh"])
        assert row["ref_area"] in found(shipped, "".join(syllables))
        short = KIND_ENDING.sub("", row["name_zh"])
        assert row["ref_area"] in found(shipped, short) or short in whole


@pytest.mark.parametrize("code", ["410999", "4102259", "999999", "41", "110"])
def test_a_code_is_never_guessed(shipped, code):
    called = gazetteer(shipped).called(code)
    assert called.just == ()
    assert all(row["code"].startswith(code) for row in called.near)


def test_the_nearest_names_are_offered(shipped):
    near = {
        words: [row["name_zh"] for row in gazetteer(shipped).called(words).near]
        for words in ("石楼镇", "石娄县", "河曲县人民政府", "水帘洞")
    }
    assert near["石楼镇"][0] == near["石娄县"][0] == "石楼县"
    assert near["河曲县人民政府"][0] == "河曲县"
    assert all(len(names) <= 6 for names in near.values())


def test_every_kept_place_is_found_by_its_code_its_name_and_its_label(shipped):
    for row in every_name(shipped):
        if row["kept"]:
            assert found(shipped, row["ref_area"].upper()) == [row["ref_area"]]
            assert row["ref_area"] in found(shipped, " ".join(row["label"]))
            assert row["ref_area"] in found(shipped, row["name_zh"])


def test_a_comparison_knows_only_places_that_are_kept(shipped):
    assert codes_of(gazetteer(shipped), ("河曲", "兰考县", "140930")) == (("140930", "兰考县"), ("兰考县",))
