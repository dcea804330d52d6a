"""A table of the warehouse as an analyst meets it: columns with their Chinese names, how many rows, a few of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from etl.problems import EtlError, nearest, shorten

SAMPLE_ROWS = 3


def show(path: Path, table: str) -> RenderableType:
    """Raises EtlError when the file or the table is not there. Internal facts are counted, never sampled."""
    if not path.is_file():
        raise EtlError(f"没有这个文件：{path}。先生成数据仓库，或用 --warehouse 指定")
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            return _rendered(connection, _known(connection, table))
    except duckdb.Error as error:
        raise EtlError(f"{path} 不是能打开的数据仓库") from error


def _known(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[str, str]:
    """(schema, table) for `mart.staffing`, `staffing` (when only one schema has it) or `zh.编制与实有`."""
    rows = connection.execute("select distinct schema_name, table_name from duckdb_columns() where not internal").fetchall()
    known = {f"{schema}.{name}": (schema, name) for schema, name in sorted(rows)}
    found = [place for name, place in known.items() if name == table or place[1] == table]
    if len(found) == 1:
        return found[0]
    if found:
        raise EtlError(f"有几张表都叫 {table}，请写全：{'、'.join('.'.join(place) for place in found)}")
    hint = nearest(table, [*known, *(place[1] for place in known.values())])
    raise EtlError(f"没有 {table} 这张表。{hint}可用：{'、'.join(known)}")


def _rendered(connection: duckdb.DuckDBPyConnection, place: tuple[str, str]) -> Group:
    schema, name = place
    quoted = f'"{schema}"."{name}"'
    comment = connection.execute(
        """select comment from duckdb_tables() where schema_name = $1 and table_name = $2
        union all select comment from duckdb_views() where schema_name = $1 and view_name = $2""",
        [schema, name],
    ).fetchone()
    columns = connection.execute(
        """select column_name, data_type, comment from duckdb_columns()
        where schema_name = $1 and table_name = $2 order by column_index""",
        [schema, name],
    ).fetchall()
    public = " where disclosure <> 'internal'" if "disclosure" in [column[0] for column in columns] else ""
    count = connection.execute(f"select count(*) from {quoted}").fetchone()  # noqa: S608  a name from the catalogue
    sample = connection.execute(f"from {quoted}{public} limit {SAMPLE_ROWS}").fetchall()
    words = comment[0] if comment and comment[0] else ""
    return Group(Text(f"{schema}.{name}　共 {count[0] if count else 0:,} 行"), Text(words), _columns(columns, sample))


def _columns(columns: Sequence[tuple[str, str, str | None]], sample: Sequence[tuple[Any, ...]]) -> Table:
    """One row a column of the table, with what the first rows hold in it."""
    table = Table()
    table.add_column("列", overflow="fold")
    table.add_column("类型")
    table.add_column("中文名与说明", overflow="fold", ratio=2)
    table.add_column(f"前 {len(sample)} 行", overflow="fold", ratio=2)
    for index, (name, kind, comment) in enumerate(columns):
        values = ["空" if row[index] is None else shorten(str(row[index])) for row in sample]
        table.add_row(name, kind.lower(), comment or "", " ｜ ".join(values))
    return table
