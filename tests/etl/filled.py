"""A workbook of 兰考县 as the reader gives it, for tests of what becomes of it."""

from pathlib import Path

import polars as pl

from etl.intake.intake import Intake
from etl.read.facts import COLUMNS
from etl.read.registry import DIMENSIONS
from etl.read.sources import TOTAL

OURS = {"source_id": "lankao-2026", "title": "兰考县填报", "publisher": "兰考县委编办", "grade": "S"}
TOWN = {"ref_area": "410225-gaoyao", "name_zh": "堌阳镇", "level": "township", "parent": "410225", "county": "兰考县"}


def row(value: str, *, cell: str = "C3", **cells: str) -> dict[str, str | int | None]:
    """A fact of 兰考县 as the reader of workbooks gives it."""
    blank: dict[str, str | int | None] = {**dict.fromkeys(COLUMNS), **dict.fromkeys(DIMENSIONS, TOTAL)}
    common = {
        "ref_area": "410225", "indicator": "population_resident", "phase": "point", "time_period": "2013", "obs_value": value,
        "unit_measure": "人", "precision": "exact", "as_stated": value, "scope": "常住人口", "source_id": "lankao-2026",
        "locator": f"人口!{cell}", "disclosure": "internal",
    }  # fmt: skip
    return {**blank, **common, **cells, "sheet": "人口", "row": int(cell[1:]), "cell": cell}


def intake(*rows: dict[str, str | int | None], file: str = "兰考县.xlsx", **more: object) -> Intake:
    facts = pl.DataFrame(list(rows), schema_overrides={"row": pl.Int64} | dict.fromkeys(COLUMNS, pl.String))
    return Intake(Path(file), str(hash(str(rows)))[:16], facts, **({"sources": [OURS]} | more))  # type: ignore[arg-type]
