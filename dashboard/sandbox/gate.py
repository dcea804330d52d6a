"""Who may run a query (or make a document) now: one at a time for a viewer, a bounded number in all, in a fair order. Nobody waits inside the server.

A waiting request would hold a thread that serves pages; it is turned away instead, and the page asks again by itself. What waits is its
place in the queue.
"""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from subprocess import Popen
from typing import NamedTuple

from dashboard.sandbox.priority import LATER_NICE, QUICK, step_back


class BusyError(RuntimeError):
    """No place is free. The message is Chinese."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said to one who is turned away: with one of their own running, next in the queue, in the queue, in a queue that is full."""

    own: str
    first: str
    queued: str
    full: str


QUERIES = Words(
    own="您的上一条查询还在运行。请等它结束，或先取消。",
    first="现在已有 {most} 条查询在运行，您排在最前，请稍后再试。",
    queued="正在排队，前面还有 {ahead} 条查询，请稍后再试。",
    full="排队的查询太多，请过一会儿再试。",
)
RETRY = 2  # seconds after which one who was turned away should ask again
HELD = 2.0 * RETRY  # seconds that their place in the queue is kept
_MOST_OF_ADDRESS, _MOST_WAITING, _MOST_SERVED = 32, 512, 2048


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


class Viewer(NamedTuple):
    """Who asks: the address of the machine, and what a program there or a browser's tab calls itself (blank: nothing)."""

    address: str = ""
    name: str = ""


NOBODY = Viewer()


@dataclass
class _Waiting:
    """A viewer who was turned away and may ask again. `turn`: in which order they came; `asked`: when last, by the clock."""

    turn: int
    asked: float


class Gate:
    """The places, and who is next. Thread-safe.

    Who was turned away keeps a place in the queue as long as they ask again within HELD seconds. Of those who wait the address with the
    fewest queries running comes first, then the one that was served longest ago; at one address likewise by viewer. So a machine that asks
    without a pause gets what the others leave, however many viewers it says it is."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic, words: Words = QUERIES) -> None:
        self._most, self._clock, self._words, self._lock = most, clock, words, threading.Lock()
        self._running: dict[Viewer, Place] = {}
        self._waiting: dict[Viewer, _Waiting] = {}
        self._served: dict[str | Viewer, int] = {}  # address or viewer → the number of the turn in which they were last
        self._turns = itertools.count(1)

    @contextmanager
    def place(self, viewer: Viewer) -> Iterator[Place]:
        """A place for `viewer` until the block ends; BusyError when there is none, or when it is another's turn."""
        with self._lock:
            taken = self._take(viewer)
        try:
            yield taken
        finally:
            with self._lock:
                del self._running[viewer]

    def cancel(self, viewer: Viewer) -> bool:
        """End the viewer's query, or give up their place in the queue; False when they have neither."""
        with self._lock:
            place = self._running.get(viewer)
            waited = self._waiting.pop(viewer, None) is not None
        if place is None:
            return waited
        place.cancel()
        return True

    def _take(self, viewer: Viewer) -> Place:
        if viewer in self._running:
            raise BusyError(self._words.own)
        self._forget_the_gone()
        if viewer not in self._waiting:
            if (
                sum(one.address == viewer.address for one in self._waiting) >= _MOST_OF_ADDRESS
                or len(self._waiting) >= _MOST_WAITING
            ):
                raise BusyError(self._words.full)
            self._waiting[viewer] = _Waiting(turn=next(self._turns), asked=0.0)
        self._waiting[viewer].asked = self._clock()
        ahead = self._order().index(viewer)
        if ahead >= self._most - len(self._running):
            raise BusyError((self._words.queued if ahead else self._words.first).format(most=self._most, ahead=ahead))
        del self._waiting[viewer]
        self._count_as_served(viewer)
        taken = self._running[viewer] = Place()
        return taken

    def _order(self) -> list[Viewer]:
        """Those who wait, the next one first."""
        loads = Counter(viewer.address for viewer in self._running)
        keys: dict[Viewer, tuple[int, int, int]] = {}
        for viewer in sorted(self._waiting, key=lambda one: (self._served.get(one, 0), self._waiting[one].turn)):
            keys[viewer] = (loads[viewer.address], self._served.get(viewer.address, 0), self._waiting[viewer].turn)
            loads[viewer.address] += 1
        return sorted(keys, key=keys.__getitem__)

    def _forget_the_gone(self) -> None:
        """Who did not ask again has had their turn: nobody holds others up by never coming back."""
        now = self._clock()
        for viewer in [viewer for viewer, waiting in self._waiting.items() if now - waiting.asked > HELD]:
            del self._waiting[viewer]
            self._count_as_served(viewer)

    def _count_as_served(self, viewer: Viewer) -> None:
        turn = next(self._turns)
        for one in (viewer.address, viewer):
            self._served.pop(one, None)
            self._served[one] = turn
        while len(self._served) > _MOST_SERVED:
            del self._served[next(iter(self._served))]  # the one served longest ago
