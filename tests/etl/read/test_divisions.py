"""The register of divisions: what stands, what has gone, and what took its place."""

from pathlib import Path

import pytest

from etl.read.inputs import check_file

FAULTS = {
    # text replaced, by, line, column, words
    "a parent that does not stand": ("410225,兰考县,lan kao xian,county,县,410200", "410225,兰考县,lan kao xian,county,县,410299", 4, "parent", "现有"),
    "a successor that has gone": ("2021,410308,撤区设区", "2021,410322,撤区设区", 6, "successor", "现有"),
    "gone without saying how": ("2021,410308,撤区设区", "2021,410308,", 6, "change_zh", "都写"),
    "a change of what stands": (
        "县,410200,河南省,开封市,,,,",
        "县,410200,河南省,开封市,,,更名,",
        4,
        "change_zh",
        "都空",
    ),
    "twice the same": ("410322,孟津县,meng jin xian", "410306,吉利区,ji li qu", 8, "division", "重复"),
    "a year that is none": (",2002,,撤销", ",二〇〇二,,撤销", 10, "until", "二〇〇二"),
    "a code that is too short": ("410504,铁西区", "4105,铁西区", 10, "division", "4105"),
    "a source that nobody registered": ("撤销,zhangdian2019", "撤销,nobody", 10, "source_id", "没有登记过的来源"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "column", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_line_and_column(sources: Path, old: str, new: str, line: int, column: str, words: str) -> None:
    path = sources / "divisions.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    _, problems = check_file(path, sources)
    said = {(problem.line, problem.column): f"{problem.value} {problem.message} {problem.fix}" for problem in problems}
    assert words in said[line, column]


def test_a_place_is_called_as_in_the_register(sources: Path) -> None:
    path = sources / "areas.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("410423,鲁山县,county", "410423,鲁山,county"), encoding="utf-8")
    _, problems = check_file(path, sources)
    assert [problem.message for problem in problems] == ["与行政区划登记不一致，410423 是鲁山县"]


def test_a_folder_without_the_register_is_read(sources: Path) -> None:
    (sources / "divisions.csv").unlink()
    _, problems = check_file(sources / "areas.csv", sources)
    assert problems == []
