"""What a benchmark says: lines of 项目, 实测, 预算, 是否达标. A missed budget is exit status 1."""

import json
import os
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

HANDED_ON = "BENCH_LINES"  # a file: the runner gathers the lines of every benchmark there


@dataclass(frozen=True, kw_only=True)
class Line:
    """One budget. `kept` is None for what is only told, not held to anything."""

    item: str
    measured: str
    budget: str = ""
    kept: bool | None = None

    @property
    def verdict(self) -> str:
        return {True: "达标", False: "未达标", None: "—"}[self.kept]


def tell(lines: Iterable[Line]) -> int:
    """Print the lines, or hand them to the runner that asked for them. The exit status."""
    lines = list(lines)
    handed_on = os.environ.get(HANDED_ON)
    if handed_on:
        Path(handed_on).write_text(json.dumps([asdict(line) for line in lines], ensure_ascii=False), encoding="utf-8")
    else:
        print_table(lines)
    return 1 if any(line.kept is False for line in lines) else 0


def print_table(lines: Sequence[Line]) -> None:
    """The table, and below it how busy the machine was."""
    table = Table(title_justify="left")
    for heading in ("项目", "实测", "预算", "是否达标"):
        table.add_column(heading, overflow="fold")
    for line in lines:
        table.add_row(line.item, line.measured, line.budget, line.verdict)
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(table)
    console.print(load_line())


def load_line() -> str:
    """How busy the machine is: on a busy one only ratios say something."""
    one, five, _fifteen = os.getloadavg()
    return f"机器负载（1 分钟、5 分钟）：{one:.2f}、{five:.2f}；处理器 {os.cpu_count()} 个"


def say(text: str) -> None:
    """Progress, on the error stream."""
    Console(stderr=True).print(text, style="dim")


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0…1) of the values lie, no interpolation."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: Sequence[float], unit: str = "") -> str:
    """Median with the range: 120（110～150）ms."""
    return f"{middle(values):.0f}（{min(values):.0f}～{max(values):.0f}）{unit}"


def leave(status: int) -> None:
    """End the process at once: DuckDB's binding would print pages of harmless warnings about its own objects at exit."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
