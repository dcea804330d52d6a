"""A brief in all its forms: .docx, .pptx, .pdf, from pictures that a studio makes or that the reader's browser sent along."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from dashboard.paper.composition import Body, Composition
from dashboard.paper.document import Document, document
from dashboard.paper.pdf import NO_PDF, convert, office
from dashboard.paper.preview import printable
from dashboard.paper.slides import brief_pptx
from dashboard.paper.studio import MissingToolError, Studio, studio
from dashboard.paper.word import brief_docx

FORMS = ("docx", "pptx", "pdf")
MIMETYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
}
JOINER = "\u2060"
_TORN = re.compile(r"(?<=\d)(?=～)|(?<=～)(?=\d)|(?<=见[图表])(?=\d)")
PNG = b"\x89PNG\r\n\x1a\n"


class WrongPicturesError(ValueError):
    """The pictures do not belong to the brief; the message is Chinese."""


def press(composed: Composition, form: str, pictures: Sequence[bytes], settings: Document | None = None) -> bytes:
    """The brief in one form. `pictures`: one PNG a plate (for slides: a slide plate)."""
    settings = settings or document()
    expected = composed.slide_plates if form == "pptx" else composed.plates
    if len(pictures) != len(expected) or any(not picture.startswith(PNG) for picture in pictures):
        raise WrongPicturesError("图片与简报对不上，请刷新页面后重试。")
    if form == "docx":
        return brief_docx(composed, pictures, settings)
    if form == "pptx":
        return brief_pptx(composed, pictures, settings)
    return _pdf(composed, pictures, settings)


def press_all(composed: Composition, open_studio: Studio, told: Callable[[str], None]) -> dict[str, bytes]:
    """Every form by its ending, with pictures of the open studio."""
    told("画图")
    unbroken = _unbroken(composed)
    pictures = [open_studio.draw(plate).png for plate in composed.plates]
    slides = [open_studio.draw(plate).png for plate in composed.slide_plates]
    made = {}
    for form in FORMS:
        told(form)
        if form == "pdf" and office() is None:
            made[form] = open_studio.print_page(printable(unbroken, pictures))
        else:
            made[form] = press(composed, form, slides if form == "pptx" else pictures)
    return made


def _unbroken(composed: Composition) -> Composition:
    """For paper only: no line ends inside 35～37 or between 图 and its number. (In a Word file old programs would show the joiner.)"""
    blocks = (
        replace(block, text=_TORN.sub(JOINER, block.text)) if isinstance(block, Body) else block for block in composed.blocks
    )
    return replace(composed, blocks=tuple(blocks))


def _pdf(composed: Composition, pictures: Sequence[bytes], settings: Document) -> bytes:
    """Through LibreOffice from the Word document; where that is not installed, printed from the preview."""
    composed = _unbroken(composed)
    if office() is not None:
        return convert(brief_docx(composed, pictures, settings), "docx", settings)
    try:
        with studio(settings) as opened:
            return opened.print_page(printable(composed, pictures, settings))
    except MissingToolError as error:
        raise MissingToolError(NO_PDF) from error
