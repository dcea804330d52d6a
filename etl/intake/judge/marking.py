"""Cells that carry a marking of secrecy. Such a file is not read on, whatever else it holds."""

from collections.abc import Iterator

import polars as pl

from etl.intake.finding import Finding
from etl.intake.sheets import ROW, Book

_GRADES = "绝密|机密|秘密"
# 秘密★10年; 机密 or （机密级） alone; 密级：秘密. Not 国家机密保护工作.
_MARKING = rf"(?:{_GRADES})\s*(?:级|件)?\s*[★☆*＊]|^[（(【\[]?\s*(?:工作)?(?:{_GRADES})(?:级|件|文件)?\s*[）)】\]]?$|密级\s*[:：]?\s*(?:{_GRADES})"
_FIX = "涉密文件不得在本机处理：立即停止，按保密规定移交；确属误标的由定密单位改正后再用"


def marked_cells(book: Book) -> Iterator[Finding]:
    """Cells of every sheet, hidden ones too, and headers and footers of the printed page."""
    for sheet in book.sheets:
        for column in sheet.columns:
            found = sheet.cells.filter(pl.col(column).str.replace_all(r"\s", "").str.contains(_MARKING))
            for row, text in found.select(ROW, column).rows():
                yield Finding(sheet=sheet.name, cell=f"{column}{row}", value=text, message="有密级标志，整个文件不读", fix=_FIX)
        for text in sheet.marks.page_texts:
            if pl.select(pl.lit(text).str.contains(_MARKING)).item():
                yield Finding(sheet=sheet.name, value=text, message="页眉页脚有密级标志，整个文件不读", fix=_FIX)
