"""A query's result as a workbook: the rows with numbers, dates and times as such, then the SQL, the build and every source."""

import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.paper.caption import INTERNAL
from dashboard.paper.extent import Extent
from dashboard.paper.sheet_text import MOST_COLUMNS, OPTIONS, Texts
from dashboard.tools.sql.axes import scopes_said
from dashboard.tools.sql.lineage import witnesses
from dashboard.tools.sql.provenance import UNNAMED, names_sources, sources_of
from dashboard.tools.sql.result_files import Asked, text_of, unique_names
from dashboard.warehouse import Warehouse
from dashboard.warehouse.catalog import Citation

ROWS, ABOUT = "结果", "说明与来源"
MOST_CELLS = 500_000  # of a workbook: one takes about a hundredth of a millisecond of the server
TOO_WIDE = "结果有 {columns} 列，Excel 最多 {most} 列。请少取几列，或下载 CSV、Parquet。"
_WIDEST, _PIECE = 48, 30_000
_CELLS_NAMED = 200  # of those whose text did not fit
_FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel's days are one off
_FORMATS = {"DATE": "yyyy-mm-dd", "TIMESTAMP": "yyyy-mm-dd hh:mm:ss.000", "TIME": "hh:mm:ss.000", "INTERVAL": "[h]:mm:ss"}
_INTERVAL = re.compile(r"(?:(\d+) days?)?\s*(?:(\d+):(\d\d):(\d\d)(?:\.(\d+))?)?")


class TooWideError(ValueError):
    """More columns than a workbook holds. The message is Chinese."""


@dataclass(frozen=True, kw_only=True)
class _Looks:
    head: Format
    wrapped: Format
    noted: Format
    warned: Format
    times: dict[str, Format]


