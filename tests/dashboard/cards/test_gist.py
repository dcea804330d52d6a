"""The line under a card: it counts what it opens, says what changes the reading, and is one line."""

from __future__ import annotations

import pytest

from dashboard.cards.gist import gist
from dashboard.cards.markup import markup
from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.charts import CHARTS
from dashboard.gate.notes import APART, code_of

LONGEST = 46  # characters of 13 px that fit a column at 1366


def line(shipped, name: str) -> str:
    parts = [part.children for part in gist(shown(shipped, CHARTS[name], Selection()))]
    return " · ".join(part if isinstance(part, str) else part.children for part in parts)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("extension-lushan", "来源1个 · 数据2013年"),
        ("small-counties-bodies", "来源9个 · 数据2019—2024年 · 口径3种 · 年份不同 · 批次不同"),
        ("ratio-by-scope", "来源5个 · 数据2004—2022年 · 口径5种 · 有不并列"),
    ],
)
def test_the_line_counts_what_it_opens(shipped, name, said):
    assert line(shipped, name) == said


@pytest.mark.parametrize("name", CHARTS)
def test_every_card_has_a_line_of_one_line(shipped, name):
    card = shown(shipped, CHARTS[name], Selection())
    if card.empty:
        pytest.skip("nothing is published for it without a choice")
    said = line(shipped, name)
    assert 2 <= len(said) <= LONGEST
    assert ("不并列" in said) == any(code_of(note) == APART for note in card.notes)
    assert f"来源{len(card.citations)}个" in said or not card.citations
    assert "<script" not in markup(gist(card))
