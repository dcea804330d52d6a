"""Text boxes, faces, tables and properties of a presentation; what python-pptx leaves to the XML."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.util import Emu, Length, Pt

from dashboard.drawing.canvas import wrap
from dashboard.drawing.tokens import INK
from dashboard.paper.document import Document
from dashboard.paper.tables import SetTable
from dashboard.paper.word_parts import CUSTOM_PROPERTIES
from dashboard.paper.word_table import column_widths, is_short
from vocabulary.characters import fit

LEADING = 1.42
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # 无样式，无网格
Box = tuple[Length, Length, Length, Length]  # left, top, width, height


@dataclass(frozen=True, kw_only=True)
class Face:
    """How a text is set on a slide."""

    font: str
    size: float
    bold: bool = False
    align: PP_ALIGN = PP_ALIGN.LEFT
    color: str = INK
    leading: float = LEADING


@dataclass(frozen=True, kw_only=True)
class Cut:
    """The rows of a table that stand on one slide, and the size of its type in points."""

    table: SetTable
    rows: list[tuple[str, ...]]
    size: float


def set_face(properties: Any, font: str) -> None:
    """Latin and East Asian face of an a:rPr or a:defRPr."""
    for tag in ("a:latin", "a:ea"):
        element = properties.find(qn(tag))
        if element is None:
            element = etree.SubElement(properties, qn(tag))
        element.set("typeface", font)


def write(frame: Any, paragraphs: list[str], face: Face) -> None:
    """Fill a text frame."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for index, text in enumerate(paragraphs):
        line = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        line.alignment, line.line_spacing = face.align, Pt(face.size * face.leading)  # points: the same in every font
        run = line.add_run()
        run.text = fit(text)
        run.font.size, run.font.bold = Pt(face.size), face.bold
        run.font.color.rgb = RGBColor.from_string(face.color.lstrip("#"))
        set_face(run._r.get_or_add_rPr(), face.font)


def text_box(slide: Any, box: Box, paragraphs: list[str], face: Face) -> Any:
    """A text box; its height is the caller's promise."""
    shape = slide.shapes.add_textbox(*box)
    write(shape.text_frame, paragraphs, face)
    return shape


def height_of(paragraphs: list[str], size: float, width: Length) -> Length:
    """Height that paragraphs take at a size, on the safe side."""
    lines = sum(len(wrap(text, size, Emu(width).pt - 2)) or 1 for text in paragraphs)
    return Pt(lines * size * LEADING * 1.02 + 2)


def row_height(cells: tuple[str, ...], widths: list[float], size: float) -> float:
    """Points that a row of a table takes."""
    lines = max(len(wrap(text, size, width - 10)) or 1 for text, width in zip(cells, widths, strict=True))
    return lines * size * 1.5 + 6


def table_height(table: SetTable, rows: Sequence[tuple[str, ...]], width: Length, size: float) -> float:
    """Points that a table of these rows takes with its header."""
    widths = column_widths(table, Emu(width).pt, type_pt=size)
    return sum(row_height(cells, widths, size) for cells in (table.header, *rows))


def add_table(slide: Any, cut: Cut, box: Box, settings: Document) -> Any:
    """A native three-line table; gives the frame."""
    table, rows, size = cut.table, cut.rows, cut.size
    frame = slide.shapes.add_table(len(rows) + 1, len(table.columns), *box)
    made = frame.table
    properties = made._tbl.tblPr
    properties.find(qn("a:tableStyleId")).text = _PLAIN_TABLE
    made.horz_banding = False
    widths = column_widths(table, Emu(box[2]).pt, type_pt=size)
    for index, column in enumerate(table.columns):
        made.columns[index].width = Pt(widths[index])
        align = PP_ALIGN.RIGHT if column.numeric else PP_ALIGN.CENTER if index and is_short(column) else PP_ALIGN.LEFT
        for number, cells in enumerate((table.header, *rows)):
            cell = made.cell(number, index)
            face = Face(font=settings.slides.body_font, size=size, bold=number == 0, leading=1.25,
                        align=PP_ALIGN.CENTER if number == 0 else align)  # fmt: skip
            write(cell.text_frame, [cells[index]], face)
            cell.margin_left = cell.margin_right = Pt(5)
            cell.margin_top = cell.margin_bottom = Pt(2)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            _rules(cell, number, len(rows), settings)
    for number, cells in enumerate((table.header, *rows)):
        made.rows[number].height = Pt(row_height(cells, widths, size))
    return frame


def _rules(cell: Any, row: int, last: int, settings: Document) -> None:
    rules = {}
    if row == 0:
        rules = {"a:lnT": settings.table.heavy_pt, "a:lnB": settings.table.light_pt}
    elif row == last:
        rules = {"a:lnB": settings.table.heavy_pt}
    properties = cell._tc.get_or_add_tcPr()
    for place, (tag, points) in enumerate(rules.items()):
        line = etree.Element(qn(tag), w=str(Pt(points)), cap="flat", cmpd="sng")
        fill = etree.SubElement(line, qn("a:solidFill"))
        etree.SubElement(fill, qn("a:srgbClr"), val="000000")
        properties.insert(place, line)


def describe(shape: Any, title: str, description: str) -> None:
    """Alternative text of a picture, chart or table."""
    for properties in shape._element.iter(qn("p:cNvPr")):
        properties.set("descr", fit(description))
        properties.set("title", fit(title))


def custom_properties(presentation: Presentation, content: bytes) -> None:
    """Add docProps/custom.xml to the package."""
    package = presentation.part.package
    part = Part(PackURI("/docProps/custom.xml"), CUSTOM_PROPERTIES, package, content)
    package.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties")
