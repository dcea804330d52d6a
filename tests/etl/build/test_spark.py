"""Spark builds what DuckDB builds, from the same SQL files; whatever goes wrong with it is said in a few Chinese words.

Tests that run Spark need Java and .spark/ (`make spark`). One build serves all that compare.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from etl.build.build import Built, Plan, build
from etl.build.comments import COLUMNS_FILE
from etl.build.duckdb_engine import DuckDBEngine
from etl.build.engine import engine_of
from etl.build.spark_engine import ONE_MACHINE, PYTHON, SparkEngine, SparkError
from etl.build.steps import SQL, SqlError
from etl.intake.landing import keep
from etl.problems import EtlError
from etl.read.facts import COLUMNS
from etl.read.sources import read_registries
from tests.conftest import FIXTURE, SOURCES, correct
from tests.etl.filled import intake, row
from tests.etl.planting import fact

ROOT = Path(__file__).parents[3]
MISSING = [name for name, there in (("Java", shutil.which("java")), (".spark/", PYTHON.exists())) if not there]
on_spark = pytest.mark.skipif(bool(MISSING), reason=f"no {' and no '.join(MISSING)}: run `make spark`")

# Marts whose results depend on the engine: where nulls stand in an order, and a percentile that is nearly one.
ORDER = "select f.fact_id as fact_id, row_number() over (order by f.year, f.fact_id) as place from core.fact as f"
MEDIAN = "select f.indicator as indicator, {median} as place from core.fact as f group by f.indicator"
PLANTED = {"mart.planted_order", "mart.planted_median"}
WORDS = """
[tables."{table}"]
zh = "{table}"
comment = "只用于测试"
[columns_of."{table}".place]
zh = "名次"
comment = "只用于测试"
"""
ODD = "\"𠮷林，é ß “引” '单' \\ 🏛\n第二行\""


# --- the same tables ---


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture's sources and what it lacks: many facts of one place, equal claims of equal rank, open intervals, no time,
    characters beyond the first plane, and a workbook with its correction."""
    sources = Path(shutil.copytree(FIXTURE, tmp_path_factory.mktemp("awkward") / "sources"))
    with (sources / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("twin2013,同日同级的另一来源,河南农业,2013,,正文,B,,,,\n")
    people: dict[str, object] = {"indicator": "population_resident", "unit_measure": "人", "scope": "常住人口"}
    facts = [
        fact(**people, time_period=year, obs_value=800000 + year, source_id=source, note=ODD if year % 7 == 0 else "")
        for year in range(1960, 2010)
        for source in ("lushan2013", "twin2013")
    ]
    facts += [
        fact(**people, time_period=2011, obs_value=800000, as_stated="80万余", precision="at_least"),
        fact(**people, time_period=2012, obs_value=800000, as_stated="近80万", precision="at_most"),
        fact(
            indicator="population_total",
            time_period="_U",
            obs_value=810000,
            unit_measure="人",
            scope="人口未注明",
            timing="没有写时间",
        ),
    ]
    (sources / "facts" / "awkward.csv").write_text(",".join(COLUMNS) + "\n" + "".join(facts), encoding="utf-8")
    for value in ("770000", "770001"):
        keep(intake(row(value)), sources, read_registries(sources))
    return sources


@pytest.fixture(scope="module")
def built(awkward: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], Built]:
    """Build sources on an engine, with the planted marts."""
    folder = tmp_path_factory.mktemp("parity")
    columns = folder / "columns.toml"
    columns.write_text(
        COLUMNS_FILE.read_text(encoding="utf-8") + "".join(WORDS.format(table=table) for table in PLANTED), encoding="utf-8"
    )
    medians = {
        "duckdb": "percentile_cont(0.5) within group (order by f.obs_value)",
        "spark": "approx_percentile(f.obs_value, 0.5)",
    }
    done: dict[tuple[str, Path], Built] = {}

    def on(engine: str, sources: Path) -> Built:
        if (engine, sources) not in done:
            place = folder / f"{engine} 第{len(done)}次 it's"  # a path that wants quoting
            sql = Path(shutil.copytree(SQL, place / "sql"))
            (sql / "3_mart" / "planted_order.sql").write_text(ORDER, encoding="utf-8")
            (sql / "3_mart" / "planted_median.sql").write_text(MEDIAN.format(median=medians[engine]), encoding="utf-8")
            made_by = SparkEngine(master="local[2]") if engine == "spark" else DuckDBEngine()
            plan = Plan(target=place / "warehouse.duckdb", sources=sources, sql=sql, columns=columns, engine=made_by)
            done[engine, sources] = build(plan)
        return done[engine, sources]

    return on


def differing(one: Built, other: Built) -> set[str]:
    return {found.table for found in set(one.fingerprints) ^ set(other.fingerprints)}


@on_spark
@pytest.mark.slow
def test_both_engines_build_the_same_tables_except_those_that_depend_on_the_engine(built: Callable, awkward: Path):
    assert differing(built("duckdb", awkward), built("spark", awkward)) == PLANTED


