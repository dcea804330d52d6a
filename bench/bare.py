"""The floor: a WSGI handler that does nothing but return the bytes of one file (BARE_BODY) with the headers that they need."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

_BODY = Path(os.environ["BARE_BODY"]).read_bytes()
_HEADERS = [("Content-Type", "application/json"), ("Content-Length", str(len(_BODY)))]


def application(_environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], Any]) -> Iterable[bytes]:
    start_response("200 OK", _HEADERS)
    return [_BODY]
