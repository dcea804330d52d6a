"""The card, the same for every chart: question, sentence with receipts, 图 | 表格, menu, 口径, sources in full.

Few components on purpose: Dash's renderer wakes each at every answer, and a page has up to sixteen cards.
"""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, html

from dashboard.cards import ids
from dashboard.cards.answer import answer, card_class
from dashboard.cards.chart import Chart
from dashboard.cards.gist import foot
from dashboard.cards.graph import graph
from dashboard.cards.markup import wire_written, written
from dashboard.cards.menu import menu_button
from dashboard.cards.place_link import inside
from dashboard.cards.province import province_control, wire_province_control
from dashboard.cards.selection import Selection
from dashboard.warehouse import Warehouse

VIEWS = (("picture", "图"), ("table", "表格"))


def card(chart: Chart, selection: Selection) -> html.Article:
    """The card of `chart`, empty until its callback answers. A chart without a drawing shows its table at once."""
    title = ids.part_id(chart.id, "title")
    return html.Article(
        [
            html.H2(chart.question, id=title, className="card__question"),
            html.P(id=ids.part_id(chart.id, "finding"), className="card__finding"),
            html.P(id=ids.part_id(chart.id, "problem"), className="card__problem", role="status"),
            *([province_control(selection)] if chart.province == "picked" else []),
            *(_views(chart, selection) if chart.draw else (menu_button(chart), _table(chart))),
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


def _views(chart: Chart, selection: Selection) -> list[Any]:
    """Drawing and table, one of them shown (assets/card.js), below the bar that says which."""
    table_first = chart.id in selection.tables
    drawing = html.Div(
        graph(ids.graph_id(chart.id)),
        id=ids.part_id(chart.id, "alternative"), className="card__picture", hidden=table_first, role="img", **{"aria-label": chart.question},
    )  # fmt: skip
    choices = [
        html.Button(
            name, type="button", className="card__view",
            **{"data-view": view, "aria-pressed": "true" if (view == "table") == table_first else "false"},
        )
        for view, name in VIEWS
    ]  # fmt: skip
    return [html.Div([*choices, menu_button(chart)], className="card__bar"), drawing, _table(chart, hidden=not table_first)]


def _table(chart: Chart, *, hidden: bool = False) -> html.Div:
    return html.Div(
        id=ids.part_id(chart.id, "table"),
        className="card__table",
        tabIndex=0,
        role="region",
        hidden=hidden,
        **{"aria-label": f"{chart.question}（表格）"},
    )
