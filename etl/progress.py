"""A progress bar on stderr for builds that take more than a second; quick builds and logs stay clean."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

PATIENCE = 1.0  # seconds before the bar appears


class Steps:
    """Counts named steps; `say` starts the next one."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("准备", total=total)
        self._begun = False

    def say(self, name: str) -> None:
        self._progress.update(self._task, description=name, advance=1 if self._begun else 0)
        self._begun = True


@contextmanager
def shown_steps(total: int, *, patience: float = PATIENCE) -> Iterator[Steps]:
    """Steps whose bar shows after `patience` seconds, on a terminal only, and is wiped at the end."""
    console = Console(stderr=True)
    progress = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:.0f}/{task.total:.0f}"), TimeElapsedColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    timer = threading.Timer(patience, progress.start)
    timer.daemon = True
    timer.start()
    try:
        yield Steps(progress, total)
    finally:
        timer.cancel()
        progress.stop()
