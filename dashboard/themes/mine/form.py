"""The form of 我县. Its state is the browser's (assets/own.js); here stand its fields, and what the server says to what was typed."""

import json
from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, html

from dashboard.cards import ids
from dashboard.cards.asked_options import ASKED_LIST, MOST_OFFERED, answering
from dashboard.cards.guard import or_sentence
from dashboard.cards.own import MOST_WORDS, own_sets
from dashboard.cards.selection import Selection
from dashboard.cards.sentence import receipt_link
from dashboard.language import words
from dashboard.themes.mine.typed.fields import (
    BY_KEY,
    CHOICES,
    FIELDS,
    GROUPS,
    MONEY,
    NAME,
    ORGANISATION,
    PLACE,
    POSTS,
    Choice,
    Field,
)  # fmt: skip
from dashboard.themes.mine.typed.reading import COUNTY, OwnSet, published, read_sets
from dashboard.warehouse import Warehouse
from dashboard.warehouse.gazetteer import gazetteer

FORM, WHICH, OFFER, ANSWER = "mine", "mine-which", "mine-offer", "mine-answer"
MORE = (ORGANISATION, POSTS, MONEY)  # groups that open on demand, but for their first field
FIRST = ("bodies",)
BUTTONS = (
    ("add", "＋ 加一份对照"),
    ("remove", "删去这一份"),
    ("brief", "做成对标简报"),
    ("link", "复制链接"),
    ("keep", "存进本浏览器"),
    ("clear", "清除全部"),
)
FAILED = "暂时读不出来，请稍后再试。"


def part(key: str) -> str:
    """Id of a field."""
    return f"mine-{key}"


def form() -> html.Section:
    """The fields, which the browser fills, and below the usual ones the answer."""
    at_once = [entry for entry in FIELDS if entry.group not in MORE or entry.key in FIRST]
    return html.Section(
        [
            html.Div(
                [
                    dmc.Select(
                        id=part(PLACE), label="您的县", placeholder="地名、拼音或代码", data=[], value=None, clearable=True, nothingFoundMessage="没有找到",
                        inputWrapperOrder=["label", "input", "description", "error"], clearButtonProps={"aria-label": "清空"},
                        className="mine__place", **ASKED_LIST,
                    ),
                    *_inputs(at_once),
                ],
                className="mine__fields",
            ),
            html.Div(id=OFFER, className="mine__offer"),
            html.Div(id=ANSWER, className="mine__answer", role="status"),
            html.Details(
                [html.Summary("更多：事业单位、职数、各类编制和实有、收支"), html.Div(_groups(), className="mine__groups")],
                className="mine__more",
            ),
            html.Div(
                [
                    dmc.SegmentedControl(id=WHICH, data=[{"value": "0", "label": "本县"}], value="0", size="xs", className="mine__which",
                                         **{"aria-label": "看哪一份"}),
                    dmc.TextInput(id=part(NAME), placeholder="这一份叫什么", size="xs", debounce=400, className="mine__name", **{"aria-label": "这一份的名称"}),
                    *(_button(said, what) for what, said in BUTTONS),
                ],
                className="mine__sets",
            ),
        ],
        id=FORM, className="card mine",
        **{
            "aria-label": "填您的县",
            "data-fields": json.dumps([PLACE, NAME, *BY_KEY, *(choice.key for choice in CHOICES)]),
            "data-defaults": json.dumps({choice.key: choice.options[0].key for choice in CHOICES}),
            "data-most": str(MOST_WORDS),
        },
    )  # fmt: skip


def _button(said: str, what: str) -> html.Button:
    return html.Button(said, type="button", className=f"mine__button mine__button--{what}", **{"data-own": what})


def _inputs(entries: list[Field]) -> list[Any]:
    """Fields; a question about the scope of one stands below it."""
    asked = {choice.after: choice for choice in CHOICES}
    return [
        html.Div([_input(entry), _choice(asked[entry.key])], className="mine__pair") if entry.key in asked else _input(entry)
        for entry in entries
    ]


def _groups() -> list[Any]:
    rest = [entry for entry in FIELDS if entry.group in MORE and entry.key not in FIRST]
    by_group = {group: [entry for entry in rest if entry.group == group] for group in GROUPS}
    return [
        html.Fieldset(
            [
                html.Legend(group),
                html.Div(_inputs(entries), className="mine__fields" if group != POSTS else "mine__fields mine__fields--pairs"),
            ],
            className="mine__group",
        )
        for group, entries in by_group.items()
        if entries
    ]


def _input(entry: Field) -> dmc.TextInput:
    return dmc.TextInput(
        id=part(entry.key), label=f"{entry.label}（{entry.unit}）", placeholder=entry.example, debounce=400, inputProps={"maxLength": MOST_WORDS},
        className="mine__field",
    )  # fmt: skip


def _choice(choice: Choice) -> html.Div:
    name = part(choice.key)
    data = [{"value": option.key, "label": option.label} for option in choice.options]
    control = dmc.SegmentedControl(
        id=name, data=data, value=choice.options[0].key, size="xs", **{"aria-labelledby": f"{name}-label"}
    )
    label = html.Span(choice.label, id=f"{name}-label", className="visually-hidden")
    return html.Div([label, control], className="mine__choice")


