"""What is missing of a place, and the places around it: below it, and of the same cohort."""

from typing import Any

from dash import html

from dashboard.cards.place_link import inside, listed_place
from dashboard.cards.selection import Selection
from dashboard.language import words
from dashboard.themes.area import rows as queries
from dashboard.themes.area.sentences import gaps
from dashboard.warehouse import Warehouse

MOST_BELOW = 60


def gaps_card(db: Warehouse, place: dict[str, Any], facts: Any) -> Any:
    """The core things that were not published; nothing for places that are only somebody's parent."""
    if facts.is_empty() or place["illustrative"]:
        return None
    missing = queries.missing_of(place["level"], facts)
    half = queries.half_known(db, place["ref_area"]) if place["level"] in queries.CORE else facts.clear()
    found = gaps(place, missing, half)
    if not found:
        return None
    plain = [gap.name for gap in found if not gap.says]
    listed = [part for gap in found if gap.says for part in (html.Dt(gap.name), html.Dd(gap.says))]
    nothing = (
        html.P(["没有找到可引用的公开数字：", html.B(words.listing(plain)), "。"], className="area__nothing") if plain else None
    )
    return html.Section(
        [
            html.H2("还缺什么（未公布）", className="card__question"),
            html.P("空缺不等于零，不按平均数补，也不参加排名。", className="card__finding"),
            nothing,
            html.Dl(listed, className="area__gaps") if listed else None,
        ],
        className="card area__gaps-card",
    )  # fmt: skip


def kin_card(db: Warehouse, place: dict[str, Any]) -> Any:
    """Children with data and the cohort, as links with the number of facts of each."""
    below = queries.children_of(db, place["ref_area"]).to_dicts()
    peers = queries.peers_of(db, place["ref_area"], place["cohort"]).to_dicts()
    if not below and not peers:
        return None
    parts: list[Any] = [html.H2("下级与同组地区", className="card__question")]
    if below:
        parts += [html.H3(f"下级有数据的地区（{len(below)}个）", className="area__theme"), _places(below[:MOST_BELOW])]
        if len(below) > MOST_BELOW:
            parts.append(
                html.P(["只列前", str(MOST_BELOW), "个，全部见", inside("地区档案", "/area", ""), "。"], className="card__note")
            )
    if peers:
        compare = inside("整组对比 →", f"/compare?{Selection(cohorts=(place['cohort'],)).to_query()}", "area__go")
        parts += [html.H3([f"{place['cohort']}的其他地区（{len(peers)}个）", compare], className="area__theme"), _places(peers)]
    return html.Section(parts, className="card")


def _places(rows: list[dict[str, Any]]) -> html.Ul:
    return html.Ul([listed_place(row) for row in rows], className="places")
