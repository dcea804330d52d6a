"""Internal facts: planted with words and numbers found nowhere else, then looked for on every way out of the server."""

from __future__ import annotations

import csv
import gc
import io
import shutil
from pathlib import Path

import docx
import openpyxl
import polars as pl
import pptx
import pytest
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import Client

from dashboard.access.accounts import ACCOUNTS_FILE, Accounts
from dashboard.access.door import COOKIE
from dashboard.access.roles import Role
from dashboard.api.registers import REGISTERS
from dashboard.charts import CHARTS
from dashboard.paper.briefs import Brief
from dashboard.paper.composition import compose
from dashboard.paper.preview import preview
from dashboard.paper.slides import brief_pptx
from dashboard.paper.word import brief_docx
from dashboard.sandbox.runner import Limits, Sandbox
from dashboard.sandbox.source import stamp
from dashboard.settings import Settings
from dashboard.warehouse import Warehouse
from dashboard.warehouse.public_copy import WHOLE, write_public_copy
from dashboard.web.app import create_app
from dashboard.web.office import create_office
from etl.build.build import Plan, build
from etl.intake.landing import keep
from etl.read.sources import read_registries
from tests.conftest import FIXTURE
from tests.etl.filled import intake, row
from tests.rebuilt import rebuilt

pytestmark = pytest.mark.slow  # it goes through every page, table and route

PATIENT = Limits(seconds=60)  # how fast a query is, is asked elsewhere

SECRETS = ("987654", "秘密说法", "机密文件标题", "涉密页码", "涉密备注", "secret2024", "涉密恒等式")
SOURCE = "secret2024,机密文件标题,某办公室,2024,,涉密页码,A,,涉密备注,,\n"
FACTS = """
140930,party_gov_bodies,,,,,,,,,,before,2024,987654,个,exact,秘密说法甲,党政机构,secret2024,涉密页码,internal,,,,,,涉密备注
140930,party_gov_bodies,,,,,,,,,,after,2024-08,9876541,个,exact,秘密说法乙,党政机构,secret2024,涉密页码,internal,,,,,,涉密备注
410423,staff_authorised,,,,,,,,,,point,2024,9876542,名,exact,秘密说法丙,编制,secret2024,涉密页码,internal,,,,,,
410423,staff_actual,,,,,,,,,,point,2024,9876543,人,exact,秘密说法丁,在职在编,secret2024,涉密页码,internal,,,,,,
140930,leadership_posts,,,,,,,,,,before,2024,9876544,名,exact,秘密说法戊,科级职数,secret2024,涉密页码,internal,,,,,,
"""
IDENTITY = "secret-sum,涉密恒等式,at_most,holds,涉密备注,\n"
TERMS = """
secret-sum,lhs,1,140930,party_gov_bodies,,,,,,,,,,before,2024,,secret2024
secret-sum,rhs,1,140930,party_gov_bodies,,,,,,,,,,after,2024-08,,secret2024
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build that holds public and internal facts."""
    folder = tmp_path_factory.mktemp("internal")
    sources = Path(shutil.copytree(FIXTURE, folder / "sources"))
    for name, more in {
        "sources.csv": SOURCE, "facts/institutions.csv": FACTS.strip() + "\n", "identities.csv": IDENTITY,
        "identity_terms.csv": TERMS.strip() + "\n",
    }.items():  # fmt: skip
        with (sources / name).open("a", encoding="utf-8") as file:
            file.write(more)
    target = folder / "warehouse.duckdb"
    build(Plan(target=target, sources=sources))
    return target


@pytest.fixture(scope="module")
def public(path: Path) -> Dash:
    return create_app(path, settings=Settings(sql_seconds=60))


@pytest.fixture(scope="module")
def office(path: Path) -> Dash:
    return create_app(settings=Settings(warehouse=path, internal=True, sql_seconds=60))


@pytest.fixture
def client(public: Dash) -> FlaskClient:
    return public.server.test_client()


