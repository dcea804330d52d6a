"""The build: read → land → staging → core → marts → checks → publish. Raises EtlError; the old warehouse then stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl import drafts
from etl.build import builder, changes, checks, fingerprint, landing, publish
from etl.build.comments import Comments
from etl.problems import EtlError
from etl.progress import Steps, shown_steps
from etl.read.inputs import Inputs, read_inputs


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to build from what. The defaults are the shipped definitions; tests put their own in place."""

    target: Path
    sources: Path
    fingerprints: Path | None = None
    sql: Path = builder.SQL
    checks: Path = checks.CHECKS

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
    sql_steps = builder.steps(plan.sql)
    with shown_steps(len(sql_steps) + 5) as steps:
        drafts.remove_stale_drafts(plan.target.parent, {plan.target.name, plan.fingerprint_file.name})
        draft = drafts.draft_of(plan.target)
        try:
            with _failures_in_words(plan.target):
                return _build(plan, draft, sql_steps, steps)
        finally:
            drafts.discard(draft)


def failing_checks(sources: Path, folder: Path) -> list[checks.CheckResult]:
    """The checks that a build of `sources` would not pass, with all rows that break them; made in `folder`, which the caller removes.
    Raises InputErrors where the sources cannot even be read."""
    plan = Plan(target=folder / "trial.duckdb", sources=sources)
    sql_steps, comments = builder.steps(plan.sql), Comments()
    with shown_steps(len(sql_steps) + 3) as steps, _failures_in_words(plan.target):
        steps.say("读取并校验来源")
        landed = _landed(read_inputs(plan.sources), plan, steps)
        try:
            with builder.DuckDBBuilder(plan.target) as engine:
                _checked_tables(engine, landed, plan, sql_steps, comments, steps)
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


def _build(plan: Plan, draft: Path, sql_steps: list[builder.Step], steps: Steps) -> Built:
    comments = Comments()
    steps.say("读取并校验来源")
    inputs = read_inputs(plan.sources)
    facts, sources = sum(map(len, inputs.facts.values())), len(inputs.registries.entries["source"])
    landed = _landed(inputs, plan, steps)
    del inputs  # the engine wants the memory
    with builder.DuckDBBuilder(draft) as engine:
        results = _checked_tables(engine, landed, plan, sql_steps, comments, steps)
        steps.say("写入说明与中文视图")
        compared_with = changes.record_changes(engine, plan.target)
        publish.record_build(engine, publish.BuildRecord(landed.source_hash, facts, sources, compared_with))
        with engine.at_once():
            publish.constrain(engine, comments)
            publish.describe(engine, comments)
        prints = fingerprint.fingerprints(engine)
        steps.say("发布")
        publish.seal(engine)
    publish.replace(draft, plan.target)
    fingerprint.write_fingerprints(prints, plan.fingerprint_file)
    return Built(plan.target, facts, sources, len(results), prints)


def _landed(inputs: Inputs, plan: Plan, steps: Steps) -> landing.Landed:
    steps.say("落地为 Parquet")
    return landing.land(inputs, plan.landing)


def _checked_tables(
    engine: builder.DuckDBBuilder,
    landed: landing.Landed,
    plan: Plan,
    sql_steps: list[builder.Step],
    comments: Comments,
    steps: Steps,
) -> list[checks.CheckResult]:
    """Make every table and run every check. Raises BrokenPromise."""
    for name, paths in landed.tables.items():
        engine.register(name, paths)
    for step in sql_steps:
        steps.say(f"生成 {step.table}")
        engine.build(step, comments.order(step.table))
    steps.say("检查")
    return checks.run_checks(engine, plan.checks)
