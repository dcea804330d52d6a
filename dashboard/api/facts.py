"""/api/facts: facts by filter, page by page. /api/sdmx: the same facts as SDMX-CSV 2.0, all at once."""

from urllib.parse import urlencode

import polars as pl
from flask import Flask, Response, request

from dashboard.api.asked import asked, check_values
from dashboard.api.attachments import attachment, state_extent
from dashboard.api.errors import ApiError, answer
from dashboard.api.models import Fact, FactPage, FactPageQuery, FactQuery
from dashboard.api.sdmx import MEDIA_TYPE, facts_sdmx
from dashboard.paper.extent import Extent, whole
from dashboard.warehouse import Warehouse

MOVED = "数据已更新为新版本，前面几页是旧版本的。请从第一页重新取。"
_KEYS = ("ref_area", "indicator", "phase", "source_id", "fact_id", "grade", "province", "theme", "scope", "preferred")
_SEARCHED = ("area_name", "indicator_zh", "as_stated", "source_title", "note")


def serve_facts(server: Flask, db: Warehouse) -> None:
    """Add the fact routes."""

    @server.get("/api/facts")
    def api_facts() -> Response:
        query = asked(FactPageQuery)
        with db.pinned() as build:
            if query.build_id not in {"", build.build_id}:
                raise ApiError("stale", MOVED)
            check_values(db, query)
            found = chosen(db, query)
        page = found.slice(query.offset, query.limit)
        more = query.offset + query.limit < found.height
        following = query.model_copy(update={"offset": query.offset + query.limit, "build_id": build.build_id})
        page_of = Extent(shown=page.height, total=found.height)
        body = answer(
            FactPage(
                facts=[Fact.model_validate(row) for row in page.iter_rows(named=True)], total=found.height, limit=query.limit,
                offset=query.offset, truncated=more, next=f"{request.path}?{stated(following)}" if more else None, build_id=build.build_id,
            )
        )  # fmt: skip
        return state_extent(body, build_id=build.build_id, extent=page_of)

    @server.get("/api/sdmx")
    def api_sdmx() -> Response:
        query = asked(FactQuery)
        with db.pinned() as build:
            check_values(db, query)
            found = chosen(db, query)
        name = f"facts_{build.build_id}.csv"
        return attachment(facts_sdmx(found), MEDIA_TYPE, name, build_id=build.build_id, extent=whole(found.height))


def chosen(db: Warehouse, query: FactQuery) -> pl.DataFrame:
    """Facts of mart.fact that meet the query, in the order of their ids, which never changes from page to page."""
    conditions: list[pl.Expr] = []
    if query.year_from is not None:
        conditions.append(pl.col("year") >= query.year_from)
    if query.year_to is not None:
        conditions.append(pl.col("year") <= query.year_to)
    if query.area:
        conditions.append(pl.col("area_name").str.contains(query.area, literal=True))
    if query.q:
        conditions.append(
            pl.any_horizontal(pl.col(name).str.contains(query.q, literal=True).fill_null(False) for name in _SEARCHED)
        )
    keys = {name: part for name in _KEYS if (part := getattr(query, name)) not in (None, "", [])}
    return db.table("mart.fact", **keys).filter(*conditions).sort("fact_id").collect()


def stated(query: FactQuery) -> str:
    """The query string that asks for just this: what was understood, not what was written."""
    parts = query.model_dump(exclude_defaults=True)
    return urlencode({name: ",".join(part) if isinstance(part, list) else str(part).lower() if part is True or part is False else part
                      for name, part in parts.items()}, safe=",")  # fmt: skip
