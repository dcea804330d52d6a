"""The composition root: settings, warehouse, pages and server become one app. Nothing is global, two apps can live in one process."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from dash import Dash, Input, Output, State, dcc, html, no_update
from flask import has_request_context, request

from dashboard.access.carried import lacking
from dashboard.api.bodies import bound_bodies
from dashboard.api.routes import serve_api
from dashboard.cards import ids
from dashboard.cards.page import Page
from dashboard.cards.reserved import reserve_drawings
from dashboard.cards.selection import MOST_PLACES, PLACES_KEY, Selection, choose
from dashboard.charts import CHARTS
from dashboard.dash_adapter.components import bare, parts
from dashboard.pages import GROUPS, PAGES, UNLISTED
from dashboard.sandbox.runner import Limits, Sandbox
from dashboard.settings import Settings
from dashboard.themes.area.head import UNLISTED as NO_PLACE
from dashboard.themes.area.head import several_places, unknown_place
from dashboard.tools.styleguide.page import PAGE as STYLEGUIDE
from dashboard.tools.wall.served import serve_wall
from dashboard.warehouse import Warehouse
from dashboard.web.address import Address, addressed, located
from dashboard.web.early.index import BEGIN_HASH, INDEX, EarlyDash, Standing
from dashboard.web.early.page import EarlyPages
from dashboard.web.missing import TITLE as MISSING
from dashboard.web.missing import missing_page, refuse_missing, refused_page
from dashboard.web.search.served import serve_search
from dashboard.web.server.briefs import serve_briefs
from dashboard.web.server.bundles import Bundles, serve_bundles
from dashboard.web.server.compression import compress_responses
from dashboard.web.server.documents import Desk, turn_away
from dashboard.web.server.exports import serve_exports
from dashboard.web.server.filing import serve_filing
from dashboard.web.server.headers import protect_responses
from dashboard.web.server.health import watch_health
from dashboard.web.server.kept import keep_answers
from dashboard.web.server.private import keep_out_of_log
from dashboard.web.server.refusals import LOOPBACK, refuse_nonsense, refuse_strangers
from dashboard.web.server.terms import serve_terms
from dashboard.web.shell import NAME, shell, wire_shell
from dashboard.web.version import REBUILT, version_line

SERVED: tuple[Page, ...] = (*PAGES, *UNLISTED)
A_YEAR = 365 * 24 * 3600  # asset addresses carry their time of change, so they may be kept


def create_app(warehouse: Path | None = None, *, settings: Settings | None = None) -> Dash:
    """The whole dashboard over the warehouse file at `warehouse` (default: that of the settings). The file may appear later."""
    settings = settings or Settings()
    db = Warehouse(warehouse or settings.warehouse, internal=settings.internal)
    app = EarlyDash(
        "dashboard",
        assets_folder=str(settings.assets),
        assets_ignore=".",  # Dash would ask for each of them: they are sent in bundles
        title=NAME,
        update_title="加载中…",
        index_string=_index(settings),
        add_log_handler=False,
    )
    app.enable_dev_tools(debug=False)
    pages = (*SERVED, STYLEGUIDE) if settings.debug else SERVED
    app.layout = lambda: _first_layout(db, pages)
    app.content = lambda path: content(path, "", db, pages, measured=False)
    app.standing = lambda path: _standing(path, db, pages)
    app.early = EarlyPages(app, db, lambda path, query: _early_layout(path, query, db, pages))
    app.bundles = Bundles(settings.assets)
    laid_out = [html.Div([dcc.Store(id=ids.CHOSEN), dcc.Store(id=ids.SPOKEN), *page.layout(Selection())]) for page in pages]
    app.validation_layout = _named_parts([shell(GROUPS, None, ""), *laid_out])
    wire_shell(app, db)
    _wire_pages(app, db, pages)
    for page in pages:
        page.wire(app, db)
    desk = Desk()
    _serve(app, db, desk)
    serve_filing(app.server, desk, checks=settings.uploads)
    serve_wall(app.server, db, assets=settings.assets, name=NAME)
    limits = Limits(seconds=settings.sql_seconds, running=settings.sql_running)
    serve_api(app.server, db, Sandbox(warehouse or settings.warehouse, internal=settings.internal, limits=limits))
    refuse_nonsense(app)
    refuse_strangers(app.server, hosts_of(settings))
    return app


def hosts_of(settings: Settings) -> tuple[str, ...]:
    """By which names readers may call the server; empty: by any."""
    return settings.hosts or (LOOPBACK if settings.on_loopback else ())


def _index(settings: Settings) -> str:
    """The page around all pages, marked with what this server has, for style sheets and scripts."""
    marks = {"data-uploads": settings.uploads, "data-sign-in": settings.needs_sign_in}
    return INDEX.replace("<html ", f"<html {''.join(f'{mark} ' for mark, there in marks.items() if there)}")


def content(path: str, query: str, db: Warehouse, pages: Sequence[Page] = SERVED, *, measured: bool = True) -> html.Div:
    """A page with its store. The address is in the reader's hands: what it does not say right gets the default and a note.

    `measured`: its drawings keep the height that they will have.
    """
    asked = located(addressed(pages, path, query), db)
    given = unquote(path).rstrip("/") or "/"
    chosen = {
        "path": asked.path,
        "place": asked.place if asked.called is None else "",
        "title": f"{_title(asked, db)} · {NAME}",
        "selection": asked.selection.to_store(),
        "build": _build_id(db),
    }
    if given != unquote(asked.path):
        chosen["asked"] = given  # by another name: assets/address.js writes the proper one
    top: list[Any] = [dcc.Store(id=ids.CHOSEN, data=chosen), dcc.Store(id=ids.SPOKEN)]
    if asked.ignored:
        top.append(html.P(_left_out(asked), className="notice notice--soft", role="status"))
    laid_out = html.Div(top + _body(asked), className="page__inner")
    if measured:
        reserve_drawings(laid_out, db, CHARTS, asked.selection)
    return laid_out


def _left_out(asked: Address) -> str:
    """What of the address is not shown, and what stands in its place."""
    places = len(asked.selection.places)
    others = [key for key in asked.ignored if key != PLACES_KEY or not places]
    said = [f"地址中的“{'、'.join(others)}”无法识别，已按默认显示。"] if others else []
    if places >= MOST_PLACES and PLACES_KEY in asked.ignored:
        said.append(f"一次最多比{MOST_PLACES}个地区，地址中的只取前{MOST_PLACES}个。")
    elif places and PLACES_KEY in asked.ignored:
        said.append(f"地址中的“{PLACES_KEY}”有一部分无法识别，已略去。")
    return "".join(said)


def _title(asked: Address, db: Warehouse) -> str:
    if asked.page is None or asked.called is not None:
        return MISSING if asked.page is None else NO_PLACE if asked.status == 404 else asked.place[:40]
    return (asked.page.named(db, asked.selection) if asked.page.named else "") or asked.page.title


def _body(asked: Address) -> list[Any]:
    """The page; or what stands in its place, with nothing of any other page or place."""
    if asked.page is None:
        return missing_page(unquote(asked.path))
    if role := lacking(asked.path):
        return refused_page(role)
    if asked.called is None:
        return asked.page.layout(asked.selection)
    said = several_places(asked.place, asked.called.just) if asked.called.just else unknown_place(asked.place, asked.called.near)
    return [html.Div(said, className="page__head")]


def _standing(path: str, db: Warehouse, pages: Sequence[Page]) -> Standing:
    asked = located(addressed(pages, path, ""), db)
    return Standing(status=asked.status, path=asked.path)


def _first_layout(db: Warehouse, pages: Sequence[Page]) -> Any:
    """The shell with the page already in it: the browser says in the Referer which one, which saves a round trip."""
    asked = urlsplit(request.headers.get("Referer", "")) if has_request_context() else urlsplit("")
    inside = (
        content(asked.path or "/", asked.query, db, pages)
        if asked.netloc
        else html.Div([dcc.Store(id=ids.CHOSEN), dcc.Store(id=ids.SPOKEN)])
    )
    return shell(GROUPS, inside, version_line(db))


def _early_layout(path: str, query: str, db: Warehouse, pages: Sequence[Page]) -> Any:
    """What the first layout of an address will be, for pages that can be read before it is live."""
    asked = located(addressed(pages, path, query), db)
    early = asked.page is not None and asked.page.early and asked.called is None
    return shell(GROUPS, content(path, query, db, pages), version_line(db)) if early else None


def _wire_pages(app: Dash, db: Warehouse, pages: Sequence[Page]) -> None:
    outputs = {
        "page": Output(ids.PAGE, "children"),
        "version": Output(ids.VERSION, "children"),
        "notice": Output(ids.NOTICE, "children"),
    }
    address = {"path": Input(ids.LOCATION, "pathname"), "query": Input(ids.LOCATION, "search")}

    @app.callback(output=outputs, inputs=address, state={"chosen": State(ids.CHOSEN, "data")})
    def _open(path: Any, query: Any, chosen: Any) -> dict[str, Any]:
        path, query = path if isinstance(path, str) and path else "/", query if isinstance(query, str) else ""
        shown = chosen if isinstance(chosen, dict) else {}
        asked = located(addressed(pages, path, query), db)
        same = _shown_by_server(Selection.parse(shown.get("selection"))) == _shown_by_server(asked.selection)
        if same and shown.get("path") == asked.path:
            return dict.fromkeys(outputs, no_update)  # the first layout had it, or only the drawer or an open table changed
        with db.reading() as build:
            renewed = build is not None and shown.get("build") not in (None, "", build.build_id)
            return {"page": content(path, query, db, pages), "version": version_line(db), "notice": REBUILT if renewed else ""}


def _shown_by_server(selection: Selection) -> Selection:
    """Without the choices that no address asks the server for: open tables, the grid's search word and groups, own numbers."""
    return choose(selection, tables=None, search=None, group=None, own=None)


def _named_parts(layouts: list[Any]) -> html.Div:
    """All components that have an id, bare: enough for Dash to check callbacks, a twentieth of the bytes of every page load."""
    # Each id once: the page of samples shows parts of other pages.
    named = {part.id: part for layout in layouts for part in parts(layout) if getattr(part, "id", None)}
    return html.Div([bare(part) for part in named.values()])


def _serve(app: EarlyDash, db: Warehouse, desk: Desk) -> None:
    server = app.server
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR
    bound_bodies(server)
    refuse_missing(server, lambda path: app.standing(path).status if app.standing else 404)
    keep_out_of_log(server)
    compress_responses(server)
    keep_answers(server, db, (ids.CHOSEN, ids.OF_BUILD))
    serve_bundles(server, app.bundles)
    protect_responses(server, [*app.csp_hashes(), BEGIN_HASH])
    watch_health(server, db, name=NAME)
    serve_exports(server, db)
    serve_briefs(server, db, desk)
    turn_away(server)
    serve_search(server, db, PAGES)
    serve_terms(server, db)


def _build_id(db: Warehouse) -> str:
    with db.reading() as build:
        return build.build_id if build else ""
