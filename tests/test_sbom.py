"""The list of what is inside: what runs, nothing that only tests need, and nothing left out silently."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOUND = {
    "bomFormat": "CycloneDX",
    "components": [
        {"name": "Flask_X", "version": "1", "bom-ref": "flask", "licenses": [{"license": {"id": "MIT"}}]},
        {"name": "pytest", "version": "2", "bom-ref": "pytest"},
        {
            "name": "polars",
            "version": "3",
            "bom-ref": "polars",
            "licenses": [{"license": {"name": "License :: OSI Approved :: BSD License"}}],
        },
    ],
    "dependencies": [{"ref": "flask", "dependsOn": ["pytest", "polars"]}, {"ref": "pytest", "dependsOn": []}],
}
LOCK = {
    "packages": {
        "": {},
        "node_modules/plotly.js": {"version": "4", "license": "MIT"},
        "node_modules/tool": {"version": "5", "dev": True},
    }
}


@pytest.fixture
def listed(tmp_path):
    def run(requirements: str) -> subprocess.CompletedProcess[str]:
        for name, content in (
            ("found.json", json.dumps(FOUND)),
            ("requirements.txt", requirements),
            ("lock.json", json.dumps(LOCK)),
        ):
            (tmp_path / name).write_text(content, encoding="utf-8")
        command = [
            sys.executable,
            "tools/sbom.py",
            *(str(tmp_path / name) for name in ("found.json", "requirements.txt", "lock.json", "out")),
        ]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    return run


def test_what_runs_is_listed_with_its_licence(listed, tmp_path):
    assert listed("flask-x==1 \\\npolars==3 \\\ncolorama==9 ; sys_platform == 'win32' \\\n").returncode == 0
    bill = json.loads((tmp_path / "out" / "sbom.json").read_text(encoding="utf-8"))
    assert [part["name"] for part in bill["components"]] == ["Flask_X", "polars", "plotly.js"]
    assert bill["dependencies"] == [{"ref": "flask", "dependsOn": ["polars"]}]
    with (tmp_path / "out" / "licences.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["name", "version", "licence"],
        ["Flask_X", "1", "MIT"],
        ["plotly.js", "4", "MIT"],
        ["polars", "3", "BSD License"],
    ]


def test_what_is_not_installed_is_named(listed, tmp_path):
    told = listed("flask-x==1 \\\nmissing-one==2 \\\n")
    assert told.returncode == 1
    assert "没有装上：missing-one" in told.stderr
    assert not (tmp_path / "out").exists()
