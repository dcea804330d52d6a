"""Our style sheets and scripts, each kind sent as one file: a page asks five times instead of fifty.

assets/*.css and assets/*.js in the order of their names, then assets/vendor/. What has `.first.` in its name runs before the page is
shown; what has `.lazy.` in its name, and the drawing library, is not in a bundle: whoever needs it asks for it.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response, abort, request

PREFIX = "/bundle/"
STYLE, FIRST, APP = "style.css", "first.js", "app.js"
PLOTLY = Path("vendor", "plotly-basic.min.js")
_MEMBERS = {  # of each bundle, by file name
    STYLE: re.compile(r"^(?!.*\.lazy\.).*\.css$"),
    FIRST: re.compile(r".*\.first\.js$"),
    APP: re.compile(r"^(?!.*\.(lazy|first)\.|plotly-basic\.).*\.js$"),
}
_A_YEAR = 365 * 24 * 3600
_KINDS = {".css": "text/css", ".js": "text/javascript"}


class _Bundle(NamedTuple):
    stamps: tuple[tuple[str, int], ...]
    text: bytes
    version: str


class Bundles:
    """The bundles of the folder `assets`; made anew when a file of theirs has changed."""

    def __init__(self, assets: Path) -> None:
        self._assets = assets
        self._made: dict[str, _Bundle] = {}

    def address(self, name: str) -> str:
        """Where browsers ask for a bundle; another address for other content, so that they may keep it."""
        return f"{PREFIX}{name}?v={self._bundle(name).version}"

    def text(self, name: str) -> bytes:
        """The content of a bundle."""
        return self._bundle(name).text

    def _bundle(self, name: str) -> _Bundle:
        files = list(self._files(name))
        stamps = tuple((str(path), path.stat().st_mtime_ns) for path in files)
        made = self._made.get(name)
        if made is None or made.stamps != stamps:
            end = b";\n" if name.endswith(".js") else b"\n"  # a script that ends without one must not run into the next
            text = b"".join(path.read_bytes() + end for path in files)
            made = self._made[name] = _Bundle(stamps, text, sha256(text).hexdigest()[:12])
        return made

    def _files(self, name: str) -> Iterator[Path]:
        for folder in (self._assets, self._assets / "vendor"):
            yield from sorted(path for path in folder.glob("*") if _MEMBERS[name].match(path.name))


def serve_bundles(server: Flask, bundles: Bundles) -> None:
    """Answer the addresses of `bundles`."""

    @server.get(f"{PREFIX}<name>")
    def _bundle(name: str) -> Response:
        if name not in _MEMBERS:
            abort(404)
        answer = Response(bundles.text(name), mimetype=_KINDS[Path(name).suffix])
        answer.headers["Cache-Control"] = f"public, max-age={_A_YEAR}"
        answer.add_etag()
        answer.make_conditional(request)
        return answer
