"""What is said of one place: its population band, its leading figures, and what is still missing, without filling any gap."""

from itertools import pairwise
from typing import Any, NamedTuple

import polars as pl

from dashboard.language import words
from dashboard.language.pick import Row, one
from dashboard.language.sentence import Finding, join, number, say, valued
from dashboard.themes.ratio.sentences import doubts, remarks, stated, when
from dashboard.warehouse.tables import OWN_PAYROLL, RECOMPUTED, UNSTATED

PEOPLE = ("population_census", "population_resident", "population_total", "population_registered")
BASES = {
    "population_census": "普查常住",
    "population_resident": "常住",
    "population_registered": "户籍",
    "population_total": "口径未注明",
}
_BANDS = (50_000, 100_000, 200_000, 500_000, 1_000_000)
PILOT = "pilot"  # role of a cohort

# Why a gap is a gap, where more is known than that nothing was found: (role, cohort or code it is about, name of the thing, sentence).
_REMARKS = (
    (PILOT, "财政供养人员", "改革后的财政供养人员数，各试点县都没有见到。"),
    (PILOT, "财政供养比", "试点县改革后的供养比，只见到河曲县一县。"),
    ("山西第三批试点", "党政机构数", "第三批试点县的改革前后数字都没有见到。"),
    ("140721", "党政机构数", "改革前、改革后的数字都没有见到。"),
    ("驻马店经济发达镇", "地区生产总值", "六个镇的地区生产总值都没有见到，应向县统计部门取数。"),
    ("驻马店经济发达镇", "人口", "只见到百科、地名站的旧数，不收录；应向县统计部门取数。"),
    ("乡镇样本", "编制", "乡镇编制没有全国或全省平均的官方数，只有少数乡镇的公开数。"),
)


class Tile(NamedTuple):
    """A leading figure: what it is, the figure with receipts, and its scope and date."""

    name: str
    figure: Finding
    detail: str


class Gap(NamedTuple):
    """A thing that was not published, and what is known about that; blank when nothing more is known."""

    name: str
    says: str


def population(facts: pl.DataFrame) -> Row | None:
    """The fact that best tells how many people live there: census, resident, then what is left; the latest of its kind."""
    for indicator in PEOPLE:
        rows = facts.filter((pl.col("indicator") == indicator) & pl.col("preferred") & (pl.col("size_band") == "_T"))
        if rows.height:
            return rows.sort("year", descending=True, nulls_last=True).row(0, named=True)
    return None


def band(row: Row | None) -> str:
    """The size band of a population: 10万～20万人; blank when its interval is open or does not fit into one band."""
    low, high = (row["value_low"], row["value_high"]) if row else (None, None)
    if low is None or high is None:
        return ""
    edges = (0, *_BANDS, float("inf"))
    for start, end in pairwise(edges):
        if start <= low and (high < end or low < high == end):  # 不足10万 ends at 10万 without reaching it
            first = f"不足{words.value(end, '人')}" if start == 0 else ""
            return first or (f"{words.value(start, '人')}以上" if end == float("inf") else words.span(start, end, "人"))
    return ""


def tiles(facts: pl.DataFrame, changes: pl.DataFrame, staffing: pl.DataFrame, ratios: pl.DataFrame) -> list[Tile]:
    """At most four figures, those that a reader asks for first."""
    found = [_people(facts), _change(changes, "party_gov_bodies", "党政机构"), _ratio(ratios), _posts(staffing),
             _change(changes, "public_institutions", "事业单位"), _items(facts)]  # fmt: skip
    return [tile for tile in found if tile is not None][:4]


def _people(facts: pl.DataFrame) -> Tile | None:
    row = population(facts)
    if row is None:
        return None
    said = words.claimed(row)
    return Tile(f"人口（{BASES[row['indicator']]}）", say(number(said, row["fact_ids"])), words.date(row["time_period"]))


