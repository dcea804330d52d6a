"""A chart's rows as a workbook: 数据 as numbers, then 来源, 口径与定义 and the facts as they were stated. Stamped.

Texts are written as texts: what begins with = or @ is never a formula, what looks like an address is never a link.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.cards.shown import NothingToExportError, Shown
from dashboard.language.sentence import receipts
from dashboard.paper.caption import Caption, caption
from dashboard.paper.document import Document, document
from dashboard.paper.sheet_text import OPTIONS, cell_text
from dashboard.paper.stamp import made_of, properties, stamp
from dashboard.paper.tables import SetTable, inexact, rough, set_table
from dashboard.warehouse import Warehouse
from dashboard.warehouse.codes import codes
from dashboard.warehouse.tables import sorted_by_name
from vocabulary.characters import fit

DATA, SOURCES, DEFINITIONS, FACTS = "数据", "来源", "口径与定义", "事实"
_NARROWEST, _WIDEST = 8, 60
_FACT_COLUMNS = {
    "fact_id": "事实编号", "area_name": "地区", "indicator_zh": "指标", "as_stated": "原文", "obs_value": "数值", "value_low": "下限",
    "value_high": "上限", "unit_measure": "单位", "phase": "阶段", "time_period": "时点", "scope": "口径", "source_title": "来源",
    "locator": "出处位置", "grade": "等级",
}  # fmt: skip


@dataclass(frozen=True)
class _Book:
    """The workbook being written and its three looks."""

    book: Workbook
    head: Any
    title: Any
    wrapped: Any


def chart_xlsx(db: Warehouse, card: Shown, settings: Document | None = None) -> bytes:
    """The workbook. NothingToExportError when the card has no rows."""
    settings = settings or document()
    with db.pinned() as build:
        if card.empty:
            raise NothingToExportError(card.empty)
        chart, rows, words = card.chart, card.rows, caption(db, card)
        stamped = stamp(db, build, [made_of(card)], card.fact_ids)
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, OPTIONS) as book:
            made = _looks(book)
            _data_sheet(made, rows, (words, set_table(chart, rows, inexact(db, rows))), settings)
            _sheet(made, SOURCES, _sources(words))
            stated = _facts(db, card.fact_ids)
            _sheet(made, DEFINITIONS, _definitions(db, stated))
            _sheet(made, FACTS, _in_words(stated, codes(db)["phase"]))
            book.set_properties({"title": fit(words.title), "subject": chart.question, "comments": f"数据版本 {build.build_id}"})
            for name, text in properties(stamped, build.build_id).items():
                book.set_custom_property(name, text, "text")
    return target.getvalue()


def _looks(book: Workbook) -> _Book:
    return _Book(
        book,
        head=book.add_format({"bold": True, "bottom": 1, "top": 2, "text_wrap": True, "valign": "vcenter"}),
        title=book.add_format({"bold": True, "font_size": 14}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
    )


def _data_sheet(made: _Book, rows: pl.DataFrame, shown: tuple[Caption, SetTable], settings: Document) -> None:
    """Title, unit, table, notes, sources: the order of a printed table."""
    words, table = shown
    sheet = made.book.add_worksheet(DATA)
    said = rough(table)
    last = len(table.columns) + 1 + any(said)
    sheet.write_string(0, 0, cell_text(words.title), made.title)
    if table.unit:
        right = made.book.add_format({"align": "right"})
        sheet.write_string(1, last - 2, f"{settings.words.unit}{table.unit}", right)
    values = {column.header: list(column.values) for column in table.columns}
    if any(said):
        values["约数"] = said
    values["资料来源"] = [_cited(words, listed) for listed in rows["source_ids"].to_list()]
    values["事实编号"] = ["；".join(receipts(listed)) or "—" for listed in rows["fact_ids"].to_list()]
    shares = {column.header: "0.0" for column in table.columns if column.header.endswith("（%）") or table.unit == "%"}
    _write_table(made, sheet, _frame(values), first_row=2, formats=shares)
    below = rows.height + 4
    for line in filter(None, (words.note_line(settings), words.source_line(settings, addresses=True))):
        sheet.merge_range(below, 0, below, last, "", made.wrapped)
        sheet.write_string(below, 0, cell_text(line), made.wrapped)
        sheet.set_row(below, 15 * (1 + len(line) // 60))
        below += 1
    sheet.freeze_panes(3, 1)


def _frame(values: dict[str, list[Any]]) -> pl.DataFrame:
    """A frame whose missing numbers read 未公布 where the sheet would show nothing."""
    series = []
    for name, listed in values.items():
        numbers = any(isinstance(value, int | float) and not isinstance(value, bool) for value in listed)
        series.append(pl.Series(name, listed, dtype=pl.Float64 if numbers else pl.String, strict=False))
    return pl.DataFrame(series)


def _sheet(made: _Book, name: str, frame: pl.DataFrame) -> None:
    sheet = made.book.add_worksheet(name)
    _write_table(made, sheet, frame, first_row=0, missing="不限")  # an interval may be open
    sheet.freeze_panes(1, 1)


def _write_table(
    made: _Book,
    sheet: Worksheet,
    frame: pl.DataFrame,
    *,
    first_row: int,
    formats: dict[str, str] | None = None,
    missing: str = "未公布",
) -> None:
    """The frame through polars; a cell without a number says so (`missing`), one without words has a dash."""
    texts = [pl.Series(name, [cell_text(text) for text in frame[name].fill_null("—")], dtype=pl.String)
             for name in frame.select(pl.col(pl.String)).columns]  # fmt: skip
    frame = frame.with_columns(texts)
    frame.write_excel(
        workbook=made.book, worksheet=sheet, position=(first_row, 0), include_header=True, autofit=False,
        header_format={"bold": True, "bottom": 1, "top": 2, "text_wrap": True, "valign": "vcenter"},
        dtype_formats={pl.Float64: "General", pl.Int64: "General"}, table_style="Table Style Light 1", autofilter=False,
        column_formats={name: look for name, look in (formats or {}).items() if frame[name].dtype == pl.Float64},
    )  # fmt: skip
    for index, column in enumerate(frame.columns):
        longest = max((_width(str(value)) for value in (column, *frame[column].to_list()) if value is not None), default=0)
        sheet.set_column(index, index, min(max(longest + 2, _NARROWEST), _WIDEST))
        for row, value in enumerate(frame[column].to_list(), start=first_row + 1):
            if value is None and frame[column].dtype == pl.Float64:
                sheet.write_string(row, index, missing)


def _width(text: str) -> int:
    """Characters that a text takes in a column: a Chinese one takes two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _cited(words: Caption, listed: str | None) -> str:
    full = {source.source_id: source.full for source in words.sources}
    return "；".join(full.get(name, name) for name in receipts(listed)) or "—"


