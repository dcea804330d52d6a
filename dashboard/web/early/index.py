"""The HTML that a browser gets first: it asks early for what the page needs, and late or never for what it does not.

Where there is an early page (early/page.py), it stands in this HTML; the drawing library comes before all other scripts, and
assets/early.first.js runs those once the first drawings are on the screen. Elsewhere the scripts run at once. The grid is 1.3 MB of
script that one page shows at once: on the others assets/grid_later.js loads it when there are rows to show.
"""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from dash import dcc
from flask import Response, redirect, request
from markupsafe import escape

from dashboard.dash_adapter.callbacks import DEPENDENCIES, LAYOUT
from dashboard.dash_adapter.components import parts as parts_of
from dashboard.dash_adapter.first_html import AdaptedDash, begun_later, fetched_now_run_later, grid_by_name_only, without_table
from dashboard.web.early.page import EarlyPage, EarlyPages
from dashboard.web.server.bundles import APP, FIRST, PLOTLY, STYLE, Bundles

INDEX = """<!doctype html>
<html lang="zh-CN">
<head>
{%metas%}
<meta name="color-scheme" content="light dark">
<meta name="description" content="县乡机构改革改了什么、改了多少：每个数字都能查到原文、口径与来源。">
<title>{%title%}</title>
<link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
{%css%}
</head>
<body>
<noscript>本系统需要启用 JavaScript。</noscript>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""
BEGIN = "window.early.begin();"
BEGIN_HASH = f"'sha256-{base64.b64encode(hashlib.sha256(BEGIN.encode()).digest()).decode()}'"
_EARLY = """<div class="early" id="early">{markup}</div>
<script type="application/json" id="early-drawings">{drawings}</script>
<script>{begin}</script>"""
_GRID_AT_ONCE = "/data"
# What the scripts will ask for once they run; asked for now, it is there by then.
_FIRST_QUESTIONS = "".join(f'<link rel="preload" as="fetch" crossorigin href="{address}">' for address in (LAYOUT, DEPENDENCIES))

Content = Callable[[str], Any]  # path of an address → the components of its page


class Standing(NamedTuple):
    """What HTTP says of an address: its status, and the path where its page properly is."""

    status: int
    path: str


class EarlyDash(AdaptedDash):
    """Dash whose first HTML is made for the page that is asked for. `content`, `early` and `standing` are set once the pages are known."""

    content: Content | None = None
    standing: Callable[[str], Standing] | None = None
    early: EarlyPages | None = None
    bundles: Bundles

    def first_answer(self, html: Callable[[], str]) -> Any:
        """The HTML of an address: 404 where there is no page, and from another name of a page to its own address."""
        standing = self.standing(request.path) if self.standing else Standing(200, request.path)
        if unquote(standing.path) != (request.path.rstrip("/") or "/"):
            query = request.query_string.decode("latin-1")
            return redirect(standing.path + (f"?{query}" if query else ""))
        return Response(html(), status=standing.status, mimetype="text/html")

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """The index with the scripts that the page needs."""
        parts["css"] = (
            f'<link rel="stylesheet" href="{self.bundles.address(STYLE)}"><script src="{self.bundles.address(FIRST)}"></script>'
        )
        scripts = without_table(parts["scripts"])
        if request.path != _GRID_AT_ONCE:
            scripts = grid_by_name_only(scripts)
        parts["scripts"] = f'{scripts}<script src="{self.bundles.address(APP)}"></script>'
        page = self.early.page(request.path, request.query_string.decode("utf-8", "replace")) if self.early else None
        if page is None:
            self._live_at_once(parts)
            return super().interpolate_index(**parts)
        self._early_first(parts, page)
        # The mark by which assets/7_early.css lays the early page over the live one, there before anything can be painted.
        return super().interpolate_index(**parts).replace("<html ", "<html data-early ", 1)

    def _live_at_once(self, parts: dict[str, str]) -> None:
        draws = self.content is not None and any(isinstance(part, dcc.Graph) for part in parts_of(self.content(request.path)))
        plotly = self._plotly()
        parts["metas"] += _FIRST_QUESTIONS
        if plotly:  # without the small bundle Dash brings its own
            parts["metas"] += f'<meta name="plotly-script" content="{plotly}">'
            parts["metas"] += f'<link rel="preload" as="script" fetchpriority="low" href="{plotly}">' if draws else ""

    def _early_first(self, parts: dict[str, str], page: EarlyPage) -> None:
        plotly = self._plotly()
        parts["title"] = str(escape(page.title))
        if plotly:
            parts["metas"] += f'<meta name="plotly-script" content="{plotly}">'
            parts["css"] += f'<script async fetchpriority="high" id="early-plotly" src="{plotly}"></script>' if page.draws else ""
        parts["app_entry"] += _EARLY.format(markup=page.markup, drawings=page.drawings, begin=BEGIN)
        parts["scripts"] = _FIRST_QUESTIONS + fetched_now_run_later(parts["scripts"])
        parts["renderer"] = begun_later(parts["renderer"])

    def _plotly(self) -> str:
        """Where the small Plotly bundle is; blank without one."""
        bundle = Path(self.config.assets_folder, PLOTLY)
        return f"{self.get_asset_url(PLOTLY.as_posix())}?m={bundle.stat().st_mtime}" if bundle.is_file() else ""
