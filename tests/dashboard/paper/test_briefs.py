"""Registered briefs, baskets that come in from outside, and what becomes of them."""

import io
from urllib.parse import urlencode

import docx
import pptx
import pytest

from dashboard.cards.selection import MOST_PLACES, Selection
from dashboard.paper.briefs import BRIEFS, Brief, BriefError, Item, parse_brief
from dashboard.paper.briefs.brief import MOST_ITEMS, MOST_LINE, MOST_TEXT
from dashboard.paper.composition import Body, FigureBlock, Heading, TableBlock, compose
from dashboard.paper.preview import preview, printable
from dashboard.paper.slides import brief_pptx
from dashboard.paper.word import brief_docx
from dashboard.settings import ROOT
from tests.dashboard.language.faults import faults
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
        ("2025-06-30", "2025-06-30"), ("2025.6.3", "2025-06-03"), ("2025年6月30日", "2025-06-30"), ("", ""),
    ],
)  # fmt: skip
def test_a_date_as_people_write_it(written, read):
    assert parse_brief({"items": [], "date": written}).date == read


@pytest.mark.parametrize("written", ["2025-02-30", "2025-13-01", "0000-01-01", "昨天", "2025-06"])
def test_a_date_that_is_none_is_refused_and_never_becomes_today(written):
    with pytest.raises(BriefError, match=f"日期“{written}”") as refused:
        parse_brief({"items": [], "date": written})
    assert refused.value.part == "date"


def test_control_characters_do_not_get_in_and_foreign_ends_of_lines_part_lines():
    brief = parse_brief({"items": [{"t": "p", "text": "甲\x00\x1b乙\ud800\x0b丙\r\n丁\r戊", "q": "<script>"}], "title": "题\x07"})
    assert brief.title == "题"
    assert brief.items[0].text == "甲乙\n丙\n丁\n戊"


@pytest.mark.parametrize(
    ("field", "most", "part", "name"),
    [
        ("title", MOST_LINE, "title", "标题"), ("unit", MOST_LINE, "unit", "单位"), ("h1", MOST_LINE, "2", "第2件（一级标题）"),
        ("h2", MOST_LINE, "2", "第2件（二级标题）"), ("p", MOST_TEXT, "2", "第2件（段落）"),
    ],
)  # fmt: skip
def test_a_text_comes_in_whole_or_is_refused_by_name(field, most, part, name):
    def stated(text):
        if field in {"title", "unit"}:
            return {field: text, "items": []}
        return {"items": [{"t": "p", "text": "前"}, {"t": field, "text": text}]}

    whole = parse_brief(stated("长" * most))
    assert "长" * most in {whole.title, whole.unit, *(item.text for item in whole.items)}
    with pytest.raises(BriefError, match=f"{name}有 {most + 1} 字，上限 {most} 字") as refused:
        parse_brief(stated("长" * (most + 1)))
    assert refused.value.part == part


def test_a_condition_of_a_card_is_kept_whole_or_refused():
    cohorts = ",".join(f"某省第{number}批试点名单" for number in range(12))
    (card,) = parse_brief({"items": [{"t": "fig", "chart": "towns-take-up", "q": urlencode({"c": cohorts})}]}).items
    assert Selection.from_query(card.selection)[0].cohorts == tuple(cohorts.split(","))
    for query in ("p=" + ",".join(map(str, range(MOST_PLACES + 1))), "b=别的", "zz=1"):
        with pytest.raises(BriefError, match=r"第1件（图）的筛选条件“.+”无法识别"):
            parse_brief({"items": [{"t": "fig", "chart": "towns-take-up", "q": query}]})


def test_the_browser_names_the_limits_of_the_server():
    script = (ROOT / "assets" / "basket.js").read_text(encoding="utf-8")
    assert f"MOST = {{ items: {MOST_ITEMS}, text: {MOST_TEXT}, line: {MOST_LINE} }}" in script


def test_six_thousand_characters_are_as_many_in_word_and_in_the_notes_of_slides(shipped):
    text = "".join(chr(0x4E00 + place) for place in range(6000))
    items = [{"t": "tab", "chart": "towns-held"}, {"t": "h2", "text": "后记"}, {"t": "p", "text": text}]
    made = compose(shipped, parse_brief({"title": "题", "items": items}))
    word = docx.Document(io.BytesIO(brief_docx(made, [])))
    assert text in [line.text for line in word.paragraphs]
    notes = pptx.Presentation(io.BytesIO(brief_pptx(made, []))).slides[-1].notes_slide.notes_text_frame.text
    assert f"后记\n{text}" in notes  # after the last card, too


def test_brackets_to_be_filled_in_by_hand_stay(shipped):
    made = of(shipped, Item(kind="p", text="共（）人（见{下图}）。"))
    assert [block.text for block in made.blocks if isinstance(block, Body)] == ["共（）人。"]


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
