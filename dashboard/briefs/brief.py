"""What a brief is: a title, who wrote it and when, and headings, paragraphs, figures and tables in order. Pure data.

It travels as JSON (the basket of the browser, a link, a file); what comes in is in the reader's hands and is parsed, never
trusted. In texts, {下图} {下表} {上图} {上表} stand for the number of the next or previous figure or table.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from dashboard.charts import CHARTS
from dashboard.findings.sentence import NOTHING_PUBLISHED, Finding
from dashboard.selection import FACT, Selection
from dashboard.warehouse import Warehouse

Kind = Literal["h1", "h2", "p", "fig", "tab"]
CARDS = frozenset({"fig", "tab"})
MOST_ITEMS, MOST_TEXT, MOST_LINE = 80, 4000, 120
_DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})日?")  # 2025-06-30, 2025.6.30, 2025年6月30日
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")  # not allowed in XML


class BriefError(ValueError):
    """What came in is not a brief; the message is Chinese."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One part. Cards have `chart_id` and `selection` (a query string); `say` puts the card's sentence before it.

    `facts` are the receipts of a text that was written from facts.
    """

    kind: Kind
    text: str = ""
    chart_id: str = ""
    selection: str = ""
    say: bool = False
    facts: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The short form that travels; defaults are left out."""
        content: dict[str, Any] = {"t": self.kind}
        stated = {"text": self.text, "chart": self.chart_id, "q": self.selection, "say": self.say, "facts": ",".join(self.facts)}
        return content | {name: value for name, value in stated.items() if value}


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A brief. `date` is YYYY-MM-DD or blank; `unit` is who issues it (发文单位)."""

    title: str
    items: tuple[Item, ...]
    unit: str = ""
    date: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "v": 1,
            "title": self.title,
            "unit": self.unit,
            "date": self.date,
            "items": [item.to_json() for item in self.items],
        }


@dataclass(frozen=True, kw_only=True)
class Template:
    """A registered brief; `write` makes its items from the facts of the warehouse."""

    name: str
    title: str
    lead: str
    write: Callable[[Warehouse], tuple[Item, ...]]

    def brief(self, db: Warehouse) -> Brief:
        """The brief as of the present build."""
        with db.pinned():
            return Brief(title=self.title, items=self.write(db))


def parse_brief(stated: Any) -> Brief:
    """A brief from JSON. BriefError for anything that is not one; unknown charts are refused by name."""
    if not isinstance(stated, Mapping) or not isinstance(stated.get("items"), list):
        raise BriefError("这不是一份简报。")
    if len(stated["items"]) > MOST_ITEMS:
        raise BriefError(f"简报最多 {MOST_ITEMS} 件，现有 {len(stated['items'])} 件。")
    return Brief(
        title=_text(stated.get("title"), MOST_LINE),
        unit=_text(stated.get("unit"), MOST_LINE),
        date=_date(_text(stated.get("date"), 20)),
        items=tuple(_item(item) for item in stated["items"]),
    )


def heading(text: str) -> Item:
    """A heading of the first level."""
    return Item(kind="h1", text=text)


def told(db: Warehouse, chart_id: str, *, mention: str = "") -> Item:
    """A paragraph: what a chart's rows say, with a mention such as （见{下图}） before the full stop."""
    finding = _finding(db, chart_id)
    text = finding.plain()
    if mention:
        text = f"{text.removesuffix('。')}（见{mention}）。"
    return Item(kind="p", text=text, facts=finding.fact_ids())


def paragraph(text: str) -> Item:
    """A paragraph without numbers of its own."""
    return Item(kind="p", text=text)


def closing() -> Item:
    """The last paragraph: where the numbers come from. It also keeps 落款 in the company of text."""
    return paragraph("以上数字的出处见各图表下的资料来源；推算的数都已注明，未公布的不按零计。")


def figure(chart_id: str) -> Item:
    """A chart as a picture."""
    return Item(kind="fig", chart_id=chart_id)


def table(chart_id: str) -> Item:
    """A chart's rows as a table."""
    return Item(kind="tab", chart_id=chart_id)


def _finding(db: Warehouse, chart_id: str) -> Finding:
    rows = CHARTS[chart_id].rows(db, Selection())
    return CHARTS[chart_id].finding(rows) if rows.height else NOTHING_PUBLISHED


def _item(stated: Any) -> Item:
    if not isinstance(stated, Mapping) or stated.get("t") not in get_args(Kind):
        raise BriefError("简报中有一件内容无法识别。")
    chart_id = _text(stated.get("chart"), 80)
    if stated["t"] in CARDS and chart_id not in CHARTS:
        raise BriefError(f"没有“{chart_id}”这张图表，可能是更早版本的链接。")
    selection, ignored = Selection.from_query(_text(stated.get("q"), 600))
    if ignored:  # its default would be figures of another place
        raise BriefError(f"简报中一张图表的选择条件看不懂（{'、'.join(ignored)}）：请从原来的页面重新放入。")
    return Item(
        kind=stated["t"], text=_text(stated.get("text"), MOST_TEXT), chart_id=chart_id, selection=selection.to_query(),
        say=stated.get("say") is True, facts=tuple(FACT.findall(_text(stated.get("facts"), MOST_TEXT))),
    )  # fmt: skip


def _date(stated: str) -> str:
    """YYYY-MM-DD of a date as people write it; blank when it is none."""
    match = _DATE.fullmatch(stated)
    if match is None:
        return ""
    try:
        return dt.date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""


def _text(stated: Any, longest: int) -> str:
    return _CONTROL.sub("", stated)[:longest].strip() if isinstance(stated, str) else ""
