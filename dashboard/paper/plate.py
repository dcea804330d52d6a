"""The plate: one description of a finished picture, from which browser and server make the same one (assets/export.js).

Python decides what is said, in which size and order; the script measures, breaks lines and places. A plate is plain JSON:
figure (a dict for Plotly, drawn for the plate's own width), texts above and below it, physical size, stamp.
"""

import itertools
import re
from dataclasses import asdict, dataclass
from typing import Any

from dashboard.cards.chart import Figure
from dashboard.cards.shown import NO_DRAWING, NothingToExportError, Shown
from dashboard.drawing.canvas import Canvas, wrap
from dashboard.drawing.tokens import INK, SECONDARY, SIZE_SMALL
from dashboard.language.line_breaks import RULES
from dashboard.paper.caption import Caption, caption
from dashboard.paper.document import POINTS_PER_MM, Document, PictureSize, document
from dashboard.paper.stamp import made_of, stamp
from dashboard.warehouse import Warehouse
from vocabulary.characters import fit_all, without_unfit

LEADING = 1.45  # line height of the caption; the script uses the same
PAD = 6.0  # px that stay free left and right of the caption, as in the drawing
_STEPS = (1.0, 1.1, 1.2, 1.35, 1.5, 1.7, 1.9, 2.2, 2.6)
_NOTES = ((1.0, 0.86), (0.74,))
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, kw_only=True)
class Part:
    """A paragraph above or below the figure. `size` and `gap` (above it) in px of the plate."""

    role: str
    text: str
    size: float
    bold: bool = False
    align: str = "left"
    color: str = INK
    gap: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Plate:
    """A picture as described. `px` is the width that the figure was drawn for; it becomes `width_mm` on paper."""

    chart_id: str
    name: str  # file name without its ending
    title: str
    alt: str
    width_mm: float
    height_mm: float | None
    most_height_mm: float | None  # what a page holds; the reader is told when the picture is taller
    dpi: int
    px: float
    font: str
    figure: Figure
    above: tuple[Part, ...]
    below: tuple[Part, ...]
    stamp: str
    text: str  # what 复制图题与来源 copies
    breaks: dict[str, str]  # where lines break

    @property
    def px_mm(self) -> float:
        """Millimetres of one px."""
        return self.width_mm / self.px

    @property
    def type_pt(self) -> float:
        """Points of the smallest type of the drawing."""
        return SIZE_SMALL * self.px_mm * POINTS_PER_MM

    @property
    def drawn_mm(self) -> float:
        """Height of the finished picture, on the safe side: the script measures with the real font."""
        words = sum(_height(part, self.px) for part in (*self.above, *self.below))
        return (float(self.figure["layout"]["height"]) + words) * self.px_mm

    def to_json(self) -> dict[str, Any]:
        """As assets/export.js reads it."""
        return fit_all(asdict(self))


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How a picture is wanted: a size of the settings, with the caption or without, at most so high, or with type of so many points
    whatever height that takes."""

    size: str = ""
    captioned: bool = True
    most_height_mm: float | None = None
    type_pt: float | None = None


@dataclass(frozen=True, kw_only=True)
class _Fitting:
    """One try at fitting a page: width in px and size of the notes in points."""

    px: float
    note_pt: float


def plate(db: Warehouse, card: Shown, wish: Wish = Wish(), settings: Document | None = None) -> Plate:
    """The plate of a card. NothingToExportError without rows or drawing, KeyError for a size that is not in the settings."""
    settings = settings or document()
    size = settings.picture.sizes[wish.size or settings.picture.default]
    with db.pinned() as build:
        if not card.is_drawn:
            raise NothingToExportError(card.empty or NO_DRAWING)
        words = caption(db, card)
        stamped = stamp(db, build, [made_of(card)], [*card.fact_ids, *card.finding.fact_ids()])
        fitting, figure = _fit(card, (words, size, wish, settings))
        above, below = _parts(words, figure, fitting, (size, wish, settings))
        name = words.title if wish.captioned else f"{words.title}_无题注"
        return Plate(
            chart_id=card.chart.id, name=f"{file_name(name)}_{size.name.split()[0]}", title=words.title,
            alt=f"{words.title}。{card.finding.plain()}", width_mm=size.width_mm, height_mm=size.height_mm if wish.captioned else None,
            most_height_mm=size.most_height_mm, dpi=settings.picture.dpi, px=round(fitting.px, 2), font=settings.picture.font_stack, figure=figure,
            above=above, below=below, stamp=stamped, text=words.plain(settings), breaks=dict(RULES),
        )  # fmt: skip


def file_name(title: str) -> str:
    """A title as a file name (without its ending) that every system takes."""
    return _NOT_IN_NAMES.sub("_", without_unfit(title)).strip("_.")[:80]


Context = tuple[Caption, PictureSize, Wish, Document]


def _fit(card: Shown, context: Context) -> tuple[_Fitting, Figure]:
    """The largest type with which the picture is no taller than its page: first the notes give way a little, then the drawing,
    then the notes once more."""
    _words, size, wish, _settings = context
    most_mm = wish.most_height_mm or size.height_mm or size.most_height_mm or float("inf")
    widths = [step * SIZE_SMALL / size.drawing_pt * size.width_pt for step in _STEPS
              if size.drawing_pt / step >= size.least_pt]  # fmt: skip

    if wish.type_pt:
        most_mm, widths = float("inf"), [SIZE_SMALL / wish.type_pt * size.width_pt]

    def drawn(px: float) -> Figure:
        return card.figure(Canvas(width=int(px)))

    fitting = _Fitting(px=widths[-1], note_pt=size.least_pt)
    for shares in _NOTES:
        for px, share in itertools.product(widths, shares):
            fitting = _Fitting(px=px, note_pt=max(size.least_pt, size.note_pt * share))
            if _total(drawn(px), fitting, context) / px * size.width_mm <= most_mm:
                return fitting, drawn(px)
    return fitting, drawn(fitting.px)


def _total(figure: Figure, fitting: _Fitting, context: Context) -> float:
    """Px from the top of the picture to its bottom."""
    words, size, wish, settings = context
    above, below = _parts(words, figure, fitting, (size, wish, settings))
    return float(figure["layout"]["height"]) + sum(_height(part, fitting.px) for part in (*above, *below))


def _parts(
    words: Caption, figure: Figure, fitting: _Fitting, context: tuple[PictureSize, Wish, Document]
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Paragraphs above the figure (单位, unless the drawing says it) and below it: 图题, 注, 资料来源, in this order."""
    size, wish, settings = context
    px_per_pt = fitting.px / size.width_pt
    title, note = size.title_pt * px_per_pt, fitting.note_pt * px_per_pt
    unit = "" if _says_unit(figure) else words.unit_line(settings)
    above = (Part(role="unit", text=unit, size=note, align="right", color=SECONDARY),) if unit else ()
    if not wish.captioned:
        marked = (Part(role="secrecy", text=words.marking, size=note),) if words.marking else ()
        return (*marked, *above), ()
    below = (
        Part(role="title", text=words.title, size=title, bold=True, align="center", gap=title * 0.6),
        Part(role="note", text=words.note_line(settings), size=note, gap=note * 0.5),
        Part(role="source", text=words.source_line(settings), size=note, gap=note * 0.3),
    )
    return above, tuple(part for part in below if part.text)


def _says_unit(figure: Figure) -> bool:
    return any(str(words.get("text", "")).startswith("单位：") for words in figure["layout"].get("annotations", ()))


def _height(part: Part, px: float) -> float:
    """Px that a paragraph will take, on the safe side: the script measures with the real font."""
    width = part.size * (1.04 if part.bold else 1.0)
    return part.gap + len(wrap(part.text, width, px - 2 * PAD)) * part.size * LEADING
