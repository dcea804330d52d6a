"""Third-party front-end files: the versions that Python expects, nothing foreign in git, every word in Chinese."""

from __future__ import annotations

import importlib.metadata
import json
import re
from pathlib import Path

import plotly
import pytest

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "assets"
VENDOR = ASSETS / "vendor"
PLOTLY_BUNDLE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
BUNDLE_VERSION = re.compile(r"plotly\.js.*? v(\d+\.\d+\.\d+)")
# What plotly.js hands to its translator: a minified call with the chart and an English phrase.
PHRASE = re.compile(r"\b[A-Za-z_$]{1,3}\([A-Za-z_$.]{1,9},\s*\"([A-Z](?:[a-z]|\s)[^\"]+)\"\)")


def bundle_version(bundle: Path) -> str:
    """The version that a plotly.js bundle names in its banner."""
    found = BUNDLE_VERSION.search(bundle.read_text(encoding="utf-8")[:300])
    assert found, f"{bundle.name} no longer names its version in the first lines"
    return found[1]


def wanted() -> dict[str, str]:
    return json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]


def locked() -> dict[str, dict[str, str]]:
    return json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]


@pytest.fixture
def vendor() -> Path:
    if not (VENDOR / "versions.json").exists():
        pytest.skip("front-end files are not installed: run `make frontend`")
    return VENDOR


def test_plotly_js_is_the_version_that_plotly_py_was_made_for():
    assert wanted()["plotly.js-basic-dist-min"] == bundle_version(PLOTLY_BUNDLE), "set it in package.json, then `make lock`"


def test_grid_words_are_of_the_installed_grid():
    assert wanted()["@ag-grid-community/locale"] == importlib.metadata.version("dash-ag-grid")


def test_lock_file_pins_every_package_by_hash_and_names_no_registry():
    for name, package in locked().items():
        if name:
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, f"{name}: npm needs omit-lockfile-registry-resolved=true (.npmrc)"
    assert "://" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_lock_file_agrees_with_package_json():
    pinned = {name: locked()[f"node_modules/{name}"]["version"] for name in wanted()}
    assert pinned == wanted(), "run `make lock`"


def test_git_ignores_what_npm_installs():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/assets/vendor/", "/node_modules/"} <= set(ignored)


def test_installed_files_are_the_ones_asked_for(vendor):
    assert json.loads((vendor / "versions.json").read_text(encoding="utf-8")) == wanted(), "run `make frontend`"
    assert bundle_version(vendor / "plotly-basic.min.js") == bundle_version(PLOTLY_BUNDLE)


def test_every_phrase_of_plotly_has_a_translation():
    phrases = set(PHRASE.findall(PLOTLY_BUNDLE.read_text(encoding="utf-8")))
    assert {"Pan", "Share chart...", "Download plot as a PNG"} <= phrases, "plotly.js is built differently: mend PHRASE"
    ours = (ASSETS / "plotly-zh-cn.js").read_text(encoding="utf-8")
    missing = sorted(phrase for phrase in phrases if f'"{phrase}":' not in ours)
    assert not missing, f"add to assets/plotly-zh-cn.js: {missing}"


def test_grid_words_of_ours_exist_in_the_grid(vendor):
    ours = re.findall(r"^    (\w+): \"", (ASSETS / "ag-grid-zh-cn.js").read_text(encoding="utf-8"), flags=re.MULTILINE)
    theirs = (vendor / "ag-grid-zh-cn.js").read_text(encoding="utf-8")
    unknown = [key for key in ours if f'"{key}":' not in theirs]
    assert len(ours) > 50
    assert not unknown, f"AG Grid has no such keys: {unknown}"