def betrayed(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def ask(client: FlaskClient, sql: str) -> str:
    answer = client.post("/api/sql", json={"sql": sql})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_plant_is_there(path):
    office = Sandbox(path, internal=True, limits=PATIENT)
    said = str(office.run("from mart.fact where disclosure = 'internal'").rows)
    said += str(office.run("from mart.identity_balance where identity_id = 'secret-sum'").rows)
    assert betrayed(said) == list(SECRETS)


def test_no_table_of_the_sandbox_holds_a_word_of_it(path):
    sandbox = Sandbox(path, limits=Limits(rows=100_000, bytes=64_000_000, seconds=60))
    tables = sandbox.run("select distinct schema_name, table_name from duckdb_columns() where not internal order by 1, 2").rows
    assert len(tables) > 30
    every_row = " union all ".join(
        f'select \'{schema}.{table}\', r::varchar from "{schema}"."{table}" as r' for schema, table in tables
    )
    found = sandbox.run(every_row)
    assert not found.truncated
    assert len({table for table, _row in found.rows}) > 20
    assert [(table, betrayed(row)) for table, row in found.rows if betrayed(row)] == []


def test_every_table_of_the_file_is_in_the_public_copy(path, tmp_path):
    """A new table must be named in WHOLE or carry fact ids, else the copy leaves it out."""
    write_public_copy(path, tmp_path / "public.duckdb")
    listed = "select schema_name || '.' || table_name from duckdb_tables() union all select schema_name || '.' || view_name from duckdb_views() where not internal order by 1"  # noqa: E501
    there = Sandbox(tmp_path / "public.duckdb", limits=PATIENT).run(listed).rows
    assert there == Sandbox(path, internal=True, limits=PATIENT).run(listed).rows
    assert {name for [name] in there} >= WHOLE


def test_who_reported_what_is_no_affair_of_the_public(tmp_path):
    sources = Path(shutil.copytree(FIXTURE, tmp_path / "sources"))
    keep(intake(row("770000")), sources, read_registries(sources))
    build(Plan(target=tmp_path / "whole.duckdb", sources=sources))
    write_public_copy(tmp_path / "whole.duckdb", tmp_path / "public.duckdb")
    asked = "select (select count(*) from core.submission), (select count(*) from mart.filing)"
    whole = Sandbox(tmp_path / "whole.duckdb", internal=True, limits=PATIENT)
    assert (whole.run(asked).rows, Sandbox(tmp_path / "public.duckdb", limits=PATIENT).run(asked).rows) == ([[1, 1]], [[0, 0]])
    assert "兰考县委编办" not in (tmp_path / "public.duckdb").read_bytes().decode("utf-8", "ignore")


def test_the_copy_has_the_public_facts_and_all_comments(path, tmp_path):
    write_public_copy(path, tmp_path / "public.duckdb")
    copy, whole = Sandbox(tmp_path / "public.duckdb", limits=PATIENT), Sandbox(path, internal=True, limits=PATIENT)
    facts = "from mart.fact where disclosure = 'public' order by fact_id"
    assert copy.run(facts).rows == whole.run(facts).rows != []
    assert copy.run("select facts from meta.build").rows == copy.run("select count(*) from mart.fact").rows
    assert copy.run("select count(*) from duckdb_columns() where not internal and comment is null").rows == [[0]]
    assert betrayed((tmp_path / "public.duckdb").read_bytes().decode("utf-8", "ignore")) == []


@pytest.mark.parametrize(
    "sql",
    [
        "select * from mart.fact where disclosure = 'internal'",
        "select * from warehouse.core.fact where disclosure <> 'public'",
        "select count(*) from core.source where source_id like 'secret%' having count(*) > 0",
        "select max(obs_value) from mart.fact having max(obs_value) in (987654, 9876541, 9876542, 9876543, 9876544)",
        "from query('select * from core.fact where disclosure = ''internal''')",
        "summarize core.fact",
        "select * from pragma_storage_info('core.fact') where stats like '%987654%'",
        "select stats('as_stated')",
        "explain select * from mart.fact where obs_value > 987653",
    ],
)
def test_hostile_queries_do_not_find_it(client, sql):
    assert betrayed(ask(client, sql)) == []


@pytest.mark.parametrize(
    "address",
    [
        "/api/charts", "/api/facts?limit=1000", "/api/facts?q=秘密", "/api/facts?year_from=2024",
        *(f"/api/values?table=mart.fact&column={column}" for column in ("as_stated", "source_title", "note", "locator", "source_id")),
        *(f"/api/{name}{form}" for name in REGISTERS for form in ("", ".csv")),
        "/api/sdmx", "/api/schema", "/api/queries", "/openapi.json", "/healthz", "/_dash-layout",
        *(f"/api/charts/{name}.{form}" for name in CHARTS for form in ("json", "csv")),
        *(f"/download/{name}.csv" for name in CHARTS),
    ],
)  # fmt: skip
def test_no_address_gives_it_away(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert betrayed(answer.text) == []


def test_a_fact_and_a_source_that_are_internal_are_as_if_they_had_never_been(client, path):
    office = Sandbox(path, internal=True, limits=PATIENT)
    [[fact]] = office.run("select min(fact_id) from mart.fact where disclosure = 'internal'").rows
    for known, nothing, address in (
        (fact, "F0000000000", "/api/facts/{}"), (fact, "F0000000000", "/api/facts/{}.csv"), (fact, "F0000000000", "/api/facts/{}.parquet"),
        (fact, "F0000000000", "/api/facts?fact_id={}"), ("secret2024", "secret2020", "/api/facts?source_id={}"),
        ("secret2024", "secret2020", "/api/sdmx?source_id={}"),
    ):  # fmt: skip
        answer, other = (client.get(address.format(name)) for name in (known, nothing))
        assert answer.status_code == other.status_code >= 400
        assert answer.text.replace(known, "") == other.text.replace(nothing, "")


def test_registers_count_public_facts_only(client):
    counted = client.get("/api/indicators").json["rows"], client.get("/api/sources").json["rows"]
    total = client.get("/api/facts?limit=1").json["total"]
    assert [sum(row["facts"] for row in rows) for rows in counted] == [total, total]
    for name in REGISTERS:
        table = pl.read_parquet(io.BytesIO(client.get(f"/api/{name}.parquet").data))
        assert betrayed(str(table.rows())) == []


VALUES = {"chosen.data": {"path": "/", "selection": {}, "build": ""}, "fact.data": "secret"}


def test_no_page_gives_it_away(public, client, path):
    """Every callback that the server answers, with the store of a page, each tab opened, and the fact drawer asked for the facts."""
    hidden = (
        Sandbox(path, internal=True, limits=PATIENT)
        .run("select string_agg(fact_id, ',') from mart.fact where disclosure = 'internal'")
        .rows[0][0]
    )
    answers = 0
    for name, spec in public.callback_map.items():
        tabs = [one for one in spec["inputs"] if one["id"].endswith("-tabs")]
        opened = ["sources", "definitions", "conflicts", "checks", "facts"] if tabs else [None]
        for tab in opened:
            values = VALUES | {"fact.data": hidden} | {f"{one['id']}.{one['property']}": tab for one in tabs}
            inputs = [one | {"value": values.get(f"{one['id']}.{one['property']}", "")} for one in spec["inputs"]]
            state = [one | {"value": None} for one in spec["state"]]
            parts = [part for part in name.strip(".").split("...") if "." in part]
            outputs = [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in parts]
            body = {
                "output": name,
                "outputs": outputs if name.startswith("..") else (outputs or [{}])[0],
                "inputs": inputs,
                "state": state,
            }
            changed = [f"{one['id']}.{one['property']}" for one in spec["inputs"]]
            answer = client.post("/_dash-update-component", json=body | {"changedPropIds": changed})
            answers += answer.status_code == 200
            assert betrayed(answer.text) == [], name
    assert answers > 40


@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet"])
def test_files_of_a_public_server_do_not_hold_it(client, form):
    answer = client.post(f"/api/sql/{form}", json={"sql": "from mart.fact"})
    assert answer.status_code == 200
    assert betrayed(text_of(answer.data, form)) == []
    assert "内部资料" not in text_of(answer.data, form)


@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet"])
def test_files_of_an_internal_server_hold_it_and_say_so(office, form):
    answer = office.server.test_client().post(f"/api/sql/{form}", json={"sql": "from mart.fact"})
    held = text_of(answer.data, form)
    assert betrayed(held)[:2] == ["987654", "秘密说法"]
    assert "内部资料" in held


def text_of(data: bytes, form: str) -> str:
    """All words of a file."""
    if form == "csv":
        return str(list(csv.reader(io.StringIO(data.decode("utf-8-sig")))))
    if form == "parquet":
        return str(pl.read_parquet(io.BytesIO(data)).rows())
    book = openpyxl.load_workbook(io.BytesIO(data))
    headers = [sheet.oddHeader.center.text or "" for sheet in book]
    return str([headers, *([cell.value for cell in row] for sheet in book for row in sheet.iter_rows())])


def test_an_internal_server_shows_it_everywhere(office):
    client = office.server.test_client()
    assert "秘密说法" in client.get("/api/facts?source_id=secret2024").text
    assert "秘密说法" in client.get("/api/sdmx").text
    assert "秘密说法" in ask(client, "from mart.fact where disclosure = 'internal'")


def test_a_file_that_turns_internal_between_look_and_query_is_not_read(warehouse, tmp_path):
    """The process itself refuses a file with internal facts: the server looks again and takes the public copy."""
    live = tmp_path / "warehouse.duckdb"
    rebuilt(warehouse, live)
    sandbox = Sandbox(live, limits=PATIENT)
    source = sandbox._sources.current()
    assert source.path.samefile(live)
    rebuilt(warehouse, tmp_path / "new", internal="indicator = 'agencies'")
    (tmp_path / "new").replace(live)
    shutil.copyfile(live, source.path)  # as if the look had come just before the change
    sandbox._sources._stamp = stamp(live)
    assert sandbox._sources.current() == source
    found = sandbox.run("select count(*) from mart.fact where disclosure = 'internal'")
    assert found.rows == [[0]]
    assert sandbox._sources.current().path != source.path


def test_the_copy_goes_with_its_server_and_with_its_build(warehouse, tmp_path):
    live = tmp_path / "warehouse.duckdb"
    rebuilt(warehouse, live, internal="indicator = 'agencies'")
    sandbox = Sandbox(live, limits=PATIENT)
    first = sandbox._sources.current().path
    rebuilt(warehouse, tmp_path / "new", build_id="b2", internal="indicator = 'leadership_posts'")
    (tmp_path / "new").replace(live)
    assert sandbox.run("select build_id from meta.build").rows == [["b2"]]
    second = sandbox._sources.current().path
    assert not first.exists()
    assert second.exists()
    assert second.parent.stat().st_mode & 0o077 == 0
    del sandbox
    gc.collect()
    assert not second.exists()


@pytest.mark.parametrize("server", ["public", "office"])
def test_what_leaves_an_internal_server_says_so_and_nothing_else_does(request, server):
    client = request.getfixturevalue(server).server.test_client()
    wanted = server == "office"
    for address in ("csv", "caption.json", "plate.json", "plate.json?caption=no"):
        told = client.get(f"/download/small-counties-bodies.{address}")
        assert told.status_code == 200
        words = told.data.decode("utf-8-sig") if address == "csv" else str(told.get_json())
        assert ("内部资料" in words) is wanted, address
    book = openpyxl.load_workbook(io.BytesIO(client.get("/download/small-counties-bodies.xlsx").data))
    assert ("内部资料" in str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])) is wanted


