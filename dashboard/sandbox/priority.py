"""How far a query steps behind the pages when there is not enough processor for all."""

import os
from contextlib import suppress
from pathlib import Path

FIRST_NICE = 5  # a third of the share of a page: a quick query stays quick on a busy machine
LATER_NICE = 19  # a hundredth: a long one takes what is left over
QUICK = 2.0  # seconds, the border between the two


def step_back(process: int, nice: int) -> None:
    """Lower the priority of a process, as far as the system has priorities.

    A session of its own is a group of its own to the Linux scheduler, and `nice` counts only within it: the group steps
    back too.
    """
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process, nice)
    write_quietly(f"/proc/{process}/autogroup", str(nice))


def write_quietly(file: str, text: str) -> None:
    """Write to a file of the system that may not be there."""
    with suppress(OSError):
        Path(file).write_text(text, encoding="ascii")
