"""Dirty workbooks, each made from a clean one: exactly the expected findings, by cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.intake.intake import Intake, read_intake
from etl.read.sources import Registries
from tests.etl.intake.workbooks import FIRST, HEADER, LAST, SHEET, Change, county_table, mapping, saved

E, W = "错误", "警示"


@dataclass(frozen=True)
class Dirt:
    """`cells` are written into the table, `change` does what no value does; `expect`: (severity, cell, words of the message)."""

    expect: list[tuple[str, str | None, str]]
    cells: dict[str, Any] = field(default_factory=dict)
    change: Change | None = None
    changes: dict[str, Any] = field(default_factory=dict)  # of the mapping


def merge(cells: str) -> Change:
    return lambda sheet: sheet.merge_cells(cells)


def hide_row(row: int) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[row].hidden = True

    return change


def hide_column(letter: str) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet.column_dimensions[letter].hidden = True

    return change


def hide_sheet(sheet: Worksheet) -> None:
    book(sheet).create_sheet("封面")["A1"] = "封面"
    sheet.sheet_state = "hidden"
    book(sheet).active = 1


def book(sheet: Worksheet) -> Workbook:
    assert sheet.parent is not None
    return sheet.parent


def another_sheet(state: str) -> Change:
    def change(sheet: Worksheet) -> None:
        other = book(sheet).create_sheet("附表")
        other["A1"] = 5
        other.sheet_state = state

    return change


def error_value(cell: str, value: str) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = value
        sheet[cell].data_type = "e"

    return change


def insert(*lines: list[Any]) -> Change:
    """Lines after the last county."""

    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(LAST + 1, len(lines))
        for row, line in enumerate(lines, start=LAST + 1):
            for column, value in enumerate(line, start=1):
                sheet.cell(row, column, value)

    return change


def percents(letter: str) -> Change:
    def change(sheet: Worksheet) -> None:
        for row in range(FIRST, LAST + 1):
            sheet[f"{letter}{row}"] = (sheet[f"{letter}{row}"].value or 0) / 100
            sheet[f"{letter}{row}"].number_format = "0.0%"

    return change


def scaled(letter: str, times: float) -> Change:
    def change(sheet: Worksheet) -> None:
        for row in range(FIRST, LAST + 1):
            sheet[f"{letter}{row}"] = sheet[f"{letter}{row}"].value * times

    return change


def footer(sheet: Worksheet) -> None:
    sheet.oddFooter.center.text = "机密★5年"


def only(header: str, indicator: str, scope: str) -> dict[str, Any]:
    """A mapping of one column; the others are left out."""
    others = [name for name in HEADER[2:] if name.partition("（")[0] != header.partition("（")[0]]
    return {"columns": {header: {"indicator": indicator, "scope": scope}}, "left_out": dict.fromkeys(others, "略")}


TOTAL = ["合计", None, 1476399, 177.78, 47300, 11000, 36300, None, 510810]
DIRT: dict[str, Dirt] = {
    # nothing wrong
    "clean": Dirt([]),
    "a blank cell is no figure and no fault": Dirt([], {"C5": None}),
    "about": Dirt([], {"C5": "约17万"}),
    "more than": Dirt([], {"C5": "17万余"}),
    "the unit of the indicator in the cell": Dirt([], {"C5": "171204人"}),
    "a scale in the cell": Dirt([], {"C5": "17.12万人"}),
    "per cents as a format": Dirt([], change=percents("H")),
    "a title that speaks of secrets": Dirt([], {"A1": "保守国家秘密工作情况表"}),
    "a note with a word for a total": Dirt([], {"A15": "合计数见年鉴"}),
    "a formula with its value is a value": Dirt([], {"E5": 5120}),
    # numbers
    "parts of a person": Dirt([(E, "C5", "不会有小数")], {"C5": 17.1204}),
    "text in a number": Dirt([(E, "C5", "不是数字")], {"C5": "见附件"}),
    "two numbers in a cell": Dirt([(E, "C5", "不止一个数")], {"C5": "17万-18万"}),
    "full-width digits": Dirt([(W, "C5", "全角数字")], {"C5": "１７１２０４"}),
    "thousands set apart": Dirt([(W, "C5", "千分位")], {"C5": "171,204"}),
    "thousands set apart by a blank": Dirt([(W, "C5", "千分位")], {"C5": "171 204"}),
    "a dash": Dirt([(W, "C5", "未公布不等于 0")], {"C5": "—"}),
    "not published": Dirt([(W, "C5", "未公布不等于 0")], {"C5": "暂无"}),
    "n/a": Dirt([(W, "C5", "未公布不等于 0")], {"C5": "N/A"}),
    "none or nought": Dirt([(E, "C5", "是 0 还是未公布")], {"C5": "无"}),
    "a negative count": Dirt([(E, "C5", "个数是负的")], {"C5": -171204}),
    "more than all": Dirt([(E, "H5", "超过 100%")], {"H5": 430}),
    "per mille in a column of per cents": Dirt([], {"H5": "43‰"}),
    "percentage points": Dirt([(E, "H5", "单位")], {"H5": "4.3个百分点"}),
    "a per cent in a column of people": Dirt([(E, "C5", "单位")], {"C5": "4.3%"}),
    "yuan in a column of people": Dirt([(E, "C5", "单位")], {"C5": "171204元"}),
    "ten thousand of ten thousand": Dirt([(E, "D5", "单位")], {"D5": "21.05万"}),
    "the whole number in a column of 万人": Dirt([(W, "D5", "约差 1 万倍")], {"D5": 210500}),
    "万人 in a column of people": Dirt([(E, "C5", "不会有小数")], {"C5": 17.12}),
    "thousands of 万元": Dirt([(W, "I5", "相差太远")], {"I5": 610200000}),
    "a column of fractions": Dirt([(W, "H3", "像是小数而不是百分数")], change=scaled("H", 0.01)),
    "an error typed as text": Dirt([(E, "C5", "公式出错")], {"C5": "#REF!"}),
    "a word of a machine": Dirt([(E, "C5", "不是数字")], {"C5": True}),
    "dates among numbers": Dirt([(E, "C5", "单位")], {"C5": "2020-11-01至2021-11-01共17万"}),
    "thousands set apart in the wrong place": Dirt([(E, "C5", "不止一个数")], {"C5": "1,71,204"}),
    "a sign for what is missing": Dirt([(W, "C5", "未公布不等于 0")], {"C5": "…"}),
    "numerals in Chinese": Dirt([], {"E5": "五千一百二十"}),
    "a sum in another scale of the same unit": Dirt([], {"I5": "6.1亿元"}),
    "a sum that says less than its column": Dirt([(W, "I5", "相差太远")], {"I5": "61020元"}),
    "words after a number": Dirt([(E, "C5", "单位")], {"C5": "171204（估计数）"}),
    "several faults in a line": Dirt(
        [(E, "A5", "没有这个地区代码"), (E, "C6", "不是数字"), (W, "D7", "未公布"), (E, "H8", "超过 100%")],
        {"A5": "999999", "C6": "很多", "D7": "--", "H8": 540},
    ),
    # units
    "the header names another scale": Dirt(
        [(E, "C2", "表头写“万人”")], {"C2": "常住人口（万人）"}, changes=only("常住人口（万人）", "population_resident", "常住人口")
    ),
    "the header names another unit": Dirt(
        [(E, "I2", "表头写“亿元”")], {"I2": "一般公共预算收入（亿元）"}, changes=only("一般公共预算收入（亿元）", "budget_revenue", "一般公共预算")
    ),
    "per mille in the header": Dirt(
        [(E, "H2", "表头写“‰”")], {"H2": "财政供养率（‰）"}, changes=only("财政供养率（‰）", "fiscal_staff_share", "供养率（总人口·中间口径）")
    ),
    "a unit that is none of the indicator's": Dirt([(E, "E2", "单位应与指标")], changes={"columns__编制": {"indicator": "staff_authorised", "unit": "户"}}),
    "a line above says another unit": Dirt(
        [(E, "A1", "单位：元")],
        {"A1": "基本情况表  单位：元", "I2": "一般公共预算收入"},
        changes=only("一般公共预算收入", "budget_revenue", "一般公共预算"),
    ),
    # places
    "an unknown code": Dirt([(E, "A5", "没有这个地区代码")], {"A5": "140999"}),
    "a code of another place": Dirt([(E, "B5", "不是一处")], {"A5": "140524"}),
    "a name of another place": Dirt([(E, "B5", "不是一处")], {"B5": "陵川县"}),
    "a code with a slip": Dirt([(E, "A5", "没有这个地区代码")], {"A5": "14092"}),
    "a full-width code": Dirt([], {"A5": "１４０９２３"}),
    "a code of twelve digits": Dirt([], {"A5": "140923000000"}),
    "a code as a number": Dirt([], {"A5": 140923}),
    "no code, a name that is one place's": Dirt([], {"A5": None}),
    "no code, no name": Dirt([(E, "B5", "没有写是哪个地区")], {"A5": None, "B5": None}),
    "no code, a name of several": Dirt([(E, "B5", "个地方叫这个名字")], {"A5": None, "B5": "鼓楼区"}),
    "no code, a name that nobody has": Dirt([(E, "B5", "没有找到这个地区")], {"A5": None, "B5": "水帘县"}),
    "the short name": Dirt([], {"B5": "代县县"[:2], "B9": "神池"}),
    "blanks in the name": Dirt([], {"B5": "代　县"}),
    "the province before the name": Dirt([], {"B5": "山西省代县"}),
    "the same place twice": Dirt([(E, f"{letter}6", "是同一个数") for letter in "CDEFGHI"], {"A6": "140923", "B6": "代县"}),
    "a former name with the present code": Dirt([(W, "B5", "旧名")], {"A5": "340210", "B5": "芜湖县"}),
    "a name of today that was a name before": Dirt([], {"A5": "350405", "B5": "沙县"}),
    "a former place with its own code": Dirt([(W, "B5", "2021年撤县设区")], {"A5": "350427", "B5": "沙县"}),
    "a line of which": Dirt([(E, "B13", "没有找到这个地区")], change=insert([None, "其中：山区", 5])),
    "a code of letters": Dirt([(E, "A5", "没有这个地区代码")], {"A5": "DX-01"}),
    "a district of two cities": Dirt([(E, "B5", "个地方叫这个名字")], {"A5": None, "B5": "朝阳区"}),
    # lines
    "an average": Dirt([(W, "B13", "合计行")], change=insert([None, "平均", 147639.9])),
    "a line of totals": Dirt([(W, "B13", "合计行")], change=insert([None, "合计", *TOTAL[2:]])),
    "totals spaced out": Dirt([(W, "B13", "合计行")], change=insert([None, "合  计", *TOTAL[2:]])),
    "totals of the prefecture": Dirt([(W, "B13", "合计行")], change=insert([None, "全市", *TOTAL[2:]])),
    "totals in the column of codes": Dirt([(W, "B13", "合计行")], change=insert(TOTAL)),
    "totals that the mapping knows": Dirt([], change=insert([None, "合计", *TOTAL[2:]]), changes={"area__totals": "合计"}),
    "totals that do not add up": Dirt([(W, "B13", "合计行"), (W, "C13", "各行相加是 1,476,399")], change=insert([None, "合计", 1476390, *TOTAL[3:]])),
    "a subtotal and a total": Dirt([(W, "B13", "合计行"), (W, "B14", "合计行")], change=insert([None, "小计", 5], [None, "合计", *TOTAL[2:]])),
    "the header again": Dirt([(W, "A13", "表头重复")], change=insert(HEADER, ["140932", "偏关县", 90123, 11.1, 3000, 800, 2200, 5.1, 45678])),
    "a line that the mapping leaves out": Dirt(
        [(W, None, "按映射不读 1 行")], {"A5": "140999"}, changes={"area__left_out": [{"reason": "开发区", "codes": ["140999"]}]}
    ),
    # shape
    "merged cells of places": Dirt([(E, "B5", "合并单元格 B5:B6")], change=merge("B5:B6")),
    "merged figures": Dirt([(E, "C5", "合并单元格 C5:C6")], change=merge("C5:C6")),
    "figures merged across": Dirt([(E, "C5", "合并单元格 C5:D5")], change=merge("C5:D5")),
    "a merged title": Dirt([], change=merge("A1:J1")),
    "merged notes": Dirt([], change=merge("J5:J6")),
    "a hidden line": Dirt([(W, "A5", "这一行是隐藏的")], change=hide_row(5)),
    "a hidden column": Dirt([(W, "D2", "这一列是隐藏的")], change=hide_column("D")),
    "a hidden column that is left out": Dirt([], change=hide_column("J")),
    "the sheet itself hidden": Dirt([(W, "", "这张工作表没有读"), (W, None, "这张工作表是隐藏的")], change=hide_sheet, changes={"sheet": SHEET}),
    "another sheet": Dirt([(W, None, "这张工作表没有读")], change=another_sheet("visible"), changes={"sheet": SHEET}),
    "another sheet that is hidden": Dirt([(W, None, "这张隐藏的工作表没有读")], change=another_sheet("hidden")),
    "two sheets and no word which": Dirt([(E, None, "有几张工作表")], change=another_sheet("visible")),
    "a formula that nobody computed": Dirt([(E, "E5", "公式没有算出来的值")], {"E5": "=F5+G5"}),
    "a broken reference": Dirt([(E, "C5", "公式出错")], change=error_value("C5", "#REF!")),
    "a division by nought": Dirt([(E, "H5", "公式出错")], change=error_value("H5", "#DIV/0!")),
    "a name that the program does not know": Dirt([(E, "I5", "公式出错")], change=error_value("I5", "#NAME?")),
    "a formula for the code that nobody computed": Dirt([(E, "A5", "公式没有算出来的值")], {"A5": "=B5"}),
    "an error in what is left out": Dirt([], change=error_value("J5", "#N/A")),
    "a sign that nobody sees": Dirt([(E, "B5", "看不见的字符")], {"B5": "代\ufdd0县"}),
    # columns
    "a column that nobody mapped": Dirt([(E, "K2", "既没有对应的指标")], {"K2": "面积", "K3": 5}),
    "a column without a header": Dirt([(E, "K2", "既没有对应的指标")], {"K7": 5}),
    "a mapped column that is not there": Dirt([(E, None, "表里没有"), (E, "D2", "既没有对应的指标")], {"D2": "户籍"}),
    "two columns of one name": Dirt([(E, "D2", "有几列都叫这个"), (E, "D2", "既没有"), (E, "C2", "既没有"), (E, None, "表里没有")], {"D2": "常住人口（人）"}),
    "an unknown indicator": Dirt([(E, "E2", "没有登记过的指标")], changes={"columns__编制": {"indicator": "staff_authorized"}}),
    "an unknown scope": Dirt([(E, "C2", "没有登记过的口径")], changes={"columns__常住人口（人）": {"indicator": "population_resident", "scope": "常住"}}),
    "an unknown source": Dirt([(E, f"{letter}2", "没有登记过的来源") for letter in "CDEFGHI"], changes={"source": "nowhere-2024"}),
    # sums
    "a part over its total": Dirt([(E, "G5", "部分大于合计")], {"G5": 9000}),
    "parts that do not make the total": Dirt([(W, "E5", "相加是 5,120")], {"E5": 5200}),
    # time
    "a period to come": Dirt(
        [(E, f"{letter}3", "2099 还没有到（这一列共 10 格）") for letter in "CDEFGHI"], changes={"constants__period": "2099"}
    ),
    # marking
    "a marking above": Dirt([(E, "J1", "密级标志")], {"J1": "秘密★10年"}),
    "a marking alone": Dirt([(E, "A1", "密级标志")], {"A1": "机密"}),
    "a marking with its grade": Dirt([(E, "A1", "密级标志")], {"A1": "密级：绝密"}),
    "a marking in a blank corner": Dirt([(E, "Z40", "密级标志")], {"Z40": "（秘密）"}),
    "a marking in a hidden sheet": Dirt([(E, "B2", "密级标志")], change=lambda sheet: secret_sheet(sheet)),
    "a marking at the foot of the page": Dirt([(E, None, "页脚有密级标志")], change=footer),
}  # fmt: skip


def secret_sheet(sheet: Worksheet) -> None:
    other = book(sheet).create_sheet("封皮")
    other["B2"] = "绝 密"
    other.sheet_state = "hidden"


def dirty(dirt: Dirt, folder: Path) -> Path:
    workbook = county_table()
    sheet = workbook[SHEET]
    for cell, value in dirt.cells.items():
        sheet[cell] = value
    if dirt.change:
        dirt.change(sheet)
    return saved(workbook, folder)


def read(dirt: Dirt, folder: Path, registries: Registries) -> Intake:
    return read_intake(dirty(dirt, folder), registries=registries, mapping=mapping(**dirt.changes))


@pytest.mark.parametrize("dirt", DIRT.values(), ids=DIRT)
def test_each_fault_is_found_at_its_cell_and_nothing_else(dirt: Dirt, registries: Registries, tmp_path: Path):
    found = read(dirt, tmp_path, registries).findings
    left = list(dirt.expect)
    for finding in found:
        fits = [
            want
            for want in left
            if want[0] == finding.severity and (want[1] or None) == finding.cell and want[2] in finding.message
        ]
        assert fits, f"not expected: {finding}"
        left.remove(fits[0])
    assert left == []
    assert all(finding.fix for finding in found)


def test_there_are_eighty_of_them():
    assert sum(bool(dirt.expect) for dirt in DIRT.values()) >= 80
