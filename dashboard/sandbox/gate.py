"""Who may run a query now: one at a time for a viewer, a bounded number in all. Nobody waits inside the server.

A waiting request would hold a thread that serves pages; it is turned away instead, and the page asks again by itself.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from subprocess import Popen

from dashboard.sandbox.priority import LATER_NICE, QUICK, step_back


class BusyError(RuntimeError):
    """No place is free. The message is Chinese."""


OWN = "您的上一条查询还在运行。请等它结束，或先取消。"
ALL = "现在已有 {most} 条查询在运行，请稍后再试。"


@dataclass
class Place:
    """A query that is running. The process is known once it has been started."""

    process: Popen[bytes] | None = None
    cancelled: bool = False
    expired: bool = False
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def started(self, process: Popen[bytes]) -> None:
        """Name the process; one that was cancelled meanwhile ends at once."""
        with self._lock:
            self.process = process
            if self.cancelled:
                process.kill()

    def cancel(self) -> None:
        """End the query on the viewer's wish."""
        with self._lock:
            self.cancelled = True
            self._kill()

    def watch(self, seconds: float) -> None:
        """Let the query step back after a moment and end it after `seconds`. Returns at once; `over` calls it off."""
        threading.Thread(target=self._watch, args=(seconds,), daemon=True).start()

    def over(self) -> None:
        """The process is done: its number may belong to another one soon."""
        with self._lock:
            self._over.set()

    def _watch(self, seconds: float) -> None:
        if self._over.wait(QUICK):
            return
        with self._lock:
            if self.process is not None and not self._over.is_set():
                step_back(self.process.pid, LATER_NICE)
        if not self._over.wait(max(0.0, seconds - QUICK)):
            with self._lock:
                self.expired = not self._over.is_set()
                self._kill()

    def _kill(self) -> None:
        if self.process is not None and not self._over.is_set():
            self.process.kill()


class Gate:
    """The places. Thread-safe."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._running: dict[str, Place] = {}

    @contextmanager
    def place(self, viewer: str) -> Iterator[Place]:
        """A place for `viewer` until the block ends; BusyError when there is none."""
        with self._lock:
            if viewer in self._running:
                raise BusyError(OWN)
            if len(self._running) >= self._most:
                raise BusyError(ALL.format(most=self._most))
            taken = self._running[viewer] = Place()
        try:
            yield taken
        finally:
            with self._lock:
                del self._running[viewer]

    def cancel(self, viewer: str) -> bool:
        """End the viewer's query; False when none is running."""
        with self._lock:
            place = self._running.get(viewer)
        if place is None:
            return False
        place.cancel()
        return True
