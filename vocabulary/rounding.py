"""Rounding for print. A bound is rounded outwards, so that what is printed still holds: at least 21.67 is 不低于21.6, never 21.7."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

# Where a number may not go past itself: a lower bound goes down, an upper bound up, a value to the nearest (halves up).
Side = Literal["low", "high", "value"]

SIGNIFICANT = 14  # what lies beyond is noise of a division of doubles: 21.699999999999996 is 21.7
_MODES = {"low": ROUND_FLOOR, "high": ROUND_CEILING, "value": ROUND_HALF_UP}


def rounded(number: Decimal | float, places: int, side: Side = "value") -> Decimal:
    """`number` with `places` decimals. A lower bound is never raised, an upper bound never lowered (signed: −2.5 down is −3)."""
    known = number if isinstance(number, Decimal) else Decimal(str(number))
    if side != "value":
        known = Decimal(f"{known:.{SIGNIFICANT}g}")
    return known.quantize(Decimal(1).scaleb(-places), rounding=_MODES[side])
