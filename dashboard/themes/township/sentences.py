"""Sentences about township payrolls, with the traps in the words: bases, retirees, sums that do not close."""

import polars as pl

from dashboard.language import words
from dashboard.language.pick import Row, ends, one
from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, join, number, receipts_of, say, valued
from dashboard.themes.extension.sentences import outcome

GROUP_NAMES = {"行政及工勤": "行政和工勤"}
TELLING = ("45岁以上", "本科及以上")  # the categories that leaders ask for


def posts(rows: pl.DataFrame) -> Finding:
    """Total, then where the vacancies are."""
    total = one(rows, post_type="_T")
    kinds = [row for row in rows.to_dicts() if row["post_type"] != "_T" and row["difference"]]
    if total is None:
        return NOTHING_PUBLISHED
    authorised = valued(total, "authorised", "名", ids="authorised_fact_ids")
    actual = valued(total, "actual", "人", ids="actual_fact_ids")
    tail = say("：", join([say(row["post_type"], outcome(row)) for row in kinds])) if kinds else None
    return say(f"{total['area_name']}编制", authorised, "，实有", actual, "，", outcome(total), tail, "。")


def structure(rows: pl.DataFrame) -> Finding:
    """The telling categories of each group, always with n."""
    said = []
    for row in rows.to_dicts():
        if row["category"] in TELLING and row["share"] is not None:
            group = GROUP_NAMES.get(row["post_type"], row["post_type"])
            persons = valued(row, "persons", "人")
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
    everyone = number(words.value(total, "人"), receipts_of(listed))
    said = [say(row["category"], valued(row, "persons", "人")) for row in listed]
    return say(f"{listed[0]['area_name']}事业单位实有", everyone, "：", join(said), "。")


def profile(rows: pl.DataFrame) -> Finding:
    """People, area and villages; then bodies in the words of their limit, and what does not count as one."""
    named = (
        ("population_total", "人口"), ("area_total", "面积"), ("villages_administrative", "行政村"), ("party_gov_bodies", "党政机构"),
        ("public_institutions", "事业单位"), ("service_rooms", "另有服务室"),
    )  # fmt: skip
    said = []
    for indicator, name in named:
        row = one(rows, indicator=indicator)
        if row is not None:
            text = words.claimed(row)
            beside = row["limit"] or (row["note"] if indicator == "service_rooms" else "")
            said.append(say(name, number(text, row["fact_ids"]), f"（{beside}）" if beside else None))
    return say(rows["area_name"][0], join(said, "，"), "。") if said else NOTHING_PUBLISHED


def fill_rates(rows: pl.DataFrame) -> Finding:
    """The range of fill rates, n, how many stand above their posts, and whose sources allow no conclusion."""
    listed = [row for row in rows.to_dicts() if row["fill_rate"] is not None]
    found = ends(listed, "fill_rate")
    if found is None:
        return NOTHING_PUBLISHED
    ids = receipts_of(listed)
    above = [row for row in listed if row["fill_rate"] > 100]
    tail = say("；超出编制的有", join([say(row["area_name"], outcome(row)) for row in above])) if above else None
    unclosed = words.listing(row["area_name"] for row in rows.to_dicts() if row["unclosed_zh"])
    silent = f"；{unclosed}分项与合计对不上，不下结论" if unclosed else ""
    spread = number(words.extent(*found, "%", 1), ids)
    return say(f"{len(listed)}个乡镇的满编率", spread, tail, silent, "。年份不同，只看量级，不排名。")


def traps(rows: pl.DataFrame) -> Finding:
    """What the printed counts hold besides staff in post, where the sources say it; then the others, then heads of a budget."""
    listed = rows.to_dicts()
    counted, budgeted = [row for row in listed if not row["budgeted"]], [row for row in listed if row["budgeted"]]
    mixed = [row for row in counted if row["in_post"] is not None]
    others = words.listing(row["area_name"] for row in counted if row["in_post"] is None)
    said = [say("“实有”含退休、聘用、遗属：", join([_mixed(row) for row in mixed]))] if mixed else []
    said += [say(f"{others}的“实有”{'同样' if mixed else ''}不能除以编制")] if others else []
    said += [_heads(budgeted)] if budgeted else []
    return say(join(said, "；"), "。") if said else NOTHING_PUBLISHED


def _mixed(row: Row) -> Finding:
    """The staff in post among a count; where the parts add up to something else, that instead."""
    printed = valued(row, "actual", "人", ids="actual_fact_ids")
    if row["parts_sum"] == row["actual"]:
        return say(row["area_name"], printed, "中在职", valued(row, "in_post", "人", ids="in_post_fact_ids"))
    parts = valued(row, "parts_sum", "人", ids="part_fact_ids")
    return say(row["area_name"], printed, "而分项相加", parts, "（分项与合计对不上）")


def _heads(rows: list[Row]) -> Finding:
    said = [say(row["area_name"], valued(row, "actual", "人", ids="actual_fact_ids")) for row in rows]
    return say("“纳入部门预算编制”的", join(said), "是预算人头，不是编制")
