"""The one CSV writer: CRLF, no text that a spreadsheet would run, no character that a file cannot carry."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from vocabulary.characters import fit

BOM = "\ufeff"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # a spreadsheet would run such text as a formula


def csv_bytes(rows: Iterable[Sequence[Any]], *, for_people: bool) -> bytes:
    """The rows in UTF-8. `for_people`: with the mark by which Excel and WPS know UTF-8. Texts go through `harmless` where they are
    made (`cell`), since only there it is known which are a reader's words and which a number or an agreed code."""
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return ((BOM if for_people else "") + target.getvalue()).encode()


def cell(value: Any) -> Any:
    """A value for a cell: harmless text, whole numbers without a point, nothing for what is missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return harmless(value) if isinstance(value, str) else value


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, without characters that no file can carry."""
    return f"'{fit(text)}" if is_risky(text) else fit(text)


def is_risky(text: str) -> bool:
    """Whether a spreadsheet would run the text."""
    return text.startswith(RISKY)
