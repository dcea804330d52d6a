"""A character that no office file can carry is refused in every text of every kind of input, with its place and name."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.problems import InputErrors, unfit_text
from etl.read.inputs import read_inputs
from etl.read.readers import read_table
from etl.read.sources import FILES, read_registries
from tests.conftest import SOURCES
from vocabulary.characters import UNFIT, named, unfit

CHARACTERS = ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\ufffe", "\uffff", "\U0001fffe"]
# codes.csv is the program's own: a folder of sources need not hold one, and the fixture does not.
TABLES = [name for name, _ in FILES.values() if name.endswith(".csv") and name != "codes.csv"] + ["facts/ratio.csv"]


def spoilt(path: Path, character: str) -> tuple[int, list[str]]:
    """Put the character into every text cell of the first row that has some; the line and the columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    columns = [index for index, cell in enumerate(rows[1]) if len(cell) > 1]
    for index in columns:
        rows[1][index] = rows[1][index][0] + character + rows[1][index][1:]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return 2, [rows[0][index] for index in columns]


@pytest.mark.parametrize("name", TABLES)
def test_every_text_column_of_every_table_is_looked_at(sources: Path, name: str):
    line, columns = spoilt(sources / name, "\x0b")
    with pytest.raises(InputErrors) as caught:
        read_inputs(sources)
    found = [(problem.line, problem.column) for problem in caught.value.problems if "U+000B" in problem.message]
    assert sorted(found) == sorted((line, column) for column in columns)
    assert len(caught.value.problems) == len(found)  # and nothing else is said to be wrong because of it
    assert all(problem.file.endswith(name) and problem.fix for problem in caught.value.problems)


@pytest.mark.parametrize("folder", ["local", "local/facts"])
def test_a_users_own_files_too(sources: Path, folder: str):
    kept = "facts/ratio.csv" if folder.endswith("facts") else "sources.csv"
    own = sources / folder / Path(kept).name
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_bytes((sources / kept).read_bytes())
    spoilt(own, "\x1b")
    with pytest.raises(InputErrors) as caught:
        read_inputs(sources)
    assert any("U+001B" in problem.message and folder in problem.file for problem in caught.value.problems)


@pytest.mark.parametrize("written", ["\x0b", "\\u000b", "\ufffe", "\\uFFFE", "\\u0085", "\x7f"])
def test_toml_with_the_character_or_its_escape(sources: Path, written: str):
    path = sources / "indicators.toml"
    lines = path.read_text(encoding="utf-8").split("\n")
    number = next(index for index, line in enumerate(lines) if line.startswith("definition_zh"))
    lines[number] = lines[number].replace('= "', f'= "{written}', 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_inputs(sources)
    [problem] = caught.value.problems
    assert (problem.line, problem.column) == (number + 1, "definition_zh")
    assert re.search(r"U\+(000B|FFFE|0085|007F)", problem.message)


@pytest.mark.parametrize("character", CHARACTERS)
def test_the_message_names_place_character_and_remedy(tmp_path: Path, character: str):
    path = tmp_path / "来稿.csv"
    path.write_text(f"a,b\n正文,前{character}后\n", encoding="utf-8")
    [problem] = read_table(path, ["a", "b"], name="来稿.csv").problems
    said = str(problem)
    assert said.startswith("来稿.csv 第 2 行 “b”列：第 2 个字符")
    assert named(character) in said
    assert "删去" in said
    assert not unfit(said)  # it is shown by its code, never as itself


def test_a_header_with_one_is_told_once(tmp_path: Path):
    path = tmp_path / "来稿.csv"
    path.write_text("a,b\x0b\n1,2\n", encoding="utf-8")
    table = read_table(path, ["a", "b"], name="来稿.csv")
    assert [problem.line for problem in table.problems] == [1]
    assert "U+000B" in table.problems[0].message


def test_half_a_character_is_refused_whatever_the_encoding(tmp_path: Path):
    path = tmp_path / "来稿.csv"
    for content in (
        "a\n\ud800\n".encode("utf-8", "surrogatepass"),
        b"\xff\xfe" + "a\n\ud800\n".encode("utf-16-le", "surrogatepass"),
    ):
        path.write_bytes(content)
        [problem] = read_table(path, ["a"], name="来稿.csv").problems
        assert problem.fix


def test_the_shipped_sources_have_none():
    assert read_registries(SOURCES).problems == []


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text())
def test_a_text_is_refused_just_when_xml_or_the_eye_cannot_have_it(text: str):
    refused = unfit_text(text, file="f", line=1, column="c") is not None
    assert refused == any(UNFIT.match(character) for character in text)
