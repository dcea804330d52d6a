"""A copy of the file in which every finding stands at its cell: coloured, with a comment, and all of them on a sheet of their own."""

from collections.abc import Container, Iterable
from itertools import chain, count
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.intake.finding import Finding
from etl.intake.intake import Intake
from etl.intake.sheets import ROW, read_book
from vocabulary.characters import fit

LIST = "问题清单"
SUFFIX = "-批注.xlsx"
MOST_MARKED = 5_000  # findings; a workbook with more comments takes minutes to open
COLOURS = {"错误": "F8CBAD", "警示": "FFE699"}
_WIDTHS = {"A": 8, "B": 20, "C": 9, "D": 24, "E": 60, "F": 60}


def annotate(intake: Intake, folder: Path, *, taken: Container[Path] = ()) -> Path:
    """Write FILE-批注.xlsx into a folder of ours, never into that of the file; the path of it.

    `taken`: copies that this run has written. A file of the same name from another folder is told apart by that folder's name.
    """
    book = _workbook(intake.file)
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    told = intake.findings[:MOST_MARKED]
    for finding in told:
        if finding.cell and finding.sheet in book.sheetnames:
            by_cell.setdefault((finding.sheet, finding.cell), []).append(finding)
    for (sheet, cell), findings in by_cell.items():
        _mark(book[sheet], cell, findings)
    if len(intake.findings) > len(told):
        told.append(
            Finding(severity="警示", message=f"还有 {len(intake.findings) - len(told)} 处没有列出", fix="改好这些再导入一次")
        )
    _list(book, told)
    stem, above = intake.file.stem, intake.file.absolute().parent.name
    names = chain([stem, f"{above}-{stem}"], (f"{above}-{stem}-{number}" for number in count(2)))
    target = next(path for name in names if (path := folder / f"{name}{SUFFIX}") not in taken)
    folder.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


def _workbook(file: Path) -> Workbook:
    """The workbook itself where it is an XLSX; else its texts as one."""
    if file.suffix.lower() in {".xlsx", ".xlsm"}:
        try:
            return load_workbook(file)
        except Exception:  # noqa: BLE001 (openpyxl is choosier than the reader and fails in many ways: the texts will do)
            pass
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in read_book(file).sheets:
        copy = book.create_sheet(_title(sheet.name, book))
        for line in sheet.cells.drop(ROW).iter_rows():
            copy.append([None if text is None else _value(text) for text in line])
    return book


def _title(name: str, book: Workbook) -> str:
    """A name that a sheet of an XLSX may have."""
    plain = "".join("_" if sign in "[]:*?/\\" else sign for sign in name)[:31] or "表"
    return plain if plain not in book.sheetnames else f"{plain[:28]}-{len(book.sheetnames)}"


def _value(text: str) -> str | float:
    """Digits as a number, unless they are a code; the rest as text that no spreadsheet takes for a formula."""
    try:
        number = float(text)
    except ValueError:
        return fit(text)
    return number if f"{number:.15g}" == text else text


def _mark(sheet: Worksheet, place: str, findings: list[Finding]) -> None:
    row, column = coordinate_to_tuple(place)
    for merged in sheet.merged_cells.ranges:
        if place in merged:
            row, column = merged.min_row, merged.min_col
    cell = sheet.cell(row, column)
    worst = min((finding.severity for finding in findings), key=list(COLOURS).index)
    cell.fill = PatternFill("solid", fgColor=COLOURS[worst])
    words = "\n".join(
        f"{finding.severity}：{finding.message}{f' → {finding.fix}' if finding.fix else ''}" for finding in findings
    )
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(fit(before + words), "导入检查", width=360, height=40 + 24 * (1 + len(words) // 24))


def _list(book: Workbook, findings: Iterable[Finding]) -> None:
    """All findings, those of a cell with a link to it."""
    sheet = book.create_sheet(LIST if LIST not in book.sheetnames else f"{LIST}-{len(book.sheetnames)}", 0)
    sheet.append(["轻重", "工作表", "单元格", "现值", "问题", "怎么改"])
    for number, finding in enumerate(findings, start=2):
        texts = (finding.severity, finding.sheet, finding.cell or "", finding.value or "", finding.message, finding.fix)
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(number, column, fit(text))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=column > 3, vertical="top")
        sheet.cell(number, 1).fill = PatternFill("solid", fgColor=COLOURS[finding.severity])
        if finding.cell and finding.sheet in book.sheetnames:
            quoted = finding.sheet.replace("'", "''")
            link = sheet.cell(number, 3)
            link.hyperlink = f"#'{quoted}'!{finding.cell}"
            link.font = Font(color="0563C1", underline="single")
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
