"""The build: read → land → staging → core → marts → checks → publish. Raises EtlError; the old warehouse then stays."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from etl import drafts
from etl.build import changes, checks, fingerprint, landing, publish
from etl.build.comments import COLUMNS_FILE, Comments
from etl.build.draft import Draft
from etl.build.duckdb_engine import DuckDBEngine
from etl.build.engine import Engine
from etl.build.steps import SQL, Step, steps
from etl.problems import EtlError
from etl.progress import Steps, shown_steps
from etl.read.inputs import Inputs, read_inputs


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to build from what. The defaults are the shipped definitions; tests put their own in place."""

    target: Path
    sources: Path
    fingerprints: Path | None = None
    sql: Path = SQL
    checks: Path = checks.CHECKS
    columns: Path = COLUMNS_FILE
    engine: Engine = field(default_factory=DuckDBEngine)

    @property
    def landing(self) -> Path:
        return self.target.parent / ".landing"

    @property
    def fingerprint_file(self) -> Path:
        return self.fingerprints or self.target.with_name("fingerprints.csv")


@dataclass(frozen=True)
class Built:
    """What a successful build has to tell."""

    target: Path
    facts: int
    sources: int
    checks: int
    fingerprints: list[fingerprint.Fingerprint]


def build(plan: Plan) -> Built:
    """Build the warehouse of `plan`, or raise and leave everything as it was."""
    if plan.target.is_dir():
        raise EtlError(f"{plan.target} 是一个文件夹：--target 应是要生成的文件，例如 warehouse.duckdb")
    if not plan.target.parent.is_dir():
        raise EtlError(f"没有文件夹 {plan.target.parent}：请先建立，或换一个 --target")
    sql_steps = steps(plan.sql)
    with shown_steps(len(sql_steps) + 5) as progress:
        drafts.remove_stale_drafts(plan.target.parent, {plan.target.name, plan.fingerprint_file.name})
        draft = drafts.draft_of(plan.target)
        try:
            with _failures_in_words(plan.target):
                return _build(plan, draft, sql_steps, progress)
        finally:
            drafts.discard(draft)


def failing_checks(sources: Path, folder: Path) -> list[checks.CheckResult]:
    """The checks that a build of `sources` would not pass, with all rows that break them; made in `folder`, which the caller removes.
    Raises InputErrors where the sources cannot even be read."""
    plan = Plan(target=folder / "trial.duckdb", sources=sources)
    sql_steps = steps(plan.sql)
    with shown_steps(len(sql_steps) + 3) as progress, _failures_in_words(plan.target):
        progress.say("读取并校验来源")
        landed = _landed(read_inputs(plan.sources), plan, progress)
        try:
            with Draft(plan.target, Comments(plan.columns).order) as draft:
                _checked_tables(draft, landed, plan, sql_steps, progress)
        except checks.BrokenPromise as promise:
            return promise.broken
    return []


@contextmanager
def _failures_in_words(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise EtlError(f"写不成 {target}：检查文件夹权限、磁盘空间和内存（{error}）") from error
    except RuntimeError as error:
        if "interrupted" in str(error):  # Ctrl-C while DuckDB was at work
            raise KeyboardInterrupt from error
        raise


def _build(plan: Plan, path: Path, sql_steps: Sequence[Step], progress: Steps) -> Built:
    comments = Comments(plan.columns)
    progress.say("读取并校验来源")
    inputs = read_inputs(plan.sources)
    facts, sources = sum(map(len, inputs.facts.values())), len(inputs.registries.entries["source"])
    landed = _landed(inputs, plan, progress)
    del inputs  # the engine wants the memory
    with Draft(path, comments.order) as draft:
        results = _checked_tables(draft, landed, plan, sql_steps, progress)
        progress.say("写入说明与中文视图")
        compared_with = changes.record_changes(draft, plan.target)
        publish.record_build(draft, publish.BuildRecord(landed.source_hash, facts, sources, compared_with))
        with draft.at_once():
            publish.constrain(draft, comments)
            publish.describe(draft, comments)
        prints = fingerprint.fingerprints(draft)
        progress.say("发布")
        publish.seal(draft)
    publish.replace(path, plan.target)
    fingerprint.write_fingerprints(prints, plan.fingerprint_file)
    return Built(plan.target, facts, sources, len(results), prints)


def _landed(inputs: Inputs, plan: Plan, progress: Steps) -> landing.Landed:
    progress.say("落地为 Parquet")
    return landing.land(inputs, plan.landing)


def _checked_tables(
    draft: Draft, landed: landing.Landed, plan: Plan, sql_steps: Sequence[Step], progress: Steps
) -> list[checks.CheckResult]:
    """Make every table and run every check. Raises BrokenPromise."""
    for name, paths in landed.tables.items():
        draft.register(name, paths)
    plan.engine.fill(draft, landed.tables, sql_steps, progress.say)
    progress.say("检查")
    return checks.run_checks(draft, plan.checks)
