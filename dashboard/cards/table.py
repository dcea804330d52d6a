"""The 表格 tab: the same rows as the drawing, as a plain table that prints, copies and reads aloud well."""

from typing import Any

import polars as pl
from dash import html

from dashboard.cards.chart import Column
from dashboard.cards.own import OWN
from dashboard.cards.place_link import place_link
from dashboard.cards.sentence import receipt_link
from dashboard.cards.sources import is_address, outside
from dashboard.language import words
from dashboard.language.sentence import receipts

NUMERIC = frozenset({"count", "number", "percent", "ratio"})
BY_READER = "本人填写"
NOTHING, WHOLE = "—", "合计"  # no words (a missing number reads 未公布); all parts of a dimension together
MOST_ROWS = 500  # of a table in a page: with a whole country imported a browser would stop under the others
_BESIDE = 5  # columns that a phone shows beside each other
_SHORT = 4  # characters of a cell that stays on one line: 改革前, 官方发布


def rows_table(rows: pl.DataFrame, columns: tuple[Column, ...], caption: str, *, folds: bool = True) -> html.Table:
    """A table of `rows`; the first column names the row, the last opens its facts unless cells open theirs. Of more than MOST_ROWS the
    first are listed, and the foot says how many there are. On a phone a row of many cells becomes a paragraph, unless it is not to fold.
    """
    count, rows = rows.height, rows.head(MOST_ROWS)
    by_cell = any(column.fact_ids for column in columns)
    with_facts = (
        not by_cell
        and "fact_ids" in rows.columns
        and any(receipts(row["fact_ids"]) or _is_own(row) for row in rows.iter_rows(named=True))
    )
    head = [html.Th(column.header, scope="col", className=_cell_class(column)) for column in columns]
    if with_facts:
        head.append(html.Th("出处", scope="col", className="table__receipt"))
    folding = folds and (by_cell or len(head) > _BESIDE)
    body = [_row(row, columns, with_facts=with_facts, labelled=folding) for row in rows.iter_rows(named=True)]
    cut = f"共{words.digits(count)}行，这里列出前{MOST_ROWS}行，其余在下载的表格里。"
    foot = [html.Tfoot(html.Tr(html.Td(cut, colSpan=len(head), className="table__cell")))] if count > MOST_ROWS else []
    return html.Table(
        [html.Caption(caption, className="visually-hidden"), html.Thead(html.Tr(head)), html.Tbody(body), *foot],
        className=" ".join(["table", *(["table--cells"] if by_cell else []), *(["table--folding"] if folding else [])]),
    )


def cell_text(value: Any, column: Column) -> str:
    """What a cell says: never blank, a missing number reads 未公布."""
    if column.kind in NUMERIC:
        return _number(value, column)
    if column.kind == "period":
        return words.date(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or value == "":
        return NOTHING
    return WHOLE if value == "_T" else str(value)


def _number(value: Any, column: Column) -> str:
    if column.kind == "count":
        return words.digits(value)
    if column.kind == "percent":
        text = words.percent(value)
        return text.removesuffix("%") if "%" in column.header else text
    if column.kind == "ratio":
        return words.ratio(value)
    return words.digits(value, _decimals(value))


def _decimals(value: Any) -> int:
    text = f"{value:.4f}".rstrip("0") if isinstance(value, float) else ""
    return len(text.partition(".")[2])


def _row(row: dict[str, Any], columns: tuple[Column, ...], *, with_facts: bool, labelled: bool) -> html.Tr:
    """`labelled`: each cell carries its header, for screens on which a row is a paragraph (assets/3_card.css)."""
    first, *others = columns
    cells: list[Any] = [html.Th(_named(row, first), scope="row", className=_cell_class(first))]
    for column in others:
        text = cell_text(row.get(column.name), column)
        missing = " table__cell--missing" if text in {words.NOT_PUBLISHED, words.UNDATED, NOTHING} else ""
        missing += " table__cell--nothing" if text == NOTHING else ""
        short = " nowrap" if len(text) <= _SHORT else ""
        label = {"data-label": column.header} if labelled else {}
        cells.append(html.Td(_opening(row, column, first), className=_cell_class(column) + missing + short, **label))
    if with_facts:
        facts = receipts(row["fact_ids"])
        name = cell_text(row.get(first.name), first)
        without = BY_READER if _is_own(row) else NOTHING
        receipt = receipt_link("出处", facts, f"{name}：查看出处", quiet=True) if facts else without
        cells.append(html.Td(receipt, className="table__receipt"))
    return html.Tr(cells)


def _is_own(row: dict[str, Any]) -> bool:
    return OWN in receipts(row.get("source_ids"))


def _opening(row: dict[str, Any], column: Column, first: Column) -> Any:
    """What a cell shows; where it has facts or an address of its own, as the way to them."""
    facts = receipts(row.get(column.fact_ids))
    if facts:
        text = cell_text(row.get(column.name), column)
        return receipt_link(text, facts, f"{cell_text(row.get(first.name), first)}{column.header}{text}：查看出处")
    if (address := row.get(column.url)) and is_address(address):
        return outside(_named(row, column), address)
    return _named(row, column)


def _named(row: dict[str, Any], column: Column) -> Any:
    """What a cell shows; the name of a place leads to its page."""
    text = cell_text(row.get(column.name), column)
    return place_link(text, row.get("ref_area")) if column.kind == "place" else text


def _cell_class(column: Column) -> str:
    if column.kind in NUMERIC:
        return "table__cell table__cell--number"
    return "table__cell table__cell--period" if column.kind == "period" else "table__cell"