def _change(changes: pl.DataFrame, indicator: str, name: str) -> Tile | None:
    sound = pl.col("doubt").is_null() & pl.col("to_check").is_null()  # what is in doubt is no headline
    row = one(changes.filter((pl.col("indicator") == indicator) & (pl.col("scope_nature") == "count") & sound))
    if row is None:
        return None
    figure = number(f"{words.value(row['before'])}→{words.value(row['after'])}", row["fact_ids"])
    fell = f"，{words.signed(row['change_pct'], '%', 1)}" if row["change_pct"] is not None else ""
    return Tile(f"{name}，改革前→改革后", say(figure, f" {row['unit_measure']}"), f"{row['scope']}{fell}")


def _ratio(ratios: pl.DataFrame) -> Tile | None:
    """Before and after, where neither is in doubt; else the end that is not, and what is said of the other."""
    printed = ratios.filter(pl.col("basis") != RECOMPUTED)
    before, after = one(printed, phase="before"), one(printed, phase="after")
    if before and after and before["axis_key"] == after["axis_key"] and not doubts(before):
        if unsure := doubts(after):
            detail = f"{_basis(before)}；改革后{words.ratio(after['obs_value'])}{'，'.join(unsure)}"
            return Tile("财政供养比，改革前", say(stated(before)), detail)
        figure = number(
            f"{words.ratio(before['obs_value'])}→{words.ratio(after['obs_value'])}", before["fact_ids"], after["fact_ids"]
        )
        return Tile("财政供养比，改革前→改革后", say(figure), "；".join([_basis(before), *remarks(after)]))
    sound = [
        row for row in (*printed.sort("year", descending=True, nulls_last=True).to_dicts(), *ratios.to_dicts()) if not doubts(row)
    ]
    if not sound:
        return None
    row = sound[0]
    town = row["scope_coverage"] == OWN_PAYROLL  # a township's own payroll must not be read as a county's ratio
    detail = "，".join([_basis(row), when(row), *remarks(row)])
    return Tile("每名本级在职人员对应人口" if town else "财政供养比", say(stated(row)), detail)


def _basis(row: Row) -> str:
    if row["population_basis"] == row["staff_scope"] == UNSTATED:
        return "人口、人员口径均未注明"
    return f"人口{row['population_basis']}，人员{row['staff_scope']}"


def _posts(staffing: pl.DataFrame) -> Tile | None:
    rows = staffing.filter(pl.col("comparable") & (pl.col("post_type") == "_T") & (pl.col("tier") == "_T"))
    row = one(rows.sort("year", descending=True, nulls_last=True))
    if row is None:
        return None
    system = "" if row["sector"] == "_T" else f"{row['sector']}："
    figure = number(f"{words.value(row['actual'])} / {words.value(row['authorised'])}", row["fact_ids"])
    return Tile(
        f"{system}实有 / 编制", say(figure), f"{words.over(row['actual'], row['authorised'])}，{words.date(row['time_period'])}"
    )


def _items(facts: pl.DataFrame) -> Tile | None:
    rows = facts.filter((pl.col("indicator") == "delegated_items_accepted") & (pl.col("category") == "_T") & pl.col("preferred"))
    row = one(rows)
    if row is None:
        return None
    return Tile("承接的赋权事项", say(valued(row, "obs_value", "项")), row["catalogue"].replace("_T", ""))


def gaps(place: dict[str, Any], missing: list[str], half: pl.DataFrame) -> list[Gap]:
    """Core things without a published number, and things with one end only, each with what is known about the gap."""
    found = [Gap(name, _remark(place, name)) for name in missing]
    for row in half.to_dicts():
        end, known = ("改革前", "改革后") if row["before"] is None else ("改革后", "改革前")
        found.append(Gap(f"{row['indicator_zh']}：{row['scope']}", f"{known}已公布，{end}{words.NOT_PUBLISHED}。"))
    if place["cohort_role"] == PILOT and place["level"] == "county":
        found.append(Gap("内设机构数", "试点县的内设机构数都没有见到。"))
    return found


def _remark(place: dict[str, Any], name: str) -> str:
    about = {place["cohort_role"], place["cohort"], place["ref_area"]}
    said = [text for key, thing, text in _REMARKS if thing == name and key in about]
    return said[-1] if said else ""


