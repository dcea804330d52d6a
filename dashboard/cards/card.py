"""The card, the same for every chart: question, sentence with receipts, 图 | 表格, menu, 口径, sources in full."""

from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, html

from dashboard.cards import ids
from dashboard.cards.answer import answer, card_class
from dashboard.cards.chart import Chart
from dashboard.cards.gist import foot
from dashboard.cards.graph import graph
from dashboard.cards.markup import wire_written, written
from dashboard.cards.place_link import inside
from dashboard.cards.province import province_control, wire_province_control
from dashboard.cards.selection import Selection
from dashboard.warehouse import Warehouse

PICTURE, TABLE = "picture", "table"
# format:size[:bare] of the picture, and what the menu calls it. The sizes are those of dashboard/paper/document.toml.
_PICTURES = (
    ("png:wide", "下载图片（PNG）"),
    ("png:half", "下载半栏图片（75 mm）"),
    ("png:slide", "下载幻灯片图片（16:9）"),
    ("png:wide:bare", "下载不带题注的图片"),
    ("svg:wide", "下载图片（SVG）"),
)


def card(chart: Chart, selection: Selection) -> html.Article:
    """The card of `chart`, empty until its callback answers. A chart without a drawing shows its table at once."""
    title = ids.part_id(chart.id, "title")
    return html.Article(
        [
            html.H2(chart.question, id=title, className="card__question"),
            html.P(id=ids.part_id(chart.id, "finding"), className="card__finding"),
            html.P(id=ids.part_id(chart.id, "problem"), className="card__problem", role="status"),
            *([province_control(selection)] if chart.province == "picked" else []),
            _tabs(chart, selection) if chart.draw else html.Div([_menu(chart), _table(chart)], className="card__only-table"),
            foot(chart),
            *([html.P(inside(*chart.more), className="card__more")] if chart.more else []),
            written(chart.id),
        ],
        id=ids.card_id(chart.id),
        className=card_class(chart),
        **{"aria-labelledby": title, "data-chart": chart.id, "data-download": ""},
    )


def wire_card(app: Dash, db: Warehouse, chart: Chart) -> None:
    """Fill the card from the page's store, its one input; a mark that is clicked opens its facts."""
    outputs = {
        "written": Output(ids.part_id(chart.id, "written"), "data"),
        "look": Output(ids.card_id(chart.id), "className"),
        "download": Output(ids.card_id(chart.id), "data-download"),
    }
    if chart.draw is not None:
        outputs["figure"] = Output(ids.graph_id(chart.id), "figure")
        outputs["frame"] = Output(ids.graph_id(chart.id), "style")
        outputs["alternative"] = Output(ids.part_id(chart.id, "alternative"), "aria-label")

    @app.callback(output=outputs, inputs={"chosen": Input(ids.CHOSEN, "data")})
    def _fill(chosen: Any) -> dict[str, Any]:
        stored = chosen if isinstance(chosen, dict) else {}
        with db.reading():
            return answer(db, chart, Selection.parse(stored.get("selection")))

    if chart.province == "picked":
        wire_province_control(app, db)
    wire_written(app, chart.id, ids.card_id(chart.id))
    if chart.draw is not None:
        clicked, state = ClientsideFunction("facts", "clicked"), []
        if chart.province in {"picked", "led"}:
            clicked, state = (
                ClientsideFunction("province", "clicked"),
                [State(ids.graph_id(chart.id), "id"), State(ids.CHOSEN, "data")],
            )
        app.clientside_callback(clicked, Input(ids.graph_id(chart.id), "clickData"), *state, prevent_initial_call=True)
        app.clientside_callback(
            ClientsideFunction("address", "tab"),
            Input(ids.tabs_id(chart.id), "value"),
            State(ids.tabs_id(chart.id), "id"),
            prevent_initial_call=True,
        )


def _tabs(chart: Chart, selection: Selection) -> dmc.Tabs:
    drawing = html.Div(
        graph(ids.graph_id(chart.id)),
        id=ids.part_id(chart.id, "alternative"),
        className="card__picture",
        role="img",
        **{"aria-label": chart.question},
    )
    return dmc.Tabs(
        [
            html.Div(
                [dmc.TabsList([dmc.TabsTab("图", value=PICTURE), dmc.TabsTab("表格", value=TABLE)]), _menu(chart)],
                className="card__bar",
            ),
            dmc.TabsPanel(drawing, value=PICTURE),
            dmc.TabsPanel(_table(chart), value=TABLE),
        ],
        id=ids.tabs_id(chart.id),
        value=TABLE if chart.id in selection.tables else PICTURE,
        className="card__tabs",
    )


def _table(chart: Chart) -> html.Div:
    return html.Div(
        id=ids.part_id(chart.id, "table"),
        className="card__table",
        tabIndex=0,
        role="region",
        **{"aria-label": f"{chart.question}（表格）"},
    )


def _menu(chart: Chart) -> dmc.Menu:
    """What to do with the card; assets/card.js listens for data-card-action, assets/export_menu.js for data-export."""
    items: list[Any] = []
    if chart.draw is not None:
        items += [dmc.MenuLabel("下载图片，题注和来源在图内")]
        items += [_export(said, action, chart) for action, said in _PICTURES]
    items += [dmc.MenuLabel("下载数据"), _export("下载数据（XLSX）", "xlsx", chart)]
    items.append(_export("下载数据（CSV）", "csv", chart))
    items += [dmc.MenuLabel("用到简报里"), *([_export("图放入简报", "basket-figure", chart)] if chart.draw else [])]
    items += [_export("表放入简报", "basket-table", chart), _export("复制图题与来源", "copy", chart)]
    items.append(dmc.MenuItem("复制引用", **{"data-card-action": "cite", "data-chart": chart.id}))
    # Mantine wraps the target in an element of its own and says there whether the menu is open: so that element is the button.
    button = {"component": "button", "type": "button", "className": "card__menu", "aria-label": f"{chart.question}：更多操作"}
    target = dmc.MenuTarget(html.Span("⋯", **{"aria-hidden": "true"}), boxWrapperProps=button)
    return dmc.Menu(
        [target, dmc.MenuDropdown(items, className="card-menu")], position="bottom-end", shadow="md", withinPortal=True
    )


def _export(said: str, action: str, chart: Chart) -> dmc.MenuItem:
    return dmc.MenuItem(said, **{"data-export": action, "data-chart": chart.id})
