"""A copy of the sources with a submission of every township of the country, the same at every run: 14 invented townships a county.

Each reports its people, its payroll, its posts and bodies; the build then makes places, ratios and progress of reports of them. Run, it
holds what finds and lists places among 40,000 against the same among few, both built in the same run.
"""

import csv
import datetime
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
from pypinyin import lazy_pinyin

from bench import servers
from bench.report import Line, leave, middle, percentile, say, tell

NAME = "四万个地区"
BUDGET = "输入查找、地区档案目录、搜索、对比：p95 ≤ 80 ms（一个客户端，名录已读），且 ≤ 少量地区时的 60 倍"
MOST_MS, MOST_TIMES, FEW_COUNTIES, TURNS = 80.0, 60.0, 20, 5
A_COUNTY = 14  # townships of a county: some forty thousand in the country
PUBLISHER = "某部门"
SOURCE = "generated-townships"
_FIRST = "东西南北上下大小新老高平清白红黄石沙金银龙凤马牛柳杨松竹梅桃"
_LAST = "河山岭沟坪塘湾庙桥店坡川原屯寨堡关口营集岗洼沱坝溪泉洞峪井台"
_KINDS = ("镇", "乡", "街道")
# indicator, scope, unit, least, most
_FIGURES = (
    ("population_resident", "常住人口", "人", 6_000, 90_000),
    ("staff_authorised", "乡镇本级编制", "名", 60, 120),
    ("staff_actual", "仅乡镇本级在职", "人", 50, 120),
    ("party_gov_bodies", "乡镇党政机构", "个", 4, 12),
    ("public_institutions", "事业单位（乡镇）", "个", 3, 10),
)


