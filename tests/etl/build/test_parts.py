"""A build in parts gives what a whole one gives, takes over nothing that it has not checked, and the register of parts is true."""

import csv
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from etl.build import landing
from etl.build.build import Built, Plan, build
from etl.build.draft import Draft
from etl.build.duckdb_engine import run
from etl.build.earlier import read_earlier
from etl.build.parts import Parts, Work, runs
from etl.build.steps import SQL, Step, steps
from etl.intake.landing import keep
from etl.read.sources import read_registries
from tests.conftest import SOURCES, correct
from tests.etl.filled import intake, row
from tests.sql_lint import tables

PARTS = Parts.read(SQL)
EDITS = 4
# What the sources themselves say, and facts decide nothing of.
FROM_FACTS = {"raw.fact", "raw.area", "raw.area_ancestor", "raw.submission"}


@pytest.fixture
def no_checks(tmp_path: Path) -> Path:
    """Whoever edits at random breaks promises; what is compared here are tables."""
    folder = tmp_path / "checks"
    folder.mkdir()
    return folder


def prints(built: Built) -> dict[str, str]:
    return {one.table: f"{one.rows} {one.fingerprint}" for one in built.fingerprints}


def contents(built: Built, table: str) -> list[tuple[object, ...]]:
    """All rows in their order; when they were loaded aside, which differs between two folders."""
    with duckdb.connect(str(built.target), read_only=True) as connection:
        columns = "* exclude (loaded_at)" if table in {"core.fact", "mart.fact"} else "*"
        return connection.execute(f"select {columns} from {table}").fetchall()


class Edited:
    """A copy of the fixture that is edited at random, and stays readable."""

    def __init__(self, sources: Path, chance: random.Random) -> None:
        self.sources = sources
        self.chance = chance
        self.files = {path: list(csv.DictReader(path.open(encoding="utf-8"))) for path in sorted(sources.glob("facts/*.csv"))}
        self.columns = {path: list(rows[0]) for path, rows in self.files.items()}
        self.version = 0
        self.year = 1999  # of a figure that is added: each has its own, so that no two are the same fact
        divisions = csv.DictReader((sources / "divisions.csv").open(encoding="utf-8"))
        self.places = sorted(division["division"] for division in divisions if division["level"] == "county")

    def edit(self) -> str:
        path = self.chance.choice(sorted(self.files))
        done = self.chance.choice([self.add, self.change, self.remove, self.move, self.submit])(path)
        for name, rows in self.files.items():
            with name.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, self.columns[name], lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        return done

    def add(self, path: Path) -> str:
        """A figure of another time, or of a place that had none."""
        fact = dict(self.chance.choice(self.files[path]))
        self.year -= 1
        fact["time_period"] = str(self.year)
        if self.chance.random() < 0.5:
            fact["ref_area"] = self.chance.choice(self.places)
        self.files[path].insert(self.chance.randrange(len(self.files[path])), fact)
        return f"add to {path.name}: {fact['indicator']} of {fact['ref_area']} in {fact['time_period']}"

    def change(self, path: Path) -> str:
        fact = self.chance.choice(self.files[path])
        fact["disclosure"] = "internal" if fact["disclosure"] != "internal" else "public"
        if self.chance.random() < 0.7:
            fact["obs_value"] = str(self.chance.randrange(3, 90))
            fact["as_stated"], fact["precision"] = fact["obs_value"] + fact["unit_measure"], "exact"
        return f"change in {path.name}: {fact['indicator']} of {fact['ref_area']}"

    def remove(self, path: Path) -> str:
        if len(self.files[path]) < 3:
            return "nothing"
        fact = self.files[path].pop(self.chance.randrange(len(self.files[path])))
        return f"remove from {path.name}: {fact['indicator']} of {fact['ref_area']}"

    def move(self, path: Path) -> str:
        other = self.chance.choice([one for one in self.files if set(self.columns[one]) >= set(self.columns[path])])
        if len(self.files[path]) < 3:
            return "nothing"
        self.files[other].append(self.files[path].pop())
        return f"move from {path.name} to {other.name}"

    def submit(self, _path: Path) -> str:
        """A further version of what an office reported; now and then it says what a file says already."""
        self.version += 1
        town = {"indicator": "population_total", "scope": "户籍人口", "cell": "D3"}
        rows = [row(str(770000 + self.version)), row(str(800000 + self.version % 2), **town)]
        keep(intake(*rows[: self.chance.randrange(1, 3)]), self.sources, read_registries(self.sources))
        return f"version {self.version}"


