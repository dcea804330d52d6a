"""/api/schema, /api/values and /api/queries: what can be queried, the values of a column, and the saved queries to begin with."""

from flask import Flask, Response

from dashboard.api import query_models as models
from dashboard.api.asked import asked, nothing_asked
from dashboard.api.errors import ApiError, answer
from dashboard.pages import PAGES
from dashboard.sandbox.runner import Sandbox
from dashboard.tools.sql.saved import SavedQuery, saved_queries
from dashboard.tools.sql.schema import TableWords, read_schema
from dashboard.warehouse import Warehouse
from dashboard.warehouse.codes import codes
from dashboard.warehouse.known import known_values, nearest_name
from vocabulary.alphabet import by_pinyin

MOST_VALUES = 20_000  # of a column that are read
MOST_SHOWN = 50  # in one answer


def serve_schema(server: Flask, db: Warehouse, sandbox: Sandbox) -> None:
    """Add the three routes."""

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

    @server.get("/api/values")
    def api_values() -> Response:
        query = asked(models.ValueQuery)
        with db.pinned() as build:
            found = _values(db, query)
        chosen = [item for item in found if query.q in item.value or query.q in item.name]
        chosen.sort(key=lambda item: (item.value != query.q, not item.value.startswith(query.q)))  # the likeliest come first
        shown, truncated = chosen[:MOST_SHOWN], len(chosen) > MOST_SHOWN or len(found) == MOST_VALUES
        return answer(models.ColumnValues(values=shown, truncated=truncated, build_id=build.build_id))


def _values(db: Warehouse, query: models.ValueQuery) -> list[models.ValueItem]:
    """The values of the column with their names, by pinyin. ApiError where there is no such column."""
    columns = db.columns()
    if query.table not in columns:
        raise ApiError("params", f"没有表 {query.table[:60]}。{nearest_name(query.table, columns)}全部见 /api/schema。")
    if query.column not in columns[query.table]:
        near = nearest_name(query.column, columns[query.table])
        raise ApiError("params", f"表 {query.table} 没有列 {query.column[:60]}。{near}全部见 /api/schema。")
    names = known_values(db).get(query.column) or codes(db).get(query.column) or {}

    def read() -> list[models.ValueItem]:
        texts = sorted(db.texts(query.table, query.column, MOST_VALUES), key=by_pinyin)
        return [models.ValueItem(value=text, name=names.get(text, "")) for text in texts]

    return db.remember(("values", query.table, query.column), read)


def _table(table: TableWords) -> models.TableItem:
    columns = [models.ColumnItem(name=column.name, type=column.type, comment=column.comment) for column in table.columns]
    return models.TableItem(name=table.full_name, schema_name=table.schema, comment=table.comment, columns=columns)


def _saved(query: SavedQuery) -> models.SavedItem:
    group = next(page.nav for page in PAGES if page.path == query.page)
    return models.SavedItem.model_validate(vars(query) | {"group": group}, from_attributes=True)
