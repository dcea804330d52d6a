"""Which divisions of the country become places of the warehouse: those that something refers to, with what lies above them.

areas.csv need not repeat what divisions.csv knows; it states places that are no divisions, and divisions of which more is to be said
(批次, note). An earlier code stays the unit of its time: figures of 沙县 before 2021 are not those of 沙县区.
"""

from collections.abc import Iterable, Iterator

from etl.read.crosscheck import NATION, REFERENCES
from etl.read.registry import Area, Division
from etl.read.sources import Entry, Registries


def admit(registries: Registries, used: Iterable[str]) -> None:
    """Append an area for every division among `used` (ref_areas of facts) and among the areas that the registries refer to."""
    divisions = _latest(registries.entries["division"])
    stated = set(registries.by_key("area"))
    waiting = {*used, *_referred(registries)}
    admitted: dict[str, Entry] = {}
    while waiting:
        code = waiting.pop()
        if code in divisions and code not in stated and code not in admitted:
            admitted[code] = _area(divisions[code], divisions)
            waiting.add(admitted[code].record.parent)
    registries.entries["area"] += [admitted[code] for code in sorted(admitted)]


def _referred(registries: Registries) -> Iterator[str]:
    for table, references in REFERENCES.items():
        for column in (column for column, target in references if target == "area"):
            yield from (value for record in registries.records(table) if (value := getattr(record, column)))
    for scope in registries.records("scope"):
        yield from filter(None, (scope.left_out or "").split(";"))


def _latest(entries: Iterable[Entry]) -> dict[str, Entry]:
    """One entry a code: the name that stands, else the last that it had."""
    order = sorted(entries, key=lambda entry: entry.record.until or 9999)
    return {entry.record.division: entry for entry in order}


def _area(entry: Entry, divisions: dict[str, Entry]) -> Entry:
    division: Division = entry.record
    now = divisions.get(division.successor) if division.successor else None
    own = division.division
    above = (division.parent, own[:4] + "00", own[:2] + "0000")  # what was shared out states no parent
    parent = next((code for code in above if code in divisions and code != own), NATION)
    town = division.level == "township"
    county = (
        divisions[parent].record.name_zh
        if town and parent in divisions
        else division.name_zh
        if division.level == "county"
        else None
    )
    ended = f"{division.until}年{division.change_zh}" + (f"，今{now.record.name_zh}" if now else "") if division.until else None
    area = Area(
        ref_area=own, adcode=None if town else own, name_zh=division.name_zh, level=division.level, parent=parent, province=division.province,
        prefecture=division.prefecture, county=county, note=ended,
    )  # fmt: skip
    return Entry(area, entry.file, entry.line)
