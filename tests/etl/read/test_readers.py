"""Every kind of broken input is read correctly or explained in Chinese with file, row and column; never a traceback."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.__main__ import app
from etl.read.inputs import check_file
from tests.conftest import FIXTURE
from tests.etl.read.broken_facts import AFTER, FIRST, HEADER, READ, REFUSED, ROW, SECOND, table

CODECS = ["utf-8", "gb18030", "utf-16", "utf-16-le"]


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / "来稿.csv"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("content", READ.values(), ids=READ.keys())
def test_read_correctly(draft, content: bytes):
    words, problems = check_file(draft(content), FIXTURE)
    assert problems == []
    assert words == "2 个事实"


@pytest.mark.parametrize(("content", "line", "column", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_row_column_and_fix(draft, content: bytes, line: int | None, column: str | None, words: str):
    _, problems = check_file(draft(content), FIXTURE)
    found = [problem for problem in problems if words in str(problem)]
    assert found, [str(problem) for problem in problems]
    problem = found[0]
    assert problem.file.endswith("来稿.csv")
    assert (problem.line, problem.column) == (line, column)
    assert problem.fix
    assert len(str(problem)) < 500


def test_there_are_at_least_forty_kinds():
    assert len(REFUSED) >= 40


def test_full_width_digits_are_the_number_itself(draft):
    from etl.read.inputs import check_facts
    from etl.read.sources import read_registries

    path = draft(READ["full-width digits"])
    facts = check_facts({"来稿.csv": path}, read_registries(FIXTURE), [])
    assert facts.filter(facts["phase"] == "after")["obs_value"].to_list() == [22.0]
    assert facts["time_period"].to_list() == ["2020", "2022-08"]


def test_all_errors_of_a_file_are_told_at_once(draft):
    content = table(
        ROW | {"ref_area": "140927", "obs_value": "三十六"}, AFTER | {"unit_measure": "家", "time_period": "2022-13"}
    ).encode()
    _, problems = check_file(draft(content), FIXTURE)
    assert {(problem.line, problem.column) for problem in problems} >= {
        (2, "ref_area"), (2, "obs_value"), (3, "unit_measure"), (3, "time_period"),
    }  # fmt: skip


def test_a_quote_never_closed_spoils_one_row_only(draft):
    content = f'{HEADER}\n"{FIRST}\n{SECOND}\n{SECOND.replace("2020", "2020-13")}\n'.encode()
    _, problems = check_file(draft(content), FIXTURE)
    assert {problem.line for problem in problems} == {2, 4}


def test_a_fact_that_the_sources_already_hold_is_a_duplicate(draft):
    original = (FIXTURE / "facts" / "ratio.csv").read_bytes()
    _, problems = check_file(draft(original), FIXTURE)
    assert len(problems) == 7
    assert "facts/ratio.csv 第 2 行" in str(problems[0])


@pytest.mark.parametrize(
    ("kind", "words"), [("missing", "不存在"), ("folder", "没有找到"), ("pipe", "普通文件"), ("closed", "权限")]
)
def test_what_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, words: str):
    path = tmp_path / "facts.csv"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "closed":  # no file is closed to root, who may be running this
        path.write_text(table(), encoding="utf-8")
        reading = Path.read_bytes
        monkeypatch.setattr(Path, "read_bytes", lambda self: refuse() if self == path else reading(self))
    _, problems = check_file(path, FIXTURE)
    assert any(words in str(problem) for problem in problems)


def refuse() -> bytes:
    raise PermissionError(13, "Permission denied")


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(
    content=st.binary(max_size=400) | st.text(max_size=200).map(str.encode), at=st.integers(0, 600), codec=st.sampled_from(CODECS)
)
def test_whatever_the_bytes_there_is_an_answer(tmp_path_factory, content: bytes, at: int, codec: str):
    """Random bytes, alone and spliced into a sound file: rows or problems that can be printed, never an exception."""
    sound = table().encode(codec)
    path = tmp_path_factory.getbasetemp() / "fuzzed.csv"
    for spoilt in (content, sound[:at] + content + sound[at:], sound[:at] + content + sound[at + len(content) :]):
        path.write_bytes(spoilt)
        _, problems = check_file(path, FIXTURE)
        assert all(problem.message and "\n" not in str(problem) for problem in problems)


@pytest.mark.parametrize("kind", ["a 10 MB line", "UTF-16 without mark", "NUL bytes", "neither UTF-8 nor GB18030", "empty file"])
def test_the_command_line_never_shows_a_traceback(draft, kind: str):
    content = READ.get(kind) or REFUSED[kind][0]
    result = CliRunner().invoke(app, ["check", str(draft(content)), "--sources", str(FIXTURE)])
    assert result.exit_code == (0 if kind in READ else 1)
    assert "Traceback" not in result.output
    assert "来稿.csv" in result.output
