"""Cells that carry a marking of secrecy. Such a file is not read on, whatever else it holds."""

from collections.abc import Iterator

import polars as pl

from etl.intake.beside import Beside
from etl.intake.finding import Finding
from etl.intake.sheets import ROW, Book

_GRADES = "绝密|机密|秘密"
_LEVEL = rf"(?:工作)?(?:{_GRADES})(?:级|件|文件)?"
# 秘密★10年; 机密 alone; （机密级） anywhere; 密级：秘密. Not 国家机密保护工作.
_MARKING = rf"(?:{_GRADES})(?:级|件)?[★☆*＊]|^{_LEVEL}$|[（(【\[]{_LEVEL}[）)】\]]|密级[:：]?(?:{_GRADES})"
_FIX = "涉密文件不得在本机处理：立即停止，按保密规定移交；确属误标的由定密单位改正后再用"


def marked_cells(book: Book) -> Iterator[Finding]:
    """Cells of every sheet, hidden ones too, and whatever else a workbook says: notes, text boxes, headers, names, properties."""
    for sheet in book.sheets:
        for column in sheet.columns:
            found = sheet.cells.filter(pl.col(column).str.replace_all(r"\s", "").str.contains(_MARKING))
            for row, text in found.select(ROW, column).rows():
                yield Finding(sheet=sheet.name, cell=f"{column}{row}", value=text, message="有密级标志，整个文件不读", fix=_FIX)
    printed = [Beside(where, text, sheet.name) for sheet in book.sheets for where, text in sheet.marks.printed]
    texts = [*book.beside, *printed, Beside("文件名", book.file.stem)]
    plain = pl.Series([one.text for one in texts], dtype=pl.String).str.replace_all(r"\s", "")
    for at in plain.str.contains(_MARKING).arg_true():
        one = texts[at]
        yield Finding(
            sheet=one.sheet, cell=one.cell, value=one.text.strip(), message=f"{one.where}有密级标志，整个文件不读", fix=_FIX
        )
