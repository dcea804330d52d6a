"""What a page is, and how one is laid out: a head, controls, cards. No SQL and no figure code here or in any page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dash import Dash, html

from dashboard.cards.card import card, wire_card
from dashboard.cards.chart import Chart
from dashboard.cards.selection import Selection
from dashboard.warehouse import Warehouse

Layout = Callable[[Selection], list[Any]]
Wire = Callable[[Dash, Warehouse], None]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page. `layout` reads no data: it must render without a warehouse, callbacks fill it."""

    path: str
    nav: str  # its name; blank of a page that the header does not list
    title: str
    lead: str
    layout: Layout
    wire: Wire
    named: Callable[[Warehouse, Selection], str] | None = None  # title by what is shown; blank = `title`
    short: str = ""  # what the header calls it, a part of its name; blank = the name
    early: bool = False  # can be read before its scripts run: no controls above what the callbacks of its store fill


def head(title: str, lead: str) -> html.Div:
    """The title of a page and the sentence below it."""
    return html.Div([html.H1(title, className="page__title"), html.P(lead, className="page__lead")], className="page__head")


def cards(charts: Sequence[Chart], selection: Selection) -> html.Div:
    """The cards of a theme, in reading order."""
    return html.Div([card(chart, selection) for chart in charts], className="cards")


def wire_cards(charts: Sequence[Chart]) -> Wire:
    """Wiring of a page that consists of the cards of one theme."""

    def wire(app: Dash, db: Warehouse) -> None:
        for chart in charts:
            wire_card(app, db, chart)

    return wire


def theme_page(
    *,
    path: str,
    nav: str,
    short: str = "",
    title: str,
    lead: str,
    charts: Sequence[Chart],
    below: Callable[[], Any] | None = None,
    wire: Wire | None = None,
) -> Page:
    """A page of one theme: head, cards, what stands `below` them, which `wire` brings to life."""

    def layout(selection: Selection) -> list[Any]:
        return [head(title, lead), cards(charts, selection), *([below()] if below else [])]

    def wire_all(app: Dash, db: Warehouse) -> None:
        wire_cards(charts)(app, db)
        if wire:
            wire(app, db)

    return Page(path=path, nav=nav, short=short, title=title, lead=lead, layout=layout, wire=wire_all, early=True)
