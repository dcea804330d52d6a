"""A reader's numbers stay with the reader: in no address, no log, no memory of the server, no answer by GET."""

from __future__ import annotations

import base64
import json
import logging
from dataclasses import replace

import pytest

from dashboard.cards import own as words
from dashboard.cards.answer import answer
from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.charts import CHARTS
from dashboard.paper.briefs import BriefError, parse_brief
from dashboard.paper.composition import compose
from dashboard.warehouse import Warehouse
from dashboard.web.app import create_app
from tests.dashboard.themes.mine.given import FULL, chosen

SECRET = "76543"  # a population that stands nowhere else
MINE = chosen(FULL | {"resident": SECRET})


@pytest.fixture(scope="module")
def client(shipped_file):
    return create_app(shipped_file).server.test_client()


@pytest.mark.parametrize(
    "stated",
    ["", "[", "{}", "[1]", '[{"A":"1"}]', '[{"a":1}]', "[{}]", '[{"a":"\\u0000"}]', json.dumps([{}] * 5), json.dumps([{"a": "1" * 41}]), "[" * 99_999],
)  # fmt: skip
def test_what_are_no_words_of_a_reader_are_nothing(stated):
    assert Selection.parse({"own": stated}).own == ""


def test_the_words_come_back_in_one_spelling():
    stated = '[{"staff": "近6000 ","resident":"", "place":"兰考"}]'
    own = Selection.parse({"own": stated}).own
    assert own == '[{"place":"兰考","staff":"近6000"}]'
    assert Selection.parse({"own": own}).own == own
    assert words.own_sets(own) == ({"place": "兰考", "staff": "近6000"},)
    assert Selection.parse(MINE.to_store()) == MINE


def test_no_address_and_no_word_about_a_selection_holds_them():
    assert MINE.to_query() == ""
    assert SECRET not in repr(MINE)
    assert Selection.from_query("own=" + MINE.own) == (Selection(), ("own",))


def test_the_server_remembers_nothing(shipped_file, monkeypatch):
    db = Warehouse(shipped_file)
    keys = []
    remember = Warehouse.remember

    def noted(self, key, make):
        keys.append(key)
        return remember(self, key, make)

    monkeypatch.setattr(Warehouse, "remember", noted)
    chart = CHARTS["mine-ratio"]
    assert shown(db, chart, MINE) is not shown(db, chart, MINE)
    assert "figure" in answer(db, chart, MINE)
    brief = parse_brief({"items": [{"t": "fig", "chart": chart.id, "own": MINE.own, "say": True}]})
    assert compose(db, brief).figures
    assert keys
    assert not [key for key in keys if SECRET in str(key) or MINE in (key if isinstance(key, tuple) else ())]


def test_a_failure_is_logged_without_them(shipped, caplog):
    def fails(_db, chosen):
        raise ValueError(chosen.own)

    broken = replace(CHARTS["mine-ratio"], rows=fails)
    with caplog.at_level(logging.DEBUG):
        assert "card--failed" in answer(shipped, broken, MINE)["look"]
    assert "mine-ratio" in caplog.text
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text


def question(client, chosen: Selection) -> bytes:
    output = next(
        one["output"] for one in client.get("/_dash-dependencies").get_json() if "written-mine-ratio.data..." in one["output"]
    )
    store = {"path": "/mine", "title": "", "selection": chosen.to_store(), "build": ""}
    return json.dumps({
        "output": output,
        "outputs": [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in output.strip(".").split("...")],
        "inputs": [{"id": "chosen", "property": "data", "value": store}], "changedPropIds": ["chosen.data"], "state": [],
    }).encode()  # fmt: skip


def test_a_page_is_filled_by_post_and_never_by_get(client):
    def by_get(body):
        return client.get("/_fill?" + base64.urlsafe_b64encode(body).decode().rstrip("="))

    assert by_get(question(client, Selection())).get_json()["response"]
    mine = question(client, MINE)
    assert "古丈县" not in by_get(mine).get_data(as_text=True)
    posted = client.post("/_dash-update-component", data=mine, content_type="application/json")
    assert "兰考县" in posted.get_data(as_text=True)
    assert "ETag" not in posted.headers


@pytest.mark.parametrize("ending", ["csv", "xlsx", "plate.json", "caption.json"])
def test_files_of_a_card_are_asked_for_by_post(client, ending):
    where = f"/download/mine-ratio.{ending}"
    assert client.get(where).status_code == 200
    mine = client.post(where, json={"own": MINE.own})
    assert mine.status_code == 200
    if ending != "xlsx":
        assert "兰考县" not in client.get(where).get_data(as_text=True)
        assert "本人填写" in mine.get_data(as_text=True) or "\\u672c\\u4eba" in mine.get_data(as_text=True)
    bodies: list[object] = [{}, {"own": "["}, []]
    for body in bodies:
        refused = client.post(where, json=body)
        assert (refused.status_code, refused.get_data(as_text=True)[:4]) == (400, "填写的数")


def test_a_failure_that_nobody_foresaw_is_logged_without_them(shipped_file, monkeypatch, caplog):
    def fails(_db, chosen):
        raise ValueError(f"cannot be: {chosen.own}{SECRET}")

    monkeypatch.setitem(CHARTS, "mine-ratio", replace(CHARTS["mine-ratio"], rows=fails))
    client = create_app(shipped_file).server.test_client()
    with caplog.at_level(logging.DEBUG):
        assert client.post("/download/mine-ratio.csv", json={"own": MINE.own}).status_code == 500
    assert "ValueError" in "".join(record.exc_text or "" for record in caplog.records)
    assert SECRET not in caplog.text
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        assert client.get("/download/mine-ratio.csv").status_code == 500
    assert "cannot be" in caplog.text  # any other failure tells all


def test_a_brief_with_words_that_are_none_is_refused():
    item = {"t": "fig", "chart": "mine-ratio", "own": "[1]"}
    with pytest.raises(BriefError, match="我县"):
        parse_brief({"items": [item]})
    assert parse_brief({"items": [item | {"own": MINE.own}]}).to_json()["items"][0]["own"] == MINE.own
