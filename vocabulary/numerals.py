"""Every number of a Chinese phrase, in whatever digits it was written. The words around it: vocabulary/hedges.py.

Read as one number: full-width digits (１２３), thousands set apart (33 939; 1,964), scales (3.9万, 5千万, 3亿4500万),
Chinese numerals (十四, 两百, 一百零五, 两万五, 1万2千), shares (38%, 百分之三十八, 三成, 一半), ratios (22:1, 1:22) and
spreads (3～5, 十万至十五万, 两三百, 十几, 数千). Not read: dates (2020年4月, 2021·10), digits inside a unit (hm2).
百 and 万 without a count (百姓, 每万人) are marked `bare`: numbers only with a hedge (近百, 万余).
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import prod

DIGITS = {**{char: value for value, char in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
NEIGHBOURS = {*pairwise("一二三四五六七八九"), *zip("一两三", "两三五", strict=True)}  # named side by side as an estimate
PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
LOOSE_SPACE = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")
# Variants that Unicode normalisation leaves alone.
LONE_SIGNS = str.maketrans({"∶": ":", "〜": "~", "−": "-", "○": "〇", "≦": "≤", "⩽": "≤", "≧": "≥", "⩾": "≥"})

DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:19|20)\d\d[~—–-](?:19|20)\d\d年",  # 2018—2022年
        r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?",  # 2020年4月
        r"(?:19|20)\d\d([-/.·])(?:0?[1-9]|1[0-2])\1\d{1,2}(?!\d)",  # 2016-12-10
        r"(?:19|20)\d\d[-/·](?:0?[1-9]|1[0-2])(?!\d)",  # 2021·10
        r"\d{1,2}月(?:\d{1,2}日|底|初|末)?",  # 10月23日
    )
)

NUMBER = re.compile(
    r"""
      (?P<half>一半|半数|(?<=[近过])半)
    | (?: (?<![0-9A-Za-z.]) (?P<digits> (?: \d{1,3} (?:[, ]\d{3})+ (?!\d) | \d+ ) (?:\.\d+)? )
        | (?P<han> (?: [零〇一二两三四五六七八九十几]
                     | [百千](?!分)
                     | (?<![总人个次件户职项名制镇县乡村基系指多少无岁倍]) 数 (?=[十百千万亿]+(?![一二两三四五六七八九]))
                  ){1,16} )  # no real numeral is longer; a hostile cell is
      )
      (?: (?P<more>[余多]) (?=[百千万亿]) )?
      (?P<scale> [百千]?(?:万亿|亿|万) | 百(?!分) | 千(?![分米克瓦]) )?
    | (?P<bare> 万亿 | 亿 | 万(?!分) )
    """,
    re.VERBOSE,
)
VAGUE = re.compile("[几数]")
POINTS = "百分点"  # a mark: percentage points
MARK = re.compile(r"%|‰|个?百分点|成(?![立为员果功都])")
TO = re.compile(r"(\D{0,3}?)(?:[~—–-]+|至|到)")  # between the two ends of a spread, with the unit of the first


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number as written. `value` to `upper` is a spread (3～5); they are equal otherwise. 3.90万: step 100, coarse 100;
    5500: step 1, coarse 100. `rounded`: written with a scale or decimals, so known to its last digit only."""

    value: Decimal
    upper: Decimal
    step: Decimal  # the unit of the last digit stated
    coarse: Decimal  # the unit of the last digit that is not a zero to fill up with
    scale: Decimal = Decimal(1)
    rounded: bool = False
    mark: str = ""  # %, ‰, ‱, 百分点, :1
    more: bool = False  # 余 or 多 between digits and scale: 10余万
    bare: bool = False  # a scale without a count, a number only with a hedge: 近百, 千余
    start: int = 0
    end: int = 0

    @property
    def is_spread(self) -> bool:
        return self.upper != self.value

    def times(self, factor: Decimal) -> "Number":
        """The same number in another unit."""
        value, upper, step = self.value * factor, self.upper * factor, self.step * factor
        return replace(self, value=value, upper=upper, step=step, coarse=self.coarse * factor, scale=self.scale * factor)

    def at(self, start: int, end: int) -> "Number":
        """The same number in its place."""
        return replace(self, start=start, end=end)


def normalise(text: str) -> str:
    """Full-width and compatibility characters as their plain form (５％ → 5%, ㎡ → m2, ： → :); spaces only within 33 939."""
    return LOOSE_SPACE.sub("", unicodedata.normalize("NFKC", text).translate(LONE_SIGNS))


def numbers(text: str, *, dates: bool = False) -> tuple[Number, ...]:
    """The numbers of a normalised text in their order; those of a date only with `dates`."""
    for pattern in () if dates else DATES:
        text = pattern.sub(lambda date: "□" * len(date[0]), text)
    found: list[Number] = []
    for match in NUMBER.finditer(text):
        number = _read(match, text)
        if number is None:
            continue
        joined = _join(text, found[-1], number) if found else None
        found[len(found) - (joined is not None) :] = [joined or number]
    return tuple(found)


def plain(low: Decimal, high: Decimal | None = None, *, scale: Decimal = Decimal(1)) -> Number:
    """A number (or spread) without its place in a text; its steps are read off the digits of `low`."""
    exponent = int(low.as_tuple().exponent)
    filled = int(low.normalize().as_tuple().exponent) if low else 0
    step, coarse = (Decimal(1).scaleb(power) for power in (exponent, filled if exponent >= 0 else exponent))
    number = Number(value=low, upper=low if high is None else high, step=step, coarse=coarse, rounded=exponent < 0)
    return replace(number.times(scale), scale=scale)


