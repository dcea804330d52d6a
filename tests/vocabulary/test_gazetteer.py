"""The nearest names among very many are those that difflib finds among all."""

from __future__ import annotations

import random
from difflib import get_close_matches

import pytest

from vocabulary.gazetteer import MOST_NEAR, _Alike

SIGNS = "河曲石楼安平山阳新城大小东西"


@pytest.mark.parametrize("least", [0.5, 0.6])
def test_the_closest_forms_are_those_that_difflib_finds_among_all(least):
    chance = random.Random(7)
    names = ["".join(chance.choices(SIGNS, k=chance.randint(1, 5))) for _ in range(600)]
    alike = _Alike([(name, {"at": at}) for at, name in enumerate(names)], least)
    for _ in range(200):
        sought = "".join(chance.choices(SIGNS + "湖", k=chance.randint(1, 5)))
        like = get_close_matches(sought, names, MOST_NEAR, least)
        assert [names[row["at"]] for row in alike.near(sought)] == [name for one in like for name in names if name == one]


def test_nothing_is_like_nothing():
    assert _Alike([], 0.5).near("河曲") == []
    assert _Alike([("河曲", {})], 0.5).near("") == []
