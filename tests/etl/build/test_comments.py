"""columns.toml describes what is published: all of it, nothing else, and nothing twice."""

import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest

from etl.build.comments import COLUMNS_FILE, Comments, MissingComment

ROOT = Path(__file__).parents[3]
TOML = """
order = ["b"]
[tables."mart.x"]
zh = "甲表"
comment = "一行一个甲"
[columns.a]
zh = "甲"
comment = "第一"
[columns.b]
zh = "甲"
comment = "第二"
[columns_of."mart.y".b]
zh = "乙"
comment = "在这张表里是第二"
"""


@pytest.fixture
def comments(tmp_path: Path) -> Comments:
    path = tmp_path / "columns.toml"
    path.write_text(TOML, encoding="utf-8")
    return Comments(path)


def test_a_table_may_mean_something_else_by_a_name(comments: Comments):
    with pytest.raises(MissingComment) as missing:
        comments.describe({"mart.y": ["a", "b"]})
    assert "甲" not in str(missing.value).split("表 mart.y")[0]
    assert comments.describe({"mart.x": ["a"]})["mart.x"].columns["a"].comment == "第一"


def test_everything_that_is_missing_is_told_at_once(comments: Comments):
    with pytest.raises(MissingComment) as missing:
        comments.describe({"mart.x": ["c"], "mart.z": ["d"]})
    for word in ("列 c（mart.x）", "列 d（mart.z）", "表 mart.z"):
        assert word in str(missing.value)


def test_two_columns_of_one_chinese_name_are_refused(comments: Comments):
    with pytest.raises(MissingComment, match="a 与 b 的中文名都是“甲”"):
        comments.describe({"mart.x": ["a", "b"]})


def test_what_is_described_is_published(warehouse: Path):
    content = tomllib.loads(COLUMNS_FILE.read_text(encoding="utf-8"))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select schema_name || '.' || table_name, column_name from duckdb_columns() where not internal and schema_name <> 'zh'"
        ).fetchall()
    published = {(str(table), str(column)) for table, column in rows}
    assert set(content["tables"]) == {table for table, _ in published}
    assert set(content["columns"]) - {column for _, column in published} == set()
    special = {(table, column) for table, columns in content["columns_of"].items() for column in columns}
    assert special - published == set()


def test_the_bar_shows_on_a_terminal():
    """In a pipe there is none: test_cli holds that stderr is empty."""
    code = "from etl.progress import shown_steps; import time\nwith shown_steps(2, patience=0) as s: s.say('甲'); time.sleep(.5); s.say('乙')"
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, stderr=theirs, check=True, env=os.environ | {"TERM": "xterm"})
    os.close(theirs)
    shown = os.read(ours, 100_000).decode(errors="ignore")
    os.close(ours)
    assert "甲" in shown
    assert "0/2" in shown
