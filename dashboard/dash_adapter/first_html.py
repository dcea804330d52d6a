"""The first HTML: a Dash that lets others decide what it is, and the tags that Dash puts into it."""

import re
from collections.abc import Callable
from typing import Any

from dash import Dash

_EACH_TIME_ANOTHER = ("end_id",)
_SCRIPT = re.compile(r'<script src="([^"]+)"></script>')
_LATER = r'<link rel="preload" as="script" fetchpriority="low" href="\1"><script type="text/later" src="\1"></script>'
_GRID = re.compile(r'<script src="([^"]+/dash_ag_grid/dash_ag_grid\.[^"]+)"></script>')
_TABLE = re.compile(r'<script src="[^"]+/dash_table/[^"]+"></script>\n?')
_RUNS_AT_ONCE, _RUNS_LATER = 'type="application/javascript"', 'type="text/later"'


class AdaptedDash(Dash):
    """Dash whose first HTML is the same at every visit, and answered as `first_answer` says."""

    _config_html_once = ""

    def first_answer(self, html: Callable[[], str]) -> Any:
        """The answer to a request for a page, for derived classes to change; `html` makes Dash's HTML of it."""
        return html()

    def index(self, *args: Any, **kwargs: Any) -> Any:
        """Hides `Dash.index`, the view of every page address: Dash documents no other way to give a status or a redirect."""
        return self.first_answer(lambda: super(AdaptedDash, self).index(*args, **kwargs))

    def _config(self) -> dict[str, Any]:
        """Hides `Dash._config`, what the first HTML tells Dash's script, so that a browser which has the page need not get it again:
        `end_id` is new at each visit and signs the handles of background callbacks, of which there are none."""
        return {name: value for name, value in super()._config().items() if name not in _EACH_TIME_ANOTHER}

    def _generate_config_html(self) -> str:
        """Hides `Dash._generate_config_html`, the tag around `_config`, made once: what it holds of every component library costs
        more than all else of a page."""
        self._config_html_once = self._config_html_once or super()._generate_config_html()
        return self._config_html_once


def without_table(scripts: str) -> str:
    """The script tags without that of dash_table.

    Hides that Dash sends the script of its old table whether or not there is one, and the form of the tag.
    """
    return _TABLE.sub("", scripts)


def grid_by_name_only(scripts: str) -> str:
    """The script tags with a `<meta name="grid-script">` in place of the grid's script.

    Hides the form of the tag; assets/grid_later.js loads the script when there are rows to show.
    """
    return _GRID.sub(r'<meta name="grid-script" content="\1">', scripts)


def fetched_now_run_later(scripts: str) -> str:
    """The script tags as preloads beside tags that no browser runs by itself.

    Hides the form of the tags. `async` and `defer`, which Dash lets one choose, would still run them before the first drawing.
    """
    return _SCRIPT.sub(_LATER, scripts)


def begun_later(renderer: str) -> str:
    """The tag that begins Dash's script, as one that no browser runs by itself.

    Hides its form: Dash looks for its id, which stays.
    """
    return renderer.replace(_RUNS_AT_ONCE, _RUNS_LATER)