@on_spark
@pytest.mark.slow
def test_both_engines_build_the_same_types(built: Callable, awkward: Path):
    def columns(engine: str) -> list[tuple]:
        with duckdb.connect(str(built(engine, awkward).target), read_only=True) as connection:
            query = "select schema_name, table_name, column_name, data_type from duckdb_columns() where schema_name <> 'zh'"
            return connection.execute(f"{query} and table_name not like 'planted%' order by all").fetchall()

    assert columns("spark") == columns("duckdb")


@on_spark
@pytest.mark.slow
def test_one_figure_that_differs_is_seen(built: Callable, awkward: Path, tmp_path: Path):
    sources = Path(shutil.copytree(awkward, tmp_path / "sources"))
    correct(sources)
    assert {"core.fact", "mart.fact"} <= differing(built("duckdb", sources), built("spark", awkward)) - PLANTED


@on_spark
@pytest.mark.slow
def test_nothing_of_spark_is_left(built: Callable, awkward: Path):
    target = built("spark", awkward).target
    assert {path.name for path in target.parent.iterdir()} == {"sql", ".landing", "fingerprints.csv", target.name}
    assert of_spark(target.parent) == []


@on_spark
@pytest.mark.slow
@pytest.mark.cluster
def test_executors_of_their_own_build_the_committed_fingerprints(tmp_path: Path):
    """With Spark's own settings: compiled code, several parts, plans that adapt."""
    theirs = dict.fromkeys(("spark.sql.codegen.wholeStage", "spark.sql.adaptive.enabled"), "true")
    options = theirs | {"spark.sql.codegen.factoryMode": "FALLBACK", "spark.sql.shuffle.partitions": "8"}
    assert set(options) < set(ONE_MACHINE)
    engine = SparkEngine(master="local-cluster[2,1,2048]", options=options)
    build(Plan(target=tmp_path / "warehouse.duckdb", sources=SOURCES, engine=engine))
    assert (tmp_path / "fingerprints.csv").read_text() == (ROOT / "fingerprints.csv").read_text()
    assert of_spark(tmp_path) == []
    assert not list(PYTHON.parents[1].rglob("pyspark/work"))


# --- what goes wrong, with Spark running ---


def of_spark(folder: Path) -> list[int]:
    """Processes whose command names this folder, as the JVM's does."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:  # gone meanwhile
            continue
        if str(folder) in command and "java" in command.partition("\0")[0]:
            found.append(int(process.name))
    return found


def until(condition: Callable[[], object], seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def target(warehouse: Path, tmp_path: Path) -> Path:
    """An old warehouse to be kept."""
    place = tmp_path / "out" / "warehouse.duckdb"
    place.parent.mkdir()
    shutil.copy(warehouse, place)
    return place


def left_beside(target: Path) -> set[str]:
    return {path.name for path in target.parent.iterdir()} - {target.name, ".landing"}


@on_spark
@pytest.mark.slow
def test_a_file_that_fails_is_named_with_its_reason_and_the_old_warehouse_stays(target: Path, tmp_path: Path):
    (tmp_path / "2_core").mkdir()
    (tmp_path / "2_core" / "odd.sql").write_text("select 1 / (f.line - f.line) as x from raw.fact as f", encoding="utf-8")
    old = target.read_bytes()
    with pytest.raises(SqlError, match=r"2_core/odd\.sql 在 Spark 上执行出错：[\s\S]*DIVIDE_BY_ZERO") as caught:
        build(Plan(target=target, sources=FIXTURE, sql=tmp_path, engine=SparkEngine(master="local[1]")))
    assert str(caught.value).count("\n") < 10
    assert "\tat " not in str(caught.value)
    assert target.read_bytes() == old
    assert left_beside(target) == set()
    assert of_spark(target.parent) == []


@on_spark
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_a_build_that_is_ended_takes_spark_with_it(number: signal.Signals, target: Path):
    old = target.read_bytes()
    command = [sys.executable, "-m", "etl", "build", "--engine", "spark=local[1]", "--target", target, "--sources", FIXTURE]
    process = subprocess.Popen(list(map(str, command)), cwd=ROOT, stderr=subprocess.PIPE, text=True)
    until(lambda: process.poll() is not None or list(target.parent.glob("*.spark/local/*")))
    process.send_signal(number)
    _, said = process.communicate(timeout=300)
    assert process.returncode == (130 if number == signal.SIGINT else -number), said
    until(lambda: of_spark(target.parent) == [])
    assert target.read_bytes() == old
    if number == signal.SIGINT:
        assert said == "已中断，旧的数据仓库保持不变\n"
    else:
        build(Plan(target=target, sources=FIXTURE))  # the next build removes what the dead one left
        (target.parent / "fingerprints.csv").unlink()
    assert left_beside(target) == set()


# --- what goes wrong before, with no Spark at all ---


def fake(folder: Path, body: str) -> Path:
    """A stand-in for the interpreter of .spark/."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if Java were installed."""
    (tmp_path / "bin").mkdir()
    shutil.copy(fake(tmp_path, ":"), tmp_path / "bin" / "java")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")


