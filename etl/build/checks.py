"""Promises about the finished tables. One SQL file a promise: it returns the rows that break it, none when it holds.

The first comment line of the file is the promise in Chinese; where a figure that somebody filled in can break it, the second says what to do.
All promises are run, so that one build tells them all. A row names the facts that it is about, by `fact_id`, `fact_ids` or the like: whoever
imports a workbook is shown their cells (etl/intake/trial.py).
"""

import json
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import duckdb

from etl.build.draft import Draft
from etl.build.steps import SqlError
from etl.problems import EtlError

CHECKS = Path(__file__).parents[1] / "checks"
SAMPLE_ROWS = 5
RESULT_TABLE = """create table draft.quality.check_result (
    check_id varchar, promise varchar, status varchar, offending_rows bigint, sample varchar)"""


@dataclass(frozen=True)
class CheckResult:
    """`rows`: all that break the promise; `sample` the first of them as JSON, null when it holds. `fix` may be blank."""

    check_id: str
    promise: str
    fix: str
    rows: list[dict[str, object]]

    @property
    def offending_rows(self) -> int:
        return len(self.rows)

    @property
    def sample(self) -> str | None:
        return json.dumps(self.rows[:SAMPLE_ROWS], ensure_ascii=False, default=str) if self.rows else None

    @property
    def status(self) -> str:
        return "failed" if self.rows else "passed"


class BrokenPromise(EtlError):
    """At least one check found offending rows. The old warehouse stays."""

    def __init__(self, broken: list[CheckResult]) -> None:
        self.broken = broken
        super().__init__(f"有 {len(broken)} 项检查没有通过，旧的数据仓库保持不变")

    def __str__(self) -> str:
        lines = [f"{self.args[0]}："]
        for result in self.broken:
            lines.append(
                f"  {result.check_id}：{result.promise}（违反 {result.offending_rows} 行）"
                + (f" → {result.fix}" if result.fix else "")
            )
            for row in json.loads(result.sample or "[]"):
                lines.append("      " + "，".join(f"{column}={value}" for column, value in row.items()))
        return "\n".join(lines)


def run_checks(draft: Draft, folder: Path = CHECKS) -> list[CheckResult]:
    """Run every check and store the results in quality.check_result. Raises BrokenPromise when any fails."""
    results = [_run(draft, path) for path in sorted(folder.glob("*.sql"))]
    with draft.at_once():
        draft.connection.execute(RESULT_TABLE)
        for result in results:
            values = [result.check_id, result.promise, result.status, result.offending_rows, result.sample]
            draft.connection.execute("insert into draft.quality.check_result values (?, ?, ?, ?, ?)", values)
    if broken := [result for result in results if result.offending_rows]:
        raise BrokenPromise(broken)
    return results


def promise_of(sql: str) -> str:
    """The first comment line, without its dashes."""
    return _comments(sql)[0]


def fix_of(sql: str) -> str:
    """The second comment line, blank where there is none."""
    return (*_comments(sql), "")[1]


def _comments(sql: str) -> list[str]:
    """The lines of comment at the beginning, without their dashes."""
    lines = takewhile(lambda line: line.startswith("--"), sql.lstrip().splitlines())
    return [line.lstrip("- ").strip() for line in lines]


def _run(draft: Draft, path: Path) -> CheckResult:
    sql = path.read_text(encoding="utf-8")
    if not sql.lstrip().startswith("--"):
        raise SqlError(f"checks/{path.name} 的第一行应是一句注释，用中文写明这项检查保证什么")
    try:
        columns, rows = draft.rows(sql.strip().rstrip(";"))
    except duckdb.Error as error:
        raise SqlError(f"checks/{path.name} 执行出错：{error}") from error
    return CheckResult(path.stem, promise_of(sql), fix_of(sql), [dict(zip(columns, row, strict=True)) for row in rows])
