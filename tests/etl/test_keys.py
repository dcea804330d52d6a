"""Keys and NOT NULL: declared in columns.toml, in force in the file that is published."""

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.build.build import Plan, build
from etl.build.comments import COLUMNS_FILE, Comments
from etl.build.draft import Draft
from etl.build.publish import BrokenKey, constrain
from etl.intake.landing import keep
from etl.read.sources import read_registries
from tests.conftest import FIXTURE
from tests.etl.filled import intake, row

TABLES = tomllib.loads(COLUMNS_FILE.read_text(encoding="utf-8"))["tables"]
KEYS = {table: entry["key"] for table, entry in TABLES.items() if "key" in entry}
NOT_NULL = sorted(
    {(table, column) for table, entry in TABLES.items() for column in (*entry.get("key", []), *entry.get("required", []))}
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse of our own to write into, over the fixture and a workbook that was imported."""
    folder = tmp_path_factory.mktemp("keys")
    sources = Path(shutil.copytree(FIXTURE, folder / "sources"))
    keep(intake(row("770000")), sources, read_registries(sources))
    build(Plan(target=folder / "copy.duckdb", sources=sources))
    with duckdb.connect(str(folder / "copy.duckdb")) as connection:
        yield connection


@pytest.mark.parametrize("table", KEYS)
def test_a_row_of_a_key_that_stands_already_is_refused(copy: duckdb.DuckDBPyConnection, table: str):
    assert copy.execute(f"select count(*) from {table}").fetchone() != (0,), "the fixture has no row of this table"
    with pytest.raises(duckdb.ConstraintException, match=r"[Dd]uplicate key"):
        copy.execute(f"insert into {table} from (from {table} limit 1)")


@pytest.mark.parametrize(("table", "column"), NOT_NULL)
def test_a_null_is_refused(copy: duckdb.DuckDBPyConnection, table: str, column: str):
    with pytest.raises(duckdb.ConstraintException, match="NOT NULL"):
        copy.execute(f'update {table} set "{column}" = null')


def test_every_table_says_what_tells_its_rows_apart_or_cannot_be_null(warehouse: Path):
    """Only what changed since the last build has neither: it is a list for readers, empty in a first build."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        published = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    assert {table for (table,) in published} - {table for table, _ in NOT_NULL} == {"meta.change"}
    # Of the largest an index would take longer than loading them: the check fact_is_unique holds their rows apart.
    # A county of which nobody reported has no office that could tell its row apart.
    assert set(TABLES) - set(KEYS) == {
        "core.fact",
        "mart.fact",
        "mart.fact_index",
        "core.identity_term",
        "meta.change",
        "mart.filing",
    }


@pytest.mark.parametrize("declared", ['key = ["a"]', 'required = ["b"]', 'required = ["c"]'])
def test_a_build_that_breaks_a_declared_key_stops_with_the_table_and_its_columns(tmp_path: Path, declared: str):
    words = tmp_path / "columns.toml"
    words.write_text(f'[tables."core.x"]\n{declared}\n', encoding="utf-8")
    with Draft(tmp_path / "draft.duckdb") as draft:
        draft.connection.execute("create table draft.core.x as select * from (values (1, 2), (1, null)) as t(a, b)")
        with pytest.raises(BrokenKey, match=f"core.x 的 {declared[-3]} 有空值、重复或没有这一列"):
            constrain(draft, Comments(words))


def test_every_list_of_facts_is_taken_apart(copy: duckdb.DuckDBPyConnection):
    columns = copy.execute(
        "select schema_name, table_name, column_name from duckdb_columns() where ends_with(column_name, 'fact_ids') and schema_name <> 'zh'"
    ).fetchall()
    assert len(columns) > 9
    for schema, table, column in columns:
        missing = f"select {column} from {schema}.{table} where {column} not in (select fact_ids from mart.fact_list)"
        assert copy.execute(missing).fetchall() == [], (table, column)
