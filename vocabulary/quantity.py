"""What a figure as stated allows: 近6000 is at most 6000, 13万余 is [130000, 140000), 3.9万 is [38500, 39500].

`interval` gives the bounds of a fact, `amount` those of a number that a reader types; an end that the wording leaves open is
None. Never a midpoint, never NaN. Ends are kept closed: 140000, which 13万余 does not reach, is its upper bound. The rules:

1. A count written out is exact: 143人 → [143, 143]. So is a count of what is listed, or a sum (列名8个, 34+4+35: `derived`).
2. A number with 万, 亿, decimals or % is known to its last digit, ± half of it: 3.9万 → [38500, 39500];
   4.85% → [4.845, 4.855]; 38% → [37.5, 38.5]; 174.18亿 → ±0.005亿. The same holds for a ratio: 22:1 → [21.5, 22.5].
   What a reader types is as typed: 12万 → [120000, 120000], 4.55% → [4.55, 4.55].
3. 余, 多 add less than one unit of the last digit stated that does not merely fill up: 5500余 → [5500, 5600];
   1.36万余 → [13600, 13700]; 13万余 → [130000, 140000]; 200多 → [200, 300]; 10余万 → [100000, 200000].
4. 近, 不足, 不到, 以下, 以内, 不超过 … give an upper bound: 近6000 → [None, 6000].
5. 以上, 不少于, 超过, 逾, 至少, 上百 … give a lower bound: 不少于60 → [60, None]; 上百 → [100, None].
6. 约, 左右, 上下, 大概, 十来个 … give ± half a unit of that same digit, but no less than 5 %: 约500 → [450, 550];
   约128万 → [121.6万, 134.4万]. Of what is counted one by one they give no less than ±1: 约5个 → [4, 6], 14个左右 → [13, 15].
7. A spread is its own interval: 3～5 → [3, 5]; 十万至十五万 → [100000, 150000]; 两三百 → [200, 300]; 十几 → [11, 19];
   十几万 → [110000, 200000]; 数十 → [20, 100]; 数千 → [2000, 10000].
8. Several hedges on one number give the hull of all: 约20余 → [15, 30]; 约13万余 → [123500, 140000]; 约100以上 → [50, None].
9. Without a hedge in the wording the curator's precision decides: at_least → rule 5, at_most → rule 4, exact and derived → rules
   1 and 2, approx → ± half a unit of the digit of rule 3, of a count ±1 or more (150, approx → [145, 155]).
10. A hedge in the wording beats exact, approx and derived. Where it gainsays at_least or at_most (近6000 with at_least) the
    fact is refused; 约 beside one of these two gives the hull (约100, at_least → [50, None]).
11. Changes are signed in the store, not in the wording: 减少14个 is −14. The interval is mirrored: 减少近80名 → [-80, None].
12. Where the wording does not contain the value (各有一个 for 25; 183-143 for 40), the value's own digits are read by rules 1–9.
"""

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from vocabulary.hedges import FILLERS, Quantity, quantities
from vocabulary.interval import Interval, hull
from vocabulary.numerals import Number, normalise, plain

NOTHING = ("没有", "无", "尚未", "不存在")

# The marks that a number may carry to be a value in this unit; a number without a mark is always allowed.
RATES = {"%": "%", "‰": "‰", "百分点": "百分点", "个百分点": "百分点"}
UNIT_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}  # a unit that begins so counts in them
PRECISIONS = ("exact", "approx", "at_least", "at_most", "derived")
CONTRADICTIONS = {"at_least": {"at_most"}, "at_most": {"at_least", "more"}}

MOST_CHARACTERS = 40  # of what a reader types
LARGEST = Decimal(10) ** 11  # people; more is a slip of the hand
_COUNTED = re.compile(r"(?:人口|[人名个项户口])?及?")  # may follow a typed number
_BETWEEN = re.compile(rf"[{FILLERS}]{{0,2}}")


@dataclass(frozen=True, kw_only=True)
class Amount:
    """What a reader typed. `mark`: %, :1 … as written behind (or around) the number, blank without one."""

    bounds: Interval
    mark: str


