"""图题, 单位, 注 and 资料来源 of a card: the words that must not be lost when it leaves the dashboard.

One `Caption` feeds pictures, Word, slides, spreadsheets and the clipboard, so they all say the same.
"""

import re
from dataclasses import dataclass
from functools import partial

import polars as pl

from dashboard.cards.chart import Column
from dashboard.cards.shown import Shown
from dashboard.language.typeset import years
from dashboard.language.words import date, listing
from dashboard.paper.document import Document
from dashboard.paper.titles import titled
from dashboard.warehouse import Warehouse
from dashboard.warehouse.catalog import Citation

INTERNAL = "内部资料"
MEASURED = frozenset({"count", "number", "percent"})
_DATE = re.compile(r"(?<![\d-])(?:19|20)\d\d-(?:0\d|1[0-2])(?:-\d\d)?(?![\d-])")
_BARE_YEAR = re.compile(r"，((?:19|20)\d\d)(?=，|$)")
_MOST_NAMED = 3
_UNIT = re.compile(r"（([^（）]+)）$")


@dataclass(frozen=True, kw_only=True)
class Caption:
    """The words around one figure or table. `notes` are whole sentences; `unit` may be blank."""

    title: str
    unit: str
    notes: tuple[str, ...]
    sources: tuple[Citation, ...]
    computed: bool
    marking: str = ""  # 内部资料, when the server shows internal facts

    def unit_line(self, settings: Document) -> str:
        return f"{settings.words.unit}{self.unit}" if self.unit else ""

    def note_line(self, settings: Document) -> str:
        """注：… all notes in one paragraph, or blank."""
        marked = (f"{self.marking}，不得外传。",) if self.marking else ()
        return settings.words.note + "".join((*marked, *self.notes)) if marked or self.notes else ""

    def source_lead(self, settings: Document) -> str:
        """What stands before the sources: 资料来源："""
        return settings.words.source + (settings.words.computed if self.computed else "")

    def source_line(self, settings: Document, *, addresses: bool | None = None) -> str:
        """资料来源：… every source, never 等; blank when the card rests on none."""
        full = settings.sources.addresses if addresses is None else addresses
        listed = [cited(source, address=full) for source in self.sources]
        return f"{self.source_lead(settings)}{'；'.join(listed)}。" if listed else ""

    def plain(self, settings: Document) -> str:
        """What 复制图题与来源 puts on the clipboard, addresses included."""
        lines = (self.title, self.unit_line(settings), self.note_line(settings), self.source_line(settings, addresses=True))
        return "\n".join(filter(None, lines))


def caption(db: Warehouse, card: Shown) -> Caption:
    """The caption of what a card shows (not of an empty one)."""
    entry = titled(card.chart)
    own = "、".join(units(card.chart.columns) or _measures(card.rows))
    return Caption(
        title=_title(entry.title or "", card),
        unit=own if entry.unit is None else entry.unit,
        notes=card.notes_elsewhere,
        marking=INTERNAL if db.internal else "",
        sources=card.citations,
        computed=bool(entry.computed and card.citations),
    )


def cited(source: Citation, *, address: bool) -> str:
    """A source as running text cites it: dates in words, which no line break can cut at a hyphen; no full stop."""
    text = _DATE.sub(lambda match: date(match.group()), source.text.rstrip("。"))
    text = _BARE_YEAR.sub(partial(_year, text), text)
    return f"{text}，{source.url}" if address and source.url else text


def _year(text: str, match: re.Match[str]) -> str:
    """，2022 as ，2022年; nothing where the citation has just named that year (2013年第21期，2013)."""
    said = text[: match.start()].rpartition("，")[2]
    return "" if f"{match[1]}年" in said else f"，{match[1]}年"


def unit_of(column: Column) -> str:
    """The unit in a column's header: 编制（名） → 名; blank for words and where there is none."""
    found = _UNIT.search(column.header) if column.kind in MEASURED else None
    return found.group(1) if found else ""


def units(columns: tuple[Column, ...]) -> list[str]:
    """Units of the columns that measure, each once, in order; % only when there is no other."""
    found = list(dict.fromkeys(filter(None, map(unit_of, columns))))
    return [unit for unit in found if unit != "%"] or found


def _measures(rows: pl.DataFrame) -> list[str]:
    """Units that rows bring along themselves, for charts of any indicator; that of a ratio as people write it."""
    if "authorised" in rows.columns:
        return ["名", "人"]
    found = rows["unit_measure"].drop_nulls().to_list() if "unit_measure" in rows.columns else []
    return ["N:1" if unit == ":1" else unit for unit in dict.fromkeys(found)]


def _title(stated: str, card: Shown) -> str:
    filled = {
        "when": years(card.periods),
        "area": _listed(card.rows, "area_name"),
        "province": _one_of(card.rows, "area_name", "各省"),
        "indicator": _listed(card.rows, "indicator_zh"),
    }
    for name, words in filled.items():
        stated = stated.replace(f"{{{name}}}", words)
    return stated.replace("（）", "")


def _one_of(rows: pl.DataFrame, column: str, several: str) -> str:
    """The one name in a column, or what stands for several."""
    names = rows[column].drop_nulls().unique().to_list() if column in rows.columns else []
    return names[0] if len(names) == 1 else several


def _listed(rows: pl.DataFrame, column: str) -> str:
    """The names in a column, or how many there are when naming them all would bury the title."""
    names = list(dict.fromkeys(rows[column].drop_nulls().to_list())) if column in rows.columns else []
    return listing(names) if len(names) <= _MOST_NAMED else f"{names[0]}等{len(names)}个地区"
