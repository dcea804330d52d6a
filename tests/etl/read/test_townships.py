"""Townships on request: a register of one's own, found by every name, places only where something refers to them, never twice."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from etl.build.build import Plan, build
from etl.intake.places import registered_names
from etl.problems import Problem
from etl.read.admission import admit
from etl.read.crosscheck import cross_check
from etl.read.sources import read_registries
from tools.townships import SOURCE, kind, main
from vocabulary.gazetteer import Gazetteer

STREETS = (
    ("410423001", "露峰街道", "410423"), ("410423101", "下汤镇", "410423"), ("410423206", "张店乡", "410423"),
    ("410423400", "鲁山县产业集聚区", "410423"), ("410225100", "城关镇", "410225"), ("410999001", "某街道", "410999"),
)  # fmt: skip


@pytest.fixture
def streets(tmp_path: Path) -> Path:
    path = tmp_path / "streets.csv"
    lines = [f"{code},{name},{county},41,{county[:4]}" for code, name, county in STREETS]
    path.write_text("\n".join(["code,name,areaCode,provinceCode,cityCode", *lines, ""]), encoding="utf-8")
    return path


def problems(sources: Path) -> list[Problem]:
    registries = read_registries(sources)
    admit(registries, ())
    return [*registries.problems, *cross_check(registries)]


def registered(sources: Path) -> dict[str, str]:
    with (sources / "local" / "divisions.csv").open(encoding="utf-8", newline="") as file:
        return {row["division"]: row["name_zh"] for row in csv.DictReader(file)}


def test_what_is_asked_for_is_registered_once(sources: Path, streets: Path):
    said = main(streets, sources, ["410423"])
    assert registered(sources) == {
        "410423001": "露峰街道",
        "410423101": "下汤镇",
        "410423400": "鲁山县产业集聚区",
    }  # 张店乡 is kept by its slug
    assert said.startswith("已登记 3 个乡镇、街道")
    main(streets, sources, ["410423"])
    main(streets, sources, ["410225"])
    assert len(registered(sources)) == 4
    assert problems(sources) == []


def test_a_county_whose_code_is_gone_is_told_and_junk_is_refused(sources: Path, streets: Path):
    assert "1 个县级代码不在行政区划登记里" in main(streets, sources, ["410000"])
    for area, why in (("41", "不是六位"), ("兰考县", "不是六位"), ("990000", "没有找到")):
        with pytest.raises(ValueError, match=why):
            main(streets, sources, [area])


def test_a_township_is_found_by_its_names_and_says_its_county(sources: Path, streets: Path):
    main(streets, sources, ["410423"])
    names = Gazetteer(registered_names(read_registries(sources)))
    for words in ("下汤镇", "下汤", "410423101", "鲁山县下汤镇", "xiatang"):
        [place] = names.named(words)
        assert (place["ref_area"], place["label"], place["county"]) == ("410423101", "下汤镇（鲁山县）", "鲁山县")


def test_a_fact_makes_it_a_place_of_its_county(sources: Path, streets: Path, tmp_path: Path):
    main(streets, sources, ["410423"])
    with (sources / "facts" / "township.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (sources / "local" / "divisions.csv").open(encoding="utf-8") as file:
        assert len(file.readlines()) == 4
    own = sources / "local" / "facts"
    own.mkdir(parents=True, exist_ok=True)
    with (own / "township.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerow(rows[0] | {"ref_area": "410423101"})
    target = tmp_path / "warehouse.duckdb"
    build(Plan(target=target, sources=sources))
    with duckdb.connect(str(target), read_only=True) as db:
        area = "select level, parent, county, adcode from core.ref_area where ref_area = ?"
        assert db.execute(area, ["410423101"]).fetchall() == [("township", "410423", "鲁山县", None)]
        assert db.execute(area, ["410423001"]).fetchall() == []  # nothing refers to it
        assert db.execute("select count(*) from core.division where level = 'township'").fetchone() == (3,)


def test_the_length_of_a_code_fits_its_level(sources: Path, streets: Path):
    main(streets, sources, ["410423"])
    path = sources / "local" / "divisions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("410423101,", "410425,"), encoding="utf-8")
    assert [(problem.column, problem.message) for problem in problems(sources)] == [
        ("level", "乡镇、街道用九位代码，省、市、县用六位代码")
    ]


def test_its_source_is_the_bureau():
    assert SOURCE["publisher"] == "国家统计局"
    assert [kind(name) for name in ("露峰街道", "下汤镇", "张店乡", "产业集聚区")] == ["街道", "镇", "乡", "其他"]
