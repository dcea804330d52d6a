"""A brief as .docx by GB/T 9704-2012: page, faces, sizes and pitch from document.toml, native captions and tables, stamped."""

import datetime as dt
import io
from collections.abc import Sequence

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from PIL import Image

from dashboard.paper import word_parts as parts
from dashboard.paper.caption import Caption, cited
from dashboard.paper.composition import Body, Composition, FigureBlock, Heading, TableBlock
from dashboard.paper.document import Document, StyleKey, document
from dashboard.paper.fitting import room_mm
from dashboard.paper.stamp import custom_properties_part, properties
from dashboard.paper.word_table import add_table
from vocabulary.characters import fit

HAIR_MM = 0.1  # a picture as wide as the text block to the last twip is pushed out of it by rounding
AIR = Pt(8)  # between a figure or table and the text around it
CENTER, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def brief_docx(composed: Composition, pictures: Sequence[bytes], settings: Document | None = None) -> bytes:
    """The document. `pictures` are PNGs without caption, one for every figure in order (ValueError when there are not as many)."""
    settings = settings or document()
    made = docx.Document()
    parts.clear_theme_faces(made, settings)
    parts.add_styles(made, settings)
    parts.line_breaks(made)
    _page(made, settings)
    _title(made, composed, settings)
    waiting = dict(zip((block.number for block in composed.figures), pictures, strict=True))
    for place, block in enumerate(composed.blocks, start=1):
        if isinstance(block, Heading):
            key: StyleKey = "heading1" if block.level == 1 else "heading2"
            heading = parts.paragraph(made, block.text, settings.styles[key].name, keep=True)
            parts.indent_first_line(heading, settings.styles[key])
        elif isinstance(block, Body):
            closing = place == len(composed.blocks) and settings.signature.show  # 落款 never stands alone on a page
            body = parts.paragraph(made, block.text, settings.styles["body"].name, keep=closing)
            parts.indent_first_line(body, settings.styles["body"])
        elif isinstance(block, FigureBlock):
            _figure(made, block, waiting[block.number], settings)
        else:
            _table(made, block, settings)
    _signature(made, composed, settings)
    _properties(made, composed)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _page(made: WordDocument, settings: Document) -> None:
    page, section = settings.page, made.sections[0]
    section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    section.footer_distance, section.header_distance = Mm(page.footer_mm), Mm(15)
    section.gutter = Mm(0)
    parts.grid(made, settings)
    made.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, RIGHT, settings)
    _page_number(section.even_page_footer, LEFT, settings)


def _page_number(footer: _Footer, align: WD_ALIGN_PARAGRAPH, settings: Document) -> None:
    """— 1 — at the outer side, one character from the edge of the text block."""
    footer.is_linked_to_previous = False
    line = footer.paragraphs[0]
    stated = settings.styles["page_number"]
    line.style, line.alignment = stated.name, align
    before, _number, after = settings.words.page_number.partition("{}")
    line.add_run(fit(before))
    parts.field(line, "PAGE", "1")
    line.add_run(fit(after))
    indent = line._p.get_or_add_pPr().get_or_add_ind()
    side = "right" if align == RIGHT else "left"
    indent.set(qn(f"w:{side}Chars"), "100")
    indent.set(qn(f"w:{side}"), str(round(stated.size * parts.TWIPS_PER_POINT)))


def _title(made: WordDocument, composed: Composition, settings: Document) -> None:
    if composed.marking:  # where GB/T 9704 puts 密级: above all else, at the left, in 黑体
        parts.paragraph(made, composed.marking, settings.styles["heading1"].name, align=LEFT)
    parts.paragraph(made, composed.title, settings.styles["title"].name, align=CENTER)
    parts.paragraph(made, "", settings.styles["body"].name)


