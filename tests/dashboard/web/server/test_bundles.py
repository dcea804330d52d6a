"""Our style sheets and scripts in one file each: all of them, in order, under an address that changes with them."""

from __future__ import annotations

import os

import pytest
from flask import Flask

from dashboard.settings import ROOT
from dashboard.web.server.bundles import APP, FIRST, STYLE, Bundles, serve_bundles


@pytest.fixture
def assets(tmp_path):
    (tmp_path / "vendor").mkdir()
    files = {
        "2_b.css": "b{}", "1_a.css": "a{}", "late.lazy.css": "no", "z.js": "z()", "a.js": "a()", "soon.first.js": "soon()",
        "page.lazy.js": "no", "vendor/words.js": "words()", "vendor/plotly-basic.min.js": "no", "vendor/versions.json": "{}",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("name", "text"), [(STYLE, b"a{}\nb{}\n"), (FIRST, b"soon();\n"), (APP, b"a();\nz();\nwords();\n")])
def test_a_bundle_holds_its_files_in_order_and_no_others(assets, name, text):
    assert Bundles(assets).text(name) == text


def test_a_changed_file_changes_the_address(assets):
    bundles = Bundles(assets)
    before = bundles.address(APP)
    assert bundles.address(APP) == before
    (assets / "a.js").write_text("changed()", encoding="utf-8")
    os.utime(assets / "a.js", ns=(1, 1))
    assert bundles.address(APP) != before
    assert b"changed()" in bundles.text(APP)


def test_every_file_of_ours_is_in_a_bundle_or_waits_to_be_asked_for():
    bundles = Bundles(ROOT / "assets")
    sent = b"".join(bundles.text(name) for name in (STYLE, FIRST, APP))
    for path in sorted((ROOT / "assets").glob("*.*")):
        if path.suffix in {".css", ".js"}:
            assert (path.read_bytes() in sent) == (".lazy." not in path.name), path.name


def test_browsers_may_keep_a_bundle_for_a_year_and_unknown_names_are_not_found(assets):
    server = Flask(__name__)
    bundles = Bundles(assets)
    serve_bundles(server, bundles)
    client = server.test_client()
    answer = client.get(bundles.address(STYLE))
    assert answer.mimetype == "text/css"
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert client.get(bundles.address(STYLE), headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get("/bundle/other.js").status_code == 404
    assert client.get("/bundle/..%2fsecret").status_code == 404