def refusal(target: Path, engine: SparkEngine) -> str:
    with pytest.raises(SparkError) as caught:
        build(Plan(target=target, sources=FIXTURE, engine=engine))
    assert left_beside(target) == set()
    return str(caught.value)


def test_without_the_environment_make_spark_is_named(target: Path):
    assert "先运行 make spark" in refusal(target, SparkEngine(python=Path("/nowhere/python")))


def test_without_java_it_is_named(target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert "没有 Java" in refusal(target, SparkEngine(python=fake(tmp_path, ":")))


@pytest.mark.usefixtures("java")
def test_a_master_that_does_not_answer_is_named(target: Path, tmp_path: Path):
    said = refusal(target, SparkEngine(python=fake(tmp_path, ":"), master="spark://127.0.0.1:1"))
    assert said.startswith("连不上 Spark 主节点 spark://127.0.0.1:1")


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            "echo 'java.lang.Error: too old' >&2; echo '  at x.y' >&2; exit 3",
            "Spark 中途停止（退出状态 3）：java.lang.Error: too old",
        ),
        (
            """read job; echo 'Exception: HADOOP_CONF_DIR must be set' >&2; echo '{"failed": "", "why": "gateway exited"}'""",
            "Spark 没能启动（主节点 yarn）：Exception: HADOOP_CONF_DIR must be set",
        ),
        ("""read job; echo '{"failed": "", "why": "gateway exited"}'""", "Spark 没能启动（主节点 yarn）：gateway exited"),
    ],
    ids=["ended", "did not start", "did not start and left no word"],
)
def test_spark_that_does_not_start_or_ends_is_told_in_one_line(target: Path, tmp_path: Path, body: str, says: str):
    assert refusal(target, SparkEngine(python=fake(tmp_path, body), master="yarn")) == says


@pytest.mark.usefixtures("java")
def test_the_job_says_all_that_the_driver_needs(target: Path, tmp_path: Path):
    engine = SparkEngine(
        python=fake(tmp_path, f"head -n 1 > {tmp_path}/job.json"), folder=tmp_path, options={"spark.sql.ansi.enabled": "x"}
    )
    refusal(target, engine)
    job = json.loads((tmp_path / "job.json").read_text(encoding="utf-8"))
    assert Path(job["folder"]).parent == tmp_path
    assert not Path(job["folder"]).exists()
    assert job["options"]["spark.sql.ansi.enabled"] == "x"  # what a user sets goes first
    assert job["options"]["spark.sql.session.timeZone"] == "UTC"
    assert {step["table"] for step in job["steps"]} >= {"staging.fact_preference", "core.fact", "mart.fact"}
    assert {"fact", "source"} <= set(job["landed"])


# --- how it is asked for ---


def test_settings_come_from_a_toml_file(tmp_path: Path):
    path = tmp_path / "spark.toml"
    path.write_text(
        'folder = "/shared"\n[spark.executor]\nmemory = "4g"\n[spark.sql]\nadaptive.enabled = true\nshuffle.partitions = 200\n'
    )
    engine = engine_of("spark=spark://a:7077,b:7077", path)
    assert engine == SparkEngine(
        master="spark://a:7077,b:7077",
        folder=Path("/shared"),
        options={"spark.executor.memory": "4g", "spark.sql.adaptive.enabled": "true", "spark.sql.shuffle.partitions": "200"},
    )
    assert engine_of("spark") == SparkEngine()
    assert isinstance(engine_of("duckdb"), DuckDBEngine)


def test_the_sample_of_the_documentation_is_one(tmp_path: Path):
    block = re.search(r"```toml\n(.*?)```", (ROOT / "docs" / "scale.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert block
    (tmp_path / "spark.toml").write_text(block[1], encoding="utf-8")
    engine = SparkEngine.of("yarn", tmp_path / "spark.toml")
    assert engine.options["spark.executor.memory"] == "4g"
    assert engine.options["spark.sql.codegen.wholeStage"] == "true"
    assert engine.folder == Path("/nfs/warehouse")


@pytest.mark.parametrize(
    ("wanted", "content", "says"),
    [
        ("sparkle", None, "没有建库引擎“sparkle”"),
        ("spark=nowhere", None, "看不懂 Spark 主节点“nowhere”"),
        ("duckdb", "", "只用于 Spark"),
        ("spark", "executor = 1", "executor 不是 Spark 的设置"),
        ("spark", "not toml", "读不了"),
        ("spark", "[spark]\nsql.ansi.enabled = false", "spark.sql.ansi.enabled 不能改"),
        ("spark", "[spark]\nsql.session.timeZone = 'Asia/Shanghai'", "spark.sql.session.timeZone 不能改"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, wanted: str, content: str | None, says: str):
    path = tmp_path / "spark.toml"
    path.write_text(content or "")
    with pytest.raises(EtlError, match=says):
        engine_of(wanted, None if content is None else path)
