"""分析: SQL over everything. The page is laid out here; assets/sql*.js brings it to life over the HTTP interface."""

from typing import Any

import dash_ag_grid as dag
from dash import ClientsideFunction, Dash, Input, html

from dashboard.cards.graph import graph
from dashboard.cards.lazy import lazy_scripts, wire_lazy
from dashboard.cards.page import Page, head
from dashboard.cards.selection import Selection
from dashboard.warehouse import Warehouse

TITLE = "分析：用 SQL 查全部数据"
LEAD = "从预存查询开始，或自己写。只读，结果带来源编号就能列出全部来源；口径不同的，图里自动分栏。"
GRID, GRAPH, APP = "table-sql", "graph-sql", "sql-app"
# In this order; each stands alone and is left out where it is not installed.
_SCRIPTS = ("vendor/codemirror.lazy.js", "sql_results.lazy.js", "sql_side.lazy.js", "sql_signs.lazy.js", "sql_page.lazy.js")
_TABS = (("saved", "预存查询"), ("schema", "表与列"), ("history", "历史"))
_FILES = (("xlsx", "Excel"), ("csv", "CSV"), ("parquet", "Parquet"))


def _layout(_selection: Selection) -> list[Any]:
    nothing = html.P("还没有运行查询，没有可打印的结果。", className="print-only")
    work = html.Div([_editor(), _results(), nothing], className="sql__work")
    return [head(TITLE, LEAD), html.Div([_side(), work], id=APP, className="sql", **lazy_scripts(_SCRIPTS, "sqlPage"))]


def _side() -> html.Div:
    tabs = [
        _button(name, f"sql-tab-{value}", "sql__tab", role="tab", **{"data-sql-tab": value, "aria-controls": f"sql-{value}"})
        for value, name in _TABS
    ]
    panels = [
        html.Div(
            id=f"sql-{value}", className="sql__panel", role="tabpanel", tabIndex=0, **{"aria-labelledby": f"sql-tab-{value}"}
        )
        for value, _name in _TABS
    ]
    inside = html.Div([html.Div(tabs, className="sql__tabs", role="tablist", **{"aria-label": "查询的起点"}), *panels])
    toggle = _button("预存查询、表与列、历史", "sql-toggle", "sql__toggle", **{"aria-expanded": "false"})
    return html.Div([toggle, inside], id="sql-side", className="card card--explorer sql__side")


def _editor() -> html.Section:
    bar = [
        _button("运行", "sql-run", "button button--main"),
        _button("取消", "sql-cancel", "button", disabled=True),
        _button("复制链接", "sql-link", "button"),
        html.Span(id="sql-status", className="sql__status", role="status"),
    ]
    return html.Section(
        [
            html.H2("查询语句", id="sql-title", className="card__question"),
            html.P(id="sql-note", className="sql__note"),
            html.Div(id="sql-editor", className="sql__editor"),
            html.Textarea(id="sql-text", className="sql__text", rows="8", spellCheck="false", **{"aria-label": "SQL 语句"}),
            html.Div(id="sql-params", className="sql__params"),
            html.Div(bar, className="sql__bar"),
            html.P("Ctrl＋Enter 运行。只能查询，不能改动数据。", id="sql-limits", className="sql__limits"),
            html.Div(id="sql-fault", className="sql__fault", role="alert"),
        ],
        className="card card--explorer sql__query",
    )


def _results() -> html.Section:
    files = [_button(name, f"sql-{form}", "button button--small", **{"data-sql-file": form}) for form, name in _FILES]
    views = [
        _button("表格", "sql-view-table", "sql__tab", role="tab", **{"data-sql-view": "table", "aria-controls": "sql-table"}),
        _button(
            "成图", "sql-view-picture", "sql__tab", role="tab", **{"data-sql-view": "picture", "aria-controls": "sql-picture"}
        ),
    ]
    bar = [
        html.Div(views, className="sql__tabs", role="tablist", **{"aria-label": "结果的样子"}),
        html.Div([html.Span("下载", className="sql__label"), *files], className="sql__files"),
    ]
    return html.Section(
        [
            html.H2("结果", id="sql-results-title", className="card__question"),
            html.P(id="sql-former", className="sql__note sql__capped", role="status"),
            html.P(id="sql-banner", className="sql__note", role="status"),
            html.Div(id="sql-notes", className="sql__notes"),
            html.Div(bar, className="card__bar sql__result-bar"),
            html.Div(_grid(), id="sql-table", role="tabpanel", **{"aria-labelledby": "sql-view-table"}),
            html.Div(
                [html.Div(id="sql-axes", className="sql__axes"), html.Div(graph(GRAPH), className="card__picture"),
                 html.Div(id="sql-picture-notes", className="card__notes")],
                id="sql-picture", role="tabpanel", hidden=True, **{"aria-labelledby": "sql-view-picture"},
            ),
            html.Div(id="sql-sources", className="card__sources"),
        ],
        id="sql-results", className="card card--explorer sql__results", hidden=True,
    )  # fmt: skip


def _grid() -> dag.AgGrid:
    return dag.AgGrid(
        id=GRID,
        columnDefs=[],
        rowData=[],
        defaultColDef={
            "sortable": True, "resizable": True, "filter": True, "minWidth": 80, "cellDataType": False, "comparator": {"function": "byPinyin"},
        },
        className="fact-grid sql__grid",
        dashGridOptions={
            "getLocaleText": {"function": "zhText(params)"}, "animateRows": False, "pagination": True, "paginationPageSize": 100,
            "paginationPageSizeSelector": [50, 100, 500, 1000], "enableCellTextSelection": True, "ensureDomOrder": True,
            "tooltipShowDelay": 300, "suppressFieldDotNotation": True,
        },
    )  # fmt: skip


def _button(text: str, name: str, look: str, **more: Any) -> html.Button:
    return html.Button(text, id=name, type="button", className=look, **more)


def _wire(app: Dash, _db: Warehouse) -> None:
    wire_lazy(app, APP)
    app.clientside_callback(ClientsideFunction("facts", "clicked"), Input(GRAPH, "clickData"), prevent_initial_call=True)


PAGE = Page(path="/sql", nav="分析", title=TITLE, lead=LEAD, layout=_layout, wire=_wire)
