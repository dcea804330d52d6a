"""A division becomes a place of the warehouse by being referred to; nobody registers it by hand."""

from pathlib import Path

from etl.read.inputs import read_inputs
from etl.read.registry import Area
from tests.etl.planting import fact


def areas(sources: Path, *lines: str) -> dict[str, Area]:
    """Places of a folder after facts were added to it, by code."""
    with (sources / "facts" / "ratio.csv").open("a", encoding="utf-8") as file:
        file.writelines(lines)
    return read_inputs(sources).registries.by_key("area")


def population(code: str) -> str:
    return fact(ref_area=code, indicator="population_resident", obs_value=1000, unit_measure="人", scope="常住人口")


def test_a_county_that_nobody_registered_comes_with_what_lies_above_it(sources: Path) -> None:
    before = areas(sources)
    found = areas(sources, population("410225"))
    assert {code: found[code].name_zh for code in found.keys() - before.keys()} == {"410225": "兰考县", "410200": "开封市"}
    lankao = found["410225"]
    assert (lankao.level, lankao.parent, lankao.province, lankao.prefecture) == ("county", "410200", "河南省", "开封市")
    assert (lankao.county, lankao.adcode, lankao.note) == ("兰考县", "410225", None)


def test_an_earlier_code_stays_the_unit_of_its_time(sources: Path) -> None:
    found = areas(sources, population("410322"))
    assert (found["410322"].name_zh, found["410322"].note) == ("孟津县", "2021年撤县设区，今孟津区")
    assert "410308" not in found


def test_what_was_shared_out_lies_in_what_its_code_says(sources: Path) -> None:
    assert areas(sources, population("410504"))["410504"].parent == "410000"


def test_a_place_that_is_registered_stays_as_it_is(sources: Path) -> None:
    (sources / "areas.csv").open("a", encoding="utf-8").write("410225,兰考县,county,410000,河南省,,兰考县,410225,,,,直管,\n")
    assert areas(sources, population("410225"))["410225"].note == "直管"
