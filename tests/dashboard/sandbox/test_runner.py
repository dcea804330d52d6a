"""Queries in a process of their own: values, limits, places, cancelling, faults with their place, builds that change."""

from __future__ import annotations

import errno
import os
import re
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from dashboard.sandbox import source
from dashboard.sandbox.faults import wide_signs
from dashboard.sandbox.gate import Viewer
from dashboard.sandbox.runner import KILLED, Limits, QueryError, Sandbox
from dashboard.settings import ROOT
from tests.rebuilt import rebuilt

DEAF = (
    "select max(levenshtein(repeat('a', 100000), repeat('b', 100000)))", "select sleep_ms(600000)", "select pg_sleep(600)",
    "select length(lpad('', 200000000, 'a'))", "select length(rpad('', 200000000, 'a'))",
    "select length(strftime(timestamp '2020-01-01', repeat('%Y', 50000000)))", "select length(to_base64(repeat('a', 150000000)::blob))",
    "select md5(repeat('a', 400000000))", "select jaccard(repeat('a', 400000000), repeat('b', 400000000))",
)  # fmt: skip
SLOW = "select count(*) from range(1000000) a, range(1000000) b"
ONE, OTHER = Viewer("10.0.0.1"), Viewer("10.0.0.2")


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


VALUES = [
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
]


@pytest.fixture(scope="module")
def converted(sandbox: Sandbox) -> dict[str, Any]:
    """What becomes of each of them, all asked for at once."""
    [row] = sandbox.run("select " + ", ".join(sql for sql, _ in VALUES)).rows
    return dict(zip((sql for sql, _ in VALUES), row, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(("sql", "value"), VALUES)
def test_values_become_json_without_losing_a_digit(converted, sql, value):
    assert converted[sql] == value


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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select 1 from mart.fact where area_name=河曲县", "'河曲县'"),
        ("select 1 from mart.fact where area_name = “河曲县”", "「“ ”」"),
        ("select ‘a’", "'a'"),
        ("select count(*） from mart.fact", "「）」"),
        ("select fact_id， area_name， from mart.fact", "「，」"),
        ("select foo from mart.fact", "'foo'"),
    ],
)
def test_signs_and_quotes_of_an_input_method_are_named(sandbox, sql, said):
    assert said in fault_of(sandbox, sql).hint


def test_signs_in_texts_names_and_comments_are_none_of_them():
    assert wide_signs("select '（，）' as \"，\" -- ，\n, /* （ */ 1 as a") == []
    assert wide_signs("select '，', （1）") == ["（", "）"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "sql",
    [
        "select chr(-1)", "select unnest(1)", "select sum(sum(1))", "select regexp_matches('a', '(')", "select * exclude (zz) from mart.fact",
        "from fact, fact", "select (select 1, 2)", "from fact order by 99", "select * from mart.fact limit -1", "select json_extract('x', '$')",
    ],
)  # fmt: skip
def test_every_fault_has_a_sentence_in_chinese(sandbox, sql):
    assert re.search("[\u4e00-\u9fff]{4}", fault_of(sandbox, sql).hint)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sql", "first"),
    [
        ("describe fact", "fact_id"), ("describe mart.fact", "fact_id"), ("describe 编制与实有", "地区代码"), ("desc staffing", "ref_area"),
        ("show fact", "fact_id"), ("select count(*) > 0 from fact", True),
    ],
)  # fmt: skip
def test_tables_are_found_without_their_schema(sandbox, sql, first):
    assert sandbox.run(sql).rows[0][0] == first


def test_show_tables_lists_them(sandbox):
    assert {"fact", "编制与实有", "source"} <= {
        name for [name] in Sandbox(sandbox._sources.current().path, limits=Limits(seconds=60)).run("show tables").rows
    }


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
    # Little time where time is what is tried, else enough of it for a busy machine to reach the other bound.
    limits = Limits(seconds=0.5, kill=2.0, grace=2.0) if code == "time" else Limits(seconds=60)
    start = time.monotonic()
    assert fault_of(Sandbox(path, limits=limits), sql).code == code
    assert time.monotonic() - start < 50  # each would run for a minute and longer
    assert Sandbox(path, limits=Limits(seconds=60)).run("select 1").rows == [[1]]


