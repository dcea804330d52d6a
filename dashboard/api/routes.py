"""All routes of the interface, added to a server in one call."""

from flask import Flask, Response, request

from dashboard.access.carried import told
from dashboard.api.charts import serve_charts
from dashboard.api.errors import explain_errors
from dashboard.api.exchange import bound_to_routes, of_one_build
from dashboard.api.facts import serve_facts
from dashboard.api.openapi import serve_openapi
from dashboard.api.registers import serve_registers
from dashboard.api.schema import serve_schema
from dashboard.api.sql import serve_sql
from dashboard.sandbox.runner import Sandbox
from dashboard.warehouse import Warehouse

# What gives figures away, for the log of who took them; statements are told by the route that runs them.
EXPORTS = frozenset({"api_facts", "api_fact", "api_fact_file", "api_sdmx", "api_chart_json", "api_chart_csv"})
VERSION = "1.0"  # of the interface: a change that breaks a client raises the first number


def serve_api(server: Flask, db: Warehouse, sandbox: Sandbox) -> None:
    """Add the interface to `server`."""
    explain_errors(server)
    serve_charts(server, db)
    serve_facts(server, db)
    serve_registers(server, db)
    serve_sql(server, db, sandbox)
    serve_schema(server, db, sandbox)
    serve_openapi(server, VERSION)
    bound_to_routes(server)
    of_one_build(server, db)

    @server.after_request
    def _tell(response: Response) -> Response:
        if request.method == "GET" and response.status_code == 200 and request.endpoint in EXPORTS:
            told("exported", path=request.path, query=request.query_string.decode("utf-8", "replace"))
        return response
