"""Who filled in a template: a source of its own for the figures that name no other."""

import hashlib

from etl.intake.finding import index_of, letters
from etl.intake.sheets import Book
from etl.read.registry import Source
from vocabulary.periods import check_period

GUIDE = "说明"  # the sheet on which it is said
BY, FILED_ON = "填报单位", "填报日期"
MISSING = f"写明来源；本单位自己的数，在“{GUIDE}”表写上{BY}"


def filed_source(book: Book) -> Source | None:
    """The source of what an office fills in itself; the same office is the same source. None where nobody signed."""
    said = _said(book)
    publisher = said.get(BY)
    if not publisher:
        return None
    key = hashlib.sha256(publisher.encode()).hexdigest()[:10]
    return Source(
        source_id=f"filed-{key}", title=f"{publisher}填报数据", own_title=True, publisher=publisher, published=_period(said.get(FILED_ON)),
        grade="S",
    )  # fmt: skip


def _said(book: Book) -> dict[str, str]:
    """The words of the guide that are answered in the cell beside them."""
    guide = next((sheet for sheet in book.sheets if sheet.name == GUIDE), None)
    if guide is None:
        return {}
    cells = {(row, column): text for row in range(1, guide.cells.height + 1) for column, text in guide.line(row).items()}
    return {
        text: beside
        for (row, column), text in cells.items()
        if text in {BY, FILED_ON} and (beside := cells.get((row, letters(index_of(column) + 1)), ""))
    }


def _period(text: str | None) -> str | None:
    try:
        check_period(text or "")
    except ValueError:
        return None
    return text