def wire_form(app: Dash, db: Warehouse) -> None:
    """Browser: fields ↔ store. Server: what cannot be meant, what is published of the place, which places there are."""
    keys = [PLACE, NAME, *BY_KEY, *(choice.key for choice in CHOICES)]
    app.clientside_callback(ClientsideFunction("own", "open"), Output(FORM, "data-open"), Input(ids.CHOSEN, "data"))
    # No output: the function sets the page's store itself, as in the picker of /compare.
    app.clientside_callback(
        ClientsideFunction("own", "typed"), *(Input(part(key), "value") for key in keys), Input(WHICH, "value"), prevent_initial_call=True
    )  # fmt: skip
    errors = {key: Output(part(key), "error") for key in (PLACE, *BY_KEY)}
    current = {"chosen": Input(ids.CHOSEN, "data"), "which": Input(WHICH, "value")}

    @app.callback(
        output={"errors": errors, "about": Output(part(PLACE), "description"), "offer": Output(OFFER, "children")}, inputs=current
    )
    def _said(chosen: Any, which: Any) -> dict[str, Any]:
        own = _own(chosen)
        nothing: dict[str, Any] = {"errors": dict.fromkeys(errors, ""), "about": None, "offer": []}
        return or_sentence(
            "words of a reader",
            lambda: _answered(db, own, which),
            lambda told: nothing | {"offer": told},
            failed=FAILED,
            private=True,
        )

    @app.callback(output=Output(part(PLACE), "data"), inputs={"typed": Input(part(PLACE), "searchValue"), **current})
    def _places(typed: Any, chosen: Any, which: Any) -> list[dict[str, Any]]:
        own, said = _own(chosen), str(typed or "")
        return or_sentence(
            "places of a reader",
            lambda: answering(said, options(db, said, own, which)),
            lambda told: answering(said, [], problem=told),
            failed=FAILED,
            private=True,
        )


def _own(chosen: Any) -> str:
    return Selection.parse(chosen.get("selection") if isinstance(chosen, dict) else None).own


def _current(db: Warehouse, own: str, which: Any) -> OwnSet | None:
    return next((one for one in read_sets(db, own) if str(one.number) == which), None)


def _answered(db: Warehouse, own: str, which: Any) -> dict[str, Any]:
    one = _current(db, own, which)
    problems = one.problems if one else {}
    about = _above(one.area) if one and one.area else None
    return {
        "errors": {key: problems.get(key, "") for key in (PLACE, *BY_KEY)},
        "about": about, "offer": _offered(db, one) if one and one.area else [],
    }  # fmt: skip


def _offered(db: Warehouse, one: OwnSet) -> list[Any]:
    """What is published of the place and not yet in its field, each with its receipt and a button that takes it over."""
    assert one.code is not None
    known = {key: row for key, row in published(db, one.code).items() if key not in one.given or not one.given[key].fact_ids}
    if not known:
        return []
    found: list[Any] = [html.Span(f"{one.title}已公布：", className="mine__offered")]
    for key, row in known.items():
        text = words.claimed(row)
        link = receipt_link(text, (row["fact_id"],), f"{BY_KEY[key].label}{text}：查看出处")
        when = f"（{words.date(row['time_period'])}）"
        taken = {
            "data-own": "take",
            "data-key": key,
            "data-value": f"{row['obs_value']:.0f}",
            "aria-label": f"填入{BY_KEY[key].label}{text}",
        }
        take = html.Button("填入", type="button", className="mine__button", **taken)
        found.append(html.Span([BY_KEY[key].label, link, when, take], className="mine__offered"))
    return [*found, _button("全部填入", "take-all")] if len(known) > 1 else found


def options(db: Warehouse, typed: str, own: str, which: Any) -> list[dict[str, Any]]:
    """Counties that `typed` may name; and `kept` for its label the one that is chosen, under the words that chose it."""
    names = gazetteer(db)
    rows = names.offered(typed, MOST_OFFERED, _county) or list(filter(_county, names.called(typed).near))
    found: dict[str, dict[str, Any]] = {row["ref_area"]: _option(row) for row in rows}
    sets = own_sets(own)
    number = int(which) if str(which).isdigit() else 0
    chosen = sets[number].get(PLACE, "") if number < len(sets) else ""
    if chosen:
        one = _current(db, own, which)
        area = one.area if one else None
        if area:
            found.pop(area["ref_area"], None)
        kept = area is None or area["name_zh"] != typed
        found[chosen] = (_option(area) if area else {"label": chosen, "about": ""}) | {"value": chosen, "kept": kept}
        if one and area is None:  # several counties of one name
            found |= {row["ref_area"]: _option(row) for row in one.called}
    return list(found.values())


def _county(row: Mapping[str, Any]) -> bool:
    return row["level"] == COUNTY and not row["anonymous"]


def _option(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"value": row["ref_area"], "label": row["name_zh"], "about": _above(row)}


def _above(row: Mapping[str, Any]) -> str:
    """河南省开封市; of a county of a municipality 北京市."""
    return "".join(dict.fromkeys(filter(None, (row["province"], row["prefecture"]))))
