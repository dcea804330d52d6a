"""Numbers and comparisons in Chinese words, by GB/T 15835: the only place that formats a number.

A missing value reads 未公布 and never becomes 0. Halves round up (0.285 → 28.5%), as a reader with a calculator expects; the bounds
of an interval are rounded outwards, so that they still hold (at least 21.67 → 不低于21.6:1).
"""

import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from vocabulary.rounding import Side, rounded
from vocabulary.wording import wording

MINUS = "−"
NOT_PUBLISHED = "未公布"
UNDATED = "时点未注明"
THIN_SPACE = "\u2009"
SMALLEST_BASE_FOR_PERCENT = 10  # below ten posts a percentage says more about rounding than about staffing

_TEN_THOUSAND, _HUNDRED_MILLION = Decimal(10_000), Decimal(100_000_000)
_PREFIXES = {"万": _TEN_THOUSAND, "亿": _HUNDRED_MILLION}
_RATIO_UNITS = {":1", "人:1", "：1"}
# What the largest and the smallest are called where it is not 多 and 少.
_EXTREMES = {
    **dict.fromkeys(("%", *_RATIO_UNITS), ("高", "低")),
    **dict.fromkeys(("平方公里", "平方米", "公顷", "亩"), ("大", "小")),
}
_NEVER_SCALED = {"%", "年", "个百分点", *_RATIO_UNITS}


def _missing(number: float | None) -> bool:
    return number is None or math.isnan(number)


def _rounded(number: Decimal, decimals: int, side: Side = "value") -> str:
    text = f"{rounded(number, decimals, side):f}"
    negative = text.startswith("-") and any(digit in "123456789" for digit in text)
    return (MINUS if negative else "") + text.lstrip("-")


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scaled(number: float, unit: str) -> tuple[Decimal, str, str]:
    """(number, 万/亿 or nothing, bare unit): the number carries exactly one scale, whatever the unit came with."""
    amount = Decimal(str(number))
    if unit in _NEVER_SCALED:
        return amount, "", unit
    bare = unit
    if unit[:1] in _PREFIXES:
        amount, bare = amount * _PREFIXES[unit[:1]], unit[1:]
    if abs(amount) >= _HUNDRED_MILLION:
        return amount / _HUNDRED_MILLION, "亿", bare
    if abs(amount) >= _TEN_THOUSAND:
        return amount / _TEN_THOUSAND, "万", bare
    return amount, "", bare


def _ratio(number: Decimal, decimals: int | None, side: Side) -> str:
    places = decimals if decimals is not None else int(number != number.to_integral_value() and number < 100)
    text = _rounded(number, places, side)
    return f"{_trimmed(text) if decimals is None else text}:1"


def _figure(number: float, unit: str, decimals: int | None, side: Side = "value") -> tuple[str, str]:
    """The written number with its scale, and the unit that follows it."""
    amount, scale, bare = _scaled(number, unit)
    # 6846万 and not 0.68亿: when 亿 would cut digits that 万 keeps, 万 stays.
    if scale == "亿" and decimals is None and abs(amount) < 1 and amount != round(amount, 2):
        amount, scale = amount * _TEN_THOUSAND, "万"
    if decimals is not None:
        return _rounded(amount, decimals, side) + scale, bare
    if unit == "%":
        return _rounded(amount, 1 if amount != amount.to_integral_value() else 0, side), bare
    return _trimmed(_rounded(amount, 2, side)) + scale, bare


def value(number: float | None, unit: str = "", decimals: int | None = None) -> str:
    """A number with its unit in running text: 1964名, 3.9万人, 14.2亿元, 22:1. None and NaN read 未公布."""
    return bound(number, unit, decimals, side="value")


def bound(number: float | None, unit: str = "", decimals: int | None = None, *, side: Side) -> str:
    """The same for an end of an interval: the lower (`side` low) is never rounded up, the upper (high) never down."""
    if number is None or _missing(number):
        return NOT_PUBLISHED
    return "".join(_said(number, unit, decimals, side))


def _said(number: float, unit: str, decimals: int | None, side: Side) -> tuple[str, str]:
    """The number as written and what follows it; the :1 of a ratio is part of the number."""
    return (_ratio(Decimal(str(number)), decimals, side), "") if unit in _RATIO_UNITS else _figure(number, unit, decimals, side)


def digits(number: float | None, decimals: int = 0) -> str:
    """An unscaled number for a table cell, thin spaces from five digits on: 788 472. None reads 未公布."""
    if number is None or _missing(number):
        return NOT_PUBLISHED
    text = _rounded(Decimal(str(number)), decimals)
    sign, text = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    whole, point, rest = text.partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", THIN_SPACE)
    return sign + whole + point + rest


def percent(share: float | None, decimals: int = 1) -> str:
    """A computed share, in per cent: 79.8%, 28.0%; a whole (or nothing) is exact and needs no decimals: 100%."""
    return value(share, "%", 0 if share in {0, 100} else decimals)


def signed(number: float | None, unit: str = "", decimals: int | None = None) -> str:
    """A difference with its sign, for marks and table cells: −14个, +40人, −38.9%."""
    text = value(number, unit, decimals)
    return f"+{text}" if number is not None and not _missing(number) and number > 0 else text


def ratio(people_per_staff: float | None, decimals: int | None = None) -> str:
    """22 people for one: 22:1. The reverse form (1:22) is never written."""
    return value(people_per_staff, ":1", decimals)


