"""Sentences about small counties: bodies, what was cut hardest, posts against people, and what a control group says."""

import polars as pl

from dashboard.language import words
from dashboard.language.pick import Row, ends, every
from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, Number, join, number, receipts_of, say, valued
from vocabulary.rounding import rounded

ACTUAL_BODIES = "党政机构（实设）"
REFORMED = "涉改事业（除学校医院）"
COUNTY_SUM = "县级合计"
SHORT_NAMES = {
    "public_institutions": "事业机构",
    "institution_posts": "事业编制",
    "party_gov_bodies": "党政机构",
    "leadership_posts": "党政群机关科级领导职数",
}


def _range(rows: list[Row], unit: str = "个") -> Number | None:
    found = ends(rows, "obs_value")
    return number(words.extent(*found, unit), receipts_of(rows)) if found else None


def bodies(rows: pl.DataFrame) -> Finding:
    """Where the pilots ended, the quota that is not a count, and where ordinary counties stand."""
    known = rows.filter(pl.col("after").is_not_null())
    counted = [row for row in every(known, control=False) if row["scope"] == ACTUAL_BODIES and row["before"] is not None]
    limits = every(known, control=False, scope_nature="limit")
    parts: list[str | Number | Finding | None] = []
    if pilots := _range(counted):
        parts += [f"{words.listing(row['area_name'] for row in counted)}改革后为", pilots]
    parts += [say(f"；{row['area_name']}限额", valued(row, "after", "个")) for row in limits]
    if ordinary := _range(every(known, control=True)):
        parts += ["；普通县区为", ordinary, _by_plan(rows)]
    return say(*parts, "。") if parts else NOTHING_PUBLISHED


def _by_plan(rows: pl.DataFrame) -> Finding | None:
    """How many of the ordinary counties are known by an approved plan only."""
    planned = every(rows, by_plan=True)
    return say("，其中", number(words.value(len(planned), "个"), receipts_of(planned)), "为批准方案的设置数") if planned else None


def convergence(rows: pl.DataFrame) -> Finding:
    """Very different counties end close together, far from ordinary ones; n beside each range."""
    pilots = [row for row in every(rows, control=False) if row["scope"] == ACTUAL_BODIES]
    ordinary = every(rows, control=True)
    parts: list[str | Number | Finding | None] = ["改革后的党政机构："]
    if found := _range(pilots):
        parts += ["试点县", found, f"（n＝{len(pilots)}）"]
    if found := _range(ordinary):
        parts += ["，普通县区" if pilots else "普通县区", found, f"（n＝{len(ordinary)}）", _by_plan(rows)]
    return say(*parts, "。") if len(parts) > 1 else NOTHING_PUBLISHED


def halves(rows: pl.DataFrame) -> Finding:
    """What each side lost where it was published before and after; elsewhere the state after as 6＋16."""
    both, after = [], []
    for row in rows.to_dicts():
        narrower = "" if row["scope"] == ACTUAL_BODIES else f"，口径为{row['scope']}"
        if row["total_before"] is None:
            split = number(f"{words.value(row['party'])}＋{words.value(row['gov'], '个')}", row["fact_ids"])
            after.append(say(row["area_name"], split, narrower))
            continue
        sides = [
            say(name, number(f"{words.value(row[f'{side}_before'])}→{words.value(row[side], '个')}", row["fact_ids"]), "，",
                number(words.change(row[f"{side}_before"], row[side], "个"), row["fact_ids"]))
            for name, side in (("党委机构", "party"), ("政府机构", "gov"))
        ]  # fmt: skip
        both.append(say(row["area_name"], join(sides, "；"), narrower))
    tail = say("只公布改革后数的（党委＋政府）：", join(after)) if after else None
    told = [part for part in (join(both, "；") if both else None, tail) if part]
    return say(join(told, "。"), "。") if told else NOTHING_PUBLISHED


