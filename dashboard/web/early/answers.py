"""What fills a page, asked of the dashboard's own callbacks as a browser asks: nothing can stand in the early page only."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from dashboard.cards import ids

_CALLBACKS, _DEPENDENCIES = "/_dash-update-component", "/_dash-dependencies"
Answers = dict[str, dict[str, Any]]  # id of a component → property → value


class PartFailedError(RuntimeError):
    """A part of the page says that it could not be read: this answer may be over at the next question."""


class Asker:
    """Asks every callback that reads the page's store and nothing else."""

    def __init__(self, server: Flask) -> None:
        self._server = server
        self._known: list[dict[str, Any]] = []

    def answers(self, store: dict[str, Any], present: Collection[str]) -> Answers:
        """Values for the components `present` on the page whose store holds `store`; PartFailedError if one part fails."""
        found: Answers = {}
        for dependency in self._of_the_store():
            outputs = list(_outputs(dependency["output"]))
            if {output["id"] for output in outputs} <= set(present):
                for name, values in self._ask(dependency["output"], outputs, store).items():
                    found.setdefault(name, {}).update(values)
        return found

    def _of_the_store(self) -> list[dict[str, Any]]:
        if not self._known:  # the callbacks of an app do not change once it serves
            only = [{"id": ids.CHOSEN, "property": "data"}]
            listed = json.loads(self._called(EnvironBuilder(path=_DEPENDENCIES)) or "[]")
            self._known = [one for one in listed if one["inputs"] == only and not (one["state"] or one["clientside_function"])]
        return self._known

    def _ask(self, output: str, outputs: list[dict[str, str]], store: dict[str, Any]) -> Answers:
        body = {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": [{"id": ids.CHOSEN, "property": "data", "value": store}],
            "changedPropIds": [f"{ids.CHOSEN}.data"],
            "state": [],
        }
        said = self._called(EnvironBuilder(path=_CALLBACKS, method="POST", json=body))
        answered: Answers = json.loads(said)["response"] if said else {}
        return answered

    def _called(self, request: EnvironBuilder) -> bytes:
        parts, status, headers = run_wsgi_app(self._server.wsgi_app, request.get_environ(), buffered=True)
        if status.startswith("204"):
            return b""
        if not status.startswith("200") or headers.get("Cache-Control") == "no-store" or "X-Newer-Build" in headers:
            raise PartFailedError(status)
        return b"".join(parts)


def _outputs(named: str) -> Iterator[dict[str, str]]:
    """`a.data` or `..a.data...b.children..` → ids and properties."""
    for part in named.strip(".").split("..."):
        name, _, prop = part.rpartition(".")
        yield {"id": name, "property": prop}
