"""The server around the pages: health, headers, compression, downloads, and what is shown without a warehouse."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path
from socket import gethostname

import brotli
import pytest
from click.testing import CliRunner

from dashboard import __main__ as command
from dashboard.charts import CHARTS
from dashboard.drawing import tokens as drawing_tokens
from dashboard.settings import ROOT, Settings
from dashboard.web.app import create_app
from tests.rebuilt import rebuilt

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


def test_health_is_good_only_with_a_usable_warehouse(client, tmp_path):
    assert client.get("/healthz").status_code == 200
    for name, content in (("missing", None), ("broken", b"half a file")):
        path = tmp_path / f"{name}.duckdb"
        if content is not None:
            path.write_bytes(content)
        answer = create_app(path).server.test_client().get("/healthz")
        assert answer.status_code == 503
        assert re.search("[一-鿿]", answer.get_json()["reason"])


def test_health_says_that_a_newer_file_is_not_read_and_every_route_goes_on(shipped_file, tmp_path):
    path = tmp_path / "warehouse.duckdb"
    rebuilt(shipped_file, path)
    server = create_app(path).server
    client = server.test_client()
    assert "rejected" not in client.get("/healthz").get_json()
    (tmp_path / "bad").write_bytes(b"half a file")
    (tmp_path / "bad").replace(path)
    time.sleep(1.1)  # the file is looked at once a second
    health = client.get("/healthz")
    assert (health.status_code, health.get_json()["build"]) == (200, "b1")
    assert "无法读取" in health.get_json()["rejected"]
    asked = [
        "/",
        "/small-counties",
        "/area/140930",
        "/data",
        "/sql",
        "/api/facts",
        "/api/charts",
        "/download/ratio-overview.csv",
        "/terms.json",
        "/wall",
    ]
    assert {where: client.get(where).status_code for where in asked if client.get(where).status_code >= 500} == {}
    sql = client.post("/api/sql", json={"sql": "select count(*) as n from mart.fact"})
    assert sql.status_code in {200, 503}, sql.text


def test_without_a_warehouse_every_page_says_so_in_chinese_and_recovers(shipped_file, tmp_path):
    path = tmp_path / "later.duckdb"
    client = create_app(path).server.test_client()
    answer = client.get("/ratio", headers=BROWSER)
    assert answer.status_code == 503
    assert "make warehouse" in answer.text
    assert "Traceback" not in answer.text
    rebuilt(shipped_file, path)
    client.application.config["TESTING"] = True
    assert client.get("/ratio", headers=BROWSER).status_code == 200


def test_the_page_is_chinese_and_names_no_other_host(client):
    page = client.get("/", headers=BROWSER).text
    assert '<html data-early lang="zh-CN">' in page
    assert re.findall(r"<(?!a )[^>]*(?:src|href)=\"(?:https?:)?//", page) == []  # a citation may lead there, nothing is loaded


def test_the_policy_allows_this_host_only(client):
    policy = client.get("/", headers=BROWSER).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert re.search(r"script-src 'self' 'sha256-[^']+'", policy)


def _script(client) -> str:
    page = client.get("/", headers=BROWSER).text
    [address] = re.findall(r'<script (?:type="text/later" )?src="(/bundle/app\.js[^"]*)"', page)
    return address


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"), [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)]
)
def test_static_files_are_compressed_and_kept_for_a_year(client, accepted, encoding, unpack):
    plain = client.get(_script(client)).get_data()
    answer = client.get(_script(client), headers={"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] == encoding
    assert unpack(answer.get_data()) == plain
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_file_that_has_not_changed_is_not_sent_again(client):
    first = client.get(_script(client), headers={"Accept-Encoding": "br"})
    again = client.get(_script(client), headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


def test_callbacks_are_compressed_too(client):
    answer = client.get("/_dash-dependencies", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_a_download_opens_cleanly_and_names_its_sources(client):
    answer = client.get("/download/extension-lushan.csv")
    assert answer.status_code == 200
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    header, *rows = answer.get_data().decode("utf-8-sig").splitlines()
    assert header.endswith("资料来源,事实编号")
    assert rows
    assert all("《" in row and re.search(r"F[0-9a-f]{10}", row) for row in rows)


def test_a_download_of_nothing_is_not_found(client):
    assert client.get("/download/nothing.csv").status_code == 404


@pytest.mark.parametrize("chart_id", list(CHARTS))
def test_every_chart_can_be_downloaded(client, chart_id):
    assert client.get(f"/download/{chart_id}.csv").status_code == 200


def test_style_sheet_and_figures_use_the_same_colours():
    tokens = dict(
        re.findall(r"--([a-z]+): (#[0-9a-f]{6});", (ROOT / "assets" / "1_tokens.css").read_text(encoding="utf-8").split("}")[0])
    )
    named = ("ink", "secondary", "muted", "faint", "line", "rule", "band", "paper", "page", "blue", "brick", "tint")
    assert {name: tokens[name] for name in named} == {name: getattr(drawing_tokens, name.upper()) for name in named}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, Settings()),
        ({"PORT": "9000", "HOST": "0.0.0.0", "INSECURE": "1"}, Settings(port=9000, host="0.0.0.0", insecure=True)),
        ({"WAREHOUSE": "/data/w.duckdb", "INTERNAL": "yes"}, Settings(warehouse=Path("/data/w.duckdb"), internal=True)),
        ({"PORT": "", "HOST": "", "ALLOWED_HOSTS": " , "}, Settings()),
        ({"ALLOWED_HOSTS": "gaige.example.gov.cn, 10.1.2.3"}, Settings(hosts=("gaige.example.gov.cn", "10.1.2.3"))),
    ],
)
def test_settings_come_from_the_environment(environment, expected):
    assert Settings.from_environment(environment) == expected


@pytest.mark.parametrize("setting", ["INTERNAL", "DEBUG"])
def test_what_is_not_for_everybody_is_not_shown_beyond_this_machine(setting, monkeypatch):
    ran: list[Settings] = []
    monkeypatch.setattr(command, "_run", ran.append)
    told = CliRunner().invoke(command.main, ["--host", "0.0.0.0", "--insecure"], env={setting: "1"})
    assert (told.exit_code, ran) == (2, [])
    assert f"请去掉 {setting}" in told.stderr
    assert CliRunner().invoke(command.main, [], env={setting: "1"}).exit_code == 0
    assert ran


def test_who_serves_without_sign_in_is_told_by_which_address(monkeypatch):
    monkeypatch.setattr(command, "_run", lambda _settings: None)
    told = CliRunner().invoke(command.main, ["--host", "0.0.0.0", "--port", "8123", "--insecure"])
    assert told.exit_code == 0
    assert f"http://{gethostname()}:8123/" in told.stderr


@pytest.mark.parametrize("port", ["x", "0", "70000", "80.5", "-1"])
def test_a_bad_port_is_explained(port):
    with pytest.raises(ValueError, match="PORT 应为"):
        Settings.from_environment({"PORT": port})


@pytest.mark.parametrize(
    ("host", "inside"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("10.0.0.8", False), ("db.local", False)],
)
def test_loopback_is_told_from_the_network(host, inside):
    assert Settings(host=host).on_loopback is inside
