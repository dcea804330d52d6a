"""python -m etl import, and the copy in which every finding stands at its cell."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from etl.__main__ import app
from etl.intake.annotate import LIST, annotate
from etl.intake.intake import read_intake
from etl.read.sources import Registries
from tests.conftest import SOURCES
from tests.etl.intake.office import converted
from tests.etl.intake.test_sheets import write_csv, write_ods
from tests.etl.intake.workbooks import SHEET, county_table, mapping, saved

MAPPING = """
header = 2
source = "guojiatongjiju-2022"
[area]
code = "代码"
name = "县名"
[constants]
period = "2020-11-01"
[columns."常住人口（人）"]
indicator = "population_census"
scope = "七普常住人口"
[left_out]
"""
Run = Callable[..., Result]
REST = ("户籍人口（万人）", "编制", "行政编制", "事业编制", "财政供养率（%）", "一般公共预算收入（万元）", "备注")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped sources, to be imported into."""
    return Path(shutil.copytree(SOURCES, tmp_path_factory.mktemp("shipped") / "sources"))


@pytest.fixture
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the annotated copies, which is not there yet."""
    return tmp_path_factory.mktemp("exports") / "批注"


@pytest.fixture
def run(shipped: Path, copies: Path) -> Iterator[Callable[..., Result]]:
    """The command over that copy; what it kept is gone afterwards."""
    yield lambda *words: CliRunner().invoke(
        app,
        ["import", *(str(word) for word in words), "--sources", str(shipped), "--out", str(copies)],
        prog_name="python -m etl",
    )
    shutil.rmtree(shipped / "local", ignore_errors=True)


def mapped(folder: Path) -> Path:
    path = folder / "m.toml"
    path.write_text(MAPPING + "".join(f'"{name}" = "略"\n' for name in REST), encoding="utf-8")
    return path


def faulty(folder: Path) -> Path:
    book = county_table()
    book[SHEET]["C5"] = 17.12
    book[SHEET]["C6"] = "１２３４５６"
    return saved(book, folder)


def test_a_sound_table_says_what_it_brings(run: Run, copies: Path, tmp_path: Path):
    result = run(saved(county_table(), tmp_path), "--mapping", mapped(tmp_path))
    assert result.exit_code == 0
    assert "0 处错误，0 处警示" in result.output
    assert "已入库：“县情”第 1 版，10 个数，10 个地区" in result.output
    assert not copies.exists()


def test_a_faulty_one_is_refused_with_every_cell_and_an_annotated_copy(run: Run, shipped: Path, copies: Path, tmp_path: Path):
    file, rules = faulty(tmp_path), mapped(tmp_path)
    before = sorted(tmp_path.iterdir())
    result = run(file, "--mapping", rules)
    assert sorted(tmp_path.iterdir()) == before
    assert f"批注写在：{copies / '县情-批注.xlsx'}" in result.output
    assert result.exit_code == 1
    assert "错误 县情 C5：“人”不会有小数" in result.output
    assert "警示 县情 C6：全角数字" in result.output
    assert "没有入库" in result.output
    assert not list(shipped.glob("local/**/*.parquet"))
    copy = load_workbook(copies / "县情-批注.xlsx")
    assert copy.sheetnames == [LIST, SHEET]
    assert copy[SHEET]["C5"].fill.fgColor.rgb == "00F8CBAD"
    assert copy[SHEET]["C6"].fill.fgColor.rgb == "00FFE699"
    comment = copy[SHEET]["C5"].comment
    assert comment is not None
    assert comment.text.startswith("错误：“人”不会有小数")
    assert [[cell.value for cell in row][:4] for row in copy[LIST].iter_rows(min_row=2)] == [
        ["错误", SHEET, "C5", "17.12"],
        ["警示", SHEET, "C6", "１２３４５６"],
    ]


def test_a_folder_is_read_file_by_file_without_copies_and_locks(run: Run, tmp_path: Path):
    faulty(tmp_path)
    saved(county_table(), tmp_path, "邻县.xlsx")
    saved(county_table(), tmp_path, "~$邻县.xlsx")
    (tmp_path / ".venv").mkdir()
    saved(county_table(), tmp_path / ".venv", "不是报送.xlsx")
    rules = mapped(tmp_path)
    for _ in range(2):  # the second run meets the copy of the first
        result = run(tmp_path, "--mapping", rules)
        assert result.output.count("处错误") == 2
    assert result.exit_code == 1


def test_good_files_of_a_folder_come_in_and_bad_ones_go_back(run: Run, tmp_path: Path):
    faulty(tmp_path)
    book = county_table()
    for row in range(3, 13):
        book[SHEET][f"C{row}"] = book[SHEET][f"C{row}"].value + row
    saved(book, tmp_path, "邻县.xlsx")
    result = run(tmp_path, "--mapping", mapped(tmp_path))
    assert result.exit_code == 1
    assert "已入库：“邻县”第 1 版" in result.output
    assert "共 2 份：入库 1 份，退回 1 份（县情.xlsx）" in result.output


def test_a_corrected_file_a_comparison_and_a_withdrawal(run: Run, tmp_path: Path):
    rules = mapped(tmp_path)
    first = saved(county_table(), tmp_path)
    book = county_table()
    book[SHEET]["C5"] = 171205
    second = saved(book, tmp_path, "县情-修订.xlsx")
    assert run(first, "--mapping", rules).exit_code == 0
    told = "代县 普查常住人口（2020-11-01，口径：七普常住人口）数值 171204 → 171205"
    compared = run(first, second, "--mapping", rules, "--compare")
    assert told in compared.output
    assert "共 1 处不同" in compared.output
    again = run(second, "--mapping", rules)
    assert "已入库：“县情”第 2 版" in again.output
    assert told in again.output
    assert "没有新的一版" in run(second, "--mapping", rules).output
    assert "已撤回：“县情”第 2 版，10 个数；第 1 版重新算数" in run("县情", "--undo").output
    assert run("县情", "--undo").exit_code == 0
    assert "没有名为“县情”的报送" in run("县情", "--undo").output


def test_checking_keeps_nothing(run: Run, shipped: Path, tmp_path: Path):
    assert run(saved(county_table(), tmp_path), "--mapping", mapped(tmp_path), "--check").exit_code == 0
    assert not list(shipped.glob("local/**/*.parquet"))


def test_findings_as_json(run: Run, tmp_path: Path):
    result = run(faulty(tmp_path), "--mapping", mapped(tmp_path), "--json")
    (told,) = json.loads(result.output)
    assert told["refused"] is True
    assert told["findings"][0] == {
        "severity": "错误",
        "sheet": SHEET,
        "cell": "C5",
        "value": "17.12",
        "message": "“人”不会有小数，像是以万计",
        "fix": "是 171200 的，写全；或在表头注明万",
    }


def test_a_figure_is_held_against_the_one_that_is_kept(run: Run, tmp_path: Path):
    """Of 左云县 the shipped facts have the census figure."""
    book = county_table()
    book[SHEET]["A5"], book[SHEET]["B5"], book[SHEET]["C5"] = "140226", "左云县", 1179430
    result = run(saved(book, tmp_path), "--mapping", mapped(tmp_path))
    assert "错误 县情 C5：与已登记的 117,943（2020-11-01）相差约 10 倍" in result.output


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["missing.xlsx"], 1, "文件读不出来"),
        ([], 2, "缺少 文件"),
        (["x.xlsx", "--mapping", "missing.toml"], 1, "映射文件读不出来"),
    ],
)
def test_faulty_use(run: Run, words: list[str], status: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == status
    assert told in result.output


def test_files_of_one_name_have_copies_of_their_own(run: Run, copies: Path, tmp_path: Path):
    for county in ("兰考县", "民权县"):
        (tmp_path / county).mkdir()
        (tmp_path / county / "报送.xlsx").write_bytes(b"no workbook")
    result = run(tmp_path, "--check", "--json")
    assert sorted(path.name for path in copies.iterdir()) == ["报送-批注.xlsx", "民权县-报送-批注.xlsx"]
    assert [one["annotated"] for one in json.loads(result.output)] == [
        str(copies / "报送-批注.xlsx"),
        str(copies / "民权县-报送-批注.xlsx"),
    ]


def test_without_a_folder_copies_go_to_the_exports(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    CliRunner().invoke(app, ["import", "x.xlsx", "--check", "--sources", str(shipped)])
    assert (tmp_path / "exports" / "批注" / "x-批注.xlsx").is_file()
    assert not (tmp_path / "x-批注.xlsx").exists()


def test_of_a_file_with_a_marking_no_copy_is_made(run: Run, copies: Path, tmp_path: Path):
    book = county_table()
    book[SHEET]["J1"] = "秘密★10年"
    result = run(saved(book, tmp_path), "--mapping", mapped(tmp_path))
    assert result.exit_code == 1
    assert "J1：有密级标志" in result.output
    assert not copies.exists()


@pytest.mark.parametrize("name", ["x.xlsx", "x.xls", "x.ods"])
@pytest.mark.parametrize("content", [b"no workbook", b"PK\x03\x04 half", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_a_file_that_is_no_workbook_is_told_so(run: Run, copies: Path, tmp_path: Path, name: str, content: bytes):
    (tmp_path / name).write_bytes(content)
    result = run(tmp_path / name, "--check")
    assert result.exit_code == 1
    assert "打不开" in result.output
    assert (copies / "x-批注.xlsx").is_file()


def test_an_empty_folder(run: Run, tmp_path: Path):
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "没有可读的表格" in result.output


def test_a_guess_is_written_beside_the_file_once(run: Run, tmp_path: Path):
    file = saved(county_table(), tmp_path)
    first, second = run(file, "--guess"), run(file, "--guess")
    assert first.exit_code == 0
    assert "认出 7 列" in first.output
    assert (tmp_path / "县情.toml").is_file()
    assert second.exit_code == 1
    assert "已经有一份映射" in second.output


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_the_annotated_copy_opens_in_an_office(kind: str, registries: Registries, tmp_path: Path):
    file = tmp_path / f"县情.{kind}"
    if kind == "xlsx":
        faulty(tmp_path)
    elif kind == "ods":
        write_ods(file)
    else:
        write_csv(file, "gb18030", ",")
    intake = read_intake(file, registries=registries, mapping=mapping(source="nowhere-2024"))
    copy = annotate(intake, tmp_path)
    assert load_workbook(copy)[LIST].max_row == len(intake.findings) + 1
    assert converted(copy, "pdf", tmp_path).stat().st_size > 5_000
