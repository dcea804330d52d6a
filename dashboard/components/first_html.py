"""The HTML that a browser gets first: it asks early for what the page needs, and late or never for what it does not.

The page stands before the drawing library has come (assets/draw_in_turn.js), so both are fetched at once. The grid is 1.3 MB of
script that one page shows at once: elsewhere assets/grid_later.js loads it when there are rows to show.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dash import Dash, dcc
from flask import request

INDEX = """<!doctype html>
<html lang="zh-CN">
<head>
{%metas%}
<meta name="color-scheme" content="light dark">
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
LATER = r"\.lazy\.|^plotly-cartesian\."  # assets that the first HTML does not run
_GRID = re.compile(r'<script src="([^"]+/dash_ag_grid/dash_ag_grid\.[^"]+)"></script>')
_GRID_AT_ONCE = "/data"
_PLOTLY = Path("vendor", "plotly-cartesian.min.js")
# What the scripts will ask for once they run; asked for now, it is there by then.
_FIRST_QUESTIONS = "".join(
    f'<link rel="preload" as="fetch" crossorigin href="{address}">' for address in ("/_dash-layout", "/_dash-dependencies")
)

Content = Callable[[str], Any]  # path of an address → the components of its page


class EarlyDash(Dash):
    """Dash whose first HTML is made for the page that is asked for. `content` is set once the pages are known."""

    content: Content | None = None

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """The index with the scripts that the page needs."""
        draws = self.content is not None and any(isinstance(part, dcc.Graph) for part in self.content(request.path)._traverse())
        if request.path != _GRID_AT_ONCE:
            parts["scripts"] = _GRID.sub(r'<meta name="grid-script" content="\1">', parts["scripts"])
        parts["metas"] += _FIRST_QUESTIONS + self._drawing(at_once=draws)
        return super().interpolate_index(**parts)

    def _drawing(self, *, at_once: bool) -> str:
        """Where the small Plotly bundle is; blank without one: Dash then brings its own."""
        bundle = Path(self.config.assets_folder, _PLOTLY)
        if not bundle.is_file():
            return ""
        address = f"{self.get_asset_url(_PLOTLY.as_posix())}?m={bundle.stat().st_mtime}"
        preload = f'<link rel="preload" as="script" fetchpriority="low" href="{address}">' if at_once else ""
        return f'<meta name="plotly-script" content="{address}">{preload}'
