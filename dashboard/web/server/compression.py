"""Brotli or gzip on the way out, computed once a process for each content that is sent as a file.

A library that compresses each response anew breaks 304 (it changes the ETag) and spends the time of a query on every load.
Browsers ask for brotli only on https and on this machine, so gzip stays for http:// addresses of an office network.
"""

import gzip
import hashlib
from concurrent.futures import ThreadPoolExecutor

import brotli
from flask import Flask, Request, Response, request

from dashboard.dash_adapter.callbacks import SUITES
from dashboard.warehouse.cache import Lru

_TEXT = frozenset(
    {"application/javascript", "text/javascript", "text/css", "text/html", "application/json", "image/svg+xml", "text/csv"}
)
_STATIC = ("/assets/", "/bundle/", SUITES)
_SMALLEST = 860  # bytes; below it the header costs more than is saved
_LATER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="compress")
_PACKED: Lru[bytes] = Lru(128)  # by content, so that every app of the process has it


def compress_responses(server: Flask) -> None:
    """Compress text responses of `server` for browsers that accept it."""

    @server.after_request
    def _compress(response: Response) -> Response:
        encoding = _encoding(request)
        if response.status_code != 200 or "Content-Encoding" in response.headers or response.mimetype not in _TEXT:
            return response
        response.vary.add("Accept-Encoding")
        if encoding is None:
            return response
        response.direct_passthrough = False
        body = response.get_data()
        if len(body) < _SMALLEST:
            return response
        response.set_data(_packed(body, encoding))
        response.headers["Content-Encoding"] = encoding
        return response  # the ETag stays as it was: Dash compares it letter by letter, and 304 must keep working


def _encoding(asked: Request) -> str | None:
    accepted = asked.headers.get("Accept-Encoding", "")
    if "br" in accepted:
        return "br"
    return "gzip" if "gzip" in accepted else None


def _packed(body: bytes, encoding: str) -> bytes:
    if not request.path.startswith(_STATIC):
        return _pack(body, encoding, quality=4)
    key = (encoding, hashlib.blake2b(body).digest())
    packed = _PACKED.get(key)
    if packed is None:
        packed = _pack(body, encoding, quality=9)
        _PACKED.put(key, packed)
        if encoding == "br":  # a tenth smaller, but seconds for the large ones: nobody waits for it
            _LATER.submit(lambda: _PACKED.put(key, _pack(body, encoding, quality=11)))
    return packed


def _pack(body: bytes, encoding: str, *, quality: int) -> bytes:
    if encoding == "br":
        return brotli.compress(body, quality=quality)
    return gzip.compress(body, compresslevel=min(quality + 1, 9), mtime=0)
