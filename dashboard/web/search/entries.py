"""What can be found by its name: pages, cards, indicators, terms, sources. Read once a build; places have a matcher of their own."""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from dashboard.cards.page import Page
from dashboard.cards.selection import Selection
from dashboard.charts import THEMES
from dashboard.themes.compare.measures import measures
from dashboard.warehouse import Warehouse, catalog
from dashboard.warehouse.tables import sorted_by_name
from vocabulary.alphabet import spelling
from vocabulary.gazetteer import plain

PAGE, CARD, INDICATOR, TERM, SOURCE = "页面", "图表", "指标", "术语", "来源"
_SPELLED = frozenset({PAGE, INDICATOR, TERM})  # short enough to be typed in Latin letters


class Entry(NamedTuple):
    """One thing with a name. `kept_as` is the name as it is compared, `typed` how it is typed in Latin letters."""

    kind: str
    title: str
    about: str
    href: str
    kept_as: str
    typed: tuple[str, ...] = ()


def entries(db: Warehouse, pages: Sequence[Page]) -> list[Entry]:
    """All entries, kind by kind."""
    paths = {page.path.strip("/").replace("-", "_") or "overview": page for page in pages}
    found = [_entry(PAGE, page.nav, page.title, page.path, page.short) for page in pages]
    for theme, charts in THEMES.items():
        # Cards that stand without a choice, where they are at home and not on the first page.
        if (page := paths.get(theme)) and page.early and page.path != "/":
            found += [_entry(CARD, chart.question, page.nav, f"{page.path}#card-{chart.id}") for chart in charts]
    for measure in db.remember("measures", lambda: measures(db)).values():
        told = f"{measure.theme}，{measure.n}个地区公布" if measure.n > 1 else f"{measure.theme}，1个地区公布"
        query = Selection(indicator=measure.slug).to_query()
        found.append(_entry(INDICATOR, measure.name_zh, told, f"/compare?{query}"))
    explained = f"/data?{Selection(tables=('terms',)).to_query()}"
    for row in catalog.terms(db).iter_rows(named=True):
        found.append(_entry(TERM, row["term"], row["definition_zh"], explained, " ".join(catalog.aliases_of(row))))
    cited = db.table("mart.citation").filter(pl.col("facts") > 0)
    sources = sorted_by_name(db.table("core.source").join(cited, on="source_id", how="semi").collect(), "title", "source_id")
    for row in sources.select("title", "publisher", pl.col("published").cast(pl.String)).iter_rows(named=True):
        told = "，".join(filter(None, (row["publisher"], row["published"])))
        found.append(_entry(SOURCE, row["title"], told, f"/data?{Selection(search=row['title'][:40]).to_query()}"))
    return found


def _entry(kind: str, title: str, about: str, href: str, other: str = "") -> Entry:
    """`other`: another name that may be typed."""
    typed = tuple(spelling(title).split(" ") + (spelling(other).split(" ") if other else [])) if kind in _SPELLED else ()
    compared = {PAGE: f"{title} {about}", SOURCE: f"{title} {about}", TERM: f"{title} {other}"}.get(kind, title)
    return Entry(kind, title, about, href, plain(compared), typed)
