"""The template as it is written: what it offers, and that what is filled in comes back as it was."""

import random
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from etl.intake.filing import BY, GUIDE
from etl.intake.headers import COLUMN_WORDS, parse_key
from etl.intake.intake import Intake, read_intake
from etl.intake.template import CHOICES, FIRST, HEADER, KEYS, LONG, LONG_COLUMNS, Template, write_template
from etl.problems import EtlError
from etl.read.sources import TOTAL, Registries, read_registries
from tests.conftest import SOURCES
from tests.etl.intake.office import converted

HENAN, ZHUMADIAN = "410000", "411700"


@pytest.fixture(scope="module")
def registries() -> Registries:
    return read_registries(SOURCES)


def book_of(registries: Registries, path: Path, within: str = "") -> openpyxl.Workbook:
    write_template(registries, path, within=within)
    return openpyxl.load_workbook(path)


def signed(book: openpyxl.Workbook, office: str = "驻马店市委编办") -> openpyxl.Workbook:
    place = next(cell for row in book[GUIDE].iter_rows() for cell in row if cell.value == BY)
    place.offset(column=1).value = office
    return book


def taken(book: openpyxl.Workbook, path: Path, registries: Registries) -> Intake:
    book.save(path)
    return read_intake(path, registries=registries)


def test_fifty_counties_come_back_to_the_figure(registries: Registries, tmp_path: Path):
    """Every column of every wide sheet, numbers and wordings, for the first fifty counties of 河南."""
    chance = random.Random(50)
    path = tmp_path / "河南.xlsx"
    book, template = signed(book_of(registries, path, HENAN)), Template(registries)
    expected = set()
    for sheet in template.sheets:
        lines = book[sheet.name]
        keys = [parse_key(cell.value) for cell in lines[KEYS + 1]]
        for row in range(FIRST + 1, FIRST + 51):
            base = chance.randrange(20_000, 900_000)
            lines.cell(row, 1 + next(at for at, key in enumerate(keys) if "time_period" in key)).value = "2024"
            for at, key in enumerate(keys, start=1):
                if "indicator" not in key:
                    continue
                # parts of one count must add up and none may be a slip of ten: a total, then 行政, 事业, 工勤 of it
                share = {"行政": 0.2, "事业": 0.7, "工勤": 0.1, "县级": 0.4, "乡级": 0.6}.get(
                    key.get("post_type") or key.get("tier", ""), 1
                )
                whole = base // 10 * 10 if key["indicator"].startswith("population") else 1000 + 10 * (base % 37)
                value = round(whole * share)
                lines.cell(row, at).value = value
                code = lines.cell(row, 1).value
                expected.add(
                    (
                        code,
                        key["indicator"],
                        key.get("post_type", TOTAL),
                        key.get("tier", TOTAL),
                        key["phase"],
                        key["scope"],
                        value,
                    )
                )
    intake = taken(book, path, registries)
    assert [str(finding) for finding in intake.findings if finding.severity == "错误"] == []
    columns = ("ref_area", "indicator", "post_type", "tier", "phase", "scope")
    got = {(*row[:-1], int(row[-1])) for row in intake.facts.select(*columns, "obs_value").rows()}
    assert got == expected
    assert len(got) == 50 * sum(len(sheet.columns) for sheet in template.sheets)
    (source,) = intake.sources
    assert (source["publisher"], source["grade"]) == ("驻马店市委编办", "S")
    assert intake.facts["disclosure"].unique().to_list() == ["internal"]


def test_the_long_sheet_takes_a_wording_a_name_and_a_title(registries: Registries, tmp_path: Path):
    path = tmp_path / "逐条.xlsx"
    book = signed(book_of(registries, path))
    line = {
        "area_name": "河南省驻马店市上蔡县", "indicator": "户籍人口", "phase": "时点数", "time_period": "2024-06", "obs_value": "近150万",
        "unit_measure": "人", "scope": "户籍人口",
    }  # fmt: skip
    for column, value in line.items():
        book[LONG].cell(HEADER + 2, LONG_COLUMNS.index(column) + 1).value = value
    intake = taken(book, path, registries)
    assert [str(one) for one in intake.findings if one.severity == "错误"] == []
    columns = ("ref_area", "indicator", "time_period", "obs_value", "as_stated", "precision")
    assert intake.facts.select(columns).rows() == [
        ("411722", "population_registered", "2024-06", "1500000", "近150万", "at_most")
    ]


