"""Sentences for places of the reader's own choice: what is known, in how many scopes, and who published nothing."""

import polars as pl

from dashboard.gate.comparability import Panel, spoken_panels, unranked
from dashboard.language import words
from dashboard.language.pick import Row, ends, published_by
from dashboard.language.sentence import Finding, Number, join, number, receipts, receipts_of, say
from dashboard.themes.ratio.sentences import doubts_shortly, when
from dashboard.warehouse.tables import UNSTATED

MOST_SAID = 6  # values named one by one; more are said as a range
MOST_PANELS = 4  # scopes said in the sentence; the others are named in the notes


def values(rows: pl.DataFrame) -> Finding:
    """Every value while they are few, else the range of each scope with n; then the places without a value."""
    silent = unranked(rows, "obs_value") if rows["form"][0] != "take_up" else unranked(rows, "accepted")
    known = rows.filter(~pl.col("area_name").is_in(list(silent)))
    if (total := published_by(rows)) and known.height:
        return say(
            f"{known['indicator_zh'].drop_nulls()[0]}有{total}个地区公布，没有选地区时只列代码在前的{known['ref_area'].n_unique()}个：请选择地区。"
        )
    if known.is_empty():
        return say(f"{_counted(silent)}{'都' if len(silent) > 1 else ''}没有公布这一项的可引用数字。")
    alone = known["counted_as"].n_unique() == 1 and len(silent) > 0
    panels = spoken_panels(known)
    say_panel = {"staffing": _staffing, "structure": _structure, "take_up": _take_up}.get(rows["form"][0], _scope)
    leads = [f"{_short(panel)}：" if len(panels) > 1 else "" for panel in panels]
    said = [say(lead, say_panel(panel)) for lead, panel in zip(leads, panels[:MOST_PANELS], strict=False)]
    more = f"；另有{len(panels) - MOST_PANELS}个口径见图" if len(panels) > MOST_PANELS else ""
    tail = f"；{_counted(silent)}未公布，没有可比的地区" if alone else f"；{_counted(silent)}未公布" if silent else ""
    apart = "口径不同的分栏列出，不相互比较。" if len(panels) > 1 else ""
    name = known["indicator_zh"].drop_nulls()[0]
    only = "所选地区中只有一地公布，" if alone else ""
    return say(f"{name}{'，' if only or len(panels) > 1 else '：'}{only}", join(said, "；"), f"{more}{tail}。{apart}")


def _short(panel: Panel) -> str:
    """A scope as it fits a sentence: what a ratio's sources did not state is said once."""
    first = panel.rows.row(0, named=True)
    basis, staff = first.get("population_basis"), first.get("staff_scope")
    if not (basis and staff):
        return panel.label
    stated = [f"{side}{said}" for side, said in (("人口", basis), ("人员", staff)) if said != UNSTATED]
    return "、".join(stated) or "口径未注明"


def _counted(names: tuple[str, ...]) -> str:
    return words.listing(names) if len(names) <= MOST_SAID else f"{len(names)}个地区"


def _scope(panel: Panel) -> Finding:
    listed = panel.rows.to_dicts()
    if len(listed) <= MOST_SAID:
        pairs = _pairs(listed)
        first = list(dict.fromkeys((row["ref_area"], "" if row["ref_area"] in pairs else row["fact_ids"]) for row in listed))
        by_ids = {row["fact_ids"]: row for row in listed}
        return join([_change(*pairs[place]) if place in pairs else _single(by_ids[ids]) for place, ids in first])
    pairs = _pairs(listed)
    parts = [_joined(list(pairs.values()))] if pairs else []
    rest = [row for row in listed if row["ref_area"] not in pairs]
    for state in ("before", "after", ""):
        members = [row for row in rest if row["phase"] == state or (not state and row["phase"] not in {"before", "after"})]
        if members:
            name = members[0]["item"] if state else ""
            lead = f"只公布{name}的" if state and pairs else "不分前后的" if pairs else name
            parts.append(say(lead, _spread(members), f"（n＝{_places(members)}）"))
    return join(parts, "，")


def _spread(rows: list[Row]) -> Number:
    found = ends(rows, "obs_value")
    return number(words.extent(*found, rows[0]["unit_measure"]) if found else words.NOT_PUBLISHED, receipts_of(rows))


def _joined(pairs: list[tuple[Row, Row]]) -> Finding:
    """前后都公布的由35～36个到22个（n＝3）; of one place its own change."""
    if len(pairs) == 1:
        return _change(*pairs[0])
    first, last = ([pair[at] for pair in pairs] for at in (0, 1))
    return say("前后都公布的由", _spread(first), "到", _spread(last), f"（n＝{_places(first)}）")


