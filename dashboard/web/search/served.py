"""GET /search.json?q=…: what a reader's words find, for the field that opens with Ctrl K (assets/search.js)."""

from collections.abc import Sequence
from dataclasses import asdict

from flask import Flask, Response, jsonify, request

from dashboard.cards.page import Page
from dashboard.warehouse import Warehouse
from dashboard.web.search.found import found


def serve_search(server: Flask, db: Warehouse, pages: Sequence[Page]) -> None:
    """Add the route; an empty list where nothing is found or nothing is asked."""

    @server.get("/search.json")
    def _search() -> Response:
        with db.reading():
            return jsonify(hits=[asdict(hit) for hit in found(db, pages, request.args.get("q", ""))])
