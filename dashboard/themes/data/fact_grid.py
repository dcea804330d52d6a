"""Every fact in one grid: filter, sort, group, quick search; a row's number opens the drawer.

The grid holds only the rows that are looked at: assets/fact_grid.js asks for them (`POST /facts.json`), and all that a reader
arranges is done where the facts are (fact_page.py). Groups are rows among the others: the grid's own are not part of its free edition.
"""

from typing import Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
import polars as pl
from dash import ClientsideFunction, Dash, Input, Output, State, html
from flask import Response, jsonify, request
from pydantic import ValidationError

from dashboard.cards.guard import or_sentence
from dashboard.cards.selection import Selection
from dashboard.language import words
from dashboard.themes.data.fact_page import Asked, Head, page
from dashboard.warehouse import Warehouse
from dashboard.warehouse.codes import Codes, codes

GRID, SEARCH, GROUP, PROBLEM = "fact-grid", "fact-search", "fact-group", "fact-grid-problem"
ADDRESS = "/facts.json"
FAILED = "事实表暂时读不出来，请稍后刷新。"
UNREADABLE = "请求看不懂，请刷新页面后再试。"
A_BLOCK = 100  # rows that the grid asks for at once

GROUPED = {"area": "地区", "province": "省份", "indicator": "指标", "scope": "口径", "source": "来源", "grade": "来源等级"}
_TEXT = {"filter": "agTextColumnFilter"}
COLUMNS: list[dict[str, Any]] = [
    {
        "field": "fact_id",
        "headerName": "出处",
        "width": 92,
        "pinned": "left",
        "cellRenderer": "FactButton",
        "sortable": False,
        "filter": False,
    },
    {"field": "area_name", "headerName": "地区", "width": 130, **_TEXT},
    {"field": "indicator_zh", "headerName": "指标", "width": 170, **_TEXT},
    {
        "field": "said",
        "headerName": "数值",
        "width": 130,
        "type": "rightAligned",
        "filter": "agNumberColumnFilter",  # of the number beside the words, as the order is
    },
    {"field": "details", "headerName": "分项", "width": 170, **_TEXT},
    {"field": "as_stated", "headerName": "原文说法", "width": 170, "tooltipField": "as_stated", **_TEXT},
    {"field": "phase", "headerName": "阶段", "width": 96, **_TEXT},
    {"field": "period", "headerName": "时点", "width": 145, **_TEXT},
    {"field": "scope", "headerName": "口径", "width": 200, "tooltipField": "scope", **_TEXT},
    {"field": "precision", "headerName": "精度", "width": 96, **_TEXT},
    {"field": "province", "headerName": "省份", "width": 110, **_TEXT},
    {"field": "source_title", "headerName": "来源", "width": 300, "tooltipField": "source_title", **_TEXT},
    {"field": "publisher", "headerName": "出版者", "width": 170, **_TEXT},
    {"field": "published", "headerName": "发布时间", "width": 120, **_TEXT},
    {"field": "grade", "headerName": "来源等级", "width": 130, **_TEXT},
]


