"""/api/sql: a reader's query as rows, as a file, as a picture; DELETE ends it."""

from typing import TypeVar

from flask import Flask, Response, request

from dashboard.access.carried import told
from dashboard.api import query_models as models
from dashboard.api.asked import nothing_asked, read, viewer
from dashboard.api.attachments import MEDIA, attachment, state_extent
from dashboard.api.charts import source_item
from dashboard.api.errors import ApiError, answer
from dashboard.sandbox.faults import wide_signs
from dashboard.sandbox.runner import Result, Sandbox, TypedResult
from dashboard.tools.sql.lineage import witnesses
from dashboard.tools.sql.picture import picture
from dashboard.tools.sql.provenance import sources_of
from dashboard.tools.sql.result_files import Asked, extent, references, result_csv, result_parquet
from dashboard.tools.sql.result_sheet import TooWideError, result_xlsx
from dashboard.warehouse import Warehouse

MOST_BYTES = 500_000  # of a request
WIDE_NAME = "列名“{name}”以全角符号开头：语句里的符号可能打成了全角，DuckDB 把它当作了列名的一部分。请改成半角再运行。"
MOVED = "数据已更新为新版本，与页面上的结果不同。请重新运行查询，再下载。"
Model = TypeVar("Model", bound=models.SqlRequest)


def serve_sql(server: Flask, db: Warehouse, sandbox: Sandbox) -> None:
    """Add the SQL routes."""

    @server.post("/api/sql")
    def api_sql() -> Response:
        result = _run(sandbox, _body(models.SqlRequest))
        return state_extent(answer(_answered(db, result)), build_id=result.build_id, extent=extent(result))

    @server.delete("/api/sql")
    def api_sql_cancel() -> Response:
        nothing_asked()
        return answer(models.Cancelled(cancelled=sandbox.cancel(viewer())))

    @server.post("/api/sql/<any(xlsx,csv,parquet):form>")
    def api_sql_file(form: models.Format) -> Response:
        asked = _body(models.FileRequest)
        if form == "parquet":
            typed = sandbox.typed(asked.sql, asked.params, viewer=viewer())
            _same_build(asked, typed)
            sources = [source.source_id for source in sources_of(db, references(typed))]
            body, held = result_parquet(typed, sources, internal=sandbox.internal), extent(typed)
            return attachment(
                body, MEDIA[form], f"query_{typed.build_id}.{form}", build_id=typed.build_id, extent=held, sources=sources
            )
        result = sandbox.run(asked.sql, asked.params, viewer=viewer(), to_save=True)
        _same_build(asked, result)
        sources = [source.source_id for source in sources_of(db, result)]
        ran = Asked(sql=asked.sql, params=asked.params, result=result, sources=tuple(sources), internal=sandbox.internal)
        try:
            body, held = result_xlsx(db, ran) if form == "xlsx" else (result_csv(ran, last_line=asked.last_line), extent(result))
        except TooWideError as error:
            raise ApiError("size", str(error)) from error
        return attachment(
            body, MEDIA[form], f"query_{result.build_id}.{form}", build_id=result.build_id, extent=held, sources=sources
        )

    @server.post("/api/sql/picture")
    def api_sql_picture() -> Response:
        asked = _body(models.PictureRequest)
        result = _run(sandbox, asked)
        drawn = picture(db, result, witnesses(asked.sql, db.columns()), label=asked.label, value=asked.value)
        return answer(models.PictureAnswer.model_validate(vars(drawn) | {"build_id": result.build_id}))


def _run(sandbox: Sandbox, asked: models.SqlRequest) -> Result:
    return sandbox.run(asked.sql, asked.params, viewer=viewer())


def _same_build(asked: models.FileRequest, result: Result | TypedResult) -> None:
    if asked.build_id and asked.build_id != result.build_id:
        raise ApiError("stale", MOVED)


def _body(model: type[Model]) -> Model:
    """The request's JSON, whose statement is in the log before it runs. Only JSON: a form of another site cannot send it without asking the browser first."""
    nothing_asked()
    request.max_content_length = MOST_BYTES
    if request.mimetype != "application/json":
        raise ApiError("media_type", "请求的正文应为 JSON（Content-Type: application/json）。")
    asked = read(model, lambda: model.model_validate_json(request.get_data()))
    told("queried", sql=asked.sql, path=request.path)
    return asked


def _answered(db: Warehouse, result: Result) -> models.SqlAnswer:
    return models.SqlAnswer(
        columns=[models.SqlColumn(name=column.name, type=column.type) for column in result.columns], rows=result.rows,
        row_count=len(result.rows), truncated=result.truncated, build_id=result.build_id, seconds=round(result.seconds, 3),
        notes=[WIDE_NAME.format(name=column.name) for column in result.columns if wide_signs(column.name[:1])],
        sources=[source_item(source) for source in sources_of(db, result)],
    )  # fmt: skip