def _read(match: re.Match[str], text: str) -> Number | None:
    """The number of one match, with its mark; None when it only looks like one (几个)."""
    if match["half"]:
        return replace(plain(Decimal(50)), mark="%", bare=match["half"] == "半").at(*match.span())
    if match["bare"]:
        return replace(plain(Decimal(1), scale=_scale(match["bare"])), bare=True).at(*match.span())
    scale = _scale(match["scale"])
    if match["digits"]:
        number = plain(Decimal(re.sub("[, ]", "", match["digits"])), scale=scale)
    elif (match["han"] == "几" and scale == 1) or len(VAGUE.findall(match["han"])) > 1:
        return None  # 几个, 几几
    else:
        low, high = _spread(match["han"], scaled=scale > 1)
        number = plain(Decimal(low), Decimal(high), scale=scale)
    bare = match["han"] in {"百", "千"}
    number = replace(number, rounded=number.rounded or scale > 1, more=bool(match["more"]), bare=bare)
    return _marked(number.at(*match.span()), text)


def _scale(chars: str | None) -> Decimal:
    return Decimal(prod(PLACES[char] for char in chars or ""))


def _marked(number: Number, text: str) -> Number:
    """The number with what makes it a share: 38%, 百分之三十八, 三成."""
    for words, mark in (("百分之", "%"), ("千分之", "‰"), ("万分之", "‱")):
        if text.endswith(words, 0, number.start):
            return replace(number, mark=mark, start=number.start - len(words))
    found = MARK.match(text, number.end)
    if found is None:
        return number
    if found[0] == "成":
        number = number.times(Decimal(10))
    mark = {"成": "%", "个百分点": POINTS}.get(found[0], found[0])
    return replace(number, mark=mark, end=found.end())


def _spread(han: str, *, scaled: bool) -> tuple[int, int]:
    """Least and most of a run of numerals without 万 or 亿: 两百 → 200, 200; 两三百 → 200, 300; 数十 → 20, 100; 十几 → 11, 19."""
    if vague := VAGUE.search(han):
        before, after = han[: vague.start()], han[vague.end() :]
        least, most = (2, 10) if after[:1] in PLACES or not before else (1, 10 if scaled else 9)
        return _whole([*before, least, *after]), _whole([*before, most, *after])
    for place, pair in enumerate(pairwise(han)):
        if pair in NEIGHBOURS and not _positional(han):
            low, high = ([*han[:place], digit, *han[place + 2 :]] for digit in pair)
            return _whole(low), _whole(high)
    whole = _whole(list(han))
    return whole, whole


def _positional(han: str) -> bool:
    """Digits one by one, as in a year or a code: 二〇二〇."""
    return len(han) > 2 and all(char in DIGITS for char in han)


def _whole(signs: list[str | int]) -> int:
    """The value of numerals below 万; a digit may be a number already. 一百零五 → 105, 两百五 → 250, 二〇二〇 → 2020."""
    total, place, gap = 0, 1, False
    digit: int | None = None
    for sign in signs:
        if isinstance(sign, str) and sign in PLACES:
            place = PLACES[sign]
            total += (1 if digit is None else digit) * place
            digit, gap = None, False
        else:
            value = sign if isinstance(sign, int) else DIGITS[sign]
            gap = gap or value == 0
            digit = value if digit is None else digit * 10 + value
    return total + (digit or 0) * (place // 10 if place > 10 and not gap else 1)


def _join(text: str, first: Number, second: Number) -> Number | None:
    """Two numbers as the one that they spell (3亿4500万; 22:1; 3～5万), or None."""
    between = text[first.end : second.start]
    if not between and first.scale > 1:
        return _sum(text, first, second)
    if between in {":", "比"} and Decimal(1) in (first.value, second.value) and not first.mark + second.mark:
        named = second if first.value == 1 else first
        return replace(named, mark=":1").at(first.start, second.end)
    to = TO.fullmatch(between)
    if to is None or not text.startswith(to[1], second.end):  # 3个至5个, but not 22个增至36个
        return None
    if first.is_spread or text.endswith(("从", "由", "自"), 0, first.start):
        return None
    if first.scale == 1 and first.value < second.value / second.scale:
        first = first.times(second.scale)
    turned = first.mark == ":1" and not second.mark and text.startswith("1:", first.start)  # 1:20～25
    if first.value >= second.value or (first.mark not in {"", second.mark} and not turned):
        return None
    mark = first.mark if turned else second.mark
    both = replace(first, upper=second.upper, mark=mark, rounded=first.rounded or second.rounded)
    return both.at(first.start, second.end)


def _sum(text: str, first: Number, second: Number) -> Number | None:
    """3亿 and 4500万, 两万 and 五千; the 五 of 两万五 and the 2 of 1万2 count thousands."""
    written = text[second.start : second.end]
    if second.scale == 1 and not second.mark and len(written) == 1 and 0 < second.value < 10:
        second = second.times(first.scale / 10)
    elif second.upper >= first.scale or (second.scale == 1 and written[0].isdigit()):
        return None
    value, upper = first.value + second.value, first.upper + second.upper
    step = second.coarse if second.scale == 1 else second.step  # 两万五千 is known as well as 2.5万; 两万零五 is counted
    return replace(second, value=value, upper=upper, step=step, scale=first.scale, rounded=step > 1).at(first.start, second.end)
