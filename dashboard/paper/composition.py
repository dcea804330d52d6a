"""A brief as it will stand on paper: numbered figures and tables, numbered headings, texts with their references filled in.

Word, slides, PDF and the preview are all made from one `Composition`, so they cannot disagree.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace

from dashboard.cards.shown import Shown, shown
from dashboard.charts import CHARTS
from dashboard.language import words
from dashboard.language.typeset import ordinal
from dashboard.paper.blocks import Block, Body, FigureBlock, Heading, TableBlock
from dashboard.paper.briefs import CARDS, Brief, Item
from dashboard.paper.caption import INTERNAL, caption
from dashboard.paper.document import Document, document
from dashboard.paper.fitting import fits_a_page, page_plate
from dashboard.paper.paging import fill_pages
from dashboard.paper.plate import Plate
from dashboard.paper.slide_charts import native_data
from dashboard.paper.slide_room import slide_plates
from dashboard.paper.stamp import Made, stamp
from dashboard.paper.tables import folded, inexact, set_table
from dashboard.warehouse import Build, Warehouse

UNTITLED = "简报"
_REFERENCE = re.compile(r"\{([下上])([图表])\}")
_NOTHING = "\x00"  # where a reference to nothing stood; texts hold no such character (dashboard/paper/briefs/brief.py)


@dataclass(frozen=True, kw_only=True)
class Composition:
    """The whole brief, ready to be set."""

    title: str
    unit: str
    date: str  # 2025年6月30日
    blocks: tuple[Block, ...]
    build: Build
    stamp: str
    marking: str = ""  # 内部资料, when the server shows internal facts

    @property
    def figures(self) -> tuple[FigureBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, FigureBlock))

    @property
    def plates(self) -> tuple[Plate, ...]:
        """The pictures of pages, one a figure."""
        return tuple(block.plate for block in self.figures)

    @property
    def slide_plates(self) -> tuple[Plate, ...]:
        """The pictures of slides in their order: several of a figure that is parted, none of one that is a chart or a table there."""
        return tuple(plate for block in self.figures for plate in block.slide_plates)


def compose(db: Warehouse, brief: Brief, settings: Document | None = None) -> Composition:
    """The brief over the present build; a card without data becomes a paragraph that says so."""
    settings = settings or document()
    with db.pinned() as build:
        items = tuple(_settled(db, item, settings) for item in brief.items)
        numbers = _numbered(items)
        counters = [0, 0]
        blocks: list[Block] = []
        facts: list[str] = []
        for index, item in enumerate(items):
            if item.kind in CARDS:
                made, rests_on = _card(db, item, numbers[index], settings)
                blocks += made
                facts += rests_on
            elif item.kind in {"h1", "h2"}:
                blocks.append(_heading(item, counters, settings))
            elif item.text:
                blocks += [Body(text=_referred(line, index, items, settings)) for line in item.text.splitlines() if line.strip()]
            facts += item.facts
        made_of = [Made(chart_id=item.chart_id, selection=item.selection) for item in items if item.chart_id]
        title = brief.title or UNTITLED
        return Composition(
            title=title, unit=brief.unit or settings.signature.unit,
            date=words.date(brief.date or dt.date.today().isoformat()), blocks=fill_pages(db, title, blocks, settings), build=build,
            stamp=stamp(db, build, made_of, facts), marking=INTERNAL if db.internal else "",
        )  # fmt: skip


def _settled(db: Warehouse, item: Item, settings: Document) -> Item:
    """The item as it can be shown: a card without rows says so, one without a drawing, or with one that no page can hold in
    type that can be read, is a table. Only then are numbers given."""
    if item.kind not in CARDS:
        return item
    card = _shown(db, item)
    if card.empty:
        return Item(kind="p", text=card.empty)
    drawn = card.is_drawn and (item.kind == "tab" or fits_a_page(db, card, settings))
    return item if drawn else replace(item, kind="tab")


def _shown(db: Warehouse, item: Item) -> Shown:
    return shown(db, CHARTS[item.chart_id], item.chosen)


def _numbered(items: tuple[Item, ...]) -> dict[int, int]:
    """The number of every figure and table by its place among the items."""
    found, seen = {}, {"fig": 0, "tab": 0}
    for index, item in enumerate(items):
        if item.kind in seen:
            seen[item.kind] += 1
            found[index] = seen[item.kind]
    return found


def _referred(text: str, index: int, items: tuple[Item, ...], settings: Document) -> str:
    """The text with {下图} and its kin replaced by 图1; a reference to nothing is left out with its brackets."""
    numbers = _numbered(items)

    def name(match: re.Match[str]) -> str:
        kind = "fig" if match[2] == "图" else "tab"
        places = [place for place in numbers if items[place].kind == kind and (place > index) == (match[1] == "下")]
        if not places:
            return _NOTHING
        word = settings.words.figure if kind == "fig" else settings.words.table
        return f"{word}{numbers[min(places) if match[1] == '下' else max(places)]}"

    # Only brackets that are empty for want of a figure go: （） may have been written to be filled in by hand.
    return re.sub(f"（见?{_NOTHING}）|{_NOTHING}", "", _REFERENCE.sub(name, text)).strip()


def _heading(item: Item, counters: list[int], settings: Document) -> Heading:
    """The next number of its level; the lower level starts anew."""
    level = 1 if item.kind == "h1" else 2
    counters[level - 1] += 1
    if level == 1:
        counters[1] = 0
    pattern = settings.words.heading1 if level == 1 else settings.words.heading2
    return Heading(level=level, text=_number(pattern, counters[level - 1]) + item.text)


def _number(pattern: str, number: int) -> str:
    """The pattern of the settings (一、 or （一） or 1. or （1）) with the number in it."""
    if "一" in pattern:
        return pattern.replace("一", ordinal(number))
    return pattern.replace("1", str(number))


def _card(db: Warehouse, item: Item, number: int, settings: Document) -> tuple[list[Block], list[str]]:
    """The blocks of a figure or table and the facts they rest on."""
    card = _shown(db, item)
    words_around, finding = caption(db, card), card.finding.plain()
    blocks: list[Block] = []
    is_figure = item.kind == "fig"
    if item.say:
        word = settings.words.figure if is_figure else settings.words.table
        blocks.append(Body(text=f"{finding.removesuffix('。')}（见{word}{number}）。"))
    table = folded(set_table(card.chart, card.rows, inexact(db, card.rows)))
    if is_figure:
        native = native_data(card.chart, card.rows)
        blocks.append(
            FigureBlock(
                number=number, card=card, caption=words_around, finding=finding, table=table, native=native,
                plate=page_plate(db, card, settings), slide_plates=() if native else slide_plates(db, card, words_around, settings),
            )
        )  # fmt: skip
    else:
        blocks.append(TableBlock(number=number, caption=words_around, table=table, finding=finding))
    return blocks, [*card.fact_ids, *card.finding.fact_ids()]