def cuts(rows: pl.DataFrame) -> Finding:
    """What was cut hardest, and what least."""
    listed = rows.sort("obs_value").to_dicts()
    said = [say(SHORT_NAMES[row["indicator"]], number(words.percent(-row["obs_value"], 0), row["fact_ids"])) for row in listed]
    if not said:
        return NOTHING_PUBLISHED
    last = say("，", said[-1], "最少") if len(said) > 1 else None
    whose = words.listing(row["area_name"].partition("（")[0] for row in listed)
    n = max((row["counties"] or 0 for row in listed), default=0)
    return say(f"{whose}平均精简", f"（n＝{n}）" if n else "", "：", join(said[:-1] or said), last, "。")


def control(rows: pl.DataFrame) -> Finding:
    """What the pilots lost, and what all counties of a prefecture lost in the same years, the pilot among them included."""
    pilots = [row for row in every(rows, control=False) if row["before"] is not None and row["scope"] == REFORMED]
    others = [row for row in every(rows, control=True) if row["before"] is not None]
    county_sums = [row for row in others if row["scope_coverage"] == COUNTY_SUM]
    parts: list[str | Number | Finding | None] = []
    if pilots:
        parts += [join([say(row["area_name"], _fall(row)) for row in pilots])]
    for row in county_sums:
        counts = number(f"{words.value(row['before'])}个减到{words.value(row['after'])}个", row["fact_ids"])
        held = f"（含试点{words.listing(row['pilots_held'].split(','))}）" if row["pilots_held"] else ""
        whose = f"同期{row['area_name']}各县合计{held}由"
        parts += ["；" if parts else "", whose, counts, "、", _fall(row)]
    if not parts:
        return NOTHING_PUBLISHED
    return say(*parts, "：试点县的降幅不能全归于试点。" if pilots and county_sums else "。")


def deliberative(rows: pl.DataFrame) -> Finding:
    """Whether 议事协调机构 fell in pilots only."""
    pilots, others = ([say(row["area_name"], _fall(row)) for row in every(rows, control=kind)] for kind in (False, True))
    if not pilots or not others:
        return say(join(pilots or others), "。") if pilots or others else NOTHING_PUBLISHED
    return say("试点的", join(pilots), "；本库未列为试点的", join(others), "：减少议事协调机构不是试点独有。")


def _fall(row: Row) -> Number:
    return number(f"下降{words.percent(abs(row['obs_value']))}", row["fact_ids"])


def posts_and_people(rows: pl.DataFrame) -> Finding:
    """Posts are gone at once, people are not."""
    said = []
    for row in rows.to_dicts():
        cut = number(words.value(row["before"] - row["after"], "名"), row["posts_fact_ids"])
        years = valued(row, "years", "年", ids="years_fact_ids") if row["years"] is not None else None
        over = valued(row, "over", "人", ids="fact_ids_over")
        aimed = (
            number(words.span(row["target_low"], row["target_high"], "年"), row["target_fact_ids"]) if row["target_low"] else None
        )
        said.append(
            say(f"{row['area_name']}核减事业编制", cut, "，仍有", over, "超编", say("，过渡期", years) if years else None,
                say("（另有目标年限", aimed, "的说法）") if aimed else None)
        )  # fmt: skip
    return say(join(said, "；"), "：编制一次减下来，人要逐年消化。") if said else NOTHING_PUBLISHED


def courses(rows: pl.DataFrame) -> Finding:
    """How long after the naming of a pilot its numbers after the reform were published, for the places with both dates."""
    said = []
    for row in rows.to_dicts():
        if row["years_low"] is not None and row["before"] is not None and row["after"] is not None:
            apart = _apart(row["years_low"], row["years_high"])
            vague = "" if row["years_low"] == row["years_high"] else "只知年份，"
            went = f"{apart}（{vague}{words.value(row['before'])}→{words.value(row['after'], '个')}）"
            said.append(say(row["area_name"], number(went, row["fact_ids"])))
    without = words.listing(row["area_name"] for row in rows.to_dicts() if row["start"] is None)
    tail = f"；{without}的启动时间未公布，不上时间轴" if without else ""
    return say("从确定试点到公布改革后的数：", join(said), f"{tail}。") if said else NOTHING_PUBLISHED


def _apart(least: float, most: float) -> str:
    """Years in tenths; between two of them the lower is not rounded up nor the upper down."""
    if least == most:
        return words.value(float(rounded(least, 1)), "年")
    return words.span(float(rounded(least, 1, "low")), float(rounded(most, 1, "high")), "年")
