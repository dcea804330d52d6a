"""A copy of the warehouse without its internal facts (disclosure = internal) and without anything derived from them.

The copy is written anew, row by row: no page of the old file is in it, so no query over it can find what was left out.
Tables that name facts lose the rows that rest on an internal one; tables that describe the arithmetic or the sources of
facts are cut likewise; tables that hold no figures are taken whole; of who reported nothing is said; a table that is none of
these is left out.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from vocabulary.sql import literal, quoted

WHOLE = frozenset(
    {
        "core.area_ancestor",
        "core.code",
        "core.cohort",
        "core.division",
        "core.event",
        "core.indicator",
        "core.measure",
        "core.scope",
        "core.term",
        "mart.measure",
        "mart.timeline",
        "quality.check_result",
    }
)
NOTHING = frozenset({"core.submission", "mart.filing"})  # who reported what, most of which the public does not see: no rows
HOLDS_INTERNAL = "select 1 from wh.mart.fact where disclosure = 'internal' limit 1"  # a row, or none; for a file attached as wh
_SCHEMAS = ("core", "mart", "quality", "meta", "zh")
_HIDDEN = "select fact_id, source_id, ref_area, indicator from src.mart.fact where disclosure = 'internal'"
_OPEN_LIST = """select fact_ids from src.mart.fact_list
group by fact_ids having count(*) filter (where fact_id in (select fact_id from hidden)) = 0"""
# A list that nobody took apart might name anything: its row is left out.
_NAMES_NONE = "(t.{column} is null or t.{column} in (select fact_ids from open_list))"
_NO_SUM = """identity_id not in (select identity_id from src.mart.identity_balance
where fact_ids not in (select fact_ids from open_list))"""
_OPENLY_CITED = """(source_id not in (select source_id from hidden)
or source_id in (select source_id from src.mart.fact where disclosure is distinct from 'internal'){events})"""
_EVENTS = " or source_id in (select source_id from src.core.event) or source_id in (select source_id from src.core.measure)"
_NO_CORRECTION = """not exists (select 1 from hidden where hidden.source_id = t.source_id
and hidden.ref_area = t.ref_area and hidden.indicator = t.indicator)"""
_NO_TOPIC = "topic_id not in (select topic_id from src.mart.conflict as c join hidden on hidden.fact_id = c.fact_id)"
_BUILD = """select b.* replace (
    (select count(*) from dst.mart.fact) as facts, (select count(distinct source_id) from dst.mart.fact) as sources)
from src.meta.build as b"""
_CITED = """select c.* replace ((select count(*) from dst.mart.fact as f where f.source_id = c.source_id) as facts)
from src.mart.citation as c where """
_COVERED = """select a.* replace (exists (select 1 from src.mart.fact as f where f.ref_area = a.ref_area
and f.disclosure is distinct from 'internal') as covered) from src.core.ref_area as a"""

Columns = dict[str, list[str]]


def write_public_copy(source: Path, target: Path) -> None:
    """Write the public copy of the warehouse at `source` to `target`, which must not exist. Raises duckdb.Error."""
    db = duckdb.connect(":memory:", config={"threads": 1, "autoload_known_extensions": "false"})
    try:
        db.execute(f"attach {literal(source)} as src (read_only)")
        db.execute(f"attach {literal(target)} as dst")
        db.execute(f"create temp table hidden as {_HIDDEN}")
        db.execute(f"create temp table open_list as {_OPEN_LIST}")
        db.begin()  # else each of a thousand comments would be written to disk by itself
        _copy(db)
        db.commit()
        db.execute("checkpoint dst")
    finally:
        db.close()


def _copy(db: duckdb.DuckDBPyConnection) -> None:
    columns = _columns(db)
    for schema in _SCHEMAS:
        db.execute(f"create schema dst.{schema}")
    last = ("mart.citation", "meta.build")  # they count what the others hold
    for table in sorted(columns, key=lambda name: (name in last, name)):
        chosen = _chosen(table, columns)
        if chosen:
            db.execute(f"create table dst.{table} as {chosen}")
    _copy_views(db)
    db.execute(";".join(_comments(db)))


def _columns(db: duckdb.DuckDBPyConnection) -> Columns:
    found: Columns = {}
    for schema, table, column in db.execute(
        """select c.schema_name, c.table_name, c.column_name from duckdb_columns() as c
        join duckdb_tables() as t on t.database_name = 'src' and t.schema_name = c.schema_name and t.table_name = c.table_name
        where c.database_name = 'src' order by c.column_index"""
    ).fetchall():
        if schema in _SCHEMAS:
            found.setdefault(f"{schema}.{table}", []).append(column)
    return found


def _chosen(table: str, columns: Columns) -> str:
    """The query that fills a table of the copy; blank when the table is left out."""
    if table == "meta.build":
        return _BUILD
    if table == "core.ref_area":
        return _COVERED
    if table == "mart.citation":
        return _CITED + _openly_cited(columns)
    if table in NOTHING:
        return f"select * from src.{table} where false"  # noqa: S608 (names of the file)
    conditions = list(_conditions(table, columns))
    if not conditions:
        return f"select * from src.{table}" if table in WHOLE else ""  # noqa: S608 (names of the file)
    return f"select * from src.{table} as t where {' and '.join(conditions)}"  # noqa: S608


def _conditions(table: str, columns: Columns) -> Iterator[str]:
    for column in columns[table]:
        if column == "fact_id":
            yield "t.fact_id not in (select fact_id from hidden)"
        elif column.endswith("fact_ids"):
            yield _NAMES_NONE.format(column=column)
        if column == "disclosure":
            yield "t.disclosure is distinct from 'internal'"
    if table.startswith("core.identity") and "mart.identity_balance" in columns:
        yield _NO_SUM
    if table == "core.source":
        yield _openly_cited(columns)
    if table == "core.correction":
        yield _NO_CORRECTION
    if table == "mart.conflict":
        yield _NO_TOPIC


def _openly_cited(columns: Columns) -> str:
    return _OPENLY_CITED.format(events=_EVENTS if "core.event" in columns else "")


def _copy_views(db: duckdb.DuckDBPyConnection) -> None:
    views = db.execute(
        "select sql, comment from duckdb_views() where database_name = 'src' and not internal order by view_name"
    ).fetchall()
    db.execute("use dst")
    for sql, _comment in views:
        db.execute(sql)
    db.execute("use memory")


def _comments(db: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Statements that give the copy the comments of the file, for what it has."""
    there = {tuple(row) for row in db.execute(_NAMED.format(database="dst")).fetchall()}
    for kind, schema, table, column, comment in db.execute(_COMMENTED).fetchall():
        if (schema, table) in there:
            name = ".".join(quoted(part) for part in ("dst", schema, table, column) if part)
            yield f"comment on {kind} {name} is {literal(comment)}"


_NAMED = """select schema_name, table_name from duckdb_tables() where database_name = '{database}'
union select schema_name, view_name from duckdb_views() where database_name = '{database}'"""
_COMMENTED = """select 'table', schema_name, table_name, '', comment from duckdb_tables() where database_name = 'src' and comment is not null
union all select 'view', schema_name, view_name, '', comment from duckdb_views() where database_name = 'src' and comment is not null
union all select 'column', schema_name, table_name, column_name, comment from duckdb_columns() where database_name = 'src' and comment is not null
"""
