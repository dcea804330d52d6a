"""The two READMEs against the disk: a path, command or setting that they name exists, and the other way round."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from dashboard.settings import Settings

ROOT = Path(__file__).parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
# What the README describes although git ignores it.
MADE = (
    "warehouse.duckdb",
    "assets/vendor/",
    "wheelhouse/",
    "etl/sources/local/",
    "etl/sources/local/submissions/",
    "etl/sources/local/template.toml",
    ".venv/",
    ".uv/",
    ".node/",
    "node_modules/",
    ".landing/",
    "exports/",
)
MAKE_ONLY = {"PYTHON", "BROWSER_PATH"}

each_readme = pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)


def tree(readme: Path) -> list[str]:
    """Paths of the fenced tree, in order."""
    block = re.search(r"```text\n(Makefile .*?)```", readme.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert block, f"{readme.name} has no tree"
    return [line.split()[0] for line in block[1].splitlines()]


def targets() -> dict[str, bool]:
    """Targets a reader may call, and whether each has a `##` help text."""
    rules = re.findall(r"^([a-z-]+):(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: " ## " in rest for name, rest in rules}


def settings_table(readme: Path) -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", readme.read_text(encoding="utf-8"), flags=re.MULTILINE))


def ignored(name: str) -> bool:
    patterns = [
        line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines() if line[:1] not in {"", "#"}
    ]
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


class Recorder(dict[str, str]):
    """An empty environment that remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.asked.add(key)
        return default


def asked_of_environment() -> set[str]:
    recorder = Recorder()
    environment: Mapping[str, str] = recorder
    Settings.from_environment(environment)
    return recorder.asked


@each_readme
def test_every_path_of_the_tree_exists(readme):
    missing = [path for path in tree(readme) if not (ROOT / path).exists()]
    assert not missing, f"{readme.name} names what is not on disk: {missing}"


@each_readme
def test_tree_names_every_file_and_folder_of_the_root(readme):
    on_disk = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and not ignored(path.name)}
    named = {path.split("/")[0] for path in tree(readme)}
    assert on_disk - named - {"docs"} == set(), f"add to the tree of {readme.name}"


@each_readme
def test_tree_names_every_folder_of_the_code(readme):
    folders = {
        f"{path.relative_to(ROOT).as_posix()}/"
        for top in ("vocabulary", "etl", "dashboard")
        for path in (ROOT / top).iterdir()
        if path.is_dir()
    }
    assert {folder for folder in folders if "__pycache__" not in folder} <= set(tree(readme))


@each_readme
def test_paths_in_the_text_exist(readme):
    text = readme.read_text(encoding="utf-8")
    named = re.findall(r"`((?:vocabulary|etl|dashboard|tests|tools|assets|docs)/[\w./-]*|\w+\.(?:md|csv|toml|txt))`", text)
    missing = [path for path in named if path not in MADE and not (ROOT / path).exists()]
    assert not missing


@each_readme
def test_links_lead_somewhere(readme):
    links = re.findall(r"\]\(([^)#]+)\)", readme.read_text(encoding="utf-8"))
    if not (ROOT / "docs" / "images").is_dir():
        links = [link for link in links if not link.startswith("docs/images/")]
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


@each_readme
def test_every_command_named_can_be_run(readme):
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", readme.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert {"run", "test", "check"} <= named
    assert named <= set(targets())


@each_readme
def test_settings_are_all_explained_and_all_real(readme):
    assert settings_table(readme) - MAKE_ONLY == asked_of_environment()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"{name} ?=" in makefile for name in settings_table(readme) & MAKE_ONLY)


def test_both_readmes_say_the_same():
    english, chinese = READMES
    assert tree(english) == tree(chinese)
    assert settings_table(english) == settings_table(chinese)
    assert english.read_text(encoding="utf-8").count("\n## ") == chinese.read_text(encoding="utf-8").count("\n## ")


def test_every_make_target_has_help():
    assert [name for name, has_help in targets().items() if not has_help] == []


def test_changelog_has_two_headings_a_release():
    releases = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert releases
    for release in releases:
        assert re.findall(r"^### (.+)$", release, flags=re.MULTILINE) == ["Numbers", "Site"], release.splitlines()[0]
