"""图题, 单位, 注, 资料来源 of every chart."""

import re

import pytest

from dashboard.cards.chart import Column
from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.charts import CHARTS
from dashboard.language.sentence import receipts
from dashboard.paper.caption import Caption, caption, cited, units
from dashboard.paper.document import document
from dashboard.warehouse.catalog import Citation
from tests.dashboard.language.faults import faults

every_chart = pytest.mark.parametrize("chart_id", CHARTS)


def made(shipped, chart_id):
    card = shown(shipped, CHARTS[chart_id], Selection())
    return card.rows, caption(shipped, card)


@every_chart
def test_every_chart_has_a_title_for_briefs(chart_id):
    assert CHARTS[chart_id].title, f"give {chart_id} a title: 时间、地点、内容, no question"


@every_chart
def test_a_title_is_no_question_and_has_no_final_punctuation(shipped, chart_id):
    _rows, words = made(shipped, chart_id)
    assert words.title
    assert not re.search(r"[？?。，、；：]$|[{}]|（）", words.title)


@every_chart
def test_every_source_of_the_rows_is_named_and_none_is_hidden_behind_and_others(shipped, chart_id):
    rows, words = made(shipped, chart_id)
    wanted = {source for listed in rows["source_ids"].to_list() for source in receipts(listed)}
    assert {source.source_id for source in words.sources} == wanted
    line = words.source_line(document())
    assert line.count("；") >= len(wanted) - 1
    assert not line.rstrip("。").endswith("等")
    for source in words.sources:
        assert cited(source, address=False) in line


@every_chart
def test_notes_do_not_point_to_other_cards_and_keep_to_the_rules_of_numbers(shipped, chart_id):
    _rows, words = made(shipped, chart_id)
    assert "→ 见" not in words.note_line(document())
    assert "（见“" not in words.note_line(document())
    assert faults(words.note_line(document())) == []


def test_the_order_on_the_clipboard_is_that_of_the_conventions():
    source = Citation(
        source_id="a", text="《甲》，乙报，2022-09-26", full="《甲》，乙报，2022-09-26，https://example.org/2022-09-26/1",
        url="https://example.org/2022-09-26/1", grade="B", reprint=False, facts=1,
    )  # fmt: skip
    words = Caption(title="题", unit="个", notes=("口径一。", "口径二。"), sources=(source,), computed=True)
    assert words.plain(document()).splitlines() == [
        "题",
        "单位：个",
        "注：口径一。口径二。",
        "资料来源：根据以下资料计算：《甲》，乙报，2022年9月26日，https://example.org/2022-09-26/1。",
    ]
    assert "example.org" not in words.source_line(document())


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("《年鉴》，出版社，2022，ISBN 978-7-5037-9772-9", "《年鉴》，出版社，2022年，ISBN 978-7-5037-9772-9"),
        ("《甲》，《小康》2023年第36期，2023。", "《甲》，《小康》2023年第36期"),
        ("《甲》，经济学（季刊）2025年第4期，2025，转引", "《甲》，经济学（季刊）2025年第4期，转引"),
        ("《甲》，论文 DOI 10.3969/j.issn.1006-6500.2016.05.031，2016", "《甲》，论文 DOI 10.3969/j.issn.1006-6500.2016.05.031，2016年"),
        ("《甲》，乙报，2022-09，转引", "《甲》，乙报，2022年9月，转引"),
    ],
)  # fmt: skip
def test_years_and_dates_of_a_source_are_said_once_and_in_words_and_other_numbers_stay(kept, said):
    source = Citation(source_id="a", text=kept, full=kept, url="", grade="A", reprint=False, facts=1)
    assert cited(source, address=False) == said


def test_units_of_measuring_columns_each_once():
    columns = (
        Column("a", "地区（县）", "place"),
        Column("b", "编制（名）", "count"),
        Column("c", "实有（人）", "count"),
        Column("d", "满编率（%）", "percent"),
    )
    assert units(columns) == ["名", "人"]
    assert units(columns[3:]) == ["%"]
    assert units(columns[:1]) == []
