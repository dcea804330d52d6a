"""What the build would refuse is refused at the import: told at its cell, and nothing of the file is kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from etl.__main__ import app
from etl.build import checks
from etl.intake.annotate import LIST
from etl.intake.filing import BY, FILED_ON, GUIDE
from etl.intake.headers import COLUMN_WORDS
from etl.intake.landing import kept_facts
from etl.intake.trial import MOST_ROWS, Trial
from etl.read.facts import COLUMNS
from etl.read.sources import read_registries
from etl.read.submissions import current
from tests.conftest import SOURCES
from tests.etl.filled import intake
from tests.etl.filled import row as filled

SHEET = "逐条"
Run = Callable[..., Result]
Row = dict[str, Any]
PROMISE = {path.stem: checks.promise_of(path.read_text(encoding="utf-8")) for path in checks.CHECKS.glob("*.sql")}
FIX = {path.stem: checks.fix_of(path.read_text(encoding="utf-8")) for path in checks.CHECKS.glob("*.sql")}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped sources, to be imported into."""
    return Path(shutil.copytree(SOURCES, tmp_path_factory.mktemp("shipped") / "sources", ignore=shutil.ignore_patterns("local")))


@pytest.fixture
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the annotated copies."""
    return tmp_path_factory.mktemp("exports")


def imported(sources: Path, copies: Path, *words: object) -> Result:
    """The command over these sources."""
    return CliRunner().invoke(
        app,
        ["import", *(str(word) for word in words), "--sources", str(sources), "--out", str(copies)],
        prog_name="python -m etl",
    )


@pytest.fixture
def run(shipped: Path, copies: Path) -> Iterator[Run]:
    """The command over that copy; what it kept is gone afterwards."""
    yield partial(imported, shipped, copies)
    shutil.rmtree(shipped / "local", ignore_errors=True)


def figure(indicator: str, value: float | str, unit: str, scope: str, **more: str) -> Row:
    """A line of the long sheet: 内乡县 2023 unless told otherwise."""
    common = {
        "ref_area": "411325",
        "indicator": indicator,
        "obs_value": value,
        "unit_measure": unit,
        "scope": scope,
        "time_period": "2023",
    }
    return common | more


def workbook(path: Path, *rows: Row, by: str = "内乡县委编办", filed: str = "2026-01-05") -> Path:
    """The rows on a long sheet, signed; the value of row n stands at its own column, line n + 1."""
    book = Workbook()
    guide, sheet = book.worksheets[0], book.create_sheet(SHEET)
    guide.title = GUIDE
    guide.append([BY, by])
    guide.append([FILED_ON, filed])
    columns = list(dict.fromkeys(column for row in rows for column in row))
    sheet.append([COLUMN_WORDS[column] for column in columns])
    for row in rows:
        sheet.append([row.get(column) for column in columns])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


GOOD = (
    figure("staff_authorised", 5000, "名", "全县编制"),
    figure("staff_actual", 4800, "人", "全县在编实有"),
)
# check → (lines that the reader has nothing against, cells that are told)
FAULTS: dict[str, tuple[tuple[Row, ...], set[str]]] = {
    "fill_rate_is_plausible": (
        (figure("staff_authorised", 500, "名", "全县编制"), figure("staff_actual", 4800, "人", "全县在编实有")), {"C2", "C3"},
    ),
    "population_scope_fits_indicator": ((*GOOD, figure("population_registered", 600000, "人", "常住人口")), {"C4"}),
    "fact_not_after_publication": ((figure("staff_authorised", 5000, "名", "全县编制", time_period="2026-01"),), {"C2"}),
    "before_is_not_later_than_after": (
        (
            figure("party_gov_bodies", 36, "个", "党政机构（实设）", phase="before", time_period="2023"),
            figure("party_gov_bodies", 22, "个", "党政机构（实设）", phase="after", time_period="2020"),
        ),
        {"C2", "C3"},
    ),
    "before_plus_change_is_after": (
        (
            figure("party_gov_bodies", 36, "个", "党政机构（实设）", phase="before", time_period="2020"),
            figure("party_gov_bodies", -10, "个", "党政机构（实设）", phase="change", time_period="2022"),
            figure("party_gov_bodies", 22, "个", "党政机构（实设）", phase="after", time_period="2022"),
        ),
        {"C2", "C3", "C4"},
    ),
    "no_double_entry": (
        (
            figure("staff_authorised", 5000, "名", "全县编制", time_period="2023"),
            figure("staff_authorised", 5000, "名", "全县编制", time_period="2023-06"),
        ),
        {"C2", "C3"},
    ),
    "scale_slip_over_time": (
        (
            figure("population_registered", 600000, "人", "户籍人口", time_period="2023"),
            figure("population_registered", 60000, "人", "户籍人口", time_period="2021"),
        ),
        {"C2", "C3"},
    ),
    "ratio_is_plausible": (
        (
            figure("population_resident", 4000, "人", "常住人口"),
            figure("fiscally_supported_staff", 9000, "人", "供养人员（编内在职）"),
        ),
        {"C2", "C3"},
    ),
}  # fmt: skip


# A county without figures of its own for each of them.
COUNTIES = ("411325", "411326", "411327", "411328", "411329", "411330", "411321", "411322")


@pytest.fixture(scope="module")
def told(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    """What one run over a workbook of each fault says, by check."""
    sent = tmp_path_factory.mktemp("sent")
    for (check, (rows, _)), county in zip(FAULTS.items(), COUNTIES, strict=True):
        filed = "2025-12-30" if check == "fact_not_after_publication" else "2026-01-05"
        workbook(sent / f"{check}.xlsx", *(row | {"ref_area": county} for row in rows), by=f"{county}县委编办", filed=filed)
    result = imported(shipped, sent / "exports", sent, "--json")
    assert result.exit_code == 1
    assert not list(shipped.glob("local/**/*.parquet"))
    return {Path(one["file"]).stem: one for one in json.loads(result.output)}


@pytest.mark.parametrize("check", FAULTS)
def test_a_workbook_that_the_build_would_refuse_is_told_at_its_cells(check: str, told: dict[str, Row]):
    assert told[check]["refused"]
    assert told[check]["base"] == []
    found = [one for one in told[check]["findings"] if PROMISE[check] in one["message"]]
    assert {one["cell"] for one in found} == FAULTS[check][1]
    for one in found:
        assert (one["severity"], one["sheet"], one["fix"]) == ("错误", SHEET, FIX[check])
        assert one["value"]


def test_nothing_is_kept_of_a_workbook_that_the_build_would_refuse(run: Run, shipped: Path, tmp_path: Path):
    (told,) = json.loads(run(workbook(tmp_path / "内乡县.xlsx", *SLIPPED), "--json").output)
    assert told["refused"]
    assert not list(shipped.glob("local/**/*.parquet"))


SLIPPED = FAULTS["fill_rate_is_plausible"][0]


def local_facts(shipped: Path, *rows: Row) -> None:
    """Facts of the office's own, typed by hand and never imported."""
    place = shipped / "local" / "facts"
    place.mkdir(parents=True, exist_ok=True)
    common = {"phase": "point", "precision": "exact", "source_id": "henannongyezonghebanniandiqi-2013", "locator": "第1页"}
    lines = [common | {"as_stated": row["obs_value"]} | row for row in rows]
    text = "\n".join(",".join(str(row.get(column, "")) for column in COLUMNS) for row in lines)
    (place / "own.csv").write_text(",".join(COLUMNS) + "\n" + text + "\n", encoding="utf-8")