def test_without_an_office_or_a_source_nothing_is_taken(registries: Registries, tmp_path: Path):
    path = tmp_path / "无名.xlsx"
    book = book_of(registries, path, ZHUMADIAN)
    sheet = book["人口与财政"]
    sheet.cell(FIRST + 1, 3).value, sheet.cell(FIRST + 1, 4).value = "2024", 700_000
    (finding,) = [one for one in taken(book, path, registries).findings if one.severity == "错误"]
    assert BY in finding.fix


def test_lines_are_the_counties_of_the_place_and_headers_are_locked(registries: Registries, tmp_path: Path):
    book = book_of(registries, tmp_path / "驻马店.xlsx", ZHUMADIAN)
    sheet = book["机构"]
    codes = [sheet.cell(row, 1).value for row in range(FIRST + 1, sheet.max_row + 1)]
    assert "411722" in codes
    assert all(code.startswith("4117") for code in codes)
    assert sheet.protection.sheet
    assert sheet.cell(HEADER + 1, 4).protection.locked
    assert not sheet.cell(FIRST + 1, 4).protection.locked
    assert sheet.row_dimensions[KEYS + 1].hidden
    assert "挂牌" in sheet.cell(HEADER + 1, 4).comment.text or "定义" in sheet.cell(HEADER + 1, 4).comment.text
    assert book[CHOICES].sheet_state == "hidden"
    with pytest.raises(EtlError, match="411799"):
        write_template(registries, tmp_path / "x.xlsx", within="411799")


def test_every_choice_is_understood_by_the_reader(registries: Registries, tmp_path: Path):
    """No drop-down offers a place, indicator, scope or phase that the reader would refuse."""
    path = tmp_path / "选项.xlsx"
    book = signed(book_of(registries, path))
    offered = {
        cell.value: [one.value for one in column[1:] if one.value] for column in book[CHOICES].columns for cell in column[:1]
    }
    places = random.Random(3).sample(offered["地区"], 60)
    for row, place in enumerate(places, start=HEADER + 2):
        cells = {"area_name": place, "indicator": "户籍人口", "phase": offered["阶段"][row % 5], "time_period": "2024",
                 "obs_value": 200_000 + row, "unit_measure": "人", "scope": "户籍人口"}  # fmt: skip
        for column, value in cells.items():
            book[LONG].cell(row, LONG_COLUMNS.index(column) + 1).value = value
    intake = taken(book, path, registries)
    assert [str(one) for one in intake.findings if one.severity == "错误"] == []
    assert intake.facts["ref_area"].n_unique() == len(places)
    known = {one.name_zh for one in registries.records("indicator")}
    assert set(offered["指标"]) == known
    assert {COLUMN_WORDS[column] for column in LONG_COLUMNS} == {cell.value for cell in book[LONG][HEADER + 1]}


@pytest.mark.slow
def test_libreoffice_opens_it_and_keeps_what_is_filled_in(registries: Registries, tmp_path: Path):
    path = tmp_path / "填报.xlsx"
    book = signed(book_of(registries, path, ZHUMADIAN))
    book["人口与财政"].cell(FIRST + 1, 3).value, book["人口与财政"].cell(FIRST + 1, 4).value = "2024", 700_000
    book.save(path)
    again = read_intake(converted(path, "ods", tmp_path), registries=registries)
    assert [str(one) for one in again.findings if one.severity == "错误"] == []
    assert again.facts.select("indicator", pl.col("obs_value").cast(pl.Float64)).rows() == [("population_resident", 700_000.0)]
