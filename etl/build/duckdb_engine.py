"""The engine of every build that one machine can do: DuckDB runs the SQL files straight into the draft."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb

from etl.build.draft import Draft
from etl.build.steps import SqlError, Step


class DuckDBEngine:
    """See etl/build/engine.py."""

    def fill(self, draft: Draft, landed: Mapping[str, Sequence[Path]], steps: Sequence[Step], say: Callable[[str], None]) -> None:
        """Run the SQL files one by one. What has landed, the draft reads itself."""
        for step in steps:
            say(f"生成 {step.table}")
            run(draft, step)


def run(draft: Draft, step: Step) -> None:
    """Make the table of one SQL file. Raises SqlError."""
    try:
        draft.fill(step, step.query)
    except duckdb.Error as error:
        raise SqlError(f"{step.file} 执行出错：{error}") from error
