"""The sections of 数据与来源 beside the fact grid: sources, definitions, terms, competing claims, checks."""

from collections.abc import Callable
from typing import Any, NamedTuple

import polars as pl
from dash import Dash, Input, Output, html, no_update

from dashboard.cards import ids
from dashboard.cards.chart import Column
from dashboard.cards.guard import or_sentence
from dashboard.cards.markup import markup, wire_written, written
from dashboard.cards.sources import source
from dashboard.cards.table import rows_table
from dashboard.themes.changes.parts import all_changes
from dashboard.warehouse import Warehouse, catalog
from dashboard.warehouse.codes import codes

FAILED = "这一部分暂时读不出来，请稍后刷新。"


class Section(NamedTuple):
    """A tab of the page: its value, name, opening sentence and content."""

    value: str
    name: str
    lead: str
    content: Callable[[Warehouse], Any]


def _sources(db: Warehouse) -> Any:
    rows = [
        html.Tr(
            [
                html.Td(source(citation), className="table__cell table__cell--long"),
                html.Td(f"{citation.grade}级 {citation.grade_zh}", className="table__cell"),
                html.Td("转引" if citation.reprint else "原文", className="table__cell"),
                html.Td(str(citation.facts), className="table__cell table__cell--number"),
            ]
        )
        for citation in catalog.citations(db)
    ]
    titles = [html.Th(name, scope="col", className="table__cell") for name in ("来源", "等级", "读到的版本")]
    titles.append(html.Th("事实数", scope="col", className="table__cell table__cell--number"))
    return html.Table([html.Thead(html.Tr(titles)), html.Tbody(rows)], className="table")


def _table(
    caption: str, read: Callable[[Warehouse], pl.DataFrame], *columns: Column, nothing: str = "没有记录。"
) -> Callable[[Warehouse], Any]:
    def content(db: Warehouse) -> Any:
        rows = read(db)
        return rows_table(rows, columns, caption) if rows.height else html.P(nothing, className="card__problem")

    return content


def _claims(db: Warehouse) -> pl.DataFrame:
    names = codes(db)
    return catalog.conflicts(db).with_columns(
        pl.col("phase").replace(dict(names["phase"]) | {"point": "—"}),
        pl.col("standing").replace(dict(names["standing"])),
        fact_ids=pl.col("fact_id"),
    )


_FILINGS = _table(
    "报送进度", catalog.filings, Column("prefecture", "地市"), Column("area_name", "县"), Column("filed_zh", "情况"),
    Column("publisher", "填报单位"), Column("received", "收到"), Column("versions", "第几版"), Column("facts", "数", "count"),
    nothing="还没有单位报数。",
)  # fmt: skip


def _filings(db: Warehouse) -> Any:
    """Who reported, below the workbook to report with; a place's page has the one with its counties."""
    template = html.A("下载填报模板", href="/download/template.xlsx", download="填报模板.xlsx", className="place-link")
    check = html.Button("选一份填好的表来核对", type="button", className="mine__button")
    return html.Div(
        [
            html.P([template, "：各主题一县一行，填好后由管理数据的人导入。省、市、县的页面上有列好各县的一份。"]),
            html.Div(
                [html.P([check, " 或把文件拖到这里：逐格列出问题，不保存。"]), html.Div(id="filing-found")],
                className="filing__check",
                **{"data-filing": "check"},
            ),
            _FILINGS(db),
        ]
    )


SECTIONS: tuple[Section, ...] = (
    Section("sources", "来源", "A 官方发布，B 报刊与论文，C 转载页，S 用户提供。标“转引”的读自转载，引用时写明原出版者。", _sources),
    Section(
        "definitions", "指标定义", "指标是什么、怎么读、容易错在哪里。",
        _table("指标定义", catalog.definitions, Column("name_zh", "指标"), Column("unit_measure", "单位"), Column("definition_zh", "定义"),
               Column("caveat_zh", "提示")),
    ),
    Section(
        "terms", "术语", "本站用到的词是什么意思、容易错在哪里。图下文字里带浅灰点线的词，指上去或点一下也看得到。",
        _table("术语", catalog.terms, Column("term", "术语"), Column("definition_zh", "含义"), Column("caution_zh", "易错处"),
               Column("aliases", "其他写法"), Column("source_of_definition", "定义出处")),
    ),
    Section(
        "conflicts", "说法不一", "同一事项有几种说法时全部保留：口径或时点不同的并列，同一口径、同一时点的采用一种，并写明规则。",
        _table("说法不一", _claims, Column("title_zh", "事项"), Column("as_stated", "原文"), Column("phase", "阶段"), Column("scope", "口径"),
               Column("time_period", "时点", "period"), Column("source_title", "来源"), Column("grade", "等级"),
               Column("standing", "处理"), Column("rule_zh", "规则"), Column("reading_zh", "解读")),
    ),
    Section(
        "checks", "数据检查", "每次生成数据时逐条检查，有一条不成立就不发布。",
        _table("数据检查", catalog.checks, Column("promise", "检查内容"), Column("status", "结果"), Column("offending_rows", "不符行数", "count")),
    ),
    Section("filing", "报送进度", "有单位报过数的地市，所辖各县谁报了、谁没报；同一个县有几家报的排在最前，要核对由谁报。", _filings),
    Section("changes", "本次更新", "生成数据时与所替换的上一版逐条比较；内部数据不列。", all_changes),
)  # fmt: skip


def section_body(section: Section) -> list[Any]:
    """Opening sentence of a section and the place of its content."""
    place = ids.part_id(section.value, "section")
    return [
        html.P(section.lead, className="card__finding"),
        html.Div(id=place, className="card__table card__table--tall", tabIndex=0, role="region", **{"aria-label": section.name}),
        written(section.value),
    ]


def wire_section(app: Dash, db: Warehouse, section: Section, tabs: str) -> None:
    """Fill the section once its tab is opened."""
    wire_written(app, section.value, ids.part_id(section.value, "section"))

    @app.callback(Output(ids.part_id(section.value, "written"), "data"), Input(tabs, "value"), Input(ids.CHOSEN, "data"))
    def _fill(opened: str, _chosen: Any) -> Any:
        if opened != section.value:
            return no_update
        return or_sentence(
            section.value,
            lambda: db.remember(("section", section.value), lambda: {"section": markup(section.content(db))}),
            lambda said: {"section": markup(html.P(said, className="card__problem"))},
            failed=FAILED,
        )
