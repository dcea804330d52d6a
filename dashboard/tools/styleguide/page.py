"""/styleguide: every component and figure form on one page, so that they stay consistent. Served only with DEBUG=1."""

from typing import Any

import dash_mantine_components as dmc
from dash import Dash, html

from dashboard.cards.answer import plain
from dashboard.cards.card import card, wire_card
from dashboard.cards.fact import fact_block
from dashboard.cards.graph import frame, graph
from dashboard.cards.page import Page, head
from dashboard.cards.selection import Selection
from dashboard.cards.sentence import receipt, sentence
from dashboard.cards.skeleton import lines
from dashboard.cards.sources import notes_block, source_line
from dashboard.cards.table import rows_table
from dashboard.drawing import tokens
from dashboard.drawing.canvas import FLUID
from dashboard.drawing.marks import DOTS, FILLS
from dashboard.language.sentence import number
from dashboard.themes.ratio.what_if.calculator import calculator
from dashboard.tools.styleguide.sample_cards import CARDS, COLUMNS, SAMPLE, finding, notes, rows
from dashboard.tools.styleguide.samples import FORMS
from dashboard.warehouse import Warehouse
from dashboard.warehouse.catalog import Citation, FactSheet

# Words for the codes of the sample fact, as core.code has them.
NAMES = {"phase": {"before": "改革前"}, "precision": {"approx": "约数"}, "grade": {"B": "报刊、论文"}, "dimension": {}}
TITLE = "样式"
LEAD = "全部部件与图形，用样例行画出；只在调试模式（DEBUG=1）出现。"
COLOURS = ("INK", "SECONDARY", "MUTED", "FAINT", "RULE", "LINE", "BAND", "PAGE", "BLUE", "BLUE_LIGHT", "BRICK", "TINT")
TYPE = (
    ("figure", "36→22"),
    ("title", "页面标题"),
    ("question", "卡片上的问题？"),
    ("body", "正文一句话"),
    ("small", "口径与资料来源"),
)


def _layout(selection: Selection) -> list[Any]:
    parts = [
        ("颜色", _colours()), ("字号", _type()), ("数字块", _tiles()), ("提示与标记", _notices()), ("卡片的各种状态", _cards(selection)),
        ("口径与来源", _notes()), ("表格", html.Div(rows_table(rows(), COLUMNS, "样例"), className="card")), ("事实", _fact()),
        ("控件", _controls()), ("换算与推算", calculator()), ("图形", _forms()),
    ]  # fmt: skip
    return [head(TITLE, LEAD), *(_part(name, content) for name, content in parts)]


def _wire(app: Dash, db: Warehouse) -> None:
    """The cards only: 换算与推算 is wired by 财政供养比, whose parts have the same ids."""
    for chart in CARDS:
        wire_card(app, db, chart)


def _part(name: str, content: Any) -> html.Section:
    return html.Section([html.H2(name, className="styleguide__name"), content], className="styleguide")


def _colours() -> html.Div:
    fills = [(name, marker["color"]) for name, marker in FILLS.items()] + [(name, dot["color"]) for name, dot in DOTS.items()]
    named = [(name.lower(), getattr(tokens, name)) for name in COLOURS] + fills
    return html.Div([_swatch(name, colour) for name, colour in named], className="styleguide__row")


def _swatch(name: str, colour: str) -> html.Div:
    # The one place where a colour is an attribute: it is what the swatch is about.
    return html.Div([html.Span(className="styleguide__swatch", style={"background": colour}), name, html.Br(), colour])


def _type() -> html.Div:
    return html.Div([html.P(f"{text}（--type-{name}）", className=f"styleguide__type--{name}") for name, text in TYPE])


def _tiles() -> html.Div:
    figure = html.P([receipt(number("36", SAMPLE)), html.Span("→", className="tile__joint"), receipt(number("22个", SAMPLE))])
    figure.className = "tile__figure"
    said = html.P(sentence(finding(rows())), className="tile__sentence")
    return html.Div(
        [html.Section([figure, said], className="tile"), html.Section(lines(3), className="tile"),
         html.Section(html.P("未公布", className="tile__figure"), className="tile")],
        className="tiles",
    )  # fmt: skip


def _notices() -> html.Div:
    badges = [
        html.Span(text, className=f"badge badge--{kind}")
        for text, kind in (("B级", "plain"), ("转引", "warn"), ("采用", "shown"))
    ]
    return html.Div(
        [html.P("数据刚刚更新，本页已全部换用新版本。", className="notice"),
         html.P("地址中的“x”无法识别，已按默认显示。", className="notice notice--soft"), html.P(badges)],
        className="styleguide__stack",
    )  # fmt: skip


def _cards(selection: Selection) -> html.Div:
    loading = html.Article(
        [html.H2("正在加载的卡片", className="card__question"), html.P(lines(2)), html.Div(lines(4))], className="card"
    )
    return html.Div([*(card(chart, selection) for chart in CARDS), loading], className="cards")


def _notes() -> html.Div:
    cited = [
        Citation(source_id=name, text=f"《{title}》，{publisher}，2023年", full="", url=url, grade=grade, reprint=grade == "C", facts=1)
        for name, title, publisher, url, grade in (
            ("a", "人口小县机构改革的破冰之旅", "《小康》", "", "B"), ("b", "一个人口小县的机构大改革", "法治日报", "https://example.org/b", "C"),
        )
    ]  # fmt: skip
    return html.Div(
        [html.Div(notes_block(notes(rows())), className="card__notes"), html.Div(source_line(cited), className="card__sources")],
        className="card",
    )


def _fact() -> html.Div:
    stated = rows().row(1, named=True) | {
        "fact_id": SAMPLE, "indicator_zh": "财政供养比", "phase": "before", "obs_value": 17.0, "unit_measure": ":1", "value_low": 16.5,
        "value_high": 17.5, "as_stated": "每17个人中有1名财政供养人员", "source_title": "人口小县“大部制”改革", "publisher": "南方周末",
        "published": "2024-05-22", "grade": "B", "reprint": True, "url": "", "locator": "正文", "definition_zh": "总人口÷财政供养人数。",
        "caveat_zh": "口径以来源为准。", "province": "山西省", "prefecture": "", "county": "", "anonymous": False, "cohort": "", "note": "",
        "illustrative": False, "disclosure": "public",
    }  # fmt: skip
    return html.Div(fact_block(FactSheet(fact=stated, claims=(), names=NAMES)), className="card facts")


def _controls() -> html.Div:
    return html.Div(
        [
            dmc.TextInput(label="文本框", placeholder="例如 22:1"),
            dmc.Select(label="下拉框", data=["常住", "户籍"], value="常住"),
            dmc.SegmentedControl(data=["N:1", "%", "每万人"], value="N:1", **{"aria-label": "写法"}),
            html.Button("按钮", type="button", className="card__menu"),
        ],
        className="card styleguide__row",
    )


def _forms() -> html.Div:
    return html.Div([_form(name) for name in FORMS], className="styleguide__forms")


def _form(name: str) -> html.Article:
    figure = FORMS[name](FLUID)
    drawing = graph(f"form-{name}", height=figure["layout"]["height"])
    drawing.figure, drawing.style = plain(figure), frame(figure["layout"]["height"])
    picture = html.Div(drawing, className="card__picture", role="img", **{"aria-label": f"样例图形 {name}"})
    return html.Article([html.H3(name, className="card__question"), picture], className="card")


PAGE = Page(path="/styleguide", nav=TITLE, title=TITLE, lead=LEAD, layout=_layout, wire=_wire)
