"""/download/<chart>.xlsx and /download/<chart>.plate.json: what a card gives besides its CSV, under the reader's selection.

A plate is the description from which the reader's own browser makes the picture (assets/export.js): no tool on the server.
"""

from __future__ import annotations

from flask import Flask, Response, abort, jsonify, request

from dashboard.api.attachments import attachment
from dashboard.cards.asked import SelectionError, asked_selection
from dashboard.cards.shown import NothingToExportError, Shown, shown
from dashboard.charts import CHARTS
from dashboard.paper.caption import caption
from dashboard.paper.document import DocumentSettingsError, document
from dashboard.paper.extent import extent_of
from dashboard.paper.plate import Wish, plate
from dashboard.paper.xlsx import chart_xlsx
from dashboard.warehouse import Warehouse

PICTURE_KEYS = frozenset({"size", "caption"})  # of a plate's address, besides the selection
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def serve_exports(server: Flask, db: Warehouse) -> None:
    """Add the routes to `server`. A refusal is 400, 404 or 500 with a Chinese sentence as its body."""

    @server.get("/download/<chart_id>.plate.json")
    def _plate(chart_id: str) -> Response:
        size = request.args.get("size", "")
        wish = Wish(size=size if size in document().picture.sizes else "", captioned=request.args.get("caption") != "no")
        with db.pinned():
            return jsonify(plate(db, _shown(db, chart_id), wish).to_json())

    @server.get("/download/<chart_id>.caption.json")
    def _caption(chart_id: str) -> Response:
        with db.pinned():
            card = _shown(db, chart_id)
            if card.empty:
                raise NothingToExportError(card.empty)
            return jsonify(text=caption(db, card).plain(document()))

    @server.get("/download/<chart_id>.xlsx")
    def _xlsx(chart_id: str) -> Response:
        with db.pinned() as build:
            card = _shown(db, chart_id)
            name = f"{chart_id}_{build.build_id}.xlsx"
            return attachment(chart_xlsx(db, card), XLSX, name, build_id=build.build_id, extent=extent_of(card.rows))

    @server.errorhandler(SelectionError)
    def _selection(error: SelectionError) -> tuple[Response, int]:
        return Response(str(error), mimetype="text/plain"), 400

    @server.errorhandler(NothingToExportError)
    def _nothing(error: NothingToExportError) -> tuple[Response, int]:
        return Response(str(error), mimetype="text/plain"), 404

    @server.errorhandler(DocumentSettingsError)
    def _settings(error: DocumentSettingsError) -> tuple[Response, int]:
        return Response(str(error), mimetype="text/plain"), 500


def _shown(db: Warehouse, chart_id: str) -> Shown:
    chart = CHARTS.get(chart_id)
    if chart is None:
        abort(404)
    return shown(db, chart, asked_selection(db, request.query_string.decode("utf-8", "replace"), PICTURE_KEYS))
