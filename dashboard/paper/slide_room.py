"""The room that a slide has for a card, and its pictures: whole where its type can be read across a meeting room, else in parts, a
slide each.
"""

from dataclasses import replace

from pptx.util import Emu, Length, Mm

from dashboard.cards.shown import Shown
from dashboard.drawing.parting import parted
from dashboard.paper.caption import Caption, cited
from dashboard.paper.document import Document
from dashboard.paper.plate import Plate, Wish, plate
from dashboard.paper.slide_parts import height_of
from dashboard.warehouse import Warehouse

WIDTH, HEIGHT, SIDE = Mm(338.66), Mm(190.5), Mm(15)
TEXT: Length = Emu(WIDTH - 2 * SIDE)
TOP, BOTTOM, GAP = Mm(29), Mm(6), Mm(3)
_NOTES_MOST = Mm(28)
_APART = Mm(60)  # 注 and 资料来源 that take more than this leave a card no room: the sources then have slides of their own
_PARTS_MOST = 2  # pictures of one figure; of more, nobody keeps the first in mind


def below(words: Caption, settings: Document) -> list[str]:
    """注 and 资料来源 as they stand on a slide; of very many sources how many, the slides after the card list them."""
    listed = words.source_line(settings)
    if _takes_too_much(words, settings):
        listed = f"{words.source_lead(settings)}共{len(words.sources)}个，见随后的“资料来源”页。"
    return [line for line in (words.note_line(settings), listed) if line]


def source_pages(words: Caption, settings: Document) -> list[str]:
    """Very many sources, in full, a text for each slide; none where they stand below the card."""
    if not _takes_too_much(words, settings):
        return []
    pages: list[list[str]] = [[]]
    for source in words.sources:
        longer = [*pages[-1], cited(source, address=False)]
        if pages[-1] and height_of([_listed(longer)], settings.slides.note_size, TEXT) > HEIGHT - BOTTOM - TOP:
            pages.append(longer[-1:])
        else:
            pages[-1] = longer
    return [_listed(page) for page in pages]


def _listed(sources: list[str]) -> str:
    return f"{'；'.join(sources)}。"


def _takes_too_much(words: Caption, settings: Document) -> bool:
    lines = [line for line in (words.note_line(settings), words.source_line(settings)) if line]
    return height_of(lines, settings.slides.least_note_size, TEXT) > _APART


def note_size(words: Caption, settings: Document) -> tuple[float, Length]:
    """Points of 注 and 资料来源 on a slide, and the height they take."""
    lines, size = below(words, settings), settings.slides.note_size
    while size > settings.slides.least_note_size and height_of(lines, size, TEXT) > _NOTES_MOST:
        size -= 0.5
    return size, height_of(lines, size, TEXT)


def content_span(words: Caption, finding: str, settings: Document) -> tuple[Length, Length]:
    """From where to where the card may stand between the sentence and the notes."""
    top = TOP + height_of([finding], settings.slides.body_size, TEXT) + GAP
    return Emu(top), Emu(HEIGHT - BOTTOM - note_size(words, settings)[1] - GAP)


def slide_plates(db: Warehouse, card: Shown, words: Caption, settings: Document) -> tuple[Plate, ...]:
    """The pictures without caption, one a slide: as few as can be, then in as large a type. None where the table is read more easily."""
    top, bottom = content_span(words, card.finding.plain(), settings)
    scale = (
        settings.picture.sizes["slide"].width_mm / TEXT.mm
    )  # a picture is made for the whole slide and shown between its margins
    most_mm, size, tries = Emu(bottom - top).mm * scale, settings.slides.picture_size, []
    while size >= settings.slides.least_picture_size:
        tries.append(_in_parts(plate(db, card, Wish(size="slide", captioned=False, type_pt=size * scale), settings), most_mm))
        size -= 1
    fitting = [parts for parts in tries if len(parts) <= _PARTS_MOST and all(part.drawn_mm <= most_mm for part in parts)]
    return min(fitting, key=len, default=())


def _in_parts(whole: Plate, most_mm: float) -> tuple[Plate, ...]:
    """The plate in parts of so many millimetres where it can be parted so."""
    figure = whole.figure
    above = whole.drawn_mm / whole.px_mm - figure["layout"]["height"]
    return tuple(replace(whole, figure=part) for part in parted(figure, most_mm / whole.px_mm - above))
