"""Requests that no page of ours sends: refused in Chinese, before they cost or change anything, and without a line in the log."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from dashboard.dash_adapter.callbacks import CALLBACKS, DEPENDENCIES, outputs_of
from dashboard.settings import Settings
from dashboard.web.app import create_app
from dashboard.web.server.refusals import BAD_HOST, FOREIGN

TRIED = int(os.environ.get("TRIED", "0"))  # `make fuzz`: so many questions, others at every run; the suite asks the same at each
QUESTION = {"content_type": "application/json", "data": "{}"}
# What a value may turn out to be: of another type, deep, large, with characters that no text has.
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(["\x00\x07", "\ud800", "1e999", "％，", "a" * 5000, "-1"]),
)
JUNK = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=6
)
# A store of a page whose parts are junk gets further than one that is junk itself.
STORE = st.fixed_dictionaries(
    {},
    optional={
        "path": JUNK, "place": JUNK, "title": JUNK, "build": JUNK, "picked": JUNK,
        "selection": JUNK | st.dictionaries(
            st.sampled_from(["places", "indicator", "basis", "cohorts", "province", "tables", "search", "group", "own"]), JUNK, max_size=4
        ),
    },
)  # fmt: skip


def question(callback: dict[str, Any], values: list[Any]) -> dict[str, Any]:
    """The body in which a page asks this callback, with these values for its inputs and states."""
    read = [
        {key: part[key] for key in ("id", "property")} | {"value": value}
        for part, value in zip(callback["inputs"] + callback["state"], values, strict=True)
    ]
    outputs = list(outputs_of(callback["output"]))
    count = len(callback["inputs"])
    return {
        "output": callback["output"],
        "outputs": outputs if callback["output"].startswith("..") else outputs[0],
        "inputs": read[:count],
        "state": read[count:],
        "changedPropIds": [f"{part['id']}.{part['property']}" for part in read[:1]],
    }


@pytest.fixture(scope="module")
def callbacks(app: Dash) -> list[dict[str, Any]]:
    told = json.loads(app.server.test_client().get(DEPENDENCIES).data)
    return [one for one in told if not one["clientside_function"]]


# --- strangers ---


@pytest.mark.parametrize("host", ["localhost:8050", "127.0.0.1", "[::1]:8050", "LOCALHOST"])
def test_this_machine_may_be_called_by_its_own_names(client: FlaskClient, host: str):
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/facts", "/assets/favicon.svg", CALLBACKS])
def test_a_name_that_somebody_pointed_at_this_machine_is_refused_everywhere(client: FlaskClient, path: str):
    answer = client.get(path, headers={"Host": "rebound.example"})
    assert (answer.status_code, answer.get_data(as_text=True)) == (400, BAD_HOST)


def test_an_office_says_its_names(warehouse: Path):
    client = create_app(warehouse, settings=Settings(hosts=("gaige.example.gov.cn",))).server.test_client()
    assert client.get("/healthz", headers={"Host": "gaige.example.gov.cn:8443"}).status_code == 200
    assert client.get("/healthz", headers={"Host": "localhost"}).status_code == 400


def test_beyond_loopback_any_name_is_answered_until_names_are_given(warehouse: Path):
    client = create_app(warehouse, settings=Settings(host="10.1.2.3", insecure=True)).server.test_client()
    assert client.get("/healthz", headers={"Host": "server7"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("path", [CALLBACKS, "/api/sql", "/download/brief/docx"])
def test_a_page_of_another_site_can_have_nothing_done(client: FlaskClient, path: str, headers: dict[str, str]):
    answer = client.post(path, headers=headers, **QUESTION)
    assert (answer.status_code, answer.get_data(as_text=True)) == (403, FOREIGN)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy"},
        {"Origin": "http://localhost:8050"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
def test_our_own_pages_and_programs_are_answered(client: FlaskClient, headers: dict[str, str]):
    assert client.post("/api/sql", headers=headers, json={"sql": "select 1 as n"}).status_code == 200


# --- nonsense ---


@pytest.mark.parametrize(("method", "path", "status"), [
    ("delete", "/", 405), ("put", "/healthz", 405), ("delete", "/terms.json", 405),
    ("get", "/download/nope.csv", 404), ("get", "/assets/nope.js", 404),
    ("get", "/_dash-component-suites/nope/x.js", 404), ("get", "/_dash-component-suites/dash/nope.js", 404),
    ("get", "/_dash-component-suites/dash/../../../etc/passwd", 404),
])  # fmt: skip
def test_what_there_is_not_is_said_in_chinese(
    client: FlaskClient, method: str, path: str, status: int, caplog: pytest.LogCaptureFixture
):
    answer = getattr(client, method)(path)
    words = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert words.endswith("。")
    assert "<" not in words
    assert bool(answer.headers.get("Allow")) == (status == 405)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def _without(key: str) -> Callable[[dict[str, Any]], Any]:
    return lambda body: {name: value for name, value in body.items() if name != key}


@pytest.mark.parametrize("spoil", [
    lambda body: [body], lambda body: None, lambda body: "x", lambda body: {}, _without("output"), _without("inputs"), _without("outputs"),
    lambda body: body | {"output": "nope.children"}, lambda body: body | {"output": ["a"]}, lambda body: body | {"outputs": "x"},
    lambda body: body | {"inputs": []}, lambda body: body | {"inputs": body["inputs"] * 2}, lambda body: body | {"inputs": {"a": 1}},
    lambda body: body | {"inputs": [{"id": {"type": "x"}, "property": "data"}]}, lambda body: body | {"state": [{"id": "chosen", "property": "data"}]},
    lambda body: body | {"changedPropIds": ["nope.data"]}, lambda body: body | {"changedPropIds": 3}, lambda body: body | {"cancelJob": "1"},
    lambda body: body | {"outputs": [body["outputs"], body["outputs"]]},
])  # fmt: skip
def test_a_question_that_no_page_asks_is_refused_in_words(
    client: FlaskClient, callbacks: list[dict[str, Any]], spoil: Callable, caplog
):
    single = next(one for one in callbacks if not one["output"].startswith("..") and not one["state"])
    body = question(single, [None] * len(single["inputs"]))
    assert client.post(CALLBACKS, json=body).status_code in {200, 204}
    answer = client.post(CALLBACKS, json=spoil(body))
    assert (answer.status_code, answer.get_data(as_text=True)) == (400, "请求看不懂。")
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"[" * 100_000, b"{", b'{"output": NaN}', "“".encode()])
def test_a_body_that_is_none_is_refused(client: FlaskClient, raw: bytes, caplog: pytest.LogCaptureFixture):
    assert client.post(CALLBACKS, data=raw, content_type="application/json").status_code == 400
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@trying(
    max_examples=TRIED or 300,
    derandomize=not TRIED,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_value_of_a_question_makes_the_server_fail(
    client: FlaskClient, callbacks: list[dict[str, Any]], data: st.DataObject, caplog: pytest.LogCaptureFixture
):
    caplog.clear()
    asked = data.draw(st.sampled_from(callbacks))
    values = [data.draw(STORE | JUNK if part["property"] == "data" else JUNK) for part in asked["inputs"] + asked["state"]]
    answer = client.post(CALLBACKS, data=json.dumps(question(asked, values)), content_type="application/json")
    assert answer.status_code in {200, 204, 400}, asked["output"]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR], asked["output"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/sql",
        "/download/brief/docx",
        "/download/brief/preview",
        "/download/mine-bodies.csv",
        "/download/mine-bodies.plate.json",
    ],
)
@pytest.mark.parametrize(
    "raw", [b"[" * 200_000, b'{"a":' * 100_000, b"\xff\xfe{", b'"\\ud800"', b"NaN", b"[]", b"null", b'{"own": {"a": [1]}}']
)
def test_no_body_of_another_route_makes_it_fail(client: FlaskClient, path: str, raw: bytes, caplog: pytest.LogCaptureFixture):
    answer = client.post(path, data=raw, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
