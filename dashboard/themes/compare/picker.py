"""The controls of 对比分析: a measure, places (by name, pinyin or code), whole cohorts; and what else these places published.

The choice lives in the page's store and so in the address. assets/compare.js carries it there; here the options are filled,
codes that nobody knows are taken out with a gentle note, and a measure is proposed where only places were chosen.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.cards import ids
from dashboard.cards.asked_options import ASKED_LIST, answering, answers, offered_before
from dashboard.cards.guard import or_sentence
from dashboard.cards.selection import MOST_PLACES, Selection, choose
from dashboard.language import words
from dashboard.themes.compare.measures import Measure, measures, most_shared, published
from dashboard.themes.compare.place_options import cohort_options, known_codes, measure_options, place_options
from dashboard.warehouse import Warehouse
from dashboard.warehouse.gazetteer import gazetteer
from dashboard.warehouse.places import MOST_SHOWN, counted_as, every_place, members

MEASURE, PLACES, COHORTS = "compare-measure", "compare-picked-places", "compare-cohorts"
PROPOSED, NOTE, ELSE = "compare-proposed", "compare-note", "compare-else"
MOST_NAMED = 6  # codes that nobody knows, named one by one
MOST_ELSE = 8  # measures offered for the chosen places
FAILED = "选项暂时读不出来，请稍后刷新。"


def picker(selection: Selection) -> html.Section:
    """The controls with what is chosen; their options come with the first answer of the server."""
    return html.Section(
        [
            dcc.Store(id=ids.OF_BUILD), dcc.Store(id=PROPOSED),
            html.Div(
                [
                    dmc.Select(
                        id=MEASURE, label="比什么", placeholder="选一个指标，可输入拼音", value=selection.indicator or None, data=[],
                        allowDeselect=False, nothingFoundMessage="没有这样的指标", **(ASKED_LIST | {"filter": {"function": "filterPlaces"}}),
                    ),
                    dmc.MultiSelect(
                        id=PLACES, label="比哪些地区", placeholder="输入地名、拼音、首字母或代码", value=list(selection.places), data=[],
                        maxValues=MOST_PLACES, hidePickedOptions=True, clearable=True, nothingFoundMessage="没有这个地区",
                        clearButtonProps={"aria-label": "清空地区"}, **ASKED_LIST,
                    ),
                ],
                className="picker__row",
            ),
            html.Div(
                [
                    html.Span("整组加入", className="picker__label", id="compare-cohorts-label"),
                    dmc.ChipGroup(id=COHORTS, children=[], value=list(selection.cohorts), multiple=True),
                ],
                className="picker__cohorts", role="group", **{"aria-labelledby": "compare-cohorts-label"},
            ),
            html.P(id=NOTE, className="notice notice--soft", role="status"),
            html.Div(id=ELSE, className="picker__else"),
        ],
        className="picker", **{"aria-label": "选择指标和地区"},
    )  # fmt: skip


def wire_picker(app: Dash, db: Warehouse) -> None:
    """Options once a build; what the choice leads to, at every choice."""
    # No output: the function sets the page's store itself. As an output it would close a circle that Dash complains about.
    app.clientside_callback(
        ClientsideFunction("compare", "pick"),
        Input(MEASURE, "value"), Input(PLACES, "value"), Input(COHORTS, "value"), State(PROPOSED, "data"), State(ids.CHOSEN, "data"),
        prevent_initial_call=True,
    )  # fmt: skip
    options = {
        "measures": Output(MEASURE, "data"),
        "cohorts": Output(COHORTS, "children"),
    }
    app.clientside_callback(
        ClientsideFunction("compare", "ofBuild"),
        Output(ids.OF_BUILD, "data"),
        Input(ids.CHOSEN, "data"),
        State(ids.OF_BUILD, "data"),
    )

    @app.callback(output=options, inputs={"_build": Input(ids.OF_BUILD, "data")}, prevent_initial_call=True)
    def _options(_build: Any) -> dict[str, Any]:
        return or_sentence("picker", lambda: _filled(db), lambda _said: dict.fromkeys(options, no_update), failed=FAILED)

    @app.callback(
        output=Output(PLACES, "data"),
        inputs={"typed": Input(PLACES, "searchValue"), "_chosen": Input(ids.CHOSEN, "data")},
        state={"picked": State(PLACES, "value"), "offered": State(PLACES, "data")},
    )
    def _places(typed: Any, _chosen: Any, picked: Any, offered: Any) -> Any:
        words, codes = str(typed or ""), [str(code) for code in picked or []][:MOST_PLACES]
        if answers(offered, words, codes):
            return no_update
        with db.reading():
            return or_sentence(
                "places",
                lambda: place_options(db, words, codes, offered_before(offered)),
                lambda said: answering(words, [], problem=said),
                failed=FAILED,
            )

    led_to = {
        "measure": Output(MEASURE, "value"),
        "places": Output(PLACES, "value"),
        "cohorts": Output(COHORTS, "value"),
        "proposed": Output(PROPOSED, "data"),
        "note": Output(NOTE, "children"),
        "more": Output(ELSE, "children"),
    }

    @app.callback(output=led_to, inputs={"chosen": Input(ids.CHOSEN, "data")}, state={"proposed": State(PROPOSED, "data")})
    def _lead(chosen: Any, proposed: Any) -> dict[str, Any]:
        selection = Selection.parse(chosen.get("selection") if isinstance(chosen, dict) else None)
        kept = dict.fromkeys(led_to, no_update)
        answer = or_sentence("picked", lambda: kept | led(db, selection), lambda said: kept | {"note": said}, failed=FAILED)
        if not answer["note"] and Selection.parse(proposed) == selection:
            answer["note"] = no_update  # the reader has not yet read what was left out of the address
        return answer


def _filled(db: Warehouse) -> dict[str, Any]:
    with db.pinned():
        return {
            "measures": db.remember("measure options", lambda: measure_options(db)),
            "cohorts": [_chip(name, count) for name, count in db.remember("cohort options", lambda: cohort_options(db))],
        }


def _chip(name: str, count: int) -> dmc.Chip:
    return dmc.Chip(
        [name, html.Span(f" {count}", className="picker__count")], value=name, size="xs", radius="xl", variant="outline"
    )


def led(db: Warehouse, selection: Selection) -> dict[str, Any]:
    """The choice without codes that nobody knows, with a measure where none was chosen; and what else there is."""
    with db.pinned():
        known = db.remember("measures", lambda: measures(db))
        sound, strange = _sound(db, selection, known)
        found = published(db, chosen) if (chosen := members(db, sound.places, sound.cohorts)) else {}
    shared = most_shared(known, found, db.remember("counted as", lambda: counted_as(db)))
    if not sound.indicator and shared:
        sound = choose(sound, indicator=shared[0][0].slug)
    answer: dict[str, Any] = {"note": _left_out(db, strange), "more": _more(sound, shared, known)}
    if sound != selection:
        answer |= {"measure": sound.indicator or None, "places": list(sound.places), "cohorts": list(sound.cohorts)}
        answer["proposed"] = sound.to_store()
    return answer


def _left_out(db: Warehouse, strange: Sequence[str]) -> str:
    """What of the choice is no place of the warehouse, and what is one but stands for no real place."""
    exams = {row["ref_area"]: row["label"] for row in every_place(db, illustrative=True).to_dicts()} if strange else {}
    unknown = [code for code in strange if code not in exams]
    called = {code: gazetteer(db).coded(code) for code in unknown[:MOST_NAMED]}
    names = [f"{place['name_zh']}（{code}）" if place else code for code, place in called.items()]
    named = f"“{words.listing(names)}”" if len(unknown) <= MOST_NAMED else f"{len(unknown)}项（最前的是“{names[0]}”）"
    said = [f"地址中的{named}不在库中，已略去。"] if unknown else []
    if made_up := [exams[code] for code in strange if code in exams]:
        said.append(f"{words.listing(made_up)}是考题或范本，不是真实地区，不参与比较，已略去。")
    return "".join(said)


def _sound(db: Warehouse, selection: Selection, known: dict[str, Measure]) -> tuple[Selection, list[str]]:
    places, cohorts = db.remember("known codes", lambda: known_codes(db))
    strange = [name for name in selection.places if name not in places] + [
        name for name in selection.cohorts if name not in cohorts
    ]
    if selection.indicator and selection.indicator not in known:
        strange.append(selection.indicator)
    return (
        choose(
            selection,
            places=tuple(name for name in selection.places if name in places),
            cohorts=tuple(name for name in selection.cohorts if name in cohorts),
            indicator=selection.indicator if selection.indicator in known else None,
        ),
        strange,
    )


def _more(selection: Selection, shared: Sequence[tuple[Measure, int]], known: dict[str, Measure]) -> list[Any]:
    """Other measures that the chosen places published; for a measure without places, who published it."""
    several = shared[0][1] > 1 if shared else False  # what only one of several places published is no comparison
    others = [(measure, count) for measure, count in shared if measure.slug != selection.indicator and (count > 1 or not several)]
    others = others[:MOST_ELSE]
    if others:
        links = [_measure_link(selection, measure, count) for measure, count in others]
        return [html.Span("这些地区还公布了", className="picker__label"), *links]
    if selection.indicator in known:
        count = known[selection.indicator].n
        which = (
            f"全部公布了这一项的{count}个地区"
            if count <= MOST_SHOWN
            else f"公布了这一项的{count}个地区中代码在前的{MOST_SHOWN}个"
        )
        return [html.Span(f"没有选地区，列出{which}；可在上面选地区或整组。", className="picker__label")]
    return []


def _measure_link(selection: Selection, measure: Measure, count: int) -> dcc.Link:
    query = choose(selection, indicator=measure.slug, tables=None).to_query()
    name = [measure.name_zh.partition("（")[0], html.Span(f" {count}地", className="picker__count")]
    return dcc.Link(name, href=f"/compare?{quote(query, safe='=&,%')}", className="picker__other")
