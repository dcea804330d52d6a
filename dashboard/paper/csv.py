"""A chart's rows as CSV that Excel and WPS open cleanly: UTF-8 with BOM, Chinese headers, sources in every row."""

from typing import Any

from dashboard.cards.shown import Shown
from dashboard.language.sentence import receipts
from dashboard.language.words import NOT_PUBLISHED
from dashboard.paper.caption import INTERNAL, MEASURED
from dashboard.paper.delimited import cell, csv_bytes
from dashboard.paper.extent import extent_of
from dashboard.paper.tables import NOTHING, inexact, rough, set_table
from dashboard.warehouse import Warehouse

_NUMERIC = MEASURED | {"ratio"}


def chart_csv(db: Warehouse, card: Shown) -> bytes:
    """The same rows as the 表格 tab, numbers unrounded, with 资料来源 and 事实编号; missing numbers read 未公布, missing words —.

    Where a number is about, over or under, 约数 says so; in internal mode a last column says 内部资料; rows of very many
    places end with a line that says how many there are."""
    secrecy = {"密级": INTERNAL} if db.internal else {}
    chart, rows = card.chart, card.rows
    known = {citation.source_id: citation.full for citation in card.citations}
    said = rough(set_table(chart, rows, inexact(db, rows))) if rows.height else []
    more = ["约数"] if any(said) else []  # what a plain number cannot say
    lines: list[list[Any]] = [[*(column.header for column in chart.columns), *more, "资料来源", "事实编号", *secrecy]]
    for index, row in enumerate(rows.iter_rows(named=True)):
        sources = "；".join(known.get(source, source) for source in receipts(row.get("source_ids")))
        cells = [_cell(row.get(column.name), NOT_PUBLISHED if column.kind in _NUMERIC else NOTHING) for column in chart.columns]
        cells += [said[index] or NOTHING] if more else []
        lines.append([*cells, _cell(sources), ";".join(receipts(row.get("fact_ids"))), *secrecy.values()])
    if last_line := extent_of(rows).last_line:
        lines.append([last_line])
    return csv_bytes(lines, for_people=True)


def _cell(value: Any, missing: str = NOTHING) -> Any:
    if value is None or value == "":
        return missing
    return "合计" if value == "_T" else cell(value)
