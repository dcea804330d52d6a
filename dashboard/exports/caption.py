"""图题, 单位, 注 and 资料来源 of a card: the words that must not be lost when it leaves the dashboard.

One `Caption` feeds pictures, Word, slides, spreadsheets and the clipboard, so they all say the same.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from dashboard.catalog import Citation, citations
from dashboard.charts import Chart
from dashboard.charts.chart import Column, ids_of
from dashboard.exports.document import Document
from dashboard.selection import Selection
from dashboard.typeset import years
from dashboard.warehouse import Warehouse

TITLES = Path(__file__).with_name("titles.toml")
MEASURED = frozenset({"count", "number", "percent"})
_PERIODS = ("time_before", "time_after", "time_period", "date")
_POINTER = re.compile(r" → [^。]*")  # to another card of the page: means nothing elsewhere
_UNIT = re.compile(r"（([^（）]+)）$")


@dataclass(frozen=True, kw_only=True)
class Caption:
    """The words around one figure or table. `notes` are whole sentences; `unit` may be blank."""

    title: str
    unit: str
    notes: tuple[str, ...]
    sources: tuple[Citation, ...]
    computed: bool

    def unit_line(self, settings: Document) -> str:
        return f"{settings.words.unit}{self.unit}" if self.unit else ""

    def note_line(self, settings: Document) -> str:
        """注：… all notes in one paragraph, or blank."""
        return settings.words.note + "".join(self.notes) if self.notes else ""

    def source_line(self, settings: Document, *, addresses: bool | None = None) -> str:
        """资料来源：… every source, never 等; blank when the card rests on none."""
        full = settings.sources.addresses if addresses is None else addresses
        listed = [(source.full if full else source.text).rstrip("。") for source in self.sources]
        lead = settings.words.source + (settings.words.computed if self.computed else "")
        return f"{lead}{'；'.join(listed)}。" if listed else ""

    def plain(self, settings: Document) -> str:
        """What 复制图题与来源 puts on the clipboard, addresses included."""
        lines = (self.title, self.unit_line(settings), self.note_line(settings), self.source_line(settings, addresses=True))
        return "\n".join(filter(None, lines))


def caption(db: Warehouse, chart: Chart, rows: pl.DataFrame, selection: Selection | None = None) -> Caption:
    """The caption of a chart over its rows (not empty)."""
    named = _entry(chart.id)
    cited = list(dict.fromkeys(source for listed in rows["source_ids"].to_list() for source in ids_of(listed)))
    return Caption(
        title=_title(chart, named, rows),
        unit=named.get("unit", "、".join(units(chart.columns))),
        notes=tuple(_POINTER.sub("", note) for note in chart.note(rows)),
        sources=tuple(citations(db, cited)),
        computed=bool(named.get("computed")) and bool(cited),
    )


def has_title(chart_id: str) -> bool:
    """Whether titles.toml names the chart (else its question, without the question mark, stands in)."""
    return bool(_entry(chart_id))


def unit_of(column: Column) -> str:
    """The unit in a column's header: 编制（名） → 名; blank for words and where there is none."""
    found = _UNIT.search(column.header) if column.kind in MEASURED else None
    return found.group(1) if found else ""


def units(columns: tuple[Column, ...]) -> list[str]:
    """Units of the columns that measure, each once, in order; % only when there is no other."""
    found = list(dict.fromkeys(filter(None, map(unit_of, columns))))
    return [unit for unit in found if unit != "%"] or found


def fact_ids(rows: pl.DataFrame) -> list[str]:
    """All facts that rows rest on, from every column that lists some."""
    columns = [name for name in rows.columns if name.endswith("fact_ids") or name.startswith("fact_ids")]
    return list(dict.fromkeys(fact for name in columns for listed in rows[name].to_list() for fact in ids_of(listed)))


def _title(chart: Chart, named: dict[str, Any], rows: pl.DataFrame) -> str:
    periods = [period for name in _PERIODS if name in rows.columns for period in rows[name].to_list()]
    indicator = rows["indicator_zh"][0] if "indicator_zh" in rows.columns else ""
    stated = named.get("title") or "{when}" + chart.question.rstrip("？?。")
    return stated.replace("{when}", years(periods)).replace("{indicator}", str(indicator or "")).replace("（）", "")


def _entry(chart_id: str) -> dict[str, Any]:
    titles = _titles()
    entry = titles.get(chart_id, {})
    return titles.get(entry["same_as"], {}) if "same_as" in entry else entry


@cache
def _titles() -> dict[str, dict[str, Any]]:
    return tomllib.loads(TITLES.read_text(encoding="utf-8"))
