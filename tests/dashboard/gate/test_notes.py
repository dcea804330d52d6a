"""Notes are short and lose nothing: what a sentence counts, its detail names; the card shows the detail on demand."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard.cards.markup import markup
from dashboard.cards.sources import notes_block
from dashboard.gate.comparability import compare
from dashboard.gate.notes import Remark, set_apart
from tests.dashboard.gate.frames import judged_rows


def counties(count: int, **more) -> pl.DataFrame:
    rows = [
        {"area_name": f"{index}号县", "scope": "实设", "obs_value": 20.0, "year": 2019, "precision": "exact", "cohort": "甲批"}
        | {key: value(index) if callable(value) else value for key, value in more.items()}
        for index in range(count)
    ]
    return judged_rows(rows)


@pytest.mark.parametrize(
    ("rows", "sentence", "detail"),
    [
        (
            counties(4, scope=lambda index: f"口径{index}", axis_key=lambda index: f"口径{index}"),
            "共4种口径，分栏展示，不并列、不排名。",
            "口径：口径0；口径1；口径2；口径3。",
        ),
        (
            counties(4, year=lambda index: 2019 + index // 2 * 2 + index % 2),
            "年份不同（2019—2022年），只看方向和量级。",
            "2019年：0号县；2020年：1号县；2021年：2号县；2022年：3号县。",
        ),
        (
            counties(4, cohort=lambda index: f"第{index // 2 + index % 2}批"),
            "批次不同（3批），改革起点和时长不一。",
            "第0批：0号县；第1批：1号县、2号县；第2批：3号县。",
        ),
        (
            counties(5, obs_value=lambda index: None if index else 20.0),
            "有4个地区未公布，不排名、不按零计。",
            "未公布，不排名、不按零计：1号县、2号县、3号县、4号县。",
        ),
        (counties(4, precision="approx"), "约数以空心标记（4个地区）。", "约数以空心标记：0号县、1号县、2号县、3号县。"),
        (
            counties(4, anonymous=True),
            "有4个地区原文未具名，不对应公开地名。",
            "原文未具名，不对应公开地名：0号县、1号县、2号县、3号县。",
        ),
        (
            counties(4, unstated=True),
            "有4个地区原文未注明口径，只看量级，不排名。",
            "原文未注明口径，只看量级，不排名：0号县、1号县、2号县、3号县。",
        ),
        (
            counties(5, illustrative=lambda index: index < 4),
            "考题和范本不参与比较（4个地区）。",
            "考题和范本不参与比较：0号县、1号县、2号县、3号县。",
        ),
    ],
)
def test_a_long_list_is_counted_and_kept_whole(rows, sentence, detail):
    [found] = [text for text in compare(rows).texts if text == sentence]
    assert found.detail == detail


def test_a_short_list_stays_in_the_sentence():
    [note] = [text for text in compare(counties(3, precision="approx")).texts if text.startswith("约数")]
    assert note == "约数以空心标记：0号县、1号县、2号县。"
    assert note.detail == ""


def test_the_card_shows_sentences_and_the_lists_on_demand():
    written = markup(notes_block([set_apart("不并列：甲与乙。"), Remark("口径有3种。", "口径：甲；乙；丙。"), "n＝3。"]))
    assert "<details" in written
    sentences, _, lists = written.partition("<details")
    assert '<p class="card__apart">不并列：甲与乙。</p>' in sentences
    assert "口径有3种。" in sentences
    assert "口径：甲；乙；丙。" not in sentences
    assert "口径：甲；乙；丙。" in lists
    assert "<details" not in markup(notes_block(["n＝3。"]))


def test_n_counts_places_and_not_the_nation_and_says_how_many_are_unnamed():
    rows = counties(4, ref_area=lambda index: "CN" if index == 3 else str(index), anonymous=lambda index: index == 0)
    assert "共3个地区有数（n＝3，其中1个未具名，不含全国）。" in compare(rows).texts


def test_years_that_differ_within_a_panel_are_said_to_be_those_of_the_panel():
    rows = counties(3, axis_key=lambda index: "甲" if index < 2 else "乙", year=lambda index: (2019, 2020, 2005)[index])
    assert any(text.startswith("同栏年份不同，只看方向和量级：2019年、2020年。") for text in compare(rows).texts)


def test_n_counts_an_unnamed_place_that_is_a_named_one_once():
    rows = counties(3, counted_as=lambda index: "0号县" if index == 2 else None, anonymous=lambda index: index == 2)
    said = "共2个地区有数（n＝2，其中1个未具名，1个未具名的与已具名的是同一地，只计一次）。"
    assert said in compare(rows).texts