def write(sources: Path, folder: Path, *, most: int | None = None) -> int:
    """Copy `sources` to `folder` and add the townships of the first `most` counties, of all where None; how many there are."""
    from etl.read.facts import COLUMNS
    from etl.read.registry import DIMENSIONS

    shutil.copytree(sources, folder, ignore=shutil.ignore_patterns("local"))
    with (folder / "divisions.csv").open(encoding="utf-8", newline="") as file:
        divisions = list(csv.DictReader(file))
    counties = [row for row in divisions if row["level"] == "county" and not row["until"]][:most]
    towns = [_town(county, at) for county in counties for at in range(A_COUNTY)]
    local = folder / "local"
    local.mkdir()
    with (local / "divisions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(towns[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(towns)
    blank: dict[str, str | None] = dict.fromkeys((*COLUMNS, "sheet", "row", "cell"))
    blank.update(dict.fromkeys(DIMENSIONS, "_T"))
    facts = [{**blank, **fact} for at, town in enumerate(towns) for fact in _facts(town["division"], at)]
    source = {
        "source_id": SOURCE, "title": "乡镇基本情况", "publisher": PUBLISHER, "published": "2025-03-01", "grade": "S",
    }  # fmt: skip
    told = {
        "file": "乡镇.xlsx", "file_hash": "0", "received": datetime.datetime(2025, 3, 2, tzinfo=datetime.UTC).isoformat(),
        "facts": len(facts), "places": len(towns), "sources": [source], "areas": [], "publisher": PUBLISHER,
    }  # fmt: skip
    place = local / "submissions" / "乡镇"
    place.mkdir(parents=True)
    frame = pl.DataFrame(facts, schema=dict.fromkeys(blank, pl.String)).with_columns(pl.col("row").cast(pl.Int32))
    frame.write_parquet(place / "v001.parquet", metadata={"submission": json.dumps(told, ensure_ascii=False)})
    return len(towns)


def _town(county: dict[str, str], at: int) -> dict[str, str]:
    drawn = _drawn(county["division"], at)
    name = f"{_FIRST[drawn % len(_FIRST)]}{_LAST[drawn // 64 % len(_LAST)]}{_LAST[(drawn // 4096 + at) % len(_LAST)]}{_KINDS[at % 3]}"
    return {
        "division": f"{county['division']}{100 + at}", "name_zh": name, "pinyin": " ".join(lazy_pinyin(name)), "level": "township",
        "kind": _KINDS[at % 3], "parent": county["division"], "province": county["province"], "prefecture": county["prefecture"],
        "until": "", "successor": "", "change_zh": "", "source_id": county["source_id"],
    }  # fmt: skip


def _facts(code: str, at: int) -> list[dict[str, str]]:
    found = []
    for number, (indicator, scope, unit, least, most) in enumerate(_FIGURES):
        value = str(least + _drawn(code, number) % (most - least))
        found.append(
            {
                "ref_area": code, "indicator": indicator, "phase": "point", "time_period": "2024",
                "obs_value": value, "unit_measure": unit, "precision": "exact", "as_stated": f"{value}{unit}", "scope": scope,
                "source_id": SOURCE, "locator": f"第{at + 2}行", "disclosure": "public", "sheet": "乡镇", "row": str(at + 2),
                "cell": f"{'CDEFG'[number]}{at + 2}",
            }
        )  # fmt: skip
    return found


def _drawn(code: str, at: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{code}.{at}".encode()).digest()[:4], "big")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        few, many = (_built(Path(folder) / name, most) for name, most in (("few", FEW_COUNTIES), ("many", None)))
        times = {name: _times(path) for name, path in (("few", few), ("many", many))}
    return tell([_line(name, times["few"][name], times["many"][name]) for name in times["many"]])


def _built(folder: Path, most: int | None) -> Path:
    from etl.build.build import Plan, build

    folder.mkdir()
    say(f"正在生成 {write(servers.ROOT / 'etl' / 'sources', folder / 'sources', most=most):,} 个乡镇的仓库 …")
    build(Plan(target=folder / "warehouse.duckdb", sources=folder / "sources"))
    return folder / "warehouse.duckdb"


def _times(path: Path) -> dict[str, list[float]]:
    """Milliseconds of each kind of question, several words and turns; answers are not remembered, names of places are."""
    from dashboard.cards.answer import answer
    from dashboard.cards.selection import Selection
    from dashboard.pages import PAGES
    from dashboard.themes.area import index
    from dashboard.themes.compare.charts import COMPARE
    from dashboard.themes.compare.place_options import place_options
    from dashboard.themes.mine import form
    from dashboard.warehouse import Warehouse
    from dashboard.warehouse.cache import Lru
    from dashboard.web.search.found import found

    db = Warehouse(path)
    words = ("河曲", "hequ", "hq", "140930", "dong", "山西 lou", "qqqq")
    asked: dict[str, list[Callable[[], Any]]] = {
        "输入查找": [lambda word=word: place_options(db, word, ("140930",)) for word in words],  # type: ignore[misc]
        "我县": [lambda word=word: form.options(db, word, "", "0") for word in words],  # type: ignore[misc]
        "搜索": [lambda word=word: found(db, PAGES, word) for word in words],  # type: ignore[misc]
        "地区档案目录": [lambda: index.answered(db, "hq"), lambda: index.answered(db, "", "140000")],
        "对比": [lambda: answer(db, COMPARE, Selection(indicator="party_gov_bodies", places=("140930", "141126")))],
    }
    took: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(TURNS + 1):
        for name, questions in asked.items():
            for question in questions:
                db._current().made = Lru(256)
                began = time.perf_counter()
                question()
                took[name] += [(time.perf_counter() - began) * 1000] if turn else []
    return took


def _line(name: str, few: list[float], many: list[float]) -> Line:
    worst, times = percentile(many, 0.95), middle(many) / middle(few)
    return Line(
        item=f"四万个地区：{name}", budget=f"p95 ≤ {MOST_MS:.0f} ms，≤ {MOST_TIMES:.0f} 倍", kept=worst <= MOST_MS and times <= MOST_TIMES,
        measured=f"p50 {middle(many):.1f}，p95 {worst:.1f} ms，少量地区的 {times:.1f} 倍",
    )  # fmt: skip


if __name__ == "__main__":
    leave(main())
