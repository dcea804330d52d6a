"""Sentences about what pilots' cuts would mean here, and about what is missing."""

import polars as pl

from dashboard.language import words
from dashboard.language.pick import Row
from dashboard.language.sentence import Finding, join, number, receipts_of, say

NAMES = {
    "party_gov_bodies": "党政机构", "public_institutions": "事业单位", "institution_posts": "事业编制", "leadership_posts": "科级领导职数",
}  # fmt: skip
NO_ADVICE = "只是换算，不是建议"


def cuts(rows: pl.DataFrame) -> Finding:
    """By measure what the reader's number would be by the share of each pilot; without one, what the pilots cut."""
    listed = rows.to_dicts()
    mine = [row for row in listed if row["own"]]
    if not mine:
        by_measure = ([row for row in listed if row["indicator"] == name] for name in NAMES)
        return say(
            "试点县公布的降幅：", join((_shares(found) for found in by_measure if found), "；"), "；填上您的数就换算成您的县。"
        )
    pairs = list(dict.fromkeys((row["for_set"], row["indicator"]) for row in mine))
    told = (_applied([row for row in mine if (row["for_set"], row["indicator"]) == pair]) for pair in pairs)
    return say("若按试点县公布的同样幅度，", join(told, "；"), f"。{NO_ADVICE}。")


def _shares(found: list[Row]) -> Finding:
    return say(NAMES[found[0]["indicator"]], number(_extent(found), receipts_of(found)))


def _extent(found: list[Row]) -> str:
    cut = [-row["change_pct"] for row in found]
    return words.extent(min(cut), max(cut), "%", 1)


def _applied(found: list[Row]) -> Finding:
    """兰考县党政机构36个相当于22～29个（4个试点县降20.0%～38.9%）."""
    first, ends = found[0], ([row[end] for row in found] for end in ("low", "high"))
    lows, highs = ends
    reach = words.span(None if None in lows else min(lows), None if None in highs else max(highs), first["unit_measure"])
    pilots = number(f"{len(found)}个试点县降{_extent(found)}", receipts_of(found))
    return say(f"{first['for_set']}{NAMES[first['indicator']]}{first['mine']}相当于{reach}（", pilots, "）")


def fields(rows: pl.DataFrame) -> Finding:
    """What to add next."""
    listed = rows.to_dicts()
    wanting = [row for row in listed if row["state"] != "已填"]
    if not wanting:
        return say("各项都填了。")
    if len(wanting) == len(listed):
        return say("先填", number("常住人口和财政供养人员", listed[0]["fact_ids"]), "，或者党政机构的个数，就有第一个比较。")
    first = wanting[0]
    others = f"，另有{words.listing(row['field'] for row in wanting[1:])}没有填" if wanting[1:] else ""
    return say("再填", number(first["field"], first["fact_ids"]), f"，就能看{first['use']}{others}。")
