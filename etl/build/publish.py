"""From a finished draft to the warehouse that readers open: words, build record, checkpoint, fsync, rename.

Readers see the old file or the new file, whole, and nothing else: all work happens in `<target>.draft-<pid>` beside
the target (same file system), and the last step is one atomic rename.
"""

import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl import __version__
from etl.build.comments import Comments, TableWords
from etl.build.draft import Draft
from etl.problems import EtlError
from vocabulary import contract
from vocabulary.sql import literal, quoted

BUILD_TABLE = """create table draft.meta.build (
    build_id varchar, built_at timestamp, version varchar, source_hash varchar, facts bigint, sources bigint,
    compared_with varchar, contract integer)"""
ZH_VIEW = "create view draft.{view} as select {columns} from {table}"


class BrokenKey(EtlError):
    """Two rows of one key, or a null where none may be: a fault of the SQL that makes the table, not of the input."""


@dataclass(frozen=True)
class BuildRecord:
    """One row of meta.build. `compared_with`: the build that meta.change compares with, see etl/build/changes.py."""

    source_hash: str
    facts: int
    sources: int
    compared_with: str | None


def build_of(warehouse: Path) -> str | None:
    """The build id of a file; None when there is none, or it is no warehouse."""
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            rows = connection.execute("select build_id from meta.build").fetchall()
    except duckdb.Error:
        return None
    return str(rows[0][0]) if rows else None


def record_build(draft: Draft, record: BuildRecord) -> str:
    """meta.build: which input, when (UTC), by which version and in which shape. Gives the build id."""
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
    build_id = f"{now:%Y%m%dT%H%M%S}-{record.source_hash[:8]}"
    draft.connection.execute("create schema if not exists draft.meta")
    draft.connection.execute(BUILD_TABLE)
    draft.connection.execute(
        "insert into draft.meta.build values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            build_id, now, __version__, record.source_hash, record.facts, record.sources,
            record.compared_with, contract.NUMBER,
        ],
    )  # fmt: skip
    return build_id


def constrain(draft: Draft, comments: Comments) -> None:
    """Primary keys and NOT NULL as columns.toml declares them. After the checks: those name what is wrong in words.

    The largest tables have no key there: an index over ten million rows takes longer than loading them; that their rows are
    unique, checks hold. Raises BrokenKey."""
    for table in published_tables(draft):
        key = comments.key(table)
        for column in (*key, *comments.required(table)):
            _alter(draft, table, f"alter column {quoted(column)} set not null", [column])
        if key:
            _alter(draft, table, f"add primary key ({', '.join(map(quoted, key))})", key)


def _alter(draft: Draft, table: str, change: str, columns: Sequence[str]) -> None:
    try:
        draft.connection.execute(f"alter table draft.{table} {change}")
    except (duckdb.ConstraintException, duckdb.CatalogException, duckdb.BinderException) as error:
        names = "、".join(columns)
        raise BrokenKey(
            f"表 {table} 的 {names} 有空值、重复或没有这一列，与 columns.toml 的 key、required 不符（{error}）"
        ) from error


def describe(draft: Draft, comments: Comments) -> None:
    """COMMENT on every published table and column, and the zh views of the marts."""
    draft.connection.execute("create schema draft.zh")
    tables = {table: table_columns(draft, table) for table in published_tables(draft)}
    for table, words in comments.describe(tables).items():
        _comment(draft, "table", table, words)
        if table.startswith("mart."):
            view = f"zh.{quoted(words.table.zh)}"
            selected = ", ".join(f"{quoted(column)} as {quoted(entry.zh)}" for column, entry in words.columns.items())
            draft.connection.execute(ZH_VIEW.format(view=view, columns=selected, table=table))
            _comment(draft, "view", view, TableWords(words.table, {entry.zh: entry for entry in words.columns.values()}))


def published_tables(draft: Draft) -> list[str]:
    """schema.table of every table in the draft, by name."""
    _, rows = draft.rows("select schema_name || '.' || table_name from duckdb_tables() where database_name = 'draft'")
    return sorted(str(row[0]) for row in rows)


def table_columns(draft: Draft, table: str) -> list[str]:
    columns, _ = draft.rows(f"from draft.{table} limit 0")
    return columns


def _comment(draft: Draft, kind: str, table: str, words: TableWords) -> None:
    text = literal(f"{words.table.zh}：{words.table.comment}")
    statements = [f"comment on {kind} draft.{table} is {text}"]
    for column, entry in words.columns.items():
        text = literal(f"{entry.zh}：{entry.comment}")
        statements.append(f"comment on column draft.{table}.{quoted(column)} is {text}")
    draft.connection.execute("; ".join(statements))


def seal(draft: Draft) -> None:
    """Everything into the draft file itself, then let go of it: no .wal remains."""
    draft.connection.execute("checkpoint draft")
    draft.connection.execute("detach draft")
    draft.connection.close()


def replace(sealed: Path, target: Path) -> None:
    """Put the sealed draft in the place of `target`, durably. A .wal of another generation would make it unreadable."""
    with sealed.open("rb") as file:
        os.fsync(file.fileno())
    target.with_name(target.name + ".wal").unlink(missing_ok=True)
    sealed.replace(target)
    directory = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
