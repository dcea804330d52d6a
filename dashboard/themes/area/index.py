"""地区档案: every place by cohort and by province, searchable by name, pinyin, initials or code."""

from typing import Any
from urllib.parse import quote

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, html

from dashboard.cards import ids
from dashboard.cards.guard import or_sentence
from dashboard.cards.markup import markup, wire_written, written
from dashboard.cards.place_link import inside, listed_place, place_link
from dashboard.cards.selection import Selection
from dashboard.cards.skeleton import lines
from dashboard.language.words import digits
from dashboard.themes.compare.place_options import cohort_options
from dashboard.warehouse import Warehouse
from dashboard.warehouse.places import every_place
from vocabulary.alphabet import spelling

NAME, LIST = "areas", "list"  # of the written part
SEARCH, FOUND, FILLED = "area-search", "area-found", "area-index"
NATION, MATERIAL = "全国与区域合计", "未具名地区、考题和范本"
MOST_LISTED = 4_000  # places; a province has a hundred and some counties, and with its townships two thousand
FAILED = "地区名单暂时读不出来，请稍后刷新。"


def index(selection: Selection) -> list[Any]:
    """Search field and list; the list comes with the callback."""
    return [
        dmc.TextInput(
            id=SEARCH, label="找地区", placeholder="输入地名、拼音、首字母或代码，如 河曲、hequ、hq、140930", value=selection.search,
            className="area__search",
        ),
        html.P(id=FOUND, className="area__found", role="status"),
        html.Div(html.Div(lines(8), id=ids.part_id(NAME, LIST), className="area__index"), id=FILLED),
        written(NAME),
    ]  # fmt: skip


def wire_index(app: Dash, db: Warehouse) -> None:
    """Fill the list; search in the browser, the word kept in the address."""
    wire_written(app, NAME, FILLED)
    app.clientside_callback(
        ClientsideFunction("places", "search"), Output(FOUND, "children"), Input(SEARCH, "value"), Input(FILLED, "data-filled")
    )

    @app.callback(Output(ids.part_id(NAME, "written"), "data"), Input(ids.CHOSEN, "data"))
    def _fill(_chosen: Any) -> dict[str, str]:
        with db.reading():
            return or_sentence(
                "area index",
                lambda: db.remember("area index", lambda: {LIST: markup(_made(db))}),
                lambda said: {LIST: markup(html.P(said, className="card__problem"))},
                failed=FAILED,
            )


def _made(db: Warehouse) -> list[Any]:
    rows, left = _listed(every_place(db).to_dicts())
    for row in rows:
        above = (row["province"], row["prefecture"], row["county"], row["cohort"])
        row["about"] = " ".join(dict.fromkeys(filter(None, above)))
    cohorts = [_cohort(name, [row for row in rows if row["cohort"] == name]) for name, _count in cohort_options(db)]
    provinces: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        odd = row["anonymous"] or row["illustrative"]
        provinces.setdefault(MATERIAL if odd else row["province"] or NATION, []).append(row)
    provinces[MATERIAL] = provinces.pop(MATERIAL, [])  # last
    return [
        html.H2("按批次和样本", className="area__group-title"),
        html.Div(cohorts, className="area__groups"),
        html.H2("按地区", className="area__group-title"),
        html.P(left, className="card__finding") if left else None,
        html.Div([_province(name, members) for name, members in provinces.items() if members], className="area__groups"),
    ]


def _listed(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], str]:
    """What is listed, and where the rest is found: of a whole country's townships none that no sample has."""
    if len(rows) <= MOST_LISTED:
        return rows, ""
    listed = [row for row in rows if row["cohort"] or row["level"] not in {"township", "unit"}]
    return listed, f"另有{digits(len(rows) - len(listed))}个乡镇（街道）和单位不逐一列出：在所属县的档案里，或用页面上方的搜索。"


def _cohort(name: str, rows: list[dict[str, Any]]) -> html.Section:
    go = inside("整组对比 →", f"/compare?{Selection(cohorts=(name,)).to_query()}", "area__go")
    make = {"data-own": "brief-of", "data-brief": f"/download/brief/cohort/{quote(name)}.json"}
    brief = html.Button("做成简报", type="button", className="area__go area__make", **make)
    return _group(html.H3([name, go, brief] if len(rows) > 1 else [name, go]), rows)


def _province(name: str, rows: list[dict[str, Any]]) -> html.Section:
    own = next((row for row in rows if row["level"] == "province"), None)
    others = [row for row in rows if row is not own]
    title: list[Any] = [place_link(name, own["ref_area"])] if own else [name]
    if own:
        title.append(html.Span(f" {own['facts']}", className="place__count"))
    return _group(html.H3(title), others, name=name, typed=f"{spelling(own['name_zh'])} {own['ref_area']}".lower() if own else "")


def _group(heading: html.H3, rows: list[dict[str, Any]], name: str = "", typed: str = "") -> html.Section:
    """Places with facts; those that are only somebody's parent appear when they are searched for. A group with a name is found by it."""
    listed = [listed_place(row, hidden=not row["facts"] and not row["cohort"]) for row in rows]
    return html.Section(
        [heading, html.Ul(listed, className="places")], className="card area__group", **{"data-name": name, "data-typed": typed}
    )
