"""换算与推算 on the page: the address holds the question, answers name their 口径, junk is explained in Chinese."""

from __future__ import annotations

import re

import pytest

from dashboard.cards.selection import OTHER_KEYS, Selection
from dashboard.themes.ratio.what_if.answers import OWN, Basis, answers, options, spellings
from dashboard.themes.ratio.what_if.calculator import ADDRESS, stated
from dashboard.warehouse import Warehouse
from vocabulary.interval import between, exactly

SOMEWHERE = Basis(
    key="x.point.未注明", name="山西某县2019年", scope="人口：未注明，人员：未注明", population=between(130000, 140000),
    staff=between(None, 6000), facts=("F0123456789",),
)  # fmt: skip
BLANK = {"place": SOMEWHERE.key, "population": "", "staff": "", "ratio": "", "posts": ""}


def words(parts) -> str:
    """All words of a tree of components."""
    return re.sub(r"\s+", "", "".join(re.findall(r"[^'\"]*[一-鿿：～÷\d][^'\"]*", str(parts))))


@pytest.mark.parametrize(
    ("query", "changed"),
    [
        ("", {}),
        ("?v=4.85&f=%25", {"v": "4.85", "f": "%"}),
        ("?w=x.point.未注明&to=", {"w": "x.point.未注明"}),
        ("?to=25:1", {"to": "25:1"}),
        ("?w=own&pop=13万余&staff=近6000&posts=3000", {"w": OWN, "posts": "3000"}),
        ("?w=nowhere&f=zz", {}),
        ("?v=" + "9" * 300, {"v": "9" * 40}),
        ("?" + "a=1&" * 100, {}),
    ],
)
def test_the_address_holds_the_question(query, changed):
    places = ["first", "x.point.未注明", OWN]
    usual = {key: default for key, (_, default) in ADDRESS.items()} | {"w": "first"}
    assert stated(query, places) == usual | changed


def test_the_keys_are_known_to_the_page_and_so_raise_no_note():
    assert set(ADDRESS) <= OTHER_KEYS
    assert Selection.from_query("v=1&f=:1&w=own&to=2&posts=3") == (Selection(), ())


def offered(db, typed, chosen=""):
    return [option for option in options(db, typed, chosen) if "answers" not in option]


def test_places_come_from_the_warehouse_and_the_readers_own_numbers_last(warehouse):
    found = offered(Warehouse(warehouse), "")
    assert (found[-1]["value"], found[-1]["label"]) == (OWN, "自己填人口和人员")
    assert len({option["value"] for option in found}) == len(found) > 1
    assert all("人口：" in option["label"] and "人员：" in option["label"] for option in found[:-1])


def test_a_place_is_found_as_it_is_typed_and_what_is_chosen_keeps_its_name(shipped):
    first, other = offered(shipped, "zhangdian")[0], offered(shipped, "")[-2]
    assert first["value"].startswith("410423-zhangdian.")
    kept = [option for option in offered(shipped, "zhangdian", other["value"]) if option.get("kept")]
    assert kept == [other | {"kept": True}]
    assert [option["value"] for option in offered(shipped, "zjt")] == [OWN]  # 自己填
    assert offered(shipped, "qqqq") == []


def test_an_open_end_stays_open_in_every_answer():
    said = words(answers([SOMEWHERE], BLANK | {"ratio": "40:1", "posts": "3000"}))
    assert "至少21.6:1" in said
    assert "人员3250～3500人" in said
    assert "至多减少2750人" in said
    assert "43.3:1～46.7:1" in said
    assert "人口：未注明，人员：未注明" in said
    assert "F0123456789" in str(answers([SOMEWHERE], BLANK))


def test_no_target_is_proposed_and_a_foreign_one_is_warned_of():
    """40:1 of one county, of unstated scope, is no target for another."""
    assert (ADDRESS["to"][1], ADDRESS["posts"][1]) == ("", "")
    bare = words(answers([SOMEWHERE], BLANK))
    assert "填一个目标供养比或目标人员数" in bare
    assert "若达到" not in bare
    asked = words(answers([SOMEWHERE], BLANK | {"ratio": "40:1"}))
    assert "目标若取自别的地方，只有人口口径、人员口径都与这里相同才成立" in asked
    assert "填一个目标供养比" not in asked


def test_a_spread_is_divided_by_in_numbers_alone():
    said = words(answers([SOMEWHERE], BLANK | {"ratio": "20～25:1"}))
    assert "÷20～25，" in said


def test_own_numbers_say_that_their_scope_is_the_readers():
    asked = {"place": OWN, "population": "98833", "staff": "5906", "ratio": "22:1", "posts": ""}
    said = words(answers([SOMEWHERE], asked))
    assert "约16.7:1" in said
    assert "口径由您自定" in said


@pytest.mark.parametrize(
    ("population", "staff", "ratio"),
    [
        ("12万", "5千", "24:1"),
        ("１２万", "5000", "24:1"),
        ("十二万", "上百", "至多1200:1"),
        ("1万2千", "1千2", "10:1"),
        ("约12万", "5000", "22.8:1～25.2:1"),
    ],
)
def test_what_a_reader_types_is_as_typed(population, staff, ratio):
    """12万 is 120000 and not 11.5万～12.5万; Chinese numerals and full-width digits are understood."""
    said = words(answers([], BLANK | {"place": OWN, "population": population, "staff": staff}))
    assert ratio in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"place": OWN, "population": "22:1"}, "看不懂“22:1”"),
        ({"place": OWN}, "请填人口和财政供养人员。"),
        ({"place": OWN, "population": "很多"}, "看不懂“很多”"),
        ({"place": OWN, "population": "98833", "staff": "<b>"}, "看不懂“<b>”"),
        ({"ratio": "22:0"}, "看不懂“22:0”"),
        ({"posts": "x"}, "看不懂“x”"),
    ],
)
def test_what_cannot_be_read_is_explained(asked, said):
    assert said in str(answers([SOMEWHERE], BLANK | asked))


def test_a_spelling_is_said_in_a_sentence():
    assert "22:1就是财政供养人员占总人口的约4.55%，每万人约455人。" in str(spellings("22", ":1"))
    assert "看不懂“0”" in str(spellings("0", ":1"))
    assert spellings("", ":1") == []


def test_an_exact_basis_gives_exact_words():
    basis = Basis(key="k", name="甲", scope="人口：七普，人员：在编", population=exactly(40000), staff=exactly(1000))
    said = words(answers([basis], BLANK | {"place": "k", "ratio": "50:1"}))
    assert "40:1" in said
    assert "人员800人" in said
    assert "比现有人数减少200人" in said
