"""What may be run: exactly one statement that reads. DuckDB's own parser decides, never a pattern over the text.

Runs in the child process: a hostile text may bring the parser down, and the server must not go with it.
"""

from dataclasses import dataclass

import duckdb
from duckdb import StatementType

_EXPLAIN = "explain"
_SPACE = " \t\r\n\f\v"

NOTHING = "没有语句。请写一条查询，例如 from mart.fact limit 10"
SEVERAL = "一次只能运行一条语句，这里有 {count} 条。请只留一条，或用 with 把几步写在一起。"
PIVOT = "PIVOT 要写明列值，否则须先跑另一条语句才知道有哪些列。请写成 pivot … on 列 in ('甲', '乙') using …"
ANALYZE = "EXPLAIN 只用来看执行计划，后面请直接跟一条查询：explain select …（不支持 ANALYZE 和括号里的选项）。"
NOT_A_QUERY = (
    "这里只能查询。{kind} 不能运行：只接受 select、from、with、values、describe、show、summarize、explain 这类读取数据的语句。"
)


class RefusedError(ValueError):
    """A statement that is not run. The message is Chinese and says what to write instead."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A statement that may be run and the names of its parameters ($name)."""

    statement: duckdb.Statement
    parameters: frozenset[str]


def check(connection: duckdb.DuckDBPyConnection, sql: str) -> Checked:
    """The one reading statement in `sql`. RefusedError for anything else; duckdb.ParserException when it is not SQL."""
    try:
        statements = connection.extract_statements(sql)
        kinds = [statement.type for statement in statements]
    except ValueError as error:  # a kind of statement that DuckDB's Python client has no name for, such as CONNECT
        raise RefusedError(NOT_A_QUERY.format(kind="这种语句")) from error
    if not statements:
        raise RefusedError(NOTHING)
    if len(statements) > 1:
        raise RefusedError(SEVERAL.format(count=len(statements)))
    [statement], [kind] = statements, kinds
    if kind == StatementType.EXPLAIN:
        _check_explained(connection, sql)
    elif kind == StatementType.MULTI:
        raise RefusedError(PIVOT)
    elif kind != StatementType.SELECT:
        raise RefusedError(NOT_A_QUERY.format(kind=_kind(kind)))
    return Checked(statement=statement, parameters=frozenset(statement.named_parameters))


def _check_explained(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """EXPLAIN ANALYZE runs what it explains, and EXPLAIN (ANALYZE) too: what follows the word must itself be a query."""
    bare = _without_comments(sql)
    word, inner = bare[: len(_EXPLAIN)], bare[len(_EXPLAIN) :]
    try:
        explained = [statement.type for statement in connection.extract_statements(inner)]
    except (duckdb.ParserException, ValueError) as error:
        raise RefusedError(ANALYZE) from error
    plain = word.lower() == _EXPLAIN and inner[:1] in _SPACE and not inner.lstrip(_SPACE).startswith("(")
    if not plain or explained != [StatementType.SELECT]:
        raise RefusedError(ANALYZE)


def _without_comments(sql: str) -> str:
    """`sql` from its first word on: comments, spaces and empty statements before it are left out."""
    rest = sql.lstrip(_SPACE + ";\ufeff\u00a0")
    while rest.startswith(("--", "/*")):
        rest = rest.partition("\n" if rest.startswith("--") else "*/")[2].lstrip(_SPACE + ";")
    return rest


def _kind(kind: StatementType) -> str:
    return str(kind).rpartition(".")[2].replace("_", " ")
