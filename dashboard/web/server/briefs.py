"""/download/brief/…: registered briefs as JSON, the preview of a basket, and the basket as a document.

The pictures come from the reader's browser with the basket, so Word and slides need no tool on the server.
"""

import base64
import binascii
from typing import Any

from flask import Flask, Response, abort, jsonify, request

from dashboard.access.carried import told
from dashboard.api.attachments import attachment, refuse_in_words
from dashboard.cards.asked import with_own
from dashboard.cards.selection import Selection
from dashboard.paper.briefs import BRIEFS, Brief, BriefError, EmptyBriefError, parse_brief
from dashboard.paper.briefs.cohort import cohort_brief
from dashboard.paper.briefs.own_county import county_brief, own_brief
from dashboard.paper.composition import compose
from dashboard.paper.press import FORMS, MIMETYPES, WrongPicturesError, press
from dashboard.paper.preview import preview
from dashboard.paper.studio import MissingToolError
from dashboard.warehouse import Warehouse
from dashboard.web.server.documents import Desk

LARGEST_PICTURE = 8_000_000
PART = "X-Brief-Part"  # which part a refusal is about, so that the page says it there


def serve_briefs(server: Flask, db: Warehouse, desk: Desk) -> None:
    """Add the routes to `server`. A refusal is a Chinese sentence with 400, 404 or 503."""

    @server.get("/download/brief/<name>.json")
    def _registered(name: str) -> Response:
        if name not in BRIEFS:
            abort(404)
        return jsonify(BRIEFS[name].brief(db).to_json())

    @server.get("/download/brief/area/<place>.json")
    def _of_county(place: str) -> Response:
        return jsonify(county_brief(db, place).to_json())

    @server.get("/download/brief/cohort/<name>.json")
    def _of_cohort(name: str) -> Response:
        return jsonify(cohort_brief(db, name).to_json())

    @server.post("/download/brief/own")
    def _own() -> Response:
        return jsonify(own_brief(db, with_own(Selection(), _content())).to_json())

    @server.post("/download/brief/preview")
    def _preview() -> Response:
        content = _content()
        composed = compose(db, _brief(content))
        plates = composed.slide_plates if content.get("slides") is True else composed.plates
        return jsonify(html=preview(composed), plates=[plate.to_json() for plate in plates], build=composed.build.build_id)

    @server.post("/download/brief/<form>")
    def _document(form: str) -> Response:
        if form not in FORMS:
            abort(404)
        content = _content()
        brief, pictures = _brief(content), _pictures(content)
        with desk.place():
            composed = compose(db, brief)
            body = press(composed, form, pictures)
        told("exported", brief=composed.title, form=form, stamp=composed.stamp)
        return attachment(body, MIMETYPES[form], f"{composed.title}.{form}", build_id=composed.build.build_id)

    @server.errorhandler(BriefError)
    def _refused(error: BriefError) -> tuple[Response, int]:
        return Response(str(error), mimetype="text/plain", headers={PART: error.part} if error.part else None), 400

    refuse_in_words(server, {WrongPicturesError: 400, MissingToolError: 503, EmptyBriefError: 404})


def _content() -> dict[str, Any]:
    """The posted JSON object; BriefError for anything else."""
    content = request.get_json(silent=True)
    if not isinstance(content, dict):
        raise BriefError("这不是一份简报。")
    return content


def _brief(content: dict[str, Any]) -> Brief:
    return parse_brief(content.get("brief"))


def _pictures(content: dict[str, Any]) -> list[bytes]:
    """The PNGs sent along."""
    stated = content.get("pictures")
    if not isinstance(stated, list):
        raise WrongPicturesError("图片与简报对不上，请刷新页面后重试。")
    try:
        pictures = [base64.b64decode(one, validate=True) for one in stated if isinstance(one, str)]
    except binascii.Error as error:
        raise WrongPicturesError("图片没有完整送达，请重试。") from error
    if any(len(picture) > LARGEST_PICTURE for picture in pictures):
        raise WrongPicturesError("图片太大，请减少图表后重试。")
    return pictures