def claims_kept(rows: pl.DataFrame) -> str:
    """What was done with competing claims: those of other scopes or dates stand side by side, of the same scope one is taken."""
    standings = set(rows["standing"].to_list())
    rules = dict.fromkeys(rows.filter(standing="shown")["rule_zh"].to_list())
    rule = f"，规则：{'；'.join(rules)}" if rules else ""
    taken = f"同一口径、同一时点的采用一种{rule}。" if "kept" in standings else ""
    if "beside" not in standings:
        return f"几种说法都保留。{taken}"
    return f"几种说法都保留：口径或时点不同的并列，不互相替代。{taken}"


def changed(rows: pl.DataFrame) -> Finding:
    """Every change in one sentence while they are few, else how many fell and how many rose; what is still to be checked."""
    listed = rows.to_dicts()
    if len(listed) <= 4:
        return say(join([_told(row) for row in listed], "；"), "。")
    unsure = words.listing(_thing(row) for row in listed if _is_unsure(row))
    end = f"；{unsure}。" if unsure else "。"
    fell = [row for row in listed if row["after"] < row["before"]]
    if not fell:
        return say(_count(listed), f"有改革前后的数，没有减少的{end}")
    sound = [row for row in fell if not _is_unsure(row)] or fell  # what is in doubt is not the first to name
    most = min(sound, key=lambda row: row["change_pct"] if row["change_pct"] is not None else 0)
    all_fell = say(_count(listed), "改革前后都减少")
    return say(
        all_fell if len(fell) == len(listed) else say(_count(listed), "有改革前后的数，", _count(fell), "减少"),
        "；减幅最大的是",
        _told(most),
        end,
    )


def _count(rows: list[Row]) -> Finding:
    """4项（领导职数分口径各列一条）: a thing in two scopes is one thing."""
    things = [row["indicator_zh"] for row in rows]
    several = words.listing(name for name in things if things.count(name) > 1)
    counted = number(f"{len(set(things))}项", *(row["fact_ids"] for row in rows))
    return say(counted, f"（{several}分口径各列一条）" if several else "")


def _thing(row: Row) -> str:
    """领导职数（党政群机关科级领导职数，待核）."""
    unsure = ["待核" if row["to_check"] else "存疑"] if _is_unsure(row) else []
    return f"{row['indicator_zh']}（{'，'.join([row['scope'], *unsure])}）"


def _is_unsure(row: Row) -> bool:
    return bool(row["to_check"] or row["doubt"])


def _told(row: Row) -> Finding:
    said = words.change(row["before"], row["after"], row["unit_measure"])
    ends = f"由{words.value(row['before'], row['unit_measure'])}到{words.value(row['after'], row['unit_measure'])}"
    return say(_thing(row), number(f"{ends}，{said}", row["fact_ids"]))


def staffed(rows: pl.DataFrame) -> Finding:
    """The totals, each with its excess or vacancy where headcount and posts correspond."""
    totals = rows.filter((pl.col("post_type") == "_T") & (pl.col("tier") == "_T")).to_dicts() or rows.to_dicts()[:1]
    said = []
    for row in totals:
        system = "" if row["sector"] == "_T" else f"{row['sector']}："
        outcome = f"，{words.over(row['actual'], row['authorised'])}" if row["comparable"] else ""
        text = f"编制{words.value(row['authorised'], '名')}、实有{words.value(row['actual'], '人')}{outcome}"
        scope = f"（{row['scope']}）" if len(totals) > 1 and row["scope"] else ""
        said.append(say(system, number(text, row["fact_ids"]), scope))
    return say(join(said, "；"), "。")


def ratio(rows: pl.DataFrame) -> Finding:
    """Every ratio with its phase or date; scopes are told apart."""
    said, several = [], rows["population_basis"].n_unique() > 1
    for row in rows.to_dicts():
        at = row["phase_zh"] or when(row)
        aside = "，".join([*([f"人口{row['population_basis']}"] if several else []), *remarks(row)])
        said.append(say(at, stated(row), f"（{aside}）" if aside else ""))
    apart = "口径不同的分栏列出。" if rows["axis_key"].n_unique() > 1 else ""
    return say(join(said), f"。{apart}")
