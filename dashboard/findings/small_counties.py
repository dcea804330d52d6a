"""Sentences about small counties: bodies, what was cut hardest, posts against people, and what a control group says."""

from __future__ import annotations

import polars as pl

from dashboard import words
from dashboard.findings.pick import Row, ends, every, one
from dashboard.findings.sentence import NOTHING_PUBLISHED, Finding, Number, join, number, receipts, say

ACTUAL_BODIES = "党政机构（实设）"
SHORT_NAMES = {
    "public_institutions": "事业机构",
    "institution_posts": "事业编制",
    "party_gov_bodies": "党政机构",
    "leadership_posts": "领导职数",
}


def _ids(rows: list[Row]) -> tuple[str, ...]:
    return receipts(*(row["fact_ids"] for row in rows))


def _range(rows: list[Row], unit: str = "个") -> Number | None:
    found = ends(rows, "obs_value")
    return number(words.span(*found, unit), _ids(rows)) if found else None


def bodies(rows: pl.DataFrame) -> Finding:
    """Where the pilots ended, the quota that is not a count, and where ordinary counties stand."""
    known = rows.filter(pl.col("after").is_not_null())
    counted = [row for row in every(known, control=False) if row["scope"] == ACTUAL_BODIES and row["before"] is not None]
    limits = [row for row in every(known, control=False) if "限额" in row["scope"]]
    parts: list[str | Number | Finding | None] = []
    if pilots := _range(counted):
        parts += [f"{words.listing(row['area_name'] for row in counted)}改革后为", pilots]
    parts += [say(f"；{row['area_name']}限额", number(words.value(row["after"], "个"), row["fact_ids"])) for row in limits]
    if ordinary := _range(every(known, control=True)):
        parts += ["；普通县区为", ordinary]
    return say(*parts, "。") if parts else NOTHING_PUBLISHED


def convergence(rows: pl.DataFrame) -> Finding:
    """Very different counties end close together, far from ordinary ones; n beside each range."""
    pilots = [row for row in every(rows, control=False) if row["scope"] == ACTUAL_BODIES]
    ordinary = every(rows, control=True)
    parts: list[str | Number | Finding | None] = ["党政机构实设数："]
    if found := _range(pilots):
        parts += ["试点县", found, f"（n＝{len(pilots)}）"]
    if found := _range(ordinary):
        parts += ["，普通县区" if pilots else "普通县区", found, f"（n＝{len(ordinary)}）"]
    return say(*parts, "。") if len(parts) > 1 else NOTHING_PUBLISHED


def halves(rows: pl.DataFrame) -> Finding:
    """Party side and government side: 6＋16 after the reform, 8＋28 in an ordinary county."""
    said = [
        say(row["area_name"], number(f"{words.value(row['party'])}＋{words.value(row['gov'])}个", row["fact_ids"]))
        for row in rows.sort("total", "ref_area").to_dicts()
    ]
    return say("党委机构与政府机构：", join(said), "。") if said else NOTHING_PUBLISHED


def cuts(rows: pl.DataFrame) -> Finding:
    """What was cut hardest, and what least."""
    listed = rows.sort("obs_value").to_dicts()
    said = [say(SHORT_NAMES[row["indicator"]], number(words.percent(-row["obs_value"], 0), row["fact_ids"])) for row in listed]
    if not said:
        return NOTHING_PUBLISHED
    last = say("，", said[-1], "最少") if len(said) > 1 else None
    return say("河曲、浮山两县平均精简：", join(said[:-1] or said), last, "。")


def control(rows: pl.DataFrame) -> Finding:
    """What places that were no pilot did in the same years."""
    pilots = [row for row in every(rows, control=False) if row["before"] is not None and "涉改" in row["scope"]]
    others = [row for row in every(rows, control=True) if row["before"] is not None]
    county_sums = [row for row in others if "县级合计" in row["scope"]]
    parts: list[str | Number | Finding | None] = []
    if pilots:
        parts += [join([say(row["area_name"], _fall(row)) for row in pilots])]
    for row in county_sums:
        counts = number(f"{words.value(row['before'])}个减到{words.value(row['after'])}个", row["fact_ids"])
        parts += ["；" if parts else "", f"同期不是试点的{row['area_name']}各县由", counts, "、", _fall(row)]
    if not parts:
        return NOTHING_PUBLISHED
    return say(*parts, "，可见试点县的降幅有一部分来自全省改革。" if county_sums else "。")


