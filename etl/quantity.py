"""What a figure as stated allows: 近6000 is at most 6000, 13万余 is [130000, 140000], 3.9万 is [38500, 39500].

`interval` gives the bounds of a fact; an end that the wording leaves open is None. Never a midpoint, never NaN. The rules:

1. A count written out is exact: 143人 → [143, 143]. So is a count of what is listed, or a sum (列名8个, 34+4+35: `derived`).
2. A number with 万, 亿, decimals or % is known to its last digit, ± half of it: 3.9万 → [38500, 39500];
   4.85% → [4.845, 4.855]; 38% → [37.5, 38.5]; 174.18亿 → ±0.005亿. The same holds for a ratio: 22:1 → [21.5, 22.5].
3. 余, 多 add less than one unit of the last digit stated that does not merely fill up: 5500余 → [5500, 5600];
   1.36万余 → [13600, 13700]; 13万余 → [130000, 140000]; 200多 → [200, 300]; 10余万 → [100000, 200000].
4. 近, 不足, 不到, 以下, 以内, 不超过 … give an upper bound: 近6000 → [None, 6000].
5. 以上, 不少于, 超过, 逾, 至少, 上百 … give a lower bound: 不少于60 → [60, None]; 上百 → [100, None].
6. 约, 左右, 上下, 大概, 十来个 … give ± half a unit of that same digit, but no less than 5 %: 约500 → [450, 550];
   约128万 → [121.6万, 134.4万].
7. A spread is its own interval: 3～5 → [3, 5]; 十万至十五万 → [100000, 150000]; 两三百 → [200, 300]; 十几 → [11, 19];
   数十 → [20, 100]; 数千 → [2000, 10000].
8. Two hedges on one number give the hull of both: 约20余 → [15, 30].
9. Without a hedge in the wording the curator's precision decides: at_least → rule 5, at_most → rule 4, exact and derived → rules
   1 and 2, approx → ± half a unit of the digit of rule 3 (150, approx → [145, 155]).
10. A hedge in the wording beats exact, approx and derived. Where it gainsays at_least or at_most (近6000 with at_least) the
    fact is refused; 约 beside one of these two gives the hull (约100, at_least → [50, None]).
11. Changes are signed in the store, not in the wording: 减少14个 is −14. The interval is mirrored: 减少近80名 → [-80, None].
12. Where the wording does not contain the value (各有一个 for 25; 183-143 for 40), the value's own digits are read by rules 1–9.
"""

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from etl.numerals import Number, normalise, numbers, plain

Hedge = Literal["more", "at_least", "at_most", "about"]
Bounds = tuple[Decimal | None, Decimal | None]

# Before the number. "" = ends like a hedge and is none. The longest that fits counts: 不超过 before 超过, 节约 before 约.
PREFIXES: tuple[tuple[str, str], ...] = (
    ("at_most", "近 将近 接近 不足 不到 没到 未到 未达 未及 未满 不满 低于 少于 小于 不超 不超过 未超过"),
    ("at_most", "不高于 不多于 不大于 至多 最多 小于等于 ≤ <"),
    ("at_least", "超过 超 超出 逾 高于 多于 大于 至少 最少 起码 突破 不止 大于等于 ≥ >"),
    ("at_least", "不少于 不低于 不小于 不下 不下于"),
    ("about", "约 大约 大概 大致 估计 ≈"),
    ("", "最近 附近 邻近 临近 靠近 新近 反超 赶超 节约 集约 制约 条约 公约 合约 预约 签约 契约"),
)
BARE_PREFIXES = ("上", "过")  # at least, before a scale alone: 上百, 过千, 过半
FILLERS = "了为有是达到在占合需"  # may stand between hedge and number: 超过了60, 约占38%

# After the number: the hedge, how many characters (a unit, 人口, 及) may stand between, the words. The first that occurs counts.
SUFFIXES: tuple[tuple[str, int, str], ...] = (
    ("more", 0, "余 多 年多 天多 元多 亩多 倍多 公里多 个多月"),
    ("at_least", 6, "以上 之上 开外"),
    ("at_most", 6, "以下 之下 以内 之内"),
    ("about", 4, "左右"),
    ("about", 1, "上下 来个 来人 来名 来项"),
    ("", 5, "级以上 级及以上 级以下 级及以下 以上级 以下简称 以下统称"),
)
STOPS = '，,。.;；、()（）/"“”'  # a hedge does not reach over these
NOTHING = ("没有", "无", "尚未", "不存在")

# The marks that a number may carry to be a value in this unit; a number without a mark is always allowed.
RATES = {"%": "%", "‰": "‰", "百分点": "百分点", "个百分点": "百分点"}
UNIT_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}  # a unit that begins so counts in them
PRECISIONS = ("exact", "approx", "at_least", "at_most", "derived")
CONTRADICTIONS = {"at_least": {"at_most"}, "at_most": {"at_least", "more"}}


