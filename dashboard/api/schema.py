"""/api/schema and /api/queries: what can be queried, and the saved queries to begin with."""

from flask import Flask, Response

from dashboard.api import query_models as models
from dashboard.api.asked import nothing_asked
from dashboard.api.errors import answer
from dashboard.pages import PAGES
from dashboard.sandbox.runner import Sandbox
from dashboard.tools.sql.saved import SavedQuery, saved_queries
from dashboard.tools.sql.schema import TableWords, read_schema
from dashboard.warehouse import Warehouse


def serve_schema(server: Flask, db: Warehouse, sandbox: Sandbox) -> None:
    """Add the two routes."""

    @server.get("/api/schema")
    def api_schema() -> Response:
        nothing_asked()
        with db.pinned() as build:
            tables = db.remember("schema", lambda: read_schema(sandbox))
        bounds = models.LimitsItem.model_validate(sandbox.limits, from_attributes=True)
        return answer(models.Schema(tables=[_table(table) for table in tables], limits=bounds, build_id=build.build_id))

    @server.get("/api/queries")
    def api_queries() -> Response:
        nothing_asked()
        order = [page.path for page in PAGES]
        queries = sorted(saved_queries(), key=lambda query: order.index(query.page))
        return answer(models.SavedQueries(queries=[_saved(query) for query in queries]))


def _table(table: TableWords) -> models.TableItem:
    columns = [models.ColumnItem(name=column.name, type=column.type, comment=column.comment) for column in table.columns]
    return models.TableItem(name=table.full_name, schema_name=table.schema, comment=table.comment, columns=columns)


def _saved(query: SavedQuery) -> models.SavedItem:
    group = next(page.nav for page in PAGES if page.path == query.page)
    return models.SavedItem.model_validate(vars(query) | {"group": group}, from_attributes=True)
