"""Sentences about peers."""

import polars as pl

from dashboard.language import words
from dashboard.language.pick import Row
from dashboard.language.sentence import Finding, join, number, say

NONE = "无相近地区：本库收录的县里，没有哪个的常住人口（七普）及双方都有的收支与所填的相差在25%以内。"


def peers(rows: pl.DataFrame) -> Finding:
    """The peers of each set, or whom there is to look among."""
    if not rows["own"].any():
        listed = rows.to_dicts()
        ends = (listed[0], listed[-1])
        smallest, largest = (say(row["area_name"], number(words.value(row["resident"], "人"), row["fact_ids"])) for row in ends)
        return say("填上常住人口，就从收录的县里找最相近的；其中试点县常住人口从", smallest, "到", largest, "。")
    by_set = rows.group_by("for_set", maintain_order=True)
    return say(join((say(f"与{name}相近的有", join(map(_peer, found.to_dicts()))) for (name,), found in by_set), "；"), "。")


def _peer(row: Row) -> Finding:
    return say(row["area_name"], number(words.value(row["resident"], "人"), row["fact_ids"]), f"（{row['apart']}）")
