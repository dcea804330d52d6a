"""/api/facts: facts by filter, page by page. /api/sdmx: the same facts as SDMX-CSV 2.0, all at once."""

from typing import TypeVar
from urllib.parse import urlencode

import polars as pl
from flask import Flask, Response, request

from dashboard.api.attachments import attachment, state_extent
from dashboard.api.errors import answer
from dashboard.api.models import Fact, FactPage, FactPageQuery, FactQuery
from dashboard.api.sdmx import MEDIA_TYPE, facts_sdmx
from dashboard.paper.extent import Extent, whole
from dashboard.warehouse import Warehouse

_KEYS = ("ref_area", "indicator", "phase", "source_id", "fact_id", "grade", "province", "theme", "scope", "preferred")
_SEARCHED = ("area_name", "indicator_zh", "as_stated", "source_title", "note")
Query = TypeVar("Query", bound=FactQuery)


def serve_facts(server: Flask, db: Warehouse) -> None:
    """Add the fact routes."""

    @server.get("/api/facts")
    def api_facts() -> Response:
        asked = _query(FactPageQuery)
        with db.pinned() as build:
            found = chosen(db, asked)
        page = found.slice(asked.offset, asked.limit)
        more = asked.offset + asked.limit < found.height
        stated = request.args.to_dict() | {"offset": str(asked.offset + asked.limit)}
        page_of = Extent(shown=page.height, total=found.height)
        body = answer(
            FactPage(
                facts=[Fact.model_validate(row) for row in page.iter_rows(named=True)], total=found.height, limit=asked.limit,
                offset=asked.offset, truncated=more, next=f"{request.path}?{urlencode(stated)}" if more else None, build_id=build.build_id,
            )
        )  # fmt: skip
        return state_extent(body, build_id=build.build_id, extent=page_of)

    @server.get("/api/sdmx")
    def api_sdmx() -> Response:
        with db.pinned() as build:
            found = chosen(db, _query(FactQuery))
        name = f"facts_{build.build_id}.csv"
        return attachment(facts_sdmx(found), MEDIA_TYPE, name, build_id=build.build_id, extent=whole(found.height))


def chosen(db: Warehouse, asked: FactQuery) -> pl.DataFrame:
    """Facts of mart.fact that meet the query, in the order of their ids, which never changes from page to page."""
    conditions: list[pl.Expr] = []
    if asked.year_from is not None:
        conditions.append(pl.col("year") >= asked.year_from)
    if asked.year_to is not None:
        conditions.append(pl.col("year") <= asked.year_to)
    if asked.area:
        conditions.append(pl.col("area_name").str.contains(asked.area, literal=True))
    if asked.q:
        conditions.append(
            pl.any_horizontal(pl.col(name).str.contains(asked.q, literal=True).fill_null(False) for name in _SEARCHED)
        )
    keys = {name: stated for name in _KEYS if (stated := getattr(asked, name)) not in (None, "", [])}
    return db.table("mart.fact", **keys).filter(*conditions).sort("fact_id").collect()


def _query(model: type[Query]) -> Query:
    """The query string as a model; a key that is stated twice counts with its last value."""
    return model.model_validate({name: values[-1] for name, values in request.args.lists()})
