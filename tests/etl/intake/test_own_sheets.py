"""Wide sheets of an office's own: from its local/template.toml to the figure in the warehouse, and every fault by its field."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner, Result

from etl.__main__ import app
from etl.intake.filing import BY, GUIDE
from etl.intake.handout import hand_out, take_over
from etl.intake.headers import parse_key
from etl.intake.pack import LIST
from etl.intake.template import FIRST, KEYS, Template
from etl.intake.wide_sheets import wide_sheets
from etl.problems import EtlError, InputErrors
from etl.read.sources import Registries, read_registries
from tests.conftest import SOURCES

INDICATORS = """
[service_windows]
name_zh = "政务服务窗口数"
name_en = "Service windows"
unit_measure = "个"
kind = "count"
direction = "neutral"
decimals = 0
theme = "政务服务"
definition_zh = "政务服务大厅对外办事的窗口"
"""
SHEETS = """
title = "驻马店市机构编制数据填报模板"

[[sheet]]
name = "政务服务"
title = "政务服务大厅：一县一行"
columns = [
  { indicator = "service_windows", scope = "原文口径" },
  { indicator = "staff_actual", scope = "全县在编实有", sector = "政务服务" },
]

[[sheet]]
name = "机构"
columns = [{ indicator = "party_gov_bodies", scope = "党政机构（实设）", phase = "after" }]
"""
OWN = "政务服务"
FILLED = 5


def office(folder: Path, *, own: bool) -> Path:
    """A folder of sources; with indicators and sheets of its own, or as shipped."""
    sources = Path(shutil.copytree(SOURCES, folder / "sources", ignore=shutil.ignore_patterns("local")))
    if own:
        (sources / "local").mkdir()
        (sources / "local" / "indicators.toml").write_text(INDICATORS, encoding="utf-8")
        (sources / "local" / "template.toml").write_text(SHEETS, encoding="utf-8")
    return sources


def etl(sources: Path, *words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words), "--sources", str(sources)], prog_name="python -m etl")


def fill(workbook: Path) -> dict[tuple[str, str], float]:
    """Five counties of 驻马店 by program; (code, indicator) → figure."""
    book = openpyxl.load_workbook(workbook)
    place = next(cell for row in book[GUIDE].iter_rows() for cell in row if cell.value == BY)
    place.offset(column=1).value = "驻马店市委编办"
    sheet, told = book[OWN], {}
    keys = [parse_key(cell.value) for cell in sheet[KEYS + 1]]
    period = 1 + next(at for at, key in enumerate(keys) if "time_period" in key)
    for row in range(FIRST + 1, FIRST + 1 + FILLED):
        sheet.cell(row, period).value = "2024"
        for at, key in enumerate(keys, start=1):
            if key.get("indicator"):
                sheet.cell(row, at).value = 7 * row + at
                told[str(sheet.cell(row, 1).value), key["indicator"]] = float(7 * row + at)
    book.save(workbook)
    return told


def test_a_figure_of_an_own_sheet_goes_out_to_the_counties_and_comes_back_into_the_warehouse(tmp_path: Path):
    prefecture, county = office(tmp_path / "市", own=True), office(tmp_path / "县", own=False)
    template = tmp_path / "市" / "模板.xlsx"
    assert etl(prefecture, "template", "--within", "411700", "--target", template, "--pack").exit_code == 0
    package = Path(shutil.copy(tmp_path / "市" / "模板-下发.zip", tmp_path / "县"))
    received = etl(county, "template", "--receive", package)
    assert received.exit_code == 0, received.output
    book = openpyxl.load_workbook(tmp_path / "县" / "模板.xlsx")
    assert book[GUIDE]["A1"].value == "驻马店市机构编制数据填报模板"
    assert book[OWN]["A1"].value == "政务服务大厅：一县一行"
    assert [sheet for sheet in book.sheetnames if sheet in {"人口与财政", "机构", OWN}] == ["人口与财政", "机构", OWN]
    assert book["机构"].max_column == 3 + 1 + 2  # the office's own in the place of the shipped one

    figures = fill(tmp_path / "县" / "模板.xlsx")
    assert len(figures) == 2 * FILLED
    packed = etl(county, "import", tmp_path / "县" / "模板.xlsx", "--pack")
    assert packed.exit_code == 0, packed.output
    sent = Path(shutil.copy(tmp_path / "县" / "模板-报送.zip", tmp_path / "收到.zip"))
    assert etl(prefecture, "import", sent).exit_code == 0
    target = tmp_path / "warehouse.duckdb"
    assert etl(prefecture, "build", "--target", target).exit_code == 0
    with duckdb.connect(str(target), read_only=True) as connection:
        rows = connection.execute(
            "select ref_area, indicator, obs_value from mart.fact where publisher = '驻马店市委编办'"
        ).fetchall()
    assert {(area, indicator): value for area, indicator, value in rows} == figures


@pytest.fixture(scope="module")
def registries() -> Registries:
    return read_registries(SOURCES)


def sheet(*columns: str, name: str = 'name = "甲"') -> str:
    return f"[[sheet]]\n{name}\ncolumns = [{', '.join('{ ' + column + ' }' for column in columns)}]\n"


TOWNSHIPS = 'indicator = "townships", scope = "乡镇"'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (sheet(TOWNSHIPS.replace("ships", "shipz")), "indicator”列：没有登记过的指标（现值：townshipz） → 是否想写“townships”？"),
        (
            sheet('indicator = "townships", scope = "没有的"'),
            "“表“甲” 第 1 列 scope”列：没有登记过的口径（现值：没有的） → 先在 scopes.csv",
        ),
        (sheet(TOWNSHIPS + ', sectors = "x"'), "“表“甲” 第 1 列 sectors”列：不认识的字段（现值：x） → 是否想写“sector”？"),
        (sheet(TOWNSHIPS + ', phase = "befor"'), "第 1 列 phase”列：不在允许的取值里（现值：befor） → 是否想写“before”？"),
        (sheet(TOWNSHIPS + ', tier = "_T"'), "第 1 列 tier”列：合计不用写"),
        (sheet(TOWNSHIPS, TOWNSHIPS + ', phase = "point"'), "“表“甲” 第 2 列”列：与第 1 列是同一个数，表头也相同"),
        (sheet('indicator = "townships"'), "“表“甲” 第 1 列 scope”列：不能为空"),
        (sheet(), "“表“甲” columns”列：不能为空"),
        (sheet(TOWNSHIPS, name=""), "“第 1 张表 name”列：不能为空"),
        (sheet(TOWNSHIPS, name='name = "逐条"'), "模板自己有“逐条”这张表"),
        (sheet(TOWNSHIPS, name='name = "甲/乙"'), "不能作工作表名"),
        (sheet(TOWNSHIPS) * 2, "有 2 张表都叫这个名称"),
        ('[[sheets]]\nname = "甲"', "“sheets”列：不认识的字段 → 是否想写“sheet”？"),
        ("[[sheet]]\nname = 甲", "第 2 行：TOML 写法不对"),
    ],
)
def test_what_is_wrong_with_own_sheets_is_told_by_its_field(text: str, told: str, registries: Registries, tmp_path: Path):
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "template.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputErrors) as errors:
        wide_sheets(registries, tmp_path)
    assert told in str(errors.value)
    assert "template.toml" in str(errors.value)


def test_without_sheets_of_its_own_an_office_has_the_shipped_ones(registries: Registries, tmp_path: Path):
    assert Template(registries, tmp_path).sheets == Template(registries).sheets
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "template.toml").write_text("# 还没有自己的表\n", encoding="utf-8")
    assert Template(registries, tmp_path).sheets == Template(registries).sheets


def test_a_faulty_register_is_told_before_the_sheets_that_need_it(tmp_path: Path):
    sources = office(tmp_path, own=True)
    (sources / "local" / "indicators.toml").write_text(INDICATORS.replace('"count"', '"cont"'), encoding="utf-8")
    result = etl(sources, "template", "--target", tmp_path / "x.xlsx")
    assert result.exit_code == 1
    assert "indicators.toml 第 6 行 “kind”列" in result.output
    assert "template.toml" not in result.output


def test_a_package_to_the_counties_overwrites_nothing_and_is_whole(tmp_path: Path):
    sources, other = tmp_path / "市", tmp_path / "县"
    (sources / "local").mkdir(parents=True)
    (sources / "local" / "template.toml").write_text(SHEETS, encoding="utf-8")
    workbook = tmp_path / "模板.xlsx"
    workbook.write_bytes(b"PK template")
    package = hand_out(workbook, sources)
    assert [path.name for path in take_over(package, other)] == ["模板.xlsx", "template.toml"]
    assert (other / "local" / "template.toml").read_text(encoding="utf-8") == SHEETS
    (other / "local" / "template.toml").write_text("", encoding="utf-8")
    workbook.unlink()
    with pytest.raises(EtlError, match="已经存在"):
        take_over(package, other)
    assert not workbook.exists()
    for broken in ("{}", "[]", json.dumps({"workbook": "模板.xlsx", "sha256": {"模板.xlsx": "0"}})):
        altered = tmp_path / "改-下发.zip"
        with zipfile.ZipFile(altered, "w") as content:
            content.writestr("模板.xlsx", b"PK")
            content.writestr(LIST, broken)
        with pytest.raises(EtlError, match=r"不是下发包|指纹不符"):
            take_over(altered, other)
