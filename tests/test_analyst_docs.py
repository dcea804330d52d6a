"""The analysts' documents: the dictionary is the file's, the cookbook's queries and the guide's programs run."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from werkzeug.serving import make_server

from dashboard.sandbox.runner import Limits, Sandbox
from dashboard.settings import ROOT, Settings
from dashboard.web.app import create_app
from etl.ask.dictionary import dictionary
from etl.read.registry import DIMENSIONS

SHIPPED = ROOT / "warehouse.duckdb"
DOCS = ROOT / "docs"
COOKBOOK = (DOCS / "cookbook.md").read_text(encoding="utf-8")
GUIDE = (DOCS / "analysts.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"### (\d+\. [^\n]+)\n\n(?:(?!```|#)[^\n]+\n\n)?```sql\n(.+?)```", COOKBOOK, flags=re.DOTALL)
PROGRAMS = re.findall(r"```python\n(.+?)```", GUIDE, flags=re.DOTALL)


@pytest.fixture(scope="module")
def shipped() -> Path:
    if not SHIPPED.is_file():
        pytest.skip("the shipped facts are not built: make warehouse")
    return SHIPPED


@pytest.fixture(scope="module")
def client_database(shipped) -> Iterator[duckdb.DuckDBPyConnection]:
    """An analyst's own database with the warehouse attached, as the guide recommends."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{shipped}' as w (read_only)")
        connection.execute("use w")
        yield connection


def test_the_dictionary_is_the_one_of_the_file(shipped):
    written = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary(shipped) + "\n", "run `.venv/bin/python -m etl dictionary`"


def test_the_dictionary_names_every_column_and_no_internal_fact(warehouse):
    written = dictionary(warehouse)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name in ('core', 'mart', 'quality', 'meta')"
        ).fetchall()
    assert [name for _table, name in columns if f"| `{name}` |" not in written] == []
    assert all(f"`{name}`" in written for name in DIMENSIONS)


def test_there_are_27_recipes_in_order():
    assert len(RECIPES) >= 27
    assert [int(title.split(".")[0]) for title, _sql in RECIPES] == list(range(1, len(RECIPES) + 1))


@pytest.mark.parametrize(("title", "sql"), RECIPES, ids=[title for title, _sql in RECIPES])
def test_a_recipe_runs_and_finds_something(client_database, title, sql):
    assert client_database.execute(sql).fetchall(), title


@pytest.mark.parametrize("number", [13, 14, 15])
def test_a_recipe_that_lists_places_counts_none_twice_and_says_when(client_database, number):
    """A place that is also left unnamed would stand there a second time."""
    _title, sql = RECIPES[number - 1]
    found = client_database.execute(sql)
    columns = [column[0] for column in found.description]
    unnamed = {row[0] for row in client_database.execute("select name_zh from core.ref_area where anonymous").fetchall()}
    assert unnamed
    assert unnamed.isdisjoint(row[columns.index("area_name")] for row in client_database.execute(sql).fetchall())
    assert any(name.startswith("time_") for name in columns)


def test_recipes_run_on_the_page_too(shipped):
    sandbox = Sandbox(shipped, limits=Limits(seconds=60))
    for title, sql in (RECIPES[0], RECIPES[6], RECIPES[-1]):
        assert sandbox.run(sql).rows, title


@pytest.fixture(scope="module")
def served(shipped) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(settings=Settings(warehouse=shipped, sql_seconds=60)).server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("program", PROGRAMS, ids=[program.splitlines()[0] for program in PROGRAMS])
def test_a_program_of_the_guide_runs(program, served, capsys, monkeypatch):
    if "pysdmx" in program:
        pytest.importorskip("pysdmx")
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["example"])
    exec(compile(program.replace("http://127.0.0.1:8050", served), "example", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out.strip()


def test_the_guide_has_python_r_and_excel():
    assert len(PROGRAMS) >= 3
    assert {"r", "powerquery", "sql"} <= set(re.findall(r"```(\w+)\n", GUIDE))
    assert "READ_ONLY" in GUIDE
    assert "DBeaver" in GUIDE
