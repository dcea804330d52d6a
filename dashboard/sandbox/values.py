"""DuckDB's values as JSON: what the browser and the API get. Numbers stay numbers as long as no digit is lost.

Dates, times and intervals arrive as DuckDB's own text (kinds.py): Python's would lose months, infinity and nanoseconds.
"""

import base64
import math
from decimal import Decimal
from typing import Any

_SAFE = 2**53 - 1  # the largest whole number that JavaScript and a float keep exactly
_DIGITS = 15  # significant digits that a float keeps


def plain(value: Any) -> Any:
    """A JSON value. Numbers with too many digits, infinities and bytes become text."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return value if abs(value) <= _SAFE else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else _not_finite(value)
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, list | tuple | set):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(plain(key)): plain(part) for key, part in value.items()}
    return _text(value)


def _not_finite(value: float) -> str:
    return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")


def _decimal(value: Decimal) -> float | int | str:
    if not value.is_finite():
        return str(value)
    if len(value.as_tuple().digits) > _DIGITS:
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)


def _text(value: Any) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return str(value)
