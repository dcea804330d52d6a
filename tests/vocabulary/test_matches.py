"""What is still being typed: the best fit first, several words narrow each other, and what fits alike keeps its order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocabulary.matches import Fit, Matches, Thing, _fit

THINGS = [
    Thing("新石楼镇", "新石楼", "xinshilouzhen xslz 141126001", "山西省\t石楼县"),
    Thing("石楼县城", "石楼县城", "shilouxiancheng slxc x1", "山西省"),
    Thing("石楼县", "石楼", "shilouxian slx 141126", "山西省"),
    Thing("娄烦县", "娄烦", "loufanxian lfx 140123", "山西省"),
]


def found(*words, most=10, fits=lambda _at: True, worst=Fit.WITHIN):
    return [THINGS[at].name for at in Matches(THINGS).best(words, most, fits, worst)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("石楼县",), ["石楼县", "石楼县城", "新石楼镇"]),
        (("石楼",), ["石楼县", "石楼县城", "新石楼镇"]),
        (("shi",), ["石楼县城", "石楼县", "新石楼镇"]),
        (("slx",), ["石楼县", "石楼县城"]),
        (("l",), ["娄烦县"]),
        (("141126",), ["石楼县", "新石楼镇"]),
        (("山西省", "lou"), ["娄烦县", "新石楼镇", "石楼县城", "石楼县"]),
        (("石楼", "新"), ["新石楼镇"]),
        (("石楼", "无"), []),
        ((), []),
    ],
)
def test_the_best_fit_comes_first(words, names):
    assert found(*words) == names


def test_only_so_many_and_only_those_that_are_wanted():
    assert found("石楼", most=1) == ["石楼县"]
    assert found("石楼", fits=lambda at: at != 2, worst=Fit.BEGINS) == ["石楼县城"]
    assert found("山西省", worst=Fit.HOLDS) == []


_SIGNS = st.text(alphabet="河曲石楼ab1", min_size=1, max_size=4)


@given(st.lists(st.builds(Thing, _SIGNS, _SIGNS, _SIGNS, _SIGNS), max_size=8), st.text("河曲石楼ab1", min_size=3, max_size=5))
def test_the_long_text_finds_what_a_look_at_each_thing_finds(things, word):
    every = [at for at, thing in enumerate(things) if _fit(thing, word) < len(Fit)]
    assert sorted(Matches(things).best([word], 99, lambda _at: True)) == every