def test_a_brief_of_an_internal_server_is_marked_above_its_title(path):
    for internal in (True, False):
        db = Warehouse(path, internal=internal)
        composed = compose(db, Brief(title="简报", items=()))
        first = docx.Document(io.BytesIO(brief_docx(composed, []))).paragraphs[0].text
        assert first == ("内部资料" if internal else "简报")
        assert ("内部资料" in preview(composed)) is internal
        opening = pptx.Presentation(io.BytesIO(brief_pptx(composed, []))).slides[0]
        assert any("内部资料" in shape.text_frame.text for shape in opening.shapes) is internal


def test_of_those_who_sign_in_only_the_role_sees_it(path, tmp_path):
    settings = Settings(warehouse=path, internal=True, sign_in=True, access=tmp_path)
    gate = create_office(settings)
    accounts = Accounts(tmp_path / ACCOUNTS_FILE)
    seen: dict[str, set[str]] = {}
    for name, roles in {"甲": {Role.ANALYSE, Role.ADMIN, Role.REPORT}, "乙": {Role.ANALYSE, Role.INTERNAL}}.items():
        accounts.add(name, roles, None)
        client = Client(gate)
        client.set_cookie(COOKIE, accounts.open_session(name))
        answers = [
            client.get("/api/facts?indicator=party_gov_bodies&limit=1000").text,
            client.get("/api/sources.csv").text,
            client.get("/api/charts/small-counties-cuts.csv").text,
            client.get("/search.json?q=河曲").text,
            client.post("/api/sql", json={"sql": "from mart.fact where disclosure = 'internal'"}).text,
            client.post("/facts.json", json={}).text,
            client.get("/area/140930", headers={"Accept": "text/html"}).text,
        ]
        seen[name] = {secret for answer in answers for secret in betrayed(answer)}
    assert seen["甲"] == set()
    assert {"987654", "秘密说法", "机密文件标题"} <= seen["乙"]