def _figure(made: WordDocument, block: FigureBlock, picture: bytes, settings: Document) -> None:
    """Picture, then 图题, 注, 资料来源. The picture's line has no fixed pitch, which would cut the picture off in Word."""
    line = parts.paragraph(made, "", settings.styles["cell"].name, align=CENTER, keep=True)
    line.paragraph_format.line_spacing, line.paragraph_format.space_before = 1.0, AIR
    run = line.add_run()
    run.add_picture(io.BytesIO(picture), width=Mm(_picture_width(picture, block, settings)))
    parts.describe_picture(run, block.caption.title, f"{block.caption.title}。{block.finding}")
    _numbered_caption(made, block, "figure_caption", settings)
    _below(made, block.caption, settings, whole=True)


def _picture_width(picture: bytes, block: FigureBlock, settings: Document) -> float:
    """Millimetres: as wide as described, but never wider than the text block nor so tall that its caption leaves the page."""
    with Image.open(io.BytesIO(picture)) as image:
        across, down = image.size
    tallest = room_mm(block.caption, settings)
    return min(block.plate.width_mm, settings.page.text_width_mm, tallest * across / down) - HAIR_MM


def _table(made: WordDocument, block: TableBlock, settings: Document) -> None:
    """表题 and 单位 above, the table, then 注 and 资料来源."""
    _numbered_caption(made, block, "table_caption", settings)
    if block.table.unit:
        said = f"{settings.words.unit}{block.table.unit}"
        parts.paragraph(made, said, settings.styles["unit"].name, align=RIGHT, keep=True)
    add_table(made, block.table, settings)
    _below(made, block.caption, settings)


def _numbered_caption(made: WordDocument, block: FigureBlock | TableBlock, key: StyleKey, settings: Document) -> None:
    """图1　图题: the number is a field, so that Word and WPS renumber when figures move."""
    word = settings.words.figure if isinstance(block, FigureBlock) else settings.words.table
    line = parts.paragraph(made, word, settings.styles[key].name, align=CENTER, keep=True)
    parts.field(line, f"SEQ {word} \\* ARABIC", str(block.number))
    line.add_run(fit(f"　{block.caption.title}"))
    if key == "table_caption":
        line.paragraph_format.space_before = AIR


def _below(made: WordDocument, words: Caption, settings: Document, *, whole: bool = False) -> None:
    """注 and 资料来源, on one page with their figure (`whole`); where addresses are not written out, sources can still be opened."""
    name = settings.styles["note"].name
    note = words.note_line(settings)
    line = parts.paragraph(made, note, name, align=LEFT, keep=bool(words.sources)) if note else None
    if note and line is not None:
        line.paragraph_format.keep_together = whole
    if words.sources:
        line = _sources(made, words, settings)
    if line is not None:
        line.paragraph_format.space_after = AIR
        line.paragraph_format.keep_together = whole


def _sources(made: WordDocument, words: Caption, settings: Document) -> Paragraph:
    name = settings.styles["note"].name
    line = parts.paragraph(made, words.source_lead(settings), name, align=LEFT)
    for number, source in enumerate(words.sources, start=1):
        text = cited(source, address=settings.sources.addresses)
        if source.url.startswith(("http://", "https://")):
            parts.link(line, text, source.url)
        else:
            line.add_run(fit(text))
        line.add_run("。" if number == len(words.sources) else "；")
    return line


def _signature(made: WordDocument, composed: Composition, settings: Document) -> None:
    """落款: who, then when, to the right."""
    if not settings.signature.show:
        return
    stated = settings.styles["signature"]
    parts.paragraph(made, "", settings.styles["body"].name, keep=True)
    for index, text in enumerate(filter(None, (composed.unit, composed.date))):
        line = parts.paragraph(made, text, stated.name, align=RIGHT, keep=index == 0 and bool(composed.unit))
        parts.indent_right(line, stated, settings.signature.right_characters)


def _properties(made: WordDocument, composed: Composition) -> None:
    core = made.core_properties
    core.title, core.author, core.language = fit(composed.title), fit(composed.unit or ""), "zh-CN"
    core.version, core.comments = composed.build.build_id, f"数据版本 {composed.build.build_id}"
    core.created = core.modified = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    parts.custom_properties(made, custom_properties_part(properties(composed.stamp, composed.build.build_id)))
