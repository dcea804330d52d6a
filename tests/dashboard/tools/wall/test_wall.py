"""大屏 without a browser: a page beside Dash, all scenes of one build in one answer, type that can be read at six metres."""

from __future__ import annotations

import re

import plotly.graph_objects as go
import pytest

from dashboard.tools.wall import served as wall
from dashboard.tools.wall.scenes import SCENES
from dashboard.web.app import create_app
from tests.rebuilt import rebuilt

LEAST = 1080 * 0.022  # px of the stage


@pytest.fixture(scope="module")
def told(app):
    answer = app.server.test_client().get("/wall/scenes.json")
    assert answer.status_code == 200
    return answer.get_json()


def test_the_page_stands_alone_on_its_own_host(client):
    page = client.get("/wall", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert '<html lang="zh-CN">' in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page.text) == []
    assert not re.search(r"<(nav|input)\b", page.text)
    assert page.text.count("<a ") == 1  # the way on for a phone
    assert re.findall(r"data-wall=\"(\w+)\"", page.text) == ["back", "pause", "on", "leave"]
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert client.get(address).status_code == 200, address


def test_every_scene_is_told_from_the_build_on_show(told, client):
    order = [scene.headline.id for scene in SCENES]
    found = [scene["id"] for scene in told["scenes"]]  # a scene whose facts the fixture does not hold is left out
    assert len(found) >= 4
    assert found == [name for name in order if name in found]
    assert told["build"] == client.get("/healthz").get_json()["build"]
    assert told["dated"].startswith("数据版本")


def test_a_scene_has_a_number_a_question_a_sentence_notes_and_sources(told):
    for scene in told["scenes"]:
        assert any(re.search(r"\d", part["text"]) for part in scene["figure"]), scene["id"]
        assert any(part["number"] for part in scene["finding"])
        assert scene["question"].endswith("？")
        assert scene["notes"].endswith("。")
        assert "《" in scene["sources"]
        assert "等。" not in scene["sources"]
        assert " → " not in scene["notes"]
        assert scene["alt"].startswith(scene["question"])


def test_drawings_are_valid_and_no_type_is_too_small(told):
    for scene in told["scenes"]:
        go.Figure(scene["chart"])
        sizes = [words["font"]["size"] for words in scene["chart"]["layout"]["annotations"]]
        sizes += [
            int(size)
            for words in scene["chart"]["layout"]["annotations"]
            for size in re.findall(r"font-size:(\d+)px", words["text"])
        ]
        assert min(sizes) >= LEAST, scene["id"]
        assert scene["chart"]["layout"]["width"] == wall.CHART_WIDTH


def test_the_style_sheet_sets_no_type_too_small(app):
    style = client_text(app, "/assets/wall.lazy.css")
    assert min(int(size) for size in re.findall(r"font-size: (\d+)px", style)) >= LEAST


def client_text(app, address):
    return app.server.test_client().get(address).text


def test_the_answer_is_not_sent_again_while_nothing_has_changed(client):
    first = client.get("/wall/scenes.json")
    again = client.get("/wall/scenes.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


def test_a_scene_that_breaks_is_left_out_and_the_others_stay(shipped_file, tmp_path, monkeypatch):
    path = tmp_path / "warehouse.duckdb"
    rebuilt(shipped_file, path)
    whole = create_app(path).server.test_client().get("/wall/scenes.json").get_json()["scenes"]
    made = wall._scene
    monkeypatch.setattr(wall, "_scene", lambda db, scene: 1 / 0 if scene.headline.id == "staffing" else made(db, scene))
    left = create_app(path).server.test_client().get("/wall/scenes.json").get_json()["scenes"]
    assert {scene["id"] for scene in whole} - {scene["id"] for scene in left} == {"staffing"}


def test_without_a_warehouse_the_screen_is_told_to_wait(tmp_path):
    client = create_app(tmp_path / "none.duckdb").server.test_client()
    assert client.get("/wall/scenes.json").status_code == 503
    assert client.get("/wall", headers={"Accept": "text/html"}).status_code == 503
