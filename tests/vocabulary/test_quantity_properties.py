"""What holds for every wording: the value is inside, a wider hedge never narrows, the width of the characters is no matter."""

import math
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from vocabulary.hedges import quantities
from vocabulary.interval import exactly
from vocabulary.quantity import amount, interval, stated_quantity

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
calm = settings(deadline=None, database=None)  # a busy machine is no failure; nothing is left on disk
whole = st.integers(min_value=1, max_value=10**7)
wordings = st.sampled_from(
    [
        "{}个",
        "{}余个",
        "{}多个",
        "近{}个",
        "不足{}个",
        "约{}个",
        "{}个左右",
        "{}个以上",
        "不少于{}个",
        "{}万",
        "{}余万",
        "约{}万余",
    ]
)


def bounds(wording: str, value: float, precision: str = "exact") -> tuple[float, float]:
    """The interval with open ends as infinities."""
    found = interval(wording, obs_value=value, unit="个", precision=precision)
    return (-math.inf if found.low is None else float(found.low)), (math.inf if found.high is None else float(found.high))


@calm
@given(wording=wordings, count=whole, sign=st.sampled_from([1, -1]))
def test_the_value_is_inside_its_interval(wording, count, sign):
    value = sign * count * (10**4 if "万" in wording else 1)
    low, high = bounds(wording.format(count), value)
    assert low <= value <= high


@calm
@given(
    text=st.text(alphabet="0123456789.,:%~-一两三十百千万亿几数余多约近上下以年月不超过个 ", max_size=12),
    value=st.integers(0, 30),
)
def test_any_wording_gives_an_interval_around_the_value(text, value):
    low, high = bounds(text, value)
    assert low <= value <= high


@calm
@given(count=whole)
def test_a_wider_hedge_never_narrows(count):
    chains = (
        [("{}个", "exact"), ("{}个", "approx"), ("约{}个", "exact"), ("约{}余个", "exact")],
        [("{}个", "exact"), ("{}余个", "exact"), ("{}个以上", "exact"), ("约{}个", "at_least")],
        [("{}个", "exact"), ("近{}个", "exact"), ("近{}余个", "exact")],
    )
    for chain in chains:
        steps = [bounds(wording.format(count), count, precision) for wording, precision in chain]
        assert all(b[0] <= a[0] and a[1] <= b[1] for a, b in pairwise(steps)), steps


@calm
@given(text=st.text(alphabet="0123456789.,:%~-一两三十百千万亿几数余多约近上下以年月个", max_size=12))
def test_full_width_characters_change_nothing(text):
    assert quantities(text.translate(WIDE)) == quantities(text)


@calm
@given(count=whole)
def test_digits_may_be_set_apart_or_counted_in_wan(count):
    value = count * 100
    for wording in (f"{value:,}", f"{value:,}".replace(",", " "), f"{value / 10000:.2f}万"):
        assert stated_quantity(f"共{wording}个", value, "个")
        assert stated_quantity(f"共{wording}个", -value / 10000, "万个")


@calm
@given(wording=wordings, count=st.integers(1, 10**6))  # a larger number with 余万 is beyond all counting
def test_a_reader_and_a_source_mean_the_same_but_for_the_last_digit(wording, count):
    text, value = wording.format(count), count * (10**4 if "万" in wording else 1)
    source, typed, as_source = (
        interval(text, obs_value=value, unit="个", precision="exact"),
        amount(text),
        amount(text, as_typed=False),
    )
    assert as_source is not None
    assert as_source.bounds == source
    assert typed is not None
    assert typed.bounds == (source if wording != "{}万" else exactly(value))