def test_of_three_workbooks_two_come_in_and_each_finding_stands_in_its_own_copy(
    run: Run, shipped: Path, copies: Path, tmp_path: Path
):
    sent = tmp_path / "收到的"
    workbook(sent / "内乡县.xlsx", *GOOD)
    workbook(sent / "淅川县.xlsx", *(row | {"ref_area": "411326"} for row in SLIPPED), by="淅川县委编办")
    workbook(sent / "社旗县.xlsx", *(row | {"ref_area": "411327"} for row in GOOD), by="社旗县委编办")
    result = run(sent)
    assert result.exit_code == 1
    assert "共 3 份：入库 2 份，退回 1 份（淅川县.xlsx）" in result.output
    assert sorted(path.parent.name for path in shipped.glob("local/submissions/*/*")) == ["内乡县", "社旗县"]
    assert [path.name for path in copies.iterdir()] == ["淅川县-批注.xlsx"]
    copy = load_workbook(copies / "淅川县-批注.xlsx")
    assert [[cell.value for cell in row][1:3] for row in copy[LIST].iter_rows(min_row=2)] == [[SHEET, "C2"], [SHEET, "C3"]]


def test_figures_that_only_together_break_a_promise_are_told_in_both_files(run: Run, tmp_path: Path):
    workbook(tmp_path / "编办.xlsx", SLIPPED[0])
    workbook(tmp_path / "人社局.xlsx", SLIPPED[1], by="内乡县人社局")
    result = run(tmp_path, "--check", "--json")
    told = {Path(one["file"]).name: one["findings"] for one in json.loads(result.output)}
    assert {name: [one["cell"] for one in found] for name, found in told.items()} == {"编办.xlsx": ["C2"], "人社局.xlsx": ["C2"]}
    assert "（编办.xlsx 逐条 C2）" in told["人社局.xlsx"][0]["message"]


