"""What is installed to run the dashboard, as CycloneDX and as a list of licences: sbom.py FOUND REQUIREMENTS PACKAGE_LOCK FOLDER.

FOUND is what cyclonedx-py says of .venv; what only tests need is left out, and the front-end files are put in.
"""

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any


def main(found: Path, requirements: Path, package_lock: Path, folder: Path) -> int:
    """Write sbom.json and licences.csv into `folder`; 1 when a package of `requirements` is not installed."""
    bill = json.loads(found.read_text(encoding="utf-8"))
    wanted = {
        _plain(name) for name in re.findall(r"^([A-Za-z0-9][\w.-]*)==", requirements.read_text(encoding="utf-8"), re.MULTILINE)
    }
    python = [part for part in bill["components"] if _plain(part["name"]) in wanted]
    missing = sorted(wanted - {_plain(part["name"]) for part in python} - _elsewhere(requirements))
    if missing:
        sys.stderr.write(f"没有装上：{'、'.join(missing)}。请先运行 make install。\n")
        return 1
    held = {part["bom-ref"] for part in python}
    bill["components"] = [*python, *_front_end(json.loads(package_lock.read_text(encoding="utf-8")))]
    bill["dependencies"] = [
        {**one, "dependsOn": [ref for ref in one.get("dependsOn", []) if ref in held]}
        for one in bill.get("dependencies", [])
        if one["ref"] in held
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sbom.json").write_text(json.dumps(bill, ensure_ascii=False, indent=1), encoding="utf-8")
    with (folder / "licences.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("name", "version", "licence"))
        rows.writerows(sorted((part["name"], part.get("version", ""), _licences(part)) for part in bill["components"]))
    return 0


def _elsewhere(requirements: Path) -> set[str]:
    """Packages that other systems or interpreters alone install."""
    lines = re.findall(r"^([A-Za-z0-9][\w.-]*)==\S+ ;", requirements.read_text(encoding="utf-8"), re.MULTILINE)
    return {_plain(name) for name in lines}


def _front_end(lock: dict[str, Any]) -> list[dict[str, Any]]:
    """The packages of npm, by the lock file."""
    packages = {path.removeprefix("node_modules/"): one for path, one in lock["packages"].items() if path and not one.get("dev")}
    return [
        {
            "type": "library", "name": name, "version": one["version"], "purl": f"pkg:npm/{name}@{one['version']}", "bom-ref": f"npm-{name}",
            "licenses": [{"expression": one["license"]}] if "license" in one else [],
        }
        for name, one in packages.items()
    ]  # fmt: skip


def _licences(part: dict[str, Any]) -> str:
    stated = [
        one.get("expression") or one["license"].get("id") or one["license"].get("name", "") for one in part.get("licenses", [])
    ]
    return "；".join(dict.fromkeys(name.rpartition(" :: ")[2] for name in stated if name and "\n" not in name)) or "见软件包"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:5])))
