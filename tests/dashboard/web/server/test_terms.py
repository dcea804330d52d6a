"""The list of terms over HTTP: every term once with what it means; kept by browsers until the next build."""

from __future__ import annotations

from pathlib import Path

from dashboard.web.app import create_app


def test_every_term_comes_with_its_spellings_meaning_and_trap(client):
    posts, rate, staff = client.get("/terms.json").get_json()
    assert posts == {
        "term": "编制",
        "aliases": ["人员编制"],
        "definition": "批准给一个机构用人的名额，按“名”计。",
        "caution": "编制是位子，不是在岗的人。",
        "source": "工作定义（未检到成文定义）",
    }
    assert (rate["term"], rate["aliases"]) == ("满编率", [])
    assert (staff["aliases"], staff["caution"]) == (["实有人数", "实有人员"], "")


def test_it_is_sent_once_a_build(client):
    first = client.get("/terms.json")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/terms.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_without_a_warehouse_there_is_none_to_keep(tmp_path: Path):
    answer = create_app(tmp_path / "none.duckdb").server.test_client().get("/terms.json")
    assert (answer.status_code, answer.get_json()) == (200, [])
    assert answer.headers["Cache-Control"] == "no-store"
