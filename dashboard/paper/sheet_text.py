"""Texts in the cells of a workbook: never a formula, never a link, never cut without a word."""

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.paper.delimited import is_risky
from vocabulary.characters import fit

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST = 32_767  # UTF-16 units that a cell holds
MOST_COLUMNS = 16_384
_CUT = "……（本格共 {count} 字，没有写全，全文请下载 CSV）"


def cell_text(text: str) -> str:
    """The text as a cell can hold it; what is too long ends with how long it was."""
    text = fit(text)
    if units(text) <= LONGEST:
        return text
    mark = _CUT.format(count=len(text))
    room = LONGEST - units(mark)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + mark


def units(text: str) -> int:
    """Length as Excel counts it: most emoji are two."""
    return len(text.encode("utf-16-le")) // 2


class Texts:
    """Writes texts into one workbook and names the cells whose text did not fit."""

    def __init__(self, book: Workbook) -> None:
        self._quoted = book.add_format({"quote_prefix": True})
        self.cut: list[str] = []

    def write(self, sheet: Worksheet, at: tuple[int, int], text: str, look: Format | None = None) -> None:
        """The text at (row, column), counted from 0."""
        fitting = cell_text(text)
        if units(fit(text)) > LONGEST:
            self.cut.append(f"{sheet.get_name()}!{xl_rowcol_to_cell(*at)}")
        sheet.write_string(*at, fitting, look or (self._quoted if is_risky(text) else None))
