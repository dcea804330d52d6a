"""Files that take seconds: two at a time, the others told their place, pages served all the while."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.web.app import create_app
from dashboard.web.server import briefs
from dashboard.web.server.documents import AT_ONCE

BRIEF = {"brief": {"title": "甲", "items": [{"t": "p", "text": "乙"}]}, "pictures": []}


class Press:
    """Makes every file as soon as it is let."""

    def __init__(self) -> None:
        self.let, self.begun = threading.Event(), threading.Semaphore(0)

    def __call__(self, *_given) -> bytes:
        self.begun.release()
        assert self.let.wait(60)
        return b"file"


@pytest.fixture
def app(warehouse):
    return create_app(warehouse)


@pytest.fixture
def held(monkeypatch):
    made = Press()
    monkeypatch.setattr(briefs, "press", made)
    yield made
    made.let.set()


def ask(app, viewer: str, form: str = "docx"):
    return app.server.test_client().post(f"/download/brief/{form}", json=BRIEF, headers={"X-Viewer": viewer})


def test_a_third_is_told_its_place_and_gets_its_file_when_it_is_its_turn(app, held):
    with ThreadPoolExecutor(AT_ONCE) as threads:
        running = [threads.submit(ask, app, f"reader-{number}") for number in range(AT_ONCE)]
        for _ in running:
            assert held.begun.acquire(timeout=60)
        third, fourth = ask(app, "reader-third"), ask(app, "reader-fourth", "pdf")
        assert (third.status_code, third.headers["Retry-After"]) == (503, "2")
        assert third.text == "现在已有 2 份文件在生成，您排在最前。"
        assert fourth.text == "正在排队，前面还有 1 份文件。"
        assert ask(app, "reader-0").text == "您的上一份文件还在生成，完成后接着生成这一份。"
        assert app.server.test_client().get("/download/template.xlsx").status_code == 503
        assert app.server.test_client().get("/healthz").status_code == 200  # pages do not wait
        held.let.set()
        assert [one.result().data for one in running] == [b"file"] * AT_ONCE
    assert ask(app, "reader-third").data == b"file"


def test_a_file_that_fails_gives_its_place_back(app, monkeypatch):
    for _ in range(AT_ONCE + 1):
        answer = app.server.test_client().post(
            "/download/brief/docx", json={**BRIEF, "pictures": ["eA=="]}, headers={"X-Viewer": "reader-one"}
        )
        assert answer.status_code == 400
    monkeypatch.setattr(briefs, "press", lambda *_given: b"file")
    assert ask(app, "reader-two").data == b"file"


def test_what_cannot_be_a_brief_is_said_at_once(app, held):
    answer = app.server.test_client().post("/download/brief/docx", json={"brief": 1, "pictures": []})
    assert answer.status_code == 400
