"""Queries in a process of their own: values, limits, places, cancelling, faults with their place, builds that change."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from dashboard.sandbox.gate import BusyError, Gate
from dashboard.sandbox.runner import Limits, QueryError, Sandbox
from tests.rebuilt import rebuilt

SLOW = "select count(*) from range(1000000) a, range(1000000) b"


@pytest.fixture(scope="module")
def path(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("sandbox") / "warehouse.duckdb"
    rebuilt(warehouse, target)
    return target


@pytest.fixture(scope="module")
def sandbox(path: Path) -> Sandbox:
    return Sandbox(path, limits=Limits(rows=50, seconds=60))


def fault_of(sandbox: Sandbox, sql: str, **params):
    with pytest.raises(QueryError) as caught:
        sandbox.run(sql, params)
    return caught.value.fault


def test_rows_come_with_names_types_and_the_build(sandbox):
    found = sandbox.run("select 1 as a, 'x' as a, null as b")
    assert [(column.name, column.type) for column in found.columns] == [("a", "INTEGER"), ("a", "VARCHAR"), ("b", "NULL")]
    assert found.rows == [[1, "x", None]]
    assert (found.truncated, found.build_id) == (False, "b1")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("true", True),
        ("9007199254740991", 9007199254740991),
        ("9007199254740993", "9007199254740993"),
        ("170141183460469231731687303715884105727::hugeint", "170141183460469231731687303715884105727"),
        ("1.50::decimal(10, 2)", 1.5),
        ("3::decimal(10, 2)", 3),
        ("12345678901234567.89::decimal(30, 2)", "12345678901234567.89"),
        ("1 / 0", "Infinity"),
        ("'nan'::double", "NaN"),
        ("date '2024-02-29'", "2024-02-29"),
        ("timestamp '2024-02-29 08:00:00.5'", "2024-02-29 08:00:00.5"),
        ("timestamptz '2024-02-29 08:00:00+08'", "2024-02-29 08:00:00+08"),
        ("time '08:00'", "08:00:00"),
        ("[1, null, 3]", [1, None, 3]),
        ("{'a': 1, 'b': [date '2024-01-01']}", {"a": 1, "b": ["2024-01-01"]}),
        ("map([1], ['x'])", {"1": "x"}),
        ("'\\x00\\xff'::blob", "AP8="),
        ("interval 3 day", "3 days"),
        ("interval 14 month", "1 year 2 months"),
        ("date 'infinity'", "infinity"),
        ("timestamp_ns '2024-02-29 08:00:00.123456789'", "2024-02-29 08:00:00.123456789"),
        ("'00000000-0000-0000-0000-000000000001'::uuid", "00000000-0000-0000-0000-000000000001"),
        ("'中文 😀' || chr(10)", "中文 😀\n"),
    ],
)
def test_values_become_json_without_losing_a_digit(sandbox, sql, value):
    assert sandbox.run(f"select {sql} as v").rows == [[value]]


def test_parameters_are_bound_by_name_and_never_read_as_sql(sandbox):
    asked = {"place": "河曲县' or 1=1 --", "year": 2020}
    assert sandbox.run("select $place as p, $year + 1 as y", asked).rows == [["河曲县' or 1=1 --", 2021]]
    assert "$b 没有给值" in fault_of(sandbox, "select $a, $b", a=1).message
    assert "没有参数 $x" in fault_of(sandbox, "select 1", x=1).message


def test_more_rows_than_the_limit_are_cut_and_said_so(sandbox):
    assert sandbox.run("from range(50)").truncated is False
    found = sandbox.run("from range(100000000000)")
    assert (len(found.rows), found.truncated) == (50, True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sql", "line", "column", "hint"),
    [
        ("selec 1", 1, 1, "“selec”附近"),
        ("select\n  area_nam from mart.fact", 2, 3, "没有 area_nam 这一列"),
        ("select '中文', 错列\nfrom mart.fact", 1, 14, "没有 错列 这一列"),
        ("select 1\nfrom mart.fac", 2, 6, "没有 fac 这张表"),
        ("select nosuch(1)", 1, 8, "没有 nosuch 这个函数"),
        ("select 'abc", 1, 8, "引号没有成对"),
        ("select area_name, count(*) from mart.fact", 1, 8, "group by"),
        ("select cast('x' as date)", 1, 8, "try_cast"),
        ("select a.fact_id from mart.fact as f", 1, 8, "a 不在 from 里"),
        ("select sum(area_name) from mart.fact", 1, 8, "类型不对"),
        ("select * from read_csv('x.csv')", 1, 15, "不能读写文件"),
    ],
)
def test_a_fault_says_where_and_in_chinese_what_to_do(sandbox, sql, line, column, hint):
    fault = fault_of(sandbox, sql)
    assert (fault.code, fault.line, fault.column) == ("sql", line, column)
    assert hint in fault.hint
    assert fault.message


def test_candidates_are_named(sandbox):
    assert "area_name" in fault_of(sandbox, "select area_nam from mart.fact").hint


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sql", "code"),
    [
        (SLOW, "time"),
        ("select pg_sleep(60)", "time"),
        ("select repeat('x', 1000000000) || repeat('y', 1000000000)", "size"),
        ("select repeat('x', 1000000) from range(20)", "size"),
        ("select " + "x" * 100_000, "refused"),
    ],
)
def test_time_memory_and_bytes_are_bounded_and_the_next_query_works(path, sql, code):
    small = Sandbox(path, limits=Limits(seconds=0.5, grace=2.0))
    start = time.monotonic()
    assert fault_of(small, sql).code == code
    assert time.monotonic() - start < 5
    assert small.run("select 1").rows == [[1]]


@pytest.mark.slow
def test_no_process_is_left_behind(path):
    def children() -> set[str]:
        return {path.name for path in Path("/proc").iterdir() if path.name.isdigit() and _parent(path.name) == os.getpid()}

    before = children()
    small = Sandbox(path, limits=Limits(seconds=0.3, grace=0.3))
    fault_of(small, "select pg_sleep(60)")
    small.run("select 1")
    assert children() <= before


def _parent(process: str) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def test_temporary_state_dies_with_the_query(sandbox):
    assert sandbox.run("select count(*) from duckdb_views() where temporary and not internal").rows == [[0]]


def test_the_process_is_shut_off_before_the_query_starts(sandbox):
    asked = ("lock_configuration", "enable_external_access", "threads", "autoload_known_extensions", "python_enable_replacements")
    listed = ", ".join(f"'{name}'" for name in asked)
    found = dict(sandbox.run(f"select name, value from duckdb_settings() where name in ({listed})").rows)
    assert found == dict(zip(asked, ("true", "false", "1", "false", "false"), strict=True))


# --- places ---


def test_a_viewer_runs_one_query_at_a_time_and_all_together_a_few():
    gate = Gate(most=2)
    with gate.place("a"):
        with pytest.raises(BusyError, match="您的上一条"), gate.place("a"):
            pass
        with gate.place("b"), pytest.raises(BusyError, match="已有 2 条"), gate.place("c"):
            pass
        with gate.place("c"):
            pass
    with gate.place("a"):
        pass


def test_a_busy_server_says_so_at_once(path):
    small = Sandbox(path, limits=Limits(seconds=3.0, running=1))
    other = threading.Thread(target=lambda: fault_of(small, SLOW))
    other.start()
    try:
        _until(lambda: small._gate._running)
        start = time.monotonic()
        assert fault_of(small, "select 1").code == "busy"
        assert time.monotonic() - start < 0.5
    finally:
        small.cancel("")
        other.join()
    assert small.run("select 1").rows == [[1]]


def test_a_viewer_cancels_their_own_query_and_nobody_elses(path):
    small = Sandbox(path, limits=Limits(seconds=20.0))
    codes: list[str] = []

    def run() -> None:
        with pytest.raises(QueryError) as caught:
            small.run(SLOW, viewer="a")
        codes.append(caught.value.fault.code)

    other = threading.Thread(target=run)
    other.start()
    _until(lambda: any(place.process for place in small._gate._running.values()))
    assert small.cancel("b") is False
    assert small.cancel("a") is True
    other.join(5)
    assert codes == ["cancelled"]
    assert small.cancel("a") is False


def _until(holds) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


# --- builds ---


def test_a_new_build_is_read_from_the_next_query_on(warehouse, tmp_path):
    path = tmp_path / "warehouse.duckdb"
    rebuilt(warehouse, path)
    sandbox = Sandbox(path, limits=Limits(seconds=60))
    assert sandbox.run("select build_id from meta.build").rows == [["b1"]]
    rebuilt(warehouse, tmp_path / "new", build_id="b2")
    (tmp_path / "new").replace(path)
    found = sandbox.run("select build_id from meta.build")
    assert (found.rows, found.build_id) == ([["b2"]], "b2")


def test_a_missing_file_is_explained_and_read_once_it_is_there(warehouse, tmp_path):
    sandbox = Sandbox(tmp_path / "warehouse.duckdb", limits=Limits(seconds=60))
    fault = fault_of(sandbox, "select 1")
    assert fault.code == "unavailable"
    assert "make warehouse" in fault.message
    rebuilt(warehouse, tmp_path / "warehouse.duckdb")
    assert sandbox.run("select 1").rows == [[1]]
