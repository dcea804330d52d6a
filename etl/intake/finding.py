"""What is wrong, or doubtful, with one cell of a file that is read in."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from etl.problems import shorten

Severity = Literal["错误", "警示"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`sheet` blank: the whole file; `cell` (C7) None: the whole sheet. One 错误 anywhere and nothing of the file is kept."""

    severity: Severity = "错误"
    sheet: str = ""
    cell: str | None = None
    value: str | None = None
    message: str
    fix: str = ""

    def __str__(self) -> str:
        place = " ".join(filter(None, (self.sheet, self.cell)))
        found = f"（现值：{shorten(self.value)}）" if self.value else ""
        fix = f" → {self.fix}" if self.fix else ""
        return f"{self.severity} {place}：{self.message}{found}{fix}" if place else f"{self.severity}：{self.message}{found}{fix}"

    def to_dict(self) -> dict[str, str | None]:
        """For JSON."""
        return asdict(self)


def refused(findings: Iterable[Finding]) -> bool:
    """Whether the file may not be kept."""
    return any(finding.severity == "错误" for finding in findings)


def letters(index: int) -> str:
    """How a sheet calls its column, counted from 0: A, B … Z, AA."""
    return (letters(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def index_of(column: str) -> int:
    """The reverse of `letters`."""
    place = 0
    for letter in column:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def cell_order(finding: Finding) -> tuple[str, int, int, str]:
    """Findings in the order in which a reader meets the cells: sheet, row, column."""
    cell = finding.cell or ""
    column = cell.rstrip("0123456789")
    return finding.sheet, int(cell.removeprefix(column) or 0), index_of(column) if column else -1, finding.message
