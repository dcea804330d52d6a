"""Numbers as tables and headings set them (GB/T 15835): aligned columns with 万/亿 taken out once, spans of years, 一、二、三.

The wording of single numbers is in dashboard/language/words.py.
"""

import math
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from dashboard.language.words import NOT_PUBLISHED, date, digits

_NUMERALS = "零一二三四五六七八九"
_SCALES = ((Decimal(100_000_000), "亿"), (Decimal(10_000), "万"))
_NEVER_SCALED = {"", "%", "年", "个百分点", ":1"}
_MOST_PLACES = {"%": 1}
_ISO_DATE = re.compile(r"(?<![\d-])(?:19|20)\d\d-(?:0\d|1[0-2])(?:-\d\d)?(?![\d-])")
_YEAR_SPAN = re.compile(r"(?<![\d-])((?:19|20)\d\d)-((?:19|20)\d\d)(?![\d-])")


def years(periods: Iterable[str | None]) -> str:
    """The years that periods of the warehouse span: 2021年, 2019—2024年; blank when none is dated."""
    found = sorted({match.group() for period in periods if period and (match := re.match(r"(1[89]|20)\d\d", str(period)))})
    if not found:
        return ""
    return f"{found[0]}年" if len(found) == 1 else f"{found[0]}—{found[-1]}年"


def dated(text: str) -> str:
    """Dates as a register writes them, in words: 刊期2019-06 → 刊期2019年6月, 2017-2018 → 2017—2018年."""
    return _YEAR_SPAN.sub(r"\1—\2年", _ISO_DATE.sub(lambda match: date(match.group()), text))


def column(numbers: Sequence[float | None], unit: str = "") -> tuple[list[str], str]:
    """A table column: the same decimals in every row, 万 or 亿 taken out once when every number is that large.

    Gives the cells and the unit with its scale (人 → 万人); a missing number reads 未公布.
    """
    exact = [None if number is None or math.isnan(number) else Decimal(str(number)) for number in numbers]
    known = [number for number in exact if number is not None]
    scale, prefix = _column_scale(known, unit)
    places = min(max((_places(number / scale) for number in known), default=0), _MOST_PLACES.get(unit, 2))
    cells = [NOT_PUBLISHED if number is None else digits(float(number / scale), places) for number in exact]
    return cells, prefix + unit


def _column_scale(known: Sequence[Decimal], unit: str) -> tuple[Decimal, str]:
    """The scale that leaves at least two digits before the point in every row."""
    smallest = min((abs(number) for number in known), default=Decimal(0))
    if unit not in _NEVER_SCALED and unit[0] not in "万亿":
        for scale, prefix in _SCALES:
            if smallest >= 10 * scale:
                return scale, prefix
    return Decimal(1), ""


def _places(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent))


def ordinal(number: int) -> str:
    """A whole number from 1 to 99 in Chinese numerals, for headings: 一, 十二, 二十."""
    if not 1 <= number <= 99:
        raise ValueError(f"汉字序号只到九十九，现为{number}。")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones else "")
