"""A query's result as a file: XLSX with the SQL, the build and every source behind the rows; CSV with BOM; Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.paper.caption import INTERNAL
from dashboard.paper.csv import BOM
from dashboard.sandbox.runner import Result
from dashboard.tools.sql.provenance import UNNAMED, names_sources, sources_of
from dashboard.tools.sql.result_frame import result_frame, unique_names
from dashboard.tools.sql.roles import is_numeric
from dashboard.warehouse import Warehouse
from dashboard.warehouse.catalog import Citation

ROWS, ABOUT = "结果", "说明与来源"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # a spreadsheet would run such text as a formula
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
_LONGEST = 32_767  # characters of a cell
_WIDEST = 48


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was run and what came of it. `internal`: the server shows internal facts, so the file says 内部资料."""

    sql: str
    params: Mapping[str, Any]
    result: Result
    internal: bool = False


def result_csv(asked: Asked) -> bytes:
    """UTF-8 with BOM; text that a spreadsheet would run begins with '. In internal mode a last column says 内部资料."""
    target = io.StringIO()
    writer = csv.writer(target)
    marked = ["密级"] if asked.internal else []
    writer.writerow([*map(harmless, unique_names([column.name for column in asked.result.columns])), *marked])
    numeric = [is_numeric(column) for column in asked.result.columns]
    frame = result_frame(asked.result)
    text = [frame[name].dtype == pl.String() for name in frame.columns]
    for row in frame.iter_rows():
        cells = [
            harmless(value) if is_text and not number else value
            for value, is_text, number in zip(row, text, numeric, strict=True)
        ]
        writer.writerow([*cells, *([INTERNAL] if asked.internal else [])])
    return (BOM + target.getvalue()).encode("utf-8", "replace")


def result_parquet(asked: Asked) -> bytes:
    """Columns with their types. In internal mode a last column says 内部资料."""
    frame = result_frame(asked.result)
    if asked.internal:
        frame = frame.with_columns(pl.lit(INTERNAL).alias(unique_names([*frame.columns, "密级"])[-1]))
    target = io.BytesIO()
    frame.write_parquet(target)
    return target.getvalue()


def result_xlsx(db: Warehouse, asked: Asked) -> bytes:
    """Two sheets: the rows with numbers as numbers, and what they rest on."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        head = book.add_format({"bold": True, "bottom": 1, "top": 2, "text_wrap": True, "valign": "vcenter"})
        quoted = book.add_format({"quote_prefix": True})
        sheet = book.add_worksheet(ROWS)
        _write_rows(sheet, result_frame(asked.result), head, quoted)
        about = book.add_worksheet(ABOUT)
        _write_about(about, asked, sources_of(db, asked.result), (head, book.add_format({"text_wrap": True, "valign": "top"})))
        if asked.internal:
            for one in (sheet, about):
                one.set_header(f"&C{INTERNAL}")
        book.set_properties(
            {"title": "查询结果", "comments": f"数据版本 {asked.result.build_id}", "keywords": INTERNAL if asked.internal else ""}
        )
    return target.getvalue()


def harmless(value: Any) -> Any:
    """Text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _write_rows(sheet: Worksheet, frame: pl.DataFrame, head: Format, quoted: Format) -> None:
    for place, name in enumerate(frame.columns):
        sheet.write_string(0, place, name, head)
        values = [_cell(value) for value in frame[name].to_list()]
        for line, value in enumerate(values, 1):
            if isinstance(value, str):
                sheet.write_string(line, place, value[:_LONGEST], quoted if value.startswith(_RISKY) else None)
            elif value is not None:
                sheet.write(line, place, value)
        longest = max((_width(str(value)) for value in (name, *values[:200]) if value is not None), default=8)
        sheet.set_column(place, place, min(max(longest + 2, 8), _WIDEST))
    sheet.freeze_panes(1, 0)
    if frame.width and frame.height:
        sheet.autofilter(0, 0, frame.height, frame.width - 1)


def _write_about(sheet: Worksheet, asked: Asked, sources: list[Citation], looks: tuple[Format, Format]) -> None:
    head, wrapped = looks
    result = asked.result
    lines = [("密级", INTERNAL)] if asked.internal else []
    lines += [
        ("查询语句", asked.sql),
        ("参数", "；".join(f"${name} = {value}" for name, value in asked.params.items()) or "无"),
        ("数据版本", result.build_id),
        ("行数", f"{len(result.rows)} 行" + ("（已达上限，之后的行没有取出）" if result.truncated else "，全部")),
        ("来源", f"以下 {len(sources)} 个" if sources else ("没有行引用来源" if names_sources(result) else UNNAMED)),
    ]
    for line, (name, text) in enumerate(lines):
        sheet.write_string(line, 0, name, head)
        sheet.merge_range(line, 1, line, 4, "", wrapped)
        sheet.write_string(line, 1, text[:_LONGEST], wrapped)
        sheet.set_row(line, 15 * min(max(text.count("\n") + 1, 1 + len(text) // 70), 27))
    start = len(lines) + 1
    for place, name in enumerate(("来源编号", "引用格式", "等级", "转引", "网址") if sources else ()):
        sheet.write_string(start, place, name, head)
    for line, source in enumerate(sources, start + 1):
        grade = f"{source.grade} {source.grade_zh}"
        for place, text in enumerate((source.source_id, source.full, grade, "是" if source.reprint else "否", source.url or "—")):
            sheet.write_string(line, place, text, wrapped)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 4, 18)


def _cell(value: Any) -> Any:
    """What a cell can hold: numbers of more than 15 digits stay whole as text, dates are written as text."""
    if value is None or isinstance(value, bool | str | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    number = str(value)  # Decimal, date, time, datetime
    digits = number.lstrip("-").replace(".", "")
    return float(number) if digits.isdecimal() and len(digits) <= 15 else number


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text[:80])
