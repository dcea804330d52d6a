"""/download/<chart>.csv: the rows of a chart under the reader's selection, as a file."""

from __future__ import annotations

from flask import Flask, Response, abort, request

from dashboard.api.attachments import attachment
from dashboard.cards.asked import asked_selection
from dashboard.cards.shown import shown
from dashboard.charts import CHARTS
from dashboard.paper.csv import chart_csv
from dashboard.paper.extent import extent_of
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
            card = shown(db, chart, selection)
            body, held = chart_csv(db, card), extent_of(card.rows)
        return attachment(
            body, "text/csv; charset=utf-8", f"{chart_id}_{build.build_id}.csv", build_id=build.build_id, extent=held
        )
