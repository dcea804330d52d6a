"""本次更新: what the build on show says otherwise than the one before, on 总览 in a few lines and on 数据与来源 in full."""

from dataclasses import replace
from typing import Any

import polars as pl
from dash import Dash, Input, Output, dcc, html

from dashboard.cards import ids
from dashboard.cards.answer import plain
from dashboard.cards.chart import Column
from dashboard.cards.guard import or_sentence
from dashboard.cards.sentence import sentence
from dashboard.cards.skeleton import lines
from dashboard.cards.table import rows_table
from dashboard.themes.changes.sentences import REMOVED, one_change, said, since_last_build
from dashboard.warehouse import Warehouse
from dashboard.warehouse.catalog import Changes, changes
from dashboard.warehouse.codes import codes, phase_zh

CHANGES = "changes"
MOST_SHOWN = 5
FAILED = "暂时读不出本次更新的内容。"
COLUMNS = (
    Column("what", "变化"),
    Column("area_name", "地区"),
    Column("indicator_zh", "指标"),
    Column("details", "分项"),
    Column("phase_zh", "阶段"),
    Column("time_period", "时点", "period"),
    Column("old_said", "上一版"),
    Column("new_said", "本版"),
    Column("old_stated", "上一版所录原文"),
    Column("new_stated", "本版所录原文"),
    Column("source_title", "来源"),
)


def changes_strip() -> html.Section:
    """The place on 总览, which shows only what changed (assets/6_overview.css); empty until the callback answers."""
    return html.Section(
        [html.H2("本次更新改变了什么", className="changes__title"), html.Div(lines(1), id=CHANGES, className="changes__body")],
        className="changes",
    )


def wire_changes(app: Dash, db: Warehouse) -> None:
    """Fill it from the page's store."""

    @app.callback(Output(CHANGES, "children"), Input(ids.CHOSEN, "data"))
    def _fill(_chosen: Any) -> Any:
        return or_sentence(
            CHANGES,
            lambda: db.remember(CHANGES, lambda: plain(_shortly(_named(db)))),
            lambda said: html.P(said),
            failed=FAILED,
        )


def _shortly(found: Changes) -> list[Any]:
    if found.rows.is_empty():
        return []
    shown: list[Any] = [_sentence(found)]
    listed = [html.Li(sentence(one_change(row))) for row in found.rows.head(MOST_SHOWN).to_dicts()]
    more = f"全部{found.rows.height}条变化 →" if found.rows.height > MOST_SHOWN else "逐条查看 →"
    return [*shown, html.Ul(listed, className="changes__list"), dcc.Link(more, href="/data?t=changes", className="changes__more")]


def all_changes(db: Warehouse) -> Any:
    """Sentence and table of every change, for 数据与来源."""
    found = _named(db)
    return html.Div([_sentence(found), rows_table(_worded(found.rows), COLUMNS, "本次更新") if found.rows.height else None])


def _named(db: Warehouse) -> Changes:
    """The changes with their phases in words (phase_zh)."""
    with db.pinned():
        found, names = changes(db), codes(db)
    spoken = pl.Series("phase_zh", [phase_zh(names, phase) for phase in found.rows["phase"].to_list()], pl.String)
    return replace(found, rows=found.rows.with_columns(spoken))


def _sentence(found: Changes) -> html.P:
    return html.P(sentence(since_last_build(found.compared_with, found.rows["what"].to_list())), className="changes__sentence")


def _worded(rows: pl.DataFrame) -> pl.DataFrame:
    """With both values in words; a removed fact has no receipt left."""
    listed = rows.to_dicts()
    return rows.with_columns(
        pl.Series("old_said", [said(row, "old") for row in listed], pl.String),
        pl.Series("new_said", [said(row, "new") for row in listed], pl.String),
        pl.Series("fact_ids", ["" if row["what"] == REMOVED else row["fact_id"] for row in listed], pl.String),
    )
