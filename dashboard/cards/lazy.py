"""A page's own scripts (assets/*.lazy.js): the layout names them, assets/lazy.js asks for them whenever that layout has come."""

import json
from collections.abc import Sequence

from dash import ClientsideFunction, Dash, Input, Output

from dashboard.settings import ROOT

ASSETS = ROOT / "assets"


def lazy_scripts(names: Sequence[str], brings: str) -> dict[str, str]:
    """Attributes of the layout of a page: its scripts in their order, each with its time of change (assets are kept for a year),
    without those that are not installed; and the object of the window, made by the last, whose `start(layout)` begins the page."""
    files = [(name, ASSETS / name) for name in names]
    addresses = [f"/assets/{name}?m={int(path.stat().st_mtime)}" for name, path in files if path.is_file()]
    return {"data-scripts": json.dumps(addresses), "data-brings": brings}


def wire_lazy(app: Dash, layout_id: str) -> None:
    """Have the scripts asked for. The output stands on the page, or Dash would not call it for a page that is put in later."""
    app.clientside_callback(ClientsideFunction("lazy", "mount"), Output(layout_id, "data-mounted"), Input(layout_id, "id"))
