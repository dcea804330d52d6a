"""meta.change: what a build says otherwise than the file it replaces; nothing internal, nothing of moved lines."""

import shutil
from pathlib import Path

import duckdb
import pytest

from etl.build.build import Built, Plan, build
from etl.build.changes import UNREADABLE
from tests.conftest import FIXTURE

TOWNSHIP = Path("facts") / "township.csv"
CHANGES = "select what, area_name, indicator_zh, details, old_value, new_value, old_stated, new_stated from meta.change"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "warehouse.duckdb"


def query(path: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_with(path: Path, part: str) -> str:
    [line] = [line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if part in line]
    return line


def test_the_first_build_has_nothing_to_compare_with(warehouse: Path):
    assert query(warehouse, "select compared_with from meta.build") == [(None,)]
    assert query(warehouse, "select count(*) from meta.change") == [(0,)]


@pytest.fixture
def standing(warehouse: Path, target: Path) -> None:
    """The build of the fixture, in the place of the target."""
    shutil.copytree(warehouse.parent, target.parent, dirs_exist_ok=True)


@pytest.mark.slow
@pytest.mark.usefixtures("standing")
def test_the_same_facts_again_change_nothing(sources: Path, target: Path):
    ((first,),) = query(target, "select build_id from meta.build")
    build(Plan(target=target, sources=sources))
    assert query(target, "select compared_with from meta.build") == [(first,)]
    assert query(target, "select count(*) from meta.change") == [(0,)]


def test_a_corrected_number_is_a_change_with_both_values(corrected_build: Built):
    assert query(corrected_build.target, CHANGES) == [
        ("修改", "张店乡", "实有人数", "事业、农业服务中心", 11.0, 12.0, "11人", "12人")
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("standing")
def test_a_fact_that_comes_or_goes_is_new_or_gone(sources: Path, target: Path):
    facts = sources / TOWNSHIP
    kept = facts.read_text(encoding="utf-8")
    line = line_with(facts, ",11,人,exact,11人")
    edit(facts, line, "")
    build(Plan(target=target, sources=sources))
    assert query(target, CHANGES) == [("删除", "张店乡", "实有人数", "事业、农业服务中心", 11.0, None, "11人", None)]
    facts.write_text(kept, encoding="utf-8")
    build(Plan(target=target, sources=sources))
    assert query(target, CHANGES) == [("新增", "张店乡", "实有人数", "事业、农业服务中心", None, 11.0, None, "11人")]


@pytest.mark.slow
@pytest.mark.usefixtures("standing")
def test_a_line_that_only_moved_has_not_changed(sources: Path, target: Path):
    line = line_with(sources / TOWNSHIP, ",11,人,exact,11人")
    edit(sources / TOWNSHIP, line, "")
    with (sources / TOWNSHIP).open("a", encoding="utf-8") as file:
        file.write(line)
    build(Plan(target=target, sources=sources))
    assert query(target, "select count(*) from meta.change") == [(0,)]


def figure(turn: str, people: int, disclosure: str) -> str:
    """A line of the fixture's township for a part of it named after what becomes of the fact."""
    return f"zhangdian,staff_actual,,,事业,,,{turn},,,,point,2019,{people},人,exact,{people}人,乡镇本级在职,zhangdian2019,正文,{disclosure},,,,,,\n"


# What becomes of an internal fact → its line before and after, blank where there is none.
TURNS = {turn: (figure(turn, *before) if before else "", figure(turn, *after)) for turn, before, after in (
    ("appears", (), (1, "internal")),
    ("changes", (1, "internal"), (2, "internal")),
    ("is withdrawn", (1, ""), (1, "internal")),
    ("is disclosed", (1, "internal"), (1, "")),
)}  # fmt: skip


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second of two builds, between which every turn was taken."""
    sources = Path(shutil.copytree(FIXTURE, tmp_path_factory.mktemp("turned") / "sources"))
    target = sources.with_name("warehouse.duckdb")
    others = (sources / TOWNSHIP).read_text(encoding="utf-8")
    for lines in zip(*TURNS.values(), strict=True):  # those before, those after
        (sources / TOWNSHIP).write_text(others + "".join(lines), encoding="utf-8")
        build(Plan(target=target, sources=sources))
    return target


@pytest.mark.slow
@pytest.mark.parametrize("turn", TURNS)
def test_internal_facts_are_never_announced(turned: Path, turn: str):
    [(now,)] = query(turned, f"select disclosure from mart.fact where org_unit = '{turn}'")
    assert now == ("public" if turn == "is disclosed" else "internal")
    assert query(turned, "select compared_with is not null from meta.build") == [(True,)]
    assert query(turned, CHANGES) == []


@pytest.mark.parametrize("content", [b"half a file", pytest.param(b"", marks=pytest.mark.slow)])
def test_a_file_that_cannot_be_read_is_replaced_and_said_so(sources: Path, target: Path, content: bytes):
    target.write_bytes(content)
    build(Plan(target=target, sources=sources))
    assert query(target, "select compared_with from meta.build") == [(UNREADABLE,)]
    assert query(target, "select count(*) from meta.change") == [(0,)]


@pytest.mark.slow
def test_a_database_of_another_program_is_no_earlier_build(sources: Path, target: Path):
    with duckdb.connect(str(target)) as connection:
        connection.execute("create table something as select 1 as one")
    build(Plan(target=target, sources=sources))
    assert query(target, "select compared_with from meta.build") == [(UNREADABLE,)]


@pytest.mark.slow
def test_what_changed_is_no_part_of_the_fingerprints(first_build: Built, corrected_build: Built, sources: Path, target: Path):
    shutil.copy(corrected_build.target, target)
    again = build(Plan(target=target, sources=sources))
    assert query(target, "select count(*) from meta.change") == [(1,)]
    assert again.fingerprints == first_build.fingerprints
    assert not [one.table for one in again.fingerprints if one.table.startswith("meta.")]
