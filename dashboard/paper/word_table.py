"""A native, editable three-line table (三线表): heavy rules above and below, a light one under the header, sides open."""

import math
import re
from copy import deepcopy
from functools import lru_cache
from itertools import pairwise, permutations
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell, _Row

from dashboard.paper.document import POINTS_PER_MM, Document
from dashboard.paper.tables import SetColumn, SetTable
from vocabulary.characters import fit

_EIGHTHS = 8  # Word measures rules in eighths of a point
SHORT = 9.0  # characters: words up to this length are centred
MARGIN, STEP = 1.2, 0.5  # characters: both margins of a cell; what is given to a column at a time
SHORT_WORD, LONGEST_RUN = (
    4.0,
    6.0,
)  # characters of a word that stays whole; of a run (a number, a month, a bracket) that may break beyond
MOST_WEIGHED, MOST_ROUNDS = 40, 30  # rows that the widths are found by; times that width is moved
_RUN = re.compile(r"\d{4}年\d{1,2}月|（[^（）]{1,4}）|[0-9A-Za-z.:%~～—–+−→-]+[年个名人项]?")
CELL_MARGIN_TWIPS = 60
KEPT_WHOLE = 14  # rows: a table up to this long is not split across pages; the last row stays with the notes


def add_table(document: WordDocument, table: SetTable, settings: Document) -> None:
    """The table over the whole text block; the header repeats on every page and no row breaks across two."""
    made = document.add_table(rows=min(len(table.rows), 1) + 1, cols=len(table.columns))
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    total = settings.page.text_width_mm * POINTS_PER_MM
    widths = column_widths(table, total, type_pt=settings.styles["cell"].size)
    _borders(made._tbl, settings)
    style = str(document.styles[settings.styles["cell"].name].style_id)
    # A row is read once, for `made.cell` goes through all cells at each call; and all rows below the header are copies of one.
    for number, row in enumerate(made.rows):
        for index, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            cell.width = Pt(widths[index])
            text = column.cells[0] if number else column.header
            _fill(cell, text, _alignment(column, header=number == 0, first=index == 0), style)
            cell.paragraphs[0].paragraph_format.keep_with_next = number == len(table.rows) or len(table.rows) <= KEPT_WHOLE
            if number == 0:
                _rule_below(cell, settings.table.light_pt)
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
    for index, width in enumerate(widths):
        made.columns[index].width = Pt(width)
    pattern = made.rows[-1]._tr
    for number in range(2, len(table.rows) + 1):
        made._tbl.append(deepcopy(pattern))
        for column, cell in zip(table.columns, _Row(made._tbl.tr_lst[-1], made).cells, strict=True):
            line = cell.paragraphs[0]
            line.runs[0].text = fit(column.cells[number - 1])
            line.paragraph_format.keep_with_next = number == len(table.rows) or len(table.rows) <= KEPT_WHOLE


def column_widths(table: SetTable, total: float, *, type_pt: float) -> list[float]:
    """Widths that add up to `total` (points). When all cannot have what they need, each has what its words need to stay whole, and what
    is left goes where rows are highest.
    """
    needs = [_need(column) for column in table.columns]
    room = total / type_pt
    if room >= sum(needs):
        return [need * total / sum(needs) for need in needs]
    widths = [min(need, _least(column)) for need, column in zip(needs, table.columns, strict=True)]
    texts = [[_characters(cell) for cell in column.cells[:MOST_WEIGHED]] for column in table.columns]
    while sum(widths) + STEP <= room:
        open_ = [index for index, width in enumerate(widths) if width < needs[index]]
        index = max(open_, key=lambda index: _weight(texts[index], widths[index]) - _weight(texts[index], widths[index] + STEP))
        widths[index] += STEP
    widths = _evened(widths, [_least(column) for column in table.columns], texts)
    return [width * total / sum(widths) for width in widths]


