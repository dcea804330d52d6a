"""What tables and columns are called and mean: columns.toml, written into the warehouse as COMMENT and as zh views.

columns.toml holds `[tables."mart.staffing"] zh comment order key required`, `[columns.authorised] zh comment` for every table that
has the column, and `[columns_of."mart.conflict".shown] zh comment` where one table means something else by the name.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.problems import EtlError

COLUMNS_FILE = Path(__file__).parents[1] / "columns.toml"


class MissingComment(EtlError):
    """A table or column that columns.toml does not describe, or describes ambiguously."""


@dataclass(frozen=True)
class Words:
    zh: str
    comment: str


@dataclass(frozen=True)
class TableWords:
    table: Words
    columns: dict[str, Words]


class Comments:
    """The contents of columns.toml."""

    def __init__(self, path: Path = COLUMNS_FILE) -> None:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        self._tables: Mapping[str, Mapping[str, object]] = content.get("tables", {})
        self._columns: Mapping[str, Mapping[str, str]] = content.get("columns", {})
        self._columns_of: Mapping[str, Mapping[str, Mapping[str, str]]] = content.get("columns_of", {})
        self._order: list[str] = content.get("order", [])

    def order(self, table: str) -> list[str]:
        """Columns to sort a table by: its own `order`, else the file's."""
        own = self._tables.get(table, {}).get("order")
        return list(own) if isinstance(own, list) else self._order

    def key(self, table: str) -> list[str]:
        """Columns that together tell every row of a table from every other; none declared = no primary key."""
        return self._columns_named(table, "key")

    def required(self, table: str) -> list[str]:
        """Columns besides the key that are never null."""
        return self._columns_named(table, "required")

    def _columns_named(self, table: str, entry: str) -> list[str]:
        columns = self._tables.get(table, {}).get(entry)
        return [str(column) for column in columns] if isinstance(columns, list) else []

    def describe(self, tables: Mapping[str, Sequence[str]]) -> dict[str, TableWords]:
        """Words for every table and column of `tables`. Raises MissingComment with everything that is missing."""
        gaps: list[str] = []
        described = {}
        for table, columns in tables.items():
            words = {column: self._column(table, column, gaps) for column in columns}
            described[table] = TableWords(self._table(table, gaps), words)
            gaps.extend(_twice(table, words))
        if gaps:
            raise MissingComment("columns.toml 还缺少说明：\n" + "\n".join(f"  {gap}" for gap in dict.fromkeys(gaps)))
        return described

    def _table(self, table: str, gaps: list[str]) -> Words:
        return _words(self._tables.get(table, {}), f'表 {table}：请写 [tables."{table}"] 的 zh 和 comment', gaps)

    def _column(self, table: str, column: str, gaps: list[str]) -> Words:
        entry = self._columns_of.get(table, {}).get(column) or self._columns.get(column, {})
        return _words(entry, f"列 {column}（{table}）：请写 [columns.{column}] 的 zh 和 comment", gaps)


def _words(entry: Mapping[str, object], gap: str, gaps: list[str]) -> Words:
    zh, comment = entry.get("zh"), entry.get("comment")
    if isinstance(zh, str) and isinstance(comment, str) and zh and comment:
        return Words(zh, comment)
    gaps.append(gap)
    return Words("", "")


def _twice(table: str, words: Mapping[str, Words]) -> Iterator[str]:
    """Two columns of one Chinese name: the zh view would lose one."""
    seen: dict[str, str] = {}
    for column, entry in words.items():
        if entry.zh and entry.zh in seen:
            both = f"{seen[entry.zh]} 与 {column} 的中文名都是“{entry.zh}”"
            yield f'表 {table}：{both}，请用 [columns_of."{table}".{column}] 区分'
        seen.setdefault(entry.zh, column)
