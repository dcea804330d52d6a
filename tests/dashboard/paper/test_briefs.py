"""Registered briefs, baskets that come in from outside, and what becomes of them."""

import pytest

from dashboard.language.words import faults
from dashboard.paper.briefs import BRIEFS, Brief, BriefError, Item, parse_brief
from dashboard.paper.composition import Body, FigureBlock, Heading, TableBlock, compose
from dashboard.paper.preview import preview, printable
from tests.dashboard.paper.conftest import DOT


@pytest.mark.parametrize("name", BRIEFS)
def test_the_text_of_a_registered_brief_comes_from_facts_and_keeps_the_rules_of_numbers(composed, shipped, name):
    brief = BRIEFS[name].brief(shipped)
    known = set(shipped.table("mart.fact").select("fact_id").collect()["fact_id"])
    for item in brief.items:
        assert faults(item.text) == []
        assert set(item.facts) <= known
        definition = item.text.replace("N:1", "").replace("N个人对应1名", "")
        if item.kind == "p" and any(letter.isdigit() for letter in definition):
            assert item.facts, item.text
    for block in composed[name].blocks:
        if isinstance(block, Body):
            assert "{" not in block.text
            assert block.text != "未公布。"


def test_a_brief_travels_as_json_and_comes_back_the_same(shipped):
    brief = BRIEFS["towns"].brief(shipped)
    assert parse_brief(brief.to_json()) == brief


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (None, "不是一份简报"), ([], "不是一份简报"), ({"items": "x"}, "不是一份简报"), ({"items": [{"t": "script"}]}, "无法识别"),
        ({"items": [{"t": "fig", "chart": "nowhere"}]}, "没有“nowhere”"), ({"items": [{"t": "p"}] * 81}, "最多 80 件"),
    ],
)  # fmt: skip
def test_what_is_no_brief_is_refused_in_words(stated, said):
    with pytest.raises(BriefError, match=said):
        parse_brief(stated)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025-06-30", "2025-06-30"), ("2025.6.3", "2025-06-03"), ("2025年6月30日", "2025-06-30"), ("2025-02-30", ""), ("昨天", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_date_as_people_write_it(written, read):
    assert parse_brief({"items": [], "date": written}).date == read


def test_control_characters_and_endless_texts_do_not_get_in(shipped):
    brief = parse_brief({"items": [{"t": "p", "text": "甲\x00\x1b乙" + "长" * 9000, "q": "<script>"}], "title": "题\x07"})
    assert brief.title == "题"
    assert brief.items[0].text.startswith("甲乙")
    assert len(brief.items[0].text) <= 4000


def of(shipped, *items):
    return compose(shipped, Brief(title="题", items=items, date="2025-06-30"))


def test_references_follow_the_figures_when_they_move(shipped):
    text = Item(kind="p", text="见{下图}和{上表}（见{下表}）。")
    made = of(shipped, Item(kind="tab", chart_id="towns-held"), text, Item(kind="fig", chart_id="towns-bodies"))
    assert [block.text for block in made.blocks if isinstance(block, Body)] == ["见图1和表1。"]


def test_headings_are_numbered_level_by_level(shipped):
    made = of(shipped, *(Item(kind=kind, text="题") for kind in ("h1", "h2", "h2", "h1", "h2")))
    assert [block.text for block in made.blocks if isinstance(block, Heading)] == [
        "一、题",
        "（一）题",
        "（二）题",
        "二、题",
        "（一）题",
    ]


def test_a_card_can_bring_its_sentence_with_the_number_of_its_figure(shipped):
    made = of(shipped, Item(kind="fig", chart_id="towns-take-up", say=True))
    said, figure = made.blocks
    assert isinstance(said, Body)
    assert said.text.endswith("（见图1）。")
    assert isinstance(figure, FigureBlock)


def test_a_table_card_asked_for_as_a_figure_is_a_table_and_numbered_as_one(shipped):
    made = of(shipped, Item(kind="fig", chart_id="towns-catalogues"), Item(kind="tab", chart_id="towns-held"))
    assert [(type(block), block.number) for block in made.blocks if isinstance(block, TableBlock)] == [
        (TableBlock, 1),
        (TableBlock, 2),
    ]


def test_a_card_without_data_says_so_and_takes_no_number(shipped):
    empty = Item(kind="fig", chart_id="area-staffing", selection="p=140930")
    made = of(shipped, empty, Item(kind="fig", chart_id="towns-take-up"))
    said, figure = made.blocks
    assert isinstance(said, Body)
    assert isinstance(figure, FigureBlock)
    assert figure.number == 1


def test_the_preview_shows_the_same_text_escaped(shipped):
    made = of(shipped, Item(kind="p", text="<b>甲</b>&乙"), Item(kind="fig", chart_id="towns-take-up"))
    sheet = preview(made)
    assert "&lt;b&gt;甲&lt;/b&gt;&amp;乙" in sheet
    assert 'data-figure="1"' in sheet
    assert sheet.index("<img") < sheet.index("图1　") < sheet.index("注：") < sheet.index("资料来源：")
    assert "data:image/png;base64," in printable(made, [DOT])
    assert "@page { size: 210.0mm 297.0mm" in printable(made, [DOT])
