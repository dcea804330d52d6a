"""One reading statement and nothing else: what is let through, what is refused, and what the refusal says."""

from __future__ import annotations

import duckdb
import pytest

from dashboard.sandbox.statement import ANALYZE, NOTHING, PIVOT, RefusedError, check


@pytest.fixture(scope="module")
def connection():
    return duckdb.connect(":memory:")


@pytest.mark.parametrize(
    "sql",
    [
        "select 1", "select 1;", "select 1;;", "  \n-- 说明\nselect 1 -- 完", "from t", "table t", "values (1)", "(select 1)",
        "with a as (select 1) from a", "select 1 union select 2", "describe t", "describe select 1", "summarize t", "show tables",
        "show all tables", "pivot t on a in (1, 2) using count(*)", "unpivot t on a", "explain select 1", "/* 看计划 */ EXPLAIN from t",
        "explain with a as (select 1) from a", "select 'drop table t'", "select 1 as \"drop\"",
    ],
)  # fmt: skip
def test_a_reading_statement_is_let_through(connection, sql):
    check(connection, sql)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("", NOTHING),
        ("-- 只有注释", NOTHING),
        ("select 1; select 2", "2 条"),
        ("drop table t", "DROP 不能运行"),
        ("create temp view t as select 1", "CREATE 不能运行"),
        ("set threads = 8", "SET 不能运行"),
        ("pragma database_list", "PRAGMA 不能运行"),
        ("copy (select 1) to 'x'", "COPY 不能运行"),
        ("install json", "LOAD 不能运行"),
        ("begin", "TRANSACTION 不能运行"),
        ("prepare p as select 1", "PREPARE 不能运行"),
        ("connect 'quack:x'", "只能查询"),
        ("pivot t on a", PIVOT),
        ("explain analyze select 1", ANALYZE),
        ("explain (analyze) select 1", ANALYZE),
        ("explain/**/analyze select 1", ANALYZE),
        ("/*/* */*/ explain analyze select 1", ANALYZE),
        ("explain copy (select 1) to 'x'", ANALYZE),
        ("explain create table t (i int)", ANALYZE),
    ],
)
def test_everything_else_is_refused_in_chinese(connection, sql, said):
    with pytest.raises(RefusedError) as refused:
        check(connection, sql)
    assert said in str(refused.value)


def test_the_names_of_parameters_are_found(connection):
    assert check(connection, "select $a, $b, $a where '$c' = '$d' -- $e").parameters == {"a", "b"}


def test_what_is_not_sql_is_left_to_duckdb(connection):
    with pytest.raises(duckdb.ParserException):
        check(connection, "selec 1")
