"""The SQL files stay in the subset that DuckDB, Spark and PostgreSQL run unchanged, and say what they promise."""

from pathlib import Path

import pytest

from etl.build import checks
from etl.build.steps import SqlError, Step, steps
from tests.sql_lint import faults, tables

STEPS = steps()
CHECKS = sorted(checks.CHECKS.glob("*.sql"))
FILES = [*(step.path for step in STEPS), *CHECKS]
FLOOR = {"raw": 0} | {step.schema: int(step.path.parent.name[0]) for step in STEPS}

# What must not pass, each in a select that is otherwise fine.
NOT_PORTABLE = {
    "qualify": "select a.x as x from t as a qualify row_number() over (order by a.x) = 1",
    "group by all": "select a.x as x, sum(a.y) as y from t as a group by all",
    "order by all": "select a.x as x from t as a order by all",
    "arg_min": "select arg_min(a.x, a.y) as x from t as a",
    "max_by": "select max_by(a.x, a.y) as x from t as a",
    "quantile_cont": "select quantile_cont(a.x, 0.5) as x from t as a",
    "using": "select a.x as x from t as a join u as b using (x)",
    "natural join": "select a.x as x from t as a natural join u as b",
    "asof join": "select a.x as x from t as a asof join u as b on a.x >= b.x",
    "a comma join": "select a.x as x from t as a, u as b",
    "select *": "select * from t as a",
    "select t.*": "select a.* from t as a",
    "exclude": "select * exclude (x) from t as a",
    "grouping sets": "select a.x as x from t as a group by grouping sets ((a.x), ())",
    "rollup": "select a.x as x from t as a group by rollup (a.x)",
    "cube": "select a.x as x from t as a group by cube (a.x)",
    "a list": "select [1, 2] as x",
    "list()": "select list(a.x) as x from t as a",
    "array_agg": "select array_agg(a.x) as x from t as a",
    "a struct": "select {'x': 1} as x",
    "a map": "select map {'x': 1} as x",
    "an enum": "select cast(a.x as enum('p', 'q')) as x from t as a",
    "a subscript": "select a.x[1] as x from t as a",
    "unnest": "select unnest(a.x) as x from t as a",
    "a lambda": "select list_transform(a.x, lambda y: y + 1) as x from t as a",
    "interval arithmetic": "select a.day + interval 1 day as x from t as a",
    "date_trunc": "select date_trunc('month', a.day) as x from t as a",
    "extract": "select extract(year from a.day) as x from t as a",
    "now()": "select now() as x",
    "a regular expression": "select regexp_matches(a.x, 'p') as x from t as a",
    "~": "select a.x ~ 'p' as x from t as a",
    "similar to": "select a.x similar to 'p' as x from t as a",
    "ilike": "select a.x ilike 'p' as x from t as a",
    "strftime": "select strftime(a.day, '%Y') as x from t as a",
    "//": "select a.x // 2 as x from t as a",
    "an unguarded division": "select a.x / a.y as x from t as a",
    "integer division": "select a.x / 1000 as x from t as a",
    "filter": "select sum(a.x) filter (where a.y) as x from t as a",
    "pivot": "select a.x as x from t pivot (sum(y) for z in (1, 2)) as a",
    "power": "select a.x ** 2 as x from t as a",
    "round (PostgreSQL has none for doubles)": "select round(a.x, 2) as x from t as a",
    "ordered string_agg (not on Spark)": "select string_agg(a.x, ',' order by a.x) as x from t as a",
    "listagg (not on PostgreSQL)": "select listagg(a.x, ',') within group (order by a.x) as x from t as a",
    "string_agg without an order": "select string_agg(a.x, ',') as x from t as a",
    "string_agg over a running frame": "select string_agg(a.x, ',') over (partition by a.y order by a.x) as x from t as a",
    "row_number without an order": "select row_number() over (partition by a.y) as x from t as a",
    "distinct on": "select distinct on (a.x) a.x as x from t as a",
    "limit": "select a.x as x from t as a order by a.x limit 3",
    "sample": "select a.x as x from t as a using sample 10",
    "is distinct from": "select a.x is distinct from a.y as x from t as a",
    "::": "select a.x::varchar(9) as x from t as a",
    "try_cast": "select try_cast(a.x as integer) as x from t as a",
    "cast to double (not on PostgreSQL)": "select cast(a.x as double) as x from t as a",
    "cast to varchar without a length (not on Spark)": "select cast(a.x as varchar) as x from t as a",
    "max of a file": "select a.x as x from read_csv('x.csv') as a",
    "from first": "from t as a select a.x as x",
    "a column without an alias": "select a.x from t as a",
    "upper case": "SELECT a.x AS x FROM t AS a",
    "a quoted name": 'select a."x y" as x from t as a',
    "two statements": "select 1 as x; select 2 as x",
    "a table made": "create table t as select 1 as x",
    "a syntax error": "select a.x as x frm t as a",
}
PORTABLE = {
    "row_number": "select row_number() over (partition by a.y order by a.x desc, a.z) as x from t as a",
    "a guarded division": "select a.x * 100.0 / nullif(a.y, 0) as x, a.x / 1000e0 as y from t as a",
    "an exact percentile": "select percentile_cont(0.5) within group (order by a.x) as x from t as a",
    "a total order in a list": "select string_agg(a.x, ',') over (partition by a.y order by a.x"
    " rows between unbounded preceding and unbounded following) as x from t as a",
    "a union whose first arm names the columns": "select 1 as x union all select 2",
    "a cast with a length": "select cast(a.x as varchar(20)) as x, cast(a.y as bigint) as y from t as a",
    "count(*)": "select count(*) as n from t as a",
    "capitals in a string": "select a.x || 'A' as x from t as a where a.y in ('B', '_T')",
}


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_file_is_portable(path: Path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("sql", NOT_PORTABLE.values(), ids=NOT_PORTABLE)
def test_what_is_not_portable_is_refused(sql: str):
    assert faults(sql), "the lint lets this pass"


@pytest.mark.parametrize("sql", PORTABLE.values(), ids=PORTABLE)
def test_what_is_portable_passes(sql: str):
    assert faults(sql) == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.table)
