"""What is imported is kept as versions, counts in the build, and can be taken back."""

from pathlib import Path

import polars as pl
import pytest

from etl.intake.differences import Names, differences
from etl.intake.finding import Finding
from etl.intake.landing import contradictions, keep, kept_facts, name_of, of_others, take_back
from etl.problems import EtlError, InputErrors
from etl.read.inputs import read_inputs
from etl.read.sources import read_registries
from etl.read.submissions import current, versions
from tests.etl.filled import TOWN, intake, row


def imported(sources: Path) -> dict[str, pl.DataFrame]:
    """What was imported and counts in the build, by file."""
    facts: dict[str, pl.DataFrame] = {}

    def keep_in_mind(name: str, of_file: pl.DataFrame) -> Path:
        facts[name] = of_file
        return Path(name)

    read_inputs(sources, keep_in_mind)
    return {name: one for name, one in facts.items() if "submissions" in name}


def values(sources: Path) -> dict[str, float]:
    """Imported facts in the build's input, by place."""
    return {row["ref_area"]: row["obs_value"] for one in imported(sources).values() for row in one.to_dicts()}


def test_it_counts_in_the_build_with_its_source_and_its_places(sources: Path):
    town = row("41000", cell="C4", ref_area=TOWN["ref_area"], indicator="population_total", scope="全县财政供养·未注明")
    keep(intake(row("770000"), town, areas=[TOWN]), sources, read_registries(sources))
    inputs = read_inputs(sources)
    assert values(sources) == {"410225": 770000, "410225-gaoyao": 41000}
    assert inputs.registries.by_key("source")["lankao-2026"].publisher == "兰考县委编办"
    assert inputs.registries.by_key("area")["410225-gaoyao"].parent == "410225"
    (frame,) = imported(sources).values()
    assert frame.select("file", "line", "disclosure").rows()[0] == ("local/submissions/兰考县/v001.parquet", 3, "internal")


def test_a_corrected_file_is_the_next_version_and_says_what_changed(sources: Path):
    registries = read_registries(sources)
    earlier, later = (row("800000", cell=cell, indicator="population_total", scope="户籍人口") for cell in ("D3", "E3"))
    keep(intake(row("770000"), earlier), sources, registries)
    kept = keep(
        intake(row("780000", cell="C5"), later | {"time_period": "2014"}, file="兰考县-副本(2).xlsx"), sources, registries
    )
    assert (kept.submission.name, kept.submission.version, kept.again) == ("兰考县", 2, False)
    assert kept.changes == (
        "不同：兰考县 常住人口（2013，口径：常住人口）数值 770000 → 780000，原文 770000 → 780000，人口!C3 → 人口!C5",
        "删去：兰考县 总人口（2013，口径：户籍人口） 800000人（人口!D3）",
        "新增：兰考县 总人口（2014，口径：户籍人口） 800000人（人口!E3）",
    )
    assert [one.version for one in versions(sources)] == [1, 2]
    assert list(imported(sources)) == ["local/submissions/兰考县/v002.parquet"]


def test_the_same_file_again_is_no_new_version(sources: Path):
    registries = read_registries(sources)
    one = intake(row("770000"))
    assert not keep(one, sources, registries).again
    assert keep(one, sources, registries).again
    assert len(versions(sources)) == 1


def test_what_is_taken_back_counts_no_more_and_the_version_before_does(sources: Path):
    registries = read_registries(sources)
    keep(intake(row("770000")), sources, registries)
    keep(intake(row("780000")), sources, registries)
    gone, now = take_back("兰考县", sources)
    assert (gone.version, now and now.version) == (2, 1)
    assert values(sources) == {"410225": 770000}
    assert take_back("兰考县", sources)[1] is None
    assert (current(sources), values(sources)) == ([], {})
    assert keep(intake(row("790000")), sources, registries).submission.version == 3
    with pytest.raises(EtlError, match="兰考县"):
        take_back("兰考", sources)


def test_nothing_is_kept_of_a_file_with_an_error(sources: Path):
    with pytest.raises(EtlError, match="没有入库"):
        keep(intake(row("770000"), findings=[Finding(message="单位不对")]), sources, read_registries(sources))
    assert versions(sources) == []


def test_what_a_source_is_kept_with_already_is_told_once_and_never_twice_differently(sources: Path):
    registries = read_registries(sources)
    same = row(
        "123505",
        ref_area="140930",
        indicator="population_census",
        time_period="2020-11-01",
        scope="七普常住",
        source_id="census2020",
    )
    again = intake(same, sources=[])
    assert contradictions(again, kept_facts(sources)) == []
    keep(again, sources, registries)
    assert values(sources) == {}  # the shipped row stands for both
    other = intake(same | {"obs_value": "123550"}, sources=[])
    (found,) = contradictions(other, of_others(kept_facts(sources), "兰考县"))
    assert (found.severity, found.cell) == ("错误", "C3")
    assert "123505" in found.message
    keep(other, sources, registries)
    with pytest.raises(InputErrors, match="是同一个事实"):
        read_inputs(sources)


def test_two_entries_are_compared_cell_by_cell(sources: Path):
    names = Names.of(read_registries(sources))
    one, other = (intake(row("770000")).facts, intake(row("77000", cell="D9", source_id="second")).facts)
    (said,) = differences(one, other, names, only=("只在甲", "只在乙"))
    assert said == "不同：兰考县 常住人口（2013，口径：常住人口）数值 770000 → 77000，原文 770000 → 77000，人口!C3 → 人口!D9"
    assert differences(one, one, names) == []


def test_a_file_that_is_no_submission_is_named(sources: Path):
    place = sources / "local" / "submissions" / "兰考县"
    place.mkdir(parents=True)
    (place / "v001.parquet").write_bytes(b"PAR1 half a file")
    with pytest.raises(EtlError, match="已损坏"):
        read_registries(sources)


@pytest.mark.parametrize(
    ("file", "name"),
    [("兰考县.xlsx", "兰考县"), ("兰考县 - 副本.xlsx", "兰考县"), ("兰考县(3).xls", "兰考县"), ("兰考县-批注.xlsx", "兰考县"),
     ("a/b c.csv", "b-c"), ("？.csv", "未命名"), ("上蔡县2026年（修订版本）.ods", "上蔡县2026年（修订版本）")],
)  # fmt: skip
def test_a_submission_is_called_as_its_file(file: str, name: str):
    assert name_of(Path(file)) == name
