"""Bounds are rounded outwards, values to the nearest, halves up; noise of doubles is no digit."""

from decimal import Decimal

import pytest

from vocabulary.rounding import rounded


@pytest.mark.parametrize(
    ("number", "places", "low", "value", "high"),
    [
        (21.6667, 1, "21.6", "21.7", "21.7"), (16.93, 0, "16", "17", "17"), (0.285, 2, "0.28", "0.29", "0.29"), (22, 1, "22.0", "22.0", "22.0"),
        (-8.85, 1, "-8.9", "-8.9", "-8.8"), (-2.5, 0, "-3", "-3", "-2"), (21.699999999999996, 1, "21.7", "21.7", "21.7"),
        (21.700000000000003, 1, "21.7", "21.7", "21.7"), (Decimal("0.1") / 3, 3, "0.033", "0.033", "0.034"),
    ],
)  # fmt: skip
def test_each_side(number, places, low, value, high):
    assert [str(rounded(number, places, side)) for side in ("low", "value", "high")] == [low, value, high]
