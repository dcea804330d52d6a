"""A finding on the page: words as they are, every number a link that opens its facts.

A link and not a button: a button is one block to the line breaker, so 、 would start lines and long numbers could not wrap.
Its address works by itself too (?fact=…: a new tab, a copied link); a plain click opens the drawer (assets/facts.js).
"""

from typing import Any

from dash import html

from dashboard.language.line_breaks import whole_parts
from dashboard.language.sentence import Finding, Number

_SHORT = 12  # characters of a number that stays on one line even on a phone


def sentence(finding: Finding) -> list[Any]:
    """Children of the paragraph that states the finding."""
    return [said for part in finding.parts for said in ([receipt(part)] if isinstance(part, Number) else unbroken(part.text))]


def unbroken(text: str) -> list[Any]:
    """Text with what must stay on one line in an element of its own."""
    return [html.Span(part, className="nowrap") if whole else part for part, whole in whole_parts(text)]


def receipt(number: Number) -> html.A:
    """A number that opens the facts it rests on."""
    return receipt_link(number.text, number.fact_ids, f"{number.text}：查看出处")


def receipt_link(text: str, fact_ids: tuple[str, ...], label: str, *, quiet: bool = False) -> html.A:
    """A link of `text` to facts; `quiet` for the 出处 column of tables."""
    facts = ",".join(fact_ids)
    return html.A(
        text,
        href=f"?fact={facts}",
        className=" ".join(
            filter(None, ("receipt", "receipt--quiet" if quiet else "", "receipt--short" if len(text) <= _SHORT else ""))
        ),
        **{"data-facts": facts, "aria-label": label, "aria-haspopup": "dialog"},
    )
