"""Pages filled: a figure that misses its page by a little is drawn for the room that is left instead of leaving half a page blank.

Word has the last word on where pages end. All pitches but those of table cells are fixed by the settings, so the estimate is close;
where it is not, a picture stands on the next page, somewhat smaller and just as legible.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from dashboard.drawing.canvas import wrap
from dashboard.paper.blocks import Block, FigureBlock, Heading, TableBlock
from dashboard.paper.caption import INTERNAL
from dashboard.paper.document import POINTS_PER_MM, Document, StyleKey
from dashboard.paper.fitting import caption_mm, fitted
from dashboard.paper.word_table import KEPT_WHOLE, column_widths
from dashboard.warehouse import Warehouse

_INDENT = "　　"
_LOWEST = 0.6  # of its height: nothing can be drawn much lower in type that is still read
_CELL_PITCH = 1.45  # of the size of its type, whatever face stands in


def fill_pages(db: Warehouse, title: str, blocks: Sequence[Block], settings: Document) -> tuple[Block, ...]:
    """The blocks, with figures drawn lower where that keeps them on the page they are on."""
    whole = settings.page.text_height_mm
    filled = _text(title, "title", settings) + _text("", "body", settings)
    filled += _text(INTERNAL, "heading1", settings) if db.internal else 0.0
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, FigureBlock):
            block = _lower(db, block, whole - filled, settings)
            takes = block.plate.drawn_mm + caption_mm(block.caption, settings)
            filled = filled + takes if filled + takes <= whole else takes
        elif isinstance(block, TableBlock):
            takes = _table(block, settings)
            kept = len(block.table.rows) <= KEPT_WHOLE and filled + takes > whole
            filled = takes if kept else (filled + takes) % whole
        else:
            key: StyleKey = "heading1" if isinstance(block, Heading) else "body"
            filled = (filled + _text(_INDENT + block.text, key, settings)) % whole
        done.append(block)
    return tuple(done)


def _lower(db: Warehouse, block: FigureBlock, left_mm: float, settings: Document) -> FigureBlock:
    """The figure for the room that is left on its page, if it needs that and can be read so."""
    room = left_mm - caption_mm(block.caption, settings)
    if block.plate.drawn_mm <= room or room < block.plate.drawn_mm * _LOWEST:
        return block
    lower = fitted(db, block.card, (room, settings))
    return block if lower is None else replace(block, plate=lower)


def _text(text: str, key: StyleKey, settings: Document) -> float:
    """Millimetres that a paragraph takes."""
    style = settings.styles[key]
    lines = len(wrap(text, style.size, settings.page.text_width_mm * POINTS_PER_MM)) or 1
    grid = settings.page.text_height_mm / settings.page.lines  # the page counts in lines of the body; a title takes two of them
    return math.ceil(round(lines * style.pitch_pt / POINTS_PER_MM / grid, 1)) * grid


def _table(block: TableBlock, settings: Document) -> float:
    """Millimetres that a table takes with the words above and below it."""
    size = settings.styles["cell"].size
    widths = column_widths(block.table, settings.page.text_width_mm * POINTS_PER_MM, type_pt=size)
    lines = sum(
        max(len(wrap(cell, size, width - size)) or 1 for cell, width in zip(cells, widths, strict=True))
        for cells in (block.table.header, *block.table.rows)
    )
    unit = 1 if block.table.unit else 0
    return (lines + unit) * size * _CELL_PITCH / POINTS_PER_MM + caption_mm(block.caption, settings)
