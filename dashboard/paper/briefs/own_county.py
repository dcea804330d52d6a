"""我县对标简报: where one county stands, first a page for whoever leads it, then tables with sources.

Of the reader's own numbers (the page 我县), or of what is published of a county.
"""

from dashboard.cards.own import OWN_CITATION
from dashboard.cards.selection import Selection
from dashboard.cards.shown import Shown, shown
from dashboard.charts import CHARTS
from dashboard.language.sentence import Finding
from dashboard.paper.briefs.brief import Brief, EmptyBriefError, Item, Kind, closing, heading, paragraph
from dashboard.themes.mine.standing import of_published, standings
from dashboard.themes.mine.typed.reading import COUNTY, read_sets
from dashboard.warehouse import Warehouse
from dashboard.warehouse.gazetteer import gazetteer

NOTHING_SAID = "还没有填可以比较的数：先填您的县和人口、财政供养人员或党政机构个数。"
NO_COUNTY = "“{place}”不是收录的县级地方，做不了对标简报；请给县级的代码或全称。"
NO_FACTS = "{name}没有可以对标的公布数；请到“我县”页填自己的数。"
TYPED = "来源写“本人填写，未经核对”的，是填表人自己的数，不是公布数。"
_TABLES = ("mine-bodies", "mine-ratio", "mine-thresholds", "mine-posts", "mine-peers", "mine-cuts", "mine-fields")


def own_brief(db: Warehouse, selection: Selection) -> Brief:
    """The brief of the reader's sets. EmptyBriefError where they say nothing."""
    with db.pinned():
        told = standings(db, selection)
        if not told:
            raise EmptyBriefError(NOTHING_SAID)
        names = list(dict.fromkeys(one.title for one in read_sets(db, selection.own) if not one.is_empty))
        cards = {name: shown(db, CHARTS[name], selection) for name in ("mine-bands", *_TABLES)}
        return Brief(title=f"{'、'.join(names)}对标简报", items=(*_for_the_leader(told, cards), *_annex(cards), closing()))


def county_brief(db: Warehouse, place: str) -> Brief:
    """The brief of a county by code or name, from what is published. EmptyBriefError where there is none of it."""
    with db.pinned():
        found = [row for row in gazetteer(db).named(place) if row["level"] == COUNTY]
        if len(found) != 1:
            raise EmptyBriefError(NO_COUNTY.format(place=place[:40]))
        selection = of_published(db, found[0]["ref_area"])
        if not any(one.given for one in read_sets(db, selection.own)):
            raise EmptyBriefError(NO_FACTS.format(name=found[0]["name_zh"]))
        return own_brief(db, selection)


def _for_the_leader(told: list[Finding], cards: dict[str, Shown]) -> list[Item]:
    """One page of text: the answer, the country, what the pilots' cuts would be, what is missing."""
    items = [
        heading("站在哪里"),
        *(_said(finding) for finding in told),
        heading("规模和参照"),
        _said(cards["mine-bands"].finding),
    ]
    items += [_said(cards[name].finding) for name in ("mine-peers", "mine-cuts") if _own(cards[name])]
    return [*items, heading("还缺什么"), _said(cards["mine-fields"].finding)]


def _annex(cards: dict[str, Shown]) -> list[Item]:
    typed = [paragraph(TYPED)] if any(OWN_CITATION in card.citations for card in cards.values()) else []
    figures = [_card("fig", cards["mine-bodies"])] if _own(cards["mine-bodies"]) else []
    return [heading("附图和附表"), *typed, *figures, *(_card("tab", cards[name]) for name in _TABLES if _own(cards[name]))]


def _own(card: Shown) -> bool:
    return bool(card.rows.height and card.rows["own"].any())


def _said(finding: Finding) -> Item:
    return Item(kind="p", text=finding.plain(), facts=finding.fact_ids())


def _card(kind: Kind, card: Shown) -> Item:
    return Item(kind=kind, chart_id=card.chart.id, own=card.selection.own)
