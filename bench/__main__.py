"""python -m bench [name …]: every benchmark, or the named ones, each in a process of its own; one Chinese table at the end."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from bench.report import HANDED_ON, Line, load_line, print_table, say
from commandline.chinese import Argument, Command

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """Benchmarks: the modules that state a budget."""
    return sorted(path.stem for path in FOLDER.glob("[a-z]*.py") if "\nBUDGET" in path.read_text(encoding="utf-8"))


def main(asked: list[str]) -> int:
    known = names()
    unknown = [name for name in asked if name not in known]
    if unknown:
        say(f"没有这些基准：{'、'.join(unknown)}。可用：{'、'.join(known)}")
        return 2
    lines = [line for name in asked or known for line in _run(name)]
    print_table(lines)
    return 1 if any(line.kept is False for line in lines) else 0


def _run(name: str) -> list[Line]:
    say(f"正在测：{name} …（{load_line()}）")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.json"
        environment = os.environ | {HANDED_ON: str(path)}
        ended = subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=FOLDER.parent, env=environment, check=False)
        if path.exists():
            return [Line(**line) for line in json.loads(path.read_text(encoding="utf-8"))]
    return [Line(item=name, measured="见上文" if ended.returncode == 0 else "没有测成，见上文", kept=ended.returncode == 0)]


@click.command(cls=Command)
@click.argument("asked", cls=Argument, nargs=-1, metavar="[名称…]", help=f"要测哪几项，不写则全部：{' '.join(names())}")
def benchmarks(asked: tuple[str, ...]) -> None:
    """检查性能预算：每项在自己的进程里测，最后列出项目、实测、预算、是否达标。"""
    raise click.exceptions.Exit(main(list(asked)))


if __name__ == "__main__":
    benchmarks()
