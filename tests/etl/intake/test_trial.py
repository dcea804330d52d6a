"""What the build would refuse is refused at the import: told at its cell, and nothing of the file is kept."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
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
from tests.conftest import SOURCES

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
def run(shipped: Path) -> Iterator[Run]:
    """The command over that copy; what it kept is gone afterwards."""
    yield lambda *words: CliRunner().invoke(
        app, ["import", *(str(word) for word in words), "--sources", str(shipped)], prog_name="python -m etl"
    )
    shutil.rmtree(shipped / "local", ignore_errors=True)


def figure(indicator: str, value: float | str, unit: str, scope: str, **more: str) -> Row:
    """A line of the long sheet: 内乡县 2023 unless told otherwise."""
    common = {"ref_area": "411325", "indicator": indicator, "obs_value": value, "unit_measure": unit, "scope": scope, "time_period": "2023"}
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


POSTS = {"unit": "名", "scope": "全县编制"}
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


@pytest.mark.parametrize("check", FAULTS)
def test_a_workbook_that_the_build_would_refuse_is_told_at_its_cells(check: str, run: Run, shipped: Path, tmp_path: Path):
    rows, cells = FAULTS[check]
    file = workbook(tmp_path / "内乡县.xlsx", *rows, filed="2025-12-30" if check == "fact_not_after_publication" else "2026-01-05")
    result = run(file, "--json")
    print(run(file).output)
    (told,) = json.loads(result.output)
    assert result.exit_code == 1
    assert told["refused"]
    assert told["base"] == []
    found = [one for one in told["findings"] if PROMISE[check] in one["message"]]
    assert {one["cell"] for one in found} == cells
    for one in found:
        assert (one["severity"], one["sheet"], one["fix"]) == ("错误", SHEET, FIX[check])
        assert one["value"]
    assert not list(shipped.glob("local/**/*.parquet"))