@lru_cache(maxsize=8192)  # the figures of the sources are read again by each of many builds
def interval(as_stated: str, *, obs_value: float, unit: str, precision: str) -> Interval:
    """The bounds that the wording and the curator's precision give to `obs_value`, in `unit`.

    Raises ValueError, with a message for the curator, when the two contradict each other or the input is no figure at all.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"精度“{precision}”不在 {'、'.join(PRECISIONS)} 之列")
    quantity = stated_quantity(as_stated, obs_value, unit)
    if quantity is None or (precision == "derived" and quantity.number.is_spread and not quantity.hedges):
        quantity = Quantity(number=_in_unit(plain(_size(obs_value)), unit))
    if set(quantity.kinds) & CONTRADICTIONS.get(precision, set()):
        raise ValueError(f"原文“{as_stated}”与精度 {precision} 矛盾：请核对原文，改精度或改原文摘录")
    one = _one(quantity.number, unit)
    bounds = hull(*(_bounds(kind, quantity.number, one=one) for kind in _kinds(quantity, precision)))
    return bounds.mirrored() if obs_value < 0 else bounds


def amount(text: str, *, unit: str = "", as_typed: bool = True) -> Amount | None:
    """What a text that is one amount and nothing else means; None when it is none, is not positive, or is beyond all counting.

    `unit`: what a number without a mark is in (%, :1); blank for a count, which has no mark. `as_typed`: digits are meant as they stand, 12万 is
    exactly 120000; False reads them as a source's, ± half the last digit. 约, 余, 近 … widen either way.
    """
    plain_text = normalise(text.strip())
    found = quantities(plain_text, dates=True) if len(plain_text) <= MOST_CHARACTERS else ()
    if len(found) != 1 or not _is_whole_text(plain_text, found[0]) or (found[0].number.mark and not unit):
        return None
    number = _in_unit(found[0].number, unit)
    kinds = found[0].kinds or ("exact",)
    bounds = hull(*(_bounds(kind, number, one=_one(number, unit), as_typed=as_typed) for kind in kinds))
    ends = [number.value, *(end for end in (number.upper, bounds.high) if end is not None)]
    return Amount(bounds=bounds, mark=number.mark) if all(0 < end <= LARGEST for end in ends) else None


def stated_quantity(as_stated: str, obs_value: float, unit: str) -> Quantity | None:
    """The number of the wording that is the value, whatever its digits, scale and sign (either end, for a spread), with its hedges:
    3.9万 for 39000 人, 33 939个 for 33939. None when the wording does not contain it."""
    size = _size(obs_value)
    for quantity in quantities(as_stated, dates=unit.startswith("年")):
        for number in _readings(quantity.number, unit):
            if size in (number.value, number.upper):
                return replace(quantity, number=number)
    if size == 0 and any(word in as_stated for word in NOTHING):
        return Quantity(number=plain(size))
    return None


def _size(obs_value: float) -> Decimal:
    """The magnitude in plain digits, without the .0 that Python adds."""
    if not math.isfinite(obs_value):
        raise ValueError(f"数值 {obs_value} 不是有限的数：缺数请留空行，不要写 NaN")
    size = abs(Decimal(repr(obs_value)))
    return Decimal(int(size)) if size == int(size) else size.normalize()


def _is_whole_text(text: str, quantity: Quantity) -> bool:
    """Nothing but the number, its hedges, a filler and what is counted."""
    rest, start = [], 0
    parts = [(quantity.number.start, quantity.number.end), *((hedge.start, hedge.end) for hedge in quantity.hedges)]
    for part_start, part_end in sorted(parts):
        rest.append((part_start <= quantity.number.start, text[start:part_start]))
        start = max(start, part_end)
    rest.append((False, text[start:]))
    return all((_BETWEEN if before and place else _COUNTED).fullmatch(words) for place, (before, words) in enumerate(rest))


def _readings(number: Number, unit: str) -> tuple[Number, ...]:
    """What a number can mean in a unit: 12.4万 is 12.4 万人; so is a plain 12.4 in a table whose head says 万人."""
    if number.mark not in {"", ":1", RATES.get(unit, "")}:
        return ()
    scale = next((Decimal(size) for word, size in UNIT_SCALES.items() if unit.startswith(word)), Decimal(1))
    if scale == 1:
        return (_in_unit(number, unit),)
    return (number.times(1 / scale), *([replace(number, rounded=True)] if number.scale == 1 else []))


def _in_unit(number: Number, unit: str) -> Number:
    """A number that is in the unit already; shares and ratios are rounded to their last digit even without decimals."""
    return replace(number, rounded=number.rounded or unit in RATES or ":1" in (unit + number.mark))


def _kinds(quantity: Quantity, precision: str) -> tuple[str, ...]:
    """Which rules bound the quantity (rules 7, 9 and 10)."""
    if not quantity.hedges:
        return ("exact",) if quantity.number.is_spread else (precision,)
    if quantity.kinds == ("about",) and precision in CONTRADICTIONS:
        return ("about", precision)
    return quantity.kinds


def _one(number: Number, unit: str) -> Decimal:
    """1 where the number counts things one by one, so that a vague one spans a thing more and a thing less; else 0."""
    counts = not number.rounded and not number.mark and number.step == 1
    return Decimal(counts and not unit.startswith(tuple(UNIT_SCALES)))


def _bounds(kind: str, number: Number, *, one: Decimal, as_typed: bool = False) -> Interval:
    """Rules 1 to 7 for one kind of hedge or precision; `one` see `_one`. A magnitude does not go below 0."""
    low, high, half = number.value, number.upper, number.coarse / 2
    slack = number.step / 2 if number.rounded and not as_typed and not number.is_spread else Decimal(0)
    least = max(half, one)
    five = Decimal("0.05")
    table: dict[str, tuple[Decimal | None, Decimal | None]] = {
        "more": (low, high + number.coarse),
        "at_least": (low, None),
        "at_most": (None, high),
        "about": (low - max(least, low * five), high + max(least, high * five)),
        "approx": (low - least, high + least),
        "exact": (low - slack, high + slack),
    }
    floor, ceiling = table["exact" if kind == "derived" else kind]
    return Interval(low=None if floor is None else max(floor, Decimal(0)), high=ceiling)
