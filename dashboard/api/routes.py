"""All routes of the interface, added to a server in one call."""

from flask import Flask, Response

from dashboard.api.charts import serve_charts
from dashboard.api.errors import ApiError, explain_errors
from dashboard.api.facts import serve_facts
from dashboard.api.openapi import serve_openapi
from dashboard.api.schema import serve_schema
from dashboard.api.sql import serve_sql
from dashboard.sandbox.runner import Sandbox
from dashboard.warehouse import Warehouse

VERSION = "1.0"  # of the interface: a change that breaks a client raises the first number


def serve_api(server: Flask, db: Warehouse, sandbox: Sandbox) -> None:
    """Add the interface to `server`."""
    explain_errors(server)
    serve_charts(server, db)
    serve_facts(server, db)
    serve_sql(server, db, sandbox)
    serve_schema(server, db, sandbox)
    serve_openapi(server, VERSION)

    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

    @server.route("/api", methods=methods, strict_slashes=False)
    @server.route("/api/<path:_rest>", methods=methods)
    def api_nothing(_rest: str = "") -> Response:
        """Dash answers 200 with a page to every address that nobody else has."""
        raise ApiError("not_found", "没有这个接口，或不支持这种方法。接口说明见 /openapi.json。")