@pytest.mark.slow
def test_after_any_edits_a_build_in_parts_gives_what_a_whole_one_gives(sources: Path, tmp_path: Path, no_checks: Path):
    seed = int(os.environ.get("PARTS_SEED", random.SystemRandom().randrange(10**6)))
    edited = Edited(sources, random.Random(seed))
    for name in ("parts", "whole"):
        (tmp_path / name).mkdir()

    def built(name: str, least: int) -> Built:
        return build(Plan(target=tmp_path / name / "w.duckdb", sources=sources, checks=no_checks, least=least, batch=7))

    built("parts", least=1)
    told = []
    for _ in range(EDITS):
        told += [edited.edit() for _ in range(edited.chance.randrange(1, 4))]
        parts, whole = built("parts", least=1), built("whole", least=10**9)
        said = f"PARTS_SEED={seed}: {told}"
        assert prints(parts) == prints(whole), said
        for table in ("core.fact", "mart.fact", "mart.conflict", "mart.area_indicator", "mart.institution_change"):
            assert contents(parts, table) == contents(whole, table), said


# --- what is taken over has been checked ---


@pytest.fixture
def in_parts(sources: Path, tmp_path: Path) -> Plan:
    """A plan of which a build in parts is there already."""
    (tmp_path / "out").mkdir()
    plan = Plan(target=tmp_path / "out" / "warehouse.duckdb", sources=sources, least=1)
    build(plan)
    return plan


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Of each build, the tables of which something was taken over."""
    seen: list[set[str]] = []
    changed = Work.changed

    def noted(work: Work) -> set[str]:
        found = changed(work)
        seen.append(set() if not work.earlier else set(work.digests) - found)
        return found

    monkeypatch.setattr(Work, "changed", noted)
    return seen


@pytest.mark.slow
def test_only_what_changed_is_made_anew(in_parts: Plan, kept: list[set[str]], corrected_build: Built):
    correct(in_parts.sources)
    again = build(in_parts)
    (untouched,) = kept
    assert "population_resident" in untouched
    assert "staff_actual" not in untouched
    assert prints(again) == prints(corrected_build)


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    ["update mart.fact set obs_value = 7 where indicator = 'population_resident'", "drop table mart.conflict"],
)
def test_a_warehouse_that_somebody_changed_is_not_taken_over(in_parts: Plan, first_build: Built, change: str):
    with duckdb.connect(str(in_parts.target)) as connection:
        connection.execute(change)
        connection.execute("checkpoint")
    assert prints(build(in_parts)) == prints(first_build)


@pytest.mark.slow
def test_a_landed_file_that_somebody_changed_is_read_anew(in_parts: Plan, first_build: Built):
    for path in (in_parts.target.parent / ".landing").glob("fact-*.parquet"):
        with duckdb.connect() as connection:
            connection.execute(f"copy (from '{path}' limit 1) to '{path}.new' (format parquet)")
        path.with_name(f"{path.name}.new").replace(path)
        path.unlink()  # its name says what it holds: nothing is read that lies there under a name of ours
    assert prints(build(in_parts)) == prints(first_build)


@pytest.mark.slow
def test_another_registry_sql_or_wish_makes_everything_anew(in_parts: Plan, kept: list[set[str]], tmp_path: Path):
    build(Plan(**{**vars(in_parts), "full": True}))
    assert not kept[-1]
    sql = Path(shutil.copytree(SQL, tmp_path / "sql"))
    with (sql / "3_mart" / "fact.sql").open("a", encoding="utf-8") as file:
        file.write("-- said otherwise\n")
    build(Plan(**{**vars(in_parts), "sql": sql}))
    assert not kept[-1]
    with (in_parts.sources / "terms.csv").open("a", encoding="utf-8") as file:
        file.write("新词,9,,一个只供测试的词,,测试\n")
    build(Plan(**{**vars(in_parts), "sql": sql}))
    assert not kept[-1]


@pytest.mark.slow
def test_few_facts_are_made_whole_and_nothing_is_kept_account_of(in_parts: Plan, kept: list[set[str]]):
    assert in_parts.account.is_file()
    build(Plan(target=in_parts.target, sources=in_parts.sources))
    assert not in_parts.account.exists()
    assert kept == []


def test_an_account_that_cannot_be_read_is_none(tmp_path: Path):
    path = tmp_path / "account.json"
    for content in ("", "[]", "{}", '{"recipe": "r"}', '{"recipe": "r", "files": {"a": {}}, "tables": {}}'):
        path.write_text(content, encoding="utf-8")
        assert read_earlier(path, "r") is None
    assert read_earlier(tmp_path / "none.json", "r") is None


# --- the register of parts is true ---


class Trial:
    """All tables over some sources, made whole; `differing` makes one of them in another way and counts the rows that differ."""

    def __init__(self, draft: Draft, made: list[Step]) -> None:
        self.draft = draft
        self.steps = {step.table: step for step in made}

    def differing(self, step: Step, indicators: set[str], where: str) -> int:
        """Rows of a table that differ when it is made of the facts of `indicators` alone from the whole table's rows `where`."""
        with self.draft.only(indicators):
            staging = [
                one for one in self.steps.values() if one.schema == "staging" and one.table in {*PARTS.by_indicator, *PARTS.of}
            ]
            names = {one.table: f"part.staging.{one.path.stem}" for one in staging}
            self.draft.connection.execute("create schema part.staging")
            self.draft.connection.execute(
                "set search_path = 'part.raw,part.core,part.staging,memory.raw,memory.staging,draft.core,draft.mart'"
            )
            for one in staging:
                self.draft.connection.execute(f"create table {names[one.table]} as {one.query}")
            whole = f"(from {'memory' if step.schema == 'staging' else 'draft'}.{step.table} where {where})"
            part = f"({step.query})"
            count = "select count(*) from ({} except all {})"
            found = [self.draft.rows(count.format(*pair))[1][0][0] for pair in ((whole, part), (part, whole))]
            return sum(int(str(one)) for one in found)

    def groups(self, times: int) -> Iterator[set[str]]:
        """Half of the indicators that have facts, again and again another half; those that belong together stay so."""
        _, rows = self.draft.rows("select distinct indicator from raw.fact order by 1")
        every = [str(row[0]) for row in rows]
        chance = random.Random(20261201)
        for _ in range(times):
            half = {one for one in every if chance.random() < 0.5}
            yield PARTS.closed(half, every)

    def holds(self, step: Step) -> bool:
        """Whether a table of parts is made of the facts of its indicators alone."""
        for group in self.groups(8):
            listed = ", ".join(f"'{one}'" for one in group)
            met = f"indicator in ({listed})"
            if step.schema == "staging":
                met = f"fact_id in (select f.fact_id from memory.raw.fact as f where f.{met})"
            if self.differing(step, group, met):
                return False
        return True


