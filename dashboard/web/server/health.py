"""/healthz, and a page in Chinese instead of a shell that cannot be filled while there is no warehouse."""

from html import escape

from flask import Flask, Response, jsonify, request

from dashboard.warehouse import Warehouse, WarehouseUnavailableError
from dashboard.warehouse.warehouse import DAMAGED

_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="15"><title>暂无数据 · {name}</title><link rel="stylesheet" href="/assets/1_tokens.css">
<link rel="stylesheet" href="/assets/2_shell.css"></head><body><main class="unavailable"><h1>暂时没有可用的数据</h1><p>{reason}</p>
<p class="unavailable__hint">数据就绪后，本页会自动恢复。</p></main></body></html>"""


def watch_health(server: Flask, db: Warehouse, *, name: str) -> None:
    """Answer /healthz and explain a missing warehouse on every page.

    200 only with a usable warehouse, else 503; with the reason, where a newer file is not read and an earlier build goes on being served,
    or where a part of the file turned out to be damaged.
    """

    @server.get("/healthz")
    def _health() -> tuple[Response, int]:
        try:
            build = db.build
        except WarehouseUnavailableError as error:
            return jsonify(status="unavailable", reason=str(error)), 503
        told = ({"rejected": db.rejected} if db.rejected else {}) | ({"damaged": DAMAGED} if db.damaged else {})
        return jsonify(status="ok", build=build.build_id, facts=build.facts, **told), 200

    @server.before_request
    def _explain() -> Response | None:
        if (
            request.method != "GET"
            or "text/html" not in request.headers.get("Accept", "")
            or request.path.startswith(("/assets/", "/_"))
        ):
            return None
        try:
            _ = db.build
        except WarehouseUnavailableError as error:
            return Response(_PAGE.format(name=escape(name), reason=escape(str(error))), status=503, mimetype="text/html")
        return None
