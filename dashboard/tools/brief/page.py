"""简报: cards in a basket become a document. The page is laid out here; assets/brief_page.lazy.js brings it to life."""

import json
from typing import Any

from dash import Dash, html

from dashboard.cards.lazy import lazy_scripts, wire_lazy
from dashboard.cards.page import Page, head
from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS, THEMES
from dashboard.paper.briefs import BRIEFS
from dashboard.warehouse import Warehouse

TITLE = "简报"
LEAD = "把各页的图和表放进来，排好顺序，写上标题和段落，取走按公文格式排好的 Word、PPT 或 PDF。"
APP = "brief-app"
_SCRIPTS = ("brief_page.lazy.js",)
_THEMES = {
    "ratio": "财政供养比",
    "small_counties": "人口小县",
    "towns": "经济发达镇",
    "extension": "农技推广",
    "township": "乡镇样本",
}
_ADD = (("h1", "一级标题"), ("h2", "二级标题"), ("p", "段落"))
_FORMS = (("docx", "下载 Word"), ("pptx", "下载 PPT"), ("pdf", "下载 PDF"))


def _layout(_selection: Selection) -> list[Any]:
    stated = {
        **lazy_scripts(_SCRIPTS, "briefPage"),
        "data-charts": json.dumps({chart.id: chart.question for chart in CHARTS.values()}, ensure_ascii=False),
        "data-drawable": json.dumps([chart.id for chart in CHARTS.values() if chart.draw is not None]),
    }
    sheet = html.Section([_tools(), _part("sheet", html.Div, className="brief__sheet")], **{"aria-label": "预览"})
    return [head(TITLE, LEAD), html.Div([_desk(), sheet], id=APP, className="brief", **stated)]


def _tools() -> html.Div:
    """What to do with the document; stays in sight while the sheet is read."""
    files = [_button(name, f"take:{form}", className="brief__main" if form == "docx" else "") for form, name in _FORMS]
    others = [_button("复制链接", "link"), _button("打印", "print"), _button("清空", "clear", **{"data-brief": "clear"})]
    cancel = _button("取消", "cancel", hidden=True, **{"data-brief": "cancel"})
    return html.Div(
        [*files, *others, cancel, _part("status", html.P, className="brief__status", role="status")], className="brief__bar"
    )


def _desk() -> html.Section:
    starts = [_button(template.title, f"start:{name}", title=template.lead) for name, template in BRIEFS.items()]
    added = [_button(f"＋{name}", f"add:{kind}") for kind, name in _ADD]
    edit = [
        html.H2("从现成的开始"),
        html.Div(starts, className="brief__row"),
        html.H2("标题与落款"),
        _field("标题", "title"),
        html.Div([_field("单位", "unit"), _field("日期，不填为今天", "date")], className="brief__row"),
        html.H2("内容"),
        _part("empty", html.P, "篮子是空的：在任何一张卡片的“⋯”菜单里选“放入简报”，或从下面添加。", className="brief__hint"),
        _part("items", html.Ol, className="brief__items"),
        html.Div([*added, _chart_choice()], className="brief__row"),
        html.P("段落中写 {下图}、{下表}、{上图}、{上表}，会换成图表的编号。", className="brief__hint"),
    ]
    return html.Section(
        [*_drafts(), _part("edit", html.Div, edit, className="brief__edit")],
        className="card brief__desk",
        **{"aria-label": "编辑"},
    )


def _drafts() -> list[Any]:
    """The reader's drafts and the briefs of links, one of which is on the desk; and the last change, to be undone."""
    linked = [
        html.P("这份简报来自链接：可以看、打印、下载，没有存进您的草稿。要改或留下，先存为草稿。"),
        html.Div(
            [
                _button("存为草稿", "keep", className="brief__main"),
                _button("回到我的草稿", "back", **{"data-brief": "back"}),
            ],
            className="brief__row",
        ),
    ]
    own = [
        _field("草稿名称", "name"),
        _button("新建草稿", "new"),
        _button("删除草稿", "drop", hidden=True, **{"data-brief": "drop"}),
    ]
    undo = [
        _part("undone", html.Span, className="brief__undone"),
        _button("撤销", "undo"),
        _button("×", "forget", className="brief__small", **{"aria-label": "收起撤销"}),
    ]
    return [
        html.H2("草稿"),
        _part("drafts", html.Div, className="brief__row", role="group", **{"aria-label": "换一份草稿"}),
        _part("linked", html.Div, linked, className="brief__linked", hidden=True),
        _part("own", html.Div, own, className="brief__row brief__own"),
        _part(
            "unsaved", html.P, "浏览器没有存下最近的改动（存储已满或被关闭）：关闭页面前请下载文件或复制链接。",
            className="brief__unsaved", role="alert", hidden=True,
        ),
        _part("undo", html.Div, undo, className="brief__undo", role="status", hidden=True),
    ]  # fmt: skip


def _chart_choice() -> html.Label:
    """A select of every chart by theme; choosing one adds it."""
    grouped = [
        html.Optgroup([html.Option(chart.question, value=chart.id) for chart in THEMES[theme]], label=name)
        for theme, name in _THEMES.items()
    ]
    options = [html.Option("＋图表…", value=""), *grouped]
    return html.Label([html.Span("添加图表", className="visually-hidden"), _part("chart", html.Select, options)])


def _field(said: str, name: str) -> html.Label:
    """A labelled place into which the script puts its input: one of Dash would hold a state of its own."""
    return html.Label([said, html.Span(**{"data-slot": name})], className="brief__label")


def _part(name: str, element: Any, children: Any = None, **more: Any) -> Any:
    """An element that the script finds by its name."""
    return element(children, **{"data-brief": name, **more})


def _button(words: str, action: str, **more: Any) -> html.Button:
    return html.Button(words, type="button", **{"data-do": action, **more})


def _wire(app: Dash, _db: Warehouse) -> None:
    wire_lazy(app, APP)


PAGE = Page(path="/brief", nav="简报", title=TITLE, lead=LEAD, layout=_layout, wire=_wire)