WRONG = """-- Grain: one row per fact. Promise: none; it compares with facts of every indicator.
select f.fact_id as fact_id, f.indicator as indicator, row_number() over (partition by f.ref_area order by f.fact_id) as place
from core.fact as f
"""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """The shipped facts, with a mart that would be wrongly marked."""
    folder = tmp_path_factory.mktemp("parts")
    sql = Path(shutil.copytree(SQL, folder / "sql"))
    (sql / "3_mart" / "planted.sql").write_text(WRONG, encoding="utf-8")
    landed = landing.land(landing.read_and_land_facts(SOURCES, folder / "landing"), folder / "landing")
    with Draft(folder / "draft.duckdb") as draft:
        for name, paths in landed.tables.items():
            draft.register(name, paths)
        made = steps(sql)
        for step in made:
            run(draft, step)
        yield Trial(draft, made)


@pytest.mark.slow
@pytest.mark.parametrize("table", sorted(PARTS.by_indicator))
def test_a_table_of_parts_reads_nothing_across_indicators(trial: Trial, table: str):
    assert trial.holds(trial.steps[table])


@pytest.mark.slow
def test_a_table_that_reads_across_indicators_is_found_out(trial: Trial):
    assert not trial.holds(trial.steps["mart.planted"])


@pytest.mark.slow
@pytest.mark.parametrize("table", sorted(PARTS.of))
def test_a_table_of_few_indicators_reads_no_others(trial: Trial, table: str):
    step = trial.steps[table]
    assert trial.differing(step, set(PARTS.of[table]), "true") == 0
    _, rows = trial.draft.rows(f"select count(*) from {table}")
    assert rows != [(0,)], "nothing to compare"


