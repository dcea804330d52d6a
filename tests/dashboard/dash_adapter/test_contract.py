"""What dashboard/dash_adapter expects of the pinned Dash, held against a small app with nothing of ours.

Fails after an upgrade of Dash? Each test is named for what the adapter leans on. Mend the adapter, here and in its two files of assets/,
until this passes; nothing else in dashboard/ knows these things (tests/test_architecture.py).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import dash_ag_grid as dag
import dash_mantine_components as dmc
import pytest
from dash import Dash, Input, Output, State, dcc, html
from flask import Response
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.serving import make_server

from dashboard.dash_adapter import callbacks, components, first_html
from dashboard.dash_adapter.first_html import AdaptedDash
from dashboard.settings import ROOT

CHROMIUM = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
SCRIPT = (ROOT / "assets" / "dash_adapter.first.js").read_text(encoding="utf-8")
CHECKED = "4.4.1"  # the Dash that all of this was read and tried in


def small_app(kind: type[Dash] = Dash, assets: Path | None = None) -> Dash:
    app = kind(__name__, assets_folder=str(assets or ROOT / "no-such-folder"))
    app.layout = html.Div(
        [
            dcc.Location(id="where"),
            dcc.Store(id="chosen", data={"n": 1}),
            dcc.Input(id="typed", value="x"),
            html.P(id="one"),
            html.P(id="two"),
            html.P(id="both"),
            html.P(id="read"),
            dcc.Graph(id="graph", figure={"data": [], "layout": {}}),
            dag.AgGrid(id="grid", rowData=[], columnDefs=[{"field": "n"}]),
            dmc.MantineProvider(dmc.Text("m")),
        ]
    )

    @app.callback(Output("one", "children"), Input("chosen", "data"))
    def _one(chosen):
        return f"one {chosen['n']}"

    @app.callback(Output("two", "children"), Output("two", "title"), Input("chosen", "data"))
    def _two(chosen):
        return html.B(["two", chosen["n"]], className="b"), "t"

    @app.callback(Output("both", "children"), Input("chosen", "data"), State("typed", "value"))
    def _both(chosen, typed):
        return f"{chosen['n']}{typed}"

    @app.callback(Output("read", "children"), Input("where", "search"))
    def _read(search):
        return f"address {search}"

    return app


@pytest.fixture(scope="module")
def small() -> Dash:
    return small_app()


@pytest.fixture
def asked(small: Dash) -> FlaskClient:
    return small.server.test_client()


def test_the_version_is_the_one_that_was_checked():
    assert version("dash") == CHECKED, (
        f"Dash {version('dash')} is installed, dashboard/dash_adapter was checked against {CHECKED}: "
        "when the other tests of this file pass and its docstrings still hold, write the new version here"
    )
    assert f'"dash=={CHECKED}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


# --- components ---


def test_parts_are_all_that_a_tree_holds_in_order():
    tree = html.Div([html.P(html.B("a")), "b", 3])
    assert [getattr(part, "children", part) for part in components.parts(tree)] == [tree.children[0].children, "a", "b", 3]


def test_kinds_of_components_are_told_apart():
    assert components.is_html(html.P())
    assert not any(components.is_html(part) for part in (dcc.Store(id="s"), dmc.Text("t"), dag.AgGrid()))
    assert [components.element_name(part) for part in (html.P(), html.Td(), html.ObjectEl())] == ["p", "td", "objectel"]
    assert components.qualified_name(dcc.Graph()) == "dash_core_components.Graph"


def test_attributes_are_what_was_given_and_what_dash_would_send():
    part = html.A("words", href="/x", className="c", **{"data-facts": "F1", "aria-label": "l"})
    expected = {"href": "/x", "className": "c", "data-facts": "F1", "aria-label": "l"}
    assert dict(components.attributes(part)) == expected
    assert part.to_plotly_json()["props"] == expected | {"children": "words"}


@pytest.mark.parametrize("part", [html.P("a", id="i", title="t"), dcc.Store(id="i", data=1), dmc.Tabs("x", id="i", value="v")])
def test_a_bare_copy_has_its_id_and_the_original_all(part):
    before = part.to_plotly_json()
    bare = components.bare(part)
    assert type(bare) is type(part)
    assert bare.to_plotly_json()["props"] == {"id": "i"}
    assert part.to_plotly_json() == before


def test_components_come_back_from_what_they_are_sent_as():
    tree = html.Div([html.P("a", className="c"), dcc.Link("b", href="/"), ["d", None, 4]], **{"data-x": "1"})
    sent = json.loads(json.dumps(tree, default=lambda part: part.to_plotly_json()))
    assert json.dumps(components.revived(sent), default=lambda part: part.to_plotly_json()) == json.dumps(
        tree, default=lambda part: part.to_plotly_json()
    )


# --- callbacks ---


def test_callbacks_of_one_input_are_found_and_answer(asked):
    listed = asked.get(callbacks.DEPENDENCIES)
    assert listed.status_code == 200
    found = callbacks.callbacks_reading_only(listed.data, "chosen", "data")
    assert [[(one["id"], one["property"]) for one in callback.outputs] for callback in found] == [
        [("one", "children")],
        [("two", "children"), ("two", "title")],
    ]
    answers: callbacks.Answers = {}
    for callback in found:
        answer = asked.post(callbacks.CALLBACKS, json=callbacks.callback_request(callback, "chosen", "data", {"n": 7}))
        assert answer.status_code == 200
        answers |= callbacks.callback_answer(answer.data)
    assert answers["one"] == {"children": "one 7"}
    bold = components.revived(answers["two"]["children"])
    assert (type(bold), bold.children, answers["two"]["title"]) == (html.B, ["two", 7], "t")
    assert callbacks.callback_answer(b"") == {}


def test_the_layout_is_where_the_first_html_has_it_fetched(asked):
    assert asked.get(callbacks.LAYOUT).get_json()["props"]["children"][1]["props"]["data"] == {"n": 1}


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"inputs": 1}', b'{"inputs": [1]}', b'{"inputs": [{}]}', b"\xff", b'{"inputs": []}']
)
def test_a_body_that_is_none_says_nothing(body):
    assert callbacks.stored_in_request(body, "chosen", "data") is None


# --- the first HTML ---


def test_pages_go_through_first_answer_and_html_is_the_same_each_time():
    class Ours(AdaptedDash):
        def first_answer(self, html):
            return Response(html(), status=404)

    asked = small_app(Ours).server.test_client()
    for path in ("/", "/any/where"):
        first, second = asked.get(path), asked.get(path)
        assert first.status_code == 404
        assert first.data == second.data
    plain = small_app().server.test_client()
    assert plain.get("/").data != plain.get("/").data, "Dash itself sends the same each time: AdaptedDash._config can go"


def test_dash_tells_its_script_nothing_else_that_changes():
    plain, ours = Dash("a"), AdaptedDash("a")
    assert set(plain._config()) - set(ours._config()) == {"end_id"}


@pytest.fixture
def tags(small: Dash) -> str:
    return str(small.server.test_client().get("/").data.decode())


def test_script_tags_have_the_form_that_is_looked_for(tags):
    scripts = re.findall(r"<script [^>]*\bsrc=[^>]*></script>", tags)
    assert len(scripts) > 8
    assert all(callbacks.SUITES in script for script in scripts)
    later = first_html.fetched_now_run_later(tags)
    assert re.findall(r'<script type="text/later" src="([^"]+)"></script>', later) == re.findall(r'<script src="([^"]+)"', tags)
    assert '<script src="' not in later
    assert "/dash_table/" in tags, "Dash has stopped sending its table: without_table can go"
    assert "/dash_table/" not in first_html.without_table(tags)
    assert re.search(r'<script src="[^"]+/dash_ag_grid\.', tags)
    [grid] = re.findall(r'<meta name="grid-script" content="([^"]+)">', first_html.grid_by_name_only(tags))
    assert f'<script src="{grid}"></script>' in tags
    assert f'<script src="{grid}"></script>' not in first_html.grid_by_name_only(tags)


def test_the_renderer_begins_by_one_inline_tag_below_a_place_of_its_own(tags):
    [begins] = re.findall(r'<script id="_dash-renderer" type="application/javascript">([^<]+)</script>', tags)
    assert "new DashRenderer()" in begins
    assert f'<script id="_dash-renderer" type="text/later">{begins}</script>' in first_html.begun_later(tags)
    assert '<div id="react-entry-point">' in tags
    assert '<div class="_dash-loading">' in tags


# --- in the browser: assets/dash_adapter.first.js ---


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The small app, live, with the adapter's script; the renderer's tag has been run by it, late."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: run `make browser`, or set BROWSER_PATH")

    class Late(AdaptedDash):
        def interpolate_index(self, **parts):  # type: ignore[override]
            parts["css"] += f"<script>{SCRIPT}</script><script>{SPIES}</script>"
            parts["renderer"] = first_html.begun_later(parts["renderer"])
            return super().interpolate_index(**parts)

    server = make_server("127.0.0.1", 0, small_app(Late, tmp_path_factory.mktemp("assets")).server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    opened = browser.new_page()
    opened.goto(f"http://127.0.0.1:{server.port}/")
    assert opened.locator("#one").count() == 0, "the renderer began by itself"
    opened.evaluate("dash_adapter.begin()")
    opened.wait_for_function("document.getElementById('one') && document.getElementById('one').textContent === 'one 1'")
    yield opened
    opened.close()
    server.shutdown()
    thread.join()


SPIES = """
  var send = window.fetch;
  window.asked = [];
  window.fetch = function (where, options) {
    if (dash_adapter.asks(where, options)) window.asked.push(JSON.parse(options.body).output);
    return send.apply(window, arguments);
  };
  dash_adapter.plotly_at("/nowhere/plotly.js");
