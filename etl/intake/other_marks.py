"""The marks of the two older kinds of workbook: ODS from its XML, XLS by xlrd, which knows formats where calamine knows values."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import xlrd
from openpyxl.utils.cell import get_column_letter

from etl.intake.marks import Marks, check_size

_MOST_CELLS = 20_000  # of one repeated cell or line; more is the blank rest of the sheet
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_HIDDEN = {"collapse", "filter"}


def ods_marks(data: bytes) -> dict[str, Marks]:
    """By the name of the sheet; nothing for what is no ODS."""
    found: dict[str, Marks] = {}
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return found
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as stream:
        check_size(archive)
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{_TABLE}table":
                found[element.get(f"{_TABLE}name", "")] = _of_table(element)
                element.clear()
    return found


def _of_table(table: ElementTree.Element) -> Marks:
    marks, first = Marks(), 1
    for column in table.iter(f"{_TABLE}table-column"):
        many = _times(column, "columns")
        if column.get(f"{_TABLE}visibility") in _HIDDEN:
            marks.hidden_columns.append((first, first + many - 1))
        first += many
    number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        for line in range(number, number + min(_times(row, "rows"), _MOST_CELLS)):
            if row.get(f"{_TABLE}visibility") in _HIDDEN:
                marks.hidden_rows.append(line + 1)
            _of_row(row, line, marks)
        number += _times(row, "rows")
    return marks


def _of_row(row: ElementTree.Element, line: int, marks: Marks) -> None:
    column = 0
    for cell in row:
        many = _times(cell, "columns")
        if len(cell) or cell.attrib.keys() - {f"{_TABLE}number-columns-repeated", f"{_TABLE}style-name"}:
            for at in range(column, column + min(many, _MOST_CELLS)):
                _of_cell(cell, line, at, marks)
        column += many


def _of_cell(cell: ElementTree.Element, line: int, column: int, marks: Marks) -> None:
    text, kind = "".join(cell.itertext()).strip(), cell.get(f"{_OFFICE}value-type")
    place = f"{get_column_letter(column + 1)}{line + 1}"
    if cell.get(f"{_CALC}value-type") == "error":
        marks.errors[place] = text
    elif cell.get(f"{_TABLE}formula") and not text and not cell.get(f"{_OFFICE}value"):
        marks.uncomputed.append(place)
    elif kind == "percentage":
        marks.percents.append((line, column))
    wide, high = (int(cell.get(f"{_TABLE}number-{which}-spanned", 1)) for which in ("columns", "rows"))
    if wide * high > 1:
        marks.merged.append(((line, column), (line + high - 1, column + wide - 1)))


def _times(element: ElementTree.Element, which: str) -> int:
    return int(element.get(f"{_TABLE}number-{which}-repeated", 1))


def xls_marks(data: bytes) -> dict[str, Marks]:
    """By the name of the sheet. Formulas of an XLS always carry the value that they had. Raises ValueError for what is no XLS."""
    try:
        with xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO()) as book:
            return {sheet.name: _of_sheet(book, sheet) for sheet in book.sheets()}
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, LookupError, AssertionError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error


def _of_sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Marks:
    percents = {at for at, form in enumerate(book.xf_list) if "%" in book.format_map[form.format_key].format_str}
    marks = Marks(
        hidden_rows=[row + 1 for row, about in sheet.rowinfo_map.items() if about.hidden],
        hidden_columns=[(column + 1, column + 1) for column, about in sheet.colinfo_map.items() if about.hidden],
    )
    for row, column, cell in _cells(sheet):
        if cell.ctype == xlrd.XL_CELL_ERROR:
            marks.errors[f"{get_column_letter(column + 1)}{row + 1}"] = xlrd.error_text_from_code.get(cell.value, "")
        elif cell.ctype == xlrd.XL_CELL_NUMBER and cell.xf_index in percents:
            marks.percents.append((row, column))
    return marks


def _cells(sheet: xlrd.sheet.Sheet) -> Iterator[tuple[int, int, xlrd.sheet.Cell]]:
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            yield row, column, cell
