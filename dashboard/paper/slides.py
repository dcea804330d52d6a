"""A brief as .pptx: one card a slide, native tables, native charts where the form allows, sources in full, stamped."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

import pptx
from PIL import Image
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Length, Mm, Pt

from dashboard.drawing.tokens import MUTED, SECONDARY
from dashboard.paper import slide_parts as parts
from dashboard.paper import slide_room as room
from dashboard.paper.composition import Body, Composition, FigureBlock, Heading, TableBlock
from dashboard.paper.document import Document, document
from dashboard.paper.slide_charts import Data, add_chart
from dashboard.paper.slide_parts import Box, Cut, Face
from dashboard.paper.slide_room import HEIGHT, SIDE, TEXT, WIDTH
from dashboard.paper.stamp import custom_properties_part, properties
from dashboard.paper.tables import SetTable
from vocabulary.characters import fit

_TITLE_ONLY = 5
_UNIT_LINE = Mm(8)
_SMALLER = 5  # points that the type of a table may give way before it takes another slide


def brief_pptx(composed: Composition, pictures: Sequence[bytes], settings: Document | None = None) -> bytes:
    """The presentation. `pictures`: one a slide plate; a figure whose form allows it becomes a chart that can be edited."""
    settings = settings or document()
    made = pptx.Presentation()
    made.slide_width, made.slide_height = WIDTH, HEIGHT
    _opening(made, composed, settings)
    waiting = iter(pictures)
    section, said = "", []
    for block in composed.blocks:
        if isinstance(block, Heading):
            section = block.text if block.level == 1 else section
            said.append(block.text)
        elif isinstance(block, Body):
            said.append(block.text)
        else:
            slides = list(_card(made, block, (section, waiting), settings))
            _speak(slides[0], [*said, *room.below(block.caption, settings)])
            said = []
    _speak(made.slides[-1], said)  # what stands after the last card
    _properties(made, composed)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _opening(made: Any, composed: Composition, settings: Document) -> None:
    slide = _slide(made, composed.title, settings, size=40)
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = SIDE, Mm(62), TEXT, Mm(40)
    for paragraph in title.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.CENTER
    lines = [*filter(None, (composed.marking, composed.unit, composed.date))]
    face = Face(font=settings.slides.body_font, size=20, align=PP_ALIGN.CENTER, color=SECONDARY)
    parts.text_box(slide, (SIDE, Mm(108), TEXT, Mm(25)), lines, face)
    _speak(slide, [f"数据版本 {composed.build.build_id}"])


def _slide(made: Any, title: str, settings: Document, *, size: float | None = None) -> Any:
    slide = made.slides.add_slide(made.slide_layouts[_TITLE_ONLY])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = SIDE, Mm(14), TEXT, Mm(14)
    parts.write(
        shape.text_frame, [title], Face(font=settings.slides.title_font, size=size or settings.slides.title_size, bold=True)
    )
    return slide


def _card(made: Any, block: FigureBlock | TableBlock, content: tuple[str, Iterator[bytes]], settings: Document) -> Iterator[Any]:
    """The slides of a card: a chart that can be edited, its pictures, or its table; then its sources if they are very many."""
    section, waiting = content
    if isinstance(block, TableBlock) or not (block.native or block.slide_plates):
        yield from _tables(made, block, section, settings)
    elif block.native:
        yield _figure(made, block, (section, block.native), settings)
    else:
        for _plate in block.slide_plates:
            yield _figure(made, block, (section, next(waiting)), settings)
    for listed in room.source_pages(block.caption, settings):
        slide = _slide(made, f"{block.caption.title}：资料来源", settings)
        face = Face(font=settings.slides.body_font, size=settings.slides.note_size, color=SECONDARY)
        parts.text_box(slide, (SIDE, room.TOP, TEXT, Emu(HEIGHT - room.BOTTOM - room.TOP)), [listed], face)
        yield slide


def _frame(made: Any, block: FigureBlock | TableBlock, section: str, settings: Document) -> tuple[Any, Length, Length]:
    """A slide with section, title and sentence above and 注, 资料来源 below; gives it and where its content may stand."""
    slide = _slide(made, block.caption.title, settings)
    small = Face(font=settings.slides.body_font, size=12, color=MUTED)
    parts.text_box(slide, (SIDE, Mm(8), TEXT, Mm(6)), [section or " "], small)
    top, bottom = room.content_span(block.caption, block.finding, settings)
    face = Face(font=settings.slides.body_font, size=settings.slides.body_size, color=SECONDARY)
    parts.text_box(slide, (SIDE, room.TOP, TEXT, Emu(top - room.TOP - room.GAP)), [block.finding], face)
    below, (size, tall) = room.below(block.caption, settings), room.note_size(block.caption, settings)
    if below:
        face = Face(font=settings.slides.body_font, size=size, color=MUTED)
        parts.text_box(slide, (SIDE, Emu(bottom + room.GAP), TEXT, tall), below, face)
    return slide, top, bottom


def _figure(made: Any, block: FigureBlock, content: tuple[str, bytes | Data], settings: Document) -> Any:
    section, drawn = content
    slide, top, bottom = _frame(made, block, section, settings)
    box: Box = (SIDE, top, TEXT, Emu(bottom - top))
    shape = _native(slide, drawn, box, settings) if isinstance(drawn, Data) else _picture(slide, drawn, box)
    parts.describe(shape, block.caption.title, f"{block.caption.title}。{block.finding}")
    return slide


def _native(slide: Any, data: Data, box: Box, settings: Document) -> Any:
    left, top, width, height = box
    if data.unit:
        face = Face(font=settings.slides.body_font, size=12, align=PP_ALIGN.RIGHT, color=MUTED)
        parts.text_box(slide, (left, top, width, _UNIT_LINE), [f"{settings.words.unit}{data.unit}"], face)
    wanted = min(Emu(height - _UNIT_LINE), Mm(16 + 26 * len(data.categories)))
    return add_chart(slide, data, (left, Emu(top + _UNIT_LINE), width, wanted), settings)


def _picture(slide: Any, picture: bytes, box: Box) -> Any:
    """The picture as large as the box allows, in its middle."""
    left, top, width, height = box
    with Image.open(io.BytesIO(picture)) as image:
        across, down = image.size
    scale = min(width / across, height / down)
    wide, tall = Emu(int(across * scale)), Emu(int(down * scale))
    return slide.shapes.add_picture(io.BytesIO(picture), Emu(left + (width - wide) // 2), top, wide, tall)


def _tables(made: Any, block: FigureBlock | TableBlock, section: str, settings: Document) -> Iterator[Any]:
    """As many slides as the rows need; the header stands on each."""
    rows = block.table.rows
    while True:
        slide, top, bottom = _frame(made, block, section, settings)
        if block.table.unit:
            face = Face(font=settings.slides.body_font, size=12, align=PP_ALIGN.RIGHT, color=MUTED)
            parts.text_box(slide, (SIDE, top, TEXT, _UNIT_LINE), [f"{settings.words.unit}{block.table.unit}"], face)
            top = Emu(top + _UNIT_LINE)
        cut = _cut(block.table, rows, Emu(bottom - top), settings)
        shape = parts.add_table(slide, cut, (SIDE, top, TEXT, Pt(20)), settings)
        parts.describe(shape, block.caption.title, f"{block.caption.title}。{block.finding}")
        yield slide
        rows = rows[len(cut.rows) :]
        if not rows:
            return


def _cut(table: SetTable, rows: list[tuple[str, ...]], space: Length, settings: Document) -> Cut:
    """All rows in the largest type that holds them; with the smallest, as many as fit and at least one."""
    sizes = [settings.slides.body_size - less for less in range(_SMALLER + 1)]
    for size in sizes:
        if len(rows) <= settings.slides.rows_on_a_slide and parts.table_height(table, rows, TEXT, size) <= space.pt:
            return Cut(table=table, rows=rows, size=size)
    for count in range(min(len(rows), settings.slides.rows_on_a_slide), 1, -1):
        if parts.table_height(table, rows[:count], TEXT, sizes[-1]) <= space.pt:
            return Cut(table=table, rows=rows[:count], size=sizes[-1])
    return Cut(table=table, rows=rows[:1], size=sizes[-1])


def _speak(slide: Any, lines: list[str]) -> None:
    """Speaker's notes: the text of the brief, and notes and sources once more for copying; added to those that the slide has."""
    if lines:
        frame = slide.notes_slide.notes_text_frame
        frame.text = fit("\n".join(filter(None, [frame.text, *lines])))


def _properties(made: Any, composed: Composition) -> None:
    core = made.core_properties
    core.title, core.author, core.language = fit(composed.title), fit(composed.unit or ""), "zh-CN"
    core.version, core.comments = composed.build.build_id, f"数据版本 {composed.build.build_id}"
    core.created = core.modified = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    parts.custom_properties(made, custom_properties_part(properties(composed.stamp, composed.build.build_id)))