"""


@pytest.mark.browser
def test_the_live_page_stands_where_it_is_looked_for(page):
    assert page.evaluate("dash_adapter.live().contains(document.getElementById('one'))")


@pytest.mark.browser
def test_questions_to_callbacks_are_seen_and_are_what_stored_in_request_reads(page):
    page.wait_for_function("window.asked.length >= 4")
    assert {"one.children", "..two.children...two.title..", "both.children"} <= set(page.evaluate("window.asked"))
    with page.expect_request("**" + callbacks.CALLBACKS) as sent:
        page.evaluate("dash_clientside.set_props('chosen', {data: {n: 2}})")
    stored = callbacks.stored_in_request(sent.value.post_data_buffer, "chosen", "data")
    assert stored is not None
    assert stored.value == {"n": 2}
    page.wait_for_function("document.getElementById('two').textContent === 'two2'")


@pytest.mark.browser
def test_a_browser_asks_as_callback_request_does(page, asked):
    [one, two] = callbacks.callbacks_reading_only(asked.get(callbacks.DEPENDENCIES).data, "chosen", "data")
    bodies = []
    page.on("request", lambda request: bodies.append(request.post_data_json) if request.method == "POST" else None)
    page.evaluate("dash_clientside.set_props('chosen', {data: {n: 3}})")
    page.wait_for_function(
        "document.getElementById('both').textContent === '3x' && document.getElementById('two').textContent === 'two3'"
    )
    for callback in (one, two):
        ours = callbacks.callback_request(callback, "chosen", "data", {"n": 3})
        [theirs] = [body for body in bodies if body["output"] == callback.output]
        assert {key: theirs.get(key, []) for key in ours} == ours
    [with_state] = [body for body in bodies if body["output"] == "both.children"]
    seen = callbacks.stored_in_request(json.dumps(with_state).encode(), "chosen", "data")
    assert seen == callbacks.Stored(value={"n": 3}, alone=False)


@pytest.mark.browser
def test_properties_are_those_of_now(page):
    page.evaluate("dash_clientside.set_props('chosen', {data: {n: 4}})")
    page.wait_for_function("document.getElementById('one').textContent === 'one 4'")
    assert page.evaluate("dash_adapter.props('chosen').data") == {"n": 4}
    assert page.evaluate("dash_adapter.props('no-such-part')") is None


@pytest.mark.browser
def test_the_location_reads_an_address_only_when_it_is_told(page):
    page.evaluate("history.pushState({}, '', '/?a=1')")
    page.evaluate("dash_adapter.moved()")
    page.wait_for_function("document.getElementById('read').textContent === 'address ?a=1'")


@pytest.mark.browser
def test_the_graph_asks_for_plotly_where_it_is_told_to(page):
    page.wait_for_function("document.querySelector('script[src=\"/nowhere/plotly.js\"]') !== null", timeout=10_000)
    assert page.evaluate("dash_adapter.plotly_address()") == "/nowhere/plotly.js"


@pytest.mark.browser
def test_the_grid_bears_the_marks_that_its_stand_in_is_given(page):
    marks = "(one) => [one.dashRenderType, one.dashPersistence]"
    real = page.evaluate(f"({marks})(dash_ag_grid.AgGrid)")
    ours = page.evaluate(f"(() => {{ function grid() {{}} dash_adapter.as_grid(grid); return ({marks})(grid); }})()")
    assert real == ours
