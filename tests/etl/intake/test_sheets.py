"""Every kind of file to the same cells; what cannot be read says why."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from etl.intake.intake import read_intake
from etl.intake.sheets import read_book
from etl.read.sources import Registries
from tests.etl.intake.workbooks import COUNTIES, HEADER, SHEET, TITLE, county_table, mapping, saved

CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2"><office:body>
<office:spreadsheet><table:table table:name="{name}">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def lines() -> list[list[Any]]:
    return [[TITLE], HEADER, *COUNTIES]


def ods_cell(value: Any) -> str:
    if isinstance(value, str) and value.startswith("<table:"):
        return value
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'


def write_ods(path: Path, table: list[list[Any]] | None = None, *, hidden: int = 0) -> None:
    collapse = {hidden: ' table:visibility="collapse"'}
    rows = "".join(
        f"<table:table-row{collapse.get(row, '')}>{''.join(map(ods_cell, line))}</table:table-row>"
        for row, line in enumerate(table or lines(), 1)
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("content.xml", CONTENT.format(name=SHEET, rows=rows))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/></manifest:manifest>',
        )


def write_csv(path: Path, encoding: str, delimiter: str) -> None:
    text = "\n".join(delimiter.join("" if cell is None else str(cell) for cell in line) for line in lines())
    path.write_text(text, encoding=encoding)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "utf-8", "utf-8-sig", "gb18030", "utf-16", "tab"])
def test_every_kind_of_file_gives_the_same_facts(kind: str, registries: Registries, tmp_path: Path):
    expected = read_intake(saved(county_table(), tmp_path, "x.xlsx"), registries=registries, mapping=mapping()).facts
    path = tmp_path / {"xlsx": "县情.xlsx", "ods": "县情.ods"}.get(kind, "县情.csv")
    if kind == "xlsx":
        saved(county_table(), tmp_path)
    elif kind == "ods":
        write_ods(path)
    else:
        write_csv(path, "utf-8" if kind == "tab" else kind, "\t" if kind == "tab" else ",")
    intake = read_intake(path, registries=registries, mapping=mapping())
    assert intake.findings == []
    assert intake.facts.equals(expected)
    assert len(intake.file_hash) == 16


def test_cells_are_as_a_spreadsheet_shows_them(tmp_path: Path):
    book = Workbook()
    values = [
        1,
        2.5,
        0.1 + 0.2,
        123456789012,
        True,
        datetime.date(2020, 11, 1),
        datetime.datetime(2020, 11, 1, 8, 30),
        " 字 ",
        None,
        "末",
    ]
    book.worksheets[0].append(values)
    sheet = read_book(saved(book, tmp_path)).sheets[0]
    assert [sheet.text(1, letter) for letter in "ABCDEFGHIJ"] == [
        "1", "2.5", "0.3", "123456789012", "True", "2020-11-01", "2020-11-01 08:30:00", "字", "", "末",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", b"PK\x03\x04 broken", "工作簿已损坏"),
        ("a.xls", b"not a workbook", "工作簿已损坏"),
        ("a.pdf", b"%PDF-1.4", "不认识的文件类型"),
        ("a.csv", b"", "文件是空的"),
        ("a.csv", b'a,"b\n1,2', "引号不配对"),
        ("a.csv", b"\xff\xff\xfe\x81\x20,\x81", "编码无法识别"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, content: bytes, message: str, registries: Registries, tmp_path: Path):
    (tmp_path / name).write_bytes(content)
    intake = read_intake(tmp_path / name, registries=registries)
    assert intake.refused
    assert message in intake.findings[0].message
    assert intake.facts.is_empty()


def test_a_file_that_is_not_there(registries: Registries, tmp_path: Path):
    assert read_intake(tmp_path / "none.xlsx", registries=registries).refused


ERROR = '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
PER_CENT = '<table:table-cell office:value-type="percentage" office:value="0.043"><text:p>4.3%</text:p></table:table-cell>'
MERGED = '<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="1" office:value-type="string"><text:p>代县</text:p></table:table-cell>'


def test_an_ods_tells_of_errors_per_cents_merged_cells_and_hidden_lines(registries: Registries, tmp_path: Path):
    table = lines()
    table[4] = [*table[4][:1], MERGED, ERROR, *table[4][3:7], PER_CENT, table[4][8]]
    write_ods(tmp_path / "县情.ods", table, hidden=6)
    intake = read_intake(tmp_path / "县情.ods", registries=registries, mapping=mapping())
    assert [(finding.severity, finding.cell) for finding in intake.findings] == [("错误", "B5"), ("错误", "C5"), ("警示", "A6")]
    assert intake.facts.filter(cell="H5").select("obs_value", "as_stated").rows() == [("4.3", "4.3%")]


def test_an_xls_tells_the_same_as_the_xlsx(registries: Registries, tmp_path: Path):
    """There is no writer of XLS but an office."""
    book = county_table()
    sheet = book[SHEET]
    sheet["C5"], sheet["H5"] = "=1/0", 0.043
    sheet["H5"].number_format = "0.0%"
    sheet.row_dimensions[6].hidden = True
    sheet.merge_cells("B7:B8")
    office = shutil.which("soffice")
    file = saved(book, tmp_path)
    command = [
        str(office),
        f"-env:UserInstallation=file://{tmp_path}/office",
        "--headless",
        "--convert-to",
        "xls",
        "--outdir",
        str(tmp_path),
        str(file),
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180) if office else None
    if told is None or not (tmp_path / "县情.xls").exists():
        pytest.skip("no LibreOffice with Calc")
    intake = read_intake(tmp_path / "县情.xls", registries=registries, mapping=mapping())
    found = [(finding.severity, finding.cell) for finding in intake.findings]
    assert found == [("错误", "C5"), ("警示", "A6"), ("错误", "B7")]
    assert intake.facts.filter(cell="H5")["obs_value"].to_list() == ["4.3"]
    (tmp_path / "县情.xls").rename(tmp_path / "改名.xlsx")
    assert [
        finding.cell for finding in read_intake(tmp_path / "改名.xlsx", registries=registries, mapping=mapping()).findings
    ] == ["C5", "A6", "B7"]


def test_a_formula_that_gives_an_empty_text_is_a_blank_cell(tmp_path: Path):
    """As Excel writes =IF(B1="","","") that was computed: a text, and a blank one."""
    book = Workbook()
    book.worksheets[0].append(["a", "b"])
    book.worksheets[0].append(['=IF(B1="","","")', "=1+1"])
    with zipfile.ZipFile(saved(book, tmp_path)) as plain, zipfile.ZipFile(tmp_path / "computed.xlsx", "w") as computed:
        for name in plain.namelist():
            computed.writestr(name, plain.read(name).replace(b'<c r="A2">', b'<c r="A2" t="str">'))
    sheet = read_book(tmp_path / "computed.xlsx").sheets[0]
    assert sheet.text(2, "A") == ""
    assert sheet.marks.uncomputed == ["B2"]
