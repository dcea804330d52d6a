"""Sentences about 经济发达镇 and delegation. Catalogues differ in kind and grain: no sentence compares two of them."""

import polars as pl

from dashboard.language import words
from dashboard.language.pick import Row, ends, every, one, published_by
from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, join, number, receipts_of, say, valued

MOST_SAID = 24  # places named one by one
EXAMPLE = "330225"  # 象山县 says why it took items back, and it was no failure


def take_up(rows: pl.DataFrame) -> Finding:
    """All towns together, and without those that took everything; what was taken back later, or that it is not known."""
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
    when = words.date(merged["time_period"])
    silent = "；收回数未公布" if merged["revoked"] is None else ""
    return say(
        f"{when}{merged['area_name']}{words.value(merged['towns'])}镇合并承接", items, "，承接率", share, rest, f"{silent}。"
    )


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
        said.append(say(f"{name}党政机构与事业单位", number(f"{split}个", receipts_of(members))))
    lead = say("每镇合计都是" if total[0] == total[1] else "每镇合计", number(words.extent(*total, "个"), receipts_of(listed)))
    return say(lead, "：", join(said, "，"), "；差别在结构。" if total[0] == total[1] else "。")


def held(rows: pl.DataFrame) -> Finding:
    """What each list lost, list by list."""
    said = []
    for catalogue in dict.fromkeys(rows["catalogue"].to_list()):
        own = every(rows, catalogue=catalogue)
        said.append(say(f"{catalogue}：", join([_fall(row) for row in own])))
    return say(join(said, "；"), "。各清单粒度不同，不排名。") if said else NOTHING_PUBLISHED


def _fall(row: Row) -> Finding:
    each = "各" if row["places"] > 1 else ""
    went = number(f"由{words.value(row['before'])}项减到{words.value(row['after'])}项", row["fact_ids"])
    undated = words.date(row["time_before"]) == words.UNDATED
    known = (row["remark_before"] or words.UNDATED).replace("；", "，")
    beside = f"，调整前的项数：{known}" if undated else ""
    return say(f"{row['area_name']}{each}", went, f"（{words.signed(row['change_pct'], '%', 1)}）{beside}")


def duty_lists(rows: pl.DataFrame) -> Finding:
    """What an average township keeps, by list, and what the level above takes back; with the n of the average."""
    nation = one(rows, ref_area="CN")
    if nation is None or nation["kept"] is None:
        return NOTHING_PUBLISHED
    ids = nation["list_fact_ids"]
    kept = number(words.value(nation["kept"], "项"), ids)
    named = (("基本履职", "basic"), ("配合履职", "supporting"))
    lists = join([say(name, number(words.value(nation[part], "项"), ids)) for name, part in named])
    back = nation["taken_back"]
    tail = say("，另", number(words.value(back, "项"), ids), "由上级收回") if back is not None else "，上级收回数未公布"
    return say(f"{words.date(nation['time_period'])}全国", _base(nation), "平均每个保留", kept, "（", lists, "）", tail, "。")


def _base(row: Row) -> Finding:
    """The townships behind an average."""
    if row["townships"] is None:
        return say("乡镇（街道）（个数未公布）")
    return say(number(row["townships_said"], row["townships_fact_ids"]), "乡镇（街道）")


def revoked(rows: pl.DataFrame) -> Finding:
    """Counts of items taken back, by place, without a rate; and a case where the reason was no failure."""
    listed = rows.to_dicts()
    if not listed:
        return NOTHING_PUBLISHED
    said = join([say(row["area_name"], valued(row, "obs_value", "项", ids="own_fact_ids")) for row in listed[:MOST_SAID]])
    more = f"等{words.value(published_by(rows) or len(listed))}个地区" if len(listed) > MOST_SAID else ""
    case = one(rows.filter(pl.col("note").is_not_null()), ref_area=EXAMPLE)
    example = say(f"，如{case['area_name']}", valued(case, "obs_value", "项", ids="own_fact_ids"), case["note"]) if case else None
    return say("收回事项：", said, f"{more}。收回不等于失败", example, "。清单不同，不排名；多数未公布下放总数，收回率不可算。")


def catalogues(rows: pl.DataFrame) -> Finding:
    """How many catalogues there are, and those whose kinds stand apart; no range, since it would read as a rank."""
    listed = rows.to_dicts()
    if not listed:
        return NOTHING_PUBLISHED
    if total := published_by(rows):
        return say(
            f"有{total}个地区公布目录（决定、清单），只列代码在前的{rows['ref_area'].n_unique()}个；类型、粒度、层级都不同，项数不能跨地区排名。"
        )
    count = number(f"{rows.select('ref_area', 'catalogue').n_unique()}份目录（决定、清单）", receipts_of(listed))
    split: dict[str, list[Row]] = {}
    for row in listed:
        if row["kind"]:
            split.setdefault(row["area_name"], []).append(row)
    apart = [say(area, join(_kinds(own))) for area, own in split.items()]
    tail = say("；", join(apart, "，"), "，分列，不相加") if apart else None
    return say(count, "的类型、粒度、层级都不同，项数不能跨地区排名", tail, "。")


def _kinds(rows: list[Row]) -> list[Finding]:
    """Kinds of one place, dated where they were handed down at different times."""
    dated = len({row["time_period"] for row in rows}) > 1
    return [
        say(
            words.date(row["time_period"]) if dated else "",
            row["kind"],
            valued(row, "obs_value", "项"),
        )
        for row in rows
    ]