def test_a_figure_at_odds_with_one_that_is_kept_names_the_place_of_that(run: Run, shipped: Path, tmp_path: Path):
    local_facts(shipped, SLIPPED[0] | {"time_period": "2013"})
    result = run(workbook(tmp_path / "内乡县.xlsx", SLIPPED[1] | {"time_period": "2013"}))
    assert "错误 逐条 C2：入库后通不过检查“满编率" in result.output
    assert "local/facts/own.csv 第 2 行" in result.output
    assert "库里原有的数" not in result.output


def test_what_was_broken_before_is_told_apart_and_refuses_nothing(run: Run, shipped: Path, tmp_path: Path):
    local_facts(shipped, *(row | {"ref_area": "411326", "time_period": "2013"} for row in SLIPPED))
    file = workbook(tmp_path / "内乡县.xlsx", *GOOD)
    result = run(file)
    assert result.exit_code == 0
    assert "0 处错误，0 处警示" in result.output
    assert "已入库：“内乡县”第 1 版" in result.output
    assert (
        f"库里原有的数通不过检查，与这次的文件无关；先改好它们，否则数据仓库生成不了：\n  {PROMISE['fill_rate_is_plausible']}（1 处）"
        in result.output
    )
    (told,) = json.loads(run(file, "--check", "--json").output)
    assert (told["refused"], told["findings"], len(told["base"])) == (False, [], 1)
    bad = run(workbook(tmp_path / "社旗县.xlsx", *(row | {"ref_area": "411327"} for row in SLIPPED), by="社旗县委编办"))
    assert bad.exit_code == 1
    assert "错误 逐条 C2：入库后通不过检查“满编率" in bad.output
    assert "库里原有的数" in bad.output


def test_sources_that_cannot_be_built_at_all_are_named_and_nothing_is_kept(run: Run, shipped: Path, tmp_path: Path):
    local_facts(shipped, GOOD[0] | {"obs_value": "五千"})
    result = run(workbook(tmp_path / "内乡县.xlsx", *GOOD))
    assert result.exit_code == 1
    assert "local/facts/own.csv 第 2 行 “obs_value”列：不是数字" in result.output
    assert not list(shipped.glob("local/**/*.parquet"))


