"""Words in drawings: broken where they breathe, within the width, never into more lines than need be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.drawing.canvas import FLUID, NARROWEST, SMALLEST, Canvas, wrap, wrap_phrases


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("常住·全部县域（普查分县资料）", ["常住·全部县域", "（普查分县资料）"]),
        ("种植业系统·省市县乡四级", ["种植业系统", "省市县乡四级"]),
        ("确定为人口小县机构改革试点县", ["确定为人口小县", "机构改革试点县"]),
        ("规划", ["规划"]),
    ],
)
def test_lines_break_at_brackets_and_dots_or_are_alike(text, lines):
    assert wrap_phrases(text, 14, 150) == lines


@given(st.text("县乡机构改革（）·2020年，、", min_size=1, max_size=40), st.integers(120, 400))
def test_no_more_lines_than_plain_wrapping_and_nothing_is_lost(text, width):
    lines = wrap_phrases(text, 14, width)
    assert len(lines) <= max(len(wrap(text, 14, width)), 1)
    assert "".join("".join(lines).split()).replace("·", "") == "".join(text.split()).replace("·", "")


def test_words_of_fluid_drawings_fit_the_smallest_phone():
    assert FLUID.words == SMALLEST < NARROWEST
    assert Canvas(width=900).words == 900
