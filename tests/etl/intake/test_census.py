"""The national census table by its shipped mapping, when it is at hand: every row found or left out by name."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from etl.intake.intake import read_intake
from etl.intake.mapping import read_mapping
from etl.read.sources import Registries

TABLE = os.environ.get("NATIONAL_TABLE", "")
ROOT = Path(__file__).parents[3]
KINDS_OF_A_DISTRICT = {"市辖区"}

pytestmark = pytest.mark.skipif(
    not TABLE or not Path(TABLE).is_file(),
    reason="NATIONAL_TABLE names no file: the national census table is not part of the repository",
)


def test_every_row_is_found_or_left_out_with_a_reason(registries: Registries) -> None:
    intake = read_intake(Path(TABLE), registries=registries, mapping=read_mapping(ROOT / "etl/mappings/county_census_2020.toml"))
    assert not intake.refused
    left = {finding.message.partition("：")[0] for finding in intake.findings}
    assert left == {"按映射不读 134 行", "按映射不读 4 行", "按映射不读 3 行", "按映射不读 1 行"}
    table = pl.read_csv(TABLE, schema_overrides={"CODE": pl.String})
    blank = table.filter(pl.col("POPU").is_null())["NAME"].to_list()
    assert intake.facts.height == table.height - 134 - 4 - 3 - 1 - len(blank)
    assert blank == ["金门县"]
    beside = intake.facts.join(table, left_on="ref_area", right_on="CODE", how="left")
    assert beside.filter(pl.col("POPU").cast(pl.String) != pl.col("obs_value")).is_empty()
    assert beside["POPU"].null_count() == 0


def test_the_published_frame_of_small_counties_is_reproduced(registries: Registries) -> None:
    """Counties of the frame: all units but districts of cities and the cities without counties; 546 under 20万, 246 under 10万."""
    intake = read_intake(Path(TABLE), registries=registries, mapping=read_mapping(ROOT / "etl/mappings/county_census_2020.toml"))
    divisions = registries.records("division")
    districts = {(one.division, one.name_zh) for one in divisions if one.kind in KINDS_OF_A_DISTRICT or one.level != "county"}
    names = dict(pl.read_csv(TABLE, schema_overrides={"CODE": pl.String}).select("CODE", "NAME").rows())
    units = [(row["ref_area"], int(row["obs_value"])) for row in intake.facts.iter_rows(named=True)]
    people = [count for code, count in units if (code, names[code]) not in districts]
    for limit, published in ((200_000, 546), (100_000, 246)):
        assert abs(sum(count < limit for count in people) - published) <= published * 0.01 + 0.5