def test_a_row_that_names_no_fact_is_told_at_the_cells_of_its_figure(run: Run, tmp_path: Path):
    """A registered sum looks for one figure of the source and would find two."""
    again = figure(
        "saving_total", 9000, "万元", "测算（可节约）", ref_area="140123", phase="change", time_period="2019", source_id="pengpaixinwen",
        locator="第3段",
    )  # fmt: skip
    result = run(workbook(tmp_path / "娄烦县.xlsx", again), "--check", "--json")
    (found,) = json.loads(result.output)
    (told,) = [one for one in found["findings"] if PROMISE["identity_term_finds_one_fact"] in one["message"]]
    assert (told["cell"], told["value"], told["fix"]) == ("C2", "9000", FIX["identity_term_finds_one_fact"])


def test_a_corrected_version_is_tried_in_the_place_of_the_one_before(run: Run, shipped: Path, tmp_path: Path):
    file = workbook(tmp_path / "内乡县.xlsx", figure("staff_authorised", 500, "名", "全县编制"))
    assert run(file).exit_code == 0
    corrected = workbook(tmp_path / "改" / "内乡县.xlsx", *GOOD)
    assert run(corrected, "--check").exit_code == 0
    other = workbook(tmp_path / "另" / "人社.xlsx", GOOD[1], by="内乡县人社局")
    assert run(other, "--check").exit_code == 1


def test_a_package_is_made_of_nothing_that_the_build_would_refuse(run: Run, tmp_path: Path):
    assert run(workbook(tmp_path / "内乡县.xlsx", *SLIPPED), "--pack").exit_code == 1
    assert not list(tmp_path.glob("*.zip"))


def test_sources_that_may_not_be_written_to_are_enough_for_a_check(run: Run, shipped: Path, tmp_path: Path):
    before = {path: path.stat().st_mtime_ns for path in shipped.rglob("*")}
    shipped.chmod(0o555)
    try:
        result = run(workbook(tmp_path / "内乡县.xlsx", *SLIPPED), "--check")
    finally:
        shipped.chmod(0o755)
    assert "通不过检查" in result.output
    assert {path: path.stat().st_mtime_ns for path in shipped.rglob("*")} == before


def test_a_row_that_names_nothing_is_told_of_the_file_that_breaks_the_promise_alone(sources: Path):
    """The build is played: it fails where 甲 is kept, and tells nothing of what in it is wrong."""
    tried: list[list[str]] = []

    def build(folder: Path, work: Path) -> list[checks.CheckResult]:
        assert list(work.iterdir()) == []
        tried.append([one.name for one in current(folder)])
        before = [checks.CheckResult("old", "原先就不成立", "", [{"mart": "旧"}])]
        rows: list[dict[str, object]] = [{"mart": "空"}] * (MOST_ROWS + 1)
        return [*before, checks.CheckResult("new", "没有空行", "", rows)] if "甲" in tried[-1] else before

    trial = Trial(sources, read_registries(sources), kept_facts(sources), build)
    first = intake(filled("770000"), file="甲.xlsx")
    second = intake(filled("771000", source_id="kaifeng-2026"), file="乙.xlsx")
    verdict = trial.judge([first, second], ["甲", "乙"])
    ((told,), nothing) = verdict.findings
    assert nothing == []
    assert (told.severity, told.sheet, told.cell) == ("错误", "", None)
    assert told.message == "入库后通不过检查“没有空行”"
    assert told.fix
    assert verdict.base == ["原先就不成立（1 处）：mart=旧"]
    assert tried == [["乙", "甲"], [], ["甲"], ["乙"], ["乙"], []]
    assert current(sources) == []


def test_a_run_of_too_many_figures_is_said_to_be_untried(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("etl.intake.command.MOST_FIGURES", 1)
    file = workbook(tmp_path / "内乡县.xlsx", *SLIPPED)
    assert json.loads(run(file, "--check", "--json").output)[0]["untried"] is True
    result = run(file, "--check")
    assert result.exit_code == 0
    assert "有 2 个数，太多，没有试做数据仓库" in result.output
