"""A workbook (XLSX, XLS, ODS) or CSV to sheets of text cells, or to the findings that prevent it.

Values come from calamine, the fastest reader that knows all three formats; what it does not tell (formulas that nobody computed, error
values, per-cent formats, hidden rows and columns) from `marks` and `other_marks`. A number is its 15 digits, as spreadsheets show it; a true
date is 2020-11-01, whatever its format.
"""

import csv
import datetime
import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl
from openpyxl.utils.cell import coordinate_to_tuple
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from etl.intake.beside import Beside, texts_beside
from etl.intake.finding import Finding, Severity, letters
from etl.intake.marks import Marks, read_marks
from etl.intake.other_marks import ods_marks, xls_marks
from etl.read.decoding import LARGEST_FILE, read_text
from etl.read.readers import BLANKS
from vocabulary.characters import named, unfit

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
ROW = "row"
_OLE = b"\xd0\xcf\x11\xe0"  # how an XLS begins, whatever its name ends with
_HEAD = 20  # lines of a text that tell what parts its cells


@dataclass(frozen=True)
class Sheet:
    """`cells`: a text column for each letter (blank = null) and `row`, counted from 1. Hidden rows are numbers, columns letters."""

    name: str
    cells: pl.DataFrame
    hidden: bool = False
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()  # (row, column) of first and last, counted from 0
    marks: Marks = field(default_factory=Marks)

    @cached_property
    def columns(self) -> list[str]:
        return [column for column in self.cells.columns if column != ROW]

    @cached_property
    def is_blank(self) -> bool:
        return not self.columns or self.cells.height == 0

    def text(self, row: int, column: str) -> str:
        """The cell's text, blank where there is none."""
        inside = column in self.cells.columns and 1 <= row <= self.cells.height
        return (self.cells[column][row - 1] or "") if inside else ""

    def finding(self, cell: str, message: str, fix: str = "", *, value: str = "", severity: Severity = "错误") -> Finding:
        """What is wrong with a cell, with its text unless `value` says what was met."""
        column = cell.rstrip("0123456789")
        shown = value or self.text(int(cell.removeprefix(column)), column)
        return Finding(severity=severity, sheet=self.name, cell=cell, value=shown or None, message=message, fix=fix)

    def line(self, row: int) -> dict[str, str]:
        """A row by column, blanks left out."""
        cells = self.cells.row(row - 1, named=True) if 1 <= row <= self.cells.height else {}
        return {column: cell for column, cell in cells.items() if column != ROW and cell is not None}


@dataclass(frozen=True)
class Book:
    """`beside`: what it says beside its cells. `findings` says why there are no sheets."""

    file: Path
    file_hash: str = ""
    sheets: tuple[Sheet, ...] = ()
    beside: tuple[Beside, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_book(file: Path) -> Book:
    """Never raises for anything that the bytes can do."""
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= LARGEST_FILE else b""
    except OSError:
        return Book(file, findings=(Finding(message="文件读不出来", fix="检查路径、权限，或确认没有被其他程序占用"),))
    if not data:
        return Book(file, findings=(Finding(message="文件是空的，或超过 500 MB", fix="给出有内容的表格，太大的按主题分开"),))
    mark = hashlib.sha256(data).hexdigest()[:16]
    suffix = file.suffix.lower()
    if suffix in TEXTS:
        return _text_book(file, mark)
    if suffix not in WORKBOOKS:
        return Book(file, mark, findings=(Finding(message=f"不认识的文件类型“{suffix}”", fix="另存为 XLSX、ODS 或 CSV"),))
    return _workbook(file, mark, data)


def _workbook(file: Path, mark: str, data: bytes) -> Book:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            beside = tuple(texts_beside(data))
            marks = xls_marks(data) if data.startswith(_OLE) else read_marks(data) or ods_marks(data)
            sheets = tuple(
                _sheet(book, meta.name, meta.visible != SheetVisibleEnum.Visible, marks.get(meta.name, Marks()))
                for meta in book.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            )
    except PasswordError:
        return Book(file, mark, findings=(Finding(message="工作簿有打开密码", fix="取消密码后另存"),))
    except (CalamineError, ValueError, OSError, SyntaxError, KeyError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):
        return Book(file, mark, findings=(Finding(message="工作簿已损坏，打不开", fix="用 Excel 或 WPS 打开并另存为 XLSX"),))
    return Book(file, mark, sheets, beside)


def _sheet(book: CalamineWorkbook, name: str, hidden: bool, marks: Marks) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    for row, column in marks.percents:
        if row < len(rows) and column < len(rows[row]) and isinstance(value := rows[row][column], int | float):
            rows[row][column] = f"{value * 100:.15g}%"
    for place in marks.errors:  # some writers put the words of the error where its value would be
        row, column = coordinate_to_tuple(place)
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = ""
    merged = tuple(sheet.merged_cell_ranges or marks.merged)
    return Sheet(name, _cells([[_cell(value) for value in row] for row in rows]), hidden, merged, marks)


def _cell(value: object) -> str | None:
    """A value as a text."""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value).strip(BLANKS) or None


def _cells(rows: list[list[str | None]]) -> pl.DataFrame:
    """Rows of text to a frame whose columns are letters; what is blank at the right and below is left off."""
    width = max((at + 1 for row in rows for at in range(len(row) - 1, -1, -1)[:1]), default=0)
    columns = {letters(at): [row[at] if at < len(row) else None for row in rows] for at in range(width)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    while frame.width and frame[frame.columns[-1]].null_count() == frame.height:
        frame = frame.drop(frame.columns[-1])
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null()).arg_true().max()).item() if frame.width else None
    return frame.head(0 if filled is None else filled + 1).with_row_index(ROW, offset=1).with_columns(pl.col(ROW).cast(pl.Int64))


def _text_book(file: Path, mark: str) -> Book:
    decoded = read_text(file, file.name)
    if decoded.text is None:
        findings = tuple(Finding(message=problem.message, fix=problem.fix, value=problem.value) for problem in decoded.problems)
        return Book(file, mark, findings=findings)
    head = "".join(decoded.text.splitlines(keepends=True)[:_HEAD])
    delimiter = max(",\t;", key=head.count)
    csv.field_size_limit(max(csv.field_size_limit(), len(decoded.text) + 1))
    try:
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return Book(file, mark, findings=(Finding(message="引号不配对", fix='单元格内的引号要写成两个 ""，整格再加引号'),))
    cells = _cells([[cell.strip(BLANKS) or None for cell in row] for row in rows])
    return Book(file, mark, (Sheet(file.stem, cells),))


def unfit_cells(sheet: Sheet) -> list[Finding]:
    """Cells with a character that no file of ours could carry further."""
    found = []
    for column in sheet.columns:
        bad = sheet.cells.select(ROW, pl.col(column).alias("text")).drop_nulls()
        bad = bad.filter(pl.col("text").str.contains(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{fdd0}-\x{fdef}]"))
        for row, text in bad.rows():
            if character := unfit(text):
                words = f"有看不见的字符 {named(character)}，Word、Excel 等文件不能含有它"
                found.append(sheet.finding(f"{column}{row}", words, "删去这个字符", value=text))
    return found
