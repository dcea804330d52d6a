"""What a reader's typed number means: as typed, unless a word stands beside it that widens it; what is no amount is refused."""

import pytest

from vocabulary.interval import between
from vocabulary.quantity import amount

OPEN = None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("98833", 98833, 98833), ("98 833人", 98833, 98833), ("12,345", 12345, 12345), ("６０００人", 6000, 6000),
        ("12万", 120000, 120000), ("１２万", 120000, 120000), ("3.9万", 39000, 39000), ("14.48万", 144800, 144800), ("4.55", 4.55, 4.55),
        ("十四", 14, 14), ("两万五", 25000, 25000), ("1万2千", 12000, 12000), ("1万2", 12000, 12000), ("5千", 5000, 5000),
        ("3亿4500万", 345000000, 345000000), ("一百零五人", 105, 105),
        ("13万余", 130000, 140000), ("13万余人", 130000, 140000), ("13 万余", 130000, 140000), ("10余万", 100000, 200000),
        ("5500余", 5500, 5600), ("200多", 200, 300), ("百余", 100, 200), ("约13万余", 123500, 140000),
        ("近6000", OPEN, 6000), ("近百", OPEN, 100), ("不足20万", OPEN, 200000), ("6000人以下", OPEN, 6000), ("60及以下", OPEN, 60), ("<=60", OPEN, 60),
        ("不少于60", 60, OPEN), ("超过5万", 50000, OPEN), ("超过了60", 60, OPEN), ("6000以上", 6000, OPEN), ("上百", 100, OPEN), ("至少约60", 55, OPEN),
        ("约500", 450, 550), ("约128万", 1216000, 1344000), ("500人左右", 450, 550), ("约12万", 114000, 126000), ("5左右", 4, 6), ("约1", 0, 2),
        ("3～5万", 30000, 50000), ("5000-6000", 5000, 6000), ("1990-2010", 1990, 2010), ("13万至14万", 130000, 140000), ("十万至十五万", 100000, 150000),
        ("十几", 11, 19), ("十几万", 110000, 200000), ("数千", 2000, 10000), ("两三百", 200, 300), ("3～5万左右", 25000, 55000),
    ],
)  # fmt: skip
def test_a_typed_amount(text, low, high):
    found = amount(text)
    assert found is not None
    assert (found.bounds, found.mark) == (between(low, high), "")


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "abc", "-5", "0", "近0", "1e5", "很多", "几个", "百", "3万至2万", "9" * 30, "1" * 41, "1..2", "5人6人", "近", "<script>", "12,34",
        "22:1", "4.55%", "300元", "2020年", "共5个县", "6000以上左右",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_not_guessed_at(text):
    assert amount(text) is None


@pytest.mark.parametrize(
    ("text", "unit", "low", "high", "mark"),
    [
        ("22", ":1", 22, 22, ""), ("22:1", ":1", 22, 22, ":1"), ("1：22", ":1", 22, 22, ":1"), ("20～25:1", ":1", 20, 25, ":1"),
        ("约17", ":1", 16.15, 17.85, ""), ("4.55％", ":1", 4.55, 4.55, "%"), ("约5", "%", 4.5, 5.5, ""),
    ],
)  # fmt: skip
def test_a_share_or_a_ratio_is_known_by_its_mark_or_by_the_unit_asked_for(text, unit, low, high, mark):
    found = amount(text, unit=unit)
    assert found is not None
    assert (found.bounds, found.mark) == (between(low, high), mark)


def test_the_same_digits_of_a_source_are_known_to_half_the_last_one():
    found = amount("12万", as_typed=False)
    assert found is not None
    assert found.bounds == between(115000, 125000)
