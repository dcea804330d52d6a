"""Answers that fill a page: asked for by GET, kept with the build they come from, never when they failed."""

from __future__ import annotations

import base64
import json
import time

import pytest

from dashboard.warehouse import Warehouse
from dashboard.web.app import create_app
from tests.rebuilt import rebuilt

CHART = "overview-extension"


def address(client, *, path: str = "/", inputs=None, state=None) -> str:
    output = next(
        one["output"] for one in client.get("/_dash-dependencies").get_json() if f"written-{CHART}.data..." in one["output"]
    )
    chosen = {"path": path, "title": "", "selection": {}, "build": client.get("/healthz").get_json()["build"]}
    body = {
        "output": output,
        "outputs": [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in output.strip(".").split("...")],
        "inputs": inputs or [{"id": "chosen", "property": "data", "value": chosen}],
        "changedPropIds": ["chosen.data"],
        "state": state or [],
    }
    return "/_fill?" + base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")


def test_a_fill_says_what_the_callback_says_and_is_sent_once(client):
    asked = address(client)
    first = client.get(asked)
    body = base64.urlsafe_b64decode(asked.partition("?")[2] + "==")
    assert first.get_json() == client.post("/_dash-update-component", data=body, content_type="application/json").get_json()
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(asked, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/_dash-layout", "/_dash-dependencies"])
def test_what_dash_sends_each_time_is_sent_once(client, path):
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_only_questions_about_the_store_are_answered(client):
    other = [{"id": "location", "property": "pathname", "value": "/"}]
    state = [{"id": "x", "property": "data", "value": 1}]
    junk = ["/_fill?%00", "/_fill?e30", "/_fill", address(client, inputs=other), address(client, state=state)]
    for asked in junk:
        answer = client.get(asked)
        assert "response" not in answer.get_data(as_text=True)[:20]


@pytest.mark.parametrize("posted", [False, True])
def test_a_page_of_an_older_build_has_to_ask_anew(shipped_file, tmp_path, posted):
    path, newer = tmp_path / "w.duckdb", tmp_path / "newer.duckdb"
    rebuilt(shipped_file, path)
    client = create_app(path).server.test_client()
    asked = address(client)
    body = base64.urlsafe_b64decode(asked.partition("?")[2] + "==")

    def ask():
        return client.post("/_dash-update-component", data=body, content_type="application/json") if posted else client.get(asked)

    assert "X-Newer-Build" not in ask().headers
    rebuilt(shipped_file, newer, build_id="b2")
    newer.replace(path)
    for _ in range(60):
        if "X-Newer-Build" in (again := ask()).headers:
            break
        time.sleep(0.05)
    assert again.headers["X-Newer-Build"] == "b2"
    assert again.headers["Cache-Control"] == "no-store"
    told = again.get_json()
    assert told["build"] == "b2"
    assert told["version"].startswith("数据版本")
    assert "更新" in told["notice"]
    assert "X-Newer-Build" not in client.get(address(client)).headers


def test_a_failure_is_not_kept(client, monkeypatch):
    asked = address(client, path="/failing")
    table = Warehouse.table

    def broken(_self, _name):
        raise RuntimeError("planted")

    with monkeypatch.context() as patched:
        patched.setattr(Warehouse, "table", broken)
        patched.setattr(Warehouse, "remember", lambda _self, _key, make: make())
        failed = client.get(asked)
        assert failed.headers["Cache-Control"] == "no-store"
        assert "card--failed" in failed.text
    assert Warehouse.table is table
    assert "card--failed" not in client.get(asked).text
