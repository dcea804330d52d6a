"""Where Chinese text may break into lines: what stays whole, what never starts or ends a line. Pure; who measures is up to the caller.

Drawings and pages of paper break by these rules with estimated widths; pictures with the real font, in the browser: the plate
(dashboard/paper/plate.py) carries the rules to assets/export.js, which has none of its own.
"""

import re
from collections.abc import Callable, Iterator

# A date, a number with its unit, a sum, a word, an address; a dash or dots of two characters. Read by Python and by JavaScript alike.
WHOLE = r"\d+年(?:\d+月(?:\d+日)?)?|[A-Za-z0-9.,:%−+＋＝/～?=&_#\-]+[年月日期岁个项名人批种条万亿]?|——|……"
NEVER_FIRST = "，。、；：！？）》”’％%】〕～·・"
NEVER_LAST = "（《“‘【〔"
_PIECE = re.compile(rf"{WHOLE}|[\s\S]")
_LAST = re.compile(rf"(?:{WHOLE}|[\s\S])[{NEVER_FIRST}]*$")
_ON_A_PAGE = re.compile(r"(（?n＝\d+）?|\d{4}(?:-\d{2}){1,2}|转引)")
RULES = {"whole": WHOLE, "never_first": NEVER_FIRST, "never_last": NEVER_LAST}  # as the plate carries them


def broken(text: str, width_of: Callable[[str], float], width: float) -> list[str]:
    """Lines no wider than `width`, measured by `width_of` (of a line: the sum of its pieces'); what stays whole is broken only where
    it alone is too wide. A closing mark takes the piece before it along to the next line, and so does an opening mark at the end."""
    lines, line, taken = [], "", 0.0
    for piece, takes in _pieces(text, width_of, width):
        if line and taken + takes > width:
            line, carried = _carried(line, piece)
            if line.strip():
                lines.append(line.strip())
            line, taken = carried, width_of(carried) if carried else 0.0
        line, taken = line + piece, taken + takes
    return [*lines, line.strip()] if line.strip() else lines


def whole_parts(text: str) -> list[tuple[str, bool]]:
    """Text of a page in parts, True for those that stay on one line there (n＝32, a date of a register, 转引)."""
    return [(part, number % 2 == 1) for number, part in enumerate(_ON_A_PAGE.split(text)) if part]


def _pieces(text: str, width_of: Callable[[str], float], width: float) -> Iterator[tuple[str, float]]:
    """Pieces that stay whole, those that are too wide for any line in single characters; each with its width."""
    for piece in _PIECE.findall(text):
        takes = width_of(piece)
        yield from ((part, width_of(part)) for part in piece) if takes > width else ((piece, takes),)


def _carried(line: str, piece: str) -> tuple[str, str]:
    """The line as it ends before `piece`, and what of it goes along to the next."""
    carried = ""
    if piece[0] in NEVER_FIRST:
        last = _LAST.search(line)
        carried = last[0] if last and len(last[0]) < len(line) else ""
        line = line[: len(line) - len(carried)]
    while line and line[-1] in NEVER_LAST:
        line, carried = line[:-1], line[-1] + carried
    return line, carried
