"""Sentences about township payrolls, with the traps in the words: bases, retirees, sums that do not close."""

from __future__ import annotations

import polars as pl

from dashboard import words
from dashboard.findings.extension import outcome
from dashboard.findings.pick import Row, ends, one
from dashboard.findings.sentence import NOTHING_PUBLISHED, Finding, join, number, receipts, say

GROUP_NAMES = {"行政及工勤": "行政和工勤"}
TELLING = ("45岁以上", "本科及以上")  # the categories that leaders ask for


def posts(rows: pl.DataFrame) -> Finding:
    """Total, then where the vacancies are."""
    total = one(rows, post_type="_T")
    kinds = [row for row in rows.to_dicts() if row["post_type"] != "_T" and row["difference"]]
    if total is None:
        return NOTHING_PUBLISHED
    authorised = number(words.value(total["authorised"], "名"), total["authorised_fact_ids"])
    actual = number(words.value(total["actual"], "人"), total["actual_fact_ids"])
    tail = say("：", join([say(row["post_type"], outcome(row)) for row in kinds])) if kinds else None
    return say(f"{total['area_name']}编制", authorised, "，实有", actual, "，", outcome(total), tail, "。")


def structure(rows: pl.DataFrame) -> Finding:
    """The telling categories of each group, always with n."""
    said = []
    for row in rows.to_dicts():
        if row["category"] in TELLING and row["share"] is not None:
            group = GROUP_NAMES.get(row["post_type"], row["post_type"])
            persons = number(words.value(row["persons"], "人"), row["fact_ids"])
            said.append(
                say(f"{group}{row['category']}", persons, f"，占{words.percent(row['share'])}（n＝{words.value(row['base'])}）")
            )
    return say(join(said, "；"), "。") if said else NOTHING_PUBLISHED


def centres(rows: pl.DataFrame) -> Finding:
    """Staff of all centres, and of the largest."""
    listed = rows.sort("persons", "category", descending=[True, False]).to_dicts()
    if not listed:
        return NOTHING_PUBLISHED
    total = sum(row["persons"] for row in listed)
    everyone = number(words.value(total, "人"), receipts(*(row["fact_ids"] for row in listed)))
    said = [say(row["category"], number(words.value(row["persons"], "人"), row["fact_ids"])) for row in listed]
    return say(f"{listed[0]['area_name']}事业单位实有", everyone, "：", join(said), "。")


def fill_rates(rows: pl.DataFrame) -> Finding:
    """The range of fill rates, n, and how many stand above their posts."""
    listed = [row for row in rows.to_dicts() if row["fill_rate"] is not None]
    found = ends(listed, "fill_rate")
    if found is None:
        return NOTHING_PUBLISHED
    ids = receipts(*(row["fact_ids"] for row in listed))
    above = [row for row in listed if row["fill_rate"] > 100]
    tail = say("；超出编制的有", join([say(row["area_name"], outcome(row)) for row in above])) if above else None
    spread = number(words.span(*found, "%", 1), ids)
    return say(f"{len(listed)}个乡镇的满编率", spread, tail, "。年份不同，只看量级，不排名。")


def traps(rows: pl.DataFrame) -> Finding:
    """What the printed 实有 holds besides staff in post, by the clearest case."""
    explained = [row for row in rows.to_dicts() if row["parts"] and "在职" in row["parts"]]
    others = [row["area_name"] for row in rows.to_dicts() if row not in explained]
    said = [_trap(row) for row in explained]
    tail = f"；{words.listing(others)}的“实有”同样不能除以编制" if others and said else ""
    return say(join(said, "；"), f"{tail}。") if said else say(f"{words.listing(others)}的“实有”不能除以编制。")


def _trap(row: Row) -> Finding:
    printed = number(words.value(row["actual"], "人"), row["actual_fact_ids"])
    parts = number(row["parts"], row["part_fact_ids"])
    posts = number(words.value(row["authorised"], "名"), row["authorised_fact_ids"])
    return say(f"{row['area_name']}预算所列“实有”", printed, "，分项为", parts, "，不能除以编制", posts)


def closing(rows: pl.DataFrame) -> tuple[str, ...]:
    """Notes on sources whose own parts do not add up."""
    return tuple(f"来源不闭合：{row['unbalanced']}" for row in rows.to_dicts() if row.get("unbalanced"))
