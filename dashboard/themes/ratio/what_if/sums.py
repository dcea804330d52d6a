"""财政供养比 in three spellings, and what would follow from a target: pure sums over intervals, answered in words.

N:1 is people for one person on the payroll. An end that is open in the question stays open in the answer (至少, 至多); a number
that had to be rounded says 约; a spread has a ～. Bounds are rounded outwards.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

from dashboard.language import words
from vocabulary.interval import Interval, exactly
from vocabulary.quantity import amount
from vocabulary.rounding import Side, rounded

Form = Literal[":1", "%", "每万人"]
FORMS: tuple[Form, ...] = (":1", "%", "每万人")
FORM_NAMES: dict[Form, str] = {":1": "N:1", "%": "供养率（%）", "每万人": "每万人（人）"}
_WHOLE: dict[Form, Decimal] = {":1": Decimal(1), "%": Decimal(100), "每万人": Decimal(10_000)}
NEVER = "算不出：条件里两端都没有数"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader typed as a ratio: in which form, how much."""

    amount: Interval
    form: Form


def read_ratio(text: str, form: Form = ":1") -> Asked | None:
    """22:1, 1:22 (turned round), 4.55%, 每万人455人, or a bare number in `form`; None when it is none of these."""
    said = re.sub(r"\s", "", text)
    if said.startswith("每万人"):
        said, form = said.removeprefix("每万人"), "每万人"
    typed = amount(said, unit=form)
    if typed is None or (typed.mark and form == "每万人") or typed.mark not in {"", ":1", "%"}:
        return None
    form = cast(Form, typed.mark) or form
    whole = None if form == ":1" else _WHOLE[form]  # nobody pays more people than there are
    if whole is not None and typed.bounds.high is not None and typed.bounds.high > whole:
        return None
    return Asked(amount=typed.bounds, form=form)


def converted(asked: Asked) -> dict[Form, Interval]:
    """The same ratio in all three forms."""
    people = asked.amount if asked.form == ":1" else exactly(_WHOLE[asked.form]).over(asked.amount)
    return {form: asked.amount if form == asked.form else exactly(_WHOLE[form]).over(people) for form in FORMS} | {":1": people}


def posts_for(population: Interval, ratio: Interval) -> Interval:
    """How many people on the payroll a ratio allows a population."""
    return population.over(ratio)


def ratio_for(population: Interval, posts: Interval) -> Interval:
    """N of N:1."""
    return population.over(posts)


def said(amount: Interval, unit: str) -> str:
    """An interval in words: 约4.55%, 至少21.6:1, 3250～3500人; `unit` one of FORMS, 人."""
    low, high = amount.low, amount.high
    if low is None:
        return NEVER if high is None else f"至多{_written(high, unit, 'high')}"
    if high is None:
        return f"至少{_written(low, unit, 'low')}"
    if low == high:
        return ("" if rounded(low, _places(low, unit)) == low else "约") + _written(low, unit)
    return f"{_without(_written(low, unit, 'low'), unit)}～{_written(high, unit, 'high')}"


def difference(posts: Interval, staff: Interval) -> str:
    """What a target would mean for the people there are now: 减少406人, 至少减少2500人, 可能减少也可能增加."""
    gap = posts.minus(staff)
    low, high = gap.low, gap.high
    if gap.unknown:
        return "与现有人数的差额算不出"
    if low is not None and high is not None:
        if low < 0 < high:
            return f"比现有人数可能减少（至多{_written(-low, '人', 'high')}），也可能增加（至多{_written(high, '人', 'high')}）"
        if low == high == 0:
            return "与现有人数相同"
        turn, size = ("增加", gap) if low >= 0 else ("减少", Interval(low=-high, high=-low))
        return f"比现有人数{turn}{said(size, '人')}"
    if low is None:
        assert high is not None
        if high <= 0:
            return f"比现有人数至少减少{_written(-high, '人', 'low')}"
        return f"比现有人数至多增加{_written(high, '人', 'high')}，也可能减少"
    if low >= 0:
        return f"比现有人数至少增加{_written(low, '人', 'low')}"
    return f"比现有人数至多减少{_written(-low, '人', 'high')}，也可能不减"


def _places(number: Decimal, unit: str) -> int:
    """Decimals that are shown; as many as `words` gives a ratio."""
    return {":1": int(number < 100), "%": 2}.get(unit, 0)


def _written(number: Decimal, unit: str, side: Side = "value") -> str:
    """One number with its unit, people from 1万 on in 万 unless that would cut digits."""
    if unit in {":1", "%"}:
        return words.bound(float(number), unit, 2 if unit == "%" else None, side=side)
    value = rounded(number, 0, side)
    bare = "人" if unit == "每万人" else unit
    scaled = words.value(float(value), bare)
    return scaled if value < 10_000 or value % 100 == 0 else f"{words.digits(float(value))}{bare}"


def _without(text: str, unit: str) -> str:
    """The first end of a spread without the unit that follows the second; :1, % and 万 belong to both."""
    return text if unit in {":1", "%"} else text.removesuffix("人" if unit == "每万人" else unit)
