"""Sentences about 经济发达镇 and delegation. Catalogues differ in kind and grain: no sentence compares two of them."""

from __future__ import annotations

import polars as pl

from dashboard import words
from dashboard.findings.pick import Row, ends, every, one
from dashboard.findings.sentence import NOTHING_PUBLISHED, Finding, Number, join, number, receipts, say


def take_up(rows: pl.DataFrame) -> Finding:
    """All towns together, and without those that took everything."""
    merged, without = one(rows, grouping="merged"), one(rows, grouping="merged_without_full")
    full = [row["area_name"] for row in every(rows, grouping="town") if row["take_up"] == 100]
    if merged is None:
        return NOTHING_PUBLISHED
    items = number(f"{words.value(merged['accepted'])}项", merged["fact_ids"])
    share = number(words.percent(merged["take_up"]), merged["fact_ids"])
    rest = (
        say(f"；不含全部承接的{words.listing(full)}为", number(words.percent(without["take_up"]), without["fact_ids"]))
        if without
        else None
    )
    return say(f"{merged['area_name']}{words.value(merged['towns'])}镇合并承接", items, "，承接率", share, rest, "。")


def bodies(rows: pl.DataFrame) -> Finding:
    """The same total everywhere; the towns differ in structure only."""
    listed = rows.to_dicts()
    total = ends(listed, "total")
    if total is None:
        return NOTHING_PUBLISHED
    splits: dict[str, list[Row]] = {}
    for row in listed:
        splits.setdefault(f"{words.value(row['party_gov'])}＋{words.value(row['institutions'])}", []).append(row)
    said = []
    for split, members in splits.items():
        name = members[0]["area_name"] if len(members) == 1 else f"其余{len(members)}镇"
        said.append(say(f"{name}党政机构与事业单位", number(f"{split}个", _ids(members))))
    lead = say("每镇合计都是" if total[0] == total[1] else "每镇合计", number(words.span(*total, "个"), _ids(listed)))
    return say(lead, "：", join(said, "，"), "；差别在结构。" if total[0] == total[1] else "。")


def held(rows: pl.DataFrame) -> Finding:
    """What each list lost, list by list."""
    said = []
    for catalogue in dict.fromkeys(rows["catalogue"].to_list()):
        own = every(rows, catalogue=catalogue)
        said.append(say(f"{catalogue}：", join([_fall(row) for row in own])))
    return say(join(said, "；"), "。各清单粒度不同，不排名。") if said else NOTHING_PUBLISHED


def _fall(row: Row) -> Finding:
    went = number(f"由{words.value(row['before'])}项减到{words.value(row['after'])}项", row["fact_ids"])
    return say(row["area_name"], went, f"（{words.signed(row['change_pct'], '%', 1)}）")


def duty_lists(rows: pl.DataFrame) -> Finding:
    """The three lists of an average township."""
    nation = one(rows, ref_area="CN")
    if nation is None:
        return NOTHING_PUBLISHED
    named = (("基本履职", "basic"), ("配合履职", "supporting"), ("上级收回", "taken_back"))
    said = [
        say(name, number(words.value(nation[part], "项"), nation["fact_ids"])) for name, part in named if nation[part] is not None
    ]
    total = number(words.value(nation["total"], "项"), nation["fact_ids"])
    return say(f"{words.date(nation['time_period'])}全国每个乡镇（街道）平均梳理", total, "：", join(said), "。")


def revoked(rows: pl.DataFrame) -> Finding:
    """Counts of items taken back, by place, without a rate."""
    said = [say(row["area_name"], number(words.value(row["obs_value"], "项"), row["fact_ids"])) for row in rows.to_dicts()]
    return (
        say("收回事项：", join(said), "。清单不同、原因不同，不排名；多数未公布下放总数，收回率不可算。")
        if said
        else NOTHING_PUBLISHED
    )


def catalogues(rows: pl.DataFrame) -> Finding:
    """How far apart the catalogues are, as a warning."""
    listed = rows.to_dicts()
    found = ends(listed, "obs_value")
    if found is None:
        return NOTHING_PUBLISHED
    spread: Number = number(words.span(*found, "项"), _ids(listed))
    return say(f"{len(listed)}份目录（决定、清单）从", spread, "不等：类型、粒度、层级都不同，不能排名。")


def _ids(rows: list[Row]) -> tuple[str, ...]:
    return receipts(*(row["fact_ids"] for row in rows))
