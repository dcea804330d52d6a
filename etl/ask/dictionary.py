"""The data dictionary, docs/data-dictionary.md: tables, columns, indicators and scopes of a warehouse, in Chinese.

Everything in it comes from the file, which has it from columns.toml and the registries; a test compares the document with
the file, so it cannot grow old unnoticed.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from etl.problems import EtlError
from vocabulary.sql import literal

HEAD = """# 数据字典

由 `python -m etl dictionary` 从数据仓库生成，不要手改：表和列的说明在 `etl/columns.toml`，指标在 `etl/sources/indicators.toml`，
口径在 `etl/sources/scopes.csv`。查询示例见 [查询手册](cookbook.md)。

`mart` 供分析直接使用；`zh` 是同一批表的中文名（表名、列名即下面的中文名）；`core` 是事实与登记；`quality`、`meta` 说明这份数据的检查与版本。
维度的 `_T` 表示不分，`_U` 表示时点未注明；空值是未公布，不是零。"""
ORDER = ("mart", "core", "quality", "meta")
TABLES = """select schema_name, table_name, comment from duckdb_tables()
where not internal and schema_name in ('mart', 'core', 'quality', 'meta') order by table_name"""
COLUMNS = """select column_name, data_type, comment from duckdb_columns()
where schema_name = $schema and table_name = $table order by column_index"""
INDICATORS = """select theme, name_zh, indicator, unit_measure, direction_zh, definition_zh, caveat_zh from core.indicator
    order by theme, indicator"""
SCOPES = """select s.scope, s.subject, n.name_zh, s.coverage, s.population_basis, s.staff_scope,
    case when s.unstated then '未注明' when s.doubtful then '存疑' end, s.definition_zh
from core.scope as s left join core.code as n on n.code_list = 'nature' and n.code = s.nature order by s.scope"""
CODES = """select code_list, string_agg(code || ' ' || name_zh, '、' order by position) from core.code group by code_list order by code_list"""


def dictionary(warehouse: Path) -> str:
    """The document. Raises EtlError when the file is no warehouse."""
    if not warehouse.is_file():
        raise EtlError(f"没有这个文件：{warehouse}。先生成数据仓库，或用 --warehouse 指定")
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"attach {literal(warehouse)} as w (read_only)")
            connection.execute("use w")
            return "\n".join(
                [HEAD, "", *_tables(connection), *_indicators(connection), *_scopes(connection), *_codes(connection)]
            )
    except duckdb.Error as error:
        raise EtlError(f"{warehouse} 不是能打开的数据仓库") from error


def _tables(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    found = connection.execute(TABLES).fetchall()
    for schema, table, comment in sorted(found, key=lambda row: (ORDER.index(row[0]), row[1])):
        zh, _, meaning = (comment or "").partition("：")
        view = f"（`zh.{zh}`）" if schema == "mart" else ""
        yield from (f"## {schema}.{table} {zh}{view}", "", f"{meaning}。", "")
        columns = connection.execute(COLUMNS, {"schema": schema, "table": table}).fetchall()
        yield from _grid(("列", "中文名", "类型", "含义"), [_column(*column) for column in columns])


def _column(name: str, kind: str, comment: str | None) -> tuple[str, ...]:
    zh, _, meaning = (comment or "").partition("：")
    return f"`{name}`", zh, kind.lower(), meaning


def _indicators(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    rows = connection.execute(INDICATORS).fetchall()
    yield from (f"## 指标（{len(rows)} 个）", "")
    listed = [
        (theme, name, f"`{slug}`", unit, way, f"{meaning}{caveat or ''}")
        for theme, name, slug, unit, way, meaning, caveat in rows
    ]
    yield from _grid(("主题", "指标", "代号", "单位", "可排名：大小的含义", "定义与注意"), listed)


def _scopes(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    rows = connection.execute(SCOPES).fetchall()
    yield from (f"## 口径（{len(rows)} 个）", "")
    yield from _grid(("口径", "数的是什么", "性质", "范围", "人口口径", "人员口径", "保留", "定义"), rows)


def _codes(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    yield from ("## 代码（`core.code`）", "")
    yield from _grid(("代码表", "代码与中文词"), [(f"`{name}`", words) for name, words in connection.execute(CODES).fetchall()])


def _grid(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    """A Markdown table and the blank line below it."""
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"
    yield ""


def _cell(value: Any) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
