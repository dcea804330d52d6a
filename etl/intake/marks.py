"""What the values of an XLSX do not tell: error values, formulas that nobody computed, per-cent formats, hidden rows and columns."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter

MOST_UNPACKED = 2 << 30  # bytes of all parts together; more is no table that somebody filled in
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PERCENTS = {"9", "10"}  # built-in formats 0% and 0.00%
_PAGE = {f"{which}{part}": word for which in ("odd", "even", "first") for part, word in (("Header", "页眉"), ("Footer", "页脚"))}
_PAGE_SECTIONS = re.compile(r"&[LCR]")  # left, middle and right
_PAGE_CODES = re.compile(
    r'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d{2}[+-]\d{3})|[A-Z]|\d+|(&))'
)  # face, colour, size, number of the page; && is &
_PROMPTS = ("promptTitle", "prompt", "errorTitle", "error")
_QUOTED = re.compile(r'"[^"]*"|\\.')


@dataclass
class Marks:
    """Cells are called C7; `percents` are (row, column) counted from 0, `hidden_columns` (first, last) counted from 1."""

    errors: dict[str, str] = field(default_factory=dict)
    uncomputed: list[str] = field(default_factory=list)
    percents: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)  # where calamine does not know them
    printed: list[tuple[str, str]] = field(default_factory=list)  # (where, text): headers, footers, prompts of cells


def read_marks(data: bytes) -> dict[str, Marks]:
    """Marks by the name of the sheet; nothing for what is no XLSX."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names:
            return {}
        check_size(archive)
        percents = _percent_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else frozenset()
        return {name: _marks(archive, part, percents) for name, part in _parts(archive) if part in names}


def check_size(archive: zipfile.ZipFile) -> None:
    """Raises ValueError for what is no table but a bomb."""
    if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
        raise ValueError("unpacked, the workbook is larger than any table")


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(name of the sheet, its part)."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if _tag(sheet) == "sheet":
            target = targets.get(sheet.get(_RELATION), "")
            yield sheet.get("name", ""), target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _percent_styles(styles: bytes) -> frozenset[str]:
    """Numbers of the cell formats that show per cent."""
    root = ElementTree.fromstring(styles)
    formats = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter() if _tag(one) == "numFmt"}
    own = {number for number, code in formats.items() if "%" in _QUOTED.sub("", code)}
    lists = [one for one in root if _tag(one) == "cellXfs"]
    return frozenset(str(at) for one in lists for at, form in enumerate(one) if form.get("numFmtId") in _PERCENTS | own)


def _marks(archive: zipfile.ZipFile, part: str, percents: frozenset[str]) -> Marks:
    marks, number = Marks(), 0
    with archive.open(part) as stream:
        for _, element in ElementTree.iterparse(stream):
            tag = _tag(element)
            if tag == "row":
                number = int(element.get("r", number + 1))
                _row(element, number, marks, percents)
                element.clear()
            elif tag == "col" and element.get("hidden") in {"1", "true"}:
                marks.hidden_columns.append((int(element.get("min", 1)), int(element.get("max", 1))))
            else:
                marks.printed += printed(element)
    return marks


def printed(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """(where, text) of an element that is a header, a footer or the prompt of a cell; nothing of any other."""
    tag = _tag(element)
    if tag in _PAGE:
        yield from ((_PAGE[tag], _PAGE_CODES.sub(r"\1", section)) for section in _PAGE_SECTIONS.split(element.text or ""))
    elif tag == "dataValidation":
        yield from (("输入提示", element.get(prompt, "")) for prompt in _PROMPTS)


def _row(row: ElementTree.Element, number: int, marks: Marks, percents: frozenset[str]) -> None:
    if row.get("hidden") in {"1", "true"}:
        marks.hidden_rows.append(number)
    for column, cell in enumerate(row, start=1):  # not every writer says where its cells are
        place, kind = cell.get("r") or f"{get_column_letter(column)}{number}", cell.get("t")
        texts = {_tag(part): part.text or "" for part in cell}
        if kind == "e":
            marks.errors[place] = texts.get("v", "")
        elif "f" in texts and not texts.get("v") and kind != "str":  # a formula may well give no text
            marks.uncomputed.append(place)
        elif cell.get("s") in percents and kind in {None, "n"} and texts.get("v"):
            line, letter = coordinate_to_tuple(place)
            marks.percents.append((line - 1, letter - 1))


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
