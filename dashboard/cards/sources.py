"""口径, 不并列 and 资料来源 under a card. The list of sources is always whole."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.cards.sentence import unbroken
from dashboard.gate.notes import APART, Remark, code_of
from dashboard.warehouse.catalog import Citation


def notes_block(notes: Sequence[str]) -> list[Any]:
    """Children of the notes: what must not be set side by side in a tinted box, the rest after 口径, long lists on demand."""
    apart = [note for note in notes if code_of(note) == APART]
    scope = [note for note in notes if code_of(note) != APART]
    parts: list[Any] = [html.P(note, className="card__apart") for note in apart]
    if scope:
        said = [html.Span(note, className="card__note-part") for note in scope]
        parts.append(html.P([html.B("口径", className="card__label"), *said], className="card__note"))
    if listed := [note.detail for note in notes if isinstance(note, Remark) and note.detail]:
        items = html.Ul([html.Li(detail) for detail in listed])
        parts.append(html.Details([html.Summary("展开所涉地区和口径"), items], className="card__details"))
    return parts


def source_line(cited: Sequence[Citation]) -> list[Any]:
    """Children of the source line: every source, linked where there is a page, with its grade in a tooltip."""
    if not cited:
        return []
    listed: list[Any] = [html.B("资料来源", className="card__label")]
    for number, citation in enumerate(cited, start=1):
        end = "。" if number == len(cited) else "；"
        listed.append(html.Span([source(citation), end], className="card__source"))
    return [html.P(listed, className="card__sources-text")]


def source(citation: Citation) -> Any:
    """One citation, a link when it has an address. It leaves this host only when clicked."""
    grade = f"{citation.grade}级：{citation.grade_zh}" if citation.grade else None
    text = unbroken(citation.text.rstrip("。"))
    return outside(text, citation.url, grade) if is_address(citation.url) else html.Span(text, title=grade)


def is_address(url: str) -> bool:
    """Whether it can be followed: other locators are words."""
    return url.startswith(("http://", "https://"))


def outside(said: Any, url: str, title: str | None = None) -> html.A:
    """A link that leaves this host, in a tab of its own."""
    return html.A(said, href=url, title=title, target="_blank", rel="noopener noreferrer")
