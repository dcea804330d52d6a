"""What a brief is: a title, who wrote it and when, and headings, paragraphs, figures and tables in order. Pure data.

It travels as JSON (the basket of the browser, a link, a file); what comes in is in the reader's hands and is parsed, never
trusted. In texts, {下图} {下表} {上图} {上表} stand for the number of the next or previous figure or table.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dashboard.cards.selection import FACT, Selection, choose
from dashboard.cards.shown import shown
from dashboard.charts import CHARTS
from dashboard.warehouse import Warehouse
from vocabulary.characters import without_unfit

Kind = Literal["h1", "h2", "p", "fig", "tab"]
CARDS = frozenset({"fig", "tab"})
KINDS: dict[Kind, str] = {"h1": "一级标题", "h2": "二级标题", "p": "段落", "fig": "图", "tab": "表"}
# Parts; characters of a paragraph; of a title, a unit and a heading. Whatever is longer is refused in words, never cut.
# assets/basket.js says the same while people type.
MOST_ITEMS, MOST_TEXT, MOST_LINE = 80, 20_000, 200
_MOST_QUERY = 8_000  # sixty places take 1,500, twelve cohorts with Chinese names, percent-encoded, 4,400
_DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})日?")  # 2025-06-30, 2025.6.30, 2025年6月30日
_NEW_LINE = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")  # as other programs write the end of a line


class BriefError(ValueError):
    """What came in is not a brief; the message is Chinese.

    `part` says what of it is wrong: title, unit, date, items, or the number of an item from 1; blank when it is the whole.
    """

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.part = part


class EmptyBriefError(ValueError):
    """There is nothing to write a brief about; the message is Chinese."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One part. Cards have `chart_id` and `selection` (a query string); `say` puts the card's sentence before it.

    `facts` are the receipts of a text that was written from facts. `own`: the reader's own numbers (cards/own.py).
    """

    kind: Kind
    text: str = ""
    chart_id: str = ""
    selection: str = ""
    say: bool = False
    facts: tuple[str, ...] = ()
    own: str = field(default="", repr=False)

    @property
    def chosen(self) -> Selection:
        """What the card is asked for."""
        return choose(Selection.from_query(self.selection)[0], own=self.own)

    def to_json(self) -> dict[str, Any]:
        """The short form that travels; defaults are left out."""
        content: dict[str, Any] = {"t": self.kind}
        stated = {
            "text": self.text,
            "chart": self.chart_id,
            "q": self.selection,
            "say": self.say,
            "facts": ",".join(self.facts),
            "own": self.own,
        }
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
    """A brief from JSON. BriefError, which names the part, for anything that is not one: unknown charts, impossible dates, what
    is too long. Nothing is left out or cut."""
    if not isinstance(stated, Mapping) or not isinstance(stated.get("items"), list):
        raise BriefError("这不是一份简报。")
    if len(stated["items"]) > MOST_ITEMS:
        raise BriefError(f"简报最多 {MOST_ITEMS} 件，现有 {len(stated['items'])} 件，请删减或分成几份草稿。", "items")
    return Brief(
        title=_text(stated.get("title"), MOST_LINE, ("标题", "title")),
        unit=_text(stated.get("unit"), MOST_LINE, ("单位", "unit")),
        date=_date(_text(stated.get("date"), MOST_LINE, ("日期", "date"))),
        items=tuple(_item(item, number) for number, item in enumerate(stated["items"], start=1)),
    )


def heading(text: str) -> Item:
    """A heading of the first level."""
    return Item(kind="h1", text=text)


def told(db: Warehouse, chart_id: str, *, mention: str = "") -> Item:
    """A paragraph: what a chart's rows say, with a mention such as （见{下图}） before the full stop."""
    finding = shown(db, CHARTS[chart_id], Selection()).finding
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


def _item(stated: Any, number: int) -> Item:
    """One part; `number` is its place from 1, by which messages name it."""
    part = str(number)
    if not isinstance(stated, Mapping) or stated.get("t") not in KINDS:
        raise BriefError(f"简报的第{number}件无法识别，请删去。", part)
    kind: Kind = stated["t"]
    name = f"第{number}件（{KINDS[kind]}）"
    chart_id = _text(stated.get("chart"), MOST_LINE, (f"{name}的图表名", part))
    if kind in CARDS and chart_id not in CHARTS:
        raise BriefError(f"{name}：没有“{chart_id[:60]}”这张图表，可能是更早版本的链接；请删去，需要时重新放入。", part)
    selection, ignored = Selection.from_query(_text(stated.get("q"), _MOST_QUERY, (f"{name}的筛选条件", part)))
    if ignored:  # the card would show other rows than those that were chosen
        raise BriefError(f"{name}的筛选条件“{'、'.join(ignored)}”无法识别；请删去，再从原来的页面重新放入。", part)
    own = stated.get("own") or ""
    if own and not Selection.parse({"own": own}).own:
        raise BriefError(f"{name}所附的本人填写的数无法识别；请删去，再从“我县”页重新放入。", part)
    return Item(
        kind=kind, text=_text(stated.get("text"), MOST_TEXT if kind == "p" else MOST_LINE, (name, part)), chart_id=chart_id,
        selection=selection.to_query(), say=stated.get("say") is True,
        facts=tuple(FACT.findall(_text(stated.get("facts"), MOST_TEXT, (f"{name}的出处编号", part)))),
        own=Selection.parse({"own": own}).own,
    )  # fmt: skip


def _date(stated: str) -> str:
    """YYYY-MM-DD of a date as people write it; blank stays blank. BriefError for what is no date."""
    if not stated:
        return ""
    match = _DATE.fullmatch(stated)
    if match is None:
        raise BriefError(f"日期“{stated[:20]}”看不懂，请写成 2025-06-30 这样，或者留空（用当天日期）。", "date")
    try:
        return dt.date(*map(int, match.groups())).isoformat()
    except ValueError as error:
        raise BriefError(f"日期“{stated[:20]}”不存在，请改正，或者留空（用当天日期）。", "date") from error


def _text(stated: Any, most: int, place: tuple[str, str]) -> str:
    """The text without characters that no file can hold. `place`: its name in messages and its part. BriefError if it is too long."""
    if stated is None:
        return ""
    name, part = place
    if not isinstance(stated, str):
        raise BriefError(f"{name}应当是文字。", part)
    text = without_unfit(_NEW_LINE.sub("\n", stated)).strip()
    if len(text) > most:
        raise BriefError(f"{name}有 {len(text)} 字，上限 {most} 字，请删减{'或分成几段' if most == MOST_TEXT else ''}。", part)
    return text
