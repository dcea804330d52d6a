"""PostgreSQL makes the tables that DuckDB makes, from the same SQL files: a second engine that holds them to the shared subset.

A private server of the installed PostgreSQL, in a folder of its own, reached through a socket; psql is the only client. PostgreSQL
refuses to run as root: there it runs as `nobody`, by setpriv.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.build import checks, fingerprint, landing
from etl.build.draft import Draft
from etl.build.duckdb_engine import run
from etl.build.steps import SQL, Step, steps
from tests.conftest import FIXTURE, SOURCES

NOBODY = "65534"
TYPES = {"DOUBLE": "double precision", "INTEGER": "integer", "BIGINT": "bigint", "BOOLEAN": "boolean", "DATE": "date",
         "TIMESTAMP": "timestamp", "VARCHAR": "text"}  # fmt: skip
CSV = "format csv, null '\\N'"
PLANTED = "select f.fact_id as fact_id, f.line / 2 as half from core.fact as f"  # an integer on PostgreSQL alone


def program(name: str) -> str | None:
    """A program of PostgreSQL: on the path, or where Debian puts those of each version."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


MISSING = [name for name in ("initdb", "pg_ctl", "psql") if not program(name)]
if hasattr(os, "getuid") and os.getuid() == 0 and not shutil.which("setpriv"):
    MISSING.append("setpriv (PostgreSQL does not run as root)")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"no {', '.join(MISSING)}: install postgresql, its server and client"),
]


@dataclass(frozen=True)
class Server:
    folder: Path

    def run(self, name: str, *words: str) -> None:
        """A program, as the user of the server."""
        as_user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.getuid() == 0 else []
        command = [*as_user, str(program(name)), *words]
        ended = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr

    def sql(self, text: str) -> None:
        script = self.folder / "script.sql"
        script.write_text(text, encoding="utf-8")
        self.run(
            "psql",
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(self.folder),
            "-U",
            "builder",
            "-d",
            "postgres",
            "-f",
            str(script),
        )


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short path: that of a socket has at most a hundred characters
    try:
        if os.getuid() == 0:
            os.chown(folder, int(NOBODY), int(NOBODY))
        made = Server(folder)
        # Texts compare by their bytes, as on DuckDB.
        made.run("initdb", "-D", "data", "-U", "builder", "--auth=trust", "--locale=C", "--encoding=UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        made.run("pg_ctl", "-D", "data", "-w", "-l", "log.txt", "-o", options, "start")
        try:
            yield made
        finally:
            made.run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module", params=[FIXTURE, SOURCES], ids=["fixture", "shipped"])
def both(
    request: pytest.FixtureRequest, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Draft, Draft]]:
    """The tables as DuckDB and as PostgreSQL make them, with one that must differ."""
    folder = tmp_path_factory.mktemp("postgres")
    sql = Path(shutil.copytree(SQL, folder / "sql"))
    (sql / "3_mart" / "planted.sql").write_text(PLANTED, encoding="utf-8")
    made = steps(sql)
    landed = landing.land(landing.read_and_land_facts(request.param, folder / "landing"), folder / "landing")
    with Draft(folder / "ours.duckdb") as ours, Draft(folder / "theirs.duckdb") as theirs:
        for name, paths in landed.tables.items():
            ours.register(name, paths)
        for step in made:
            run(ours, step)
        build_on(server, ours, list(landed.tables), made)
        for step in made:
            if step.schema != "staging":
                theirs.fill(step, exported(server, step))
        yield ours, theirs


def build_on(server: Server, draft: Draft, raw: list[str], made: list[Step]) -> None:
    """Have the server make every table of the raw ones that `draft` knows."""
    schemas = ("raw", "staging", "core", "mart")
    server.sql("".join(f"drop schema if exists {schema} cascade; create schema {schema};\n" for schema in schemas))
    for name in raw:
        relation = draft.connection.sql(f"from raw.{name}")
        columns = ", ".join(
            f'"{column}" {TYPES[str(kind)]}' for column, kind in zip(relation.columns, relation.types, strict=True)
        )
        path = server.folder / f"{name}.csv"
        draft.connection.execute(f"copy (from raw.{name}) to '{path}' (format csv, header false, nullstr '\\N')")
        server.sql(f"create table raw.{name} ({columns});\n\\copy raw.{name} from '{path}' ({CSV})\n")
    # Without statistics its plan for mart.conflict takes hours over many facts.
    server.sql("".join(f"analyze;\ncreate table {step.table} as\n{step.query}\n;\n" for step in made))


def exported(server: Server, step: Step) -> str:
    """A query that reads a table of the server, with the types that it has there."""
    path, kinds = server.folder / "table.csv", server.folder / "kinds.csv"
    of = f"table_schema = '{step.schema}' and table_name = '{step.path.stem}'"
    server.sql(
        f"\\copy (select column_name, data_type from information_schema.columns where {of} order by ordinal_position) to '{kinds}' (format csv)\n"
        f"\\copy {step.table} to '{path}' ({CSV}, force_quote *)\n"
    )
    names = {theirs: ours for ours, theirs in TYPES.items()} | {
        "timestamp without time zone": "TIMESTAMP", "character varying": "VARCHAR", "numeric": "HUGEINT",
    }  # fmt: skip
    listed = [line.split(",") for line in kinds.read_text(encoding="utf-8").splitlines()]
    columns = ", ".join(f"'{column}': '{names[kind]}'" for column, kind in listed)
    kept = path.with_name(f"{step.table}.csv")
    path.replace(kept)
    return f"from read_csv('{kept}', header = false, columns = {{{columns}}}, nullstr = '\\N', quote = '\"', escape = '\"', auto_detect = false)"


def test_both_make_the_same_tables_except_the_one_that_depends_on_the_engine(both: tuple[Draft, Draft]):
    ours, theirs = (set(fingerprint.fingerprints(draft)) for draft in both)
    assert {one.table for one in ours ^ theirs} == {"mart.planted"}


def test_both_make_the_same_types(both: tuple[Draft, Draft]):
    def columns(draft: Draft) -> list[tuple[object, ...]]:
        query = "select schema_name, table_name, column_name, data_type from duckdb_columns() where database_name = 'draft'"
        return draft.rows(f"{query} and table_name <> 'planted' order by all")[1]

    ours, theirs = map(columns, both)
    assert theirs == ours


def test_every_promise_holds_there_as_well(server: Server, both: tuple[Draft, Draft]):
    assert both
    for path in sorted(checks.CHECKS.glob("*.sql")):
        query = path.read_text(encoding="utf-8").strip().rstrip(";")
        broken = server.folder / "broken.csv"
        server.sql(f"create temp view broken as\n{query}\n;\n\\copy (table broken) to '{broken}' ({CSV})\n")
        assert broken.read_text(encoding="utf-8") == "", path.name