def _fall(row: Row) -> Number:
    return number(f"下降{words.percent(abs(row['obs_value']))}", row["fact_ids"])


def posts_and_people(rows: pl.DataFrame) -> Finding:
    """Posts are gone at once, people are not."""
    said = []
    for row in rows.to_dicts():
        cut = number(words.value(row["before"] - row["after"], "名"), row["posts_fact_ids"])
        years = number(words.value(row["years"], "年"), row["years_fact_ids"]) if row["years"] is not None else None
        over = number(words.value(row["over"], "人"), row["fact_ids_over"])
        said.append(
            say(f"{row['area_name']}核减事业编制", cut, "，仍有", over, "超编", say("，过渡期", years) if years else None)
        )
    return say(join(said, "；"), "：编制一次减下来，人要逐年消化。") if said else NOTHING_PUBLISHED


def courses(rows: pl.DataFrame) -> Finding:
    """How long after the start the state after was reached, for the places with both dates."""
    said = []
    for row in rows.to_dicts():
        if row["years"] is not None and row["before"] is not None and row["after"] is not None:
            about = "" if row["by_month"] else "约"
            went = f"{about}{words.value(round(row['years'], 1), '年')}后由{words.value(row['before'])}个减到{words.value(row['after'])}个"
            said.append(say(row["area_name"], number(went, row["fact_ids"])))
    open_ends = words.listing(row["area_name"] for row in rows.to_dicts() if row["years"] is None)
    tail = f"；{open_ends}缺一端日期或数字，不连线" if open_ends else ""
    return say("从确定试点算起，", join(said, "；"), f"{tail}。") if said else NOTHING_PUBLISHED


def national_counts(rows: pl.DataFrame) -> Finding:
    """Three counts, three definitions."""
    said = []
    for row in every(rows, doubtful=False):
        count = number(words.value(row["counties"], "个"), row["fact_ids"])
        said.append(say(f"{row['scope'].replace('·', '口径、', 1)}", count))
    return say("人口不足20万的县：", join(said, "；"), "。数不同，是口径不同。") if said else NOTHING_PUBLISHED


def ladder(rows: pl.DataFrame) -> Finding:
    """Bands add up to the cumulative counts; each is said once."""
    small = [row for row in rows.to_dicts() if row["size_band"] != "20万-50万"]
    total = sum(row["counties"] for row in small)
    base = next((row["base"] for row in small if row["base"]), None)
    if not small:
        return NOTHING_PUBLISHED
    share = say("，占", number(f"{words.value(base, '个')}的{words.percent(total / base * 100)}", _ids(small))) if base else None
    under = one(rows, size_band="<5万")
    tail = say("；其中不足5万的", number(words.value(under["counties"], "个"), under["fact_ids"])) if under else None
    return say("户籍人口不足20万的县（市）有", number(words.value(total, "个"), _ids(small)), share, tail, "。")


def provinces(rows: pl.DataFrame) -> Finding:
    """Where small counties are, by name; provinces without any are named too."""
    firsts = rows.unique("ref_area", keep="first", maintain_order=True).to_dicts()
    top = [row for row in firsts if row["small"] > 0][:4]
    none = [row["area_name"] for row in firsts if row["small"] == 0]
    if not top:
        return NOTHING_PUBLISHED
    said = []
    for row in top:
        own = [line for line in every(rows, ref_area=row["ref_area"]) if line["size_band"] in ("<5万", "5万-10万", "10万-20万")]
        said.append(say(row["area_name"], number(words.value(row["small"], "个"), _ids(own))))
    tail = f"；{words.listing(none)}没有" if none else ""
    return say("七普常住不足20万的县域，最多的是", join(said), f"{tail}。")
