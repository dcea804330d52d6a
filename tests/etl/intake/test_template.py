"""Our template: the long sheet by its Chinese header, the wide sheets by their hidden keys; both without a mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl import Workbook

from etl.intake.headers import COLUMN_WORDS, key_of, parse_key
from etl.intake.intake import Intake, read_intake
from etl.read.facts import COLUMNS
from etl.read.sources import Registries

LONG = (
    "area_name",
    "ref_area",
    "indicator",
    "scope",
    "phase",
    "time_period",
    "obs_value",
    "unit_measure",
    "as_stated",
    "source_id",
    "precision",
)
SOURCE = "guojiatongjiju-2022"
ROW: dict[str, Any] = {
    "area_name": "代县", "ref_area": "140923", "indicator": "普查常住人口", "scope": "七普常住人口", "phase": "时点数", "time_period": "2020-11-01",
    "obs_value": 171204, "unit_measure": "人", "as_stated": None, "source_id": SOURCE,
}  # fmt: skip
E, W = "错误", "警示"


def long_sheet(*rows: dict[str, Any], title: str = "", columns: tuple[str, ...] = LONG) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "逐条"
    if title:
        sheet.append([title])
    sheet.append([COLUMN_WORDS[column] for column in columns])
    for row in rows:
        sheet.append([(ROW | row).get(column) for column in columns])
    return book


def wide_sheet(lines: list[list[Any]], keys: list[dict[str, str]]) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "人口"
    sheet.append(["地区代码", "地区", *["数" for _ in keys[2:]]])
    sheet.append([key_of(key) for key in keys])
    sheet.row_dimensions[2].hidden = True
    for line in lines:
        sheet.append(line)
    return book


def read(book: Workbook, folder: Path, registries: Registries) -> Intake:
    path = folder / "填报.xlsx"
    book.save(path)
    return read_intake(path, registries=registries)


def found(intake: Intake) -> list[tuple[str, str | None]]:
    return [(finding.severity, finding.cell) for finding in intake.findings]


KEYS = [
    {"ref_area": ""},
    {"area_name": ""},
    {"indicator": "population_census", "scope": "七普常住人口", "phase": "point", "unit": "人"},
]
PLACED = [*KEYS, {"time_period": ""}, {"source_id": ""}]
LINE = ["140923", "代县", 171204, "2020-11-01", SOURCE]


def test_a_long_sheet_is_known_by_its_header(registries: Registries, tmp_path: Path):
    intake = read(
        long_sheet({}, {"ref_area": None, "area_name": "神池县", "obs_value": "约7万"}, title="填报表"), tmp_path, registries
    )
    assert intake.findings == []
    assert intake.facts.select(
        "ref_area", "indicator", "obs_value", "precision", "as_stated", "row", "cell", "disclosure"
    ).rows() == [
        ("140923", "population_census", "171204", "exact", "171204", 3, "G3", "internal"),
        ("140927", "population_census", "70000", "approx", "约7万", 4, "G4", "internal"),
    ]
    assert intake.facts.columns == [*COLUMNS, "sheet", "row", "cell"]
    assert intake.facts["phase"].to_list() == ["point", "point"]


def test_a_wide_sheet_is_known_by_its_keys(registries: Registries, tmp_path: Path):
    intake = read(wide_sheet([LINE], PLACED), tmp_path, registries)
    assert intake.findings == []
    assert intake.facts.select("ref_area", "indicator", "scope", "time_period", "obs_value", "source_id", "cell").rows() == [
        ("140923", "population_census", "七普常住人口", "2020-11-01", "171204", SOURCE, "C3")
    ]


@pytest.mark.parametrize(
    ("change", "expect"),
    {
        "a date in another form": ({"time_period": "2020/11/1"}, [(W, "F2")]),
        "a date in Chinese": ({"time_period": "2020年11月1日"}, [(W, "F2")]),
        "a date with points": ({"time_period": "2020.11.1"}, [(W, "F2")]),
        "a date without signs": ({"time_period": "20201101"}, [(W, "F2")]),
        "a date as a number of days": ({"time_period": 44136}, [(E, "F2")]),
        "a year and a word": ({"time_period": "2020年底"}, [(E, "F2")]),
        "a month that there is not": ({"time_period": "2020-13"}, [(E, "F2")]),
        "no date": ({"time_period": None}, [(E, "F2")]),
        "a date to come": ({"time_period": "2098"}, [(E, "G2")]),
        "an unknown indicator": ({"indicator": "人口总数"}, [(E, "C2")]),
        "an unknown scope": ({"scope": "常住"}, [(E, "D2")]),
        "an unknown phase": ({"phase": "改革中"}, [(E, "E2")]),
        "an unknown source": ({"source_id": "统计局"}, [(E, "J2")]),
        "no source": ({"source_id": None}, [(E, "J2")]),
        "a unit of another thing": ({"unit_measure": "户"}, [(E, "H2")]),
        "a wording that gainsays the number": ({"as_stated": "近171204", "precision": "下限"}, [(E, "I2")]),
        "an unknown place": ({"ref_area": "140999"}, [(E, "B2")]),
        "a name and a code of two places": ({"ref_area": "140924"}, [(E, "A2")]),
        "no number": ({"obs_value": "见附件"}, [(E, "G2")]),
        "part of a person": ({"obs_value": 17.12}, [(E, "G2")]),
    }.values(),
    ids=lambda value: str(value)[:40],
)
def test_faults_of_a_long_sheet(change: dict[str, Any], expect: list[tuple[str, str]], registries: Registries, tmp_path: Path):
    assert found(read(long_sheet(change), tmp_path, registries)) == expect


@pytest.mark.parametrize(
    ("change", "value", "period"),
    [
        ({"obs_value": 17.12, "unit_measure": "万人"}, "171200", "2020-11-01"),
        ({"time_period": "未注明"}, "171204", "_U"),
        ({"phase": "改革前"}, "171204", "2020-11-01"),
        ({"indicator": "population_census"}, "171204", "2020-11-01"),
        ({"as_stated": "171204人"}, "171204", "2020-11-01"),
    ],
)
def test_words_of_a_long_sheet(change: dict[str, Any], value: str, period: str, registries: Registries, tmp_path: Path):
    intake = read(long_sheet(change), tmp_path, registries)
    assert intake.findings == []
    assert intake.facts.select("obs_value", "unit_measure", "time_period").rows() == [(value, "人", period)]


def test_what_stands_beside_the_columns_of_the_template_is_not_dropped_in_silence(registries: Registries, tmp_path: Path):
    book = wide_sheet([[*LINE, 5]], PLACED)
    book.worksheets[0]["F1"] = "自加"
    assert found(read(book, tmp_path, registries)) == [(E, "F2")]


def test_sheets_of_the_template_that_hold_no_figures_are_passed_over(registries: Registries, tmp_path: Path):
    book = wide_sheet([LINE], PLACED)
    book.create_sheet("说明")["A1"] = "怎样填"
    book.create_sheet("别的")["A1"] = 5
    assert [(finding.severity, finding.sheet) for finding in read(book, tmp_path, registries).findings] == [(W, "别的")]


def test_a_template_that_nobody_filled_in_says_so(registries: Registries, tmp_path: Path):
    assert [finding.message for finding in read(wide_sheet([], PLACED), tmp_path, registries).findings] == ["没有读到任何数"]


def test_a_table_that_is_no_template_needs_a_mapping(registries: Registries, tmp_path: Path):
    book = Workbook()
    book.worksheets[0].append(["县名", "人口"])
    assert [finding.message for finding in read(book, tmp_path, registries).findings] == ["认不出这张表：不是模板，也没有给映射"]


@pytest.mark.parametrize(
    "fields",
    [
        {"indicator": "population_resident", "scope": "常住人口", "phase": "point", "unit": "人"},
        {"ref_area": ""},
        {"indicator": "staff_authorised", "category": "类型=执法；a;b%c", "post_type": "行政"},
    ],
)
def test_a_key_is_read_as_it_was_written(fields: dict[str, str]):
    assert parse_key(key_of(fields)) == fields


@pytest.mark.parametrize("text", ["常住人口", "indicator=", "unknown=1", "indicator=a;indicator=b", ""])
def test_what_is_no_key_is_refused(text: str):
    with pytest.raises(ValueError, match="不是列的键"):
        parse_key(text)


def test_every_column_of_a_fact_has_a_word_of_its_own():
    assert set(COLUMNS) < set(COLUMN_WORDS)
    assert len(set(COLUMN_WORDS.values())) == len(COLUMN_WORDS)


def test_facts_are_text(registries: Registries, tmp_path: Path):
    facts = read(wide_sheet([LINE], PLACED), tmp_path, registries).facts
    assert {facts.schema[column] for column in COLUMNS} == {pl.String()}
