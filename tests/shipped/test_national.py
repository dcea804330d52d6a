"""The curated census figures against a national table of all county-level units, when one is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

TABLE = os.environ.get("NATIONAL_TABLE", "")
FACTS = Path(__file__).parents[2] / "etl" / "sources" / "facts"

pytestmark = pytest.mark.skipif(
    not TABLE or not Path(TABLE).is_file(),
    reason="NATIONAL_TABLE names no file: the national census table is not part of the repository",
)


def national() -> pl.DataFrame:
    """CODE (text) and POPU (persons) of every county-level unit."""
    return pl.read_csv(TABLE).select(pl.col("CODE").cast(pl.String).alias("ref_area"), pl.col("POPU").cast(pl.Int64))


def test_every_curated_census_population_equals_the_national_table() -> None:
    curated = pl.read_csv(FACTS / "census_2020.csv", schema_overrides={"ref_area": pl.String})
    beside = curated.join(national(), on="ref_area", how="left")
    differ = beside.filter(pl.col("POPU").is_null() | (pl.col("POPU") != pl.col("obs_value")))
    assert curated.height >= 60
    assert differ.select("ref_area", "obs_value", "POPU").rows() == []


def test_size_bands_of_provinces_without_special_units_recount_exactly() -> None:
    """河南 and 山西 have no 林区, 特区 or 兵团市, so counties are the units whose names do not end in 区."""
    table = pl.read_csv(TABLE).with_columns(pl.col("CODE").cast(pl.String).alias("code"))
    counties = table.filter(~pl.col("NAME").str.ends_with("区"))
    bands = pl.read_csv(FACTS / "size_bands.csv", schema_overrides={"ref_area": pl.String})
    for province in ("14", "41"):
        own = counties.filter(pl.col("code").str.starts_with(province))
        stated = bands.filter((pl.col("ref_area") == f"{province}0000") & (pl.col("indicator") == "county_count"))
        small = stated.filter(pl.col("size_band").is_in(["<5万", "5万-10万", "10万-20万"]))
        assert own.height == stated["obs_value"].sum()
        assert own.filter(pl.col("POPU") < 200_000).height == small["obs_value"].sum()


# Names of the national table that are no divisions: forest and island areas, a committee; and slips of its own.
NO_DIVISIONS = {"232761", "232762", "232763", "232764", "460301", "460302", "460303", "632857"}
MISWRITTEN = {"130302", "410182", "411326", "650421", "653022"}


def test_every_unit_of_the_national_table_is_a_division_that_stands_or_stood() -> None:
    """Development zones (codes from 71 on) and the totals of cities without counties are none."""
    units = pl.read_csv(TABLE).select(pl.col("CODE").cast(pl.String).alias("division"), pl.col("NAME").alias("name_zh"))
    zones = pl.col("division").str.slice(4).cast(pl.Int32).is_between(71, 79) & (pl.col("division").str.slice(4, 1) == "7")
    units = units.filter(~zones & (pl.col("name_zh") != "市辖区") & ~pl.col("division").is_in([*NO_DIVISIONS, *MISWRITTEN]))
    known = pl.read_csv(FACTS.parent / "divisions.csv", schema_overrides={"division": pl.String, "successor": pl.String})
    earlier = known.filter(pl.col("successor").is_not_null()).select(pl.col("successor").alias("division"), "name_zh")
    known = pl.concat(
        [known.select("division", "name_zh"), earlier]
    )  # some of its rows have the earlier name with the later code
    assert units.height > 2800
    assert units.join(known, on=["division", "name_zh"], how="anti").rows() == []
