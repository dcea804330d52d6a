"""Words in drawings: broken where they breathe, within the width, never into more lines than need be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.drawing.canvas import FLUID, NARROWEST, SMALLEST, Canvas, text_width, wrap, wrap_phrases
from dashboard.language.line_breaks import NEVER_FIRST, NEVER_LAST
from dashboard.settings import ROOT


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


@settings(derandomize=True)  # the same texts in every run
@given(st.text("县乡机构改革（）·2020年，、《》“”—…https://a.b%～ ", min_size=1, max_size=60), st.integers(60, 400))
def test_no_line_is_too_wide_nothing_is_lost_and_marks_stay_with_what_they_close(text, width):
    lines = wrap(text, 14, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for before, line in pairwise(lines):
        assert text_width(line, 14) <= width
        # A mark starts a line only where what stands before it fills a line of its own, or is a mark as well.
        assert line[0] not in NEVER_FIRST or all(character in NEVER_FIRST for character in before[1:])
        assert before[-1] not in NEVER_LAST or all(character in NEVER_LAST for character in before)


def test_the_script_that_makes_pictures_has_no_rules_of_its_own():
    script = (ROOT / "assets" / "export.js").read_text(encoding="utf-8")
    assert "breaks.whole" in script
    assert NEVER_FIRST[:6] not in script
    assert NEVER_LAST[:2] not in script