def _evened(widths: list[float], least: list[float], texts: list[list[float]]) -> list[float]:
    """Width moved from column to column as long as that makes the table lower, or leaves fewer lines in its cells."""
    best = _lines(widths, texts)
    for _round in range(MOST_ROUNDS):
        moved = [
            [*(width + STEP * ((index == to) - (index == from_)) for index, width in enumerate(widths))]
            for from_, to in permutations(range(len(widths)), 2)
            if widths[from_] - STEP >= least[from_]
        ]
        price, found = min(((_lines(one, texts), one) for one in moved), default=(best, widths))
        if price >= best:
            break
        best, widths = price, found
    return widths


def _lines(widths: list[float], texts: list[list[float]]) -> tuple[int, int]:
    """Lines of a table's rows, and of all its cells."""
    rows = list(
        zip(
            *([math.ceil(text / (width - MARGIN)) for text in column] for width, column in zip(widths, texts, strict=True)),
            strict=True,
        )
    )
    return sum(map(max, rows)), sum(map(sum, rows))


def _weight(texts: list[float], width: float) -> float:
    """How much a column weighs on the height of its rows: the highest cells count most, for they make the row."""
    return sum((text / (width - MARGIN)) ** 4 for text in texts)


def _need(column: SetColumn) -> float:
    """Characters of the longest cell with its margins; a header may take two lines."""
    return max([*map(_characters, column.cells), _characters(column.header) / 2 + 0.5, 2.0]) + MARGIN


def _least(column: SetColumn) -> float:
    """Characters without which a short word, a number or a year breaks."""
    longest = max(map(_characters, column.cells), default=0.0)
    whole = longest if longest <= SHORT_WORD else 2.0
    runs = [_characters(run) for cell in column.cells for run in _RUN.findall(cell)]
    return max([min(run, LONGEST_RUN) for run in runs] + [whole, min(_characters(column.header), SHORT_WORD) / 2 + 0.5]) + MARGIN


@lru_cache(maxsize=10_000)
def _characters(text: str) -> float:
    """Length in Chinese characters: Latin letters and digits take half of one, and a little air between scripts."""
    changes = sum((ord(one) > 0x2E7F) != (ord(other) > 0x2E7F) for one, other in pairwise(text))
    return sum(1.0 if ord(letter) > 0x2E7F else 0.52 for letter in text) + 0.25 * changes


def is_short(column: SetColumn) -> bool:
    """A column of words that are best centred."""
    return max(map(_characters, column.cells), default=0.0) <= SHORT


def _alignment(column: SetColumn, *, header: bool, first: bool) -> WD_ALIGN_PARAGRAPH:
    if header:
        return WD_ALIGN_PARAGRAPH.CENTER
    if column.numeric:
        return WD_ALIGN_PARAGRAPH.RIGHT
    return WD_ALIGN_PARAGRAPH.CENTER if is_short(column) and not first else WD_ALIGN_PARAGRAPH.LEFT


def _fill(cell: _Cell, text: str, align: WD_ALIGN_PARAGRAPH, style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style
    paragraph.alignment = align
    paragraph.add_run(fit(text))
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _borders(table: Any, settings: Document) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        heavy = side in {"top", "bottom"}
        borders.append(_rule(side, settings.table.heavy_pt if heavy else 0.0))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(CELL_MARGIN_TWIPS))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table.tblPr
    layout = properties.find(qn("w:tblLayout"))
    if layout is None:
        properties.extend([borders, margins])
    else:
        layout.addprevious(borders)
        layout.addnext(margins)


def _rule_below(cell: _Cell, points: float) -> None:
    borders = OxmlElement("w:tcBorders")
    borders.append(_rule("bottom", points))
    properties = cell._tc.get_or_add_tcPr()
    align = properties.find(qn("w:vAlign"))
    if align is None:
        properties.append(borders)
    else:
        align.addprevious(borders)


def _rule(side: str, points: float) -> Any:
    element = OxmlElement(f"w:{side}")
    element.set(qn("w:val"), "single" if points else "nil")
    if points:
        element.set(qn("w:sz"), str(round(points * _EIGHTHS)))
        element.set(qn("w:space"), "0")
        element.set(qn("w:color"), "000000")
    return element