def span(low: float | None, high: float | None, unit: str = "", decimals: int | None = None) -> str:
    """An interval, its ends rounded outwards: 35～37个, 9亿～16亿元. One open end: 不少于/不超过 (ratios: 不低于/不高于)."""
    if low is None and high is None:
        return NOT_PUBLISHED
    is_ratio = unit in _RATIO_UNITS
    if low is None:
        return ("不高于" if is_ratio else "不超过") + bound(high, unit, decimals, side="high")
    if high is None:
        return ("不低于" if is_ratio else "不少于") + bound(low, unit, decimals, side="low")
    return value(low, unit, decimals) if low == high else _ends(low, high, unit, decimals, sides=("low", "high"))


def extent(least: float, most: float, unit: str = "", decimals: int | None = None) -> str:
    """The smallest and the largest of listed values, each as it is written beside its name: no bounds, so not rounded outwards."""
    first, last = value(least, unit, decimals), value(most, unit, decimals)
    return last if first == last else _ends(least, most, unit, decimals, sides=("value", "value"))


def _ends(low: float, high: float, unit: str, decimals: int | None, *, sides: tuple[Side, Side]) -> str:
    """Two ends; the unit follows the second, %, :1, 万 and 亿 belong to both."""
    figure, bare = _said(low, unit, decimals, sides[0])
    return f"{figure}{bare if unit == '%' else ''}～{bound(high, unit, decimals, side=sides[1])}"


def stated(number: float | None, unit: str = "", *, precision: str = "exact", as_stated: str = "", written: str = "") -> str:
    """The number in the wording of its source: 近6000人, 13万余人, 约17:1, 十几万人, 3～5年; a bound without such a word reads
    不少于/不超过. `written`: the digits as a table has set them already, without unit: 400 → 400多.

    Sources hedge the size of a cut, not the number below zero: 减少不少于14个工作日, 下降不少于30%.
    """
    found = None if number is None or _missing(number) else wording(abs(number), unit, precision, as_stated)
    if number is None or found is None:
        return written or value(number, unit)
    fewer = "" if number >= 0 else "下降" if unit == "%" else "减少"
    figure, bare = (written.removeprefix(MINUS), "") if written else _said(abs(number), unit, None, found.side)
    if found.spread:
        figure, bare = found.spelt or span(*found.spread, unit), ""
    return fewer + found.pattern.format(number=figure, unit=bare)


def claimed(fact: Mapping[str, Any]) -> str:
    """The value of a fact (or of a row with its columns) in the wording of its source."""
    wording_of = {"precision": fact.get("precision") or "exact", "as_stated": fact.get("as_stated") or ""}
    return stated(fact["obs_value"], fact["unit_measure"], **wording_of)


def change(before: float | None, after: float | None, unit: str = "") -> str:
    """减少14个、下降38.9% · 提高4个百分点 (difference of two percentages) · 由32:1提高到40:1. An end unknown: 未公布."""
    if before is None or after is None or _missing(before) or _missing(after):
        return NOT_PUBLISHED
    if before == after:
        return "持平"
    if unit in _RATIO_UNITS:
        return f"由{ratio(before)}{'提高' if after > before else '下降'}到{ratio(after)}"
    gap = Decimal(str(after)) - Decimal(str(before))
    if unit == "%":
        return f"{'提高' if gap > 0 else '下降'}{_trimmed(_rounded(abs(gap), 1))}个百分点"
    amount = value(float(abs(gap)), unit)
    if before <= 0:
        return f"{'增加' if gap > 0 else '减少'}{amount}"
    share = percent(float(abs(gap) / Decimal(str(before)) * 100))
    return f"增加{amount}、增长{share}" if gap > 0 else f"减少{amount}、下降{share}"


def over(actual: float | None, authorised: float | None, unit: str = "人") -> str:
    """实有 against 编制: 超出40人（28.0%）, 空编9名 or 满编; no percentage on fewer than ten posts."""
    if actual is None or authorised is None or _missing(actual) or _missing(authorised):
        return NOT_PUBLISHED
    gap = actual - authorised
    if gap == 0:
        return "满编"
    if gap < 0:
        return f"空编{value(-gap, '名')}"
    if authorised < SMALLEST_BASE_FOR_PERCENT:
        return f"超出{value(gap, unit)}"
    return f"超出{value(gap, unit)}（{percent(gap / authorised * 100)}）"


def date(period: str | None) -> str:
    """A period as the warehouse keeps it, in words: 2020-04 → 2020年4月; _U → 时点未注明; other wordings stay."""
    if not period or period == "_U":
        return UNDATED
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", period):
        year, month, day = match.groups()
        return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
    return f"{period}年" if re.search(r"\d{4}$", period) else period


def years_from_to(before: str | None, after: str | None) -> str:
    """The years of two periods: 2020→2022年; one without a year is left out, blank when neither has one."""
    ends = [period[:4] for period in (before, after) if period and period != "_U"]
    return f"{'→'.join(dict.fromkeys(ends))}年" if ends else ""


def order(largest_first: bool, unit: str = "") -> str:
    """How values follow each other: 从多到少; of ratios and shares 从高到低, of areas 从大到小."""
    most, least = _EXTREMES.get(unit, ("多", "少"))
    return f"从{most}到{least}" if largest_first else f"从{least}到{most}"


def place(low: int, high: int, *, order: str, tied: bool = False) -> str:
    """A rank with its order, without which it says nothing: 从多到少第3位, 从多到少第3～5位 (the interval cannot decide),
    从多到少并列第1位."""
    if low == high:
        return f"{order}{'并列' if tied else ''}第{low}位"
    return f"{order}第{low}～{high}位"


def listing(names: Iterable[str]) -> str:
    """All names, joined by 、 and never cut by 等."""
    return "、".join(dict.fromkeys(names))
