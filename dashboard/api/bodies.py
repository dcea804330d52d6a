"""How large the body of a request may be, on every route: the server keeps nothing of what is beyond, Flask refuses it with 413."""

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

TOO_LARGE = "发来的内容太大，没有收下。请减少内容后重试。"
MOST_BYTES = 5_000_000
_BELOW = {"/download/brief/": 60_000_000, "/download/check": 20_000_000}  # a basket brings its pictures, a county its workbook


def most_bytes(path: str) -> int:
    """Bytes that a request to this path may send."""
    return next((most for prefix, most in _BELOW.items() if path.startswith(prefix)), MOST_BYTES)


def bound_bodies(server: Flask) -> None:
    """Refuse larger ones before any route of `server` sees them."""
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @server.before_request
    def _bound() -> None:
        request.max_content_length = most_bytes(request.path)
        if (request.content_length or 0) > request.max_content_length:
            raise RequestEntityTooLarge