def _places(rows: list[Row]) -> int:
    """How many places these are; an unnamed one that is a named one counts once."""
    return len({row["counted_as"] for row in rows})


def _pairs(listed: list[Row]) -> dict[str, tuple[Row, Row]]:
    """Places with one state before and one after, and nothing else."""
    found = {}
    for place in dict.fromkeys(row["ref_area"] for row in listed):
        own = [row for row in listed if row["ref_area"] == place]
        if [row["phase"] for row in own] == ["before", "after"]:
            found[place] = (own[0], own[1])
    return found


def _single(row: Row) -> Finding:
    return say(_name(row), number(row["said"], row["fact_ids"]), _doubt(row))


def _doubt(row: Row) -> str:
    return f"（{'，'.join(unsure)}）" if (unsure := doubts_shortly(row)) else ""


def _change(before: Row, after: Row) -> Finding:
    """河曲县由36个到22个（减少14个、下降38.9%）; a ratio says which way by itself."""
    said = words.change(before["obs_value"], after["obs_value"], before["unit_measure"])
    both = receipts(before["fact_ids"], after["fact_ids"])
    if before["unit_measure"].endswith(":1"):
        return say(before["area_name"], Number(said, both), _doubt(after))
    first, last = number(before["said"], before["fact_ids"]), number(after["said"], after["fact_ids"])
    unsure = "".join(f"，{said}" for said in dict.fromkeys([*doubts_shortly(before), *doubts_shortly(after)]))
    return say(f"{before['area_name']}由", first, "到", last, "（", Number(said, both), f"{unsure}）")


def _staffing(panel: Panel) -> Finding:
    listed = panel.rows.to_dicts()
    if len(listed) <= MOST_SAID // 2:
        return join([say(row["area_name"], number(row["said"], row["fact_ids"])) for row in listed], "，")
    groups = (("超编", 1), ("满编", 0), ("有空编", -1))
    parts = []
    for name, sign in groups:
        members = [row for row in listed if row["comparable"] and _sign(row["actual"] - row["authorised"]) == sign]
        if members:
            parts.append(say(number(words.value(len(members), "个"), receipts_of(members)), name))
    if broken := [row for row in listed if row["unclosed_zh"] and not row["comparable"]]:
        parts.append(say(words.listing(dict.fromkeys(row["area_name"] for row in broken)), "分项与合计对不上"))
    if not parts:
        found = ends(listed, "obs_value")
        return say(
            number(words.extent(*found, "人"), receipts_of(listed)) if found else words.NOT_PUBLISHED, f"（n＝{_places(listed)}）"
        )
    return say(f"{len(listed)}处中", join(parts))


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)


def _structure(panel: Panel) -> Finding:
    """The largest part of each whole while they are few, else its range."""
    wholes: dict[str, list[Row]] = {}
    for row in panel.rows.to_dicts():
        wholes.setdefault(row["ref_area"], []).append(row)
    largest = [max(parts, key=lambda row: row["share"]) for parts in wholes.values()]
    if len(largest) <= MOST_SAID // 2:
        said = [say(row["area_name"], row["item"], number(words.percent(row["share"]), row["fact_ids"])) for row in largest]
        return join([say(part, f"（n＝{words.value(row['base'])}）") for part, row in zip(said, largest, strict=True)])
    name = max((row["item"] for row in largest), key=[row["item"] for row in largest].count)
    members = [row for parts in wholes.values() for row in parts if row["item"] == name]
    found = ends(members, "share")
    spread = words.extent(*found, "%") if found else words.NOT_PUBLISHED
    return say(f"{name}占", number(spread, receipts_of(members)), f"（{len(members)}处）")


def _take_up(panel: Panel) -> Finding:
    listed = panel.rows.to_dicts()
    if len(listed) <= MOST_SAID // 2:
        return join([say(row["area_name"], number(row["said"], row["fact_ids"])) for row in listed])
    found = ends(listed, "obs_value")
    full = words.listing(row["area_name"] for row in listed if row["obs_value"] == 100)
    spread = words.extent(*found, "%") if found else words.NOT_PUBLISHED
    return say("承接率", number(spread, receipts_of(listed)), f"（n＝{_places(listed)}）", f"，{full}全部承接" if full else "")


def _name(row: Row) -> str:
    return f"{row['area_name']}{row['item'] or f'（{when(row)}）'}"
