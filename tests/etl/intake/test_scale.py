"""A whole country of townships: in minutes, and in less memory than a small office computer has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MOST_MEMORY = 3 * 2**20  # KiB
FIGURES = 40_000 * 20
PROGRAM = """
import resource, sys
from pathlib import Path
import xlsxwriter
from etl.intake.intake import read_intake
from etl.intake.mapping import Mapping
from etl.read.sources import read_registries

registries = read_registries(Path("etl/sources"))
counties = [one for one in registries.records("division") if one.level == "county" and one.until is None]
indicators = [one for one in registries.records("indicator") if one.kind == "count" and one.unit_measure in {"人", "名", "个"}][:20]
file = Path(sys.argv[1])
with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
    sheet = book.add_worksheet("乡镇")
    sheet.write_row(0, 0, ["代码", "乡镇", "县", *(one.name_zh for one in indicators)])
    for row in range(40_000):
        county, number = counties[row % len(counties)], row // len(counties) + 1
        figures = (1000 + row % 977 + 13 * at for at in range(len(indicators)))
        sheet.write_row(row + 1, 0, [f"{county.division}{number:03}", f"{county.name_zh[:2]}{number}镇", county.name_zh, *figures])
mapping = Mapping.model_validate({
    "source": {"source_id": "townships-2024", "title": "乡镇", "publisher": "统计局", "grade": "S", "published": "2025"},
    "area": {"code": "代码", "name": "乡镇", "county": "县", "new_level": "township"},
    "constants": {"period": "2024", "scope": "原文口径"},
    "columns": {one.name_zh: {"indicator": one.indicator} for one in indicators},
})
intake = read_intake(file, registries=registries, mapping=mapping)
print(intake.facts.height, len(intake.areas), len(intake.findings), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
def test_forty_thousand_townships_with_twenty_figures_each(tmp_path: Path):
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "乡镇.xlsx")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    facts, areas, findings, memory = map(int, told.stdout.split())
    assert (facts, areas, findings) == (FIGURES, 40_000, 0)
    assert memory < MOST_MEMORY
