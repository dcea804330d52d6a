"""/download/<chart>.csv, .xlsx, .plate.json and .caption.json: what a card gives, under the reader's selection.

A card with a reader's own numbers (cards/own.py) is asked for by POST, with them in the body.
A plate is the description from which the reader's own browser makes the picture (assets/export.js): no tool on the server.
"""

from collections.abc import Callable

from flask import Flask, Response, abort, jsonify, request

from dashboard.access.carried import told
from dashboard.api.attachments import MEDIA, attachment, refuse_in_words
from dashboard.api.chosen import chosen_selection
from dashboard.cards.asked import SelectionError, with_own
from dashboard.cards.shown import NothingToExportError, Shown, shown
from dashboard.charts import CHARTS
from dashboard.paper.caption import caption
from dashboard.paper.csv import chart_csv
from dashboard.paper.document import DocumentSettingsError, document
from dashboard.paper.extent import extent_of
from dashboard.paper.plate import Wish, plate
from dashboard.paper.xlsx import chart_xlsx
from dashboard.warehouse import Warehouse

ASKED_BY = ("GET", "POST")
PICTURE_KEYS = frozenset({"size", "caption"})  # of a plate's address, besides the selection
ROWS: dict[str, Callable[[Warehouse, Shown], bytes]] = {"csv": chart_csv, "xlsx": chart_xlsx}


def serve_exports(server: Flask, db: Warehouse) -> None:
    """Add the routes to `server`. A refusal is 400, 404 or 500 with a Chinese sentence as its body."""

    @server.route("/download/<chart_id>.plate.json", methods=ASKED_BY)
    def _plate(chart_id: str) -> Response:
        size = request.args.get("size", "")
        wish = Wish(size=size if size in document().picture.sizes else "", captioned=request.args.get("caption") != "no")
        with db.pinned() as build:
            card = _shown(db, chart_id)
            told("exported", card=chart_id, form="picture", facts=list(card.fact_ids), build=build.build_id)
            return jsonify(plate(db, card, wish).to_json())

    @server.route("/download/<chart_id>.caption.json", methods=ASKED_BY)
    def _caption(chart_id: str) -> Response:
        with db.pinned():
            card = _shown(db, chart_id)
            if card.empty:
                raise NothingToExportError(card.empty)
            return jsonify(text=caption(db, card).plain(document()))

    @server.route("/download/<chart_id>.<any(csv,xlsx):form>", methods=ASKED_BY)
    def _rows(chart_id: str, form: str) -> Response:
        with db.pinned() as build:
            card = _shown(db, chart_id, frozenset() if form == "csv" else PICTURE_KEYS)
            told("exported", card=chart_id, form=form, facts=list(card.fact_ids), build=build.build_id)
            name = f"{chart_id}_{build.build_id}.{form}"
            return attachment(ROWS[form](db, card), MEDIA[form], name, build_id=build.build_id, extent=extent_of(card.rows))

    refuse_in_words(server, {SelectionError: 400, NothingToExportError: 404, DocumentSettingsError: 500})


def _shown(db: Warehouse, chart_id: str, also: frozenset[str] = PICTURE_KEYS) -> Shown:
    chart = CHARTS.get(chart_id)
    if chart is None:
        abort(404)
    selection = chosen_selection(db, request.query_string.decode("utf-8", "replace"), also=also)
    return shown(db, chart, with_own(selection, request.get_json(silent=True)) if request.method == "POST" else selection)
