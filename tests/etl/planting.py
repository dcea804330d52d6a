"""Plant one fault in the fixture's sources, or in a table as it is built, and build as far as one check needs.

Most promises can be broken by one wrong cell of an input file. Some guard the SQL itself, or what validation refuses
before any table exists; for these a `Fault` spoils a table right after it is built, before anything reads it.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from etl.build import checks, duckdb_engine, landing
from etl.build.draft import Draft
from etl.build.steps import Step, steps
from etl.read.facts import COLUMNS
from tests.conftest import FIXTURE
from tests.sql_lint import tables
from vocabulary.sql import literal

INDICATOR = """
[{slug}]
name_zh = "试验指标"
name_en = "planted"
unit_measure = "%"
definition_zh = "只用于测试"
direction = "neutral"
kind = "{kind}"
decimals = 1
theme = "test"
"""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`edits`: (file, old text, new text) of the sources; `lines`: file → text appended; `after`: table → statement run
    once that table is built."""

    edits: tuple[tuple[str, str, str], ...] = ()
    lines: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)


def fact(**cells: object) -> str:
    """A line of a facts file: a point figure of Lushan 2013 unless told otherwise."""
    common = {
        "ref_area": "410423", "phase": "point", "time_period": "2013", "precision": "exact", "source_id": "lushan2013",
        "locator": "正文", "as_stated": f"{cells['obs_value']}{cells['unit_measure']}",
    }  # fmt: skip
    row = common | cells
    assert set(row) <= set(COLUMNS)
    return ",".join(str(row.get(column, "")) for column in COLUMNS) + "\n"


def spoil(sources: Path, fault: Fault) -> None:
    """Apply the edits and lines of `fault` to a copy of the sources."""
    for name, old, new in fault.edits:
        text = (sources / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} has {text.count(old)} times: {old}"
        (sources / name).write_text(text.replace(old, new), encoding="utf-8")
    for name, lines in fault.lines.items():
        with (sources / name).open("a", encoding="utf-8") as file:
            file.write(lines)


@dataclass(frozen=True)
class Sound:
    """The fixture without a fault, all of it built once: tables that no fault touches are taken from there."""

    path: Path
    landed: Mapping[str, list[Path]]


@cache
def sound(folder: Path) -> Sound:
    """Built in `folder`, which all tests of a process share."""
    place = folder / "landed"
    landed = landing.land(landing.read_and_land_facts(FIXTURE, place), place).tables
    with Draft(folder / "sound.duckdb") as draft:
        _register(draft, landed)
        draft.connection.execute("create schema draft.staging")
        for step in steps():
            duckdb_engine.run(draft, step)
            if step.schema == "staging":
                draft.connection.execute(f"create table draft.{step.table} as from memory.{step.table}")
    return Sound(draft.path, landed)


def run(check: Path, fault: Fault, folder: Path) -> list[checks.CheckResult]:
    """Build the tables that `check` reads, with `fault` in them, and run this one check. Raises BrokenPromise."""
    alone = folder / "checks"
    alone.mkdir()
    shutil.copy(check, alone)
    with built(tables(check.read_text(encoding="utf-8")), fault, folder) as draft:
        return checks.run_checks(draft, alone)


@contextmanager
def built(read: frozenset[str], fault: Fault, folder: Path) -> Iterator[Draft]:
    """A draft over the spoilt fixture in which the tables `read`, and whatever they read, are built."""
    whole = sound(folder.parent)
    landed = _spoilt(fault, folder, whole)
    spoilt = {f"raw.{name}" for name, paths in landed.items() if paths != whole.landed[name]}
    with Draft(folder / "draft.duckdb") as draft:
        _register(draft, landed)
        draft.connection.execute(f"attach {literal(whole.path)} as sound (read_only)")
        for step in needed(read):
            if tables(step.query) & spoilt:
                spoilt.add(step.table)
                duckdb_engine.run(draft, step)
            else:
                place = "memory" if step.schema == "staging" else "draft"
                draft.connection.execute(f"create table {place}.{step.table} as from sound.{step.table}")
            if step.table in fault.after:
                spoilt.add(step.table)
                draft.connection.execute(fault.after[step.table])
        yield draft


def _register(draft: Draft, landed: Mapping[str, list[Path]]) -> None:
    for name, paths in landed.items():
        draft.register(name, paths)


def _spoilt(fault: Fault, folder: Path, whole: Sound) -> Mapping[str, list[Path]]:
    """The landed files of the fixture with `fault` in its sources; what is as before has the file that it had."""
    if not fault.edits and not fault.lines:
        return whole.landed
    sources = Path(shutil.copytree(FIXTURE, folder / "sources"))
    spoil(sources, fault)
    place = whole.path.parent / "landed"
    return landing.land(landing.read_and_land_facts(sources, place), place).tables


def needed(read: frozenset[str]) -> list[Step]:
    """The steps that make the tables `read`, and what those read, in build order."""
    known = {step.table: step for step in steps()}
    wanted, queue = set[str](), set(read & set(known))
    while queue:
        table = queue.pop()
        wanted.add(table)
        queue |= (tables(known[table].query) & set(known)) - wanted
    return [step for table, step in known.items() if table in wanted]
