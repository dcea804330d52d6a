"""/api/sources, /api/indicators, /api/areas, /api/scopes: the registers that facts refer to; /api/facts/<id>: one fact, at an address for good.

Each as JSON, and with .csv or .parquet behind it. They are read from what the server shows: in public mode a copy without internal facts.
"""

from collections.abc import Callable, Mapping, Sequence

import polars as pl
from flask import Flask, Response

from dashboard.api.asked import nothing_asked
from dashboard.api.attachments import MEDIA, attachment, state_extent
from dashboard.api.charts import frame_csv, plain, source_item
from dashboard.api.errors import ApiError, answer
from dashboard.api.models import Fact, OneFact, RegisterRows
from dashboard.paper.extent import whole
from dashboard.tools.sql.result_files import frame_parquet
from dashboard.warehouse import Build, Warehouse
from dashboard.warehouse.catalog import citations

FORMS = ("csv", "parquet")
WITHDRAWN = "事实 {id} 已在数据版本 {build} 中撤下（{said}）。"


def _sources(db: Warehouse) -> pl.DataFrame:
    cited = db.table("mart.citation").select("source_id", "citation_zh", "facts")
    return db.table("core.source").join(cited, on="source_id", how="left").sort("source_id").collect()


def _indicators(db: Warehouse) -> pl.DataFrame:
    counted = db.table("mart.fact_count_by_indicator").group_by("indicator").agg(pl.col("facts").sum().cast(pl.Int64))
    rows = db.table("core.indicator").join(counted, on="indicator", how="left").sort("indicator").collect()
    return rows.with_columns(pl.col("facts").fill_null(0))


def _areas(db: Warehouse) -> pl.DataFrame:
    return db.table("core.ref_area").sort("ref_area").collect()


def _scopes(db: Warehouse) -> pl.DataFrame:
    return db.table("core.scope").sort("scope").collect()


# Name in the address: how it is read.
REGISTERS: Mapping[str, Callable[[Warehouse], pl.DataFrame]] = {
    "sources": _sources,
    "indicators": _indicators,
    "areas": _areas,
    "scopes": _scopes,
}


def serve_registers(server: Flask, db: Warehouse) -> None:
    """Add the routes."""
    for name, rows in REGISTERS.items():
        _serve_register(server, db, name, rows)

    @server.get("/api/facts/<fact_id>")
    def api_fact(fact_id: str) -> Response:
        nothing_asked()
        with db.pinned() as build:
            row = _fact(db, fact_id, build)
            sources = [source_item(source) for source in citations(db, row["source_id"].to_list())]
        fact = Fact.model_validate(row.row(0, named=True))
        body = OneFact(fact=fact, sources=sources, truncated=False, build_id=build.build_id)
        return state_extent(answer(body), build_id=build.build_id, extent=whole(1))

    @server.get("/api/facts/<fact_id>.<any(csv,parquet):form>")
    def api_fact_file(fact_id: str, form: str) -> Response:
        nothing_asked()
        with db.pinned() as build:
            row = _fact(db, fact_id, build)
        return _file(row, f"{fact_id}_{build.build_id}", form, (build, row["source_id"].to_list()))


def _serve_register(server: Flask, db: Warehouse, name: str, rows: Callable[[Warehouse], pl.DataFrame]) -> None:
    def as_json() -> Response:
        nothing_asked()
        with db.pinned() as build:
            found = rows(db)
        listed = [{column: plain(value) for column, value in row.items()} for row in found.iter_rows(named=True)]
        body = RegisterRows(rows=listed, row_count=found.height, truncated=False, build_id=build.build_id)
        return state_extent(answer(body), build_id=build.build_id, extent=whole(found.height))

    def as_file(form: str) -> Response:
        nothing_asked()
        with db.pinned() as build:
            found = rows(db)
        return _file(
            found, f"{name}_{build.build_id}", form, (build, found["source_id"].to_list() if "source_id" in found.columns else [])
        )

    server.add_url_rule(f"/api/{name}", f"api_{name}", as_json, methods=["GET"])
    server.add_url_rule(f"/api/{name}.<any(csv,parquet):form>", f"api_{name}_file", as_file, methods=["GET"])


def _fact(db: Warehouse, fact_id: str, build: Build) -> pl.DataFrame:
    """The one row; ApiError where there is none, which says when the fact was there until this build."""
    row = db.table("mart.fact", fact_id=fact_id).collect()
    if row.is_empty():
        gone = db.table("meta.change").filter(pl.col("fact_id") == fact_id).collect()
        said = (
            WITHDRAWN.format(id=fact_id, build=build.build_id, said=gone["old_stated"][0] or gone["indicator_zh"][0])
            if len(gone)
            else ""
        )
        raise ApiError("not_found", said or f"没有事实 {fact_id[:60]}。事实编号为 F 加 10 位小写十六进制数，见 /api/facts。")
    return row


def _file(rows: pl.DataFrame, stem: str, form: str, of: tuple[Build, Sequence[str]]) -> Response:
    build, sources = of
    body = frame_csv(rows) if form == "csv" else frame_parquet(rows, build_id=build.build_id, sources=sources)
    extent = whole(rows.height)
    return attachment(body, MEDIA[form], f"{stem}.{form}", build_id=build.build_id, extent=extent, sources=sources)
