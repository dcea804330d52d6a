"""What fills a page, asked of the dashboard's own callbacks as a browser asks: nothing can stand in the early page only."""

from collections.abc import Collection
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from dashboard.cards import ids
from dashboard.dash_adapter.callbacks import (
    CALLBACKS,
    DEPENDENCIES,
    Answers,
    Callback,
    callback_answer,
    callback_request,
    callbacks_reading_only,
)


class PartFailedError(RuntimeError):
    """A part of the page says that it could not be read: this answer may be over at the next question."""


class Asker:
    """Asks every callback that reads the page's store and nothing else."""

    def __init__(self, server: Flask) -> None:
        self._server = server
        self._known: list[Callback] = []

    def answers(self, store: dict[str, Any], present: Collection[str]) -> Answers:
        """Values for the components `present` on the page whose store holds `store`; PartFailedError if one part fails."""
        found: Answers = {}
        for callback in self._of_the_store():
            if {output["id"] for output in callback.outputs} <= set(present):
                body = callback_request(callback, ids.CHOSEN, "data", store)
                said = self._called(EnvironBuilder(path=CALLBACKS, method="POST", json=body))
                for name, values in callback_answer(said).items():
                    found.setdefault(name, {}).update(values)
        return found

    def _of_the_store(self) -> list[Callback]:
        if not self._known:  # the callbacks of an app do not change once it serves
            self._known = callbacks_reading_only(self._called(EnvironBuilder(path=DEPENDENCIES)), ids.CHOSEN, "data")
        return self._known

    def _called(self, request: EnvironBuilder) -> bytes:
        parts, status, headers = run_wsgi_app(self._server.wsgi_app, request.get_environ(), buffered=True)
        if status.startswith("204"):
            return b""
        if not status.startswith("200") or headers.get("Cache-Control") == "no-store" or "X-Newer-Build" in headers:
            raise PartFailedError(status)
        return b"".join(parts)
