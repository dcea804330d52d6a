"""What is counted, and that it tells of no person."""

from urllib.request import urlopen

import pytest
from prometheus_client import generate_latest
from werkzeug.test import Client

from dashboard.settings import Settings
from dashboard.web.app import create_app
from dashboard.web.server import metrics as counts
from dashboard.web.server.metrics import Metrics, route
from tests.dashboard.web.server.test_serving import free_port


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "page"), ("/area/河曲县", "page"), ("/assets/x.js", "static"), ("/_fill", "callback"), ("/_dash-layout", "layout"), ("/api/sql", "sql"),
        ("/api/sql/xlsx", "sql"), ("/api/facts/F1", "api"), ("/download/brief/pdf", "document"), ("/download/brief/preview", "download"),
        ("/signin", "sign-in"), ("/account/audit", "sign-in"), ("/healthz", "healthz"), ("/search.json", "search.json"), ("/a\nb", "page"),
    ],
)  # fmt: skip
def test_a_path_has_a_name_of_few(path, name):
    assert route(path) == name


def value(text: str, start: str) -> float:
    [line] = [line for line in text.splitlines() if line.startswith(start)]
    return float(line.rpartition(" ")[2])


def test_answers_are_counted_and_name_nobody(warehouse):
    metrics = Metrics()
    client = Client(metrics.around(create_app(warehouse).server))
    client.get("/area/140930", headers={"Accept": "text/html"})
    client.get("/api/facts?indicator=secret-word")
    client.post("/api/sql", json={"sql": "select 'secret-word'"})
    told = generate_latest(metrics.registry).decode()
    assert value(told, 'reform_requests_total{route="page",status="200"}') == 1
    assert value(told, 'reform_requests_total{route="api",status="400"}') == 1
    assert value(told, 'reform_requests_total{route="sql",status="200"}') == 1
    assert value(told, 'reform_seconds_count{route="page"}') == 1
    assert (value(told, "reform_up "), value(told, "reform_build_rejected ")) == (1, 0)
    assert value(told, "reform_facts ") > 50
    assert value(told, "reform_build_age_seconds ") >= 0
    assert value(told, "process_resident_memory_bytes ") > 1e6
    assert "secret-word" not in told
    assert "140930" not in told


def test_without_a_warehouse_it_is_down(tmp_path):
    metrics = Metrics()
    metrics.around(create_app(settings=Settings(warehouse=tmp_path / "none.duckdb")).server)
    told = generate_latest(metrics.registry).decode()
    assert value(told, "reform_up ") == 0
    assert "reform_facts" not in told


def test_it_is_served_on_this_machine_alone():
    metrics, port = Metrics(), free_port()
    metrics.serve(port)
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        assert b"reform_requests" in answer.read()
    assert counts.LOOPBACK == "127.0.0.1"
    with pytest.raises(OSError, match="in use"):
        metrics.serve(port)
