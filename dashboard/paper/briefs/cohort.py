"""批次对比简报: the places of one cohort side by side, in every measure that at least two of them published."""

from dashboard.cards.selection import Selection
from dashboard.language import words
from dashboard.paper.briefs.brief import Brief, EmptyBriefError, Item, closing, heading, paragraph
from dashboard.themes.compare.charts import COMPARE
from dashboard.themes.compare.measures import COMBINED, POPULATIONS, Measure, measures, most_shared, published
from dashboard.warehouse import Warehouse
from dashboard.warehouse.places import counted_as, members

FEWEST, MOST = 2, 8  # places that published a measure; measures, a page or so each
NO_COHORT = "没有名为“{name}”的批次或样本。现有：{known}。"
TOO_FEW = "“{name}”没有两地都公布的数，做不了对比简报；一个县的用对标简报。"
BEYOND = "两地以上公布、限于篇幅没有列入的：{named}。"
ALONE = "只有一地公布、没有列入的：{named}。"


def cohort_brief(db: Warehouse, name: str) -> Brief:
    """The brief of a cohort of core.cohort. EmptyBriefError where there is no such cohort, or nothing that two of it published."""
    with db.pinned():
        known = db.table("core.cohort").sort("position").collect()["cohort"].to_list()
        if name not in known:
            raise EmptyBriefError(NO_COHORT.format(name=name[:40], known="、".join(known)))
        shared = most_shared(_whole(db), published(db, members(db, (), (name,))), counted_as(db))
        told = [measure for measure, places in shared if places >= FEWEST]
        if not told:
            raise EmptyBriefError(TOO_FEW.format(name=name))
        alone = [measure for measure, places in shared if places < FEWEST]
        left_out = [
            paragraph(why.format(named=words.listing(measure.name_zh for measure in others)))
            for why, others in ((BEYOND, told[MOST:]), (ALONE, alone))
            if others
        ]
        items = [part for measure in told[:MOST] for part in _measured(measure, name)]
        return Brief(title=f"{name}对比简报", items=(*items, *left_out, closing()))


def _whole(db: Warehouse) -> dict[str, Measure]:
    """Measures without those that stand in another (a population in 人口) and without what only orders places (第几批)."""
    ordinal = set(db.table("core.indicator", kind="ordinal").collect()["indicator"].to_list())
    return {slug: one for slug, one in measures(db).items() if slug in COMBINED or slug not in ordinal.union(POPULATIONS)}


def _measured(measure: Measure, cohort: str) -> tuple[Item, Item]:
    selection = Selection(indicator=measure.slug, cohorts=(cohort,)).to_query()
    return heading(measure.name_zh.partition("（")[0]), Item(kind="fig", chart_id=COMPARE.id, selection=selection, say=True)
