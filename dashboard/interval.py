"""Numbers as a reader types them, as intervals: 13万余 is 13万 to 14万, 近6000 is at most 6000, a missing end stays open.

The rules are those by which the warehouse reads its sources: a plain number is exact; one with 万, 亿 or decimals is known to
half its last digit; 余 and 多 add less than one unit of the last digit stated; 约 is ± half that unit and at least 5 %.
Arithmetic keeps both ends; an end that cannot be known is None, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

MOST_CHARACTERS = 40
LARGEST = Decimal(10) ** 11  # people; more is a slip of the hand
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), None: Decimal(1)}
_AT_MOST = ("近", "将近", "接近", "不足", "不到", "不超过", "不高于", "不多于", "至多", "最多", "≤", "<=", "<")
_AT_LEAST = ("不少于", "不低于", "至少", "最少", "超过", "逾", "≥", ">=", ">")
_ABOUT = ("约", "大约", "≈")
_WORDS = "|".join(sorted(map(re.escape, (*_AT_MOST, *_AT_LEAST, *_ABOUT)), key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<before>{_WORDS})?(?P<digits>\d+(?:\.\d+)?)(?P<more>[余多])?(?P<scale>[万亿])?(?P<more_after>[余多])?"
    r"(?:人|名|个|项)?(?P<after>以上|以下|以内|左右|上下)?(?:人|名|个|项)?"
)
_SPREAD = re.compile(r"(.+?)(?:～|~|至|到|—|–|-)(.+)")


@dataclass(frozen=True, kw_only=True)
class Interval:
    """What a quantity can be, both ends included; None = that end is open."""

    low: Decimal | None
    high: Decimal | None

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def unknown(self) -> bool:
        """Nothing is known of it."""
        return self.low is None and self.high is None

    def over(self, divisor: Interval) -> Interval:
        """The quotient of two positive quantities; an end is open where its parts do not bound it."""
        return Interval(low=_quotient(self.low, divisor.high), high=_quotient(self.high, divisor.low))

    def minus(self, other: Interval) -> Interval:
        """The difference, signed."""
        return Interval(low=_difference(self.low, other.high), high=_difference(self.high, other.low))


def exactly(number: Decimal | float) -> Interval:
    """A number known as it stands."""
    value = number if isinstance(number, Decimal) else Decimal(repr(number))
    return Interval(low=value, high=value)


def between(low: float | None, high: float | None) -> Interval:
    """Bounds as the warehouse keeps them."""
    return Interval(
        low=None if low is None else Decimal(repr(low)).normalize(),
        high=None if high is None else Decimal(repr(high)).normalize(),
    )


def read(text: str, *, exact: bool = False) -> Interval | None:
    """The interval that a typed amount means; None when it is none, is not positive, or is beyond all counting.

    `exact`: a bare number is meant as it stands, whatever its decimals (a target: 4.55 is 4.55).
    """
    said = re.sub(r"[\s,，\u2009]", "", unicodedata.normalize("NFKC", text))
    if not said or len(said) > MOST_CHARACTERS:
        return None
    found = _one(said, exact=exact) or _spread(said, exact=exact)
    ends = [end for end in (found.low, found.high) if end is not None] if found else []
    return found if ends and all(0 < end <= LARGEST for end in ends) else None


def _spread(said: str, *, exact: bool) -> Interval | None:
    """3～5万: a scale after the second number holds for both."""
    parts = _SPREAD.fullmatch(said)
    if parts is None:
        return None
    first, last = parts.groups()
    if last[-1] in "万亿" and first[-1] not in "万亿":
        first += last[-1]
    low, high = _one(first, exact=exact), _one(last, exact=exact)
    # A spread is its own interval: its ends are not widened.
    ends = [_middle(end) for end in (low, high) if end]
    if len(ends) < 2 or ends[0] is None or ends[1] is None or ends[0] > ends[1]:
        return None
    return Interval(low=ends[0], high=ends[1])


def _middle(end: Interval) -> Decimal | None:
    return None if end.low is None or end.high is None else (end.low + end.high) / 2


def _one(said: str, *, exact: bool) -> Interval | None:
    match = _NUMBER.fullmatch(said)
    if match is None:
        return None
    scale, digits = _SCALES[match["scale"]], match["digits"]
    value = Decimal(digits) * scale
    last = scale * Decimal(1).scaleb(-len(digits.partition(".")[2]))
    # The last digit that does not merely fill up: 5500余 counts in hundreds.
    filled = 0 if "." in digits else len(digits) - len(digits.rstrip("0"))
    unit = last * Decimal(10) ** filled
    rounded = not exact and (scale != 1 or "." in digits)
    if match["more"] or match["more_after"]:
        return Interval(low=value, high=value + unit)
    return _bounded(match["before"] or match["after"] or "", value, (unit, last if rounded else Decimal(0)))


def _bounded(word: str, value: Decimal, units: tuple[Decimal, Decimal]) -> Interval:
    """`units` = (unit of the last digit stated, unit to which the number is rounded or 0)."""
    unit, step = units
    about = max(unit / 2, value * Decimal("0.05"))
    kinds: tuple[tuple[tuple[str, ...], Callable[[], Interval]], ...] = (
        ((*_AT_MOST, "以下", "以内"), lambda: Interval(low=None, high=value)),
        ((*_AT_LEAST, "以上"), lambda: Interval(low=value, high=None)),
        ((*_ABOUT, "左右", "上下"), lambda: Interval(low=value - about, high=value + about)),
    )
    for words, made in kinds:
        if word in words:
            return made()
    return Interval(low=value - step / 2, high=value + step / 2)


def _quotient(end: Decimal | None, divisor: Decimal | None) -> Decimal | None:
    return None if end is None or divisor is None or divisor == 0 else end / divisor


def _difference(end: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if end is None or other is None else end - other