def test_what_parts_are_made_of_is_a_part_or_met_or_follows_from_the_registries():
    made = {step.table: step for step in steps()}
    parted = {*PARTS.by_indicator, *PARTS.of}
    assert parted | PARTS.met.keys() <= made.keys()
    for table in parted:
        for name in tables(made[table].path.read_text(encoding="utf-8")) - {"raw.fact", "core.fact", "raw.area"}:
            staged = name.startswith("staging.") and name in parted
            assert staged or name in PARTS.met or not follows_from_facts(name, made), f"{table} reads {name}"


def follows_from_facts(table: str, made: dict[str, Step]) -> bool:
    read = tables(made[table].path.read_text(encoding="utf-8")) if table in made else {table}
    return bool(read & FROM_FACTS) or any(follows_from_facts(name, made) for name in read if name in made and name != table)


def test_a_place_is_met_with_all_that_is_known_of_it(trial: Trial):
    """Parts read raw.area as well; what they are told to have met is core.ref_area."""
    raw, core = (trial.draft.connection.sql(f"from {name} limit 0").columns for name in ("raw.area", "core.ref_area"))
    assert set(raw) <= set(core)
    raw, core = (trial.draft.connection.sql(f"from {name} limit 0").columns for name in ("raw.fact", "core.fact"))
    assert set(raw) <= set(core)


def test_a_table_made_whole_reads_no_staging_that_is_made_in_parts():
    late = PARTS.late(steps())
    assert late == {"mart.area_count_by_indicator", "mart.fact_list"}
    staged = {table for table in (*PARTS.by_indicator, *PARTS.of) if table.startswith("staging.")}
    assert not {step.table for step in steps() if step.table in late and step.reads & staged}


def test_a_step_names_the_tables_that_it_reads():
    for step in steps():
        assert step.reads >= {name for name in tables(step.path.read_text(encoding="utf-8")) if "." in name}


# --- batches ---


@pytest.fixture
def work() -> Callable[..., Work]:
    def of(most: int, **facts: int) -> Work:
        digests = {indicator: (count, "") for indicator, count in facts.items()}
        return Work(parts=Parts(together="_change_pct"), earlier=None, earlier_file=None, most=most, digests=digests)

    return of


def test_batches_hold_so_many_facts_and_tear_nothing_apart(work: Callable[..., Work]):
    alone = work(10, a=4, b=4, c=4, d=20, e=1)
    assert list(alone.batches("abcde")) == [["a", "b"], ["c"], ["d"], ["e"]]
    family = work(5, a=4, a_b=4, a_change_pct=4, b=1)
    assert list(family.batches(family.digests)) == [["a", "a_b", "a_change_pct"], ["b"]]
    assert list(family.batches([])) == []


def test_runs_keep_the_order():
    assert list(runs(["a", "b", "c", "d"], {"b", "c"})) == [(False, ["a"]), (True, ["b", "c"]), (False, ["d"])]
