"""Intervals whose ends may be open. Arithmetic keeps both ends; an end that cannot be known is None, never a guess."""

from dataclasses import dataclass
from decimal import Decimal


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

    def over(self, divisor: "Interval") -> "Interval":
        """The quotient of two positive quantities; an end is open where its parts do not bound it."""
        return Interval(low=_quotient(self.low, divisor.high), high=_quotient(self.high, divisor.low))

    def minus(self, other: "Interval") -> "Interval":
        """The difference, signed."""
        return Interval(low=_difference(self.low, other.high), high=_difference(self.high, other.low))

    def mirrored(self) -> "Interval":
        """The same size below zero."""
        return Interval(low=None if self.high is None else -self.high, high=None if self.low is None else -self.low)


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


def hull(first: Interval, *others: Interval) -> Interval:
    """The narrowest interval that holds all; an open end stays open."""
    lows, highs = ([getattr(one, end) for one in (first, *others)] for end in ("low", "high"))
    return Interval(low=None if None in lows else min(lows), high=None if None in highs else max(highs))


def _quotient(end: Decimal | None, divisor: Decimal | None) -> Decimal | None:
    return None if end is None or divisor is None or divisor == 0 else end / divisor


def _difference(end: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if end is None or other is None else end - other
