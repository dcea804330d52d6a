"""What a family of hostile statements is."""

from __future__ import annotations

from typing import NamedTuple


class Family(NamedTuple):
    """What is tried, how it must end, and the statements."""

    name: str
    ends: str
    statements: tuple[str, ...]


def lines(text: str) -> tuple[str, ...]:
    """One statement a line."""
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())
