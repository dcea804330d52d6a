"""Sentences about what places did: how many places, and what most of them did. What is only planned is in no count."""

from itertools import groupby

import polars as pl

from dashboard.language import words
from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, join, number, say

_MOST = 3  # kinds that a sentence names; those as frequent as the last of them are named too


def pilots(rows: pl.DataFrame) -> Finding:
    """来源写到做法的试点（n＝15）中，最多的是机构整合10个、编制精简7个: each number opens its statements."""
    done = rows.filter(~pl.col("proposed"))
    if done.is_empty():
        return NOTHING_PUBLISHED
    n = done["ref_area"].n_unique()
    kinds = done.group_by("measure", "measure_zh", "measure_order").agg(
        pl.col("ref_area").n_unique().alias("places"), pl.col("measure_ids").str.join(",")
    ).sort("places", "measure_order", descending=[True, False]).to_dicts()  # fmt: skip
    least = kinds[:_MOST][-1]["places"]
    counted = [
        say(row["measure_zh"], number(words.value(row["places"], "个"), row["measure_ids"]))
        for row in kinds
        if row["places"] >= least
    ]
    planned = rows.filter("proposed")
    tail = (
        say("；另有", number(words.value(planned.height, "项"), planned["measure_ids"].to_list()), "是计划或征求意见，不计")
        if planned.height
        else None
    )
    return say(f"来源写到做法的试点（n＝{n}）中，最多的是", join(counted), tail, "。")


def kinds(rows: pl.DataFrame) -> Finding:
    """The kinds that most places did, of all places once."""
    listed = rows.filter(pl.col("places") > 0).to_dicts()
    if not listed:
        return NOTHING_PUBLISHED
    least = listed[:_MOST][-1]["places"]
    counted = [
        say(row["measure_zh"], number(words.value(row["places"], "个"), row["measure_ids"]))
        for row in listed
        if row["places"] >= least
    ]
    return say(f"来源写到做法的地区（n＝{listed[0]['all_places']}）中，最多的是", join(counted), "；只有计划或征求意见的不计。")


def place(rows: pl.DataFrame) -> Finding:
    """What one place did, kind by kind in the order of the first statement."""
    done = rows.filter(~pl.col("proposed"))
    planned = rows.filter("proposed")
    kinds = [
        say(kind, number(words.value(len(listed), "项"), [row["measure_ids"] for row in listed]))
        for kind, listed in (
            (kind, list(members))
            for kind, members in groupby(
                done.sort("measure_order", maintain_order=True).to_dicts(), key=lambda row: row["measure_zh"]
            )
        )
    ]
    parts = [say("来源写到的做法：", join(kinds))] if kinds else []
    if planned.height:
        parts.append(
            say("计划或征求意见的", number(words.value(planned.height, "项"), planned["measure_ids"].to_list()), "不算做了")
        )
    return say(join(parts, "；"), "。") if parts else NOTHING_PUBLISHED
