"""/download/<chart>.csv: the rows of a chart under the reader's selection, as a file."""

from __future__ import annotations

from flask import Flask, Response, abort, request

from dashboard.charts import CHARTS
from dashboard.exports.csv import chart_csv
from dashboard.queries.places import asked_selection
from dashboard.warehouse import Warehouse


def serve_downloads(server: Flask, db: Warehouse) -> None:
    """Add the download routes to `server`."""

    @server.get("/download/<chart_id>.csv")
    def _csv(chart_id: str) -> Response:
        chart = CHARTS.get(chart_id)
        if chart is None:
            abort(404)
        selection = asked_selection(db, request.query_string.decode("utf-8", "replace"))
        with db.pinned() as build:
            body = chart_csv(db, chart, selection)
        response = Response(body, mimetype="text/csv")
        response.headers["Content-Disposition"] = f'attachment; filename="{chart_id}_{build.build_id}.csv"'
        return response
