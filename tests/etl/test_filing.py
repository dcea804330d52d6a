"""Who reported, who did not, and whom two offices reported: mart.filing over the fixture and what is imported into it."""

from pathlib import Path

import duckdb
import pytest

from etl.build.build import Plan, build
from etl.intake.landing import keep, take_back
from etl.read.sources import read_registries
from tests.etl.filled import OURS, intake, row

ASK = "select area_name, filed, claims, publisher, versions, facts from mart.filing order by area_name, publisher"


def asked(sources: Path) -> list[tuple[object, ...]]:
    target = sources.with_name("warehouse.duckdb")
    build(Plan(target=target, sources=sources))
    with duckdb.connect(str(target), read_only=True) as connection:
        return connection.execute(ASK).fetchall()


@pytest.mark.slow
def test_a_prefecture_lists_who_reported_and_who_did_not(sources: Path):
    with (sources / "divisions.csv").open("a", encoding="utf-8") as file:
        file.write("410221,杞县,qi xian,county,县,410200,河南省,开封市,,,,zhangdian2019\n")
    registries = read_registries(sources)
    assert asked(sources) == []
    keep(intake(row("770000")), sources, registries)
    lankao = ("兰考县", "reported", 1, "兰考县委编办", 1, 1)
    assert asked(sources) == [lankao, ("杞县", "missing", 0, None, None, 0)]
    city = OURS | {"source_id": "kaifeng-2026", "publisher": "开封市委编办"}
    keep(intake(row("771000", source_id="kaifeng-2026"), file="开封市.xlsx", sources=[city]), sources, registries)
    keep(intake(row("780000")), sources, registries)
    found = asked(sources)
    assert [(name, filed, publisher, version) for name, filed, _, publisher, version, _ in found] == [
        ("兰考县", "several", "兰考县委编办", 2), ("兰考县", "several", "开封市委编办", 1), ("杞县", "missing", None, None),
    ]  # fmt: skip
    take_back("开封市", sources)
    assert [filed for _, filed, *_ in asked(sources)] == ["reported", "missing"]


@pytest.mark.slow
def test_a_book_that_is_imported_is_no_report(sources: Path):
    book = row(
        "123505",
        ref_area="140930",
        indicator="population_census",
        time_period="2020-11-01",
        scope="七普常住",
        source_id="census2020",
    )
    keep(intake(book, sources=[], file="普查.csv"), sources, read_registries(sources))
    assert asked(sources) == []