def test_a_schema_reads_from_below_or_what_its_own_folder_made_before(step: Step):
    read = tables(step.path.read_text(encoding="utf-8"))
    known = {f"{FLOOR[one.schema]}.{one.table}": one for one in STEPS}
    for name in read:
        schema, _, table = name.partition(".")
        assert table, f"{name}: say in which schema it lies"
        assert FLOOR.get(schema, 99) <= FLOOR[step.schema], f"{step.table} reads {name} of a higher schema"
        if schema == step.schema:
            assert STEPS.index(known[f"{FLOOR[schema]}.{name}"]) < STEPS.index(step), (
                f"{name} is made after {step.table} reads it"
            )
        if schema != "raw":
            assert f"{FLOOR[schema]}.{name}" in known, f"{step.table} reads {name}, which no file makes"


def written(folder: Path, **files: str) -> Path:
    """SQL files: `core__b="select …"` is 2_core/b.sql."""
    floors = {"staging": 1, "core": 2, "mart": 3}
    for name, sql in files.items():
        schema, _, table = name.partition("__")
        place = folder / f"{floors[schema]}_{schema}"
        place.mkdir(exist_ok=True)
        (place / f"{table}.sql").write_text(f"-- Grain: one row per x. Promise: {sql.count('x')}\n{sql}", encoding="utf-8")
    return folder


def test_a_file_is_built_after_those_of_its_folder_that_it_reads(tmp_path: Path):
    chain = written(
        tmp_path,
        core__z="select r.x as x from raw.fact as r",
        core__a="select r.x as x from core.m as r",
        core__m="select r.x as x from core.z as r join core.zz as s on s.x = r.x",
        core__zz="select r.x as x -- core.a is read by nobody here\nfrom raw.fact as r",
        staging__s="select r.x as x from raw.core as r",
        mart__b="select r.x as x from core.a as r",
    )
    assert [step.table for step in steps(chain)] == ["staging.s", "core.z", "core.zz", "core.m", "core.a", "mart.b"]


def test_files_that_read_each_other_in_a_circle_are_refused_by_name(tmp_path: Path):
    circle = written(
        tmp_path,
        mart__a="select r.x as x from mart.b as r",
        mart__b="select r.x as x from mart.c as r",
        mart__c="select r.x as x from mart.a as r",
        mart__d="select r.x as x from raw.fact as r",
    )
    with pytest.raises(SqlError, match="互相引用") as caught:
        steps(circle)
    assert all(f"3_mart/{name}.sql" in str(caught.value) for name in "abc")
    assert "d.sql" not in str(caught.value)


def test_every_table_read_is_seen_wherever_it_stands():
    sql = "with a as (select b.x as x from core.fact as b) select a.x as x from a join mart.fact as c on c.x = a.x"
    assert tables(sql) == {"core.fact", "mart.fact"}
    assert tables("select a.x as x from t as a") == {"t"}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.table)
def test_the_first_comment_says_grain_and_promise(step: Step):
    lines = step.path.read_text(encoding="utf-8").splitlines()
    head = " ".join(line.removeprefix("--").strip() for line in lines[: _first_code_line(lines)])
    assert lines[0].startswith("-- Grain: one row per ")
    assert "Promise: " in head


@pytest.mark.parametrize("path", CHECKS, ids=named)
def test_a_check_begins_with_its_promise_in_chinese(path: Path):
    promise = checks.promise_of(path.read_text(encoding="utf-8"))
    assert any("\u4e00" <= char <= "\u9fff" for char in promise)
    assert not promise.endswith("。")


@pytest.mark.parametrize("path", CHECKS, ids=named)
def test_a_check_reads_tables_that_exist(path: Path):
    known = {step.table for step in STEPS}
    read = tables(path.read_text(encoding="utf-8"))
    assert {name for name in read if not name.startswith("raw.")} <= known


def test_there_are_enough_promises_and_no_two_are_the_same():
    promises = [checks.promise_of(path.read_text(encoding="utf-8")) for path in CHECKS]
    assert len(promises) >= 32
    assert len(set(promises)) == len(promises)


def _first_code_line(lines: list[str]) -> int:
    return next(index for index, line in enumerate(lines) if not line.startswith("--"))
