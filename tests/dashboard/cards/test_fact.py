"""The interval in a receipt holds the fact: rounded outwards, or with all its digits where fewer would stretch it."""

import pytest

from dashboard.cards.fact import interval


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (130000, 140000, "人", "13万～14万人"), (None, 6000, "人", "不超过6000人"), (21.6667, None, ":1", "不低于21.6:1"), (9.35, 9.45, "%", "9.35～9.45%"),
        (144750, 144850, "人", "144750～144850人"), (-8.85, -8.75, "%", "−8.85～−8.75%"), (22, 22, "个", ""), (None, None, "个", ""),
    ],
)  # fmt: skip
def test_what_a_value_is_taken_to_be(low, high, unit, said):
    assert interval({"value_low": low, "value_high": high, "unit_measure": unit}) == said