@pytest.mark.slow
def test_no_process_is_left_behind(path):
    def children() -> set[str]:
        return {path.name for path in Path("/proc").iterdir() if path.name.isdigit() and _parent(path.name) == os.getpid()}

    before = children()
    small = Sandbox(path, limits=Limits(seconds=0.3, grace=0.3))
    fault_of(small, "select pg_sleep(60)")
    Sandbox(path, limits=Limits(seconds=60)).run("select 1")
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


@pytest.mark.slow
@pytest.mark.parametrize("sql", DEAF)
def test_what_does_not_listen_is_ended_by_the_kernel_and_the_words_say_so(path, sql):
    """The server's own patience is endless here: nobody but the process itself ends the query."""
    small = Sandbox(path, limits=Limits(seconds=0.2, kill=0.1, grace=10_000.0, memory=1500, address_space=4000))
    fault = fault_of(small, sql)
    assert (fault.code, fault.message) == ("time", KILLED.format(seconds=0.2))
    assert Sandbox(path, limits=Limits(seconds=60)).run("select 1").rows == [[1]]


def test_the_time_to_send_an_answer_does_not_count(path):
    """The alarm is off once the rows are there."""
    patient = Sandbox(path, limits=Limits(seconds=60))
    assert len(patient.run("select repeat('x', 700) from range(10000)").rows) == 10_000


# --- what the process sees of the server ---

LOOKS_ABOUT = (
    "from duckdb_databases()", "from pragma_database_list()", "from duckdb_settings()", "select current_setting('allowed_paths')",
    "select current_setting('allowed_directories')", "select current_setting('temp_directory'), current_setting('secret_directory')",
    "select current_setting('extension_directory'), current_setting('home_directory')", "from duckdb_extensions()", "from pragma_version()",
    "from glob('*')", "from 'warehouse.duckdb'", "from read_text('warehouse.duckdb')", "select * from read_csv('../x.csv')", "show all tables",
    "show databases", "from duckdb_external_file_cache()", "from pragma_storage_info('core.fact') limit 1", "explain from mart.fact",
    "select current_database(), current_schemas(true)", "from duckdb_temporary_files()", "from duckdb_logs()", "from duckdb_secrets()",
)  # fmt: skip


@pytest.fixture(scope="module", params=["public", "copied"])
def telling(request, warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose name and folder must not be told, read by its second name or as a public copy."""
    target = tmp_path_factory.mktemp("telling-folder") / "telling-name.duckdb"
    rebuilt(warehouse, target, internal="indicator = 'agencies'" if request.param == "copied" else "false")
    return target


@pytest.mark.slow
@pytest.mark.parametrize("sql", LOOKS_ABOUT)
def test_no_answer_tells_where_the_server_keeps_its_files(telling, sql):
    sandbox = Sandbox(telling, limits=Limits(seconds=60))
    try:
        told = str(sandbox.run(sql).rows)
    except QueryError as error:
        told = f"{error.fault.message} {error.fault.hint}"
    for words in ("telling", str(ROOT), sys.prefix, str(Path.home()), "public"):
        assert words not in told.replace("'public'", ""), words


def test_a_file_that_can_have_no_second_name_is_copied(path, monkeypatch):
    def refuse(*_paths):
        raise OSError(errno.EXDEV, "")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    sandbox = Sandbox(path, limits=Limits(seconds=60))
    assert sandbox.run("select build_id from meta.build").rows == [["b1"]]
    assert sandbox._sources.current().path.stat().st_ino != path.stat().st_ino
    monkeypatch.setattr(source, "MOST_COPIED", 0)
    assert Sandbox(path, limits=Limits(seconds=60))._sources.current().path == path


# --- places: test_gate.py; here what a sandbox makes of them ---


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
        small.cancel()
        other.join()
    assert small.run("select 1").rows == [[1]]


def test_a_viewer_cancels_their_own_query_and_nobody_elses(path):
    small = Sandbox(path, limits=Limits(seconds=20.0))
    codes: list[str] = []

    def run() -> None:
        with pytest.raises(QueryError) as caught:
            small.run(SLOW, viewer=ONE)
        codes.append(caught.value.fault.code)

    other = threading.Thread(target=run)
    other.start()
    _until(lambda: any(place.process for place in small._gate._running.values()))
    assert small.cancel(OTHER) is False
    assert small.cancel(ONE) is True
    other.join(5)
    assert codes == ["cancelled"]
    assert small.cancel(ONE) is False


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
