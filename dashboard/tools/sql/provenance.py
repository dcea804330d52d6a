"""The sources behind the rows of any result that says which they are."""

from dashboard.sandbox.runner import Result
from dashboard.tools.sql.roles import SOURCES, is_fact_column, named
from dashboard.warehouse import Warehouse
from dashboard.warehouse.catalog import Citation, citations

UNNAMED = "结果中没有来源编号或事实编号列，无法列出来源。请在查询中加上 source_id（或 source_ids、fact_id）。"


def sources_of(db: Warehouse, result: Result) -> list[Citation]:
    """Every source named in the rows, by source_id(s) and by fact_id(s), in order of appearance."""
    listed = list(named(result, SOURCES.__contains__))
    facts = list(named(result, is_fact_column))
    if facts:
        rows = db.table("mart.fact", fact_id=facts).select("fact_id", "source_id").collect()
        by_fact = dict(rows.iter_rows())
        listed += [by_fact[fact] for fact in facts if fact in by_fact]
    return citations(db, list(dict.fromkeys(listed)))


def names_sources(result: Result) -> bool:
    """True when the result has a column that leads to sources."""
    return any(column.name in SOURCES or is_fact_column(column.name) for column in result.columns)
