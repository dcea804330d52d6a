"""Pictures for a page of a brief: as tall as leaves room for the caption, and a table where type would become too small."""

from dashboard.cards.shown import Shown
from dashboard.drawing.canvas import wrap
from dashboard.paper.caption import Caption, caption
from dashboard.paper.document import POINTS_PER_MM, Document
from dashboard.paper.plate import Plate, Wish, plate
from dashboard.warehouse import Warehouse

PICTURE_MOST_MM = 135.0  # taller ones only where smaller type could not be read
PICTURE_LEAST_MM = 80.0  # below this the sources rather go on to the next page
LEGIBLE = 0.85  # of the least type of the settings
_AIR_PT = 32.0  # above and below, and what line heights of other faces may take


def page_plate(db: Warehouse, card: Shown, settings: Document) -> Plate:
    """The picture without caption for a page that also holds its caption: taller than usual only if it must be."""
    room = room_mm(caption(db, card), settings)
    for most in (min(PICTURE_MOST_MM, room), room):
        made = plate(db, card, Wish(size="wide", captioned=False, most_height_mm=most), settings)
        if made.drawn_mm <= most:
            break
    return made


def fits_a_page(db: Warehouse, card: Shown, settings: Document) -> bool:
    """Whether the figure can be read on one page; a table may go on over several."""
    made = page_plate(db, card, settings)
    return legible(made, room_mm(caption(db, card), settings), settings)


def legible(made: Plate, most_mm: float, settings: Document) -> bool:
    """Whether the smallest type of a picture can still be read on paper when it is no taller than `most_mm`."""
    return made.type_pt * min(1.0, most_mm / made.drawn_mm) >= settings.picture.sizes["wide"].least_pt * LEGIBLE


def fitted(db: Warehouse, card: Shown, room: tuple[float, Document]) -> Plate | None:
    """The picture in so many millimetres of height; None when its type would become smaller than the settings allow."""
    most, settings = room
    made = plate(db, card, Wish(size="wide", captioned=False, most_height_mm=most), settings)
    return made if made.drawn_mm <= most else None


def room_mm(words: Caption, settings: Document) -> float:
    """Height that the caption leaves on a page of its own."""
    return max(PICTURE_LEAST_MM, settings.page.text_height_mm - caption_mm(words, settings))


def caption_mm(words: Caption, settings: Document) -> float:
    """Height of 图题, 注 and 资料来源 on paper, with the air around the figure."""
    title, note = settings.styles["figure_caption"], settings.styles["note"]
    across = settings.page.text_width_mm * POINTS_PER_MM
    lines = sum(len(wrap(line, note.size, across)) for line in (words.note_line(settings), words.source_line(settings)))
    below = lines * (note.pitch_pt or note.size * 1.45) + (title.pitch_pt or title.size * 1.45) + _AIR_PT
    return below / POINTS_PER_MM
