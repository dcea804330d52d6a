"""The head of a place's page: where it lies, what it is, its leading figures; and the page for a place that nobody knows."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from dash import html

from dashboard.cards.place_link import MATERIAL, UNNAMED, inside, place_link
from dashboard.cards.selection import Selection
from dashboard.cards.sentence import sentence
from dashboard.themes.area import rows as queries
from dashboard.themes.area.sentences import band, population, tiles
from dashboard.warehouse import Warehouse
from dashboard.warehouse.codes import Codes
from dashboard.warehouse.gazetteer import gazetteer

THEME_PAGES = (  # where the figures of a theme are explained
    ("财政供养", "/ratio", "财政供养比"),
    ("农技推广", "/extension", "农技推广"),
    ("赋权", "/towns", "经济发达镇"),
    ("人口小县", "/small-counties", "人口小县"),
)
_WITH_COUNTIES = frozenset({"province", "prefecture", "county"})


def area_head(place: dict[str, Any], facts: Any, names: Codes) -> list[Any]:
    """Chain of parents, name, badges, a sentence, ways on."""
    sources = facts["source_id"].n_unique() if facts.height else 0
    said = (
        f"本库收录{facts.height}条事实，来自{sources}个来源。"
        if facts.height
        else "未公布：本库没有见到这一级自己的数字，只列出它的下级与同组地区。"
    )
    note = f"{place['note']}。".replace("。。", "。") if place.get("note") else ""
    return [
        html.Nav(_chain(place), className="area__chain", **{"aria-label": "上级地区"}),
        html.H1(place["name_zh"], className="page__title"),
        html.P(_badges(place, facts, names), className="area__badges"),
        html.P([said, note], className="page__lead"),
        html.P(_ways_on(place, facts), className="area__ways"),
    ]


def _chain(place: dict[str, Any]) -> list[Any]:
    parts: list[Any] = [inside("全部地区", "/area", "place-link")]
    for parent in place["chain"]:
        parts += [
            html.Span("›", className="area__arrow", **{"aria-hidden": "true"}),
            place_link(parent["name_zh"], parent["ref_area"]),
        ]
    return parts


def _badges(place: dict[str, Any], facts: Any, names: Codes) -> list[Any]:
    size = band(population(facts)) if place["level"] == "county" and facts.height else ""
    level = names["level"].get(place["level"], place["level"])
    named = ["" if level == place["name_zh"] else level, place["cohort"], f"人口{size}" if size else "", place["adcode"]]
    marks = [text for text, on in ((f"{UNNAMED}：原文没有写地名，不对应公开地名", place["anonymous"] and not place["illustrative"]),
                                   (f"{MATERIAL}：不进入任何汇总和比较", place["illustrative"])) if on]  # fmt: skip
    badges = [html.Span(text, className="badge") for text in named if text]
    return [*badges, *(html.Span(text, className="badge badge--warn") for text in marks)]


def _ways_on(place: dict[str, Any], facts: Any) -> list[Any]:
    """To its comparison, its rows of the fact grid, and the pages that explain its themes."""
    if place["illustrative"]:
        return [inside("在数据表中查看", f"/data?{Selection(search=place['name_zh']).to_query()}", "")]
    chosen = Selection(cohorts=(place["cohort"],)) if place["cohort"] else Selection(places=(place["ref_area"],))
    said = f"与{place['cohort']}对比" if place["cohort"] else "放进对比分析"
    links: list[Any] = [inside(f"{said} →", f"/compare?{chosen.to_query()}", "")]
    if place["level"] == "county" and facts.height and not place["anonymous"]:
        make = {"data-own": "brief-of", "data-brief": f"/download/brief/area/{place['ref_area']}.json"}
        links.append(html.Button("做成对标简报", type="button", className="mine__button", **make))
    if facts.height:
        links.append(inside("在数据表中查看 →", f"/data?{Selection(search=place['name_zh']).to_query()}", ""))
        themes = set(facts["theme"].to_list())
        links += [inside(f"{name} →", path, "") for theme, path, name in THEME_PAGES if theme in themes]
        if place["level"] == "township" and "编制" in themes:
            links.append(inside("乡镇样本 →", "/township", ""))
    if place["adcode"] and place["level"] in _WITH_COUNTIES:
        href = f"/download/template.xlsx?within={place['adcode']}"
        links.append(html.A("下载填报模板", href=href, download=f"填报模板{place['adcode']}.xlsx"))
    return links


def area_tiles(db: Warehouse, place: dict[str, Any], facts: Any) -> list[Any]:
    """The leading figures, each with receipts."""
    ref_area = place["ref_area"]
    found = tiles(facts, queries.changes_of(db, ref_area), queries.staffing_of(db, ref_area), queries.ratios_of(db, ref_area))
    return [
        html.Section(
            [html.P(tile.name, className="area__tile-name"), html.P(sentence(tile.figure), className="tile__figure"),
             html.P(tile.detail, className="tile__sentence")],
            className="tile",
        )
        for tile in found
    ]  # fmt: skip


UNCOVERED = "未收录"


def uncovered_place(db: Warehouse, row: dict[str, Any]) -> list[Any]:
    """A division of the country of which no figure is kept: where it lies, what it was called, and whose figures stand nearest."""
    name = row["name_zh"]
    said = f"本库还没有{name}自己的公开数字，它不进任何计数。"
    if row["former"]:
        said = f"{name}：{row['former']}{'，由' + row['now'] + '接续' if row['now'] else '，没有单一的接续单位'}。"
    chain = _chain({"chain": queries.chain(gazetteer(db).coded, row["parent"])})
    earlier = queries.earlier_names(db, row["code"])
    where, beside = queries.covered_beside(db, row)
    parts = [
        html.Nav(chain, className="area__chain", **{"aria-label": "上级地区"}),
        html.H1(name, className="page__title"),
        html.P([html.Span(text, className="badge") for text in (row["kind"], row["code"], UNCOVERED) if text], className="area__badges"),
        html.P([said, f"曾用名或并入的单位：{'、'.join(earlier)}。" if earlier else ""], className="page__lead"),
    ]  # fmt: skip
    if row["level"] == "county" and not row["former"]:
        own = quote(json.dumps([{"place": row["code"]}]))  # as assets/own.js writes it: it goes to no server
        parts.append(html.P(html.A("填几个数，看它站在哪里 →", href=f"/mine#own={own}", className="area__ways")))
    if beside:
        parts += [html.P(f"{where}里有公开数字的县（市、区）：", className="area__near"), _choices(beside)]
    return [*parts, html.P(inside("看全部地区", "/area", ""), className="page__back")]


UNLISTED = "没有收录这个地区"


def unknown_place(asked: str, near: Sequence[dict[str, Any]]) -> list[Any]:
    """What an address of a place that is not kept shows: that, the nearest names, and nothing of any place."""
    parts: list[Any] = [
        html.H1(UNLISTED, className="page__title"),
        html.P(
            ["本库没有编号或名称为“", html.Code(asked[:40]), "”的地区：可能是名称写错，或这一地区没有可引用的公开数字。"],
            className="page__lead",
        ),
    ]
    if near:
        parts += [html.P("名称相近的地区：", className="area__near"), _choices(near)]
    return [*parts, html.P(inside("看全部地区", "/area", ""), className="page__back")]


def several_places(asked: str, just: Sequence[dict[str, Any]]) -> list[Any]:
    """What an address shows whose name several places have: each with what it lies in."""
    return [
        html.H1(f"有{len(just)}个地区叫“{asked[:40]}”", className="page__title"),
        html.P("名称相同，请按所在地选一个。", className="page__lead"),
        _choices(just),
        html.P(inside("看全部地区", "/area", ""), className="page__back"),
    ]


def _choices(rows: Sequence[dict[str, Any]]) -> html.Ul:
    """Places as links by name, each with the places that it lies in."""
    return html.Ul(
        [html.Li([place_link(row["name_zh"], row["ref_area"]), _lies_in(row)], className="place") for row in rows],
        className="places",
    )


def _lies_in(row: dict[str, Any]) -> html.Span | None:
    small = row["level"] in {"township", "unit"}
    above = dict.fromkeys(
        filter(None, (row["province"], row["prefecture"], row["county"] or (row["parent_name"] if small else "")))
    )
    said = "".join(name for name in above if name != row["name_zh"])
    return html.Span(f"（{said}）", className="place__count") if said else None
