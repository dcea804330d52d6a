"""One app over the real build of the fixture, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.settings import Settings
from dashboard.warehouse import Warehouse
from dashboard.web.app import create_app


@pytest.fixture(scope="session")
def shipped(shipped_file: Path) -> Warehouse:
    """Reader of the shipped facts: charts, sentences and queries must hold on them."""
    return Warehouse(shipped_file)


@pytest.fixture(scope="session")
def app(warehouse: Path) -> Dash:
    """With patience: what is tested is what it answers, not how fast a loaded machine starts a process."""
    return create_app(warehouse, settings=Settings(sql_seconds=60))


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    return app.server.test_client()


@pytest.fixture
def fire(client: FlaskClient) -> Callable[..., dict[str, Any]]:
    """Answer of the callback that fills `output` (as Dash names it), called over HTTP as the browser does."""

    def call(output: str, inputs: list[dict[str, Any]], state: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        outputs: Any = [
            dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in output.strip(".").split("...")
        ]
        body = {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": inputs,
            "state": state or [],
            "changedPropIds": [f"{part['id']}.{part['property']}" for part in inputs],
        }
        answer = client.post("/_dash-update-component", json=body)
        assert answer.status_code in {200, 204}, answer.get_data(as_text=True)[:500]
        return (answer.get_json() or {}) if answer.status_code == 200 else {}

    return call
