"""Sentences about the pilots: of which counties everything was published, of which nothing."""

import polars as pl

from dashboard.language import words
from dashboard.language.pick import Row, every
from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, Number, join, number, say

# Cell, what it is called in the sentence, unit.
STEPS = (("bodies", "党政机构", "个"), ("institutions", "涉改事业单位", "个"), ("posts", "涉改事业编制", "名"))


def first_batches(rows: pl.DataFrame) -> Finding:
    """The batches of which anything was published: who published all three before and after, and who none."""
    return say(_first_batches(every(rows, of_batches=True)) or NOTHING_PUBLISHED)


def all_pilots(rows: pl.DataFrame) -> Finding:
    """The same, and which of the others published their bodies before and after."""
    told = _first_batches(every(rows, of_batches=True))
    others = [row for row in every(rows, of_batches=False) if row["bodies_after"] is not None]
    parts = [say(row["area_name"], number(row["bodies"], row["bodies_fact_ids"])) for row in others]
    more = say("其余试点中，党政机构前后都公布的有", join(parts), "。") if parts else None
    return say(told, more) if told or more else NOTHING_PUBLISHED


def _first_batches(rows: list[Row]) -> Finding | None:
    whole = [row for row in rows if row["both_ends"] == len(STEPS)]
    if not whole:
        return None
    provinces = dict.fromkeys(row["cohort_province"] for row in rows)
    batches = words.listing(
        f"{province}{words.listing(row['batch'] for row in rows if row['cohort_province'] == province)}" for province in provinces
    )
    names = words.listing(row["area_name"] for row in whole)
    reached = join([_reached(whole, *step) for step in STEPS], "，")
    silent = [row["area_name"] for row in rows if not any(row[f"{cell}_fact_ids"] for cell, _name, _unit in STEPS)]
    end = f"；{words.listing(silent)}{'都' if len(silent) > 1 else ''}未公布" if silent else ""
    return say(f"{batches}试点（n＝{len(rows)}）中，{names}前后齐全：", reached, f"{end}。")


def _reached(rows: list[Row], cell: str, name: str, unit: str) -> Finding:
    """党政机构都减到22个; 事业编制减到659名、970名, in the order in which the counties were named."""
    ids = f"{cell}_fact_ids"
    ends = [row[f"{cell}_after"] for row in rows]
    same = len(set(ends)) == 1 and len(rows) > 1
    numbers: list[Number | Finding] = [
        number(words.value(end, unit), *((row[ids] for row in rows) if same else (row[ids],)))
        for row, end in zip(rows, ends, strict=True)
    ]
    return say(f"{name}{'都' if same else ''}减到", join(numbers[:1] if same else numbers))
