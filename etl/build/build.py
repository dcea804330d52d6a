"""The build: read → land → staging → core → marts → checks → publish. Raises EtlError; the old warehouse then stays."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from etl import drafts
from etl.build import changes, checks, fingerprint, landing, publish
from etl.build.comments import COLUMNS_FILE, Comments
from etl.build.draft import Draft
from etl.build.duckdb_engine import DuckDBEngine
from etl.build.earlier import LEAST, Earlier, read_earlier, recipe
from etl.build.engine import Engine
from etl.build.parts import BATCH, Parts, Work
from etl.build.steps import SQL, SqlError, Step, steps
from etl.problems import EtlError
from etl.progress import Steps, shown_steps
from etl.read.inputs import FileRead, Inputs, bytes_digest


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
    full: bool = False  # take nothing over from the build before
    least: int = LEAST  # facts from which on a build is made in parts
    batch: int = BATCH  # facts whose parts are made at once

    @property
    def landing(self) -> Path:
        return self.target.parent / ".landing"

    @property
    def account(self) -> Path:
        """What this build says of itself for the next one."""
        return self.landing / f"{self.target.name}.parts.json"

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
                try:
                    return _build(plan, draft, sql_steps, progress)
                except fingerprint.NotAsItWas:  # somebody changed the warehouse: it is good for nothing but to be replaced
                    drafts.discard(draft)
                    return _build(replace(plan, full=True), draft, sql_steps, progress)
        finally:
            drafts.discard(draft)


def failing_checks(sources: Path, folder: Path) -> list[checks.CheckResult]:
    """The checks that a build of `sources` would not pass, with all rows that break them; made in `folder`, which the caller removes.
    Raises InputErrors where the sources cannot even be read."""
    plan = Plan(target=folder / "trial.duckdb", sources=sources)
    sql_steps = steps(plan.sql)
    with shown_steps(len(sql_steps) + 3) as progress, _failures_in_words(plan.target):
        progress.say("读取并校验来源")
        landed = landing.land(landing.read_and_land_facts(plan.sources, plan.landing), plan.landing)
        try:
            with Draft(plan.target, Comments(plan.columns).order) as draft:
                _tables(draft, landed, plan, sql_steps, progress)
                progress.say("检查")
                checks.run_checks(draft, plan.checks)
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
    earlier = None if plan.full or not plan.account.is_file() else read_earlier(plan.account, _recipe(plan))
    inputs = landing.read_and_land_facts(plan.sources, plan.landing, earlier.files if earlier else None)
    sources = len(inputs.registries.entries["source"])
    progress.say("落地为 Parquet")
    landed = landing.land(inputs, plan.landing)
    work = _work(plan, inputs, earlier) if inputs.count >= plan.least else None
    with Draft(path, comments.order) as draft:
        made = _tables(draft, landed, plan, sql_steps, progress, work)
        progress.say("检查")
        results = checks.run_checks(draft, plan.checks)
        progress.say("写入说明与中文视图")
        compared_with = changes.record_changes(draft, plan.target)
        build_id = publish.record_build(draft, publish.BuildRecord(landed.source_hash, inputs.count, sources, compared_with))
        with draft.at_once():
            publish.constrain(draft, comments)
            publish.describe(draft, comments)
        if work and work.digests:
            prints, parts = fingerprint.fingerprints_in_parts(draft, work, made)
        else:
            prints, parts = fingerprint.fingerprints(draft), {}
        progress.say("发布")
        publish.seal(draft)
    publish.replace(path, plan.target)
    fingerprint.write_fingerprints(prints, plan.fingerprint_file)
    if work and work.digests:
        Earlier(
            recipe=_recipe(plan), build_id=build_id, registries=inputs.registries_digest, files=_files(inputs),
            indicators={indicator: digest for indicator, (_, digest) in work.digests.items()}, tables=parts,
        ).write(plan.account)  # fmt: skip
    else:
        plan.account.unlink(missing_ok=True)
    return Built(plan.target, inputs.count, sources, len(results), prints)


def _recipe(plan: Plan) -> str:
    return recipe((plan.sql, plan.checks, plan.columns))


def _work(plan: Plan, inputs: Inputs, earlier: Earlier | None) -> Work:
    """What may be taken over: all of it from the warehouse that is to be replaced, if that is the one of the account and registries
    say what they said."""
    fits = earlier and earlier.registries == inputs.registries_digest and earlier.build_id == publish.build_of(plan.target)
    return Work(
        parts=Parts.read(plan.sql), earlier=earlier if fits else None, earlier_file=plan.target if fits else None, most=plan.batch
    )


def _files(inputs: Inputs) -> dict[str, FileRead]:
    return {
        name: FileRead(digest, inputs.landed[name].name, bytes_digest(inputs.landed[name]))
        for name, digest in inputs.digests.items()
    }


def _tables(
    draft: Draft, landed: landing.Landed, plan: Plan, sql_steps: Sequence[Step], progress: Steps, work: Work | None = None
) -> dict[str, dict[str, fingerprint.Quick]]:
    """Make every table; what is quickly said of them where that is done in parts. Raises NotAsItWas as long as something may have
    been taken over from a warehouse that is not what it should be."""
    for name, paths in landed.tables.items():
        draft.register(name, paths)
    try:
        plan.engine.fill(draft, landed.tables, sql_steps, progress.say, work)
    except (SqlError, duckdb.Error) as error:
        if work and work.earlier:
            raise fingerprint.NotAsItWas from error
        raise
    return fingerprint.what_was_made(draft, work) if work and work.digests else {}
