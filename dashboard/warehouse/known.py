"""What a parameter may be, and the nearest right value to one that nothing has. Registers decide, so large tables are never read."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from types import MappingProxyType

import polars as pl

from dashboard.warehouse.codes import codes
from dashboard.warehouse.gazetteer import gazetteer
from dashboard.warehouse.warehouse import Warehouse

Values = Mapping[str, str]  # what may be stated → its Chinese name, blank where it is one itself
_LIKE = 0.5
_ALL_NAMED = 16  # values of a parameter that are named one by one


def known_values(db: Warehouse) -> Mapping[str, Values]:
    """By parameter of a selection of facts; of those that are named here. Read once a build."""
    return db.remember("known values", lambda: _read(db))


def nearest_place(db: Warehouse, stated: str) -> str:
    """名称（代码） of the place that `stated` most likely means; of a code the one with the nearest number. Blank when there is none."""
    called = gazetteer(db).called(stated)
    for place in (*called.just, *called.near):
        if place["kept"]:
            return f"{place['name_zh']}（{place['ref_area']}）"
    places = known_values(db)["ref_area"]
    if not stated.isdecimal():
        return ""
    code = min((one for one in places if one.isdecimal()), key=lambda one: (abs(int(one) - int(stated)), one), default="")
    return f"{places[code]}（{code}）" if code else ""


def nearest(stated: str, values: Values) -> str:
    """代号（名称） of the value that is meant by `stated`, by its Chinese name or by likeness; blank when nothing is like it."""
    meant = [value for value, name in values.items() if name == stated]
    holding = sorted((value for value, name in values.items() if stated in (name or value)), key=lambda value: len(values[value]))
    alike = get_close_matches(stated, list(values), 1, _LIKE)
    by_name = {name: value for value, name in values.items() if name}
    spoken = [by_name[name] for name in get_close_matches(stated, list(by_name), 1, _LIKE)]
    found = [*meant, *alike, *(holding if len(stated) > 1 else []), *spoken]
    return written(found[0], values) if found else ""


def remedy(stated: str, values: Values) -> str:
    """A sentence that says what may stand there instead: all of a few, else the nearest. Blank when nothing is like it."""
    if len(values) <= _ALL_NAMED:
        return f"可用的有 {'、'.join(written(value, values) for value in values)}。"
    found = nearest(stated, values)
    return f"最接近的是 {found}。" if found else ""


def written(value: str, values: Values) -> str:
    """代号（名称）, or the value alone where it has no other name."""
    return f"{value}（{values[value]}）" if values[value] else value


def nearest_name(stated: str, names: Collection[str]) -> str:
    """The name of a parameter that is meant: 最接近的是 indicator。 Blank when none is like it."""
    found = get_close_matches(stated, list(names), 1, _LIKE)
    return f"最接近的是 {found[0]}。" if found else ""


def _read(db: Warehouse) -> Mapping[str, Values]:
    named = codes(db)
    indicators = db.table("core.indicator").collect()
    areas = db.table("core.ref_area").select("ref_area", "name_zh", "province").collect()
    divisions = db.table("core.division").select("division", "name_zh", "level", "until").collect()
    provinces = divisions.filter((pl.col("level") == "province") & pl.col("until").is_null())["name_zh"].to_list()
    return MappingProxyType(
        {
            "ref_area": dict(divisions.select("division", "name_zh").iter_rows())
            | dict(areas.select("ref_area", "name_zh").iter_rows()),
            "province": dict.fromkeys([*provinces, *areas["province"].drop_nulls().unique().sort().to_list()], ""),
            "indicator": dict(indicators.sort("indicator").select("indicator", "name_zh").iter_rows()),
            "theme": dict.fromkeys(indicators["theme"].drop_nulls().unique().sort().to_list(), ""),
            "phase": named["phase"],
            "scope": dict.fromkeys(db.table("core.scope").collect()["scope"].sort().to_list(), ""),
            "source_id": dict.fromkeys(db.table("core.source").collect()["source_id"].sort().to_list(), ""),
            "grade": named["grade"],
            "cohort": dict.fromkeys(db.table("core.cohort").collect().sort("position")["cohort"].to_list(), ""),
        }
    )