@dataclass(frozen=True)
class Interval:
    """Closed bounds in the fact's unit; None = open."""

    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A number of a phrase with the hedges around it. `upper` differs from `value` for a spread (3～5)."""

    number: Number
    hedges: tuple[Hedge, ...] = ()

    @property
    def value(self) -> Decimal:
        return self.number.value

    @property
    def upper(self) -> Decimal:
        return self.number.upper

    @property
    def step(self) -> Decimal:
        """The unit of the last digit stated: 3.90万 → 100."""
        return self.number.step


def interval(as_stated: str, *, obs_value: float, unit: str, precision: str) -> Interval:
    """The bounds that the wording and the curator's precision give to `obs_value`, in `unit`.

    Raises ValueError, with a message for the curator, when the two contradict each other or the input is no figure at all.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"精度“{precision}”不在 {'、'.join(PRECISIONS)} 之列")
    size = _size(obs_value)
    quantity = _stated(as_stated, size, unit)
    if quantity is None or (precision == "derived" and quantity.number.is_spread and not quantity.hedges):
        quantity = Quantity(number=_in_unit(plain(size), unit))
    if set(quantity.hedges) & CONTRADICTIONS.get(precision, set()):
        raise ValueError(f"原文“{as_stated}”与精度 {precision} 矛盾：请核对原文，改精度或改原文摘录")
    low, high = _hull([_bounds(kind, quantity.number) for kind in _kinds(quantity, precision)])
    if obs_value < 0:
        low, high = (None if high is None else -high), (None if low is None else -low)
    return Interval(None if low is None else float(low), None if high is None else float(high))


def quantities(text: str, *, dates: bool = False) -> tuple[Quantity, ...]:
    """Every number of a Chinese phrase in its order, with its hedges. A scale alone counts only with one: 近百, not 百姓."""
    text = normalise(text)
    found = numbers(text, dates=dates)
    heads = (0, *(number.end for number in found))
    tails = (*(number.start for number in found[1:]), len(text))
    read = []
    for number, head, tail in zip(found, heads, tails, strict=False):
        hedges = _hedges(text[head : number.start], number, text[number.end : tail])
        if hedges or not number.bare:
            read.append(Quantity(number=number, hedges=hedges))
    return tuple(read)


def carries(as_stated: str, obs_value: float, unit: str) -> bool:
    """Does the wording contain the value, whatever its digits, scale and sign? 3.9万 carries 39000 人, 33 939个 carries 33939."""
    return _stated(as_stated, _size(obs_value), unit) is not None


def _size(obs_value: float) -> Decimal:
    """The magnitude in plain digits, without the .0 that Python adds."""
    if not math.isfinite(obs_value):
        raise ValueError(f"数值 {obs_value} 不是有限的数：缺数请留空行，不要写 NaN")
    size = abs(Decimal(repr(obs_value)))
    return Decimal(int(size)) if size == int(size) else size.normalize()


def _stated(as_stated: str, size: Decimal, unit: str) -> Quantity | None:
    """The first number of the wording that is `size` in this unit (either end, for a spread)."""
    for quantity in quantities(as_stated, dates=unit.startswith("年")):
        for number in _readings(quantity.number, unit):
            if size in (number.value, number.upper):
                return replace(quantity, number=number)
    if size == 0 and any(word in as_stated for word in NOTHING):
        return Quantity(number=plain(size))
    return None


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


def _hedges(head: str, number: Number, tail: str) -> tuple[Hedge, ...]:
    found = (_before(head, number), "more" if number.more else "", _after(tail))
    return tuple(kind for kind in dict.fromkeys(found) if kind)  # type: ignore[misc]


def _before(head: str, number: Number) -> str:
    """The hedge that ends right before the number, but for a filler or two."""
    for end in range(len(head), max(len(head) - 3, 0), -1):
        fits = [(len(word), kind) for kind, words in PREFIXES for word in words.split() if head.endswith(word, 0, end)]
        if fits:
            return max(fits)[1]
        if head[end - 1] not in FILLERS:
            break
    return "at_least" if number.bare and head.endswith(BARE_PREFIXES) else ""


def _after(tail: str) -> str:
    """The first hedge after the number, if it is within reach and no punctuation stands between."""
    stop = min((place for place, char in enumerate(tail) if char in STOPS), default=len(tail))
    fits = [
        (tail.find(word, 0, stop), -len(word), kind)
        for kind, reach, words in SUFFIXES
        for word in words.split()
        if 0 <= tail.find(word, 0, stop) <= reach
    ]
    return min(fits)[2] if fits else ""


def _kinds(quantity: Quantity, precision: str) -> tuple[str, ...]:
    """Which rules bound the quantity (rules 7, 9 and 10)."""
    if not quantity.hedges:
        return ("exact",) if quantity.number.is_spread else (precision,)
    if quantity.hedges == ("about",) and precision in CONTRADICTIONS:
        return ("about", precision)
    return quantity.hedges


def _bounds(kind: str, number: Number) -> Bounds:
    """Rules 1 to 7 for one kind of hedge or precision. A magnitude does not go below 0."""
    low, high, half = number.value, number.upper, number.coarse / 2
    slack = number.step / 2 if number.rounded else Decimal(0)
    five = Decimal("0.05")
    table: dict[str, Bounds] = {
        "more": (low, high + number.coarse),
        "at_least": (low, None),
        "at_most": (None, high),
        "about": (low - max(half, low * five), high + max(half, high * five)),
        "approx": (low - half, high + half),
        "exact": (low, high) if number.is_spread else (low - slack, high + slack),
    }
    least, most = table["exact" if kind == "derived" else kind]
    return (None if least is None else max(least, Decimal(0))), most


def _hull(bounds: list[Bounds]) -> Bounds:
    """The narrowest interval that holds all; an open end stays open."""
    lows, highs = [low for low, _ in bounds if low is not None], [high for _, high in bounds if high is not None]
    return (min(lows) if len(lows) == len(bounds) else None), (max(highs) if len(highs) == len(bounds) else None)
