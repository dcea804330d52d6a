"""What changed between two warehouses, in words that a reviewer can check against the sources."""

from pathlib import Path

import pytest

from etl.ask.diff import diff
from etl.build.build import Built, Plan, build
from etl.problems import EtlError
from tests.conftest import FIXTURE


def test_nothing_changed(warehouse: Path):
    assert diff(warehouse, warehouse).count == 0


def test_a_changed_figure_says_place_indicator_scope_old_new_and_source(warehouse: Path, corrected_build: Built):
    found = diff(warehouse, corrected_build.target)
    assert (found.added, found.removed) == ([], [])
    assert found.changed == [
        "修改：张店乡 实有人数（2019，事业，农业服务中心，口径：乡镇本级在职）数值由 11 改为 12，原文由 “11人” 改为 “12人”，"
        "下限由 11 改为 12，上限由 11 改为 12〔《深化乡镇机构改革提高服务效能》，正文〕"
    ]


@pytest.mark.slow
def test_an_added_and_a_removed_figure(warehouse: Path, sources: Path, tmp_path: Path):
    path = sources / "facts" / "ratio.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count("after,2022,40,") == 1
    path.write_text(text.replace("after,2022,40,", "after,2021,40,"), encoding="utf-8")
    build(Plan(target=tmp_path / "new.duckdb", sources=sources))
    found = diff(warehouse, tmp_path / "new.duckdb")
    assert found.changed == []
    assert found.added == [
        "新增：河曲县 财政供养比（改革后，2021，口径：全县财政供养·未注明）为 40:1〔《山西河曲的“小县大改革”》，正文〕"
    ]
    assert found.removed == [
        "删除：河曲县 财政供养比（改革后，2022，口径：全县财政供养·未注明）为 40:1〔《山西河曲的“小县大改革”》，正文〕"
    ]


@pytest.mark.slow
def test_a_row_that_only_moved_is_no_change(warehouse: Path, sources: Path, tmp_path: Path):
    path = sources / "facts" / "towns.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    build(Plan(target=tmp_path / "new.duckdb", sources=sources))
    assert diff(warehouse, tmp_path / "new.duckdb").count == 0


@pytest.mark.parametrize("other", [FIXTURE / "areas.csv", FIXTURE, Path("nowhere.duckdb")])
def test_what_is_no_warehouse_is_said(warehouse: Path, other: Path):
    with pytest.raises(EtlError, match=r"没有这个文件|不是能打开的数据仓库"):
        diff(warehouse, other)
