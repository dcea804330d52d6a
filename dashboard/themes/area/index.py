"""地区档案: every place by cohort and by province; of very many one province at a time. Found by name, pinyin, initials or code, as in
the one search."""

from typing import Any
from urllib.parse import quote

import dash_mantine_components as dmc
import polars as pl
from dash import ClientsideFunction, Dash, Input, Output, html

from dashboard.cards import ids
from dashboard.cards.asked_options import MOST_OFFERED
from dashboard.cards.guard import or_sentence
from dashboard.cards.markup import markup, wire_written, written
from dashboard.cards.place_link import inside, listed_place, place_link
from dashboard.cards.selection import Selection
from dashboard.cards.skeleton import lines
from dashboard.language.words import digits
from dashboard.themes.compare.place_options import cohort_options
from dashboard.warehouse import Warehouse
from dashboard.warehouse.gazetteer import gazetteer
from dashboard.warehouse.places import every_place

NAME, LIST = "areas", "list"  # of the written part
SEARCH, FOUND, FILLED = "area-search", "area-found", "area-index"
NATION, MATERIAL = "全国与区域合计", "未具名地区、考题和范本"
MOST_LISTED = 1_500  # places with figures that are listed on one page; of more one province
MOST_OF_COHORT = 60  # places of a cohort, where it is one of many
MOST_FOUND = 400  # places of a province that is found by its name
TOWNS = ("township", "unit")
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
    """Fill the list: all places, or those that the word in the field finds; the word is kept in the address."""
    wire_written(app, NAME, FILLED)
    app.clientside_callback(ClientsideFunction("places", "keep"), Output(FILLED, "data-word"), Input(SEARCH, "value"))
    answer = {"parts": Output(ids.part_id(NAME, "written"), "data"), "found": Output(FOUND, "children")}

    @app.callback(output=answer, inputs={"chosen": Input(ids.CHOSEN, "data"), "typed": Input(SEARCH, "value")})
    def _fill(chosen: Any, typed: Any) -> dict[str, Any]:
        selection = Selection.parse(chosen.get("selection") if isinstance(chosen, dict) else None)
        with db.reading():
            return or_sentence(
                "area index",
                lambda: answered(db, str(typed or ""), selection.province),
                lambda said: {"parts": {LIST: markup(html.P(said, className="card__problem"))}, "found": ""},
                failed=FAILED,
            )


def answered(db: Warehouse, typed: str, province: str = "") -> dict[str, Any]:
    """`parts`: the list as text. `found`: how many places the words find, and which one Enter opens."""
    word = typed.strip()
    if not word:
        return {"parts": {LIST: db.remember(("area index", province), lambda: markup(_made(db, province)))}, "found": ""}
    rows, more = _found(db, word)
    listed = [listed_place(row, best=not at) for at, row in enumerate(rows)]
    parts = html.Div(html.Ul(listed, className="places"), className="card area__group", **{"data-words": typed})
    if not rows:
        said = f"有公开数字的地区里没有；按回车在全国行政区划里找“{word}”。"
        return {"parts": {LIST: markup(html.Div(**{"data-words": typed}))}, "found": said}
    count = f"找到{len(rows)}个以上地区，只列最合适的{len(rows)}个" if more else f"找到{len(rows)}个地区"
    return {"parts": {LIST: markup(parts)}, "found": f"{count}，按回车打开{rows[0]['label']}。"}


def _found(db: Warehouse, word: str) -> tuple[list[dict[str, Any]], bool]:
    """Places that are kept and that the word finds, the best first; all of a province that it names. Whether there are more."""
    rows = gazetteer(db).offered(word, MOST_OFFERED + 1, lambda row: row["kept"])
    named = rows[0] if rows and rows[0]["level"] == "province" else None
    if named:
        within = every_place(db, province=named["name_zh"], illustrative=False, anonymous=False).sort(
            -pl.col("facts"), "ref_area"
        )
        rows = list({row["ref_area"]: row for row in (*rows[:MOST_OFFERED], *within.head(MOST_FOUND).to_dicts())}.values())
        return rows, within.height > MOST_FOUND
    return rows[:MOST_OFFERED], len(rows) > MOST_OFFERED


def _made(db: Warehouse, province: str) -> list[Any]:
    listed = _places_by_group(db)
    many = listed.height > MOST_LISTED
    units = {row["name_zh"]: row for row in every_place(db, level="province").to_dicts()}
    groups = [name for name in listed["group"].unique(maintain_order=True).to_list() if name != MATERIAL]
    chosen = next((name for name in groups if name in units and units[name]["ref_area"] == province), "") if many else ""
    if chosen:
        return _one_province(db, units[chosen])
    groups += [MATERIAL] if MATERIAL in set(listed["group"]) else []  # last
    whole = listed.filter(~pl.col("group").is_in(list(units) if many else []))
    rows = every_place(db, ref_area=whole["ref_area"].to_list()).join(whole.select("ref_area", "group"), on="ref_area")
    counted = (
        listed.group_by("group")
        .agg(pl.len().alias("places"), pl.col("facts").sum())
        .rows_by_key("group", named=True, unique=True)
    )
    shown = [
        _line(units[name], counted[name])
        if many and name in units
        else _province(name, units.get(name), rows.filter(group=name).to_dicts())
        for name in groups
    ]
    by_place = [html.H2("按地区", className="area__group-title"), html.Div(shown, className="area__groups")]
    names = [name for name, _count in cohort_options(db)]
    grouped = every_place(db, cohort=names)
    cohorts = [_cohort(name, grouped.filter(cohort=name), many=many) for name in names]
    by_cohort = [html.H2("按批次和样本", className="area__group-title"), html.Div(cohorts, className="area__groups")]
    return [*by_place, *by_cohort] if many else [*by_cohort, *by_place]


