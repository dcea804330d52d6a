"""A build after one of two hundred indicators changed, against a whole one: the same commands that a user gives, CPU seconds and memory."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import many_submissions, servers
from bench.report import Line, leave, say, tell

NAME = "只重建改动的部分"
BUDGET = "一百万条事实、两百个指标改了一个：CPU 时间不超过全部重建的五分之二"
TIMES = 2.5
SOURCES = servers.ROOT / "etl" / "sources"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000, help="默认一百万")
    asked.add_argument("--folder", type=Path, help="放临时文件的地方，一百万条约需 1 GB")
    asked.add_argument("--step", type=Path, help=argparse.SUPPRESS)  # one build, in a process of its own
    wanted = asked.parse_args()
    if wanted.step:
        sys.stdout.write(json.dumps(_build(wanted.step)))
        return 0
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
        return tell(_measure(Path(folder), wanted.rows))


def _measure(folder: Path, rows: int) -> list[Line]:
    say(f"正在生成 {rows:,} 条事实 …")
    files = many_submissions.write(SOURCES, folder / "sources", rows)
    whole = _apart(folder)
    many_submissions.revise(files[len(files) // 2])
    part = _apart(folder)
    times = whole["cpu"] / part["cpu"]
    told = f"{times:.1f} 倍：{part['cpu']:.0f} s，全部 {whole['cpu']:.0f} s（CPU）；实际用时 {part['wall']:.0f} s 与 {whole['wall']:.0f} s"
    memory = f"{part['peak_gb']:.2f} GB 与 {whole['peak_gb']:.2f} GB"
    return [
        Line(item=f"{rows / 10_000:,.0f} 万条事实：改一个指标", measured=told, budget=f"≥ {TIMES:.1f} 倍", kept=times >= TIMES),
        Line(item=f"{rows / 10_000:,.0f} 万条事实：建库内存峰值", measured=memory),
    ]


def _apart(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.in_parts", "--step", str(folder)]
    ended = subprocess.run(command, cwd=servers.ROOT, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(ended.stdout))


def _build(folder: Path) -> dict[str, float]:
    from etl.build.build import Plan, build

    began = time.perf_counter()
    build(Plan(target=folder / "warehouse.duckdb", sources=folder / "sources"))
    wall, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak_gb": used.ru_maxrss / 1e6}


if __name__ == "__main__":
    leave(main())
