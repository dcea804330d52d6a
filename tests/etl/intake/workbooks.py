"""Workbooks made for the tests: a table of ten counties that is right in every cell, and what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.intake.mapping import Mapping

SHEET = "县情"
TITLE = "某市各县基本情况"
HEADER = [
    "代码",
    "县名",
    "常住人口（人）",
    "户籍人口（万人）",
    "编制",
    "行政编制",
    "事业编制",
    "财政供养率（%）",
    "一般公共预算收入（万元）",
    "备注",
]
# code, name, resident, registered (万人), posts, administrative, of institutions, share, revenue
COUNTIES: list[list[Any]] = [
    ["140921", "定襄县", 195302, 22.31, 5210, 1210, 4000, 3.9, 41230, None],
    ["140922", "五台县", 230123, 29.12, 6800, 1500, 5300, 4.1, 52110, None],
    ["140923", "代县", 171204, 21.05, 5120, 1120, 4000, 4.3, 61020, None],
    ["140924", "繁峙县", 230874, 26.71, 6010, 1410, 4600, 3.8, 70110, None],
    ["140925", "宁武县", 131245, 16.02, 4810, 1010, 3800, 5.2, 68040, None],
    ["140926", "静乐县", 121034, 15.93, 4400, 1000, 3400, 5.4, 30110, None],
    ["140927", "神池县", 72031, 10.01, 3300, 900, 2400, 6.1, 25230, None],
    ["140928", "五寨县", 100321, 11.08, 3610, 910, 2700, 5.3, 27450, None],
    ["140929", "岢岚县", 70233, 8.52, 3120, 820, 2300, 6.3, 35640, None],
    ["140931", "保德县", 154032, 17.03, 4920, 1120, 3800, 4.7, 99870, None],
]
FIRST, HEAD = 3, 2  # line of the first county, of the header
LAST = FIRST + len(COUNTIES) - 1

MAPPING: dict[str, Any] = {
    "header": HEAD,
    "last_row": 30,
    "source": {"source_id": "county-2024", "title": "基本情况表", "publisher": "某市", "published": "2025", "grade": "S"},
    "area": {"code": "代码", "name": "县名"},
    "constants": {"period": "2024", "scope": "全县编制"},
    "columns": {
        "常住人口（人）": {"indicator": "population_resident", "scope": "常住人口"},
        "户籍人口（万人）": {"indicator": "population_registered", "scope": "户籍人口", "unit": "万人"},
        "编制": {"indicator": "staff_authorised"},
        "行政编制": {"indicator": "staff_authorised", "post_type": "行政"},
        "事业编制": {"indicator": "staff_authorised", "post_type": "事业"},
        "财政供养率（%）": {"indicator": "fiscal_staff_share", "scope": "供养率（总人口·中间口径）"},
        "一般公共预算收入（万元）": {"indicator": "budget_revenue", "scope": "一般公共预算"},
    },
    "left_out": {"备注": "不入库"},
}

Change = Callable[[Worksheet], None]


def county_table() -> Workbook:
    """The table with nothing wrong in it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet.append([TITLE])
    sheet.append(HEADER)
    for line in COUNTIES:
        sheet.append(line)
    sheet.append([])
    sheet.append(["注：本表为测试用。"])
    return book


def saved(book: Workbook, folder: Path, name: str = "县情.xlsx") -> Path:
    path = folder / name
    book.save(path)
    return path


def mapping(**changes: Any) -> Mapping:
    """The mapping of the table, with changes at the top level or below it by a path: area__level="county"."""
    words = {key: dict(value) if isinstance(value, dict) else value for key, value in MAPPING.items()}
    for path, value in changes.items():
        *above, key = path.split("__")
        table = words
        for part in above:
            table = table[part]
        table[key] = value
    return Mapping.model_validate(words)
