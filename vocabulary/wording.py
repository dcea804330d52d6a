"""The wording of a source, given back to its number: 近6000, 13万余, 不少于14, 十几万. The hedge is the one at that number, no other."""

from dataclasses import dataclass
from functools import lru_cache

from vocabulary.hedges import Kind, Quantity
from vocabulary.numerals import normalise
from vocabulary.quantity import stated_quantity
from vocabulary.rounding import Side

# (kind of hedge, words that contain one of these, pattern, precisions in which the words carry that meaning)
_PATTERNS: tuple[tuple[Kind, tuple[str, ...], str, set[str]], ...] = (
    ("at_most", ("近",), "近{number}{unit}", {"at_most", "approx"}),
    ("at_most", ("不足", "不到", "低于"), "不足{number}{unit}", {"at_most"}),
    ("at_most", ("以下", "以内"), "{number}{unit}以下", {"at_most"}),
    ("more", ("余",), "{number}余{unit}", {"at_least", "approx"}),
    ("more", ("多",), "{number}多{unit}", {"at_least", "approx"}),
    ("at_least", ("以上",), "{number}{unit}以上", {"at_least"}),
    ("at_least", ("逾", "超"), "超过{number}{unit}", {"at_least"}),
    ("about", ("左右", "上下"), "{number}{unit}左右", {"approx"}),
)
_DEFAULTS = {"approx": "约{number}{unit}", "at_least": "不少于{number}{unit}", "at_most": "不超过{number}{unit}"}
_RATIO_DEFAULTS = _DEFAULTS | {"at_least": "不低于{number}{unit}", "at_most": "不高于{number}{unit}"}
_SIDES: dict[str, Side] = {"at_least": "low", "at_most": "high"}


@dataclass(frozen=True, kw_only=True)
class Wording:
    """How a number is said: `pattern` has {number} and {unit}; `side` is how its digits may be rounded.

    A spread of the source (3～5年) stands in `spread`, in the unit of the fact; if it was written in words (十几万人) also in `spelt`.
    """

    pattern: str
    side: Side
    spread: tuple[float, float] | None = None
    spelt: str = ""


@lru_cache(maxsize=4096)
def wording(number: float, unit: str, precision: str, as_stated: str) -> Wording | None:
    """The wording of a fact's size; None when it is an exact number without a spread. `number` may be signed, the wording is not."""
    quantity = stated_quantity(as_stated, number, unit) if as_stated and precision != "derived" else None
    spread = _spread(quantity)
    if precision in {"exact", "derived"} and (spread is None or quantity is None):
        return None
    spelt = _spelt(normalise(as_stated), quantity, unit) if quantity and spread else ""
    if quantity and spread and not quantity.hedges:
        return Wording(pattern="{number}{unit}", side="value", spread=spread, spelt=spelt)
    for kind, parts, pattern, precisions in _PATTERNS if quantity else ():
        hedges = [hedge.word for hedge in quantity.hedges if hedge.kind == kind] if quantity else []
        if precision in precisions and any(part in word for word in hedges for part in parts):
            side: Side = "low" if kind == "more" else _SIDES.get(precision, "value")
            return Wording(pattern=pattern, side=side, spread=spread, spelt=spelt)
    defaults = _RATIO_DEFAULTS if ":1" in unit else _DEFAULTS
    pattern = defaults.get(precision, defaults["approx"])
    return Wording(pattern=pattern, side=_SIDES.get(precision, "value"), spread=spread, spelt=spelt)


def _spread(quantity: Quantity | None) -> tuple[float, float] | None:
    if quantity is None or not quantity.number.is_spread:
        return None
    return float(quantity.value), float(quantity.upper)


def _spelt(text: str, quantity: Quantity, unit: str) -> str:
    """十几万人, 数千人 as written; blank for a spread whose ends are written out (3～5, 十万至十五万)."""
    piece = text[quantity.number.start : quantity.number.end]
    if any(char.isdecimal() or char in "~—–-至到" for char in piece):
        return ""
    scaled = unit[:1] in {"万", "亿"} and any(place in piece for place in ("万", "亿"))
    return piece + (unit[1:] if scaled else unit)
