"""What a card shows, computed once: rows, sentence, notes and sources of one chart under one selection of one build.

`shown` keeps it with the build; page, first HTML, pictures, Word, slides, workbooks, CSV, interface, wall and briefs all read it, so
nothing can say another thing than the card, and nothing asks the warehouse again. What follows from the rows alone (sentence, notes,
drawing) is made when it is first read.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import polars as pl

from dashboard.cards.chart import Chart, Figure, Headline
from dashboard.cards.own import OWN, OWN_CITATION
from dashboard.cards.selection import Selection, choose
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.language.remarks import without_pointers
from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, receipts
from dashboard.language.typeset import years
from dashboard.warehouse import Warehouse
from dashboard.warehouse.cache import Lru
from dashboard.warehouse.catalog import Citation, citations

NO_DRAWING = "这张卡片只有表格，没有图。"
_PERIODS = ("time_before", "time_after", "time_period", "date")
Made = TypeVar("Made")
_KEPT_FIGURES = 12  # sizes of one drawing: a page of a brief tries several


class NothingToExportError(LookupError):
    """The card has no rows under this selection, or no drawing. The message is Chinese."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Shown:
    """A chart under a selection. `empty` is the 未公布 sentence where there are no rows, else blank. Nothing of it may be changed."""

    chart: Chart
    selection: Selection
    rows: pl.DataFrame
    citations: tuple[Citation, ...]  # every source of the rows, in their order
    empty: str = ""
    _figures: Lru[Figure] = field(default_factory=lambda: Lru(_KEPT_FIGURES), repr=False)

    @cached_property
    def finding(self) -> Finding:
        """The sentence; 未公布 without rows."""
        return self.chart.finding(self.rows) if self.rows.height else NOTHING_PUBLISHED

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """The notes as the card has them; none without rows."""
        return tuple(self.chart.note(self.rows)) if self.rows.height else ()

    @cached_property
    def notes_elsewhere(self) -> tuple[str, ...]:
        """The notes for a place that has no other cards: without pointers to them."""
        return tuple(map(without_pointers, self.notes))

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods that its rows are of, as the warehouse writes them."""
        found = (period for name in _PERIODS if name in self.rows.columns for period in self.rows[name].to_list())
        return tuple(dict.fromkeys(filter(None, found)))

    @cached_property
    def fact_ids(self) -> tuple[str, ...]:
        """All facts that the rows rest on."""
        return fact_ids(self.rows)

    @property
    def is_drawn(self) -> bool:
        """Whether there is a drawing: the chart has one, and rows for it."""
        return self.chart.draw is not None and not self.rows.is_empty()

    def figure(self, canvas: Canvas = FLUID) -> Figure:
        """The drawing for a canvas. NothingToExportError where there is none."""
        if self.chart.draw is None or self.rows.is_empty():
            raise NothingToExportError(self.empty or NO_DRAWING)
        figure = self._figures.get(canvas)
        if figure is None:
            figure = self.chart.draw(self.rows, canvas)
            self._figures.put(canvas, figure)
        return figure


@dataclass(frozen=True, kw_only=True)
class ShownHeadline:
    """A headline of one build. Without rows figure and finding say 未公布, and the others nothing.

    `when`: the years of the facts that the figure rests on (2020—2022年); `sources`: how many sources state them.
    """

    headline: Headline
    is_empty: bool
    figure: Finding
    finding: Finding
    subject: str = ""
    when: str = ""
    sources: int = 0


def shown(db: Warehouse, chart: Chart, selection: Selection) -> Shown:
    """What the card of `chart` shows under `selection` in the present build."""
    content = read_by(chart, choose(selection, tables=None))  # which tables are open changes nothing of what is shown
    return remembered(db, content, ("shown", chart, content), lambda: shown_rows(db, chart, content, chart.rows(db, content)))


def read_by(chart: Chart, selection: Selection) -> Selection:
    """`selection` without a province that the chart does not read: what it shows is then made once for all of them."""
    return selection if chart.province in {"read", "picked"} else choose(selection, province=None)


def remembered(db: Warehouse, selection: Selection, key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` gives, kept with the build unless it shows a reader's own numbers."""
    with db.pinned():
        return make() if selection.own else db.remember(key, make)


def shown_rows(db: Warehouse, chart: Chart, selection: Selection, rows: pl.DataFrame) -> Shown:
    """The same of some of the chart's rows."""
    cited = dict.fromkeys(source for listed in _column(rows, "source_ids") for source in receipts(listed))
    own = [OWN_CITATION] if OWN in cited else []
    empty = _without_rows(db, chart, selection) if rows.is_empty() else ""
    return Shown(chart=chart, selection=selection, rows=rows, citations=(*citations(db, list(cited)), *own), empty=empty)


def _without_rows(db: Warehouse, chart: Chart, selection: Selection) -> str:
    return (chart.absent(db, selection) if chart.absent else "") or chart.empty


def shown_headline(db: Warehouse, headline: Headline) -> ShownHeadline:
    """What a headline says in the present build."""

    def make() -> ShownHeadline:
        rows = headline.rows(db)
        if rows.is_empty():
            return ShownHeadline(headline=headline, is_empty=True, figure=NOTHING_PUBLISHED, finding=NOTHING_PUBLISHED)
        figure = headline.figure(rows)
        facts = db.table("mart.fact", fact_id=list(figure.fact_ids())).select("time_period", "source_id").collect()
        return ShownHeadline(
            headline=headline, is_empty=False, figure=figure, finding=headline.finding(rows), subject=headline.subject(rows),
            when=years(facts["time_period"].to_list()), sources=facts["source_id"].n_unique(),
        )  # fmt: skip

    return db.remember(("shown headline", headline), make)


def fact_ids(rows: pl.DataFrame) -> tuple[str, ...]:
    """All facts that rows rest on, from every column that lists some."""
    columns = [name for name in rows.columns if name.endswith("fact_ids") or name.startswith("fact_ids")]
    return tuple(dict.fromkeys(fact for name in columns for listed in rows[name].to_list() for fact in receipts(listed)))


def _column(rows: pl.DataFrame, name: str) -> list[str | None]:
    return rows[name].to_list() if name in rows.columns else []