def fact_grid(selection: Selection) -> list[Any]:
    """Search box, grouping and grid; the rows come by callback."""
    return [
        html.Div(
            [
                dmc.TextInput(
                    id=SEARCH, value=selection.search, placeholder="搜索地区、指标、来源、原文……", className="grid-search__words",
                    debounce=200, **{"aria-label": "搜索事实"},
                ),
                dmc.Select(
                    id=GROUP, value=selection.group or None, placeholder="不分组", clearable=True, checkIconPosition="right",
                    data=[{"value": name, "label": f"按{column}分组"} for name, column in GROUPED.items()],
                    **{"aria-label": "分组"},
                ),
            ],
            className="grid-search",
        ),
        html.P("逐条事实在网页上查看、筛选和搜索，不随本页打印。", className="print-only"),
        html.P(id=PROBLEM, className="card__problem", role="status"),
        html.Div(
            dag.AgGrid(
                id=GRID,
                columnDefs=[_growing(column) for column in COLUMNS],
                defaultColDef={"sortable": True, "resizable": True, "filter": True, "floatingFilter": False},
                rowModelType="infinite",
                getRowId="params.data.fact_id",
                className="fact-grid",
                dashGridOptions={
                    "getLocaleText": {"function": "zhText(params)"}, "animateRows": False,
                    "cacheBlockSize": A_BLOCK,
                    "pagination": True, "paginationPageSize": 50, "paginationPageSizeSelector": [20, 50, 100, 200],
                    "enableCellTextSelection": True, "ensureDomOrder": True, "tooltipShowDelay": 300,
                    "fullWidthCellRenderer": "FactGroup", "isFullWidthRow": {"function": "isGroup(params.rowNode)"},
                },
            ),
            className="fact-grid-place",
        ),
    ]  # fmt: skip


def _growing(column: dict[str, Any]) -> dict[str, Any]:
    """A column at least as wide as stated, which takes its share of a wider grid: on a meeting-room screen letters are twice as large."""
    return column if "pinned" in column else column | {"flex": column["width"], "minWidth": column["width"]}


def wire_fact_grid(app: Dash, db: Warehouse) -> None:
    """Search and group as the reader types and chooses, both kept in the address; and the rows that the grid asks for."""
    app.clientside_callback(
        ClientsideFunction("grid", "arranged"),
        Output(PROBLEM, "data-arranged"),  # on the page, or Dash would not call it for a page that is put in later
        Input(SEARCH, "value"),
        Input(GROUP, "value"),
        State(GRID, "id"),
    )

    @app.server.post(ADDRESS)
    def _facts() -> tuple[Response, int]:
        try:
            asked = Asked.model_validate(request.get_json(silent=True) or {})
            for stated in asked.filters.values():
                stated.parts()
        except ValidationError:
            return jsonify(problem=UNREADABLE), 400
        with db.reading():
            found = or_sentence("fact grid", lambda: answered(db, asked), lambda said: {"problem": said}, failed=FAILED)
        return jsonify(found), 200


def answered(db: Warehouse, asked: Asked) -> dict[str, Any]:
    """Rows of the grid and how many there are in all."""
    found, rows = page(db, asked), list[dict[str, Any]]()
    for part in found.parts:
        if isinstance(part, Head):
            name = _grade(part.name, codes(db)) if asked.group == "grade" else part.name
            rows.append(
                {"fact_id": f"group:{part.name}", "group": name, "key": part.name, "facts": part.facts, "open": part.is_open}
            )
        else:
            rows += grid_rows(part, codes(db))
    return {"rows": rows, "total": found.total}


def grid_rows(found: pl.DataFrame, names: Codes) -> list[dict[str, Any]]:
    """Rows of the grid: words for readers, the bare number beside them for sorting."""
    return [_row(fact, names) for fact in found.iter_rows(named=True)]


def _row(fact: dict[str, Any], names: Codes) -> dict[str, Any]:
    kept = {
        name: fact.get(name) or "—"
        for name in (
            "fact_id",
            "area_name",
            "province",
            "indicator_zh",
            "as_stated",
            "scope",
            "source_title",
            "publisher",
            "published",
        )
    }
    details = "、".join(fact[name] for name in names["dimension"] if fact.get(name) not in {None, "", "_T"})
    return kept | {
        "details": details or "合计",
        "said": words.claimed(fact),
        "value": fact["obs_value"],
        "phase": names["phase"].get(fact["phase"], fact["phase"]),
        "period": words.date(fact.get("time_period")),
        "precision": names["precision"].get(fact.get("precision") or "", "—"),
        "grade": _grade(fact.get("grade") or "", names),
    }


def _grade(grade: str, names: Codes) -> str:
    return f"{grade}级 {names['grade'].get(grade, '')}".strip()
