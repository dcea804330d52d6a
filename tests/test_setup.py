"""Installation on machines unlike this one: what make would run there, what it says, and what lock files give away."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# File of pins: dependency group of pyproject.toml (none: the project's own dependencies).
REQUIREMENTS = {
    "requirements.txt": None,
    "requirements-dev.txt": "dev",
    "requirements-node.txt": "node",
    "requirements-sql.txt": "sql",
    "requirements-bench.txt": "bench",
    "requirements-spark.txt": "spark",
    "requirements-audit.txt": "audit",
}
EVERYTHING = {"BROWSER_PATH": "/usr/bin/chromium", "CJK_FONT": "Noto", "ROOT": "yes", "APT": "apt-get", "SUDO": ""}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run in the project root, free of what a surrounding make hands down."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(command, cwd=ROOT, env=inherited | environment, capture_output=True, text=True, check=False)


def make(target: str, *flags: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return run("make", "--no-print-directory", *flags, target, *(f"{name}={value}" for name, value in variables.items()))


def fake_python(folder: Path, body: str) -> str:
    """A stand-in interpreter: a shell script."""
    path = folder / "python3"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_are_hashed_and_name_no_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][\w.-]*==", text, flags=re.MULTILINE)
    assert pins
    assert len(re.findall(r"^[a-z0-9].*==.*\n    --hash=sha256:", text, flags=re.MULTILINE)) == len(pins)
    assert "://" not in text
    assert "--index" not in text


@pytest.mark.parametrize(("name", "group"), REQUIREMENTS.items())
def test_requirements_hold_every_dependency_of_pyproject(name, group):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    pinned = dict(re.findall(r"^([a-z0-9][\w.-]*)==([\w.]+)", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE))
    for entry in wanted:
        package, _, version = re.sub(r"\[.*?\]", "", entry).partition("==")
        assert package in pinned, f"{package}: run `make lock`"
        assert version in {"", pinned[package]}, f"{package}: run `make lock`"


def test_no_two_files_of_pins_name_different_versions():
    named: dict[str, dict[str, set[str]]] = {}
    for name in REQUIREMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for package, version in re.findall(r"^([a-z0-9][\w.-]*)==([^\s;\\]+)", text, flags=re.MULTILINE):
            named.setdefault(package, {}).setdefault(name, set()).add(version)
    differ = {package: files for package, files in named.items() if len(set().union(*files.values())) > 1}
    assert not differ, "run `make lock`"
    assert sum(len(files) > 1 for files in named.values()) > 40  # there is something to disagree on


def test_every_pin_for_running_is_among_those_for_testing():
    pinned = {
        name: set(re.findall(r"^[a-z0-9][\w.-]*==[^\s;\\]+", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    }
    assert pinned["requirements.txt"] <= pinned["requirements-dev.txt"]  # so the wheelhouse, made from these, serves both


def test_the_wheelhouse_holds_what_can_be_installed_without_a_compiler_or_a_network():
    script = make("wheelhouse", "--dry-run", UV="Makefile").stdout
    downloads = [line for line in script.splitlines() if " pip download " in line]
    assert len(downloads) == 2
    assert all("--only-binary :all:" in line for line in downloads)
    assert any("uv==" in line for line in downloads)
    assert any("--require-hashes --requirement requirements-dev.txt" in line for line in downloads)


@pytest.mark.slow
def test_the_wheelhouse_installs_where_there_is_no_network():
    if not (ROOT / "wheelhouse").is_dir():
        pytest.skip("no wheelhouse/: run `make wheelhouse` first")
    checked = run("sh", "tools/check_wheelhouse.sh")
    if checked.returncode == 77:
        pytest.skip(checked.stderr.strip())
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_bare_make_prints_help():
    shown = run("make")
    assert shown.returncode == 0
    assert "make run " in shown.stdout
    assert "make test " in shown.stdout


def test_nothing_is_installed_when_chromium_and_fonts_are_there():
    assert "apt" not in make("browser", "--dry-run", **EVERYTHING).stdout


def test_root_installs_what_is_missing_and_nothing_else():
    script = make("browser", "--dry-run", **EVERYTHING | {"BROWSER_PATH": ""}).stdout.split("||")[0]
    assert "apt-get install -y -qq --no-install-recommends chromium" in script
    assert "fonts-noto-cjk" not in script
    assert "sudo" not in script


def test_another_user_installs_with_sudo():
    script = make("browser", "--dry-run", **EVERYTHING | {"CJK_FONT": "", "ROOT": "", "SUDO": "sudo"}).stdout.split("||")[0]
    assert "sudo apt-get update" in script
    assert "fontconfig fonts-noto-cjk" in script
    assert "chromium" not in script


def test_without_rights_the_packages_are_named_in_both_languages():
    refused = make("browser", **EVERYTHING | {"BROWSER_PATH": "", "CJK_FONT": "", "APT": ""})
    assert refused.returncode != 0
    assert "apt-get install chromium fontconfig fonts-noto-cjk" in refused.stderr
    assert "缺少" in refused.stderr
    assert "Missing system packages: chromium" in refused.stderr


def test_java_is_installed_only_where_there_is_none():
    assert "apt" not in make("spark", "--dry-run", **EVERYTHING | {"JAVA": "/usr/bin/java"}).stdout
    script = make("spark", "--dry-run", **EVERYTHING | {"JAVA": ""}).stdout
    assert "apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless" in script


def test_a_machine_that_cannot_have_spark_is_told_and_goes_on():
    nothing = {"JAVA": "", "APT": "", "SPARK": "not-there/.installed", "UV": "Makefile", "PYTHON": "false"}
    went_on = make("spark", **EVERYTHING | nothing)
    assert went_on.returncode == 0
    assert "没能安装 Java" in went_on.stderr
    assert "没能安装 pyspark" in went_on.stderr


def test_the_engine_of_the_warehouse_is_chosen_and_brings_its_environment():
    plain = make("warehouse", "--dry-run", RUNTIME="pyproject.toml").stdout
    assert '--engine "duckdb"' in plain
    assert ".spark" not in plain
    spark = make("warehouse", "--dry-run", RUNTIME="pyproject.toml", ENGINE="spark=local[2]", ENGINE_OPTIONS="a.toml").stdout
    assert '--engine "spark=local[2]" --engine-options "a.toml"' in spark
    assert ".spark/.installed" in spark


def test_node_comes_from_pypi_only_where_the_system_has_none():
    # --assume-new: as if the front-end files had to be installed anew; what is in the folder does not matter.
    flags = ("--dry-run", "--assume-new=package-lock.json", "--assume-new=requirements-node.txt")
    vendor = "assets/vendor/versions.json"
    assert "requirements-node.txt" in make(vendor, *flags, NODE="").stdout
    assert "requirements-node.txt" not in make(vendor, *flags, NODE="yes").stdout


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('[ "$1" = --version ] && echo Python 3.9.2; exit 1', "需要 Python 3.11"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "python3-venv"),
    ],
    ids=["too old", "no venv"],
)
def test_unfit_python_is_refused_with_a_remedy(tmp_path, body, says):
    refused = run("sh", "tools/check_python.sh", fake_python(tmp_path, body))
    assert refused.returncode == 1
    assert says in refused.stderr


def test_missing_python_is_refused_with_a_remedy():
    refused = run("sh", "tools/check_python.sh", "python-that-is-not-there")
    assert refused.returncode == 1
    assert "找不到" in refused.stderr


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_hook_is_installed_once_and_never_over_another(tmp_path):
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    hook = tmp_path / ".git" / "hooks" / "pre-commit"
    plain = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

    def there(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=tmp_path, env=plain, capture_output=True, text=True, check=False)

    assert there("git", "init", "--quiet").returncode == 0
    assert there("sh", "tools/install_hook.sh").returncode == 0
    assert "make --no-print-directory check" in hook.read_text(encoding="utf-8")
    assert there("sh", "tools/install_hook.sh").returncode == 0

    hook.write_text("echo mine\n", encoding="utf-8")
    assert there("sh", "tools/install_hook.sh").returncode == 1
    assert hook.read_text(encoding="utf-8") == "echo mine\n"

    hook.unlink()
    there("git", "config", "core.hooksPath", "elsewhere")
    assert "core.hooksPath" in there("sh", "tools/install_hook.sh").stderr
    assert not hook.exists()
