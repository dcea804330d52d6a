"""本次更新: sentences about what a build says otherwise, on 总览 and on 数据与来源."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.cards import ids
from dashboard.cards.markup import markup
from dashboard.themes.changes.parts import _named, _shortly, _worded, all_changes
from dashboard.themes.changes.sentences import FIRST, UNREAD, one_change, since_last_build
from dashboard.warehouse import Warehouse
from dashboard.warehouse.catalog import changes
from dashboard.web.app import create_app
from tests.dashboard.language.faults import faults

LAST = "20261121T080000-0e302bda"


@pytest.mark.parametrize(
    ("compared_with", "kinds", "said"),
    [
        (None, [], FIRST),
        ("", [], FIRST),
        ("unreadable", [], UNREAD),
        (LAST, [], "与上一版（2026年11月21日）相比无变化。"),
        (LAST, ["修改"], "与上一版（2026年11月21日）相比，修改1条。"),
        (LAST, ["新增", "修改", "新增"], "与上一版（2026年11月21日）相比，修改1条、新增2条。"),
        ("b1", ["删除"], "与上一版（b1）相比，删除1条。"),
    ],
)
def test_a_sentence_says_how_much_changed(compared_with, kinds, said):
    assert since_last_build(compared_with, kinds).plain() == said


def change(what: str, old: float | None, new: float | None, **more: Any) -> dict[str, Any]:
    return {
        "what": what, "area_name": "河曲县", "indicator_zh": "党政机构", "details": "", "phase": "after", "phase_zh": "改革后", "unit_measure": "个",
        "old_value": old, "new_value": new, "fact_id": "F0123456789",
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said", "receipts"),
    [
        (change("修改", 36, 35), "修改：河曲县党政机构（改革后）由36个改为35个。", 1),
        (change("修改", 36, 36), "修改：河曲县党政机构（改革后）仍为36个，原文说法或精度有更正。", 1),
        (change("新增", None, 22, phase="point", phase_zh=""), "新增：河曲县党政机构 22个。", 1),
        (change("删除", 22, None, details="县级"), "删除：河曲县党政机构（改革后、县级），原为22个。", 0),
        (
            change("修改", 32, 40, unit_measure=":1", indicator_zh="财政供养比"),
            "修改：河曲县财政供养比（改革后）由32:1改为40:1。",
            1,
        ),
    ],
)
def test_a_change_is_a_sentence_and_what_is_gone_has_no_receipt(row, said, receipts):
    finding = one_change(row)
    assert finding.plain() == said
    assert len(finding.fact_ids()) == receipts
    assert faults(said) == []


@pytest.fixture
def corrected(warehouse: Path, tmp_path: Path) -> Warehouse:
    """A build that has seven changes against the one before."""
    path = Path(shutil.copy(warehouse, tmp_path / "warehouse.duckdb"))
    with duckdb.connect(str(path)) as db:
        db.execute(f"update meta.build set compared_with = '{LAST}'")
        db.execute("""
            insert into meta.change by name
            select fact_id, case when row_number() over (order by fact_id) = 7 then '删除' else '修改' end as what, ref_area, area_name,
                indicator, indicator_zh, '' as details, phase, time_period, scope, source_id, source_title, unit_measure,
                obs_value + 1 as old_value, obs_value as new_value, as_stated as old_stated, as_stated as new_stated
            from mart.fact where disclosure <> 'internal' order by fact_id limit 7""")
    return Warehouse(path)


def test_the_overview_shows_a_few_changes_and_the_way_to_all(corrected):
    said = str(_shortly(_named(corrected)))
    assert said.count("Li(") == 5
    assert "全部7条变化" in said
    assert "/data?t=changes" in said


def test_the_section_shows_every_change_with_both_values(corrected):
    found = changes(corrected)
    written = markup(all_changes(corrected))
    assert written.count("<tr>") == 8
    assert written.count("查看出处") == 6  # the removed fact has none
    assert [row["old_said"] for row in _worded(found.rows).to_dicts()] != [
        row["new_said"] for row in _worded(found.rows).to_dicts()
    ]


@pytest.mark.slow
def test_without_changes_there_is_only_the_sentence(warehouse):
    assert markup(all_changes(Warehouse(warehouse))) == f'<div><p class="changes__sentence">{FIRST}</p></div>'


@pytest.mark.slow
def test_the_strip_answers_over_http_and_survives_an_older_file(fire, warehouse, tmp_path):
    chosen = [{"id": ids.CHOSEN, "property": "data", "value": {"path": "/", "selection": {}, "build": ""}}]
    assert fire("changes.children", chosen)["response"] == {"changes": {"children": []}}  # nothing changed: nothing to show
    path = Path(shutil.copy(warehouse, tmp_path / "older.duckdb"))
    with duckdb.connect(str(path)) as db:
        db.execute("drop table meta.change")
    client = create_app(path).server.test_client()
    body = {"output": "changes.children", "outputs": {"id": "changes", "property": "children"}, "inputs": chosen,
            "changedPropIds": [f"{ids.CHOSEN}.data"]}  # fmt: skip
    assert "暂时读不出" in str(client.post("/_dash-update-component", json=body).get_json())