def _sources(words: Caption) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "来源编号": [source.source_id for source in words.sources],
            "引用格式": [source.full for source in words.sources],
            "等级": [f"{source.grade} {source.grade_zh}" for source in words.sources],
            "转引": ["是" if source.reprint else "否" for source in words.sources],
            "网址": [source.url or "—" for source in words.sources],
        },
        schema=dict.fromkeys(("来源编号", "引用格式", "等级", "转引", "网址"), pl.String),
    )


def _facts(db: Warehouse, facts: Sequence[str]) -> pl.DataFrame:
    return db.table("mart.fact", fact_id=facts).sort("fact_id").collect()


def _in_words(stated: pl.DataFrame, phases: Mapping[str, str]) -> pl.DataFrame:
    named = stated.select([pl.col(name).alias(header) for name, header in _FACT_COLUMNS.items()])
    return named.with_columns(pl.col("阶段").replace(phases), pl.col("时点").replace({"_U": "时点未注明"}))


def _definitions(db: Warehouse, stated: pl.DataFrame) -> pl.DataFrame:
    """Scopes and indicators that the facts use, each with its definition."""
    scopes = sorted_by_name(db.table("core.scope", scope=stated["scope"].unique().to_list()).collect(), "scope")
    used = stated["indicator"].unique().to_list()
    indicators = sorted_by_name(db.table("core.indicator", indicator=used).collect(), "name_zh")
    listed = [("口径", row["scope"], row["definition_zh"], "") for row in scopes.iter_rows(named=True)]
    listed += [("指标", row["name_zh"], row["definition_zh"], row["caveat_zh"]) for row in indicators.iter_rows(named=True)]
    columns = ("类别", "名称", "定义", "提示")
    rows = [[text or "—" for text in line] for line in listed]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
