"""/api/charts and /api/charts/<id>.json|.csv: the rows of a chart under a selection, exactly those that the page draws."""

import math
from typing import Any

import polars as pl
from flask import Flask, Response, request, url_for

from dashboard.api.asked import nothing_asked
from dashboard.api.attachments import MEDIA, attachment, state_extent
from dashboard.api.chosen import chosen_selection
from dashboard.api.errors import ApiError, answer
from dashboard.api.models import ChartColumn, ChartItem, ChartList, ChartRows, SourceItem
from dashboard.cards.asked import SelectionError
from dashboard.cards.selection import FILTERS, Selection
from dashboard.cards.shown import Shown, shown
from dashboard.charts import CHARTS, THEMES, Chart
from dashboard.paper.delimited import cell, csv_bytes
from dashboard.paper.extent import extent_of
from dashboard.warehouse import Warehouse
from dashboard.warehouse.catalog import Citation
from dashboard.warehouse.known import nearest_name


def serve_charts(server: Flask, db: Warehouse) -> None:
    """Add the chart routes."""

    @server.get("/api/charts")
    def api_charts() -> Response:
        nothing_asked()
        items = [_item(theme, chart) for theme, charts in THEMES.items() for chart in charts]
        return answer(ChartList(charts=items, build_id=db.build.build_id))

    @server.get("/api/charts/<chart_id>.json")
    def api_chart_json(chart_id: str) -> Response:
        chart, selection = _asked(db, chart_id)
        with db.pinned() as build:
            card = shown(db, chart, selection)
        body = _rows(card, build.build_id)
        return state_extent(answer(body), build_id=build.build_id, extent=extent_of(card.rows))

    @server.get("/api/charts/<chart_id>.csv")
    def api_chart_csv(chart_id: str) -> Response:
        chart, selection = _asked(db, chart_id)
        with db.pinned() as build:
            card = shown(db, chart, selection)
        rows, sources = card.rows, [source.source_id for source in card.citations]
        name = f"{chart.id}_{build.build_id}.csv"
        return attachment(frame_csv(rows), MEDIA["csv"], name, build_id=build.build_id, extent=extent_of(rows), sources=sources)


def frame_csv(rows: pl.DataFrame) -> bytes:
    """All columns under their own names, in UTF-8 without BOM: for programs. (What people open comes from the card's menu.)"""
    lines = [[cell(plain(value)) for value in row] for row in rows.iter_rows()]
    return csv_bytes([rows.columns, *lines], for_people=False)


def source_item(source: Citation) -> SourceItem:
    """A citation as the interface gives it."""
    return SourceItem(
        source_id=source.source_id, citation=source.full, grade=source.grade, reprint=source.reprint, url=source.url
    )


def _asked(db: Warehouse, chart_id: str) -> tuple[Chart, Selection]:
    chart = CHARTS.get(chart_id)
    if chart is None:
        raise ApiError("not_found", f"没有图表 {chart_id[:60]}；{nearest_name(chart_id, CHARTS)}全部图表见 /api/charts。")
    try:
        return chart, chosen_selection(db, request.query_string.decode("utf-8", "replace"), only=FILTERS)
    except SelectionError as error:
        raise ApiError("params", str(error)) from error


def _item(theme: str, chart: Chart) -> ChartItem:
    return ChartItem(
        id=chart.id, theme=theme, question=chart.question, columns=_columns(chart),
        json_url=url_for("api_chart_json", chart_id=chart.id), csv_url=url_for("api_chart_csv", chart_id=chart.id),
    )  # fmt: skip


def _columns(chart: Chart) -> list[ChartColumn]:
    return [ChartColumn(name=column.name, header=column.header, kind=column.kind) for column in chart.columns]


def _rows(card: Shown, build_id: str) -> ChartRows:
    chart, rows = card.chart, card.rows
    return ChartRows(
        id=chart.id, question=chart.question, finding="" if card.empty else card.finding.plain(), notes=list(card.notes),
        columns=_columns(chart), row_count=rows.height, truncated=extent_of(rows).truncated, build_id=build_id,
        rows=[{name: plain(value) for name, value in row.items()} for row in rows.iter_rows(named=True)],
        sources=[source_item(source) for source in card.citations],
    )  # fmt: skip


def plain(value: Any) -> Any:
    """A value for JSON or a cell. NaN has no JSON; a missing number is null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
