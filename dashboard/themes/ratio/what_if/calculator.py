"""换算与推算: one ratio in three spellings, and what a target would mean, in intervals. The sums are in dashboard/themes/ratio/what_if/sums.py."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard.cards import ids
from dashboard.cards.asked_options import ASKED_LIST, answering
from dashboard.cards.guard import or_sentence
from dashboard.themes.ratio.what_if.answers import OWN, answers, basis_of, options, ratio_keys, spellings
from dashboard.themes.ratio.what_if.sums import FORM_NAMES, FORMS
from dashboard.warehouse import Warehouse

VALUE, FORM, SPELLINGS = "calculator-value", "calculator-form", "calculator-spellings"
PLACE, POPULATION, STAFF, OWN_NUMBERS = "calculator-place", "calculator-population", "calculator-staff", "calculator-own"
RATIO, POSTS, ANSWERS = "calculator-ratio", "calculator-posts", "calculator-answers"
DEFAULTS = "calculator-defaults"
# Keys of the address bar → component, default. Population and staff of the reader's own are in no address, which a server logs.
ADDRESS = {"v": (VALUE, "22"), "f": (FORM, FORMS[0]), "w": (PLACE, ""), "to": (RATIO, ""), "posts": (POSTS, "")}
FAILED = "暂时算不出，请稍后再试。"
OWN_KEPT = "这两个数不写进网址，离开本页就没有了。要留着、要与试点比："
OWN_DOOR = "到“我县”填"
MOST = 40
ASKED = {"place": PLACE, "population": POPULATION, "staff": STAFF, "ratio": RATIO, "posts": POSTS}


def calculator() -> html.Section:
    """Both tools, filled from the address by callback."""
    parts = [_spellings(), _what_if(), dcc.Store(id=DEFAULTS)]
    return html.Section(parts, className="tools", **{"aria-label": "换算与推算"})


def wire_calculator(app: Dash, db: Warehouse) -> None:
    """Address → inputs → answers; what is typed goes back into the address, the reader's own people and staff excepted."""
    fields = {key: Output(component, "value") for key, (component, _) in ADDRESS.items()}

    @app.callback(output={"fields": fields, "defaults": Output(DEFAULTS, "data")}, inputs=[Input(ids.LOCATION, "search")])
    def _open(query: Any) -> dict[str, Any]:
        places = or_sentence("places", lambda: [*ratio_keys(db)["key"].to_list(), OWN], lambda _said: [OWN], failed=FAILED)
        return {"fields": stated(query if isinstance(query, str) else "", places), "defaults": stated("", places)}

    @app.callback(output=Output(PLACE, "data"), inputs={"typed": Input(PLACE, "searchValue"), "chosen": Input(PLACE, "value")})
    def _places(typed: Any, chosen: Any) -> list[dict[str, Any]]:
        words = str(typed or "")
        with db.reading():
            return or_sentence(
                "places",
                lambda: options(db, words, _text(chosen)),
                lambda said: answering(words, [], problem=said),
                failed=FAILED,
            )

    @app.callback(Output(SPELLINGS, "children"), Input(VALUE, "value"), Input(FORM, "value"))
    def _convert(value: str | None, form: str | None) -> Any:
        return or_sentence(
            "spellings", lambda: spellings(_text(value), form if form in FORMS else FORMS[0]), html.P, failed=FAILED
        )

    @app.callback(
        output={"answers": Output(ANSWERS, "children"), "own": Output(OWN_NUMBERS, "hidden")},
        inputs={**{name: Input(component, "value") for name, component in ASKED.items()}, "_build": Input(ids.CHOSEN, "data")},
    )
    def _answer(_build: Any, **said: str | None) -> dict[str, Any]:
        words = {name: _text(value) for name, value in said.items()}
        made = or_sentence("what if", lambda: answers(basis_of(db, words["place"]), words), html.P, failed=FAILED)
        return {"answers": made, "own": words["place"] not in {"", OWN}}

    app.clientside_callback(
        ClientsideFunction("calculator", "write"), *(Input(component, "value") for component, _ in ADDRESS.values()),
        State(DEFAULTS, "data"), prevent_initial_call=True,
    )  # fmt: skip


def stated(query: str, places: Sequence[str]) -> dict[str, str]:
    """Values of the inputs as an address gives them; what it does not say, or says wrong, has its default.

    `places` are the choices, the first is the default.
    """
    try:
        found = parse_qs(query.removeprefix("?"), max_num_fields=40, keep_blank_values=True)
    except ValueError:
        found = {}
    values = {key: _text(found.get(key, [default])[-1]) for key, (_, default) in ADDRESS.items()}
    values["f"] = values["f"] if values["f"] in FORMS else FORMS[0]
    values["w"] = values["w"] if values["w"] in places else next(iter(places), OWN)
    return values


def _text(value: Any) -> str:
    """What was typed, cut to a sane length; anything else counts as nothing."""
    return value[:MOST] if isinstance(value, str) else ""


def _input(name: str, label: str, placeholder: str, description: str = "") -> dmc.TextInput:
    return dmc.TextInput(
        id=name, label=label, placeholder=placeholder, description=description or None, debounce=300,
        className="tool__input",
    )  # fmt: skip


def _spellings() -> html.Article:
    return html.Article(
        [
            html.H2("三种写法怎么换？", className="card__question"),
            html.P("填其中一种，得出另外两种。有的材料写作 1:22，方向相反，本站只写 22:1；填 1:22 时按 22:1 读。", className="card__finding"),
            html.Div(
                [
                    _input(VALUE, "填一个值", "例如 22、约17、4.85"),
                    html.Div(
                        [
                            html.Span("这个值是", className="tool__label", id=f"{FORM}-label"),
                            dmc.SegmentedControl(
                                id=FORM, data=[{"value": form, "label": FORM_NAMES[form]} for form in FORMS], value=FORMS[0],
                                size="sm", **{"aria-labelledby": f"{FORM}-label"},
                            ),
                        ]
                    ),
                ],
                className="tool__inputs",
            ),
            html.Div(id=SPELLINGS, className="tool__answers", role="status"),
        ],
        className="card tool",
    )  # fmt: skip


def _what_if() -> html.Article:
    return html.Article(
        [
            html.H2("如果换一个目标，会怎样？", className="card__question"),
            html.P("选一个地方，或自己填人口和人员；约数照约数算，答案给区间。", className="card__finding"),
            dmc.Select(
                id=PLACE,
                label="地区与口径",
                data=[],
                nothingFoundMessage="没有找到",
                allowDeselect=False,
                **ASKED_LIST,
            ),
            html.Div(
                [
                    html.Div(
                        [
                            _input(POPULATION, "人口", "例如 13万余、98833"),
                            _input(STAFF, "财政供养人员", "例如 近6000、5906"),
                        ],
                        className="tool__inputs",
                    ),
                    html.P([OWN_KEPT, dcc.Link(OWN_DOOR, href="/mine", className="link")], className="tool__hint"),
                ],
                id=OWN_NUMBERS,
            ),
            html.Div(
                [_input(RATIO, "目标供养比（可不填）", "例如 25:1"), _input(POSTS, "目标人员数（可不填）", "例如 3000")],
                className="tool__inputs",
            ),
            html.Div(id=ANSWERS, className="tool__answers", role="status"),
        ],
        className="card tool",
    )
