"""Width, type sizes and text measure: what a figure must know before it can place a label without clipping it.

Figures are fluid: margins are made from the widest label in px, so a drawing made for `Canvas(width=350)` also fills 1200 px.
A wider canvas (exports, the wall) only frees the layout to set row labels beside the rows instead of above them.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from dashboard.drawing.tokens import SIZE_LABEL, SIZE_NOTE, SIZE_SMALL
from dashboard.language.line_breaks import broken

NARROWEST = 350
SMALLEST = 314  # what a card leaves for a drawing on a phone of 360 px: words wrap for it
_TAG = re.compile(r"<[^>]+>")
_EM = {"digit": 0.58, "upper": 0.68, "lower": 0.56, "narrow": 0.32, "wide": 1.0}


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """The narrowest width in px that the drawing must fit, and a factor on all type and marks (the wall uses 2)."""

    width: int = NARROWEST
    scale: float = 1.0

    @property
    def name(self) -> float:
        """Size of row names and values, px."""
        return SIZE_LABEL * self.scale

    @property
    def note(self) -> float:
        """Size of headers and of words at marks, px."""
        return SIZE_NOTE * self.scale

    @property
    def small(self) -> float:
        """Size of details (dates, axis notes), px."""
        return SIZE_SMALL * self.scale

    @property
    def words(self) -> float:
        """Width in px to which words wrap: a fluid drawing also has to fit the smallest phone."""
        return SMALLEST if self.width == NARROWEST else self.width

    def px(self, length: float) -> float:
        """A length of the 1:1 design on this canvas."""
        return length * self.scale


FLUID = Canvas()


@cache
def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return _EM["wide"]
    if character.isdigit():
        return _EM["digit"]
    if character.isupper():
        return _EM["upper"]
    if character.islower() or character in "+−-=%":
        return 0.9 if character == "%" else _EM["lower"]
    return _EM["narrow"]


@lru_cache(maxsize=20_000)  # drawings, slides and tables ask for the same words again and again
def text_width(text: str, size: float) -> float:
    """Width in px of the longest line (<br> breaks, other tags count nothing); on the safe side for Chinese system fonts."""
    lines = [_TAG.sub("", line) for line in text.split("<br>")] if "<" in text else [text]
    return max(sum(map(_em, line)) for line in lines) * size * 1.02


def widest(texts: Iterable[str], size: float) -> float:
    """Width in px of the widest text; 0 for none."""
    return max((text_width(text, size) for text in texts), default=0.0)


def wrap_phrases(text: str, size: float, width: float) -> list[str]:
    """No more lines than `wrap` makes, parted before a bracket or after a dot, or else alike in length: no last line of one word."""
    most = len(wrap(text, size, width))
    for found in reversed(list(re.finditer(r"(?<!^)(?=（)|(?<=·)", text))):
        parts = text[: found.start()].rstrip("·"), text[found.start() :]
        parted = [line for part in parts for line in _even(part, size, width)]
        if most > 1 and len(parted) <= most:
            return parted
    return _even(text, size, width)


def _even(text: str, size: float, width: float) -> list[str]:
    lines = wrap(text, size, width)
    narrower = (wrap(text, size, width * share / 20) for share in range(10, 20))
    return next((tried for tried in narrower if 1 < len(tried) == len(lines)), lines)


def wrap(text: str, size: float, width: float) -> list[str]:
    """Lines no wider than `width` px by the rules of dashboard/language/line_breaks.py, in type of `size` px."""
    return list(_wrapped(text, size, width))


@lru_cache(maxsize=20_000)
def _wrapped(text: str, size: float, width: float) -> tuple[str, ...]:
    return tuple(broken(text, lambda part: text_width(part, size), width))
