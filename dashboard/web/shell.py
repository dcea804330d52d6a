"""What surrounds every page: skip link, header with the pages, version line, notices, the fact drawer."""

from collections.abc import Sequence
from typing import Any, Protocol

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard.cards import ids
from dashboard.cards.menu import card_menus
from dashboard.drawing.tokens import BLUE, FONT
from dashboard.warehouse import Warehouse
from dashboard.web.drawer import drawer, wire_drawer

NAME = "县乡机构改革对比"
_BLUES = ["#eef3f8", "#dbe5ee", "#c1d2e2", "#a9c1d7", "#8aa9c6", "#6d92b6", "#4b78a2", BLUE, "#264c71", "#1f4266"]


class Entry(Protocol):
    """What the header needs of a page."""

    @property
    def path(self) -> str: ...
    @property
    def nav(self) -> str: ...
    @property
    def short(self) -> str: ...


Groups = Sequence[tuple[str, Sequence[Entry]]]


def shell(groups: Groups, content: Any, version: str) -> Any:
    """The whole document body around `content`."""
    return dmc.MantineProvider(
        [
            dcc.Location(id=ids.LOCATION, refresh="callback-nav"),
            html.A("跳到正文", href="#" + ids.PAGE, className="skip-link"),
            _header(groups),
            html.Div(id=ids.NOTICE, className="notice", role="status"),
            html.Main(content, id=ids.PAGE, className="page", tabIndex=-1),
            _footer(version),
            drawer(),
            *card_menus(),
        ],
        defaultColorScheme="auto",
        theme={
            "fontFamily": FONT, "fontFamilyMonospace": "Consolas, 'Sarasa Mono SC', monospace", "primaryColor": "brand",
            "primaryShade": 7, "colors": {"brand": _BLUES}, "defaultRadius": "sm", "respectReducedMotion": True,
            "headings": {"fontFamily": FONT},
        },
    )  # fmt: skip


def wire_shell(app: Dash, db: Warehouse) -> None:
    """Keep address, title and the marked page in step with the page's store; wire the drawer."""
    # Its output stands on the page, or Dash would not call it for a page that is put in later.
    app.clientside_callback(ClientsideFunction("address", "show"), Output(ids.SPOKEN, "data"), Input(ids.CHOSEN, "data"))
    wire_drawer(app, db)


def _header(groups: Groups) -> html.Header:
    """Name, pages in groups (a menu on phones), the field that opens the search, light or dark."""
    listed = [_group(name, entries) for name, entries in groups]
    return html.Header(
        [
            dcc.Link(NAME, href="/", className="header__name"),
            html.Button(
                "目录", type="button", className="header__menu",
                **{"data-menu": "", "aria-expanded": "false", "aria-controls": "nav"},
            ),
            html.Nav(listed, id="nav", className="nav", **{"aria-label": "主要页面"}),
            html.Button(
                [html.Span("搜地名、指标、图、来源", className="search-open__words"), html.Kbd("Ctrl K", className="search-open__key")],
                type="button", className="search-open", **{"data-search": "", "aria-label": "搜索", "aria-keyshortcuts": "Control+K"},
            ),
            html.Button(
                html.Span(className="scheme__icon", **{"aria-hidden": "true"}), type="button", className="scheme",
                **{"data-scheme-toggle": "", "aria-label": "切换深色或浅色", "title": "切换深色或浅色"},
            ),
            html.A("账户", href="/account", className="account"),  # seen where readers sign in
        ],
        className="header",
    )  # fmt: skip


def _group(name: str, entries: Sequence[Entry]) -> html.Div:
    label = html.Span(name, className="nav__label", **{"aria-hidden": "true"})
    links = [
        dcc.Link(entry.short or entry.nav, href=entry.path, className="nav__link", title=entry.nav if entry.short else None)
        for entry in entries
    ]
    return html.Div([label, *links], className="nav__group", role="group", **{"aria-label": name})


def _footer(version: str) -> html.Footer:
    return html.Footer(
        [
            html.P("每个数字都可点开查看原文说法、口径与来源；口径不同的不放在一起。本系统不访问外部网络。"),
            html.P(version, id=ids.VERSION, className="footer__version"),
        ],
        className="footer",
    )
