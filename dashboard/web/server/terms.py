"""GET /terms.json: the words of the field and what they mean, for the hints beside them (assets/terms.js)."""

from flask import Flask, Response, g, jsonify

from dashboard.warehouse import Warehouse, catalog

ADDRESS = "/terms.json"


def serve_terms(server: Flask, db: Warehouse) -> None:
    """Add the route. Without a warehouse the list is empty, and nobody keeps it."""

    @server.get(ADDRESS)
    def _terms() -> Response:
        with db.reading() as build:
            if build is None:
                g.failed = True
                return jsonify([])
            rows = catalog.terms(db).to_dicts()
        return jsonify(
            [
                {
                    "term": row["term"],
                    "aliases": catalog.aliases_of(row),
                    "definition": row["definition_zh"],
                    "caution": row["caution_zh"] or "",
                    "source": row["source_of_definition"],
                }
                for row in rows
            ]
        )
