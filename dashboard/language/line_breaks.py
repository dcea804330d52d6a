"""Where Chinese text may break into lines: what stays whole, what never starts or ends a line. Pure; who measures is up to the caller.

Drawings and pages of paper break by these rules with estimated widths; pictures with the real font, in the browser: the plate
(dashboard/paper/plate.py) carries the rules to assets/export.js, which has none of its own.
"""

import re
from collections.abc import Callable, Iterator

NEVER_FIRST = "，。、；：！？）》”’％%】〕～·・"
NEVER_LAST = "（《“‘【〔"
# A date, a number with its unit, a sum, a word, an address; a dash or dots of two characters.
_WORD = r"\d+年(?:\d+月(?:\d+日)?)?|[A-Za-z0-9.,:%−+＋＝/～?=&_#\-]+[年月日期岁个项名人批种条万亿]?|——|……"
# What stays on one line, with the marks that open and close it, and the same of a single character. Read by Python and by JavaScript alike.
WHOLE, SINGLE = (rf"(?:[{NEVER_LAST}]\s*)*(?:{core})(?:\s*[{NEVER_FIRST}])*|\s+" for core in (rf"{_WORD}|\S", r"\S"))
RULES = {"whole": WHOLE, "single": SINGLE}  # as the plate carries them
_ON_A_PAGE = re.compile(r"(（?n＝\d+）?|\d{4}(?:-\d{2}){1,2}|转引)")


def broken(text: str, width_of: Callable[[str], float], width: float) -> list[str]:
    """Lines no wider than `width`, measured by `width_of` (of a line: the sum of its pieces'); what stays whole is broken only where
    it alone is too wide."""
    lines, taken = [""], 0.0
    for piece, takes in _pieces(text, width_of, width):
        if taken + takes > width:
            lines, taken = [*lines, ""], 0.0
        lines[-1], taken = lines[-1] + piece, taken + takes
    return [line.strip() for line in lines if line.strip()]


def whole_parts(text: str) -> list[tuple[str, bool]]:
    """Text of a page in parts, True for those that stay on one line there (n＝32, a date of a register, 转引)."""
    return [(part, number % 2 == 1) for number, part in enumerate(_ON_A_PAGE.split(text)) if part]


def _pieces(text: str, width_of: Callable[[str], float], width: float) -> Iterator[tuple[str, float]]:
    """What stays whole, with its width. What is too wide for any line comes in single characters with their marks; a character with
    too many marks comes without them, each as wide as a line."""
    for whole in re.findall(WHOLE, text):
        takes = width_of(whole)
        for piece in [whole] if takes <= width else re.findall(SINGLE, whole):
            takes = width_of(piece)
            yield from ((mark, width) for mark in piece) if takes > width else ((piece, takes),)