def result_xlsx(db: Warehouse, asked: Asked) -> tuple[bytes, Extent]:
    """The workbook, and how much of the result it holds. TooWideError when it has more columns than a sheet."""
    result = asked.result
    if len(result.columns) > MOST_COLUMNS:
        raise TooWideError(TOO_WIDE.format(columns=len(result.columns), most=MOST_COLUMNS))
    shown = min(len(result.rows), MOST_CELLS // max(len(result.columns), 1))
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        looks, texts = _looks(book), Texts(book)
        sheet = book.add_worksheet(ROWS)
        warnings = scopes_said(db, result, witnesses(asked.sql, db.columns()))
        for line, warning in enumerate(warnings):  # above the rows: nobody scrolls to the end before copying a number
            texts.write(sheet, (line, 0), f"注意口径：{warning}", looks.warned)
        _write_rows(sheet, asked, (looks, texts), top=len(warnings), shown=shown)
        held = Extent(shown=shown, total=None if result.truncated else len(result.rows), cells=len(texts.cut))
        if held.truncated:
            texts.write(sheet, (len(warnings) + shown + 2, 0), held.last_line, looks.noted)
        about = book.add_worksheet(ABOUT)
        _write_about(about, asked, (held, sources_of(db, result)), (looks, texts))
        for one in (sheet, about) if asked.internal else ():
            one.set_header(f"&C{INTERNAL}")
        book.set_properties(
            {"title": "查询结果", "comments": f"数据版本 {result.build_id}{'，' + held.words if held.truncated else ''}",
             "keywords": INTERNAL if asked.internal else ""}
        )  # fmt: skip
    return target.getvalue(), held


def _looks(book: Workbook) -> _Looks:
    return _Looks(
        head=book.add_format({"bold": True, "bottom": 1, "top": 2, "text_wrap": True, "valign": "vcenter"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        noted=book.add_format({"bold": True}),
        warned=book.add_format({"bold": True, "bg_color": "#FFF2CC"}),
        times={kind: book.add_format({"num_format": pattern}) for kind, pattern in _FORMATS.items()},
    )


def _write_rows(sheet: Worksheet, asked: Asked, with_: tuple[_Looks, Texts], *, top: int, shown: int) -> None:
    """The header on line `top` and the first `shown` rows below it."""
    looks, texts = with_
    columns, rows = asked.result.columns, asked.result.rows[:shown]
    for place, name in enumerate(unique_names([column.name for column in columns])):
        texts.write(sheet, (top, place), name, looks.head)
        kind = re.sub(r"TIMESTAMP_\w+", "TIMESTAMP", columns[place].type).replace("TIME_NS", "TIME")
        for line, row in enumerate(rows, top + 1):
            _write(sheet, (line, place), _cell(row[place], kind), (looks.times.get(kind), texts))
        longest = max(
            (_width(text_of(value)) for value in (name, *(row[place] for row in rows[:200])) if value is not None), default=8
        )
        sheet.set_column(place, place, min(max(longest + 2, 8), _WIDEST))
    sheet.freeze_panes(top + 1, 0)
    if columns and rows:
        sheet.autofilter(top, 0, top + len(rows), len(columns) - 1)


def _write(sheet: Worksheet, at: tuple[int, int], value: Any, with_: tuple[Format | None, Texts]) -> None:
    time_look, texts = with_
    if isinstance(value, str):
        texts.write(sheet, at, value)
    elif isinstance(value, dt.date | dt.time | dt.timedelta):
        sheet.write_datetime(*at, value, time_look)
    elif isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif value is not None:
        sheet.write_number(*at, value)


def _cell(value: Any, kind: str) -> Any:
    """What a cell can hold without loss: numbers of up to 15 digits, dates from 1900 on, times to the millisecond; the rest as text."""
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    if not isinstance(value, str):
        return text_of(value)
    try:
        return _moment(value, kind)
    except (ValueError, OverflowError):
        return value


def _moment(text: str, kind: str) -> Any:
    """A date, time or duration, where Excel has it whole; ValueError or the text where it has not."""
    if kind == "DATE":
        day = dt.date.fromisoformat(text)
        return day if day >= _FIRST_DAY else text
    if kind == "TIMESTAMP":
        moment = dt.datetime.fromisoformat(text)
        return moment if moment.date() >= _FIRST_DAY and _to_the_millisecond(text) else text
    if kind == "TIME":
        return dt.time.fromisoformat(text) if _to_the_millisecond(text) else text
    if kind == "INTERVAL" and (found := _INTERVAL.fullmatch(text)):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[:4])
        return text if found[5] else dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return text


def _to_the_millisecond(text: str) -> bool:
    return len(text.partition(".")[2].rstrip("0")) <= 3


def _write_about(sheet: Worksheet, asked: Asked, found: tuple[Extent, list[Citation]], with_: tuple[_Looks, Texts]) -> None:
    (held, sources), (looks, texts), result = found, with_, asked.result
    lines = [("密级", INTERNAL)] if asked.internal else []
    pieces = [asked.sql[start : start + _PIECE] for start in range(0, len(asked.sql), _PIECE)]
    lines += [("查询语句" if index == 0 else "查询语句（续）", piece) for index, piece in enumerate(pieces)]
    lines += [
        ("参数", "；".join(f"${name} = {value}" for name, value in asked.params.items()) or "无"),
        ("数据版本", result.build_id),
        ("行数", held.words or f"{held.shown} 行，全部"),
        *([("没有写全的单元格", _named(texts.cut))] if texts.cut else []),
        ("来源", f"以下 {len(sources)} 个" if sources else ("没有行引用来源" if names_sources(result) else UNNAMED)),
    ]
    for line, (name, text) in enumerate(lines):
        texts.write(sheet, (line, 0), name, looks.head)
        sheet.merge_range(line, 1, line, 4, "", looks.wrapped)
        texts.write(sheet, (line, 1), text, looks.wrapped)
        sheet.set_row(line, 15 * min(max(text.count("\n") + 1, 1 + len(text) // 70), 27))
    start = len(lines) + 1
    for place, name in enumerate(("来源编号", "引用格式", "等级", "转引", "网址") if sources else ()):
        texts.write(sheet, (start, place), name, looks.head)
    for line, source in enumerate(sources, start + 1):
        grade = f"{source.grade} {source.grade_zh}"
        for place, text in enumerate((source.source_id, source.full, grade, "是" if source.reprint else "否", source.url or "—")):
            texts.write(sheet, (line, place), text, looks.wrapped)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 4, 18)


def _named(cells: list[str]) -> str:
    more = f" 等 {len(cells)} 格" if len(cells) > _CELLS_NAMED else ""
    return "、".join(cells[:_CELLS_NAMED]) + more + "。每格末尾注明原有多少字，全文请下载 CSV 或 Parquet。"


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text[:80])
