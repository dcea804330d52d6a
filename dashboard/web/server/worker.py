"""gunicorn's threaded worker, with the wait for a closing client taken out of the one thread that serves everybody.

After an answer with `Connection: close` gunicorn waits up to two seconds for the client to close too, and it waits in its
event loop: one client that keeps its end open (a script that does not read an error to its end is enough) would hold up
every page for as long.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

_CLOSING = 8  # connections whose end is awaited at the same time; the others wait their turn, which delays nobody


class Worker(ThreadWorker):
    """One process with threads; connections end in threads of their own."""

    def init_process(self) -> None:
        self._closers = ThreadPoolExecutor(_CLOSING, thread_name_prefix="closing")
        super().init_process()

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        conn.close = partial(self._close, conn)
        super().finish_request(conn, fs)

    def _close(self, conn: Any, graceful: bool = False) -> None:
        if graceful:
            self._closers.submit(type(conn).close, conn, graceful=True)
        else:
            type(conn).close(conn)
