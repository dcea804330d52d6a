"""The build: same input, same content; whatever goes wrong, the old warehouse stays; what is published explains itself."""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import polars as pl
import pytest

from etl import __version__
from etl.build import draft, duckdb_engine
from etl.build.build import Built, Plan, build
from etl.build.checks import BrokenPromise
from etl.build.comments import MissingComment
from etl.build.steps import SQL, steps
from etl.problems import EtlError, InputErrors
from etl.read.facts import COLUMNS, UNSAID
from tests.conftest import FIXTURE, correct

ROOT = Path(__file__).parents[3]
BROKEN = "-- 没有一个地区叫静乐县\nselect name_zh as name_zh from core.ref_area where name_zh = '静乐县'\n"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "warehouse.duckdb"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def query(path: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def moved(before: Built, after: Built) -> set[str]:
    return {one.table for one in set(before.fingerprints) ^ set(after.fingerprints)}


# --- the same input gives the same content ---


@pytest.mark.slow
def test_two_builds_of_the_same_input_have_the_same_fingerprints(warehouse: Path, target: Path):
    build(Plan(target=target, sources=FIXTURE))
    one, two = ((path.parent / "fingerprints.csv").read_text(encoding="utf-8") for path in (warehouse, target))
    assert one == two
    assert one.startswith("table,rows,fingerprint\ncore.area_ancestor,")


@pytest.mark.slow
def test_the_order_of_rows_and_files_does_not_count(first_build: Built, sources: Path, target: Path):
    path = sources / "facts" / "extension.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    path.rename(sources / "facts" / "zz_extension.csv")
    assert moved(first_build, build(Plan(target=target, sources=sources))) == set()


@pytest.mark.slow
def test_a_moved_number_moves_the_fingerprints_of_its_tables_only(first_build: Built, corrected_build: Built):
    changed = moved(first_build, corrected_build)
    assert {"core.fact", "mart.fact"} <= changed
    assert not changed & {"core.source", "mart.delegation", "mart.timeline", "quality.check_result"}


@pytest.mark.slow
def test_unchanged_input_keeps_its_landed_files_and_loading_times(warehouse: Path, corrected_build: Built):
    landed, after = (
        {path.name: path.stat().st_mtime_ns for path in (target.parent / ".landing").iterdir()}
        for target in (warehouse, corrected_build.target)
    )
    assert after.items() >= landed.items()
    assert len(after) == len(landed) + 1
    loaded = query(warehouse, "select fact_id, loaded_at from core.fact order by fact_id")
    unchanged = query(
        corrected_build.target, "select fact_id, loaded_at from core.fact where file <> 'facts/township.csv' order by fact_id"
    )
    assert set(unchanged) <= set(loaded)


def test_landed_facts_carry_what_the_contract_says(warehouse: Path):
    facts = pl.concat([pl.read_parquet(path) for path in sorted((warehouse.parent / ".landing").glob("fact-*.parquet"))])
    near = facts.filter(pl.col("as_stated") == "近6000").row(0, named=True)
    more = facts.filter(pl.col("as_stated") == "13万余").row(0, named=True)
    assert (near["value_low"], near["value_high"], near["is_interval"]) == (None, 6000.0, True)
    assert (more["value_low"], more["value_high"]) == (130000.0, 140000.0)
    assert near["file"] == "facts/ratio.csv"
    assert near["line"] == 3
    assert near["sector"] == "_T"
    assert near["year"] == 2019
    zero = facts.filter(pl.col("as_stated") == "没有区域性机构").row(0, named=True)
    assert (zero["obs_value"], zero["is_interval"]) == (0.0, False)
    assert facts["fact_id"].is_unique().all()
    assert facts["fact_id"].str.contains(r"^F[0-9a-f]{10}$").all()


@pytest.mark.slow
def test_a_users_own_facts_are_appended(sources: Path, target: Path):
    own = sources / "local" / "facts"
    own.mkdir(parents=True)
    header = "source_id,title,publisher,published,url,locator_hint,grade,reprint,note"
    (sources / "local" / "sources.csv").write_text(f"{header}\nours,我县台账,我县,2024,,,S,,\n", encoding="utf-8")
    header = ",".join(column for column in COLUMNS if column not in UNSAID)  # as files looked before these columns came
    row = "140926,party_gov_bodies,,,,,,,,,,after,2024,22,个,exact,22个,党政机构,ours,台账,internal,"
    (own / "ours.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    build(Plan(target=target, sources=sources))
    found = query(target, "select area_name, obs_value, grade, disclosure from mart.fact where source_id = 'ours'")
    assert found == [("静乐县", 22.0, "S", "internal")]


# --- whatever goes wrong, the old warehouse stays ---


def assert_kept(target: Path, before: str) -> None:
    assert digest(target) == before
    beside = {path.name for path in target.parent.iterdir()}
    assert beside == {".landing", "fingerprints.csv", target.name}


@pytest.fixture
def old(target: Path, warehouse: Path) -> str:
    """The session's warehouse with all that lies beside it, in the place of the target; its digest."""
    shutil.copytree(warehouse.parent, target.parent, dirs_exist_ok=True)
    return digest(target)


def test_a_broken_promise_keeps_the_old_file(target: Path, old: str, tmp_path: Path):
    checks = tmp_path / "checks"
    checks.mkdir()
    (checks / "nobody_is_jingle.sql").write_text(BROKEN, encoding="utf-8")
    (checks / "holds.sql").write_text("-- 总是成立\nselect 1 as one from core.fact where false\n", encoding="utf-8")
    with pytest.raises(BrokenPromise, match="nobody_is_jingle：没有一个地区叫静乐县（违反 1 行）") as caught:
        build(Plan(target=target, sources=FIXTURE, checks=checks))
    assert "name_zh=静乐县" in str(caught.value)
    assert_kept(target, old)


def test_faulty_input_keeps_the_old_file(target: Path, old: str, sources: Path):
    edit(sources / "facts" / "ratio.csv", "shanxi-anon", "shanxi-annon")
    edit(sources / "areas.csv", "河曲县,county", "河曲县,kounty")
    with pytest.raises(InputErrors) as caught:
        build(Plan(target=target, sources=sources))
    assert {Path(problem.file).name for problem in caught.value.problems} >= {"ratio.csv", "areas.csv"}
    assert_kept(target, old)


def test_faulty_sql_names_its_file_and_keeps_the_old(target: Path, old: str, tmp_path: Path):
    sql = Path(shutil.copytree(SQL, tmp_path / "sql"))
    (sql / "3_mart" / "zz.sql").write_text("-- grain\nselect nothing as x from core.fact", encoding="utf-8")
    with pytest.raises(EtlError, match=r"3_mart/zz\.sql"):
        build(Plan(target=target, sources=FIXTURE, sql=sql))
    assert_kept(target, old)


@pytest.mark.slow
def test_an_undescribed_column_stops_the_build(target: Path, old: str, tmp_path: Path):
    sql = Path(shutil.copytree(SQL, tmp_path / "sql"))
    (sql / "3_mart" / "zz.sql").write_text("-- grain\nselect f.fact_id as mystery from core.fact as f", encoding="utf-8")
    with pytest.raises(MissingComment, match=r"列 mystery（mart\.zz）[\s\S]*表 mart\.zz"):
        build(Plan(target=target, sources=FIXTURE, sql=sql))
    assert_kept(target, old)


def test_a_check_without_a_promise_stops_the_build(target: Path, old: str, tmp_path: Path):
    checks = tmp_path / "checks"
    checks.mkdir()
    (checks / "silent.sql").write_text("select 1 as one from core.fact where false\n", encoding="utf-8")
    with pytest.raises(EtlError, match=r"silent\.sql"):
        build(Plan(target=target, sources=FIXTURE, checks=checks))
    assert_kept(target, old)


@pytest.mark.parametrize("place", ["a folder", "no folder"])
def test_a_target_that_cannot_be(tmp_path: Path, place: str):
    target = tmp_path if place == "a folder" else tmp_path / "nowhere" / "w.duckdb"
    with pytest.raises(EtlError, match="文件夹"):
        build(Plan(target=target, sources=FIXTURE))


# --- drafts and write-ahead logs are never mistaken for the warehouse ---


@pytest.mark.slow
def test_what_dead_builds_left_is_removed_and_live_drafts_stay(target: Path):
    dead = subprocess.Popen([sys.executable, "-c", ""])  # its number is free again
    dead.wait()
    for name in (f".draft-{dead.pid}", f".draft-{dead.pid}.wal", ".wal"):
        target.with_name(target.name + name).write_bytes(b"left behind")
    live = target.with_name(f"{target.name}.draft-{os.getppid()}")
    live.write_bytes(b"being made")
    foreign = target.with_name(f"other.duckdb.draft-{dead.pid}")
    foreign.write_bytes(b"not ours")
    build(Plan(target=target, sources=FIXTURE))
    assert {path.name for path in target.parent.iterdir()} == {
        ".landing", "fingerprints.csv", target.name, live.name, foreign.name,
    }  # fmt: skip
    assert query(target, "select count(*) from mart.fact")[0][0] > 0


@pytest.mark.slow
def test_readers_of_the_old_file_are_not_disturbed(old: str, sources: Path, target: Path):
    reader = duckdb.connect(":memory:")
    reader.execute(f"attach '{target}' as old (read_only)")
    correct(sources)
    build(Plan(target=target, sources=sources))
    assert digest(target) != old
    count = "select sum(obs_value) from {}.core.fact where org_unit = '农业服务中心'"
    assert reader.execute(count.format("old")).fetchone() == (11.0,)
    reader.close()
    assert query(target, "select sum(obs_value) from core.fact where org_unit = '农业服务中心'") == [(12.0,)]


# --- what is published explains itself ---


def test_every_table_and_column_has_a_comment(warehouse: Path):
    assert query(warehouse, "select schema_name, table_name from duckdb_tables() where comment is null") == []
    assert query(warehouse, "select table_name, column_name from duckdb_columns() where not internal and comment is null") == []
    assert query(warehouse, "select view_name from duckdb_views() where not internal and comment is null") == []


def test_only_the_schemas_of_the_contract_are_published(warehouse: Path):
    found = query(warehouse, "select distinct schema_name from duckdb_columns() where not internal order by 1")
    assert [row[0] for row in found] == ["core", "mart", "meta", "quality", "zh"]


def test_the_chinese_views_are_the_marts_again(warehouse: Path):
    marts = query(warehouse, "select count(*) from duckdb_columns() where schema_name = 'mart'")
    views = query(warehouse, "select count(*) from duckdb_columns() where schema_name = 'zh'")
    assert marts == views
    assert query(warehouse, 'select count(*) from zh."编制与实有"') == query(warehouse, "select count(*) from mart.staffing")


def test_tables_are_sorted_for_reading(warehouse: Path):
    stored = query(warehouse, "select indicator, sector, tier, post_type from mart.fact")
    assert stored == sorted(stored)


def test_facts_are_stored_in_the_order_of_the_input(warehouse: Path):
    stored = query(warehouse, "select file, line from core.fact")
    assert stored == sorted(stored)


def test_a_build_holds_a_bounded_memory(target: Path):
    with draft.Draft(target) as made:
        _, [(limit,)] = made.rows("select current_setting('memory_limit')")
    number, unit = str(limit).split()
    assert unit in {"MiB", "GiB"}
    assert float(number) * {"MiB": 2**20, "GiB": 2**30}[unit] <= 1.25e9


def test_what_does_not_fit_into_the_bound_is_built_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(draft, "MOST_MEMORY", 30)
    (tmp_path / "2_core").mkdir()
    file = tmp_path / "2_core" / "many.sql"
    file.write_text(
        "select hash(n) as number, repeat('text', 20) || hash(n) as words from range(600000) as t(n)", encoding="utf-8"
    )
    with draft.Draft(tmp_path / "draft.duckdb", lambda _table: ["number"]) as made:
        [step] = steps(tmp_path)
        duckdb_engine.run(made, step)
        assert made.rows("select count(*), min(number) < max(number) from core.many")[1] == [(600000, True)]


def test_every_check_passed_and_is_recorded(warehouse: Path):
    assert query(warehouse, "select count(*) from quality.check_result where status <> 'passed'") == [(0,)]
    assert query(warehouse, "select count(*) >= 30 from quality.check_result") == [(True,)]


def test_the_build_is_recorded(warehouse: Path):
    ((build_id, version, facts, sources),) = query(warehouse, "select build_id, version, facts, sources from meta.build")
    assert build_id
    assert version == __version__ == tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert (facts, sources) == (
        query(warehouse, "select count(*) from core.fact")[0][0],
        query(warehouse, "select count(*) from core.source")[0][0],
    )


def test_an_area_is_its_own_ancestor_and_knows_the_nation(warehouse: Path):
    found = query(warehouse, "select ancestor from core.area_ancestor where ref_area = 'zhangdian' order by distance")
    assert [row[0] for row in found] == ["zhangdian", "410423", "410000", "CN"]
