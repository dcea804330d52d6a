"""Mappings: what they say wrongly is named by its key; the shipped ones read the tables that they are for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from etl.intake.guess import CHECK, guess_mapping
from etl.intake.intake import Intake, read_intake
from etl.intake.mapping import Mapping, read_mapping
from etl.problems import InputErrors
from etl.read.sources import Registries
from tests.etl.intake.workbooks import SHEET, county_table, mapping, saved

SHIPPED = Path(__file__).parents[3] / "etl" / "mappings"
SOUND = """
source = "x"
[area]
name = "县名"
[columns."人口"]
indicator = "population_total"
"""


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        (SOUND.replace('source = "x"', ""), "source", "不能为空"),
        (SOUND.replace("name =", "nmae ="), "area.nmae", "不认识的字段"),
        (SOUND.replace('name = "县名"', ""), "area", "要写明哪一列是地区"),
        (SOUND.replace("population_total", "人口"), "columns.人口.indicator", "内容不符合要求"),
        (SOUND + 'period = "2020/11"', "columns.人口.period", "日期要写成"),
        (SOUND + 'phase = "时点数"', "columns.人口.phase", "不在允许的取值里"),
        (SOUND + "factor = -1", "columns.人口.factor", "内容不符合要求"),
        (SOUND + '[per_row]\nperoid = "年份"', "per_row", "不是事实的列"),
        (SOUND.partition("[columns")[0], None, "没有一列数"),
        (SOUND + "[[area.left_out]]\npattern = '['\nreason = 'x'", "area.left_out.0.pattern", "不是正则表达式"),
        ("header = 0" + SOUND, "header", "数字太小"),
        ("sheet = 表一", None, "TOML 写法不对"),
    ],
)
def test_what_a_mapping_says_wrongly_is_named_by_its_key(text: str, key: str | None, message: str, tmp_path: Path):
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_mapping(path)
    assert any((problem.column or None) == key and message in problem.message for problem in caught.value.problems), str(
        caught.value
    )


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_mappings_refer_to_what_is_registered(path: Path, registries: Registries):
    read = read_mapping(path)
    indicators, scopes = registries.by_key("indicator"), registries.by_key("scope")
    for fields in read.columns.values():
        assert fields.indicator in indicators
        assert (fields.scope or read.constants.scope) in scopes


def sheet_of(*lines: list[Any], merged: tuple[str, ...] = ()) -> Workbook:
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    return book


def test_a_budget_annex_with_merged_headers_and_a_title(registries: Registries, tmp_path: Path):
    book = sheet_of(
        ["2024年部门预算单位人员编制情况表"],
        ["序号", "单位名称", "编制", None, None, None, "实有在职人员", None, None, None, "离退休人员", "遗属人员", "备注"],
        [None, None, "小计", "行政", "事业", "工勤", "小计", "行政", "事业", "工勤", None, None, None],
        [None, "合计", 30, 12, 16, 2, 27, 11, 14, 2, 5, 1, None],
        [1, "县委办公室", 20, 12, 6, 2, 18, 11, 5, 2, 4, 1, None],
        [2, "县信息中心", 10, 0, 10, 0, 9, 0, 9, 0, 1, 0, "副科级"],
        [],
        ["注：本表不含教师。"],
        merged=("A1:M1", "A2:A3", "B2:B3", "C2:F2", "G2:J2", "K2:K3", "L2:L3", "M2:M3"),
    )
    found = read_mapping(SHIPPED / "budget_staffing.toml")
    of_a_county = found.model_copy(update={"area": found.area.model_copy(update={"constant": "山西省代县"})})
    intake = read_intake(saved(book, tmp_path), registries=registries, mapping=of_a_county)
    assert intake.findings == []
    assert intake.facts.height == 30
    assert set(intake.facts["ref_area"]) == {"140923"}
    assert intake.facts.filter(cell="C4")["org_unit"].to_list() == ["_T"]
    assert intake.facts.filter(cell="E6").select("org_unit", "post_type", "obs_value", "note").rows() == [
        ("县信息中心", "事业", "10", "副科级")
    ]


def test_a_table_of_the_yearbook(registries: Registries, tmp_path: Path):
    read = read_mapping(SHIPPED / "county_yearbook.toml")
    header = ["省（区、市）", "县（市）", *read.columns, *read.left_out]
    left = [1] * len(read.left_out)
    book = sheet_of(
        header,
        ["山西省", "代县", 1721, 11, 0, 21.05, 987654, 61020, 270110, *left],
        ["福建省", "沙县", 1815, 12, 2, 27.1, 3011122, 110011, 280012, *left],
    )
    intake = read_intake(saved(book, tmp_path), registries=registries, mapping=read)
    assert intake.findings == []
    assert set(intake.facts["ref_area"]) == {"140923", "350427"}
    assert intake.facts.filter(cell="G2").select("obs_value", "as_stated", "unit_measure").rows() == [
        ("98.7654", "987654万元", "亿元")
    ]


def places(registries: Registries, folder: Path, lines: list[list[Any]], **area: Any) -> Intake:
    words = {
        "header": 1,
        "source": "guojiatongjiju-2022",
        "area": area,
        "constants": {"period": "2020-11-01", "scope": "七普常住人口"},
        "columns": {"人口": {"indicator": "population_census"}},
    }
    return read_intake(saved(sheet_of(*lines), folder), registries=registries, mapping=Mapping.model_validate(words))


def test_namesakes_are_told_apart_by_what_stands_beside_them(registries: Registries, tmp_path: Path):
    lines: list[list[Any]] = [
        ["省", "市", "县", "人口"],
        ["江苏省", "南京", "鼓楼区", 940387],
        ["福建", "福州市", "鼓楼区", 668500],
        ["北京市", "北京市", "朝阳区", 3452460],
    ]
    intake = places(registries, tmp_path, lines, name="县", province="省", prefecture="市")
    assert intake.findings == []
    assert intake.facts["ref_area"].to_list() == ["320106", "350102", "110105"]


def test_a_name_of_several_is_listed_with_their_prefectures(registries: Registries, tmp_path: Path):
    finding = places(registries, tmp_path, [["县", "人口"], ["鼓楼区", 940387]], name="县").findings[0]
    assert "江苏省南京市鼓楼区 320106" in finding.message
    assert "河南省开封市鼓楼区 410204" in finding.message


def test_a_wrong_code_is_answered_by_the_name_and_never_by_likeness(registries: Registries, tmp_path: Path):
    lines: list[list[Any]] = [["代码", "县", "人口"], ["410226", "兰考县", 5], ["410226", "水帘县", 5]]
    first, second = places(registries, tmp_path, lines, code="代码", name="县").findings
    assert first.fix == "“兰考县”的代码是 410225"
    assert not any(sign.isdigit() for sign in second.fix)


def test_townships_come_in_below_their_county(registries: Registries, tmp_path: Path):
    lines: list[list[Any]] = [
        ["代码", "乡镇", "县", "人口"],
        ["140923100", "上馆镇", "代县", 50123],
        [None, "阳明堡镇", "代县", 20111],
        [None, "张店乡", "鲁山县", 39000],
    ]
    intake = places(registries, tmp_path, lines, code="代码", name="乡镇", county="县", new_level="township")
    assert intake.findings == []
    assert intake.facts["ref_area"].to_list() == ["140923100", "140923-yangmingbao", "410423-zhangdian"]
    assert [(area["name_zh"], area["parent"], area["county"]) for area in intake.areas] == [
        ("上馆镇", "140923", "代县"),
        ("阳明堡镇", "140923", "代县"),
    ]


def test_new_places_are_refused_where_the_mapping_does_not_allow_them(registries: Registries, tmp_path: Path):
    assert places(registries, tmp_path, [["乡镇", "县", "人口"], ["阳明堡镇", "代县", 5]], name="乡镇", county="县").refused


def test_a_guess_is_refused_until_it_is_edited_and_then_reads(registries: Registries, tmp_path: Path):
    book = county_table()
    book[SHEET]["K2"] = "面积率"
    file = saved(book, tmp_path)
    guess = guess_mapping(file, registries)
    assert (guess.mapped, guess.unmapped) == (7, 1)
    assert '# [columns."面积率"]' in guess.text
    path = tmp_path / "m.toml"
    path.write_text(guess.text, encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_mapping(path)
    assert {problem.column for problem in caught.value.problems} == {"source.publisher", "constants.period"}
    edited = guess.text.replace('publisher = ""', 'publisher = "某市"').replace('period = ""', 'period = "2024"')
    path.write_text(edited, encoding="utf-8")
    refused = read_intake(file, registries=registries, mapping=read_mapping(path))
    assert [(finding.cell, finding.value) for finding in refused.findings if finding.severity == "错误"] == [("K2", "面积率")]
    path.write_text(edited + '"面积率" = "不要"\n', encoding="utf-8")
    intake = read_intake(file, registries=registries, mapping=read_mapping(path))
    assert not intake.refused
    expected = read_intake(saved(county_table(), tmp_path), registries=registries, mapping=mapping())
    columns = ("ref_area", "indicator", "post_type", "obs_value", "cell")
    assert intake.facts.select(columns).rows() == expected.facts.select(columns).rows()


def test_a_guess_marks_what_is_not_exact(registries: Registries, tmp_path: Path):
    book = sheet_of(["县名", "总人口(万人)", "核定编制", "GDP(亿元)"], ["代县", 17.1, 500, 98.7], ["神池县", 7.2, 300, 45.1])
    text = guess_mapping(saved(book, tmp_path), registries).text
    assert f'indicator = "population_total"{CHECK}：“总人口”按“总人口（口径未注明）”' in text
    assert 'unit = "万人"' in text
    assert f'indicator = "gdp"{CHECK}' in text


def test_a_guess_joins_merged_headers(registries: Registries, tmp_path: Path):
    book = sheet_of(
        ["县情表"], ["县名", "编制", None, "实有人数", None], [None, "行政", "事业", "行政", "事业"], ["代县", 1, 2, 3, 4], ["神池县", 5, 6, 7, 8],
        merged=("B2:C2", "D2:E2"),
    )  # fmt: skip
    text = guess_mapping(saved(book, tmp_path), registries).text
    assert "header = [2, 3]" in text
    assert '[columns."编制 / 行政"]\nindicator = "staff_authorised"\npost_type = "行政"' in text
    assert '[columns."实有人数 / 事业"]\nindicator = "staff_actual"\npost_type = "事业"' in text
