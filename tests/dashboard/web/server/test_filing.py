"""The template over HTTP, and what is found in one that is filled in: nothing is kept, and only where the server allows it."""

import csv
import io
import json
from base64 import b64decode
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard.cards.own import canonical
from dashboard.settings import ROOT, Settings
from dashboard.themes.mine.typed import filled as filled_in
from dashboard.themes.mine.typed.filled import own_of
from dashboard.web.app import create_app
from dashboard.web.server.filing import CHECK, TEMPLATE
from tests.conftest import SOURCES

pytestmark = pytest.mark.slow  # each is written by a process of its own


def test_a_prefecture_gets_a_workbook_with_its_counties(client: FlaskClient):
    answer = client.get(f"{TEMPLATE}?within=411700")
    assert answer.status_code == 200
    assert "填报模板411700.xlsx" in unquote(answer.headers["Content-Disposition"])
    sheet = load_workbook(io.BytesIO(answer.data))["人口与财政"]
    assert "上蔡县" in {cell.value for cell in sheet["B"]}
    told = client.get(f"{TEMPLATE}?within=999999")
    assert (told.status_code, "不是现有的" in told.get_data(as_text=True)) == (400, True)


@pytest.mark.parametrize("within", ["4117", "411700 --help", "--target", "41170０"])
def test_what_is_no_code_never_reaches_a_command(client: FlaskClient, within: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("subprocess.run", lambda *_given, **_how: pytest.fail("a process was started"))
    answer = client.get(TEMPLATE, query_string={"within": within})
    assert answer.status_code == 400
    assert "六位行政区划代码" in answer.get_data(as_text=True)


def kept() -> set[Path]:
    """Files of the two folders that an import writes to."""
    return {*(ROOT / "etl" / "sources").rglob("*"), *(ROOT / "exports").rglob("*")}


def filled(client, within: str = "410225") -> bytes:
    """The template of 兰考县 with three figures, one of them in full-width digits."""
    book = load_workbook(io.BytesIO(client.get(f"{TEMPLATE}?within={within}").data))
    book["说明"]["B3"] = "兰考县委编办"
    for sheet, column, value in (("人口与财政", 4, 770000), ("机构", 6, "３６"), ("编制与实有", 5, "900")):
        book[sheet].cell(4, 3).value = "2024"
        book[sheet].cell(4, column).value = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_is_looked_at_and_nothing_of_it_is_kept(warehouse: Path):
    client = create_app(warehouse, settings=Settings(uploads=True)).server.test_client()
    before = kept()
    sent = {"file": (io.BytesIO(filled(client)), "兰考县.xlsx")}
    found = client.post(CHECK, data=sent, content_type="multipart/form-data").get_json()
    assert (found["refused"], found["facts"], found["areas"]) == (False, 3, 1)
    assert [(one["severity"], one["cell"]) for one in found["findings"]] == [("警示", "F4")]
    assert load_workbook(io.BytesIO(b64decode(found["copy"])))["机构"]["F4"].comment is not None
    assert json.loads(canonical(found["own"]) or "") == [
        {"bodies": "３６", "place": "410225", "posts_admin": "900", "resident": "770000"}
    ]
    assert kept() == before


def test_a_workbook_that_the_build_would_refuse_is_told_at_its_cell(warehouse: Path):
    client = create_app(warehouse, settings=Settings(uploads=True)).server.test_client()
    book = load_workbook(io.BytesIO(filled(client)))
    book["编制与实有"]["D4"], book["编制与实有"]["H4"] = 1200, 9800
    content = io.BytesIO()
    book.save(content)
    sent = {"file": (io.BytesIO(content.getvalue()), "兰考县.xlsx")}
    found = client.post(CHECK, data=sent, content_type="multipart/form-data").get_json()
    assert found["refused"]
    told = {(one["sheet"], one["cell"]) for one in found["findings"] if "满编率在 20% 到 300% 之间" in one["message"]}
    assert told == {("编制与实有", "D4"), ("编制与实有", "H4")}


def test_a_workbook_is_looked_at_under_its_own_name(warehouse: Path):
    """A marking of secrecy in it counts as anywhere else."""
    client = create_app(warehouse, settings=Settings(uploads=True)).server.test_client()
    sent = {"file": (io.BytesIO(filled(client)), "兰考县（机密）.xlsx")}
    found = client.post(CHECK, data=sent, content_type="multipart/form-data").get_json()
    assert found["refused"]
    assert any("密级标志" in one["message"] for one in found["findings"])


def test_what_is_no_table_gets_a_sentence(warehouse: Path):
    client = create_app(warehouse, settings=Settings(uploads=True)).server.test_client()
    for sent, words in (
        ({}, "请给出"),
        ({"file": (io.BytesIO(b"x"), "x.exe")}, "请给出"),
        ({"file": (io.BytesIO(b"not a workbook"), "x.xlsx")}, "打不开"),
        ({"file": (io.BytesIO(b"x"), "县" * 90 + ".xlsx")}, "文件名太长"),
        ({"file": (io.BytesIO(b"not a workbook"), "../../../x.xlsx")}, "打不开"),
        ({"file": (io.BytesIO(b"not a workbook"), "..\\x.xlsx")}, "打不开"),
    ):
        answer = client.post(CHECK, data=sent, content_type="multipart/form-data")
        told = answer.get_data(as_text=True) if answer.status_code == 400 else answer.get_json()["findings"][0]["message"]
        assert words in told


def test_a_server_that_does_not_allow_it_has_no_such_address(client: FlaskClient):
    assert client.post(CHECK).status_code in {404, 405}


def test_every_scope_that_is_taken_over_is_one_of_the_register():
    known = {row["scope"] for row in csv.DictReader((SOURCES / "scopes.csv").open(encoding="utf-8"))}
    assert {*filled_in._STAFF, *(scope for _, scope in filled_in._WHOLE_COUNTY.values()), filled_in.COUNTY_INSTITUTIONS} <= known


def test_figures_of_several_counties_or_of_before_say_nothing_of_one():
    row = {
        "ref_area": "410225",
        "indicator": "party_gov_bodies",
        "scope": "党政机构（实设）",
        "phase": "after",
        "post_type": "_T",
        "as_stated": "22",
    }
    assert json.loads(own_of([row])) == [{"place": "410225", "bodies": "22"}]
    assert own_of([row, row | {"ref_area": "410221"}]) == ""
    assert own_of([row | {"phase": "before"}]) == ""
    assert own_of([row | {"scope": "机构限额"}]) == ""
    staff = row | {"indicator": "fiscally_supported_staff", "scope": "供养人员（编内在职与离退休）", "as_stated": "近6000"}
    assert json.loads(own_of([row, staff]))[0]["staff_scope"] == "retired"