def _places_by_group(db: Warehouse) -> pl.DataFrame:
    """ref_area, facts and `group` (the province, or what else holds it) of every place that is listed, the nation first, then by code."""
    counts = db.table("mart.fact_count_by_area").group_by("ref_area").agg(pl.col("facts").sum().cast(pl.Int64))
    areas = db.table("core.ref_area").select("ref_area", "province", "cohort", "anonymous", "illustrative")
    odd = pl.when(pl.col("anonymous") | pl.col("illustrative")).then(pl.lit(MATERIAL))
    found = areas.join(counts, on="ref_area", how="left").with_columns(pl.col("facts").fill_null(0))
    listed = found.filter((pl.col("facts") > 0) | pl.col("cohort").is_not_null())
    named = listed.select("ref_area", "facts", odd.otherwise(pl.col("province").fill_null(NATION)).alias("group")).collect()
    return named.sort(pl.col("ref_area") != "CN", "ref_area")


def _line(unit: dict[str, Any], counted: dict[str, Any]) -> html.Section:
    """A province of very many places: how many, and where they are listed."""
    # A page of the same path is loaded anew: nothing exchanges it.
    go = html.A("列出 →", href=f"/area?{Selection(province=unit['ref_area']).to_query()}", className="area__go")
    count = html.Span(f" {digits(counted['places'])}个地区，{digits(counted['facts'])}条数", className="place__count")
    return html.Section(html.H3([place_link(unit["name_zh"], unit["ref_area"]), count, go]), className="card area__group")


def _one_province(db: Warehouse, unit: dict[str, Any]) -> list[Any]:
    """The places of one province; its townships are counted at their counties, in whose profiles they are listed."""
    rows = every_place(db, province=unit["name_zh"], anonymous=False, illustrative=False)
    known = (pl.col("facts") > 0) | pl.col("cohort").is_not_null()
    towns = rows.filter(known & pl.col("level").is_in(TOWNS) & pl.col("parent").is_in(rows["ref_area"].to_list()))
    counted = dict(towns.group_by("parent").len().iter_rows())
    others = rows.filter(
        (known | pl.col("ref_area").is_in(list(counted))) & ~pl.col("ref_area").is_in(towns["ref_area"].to_list())
    )
    others = others.filter(pl.col("ref_area") != unit["ref_area"]).with_columns(pl.col("prefecture").fill_null(unit["name_zh"]))
    shown = []
    for prefecture in others["prefecture"].unique(maintain_order=True).to_list():
        members = others.filter(prefecture=prefecture).to_dicts()
        listed = [listed_place(row, below=counted.get(row["ref_area"], 0)) for row in members]
        shown.append(html.Section([html.H3(prefecture), html.Ul(listed, className="places")], className="card area__group"))
    back = html.A("← 全部省份", href="/area", className="area__go")
    title = html.H2([place_link(unit["name_zh"], unit["ref_area"]), back], className="area__group-title")
    return [title, html.Div(shown, className="area__groups")]


def _cohort(name: str, rows: pl.DataFrame, *, many: bool) -> html.Section:
    go = inside("整组对比 →", f"/compare?{Selection(cohorts=(name,)).to_query()}", "area__go")
    make = {"data-own": "brief-of", "data-brief": f"/download/brief/cohort/{quote(name)}.json"}
    brief = html.Button("做成简报", type="button", className="area__go area__make", **make)
    heading = html.H3([name, go, brief] if rows.height > 1 else [name, go])
    shown = rows.head(MOST_OF_COHORT) if many else rows
    left = rows.height - shown.height
    rest = html.P(f"另有{digits(left)}个，见整组对比。", className="card__note") if left else None
    return html.Section([heading, _listed(shown.to_dicts()), rest], className="card area__group")


def _province(name: str, own: dict[str, Any] | None, rows: list[dict[str, Any]]) -> html.Section:
    title: list[Any] = [place_link(name, own["ref_area"])] if own else [name]
    if own:
        title.append(html.Span(f" {own['facts']}", className="place__count"))
    others = [row for row in rows if own is None or row["ref_area"] != own["ref_area"]]
    return html.Section([html.H3(title), _listed(others)], className="card area__group")


def _listed(rows: list[dict[str, Any]]) -> html.Ul | None:
    return html.Ul([listed_place(row) for row in rows], className="places") if rows else None
