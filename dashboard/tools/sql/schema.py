"""The tables and columns that queries can name, with their Chinese comments: for the tree, the completion and the API."""

from dataclasses import dataclass

from dashboard.sandbox.names import SEARCHED
from dashboard.sandbox.runner import Result, Sandbox
from vocabulary.sql import quoted

_QUERY = """
select c.schema_name, c.table_name, c.column_name, c.data_type, c.comment, coalesce(t.comment, v.comment)
from duckdb_columns() as c
left join duckdb_tables() as t on t.database_name = c.database_name and t.table_oid = c.table_oid
left join duckdb_views() as v on v.database_name = c.database_name and v.view_oid = c.table_oid
where c.database_name = current_database() and not c.internal
order by c.schema_name, c.table_name, c.column_index
"""


@dataclass(frozen=True, kw_only=True)
class ColumnWords:
    """A column, its type and what it means."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, kw_only=True)
class TableWords:
    """A table or view, what a row is, and its columns."""

    schema: str
    name: str
    comment: str
    columns: tuple[ColumnWords, ...]

    @property
    def full_name(self) -> str:
        """As it is written in SQL."""
        return f"{self.schema}.{_written(self.name)}"


def read_schema(sandbox: Sandbox) -> tuple[TableWords, ...]:
    """Marts first, then their Chinese views, then what they are made from. QueryError without a warehouse."""
    return _grouped(sandbox.own(_QUERY))


def _grouped(result: Result) -> tuple[TableWords, ...]:
    found: dict[tuple[str, str], list[ColumnWords]] = {}
    said: dict[tuple[str, str], str] = {}
    for schema, table, column, kind, comment, about in result.rows:
        found.setdefault((schema, table), []).append(ColumnWords(name=column, type=kind, comment=comment or ""))
        said[schema, table] = about or ""
    tables = [
        TableWords(schema=schema, name=table, comment=said[schema, table], columns=tuple(columns))
        for (schema, table), columns in found.items()
        if schema in SEARCHED
    ]
    return tuple(sorted(tables, key=lambda table: (SEARCHED.index(table.schema), table.name)))


def _written(name: str) -> str:
    return name if name.isidentifier() else quoted(name)
