"""A sentence with receipts: text in which every number knows the facts it was read or computed from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.language import words


@dataclass(frozen=True)
class Text:
    """Words between numbers."""

    text: str


@dataclass(frozen=True)
class Number:
    """A number as written, and the ids of the facts that a click on it opens (never empty)."""

    text: str
    fact_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.fact_ids:
            raise ValueError(f"句中的数字“{self.text}”没有依据：请给出至少一个 fact_id。")


@dataclass(frozen=True)
class Finding:
    """One or more sentences as a row of parts; two findings are equal when they say the same with the same receipts."""

    parts: tuple[Text | Number, ...]

    def plain(self) -> str:
        """The sentence without receipts, for alt text, exports and copies."""
        return "".join(part.text for part in self.parts)

    def fact_ids(self) -> tuple[str, ...]:
        """All receipts in reading order, each once."""
        return tuple(dict.fromkeys(fact for part in self.parts if isinstance(part, Number) for fact in part.fact_ids))

    def __bool__(self) -> bool:
        return bool(self.parts)


NOTHING_PUBLISHED = Finding((Text("未公布。"),))


def receipts(*sources: str | Iterable[str] | None) -> tuple[str, ...]:
    """Fact ids from the comma lists of the marts (or from collections of ids), in order and each once."""
    found: list[str] = []
    for source in sources:
        if source is None:
            continue
        found.extend(source.split(",") if isinstance(source, str) else source)
    return tuple(dict.fromkeys(name.strip() for name in found if name.strip()))


def number(text: str, *sources: str | Iterable[str] | None) -> Number:
    """A number with the facts behind it; `sources` are comma lists or collections of fact ids."""
    return Number(text, receipts(*sources))


def valued(row: Mapping[str, Any], column: str, unit: str = "", *, ids: str = "fact_ids") -> Number:
    """The value of a row in words, with the facts that the column `ids` lists: 22个."""
    return number(words.value(row[column], unit), row[ids])


def receipts_of(rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The facts of all these rows."""
    return receipts(*(row["fact_ids"] for row in rows))


def say(*parts: str | Number | Finding | None) -> Finding:
    """Join words, numbers and findings into one finding; None parts vanish, neighbouring words become one part."""
    joined: list[Text | Number] = []
    for part in parts:
        for piece in _pieces(part):
            if isinstance(piece, Text) and joined and isinstance(joined[-1], Text):
                joined[-1] = Text(joined[-1].text + piece.text)
            elif piece.text:
                joined.append(piece)
    return Finding(tuple(joined))


def _pieces(part: str | Number | Finding | None) -> tuple[Text | Number, ...]:
    if part is None:
        return ()
    if isinstance(part, str):
        return (Text(part),)
    return part.parts if isinstance(part, Finding) else (part,)


def join(findings: Iterable[Number | Finding], separator: str = "、") -> Finding:
    """Findings or numbers with a separator between them: 河曲县22个、浮山县22个."""
    parts: list[str | Number | Finding] = []
    for index, finding in enumerate(findings):
        parts.extend([separator, finding] if index else [finding])
    return say(*parts)
