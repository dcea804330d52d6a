"""Files that take seconds of a processor: some at a time, the others in the queue of sandbox/gate.py, where nobody holds a thread of the pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response

from dashboard.api.asked import viewer
from dashboard.sandbox.gate import RETRY, BusyError, Gate, Words

AT_ONCE = 2
WORDS = Words(
    own="您的上一份文件还在生成，完成后接着生成这一份。",
    first="现在已有 {most} 份文件在生成，您排在最前。",
    queued="正在排队，前面还有 {ahead} 份文件。",
    full="排队的文件太多，请过一会儿再试。",
)


class Desk:
    """Where files are made. One a server."""

    def __init__(self) -> None:
        self._gate = Gate(AT_ONCE, words=WORDS)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Work on this request's file; BusyError when it is not its turn, which becomes 503 (assets/turns.js asks again)."""
        with self._gate.place(viewer()):
            yield


def turn_away(server: Flask) -> None:
    """503 with the place in the queue, and when to ask again to keep it."""

    @server.errorhandler(BusyError)
    def _busy(error: BusyError) -> Response:
        return Response(str(error), 503, mimetype="text/plain", headers={"Retry-After": str(RETRY), "Cache-Control": "no-store"})
