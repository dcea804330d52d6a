"""Sentences about the size of the reader's county."""

import polars as pl

from dashboard.language import words
from dashboard.language.pick import Row
from dashboard.language.sentence import Finding, join, number, receipts_of, say

FEW = 200_000


def bands(rows: pl.DataFrame) -> Finding:
    """How many counties are small by either basis, and whether the reader's are among them."""
    return say(join((said for basis in ("户籍", "常住") if (said := _of_basis(basis, rows))), "；"), "。")


def _of_basis(basis: str, rows: pl.DataFrame) -> Finding | None:
    listed = rows.filter(basis=basis).to_dicts()
    small = [row for row in listed if row["band_high"] is not None and row["band_high"] <= FEW]
    if basis == "常住":  # cumulative counts: the last holds the others
        small = small[-1:]
    if not small:
        return None
    count = sum(row["counties"] for row in small)
    base = listed[0]["base"]
    share = f"（占{words.percent(count / base * 100)}）" if base else ""
    kind = "县（市）" if basis == "户籍" else "县域"
    whole = number(words.value(base, f"个{kind}"), listed[0]["fact_ids"]) if base else kind
    lead = say(f"按{basis}，全国", whole, "中不足20万的有", number(words.value(count, "个"), receipts_of(small)), share)
    mine = _mine(small)
    return say(lead, f"，{mine}") if mine else lead


def _mine(small: list[Row]) -> str:
    """Which sets are among the small counties, which may be, and which are in none of these bands."""
    inside = list(dict.fromkeys(name for row in small for name in row["inside"]))
    maybe = [name for name in dict.fromkeys(name for row in small for name in row["maybe"]) if name not in inside]
    others = [name for name in small[0]["outside"] if all(name in row["outside"] for row in small)]
    return "，".join(
        filter(None, (
            f"{words.listing(inside)}在其内" if inside else "",
            f"{words.listing(maybe)}是约数，说不准" if maybe else "",
            f"{words.listing(others)}，不在其内" if others else "",
        ))
    )  # fmt: skip


def thresholds(rows: pl.DataFrame) -> Finding:
    """What is called small, by whom; and what of it the reader's counties are under."""
    listed = rows.to_dicts()
    limits = {row["obs_value"]: [other for other in listed if other["obs_value"] == row["obs_value"]] for row in listed}
    stated = join(number(words.value(limit, "人"), receipts_of(found)) for limit, found in limits.items())
    if not any(row["verdict"] for row in listed):
        return say("人口小县没有全国统一门槛，来源所用有", stated, "；填上人口就知道低于哪几个。")
    met = {limit: [name for row in found for name in row["below"]] for limit, found in limits.items()}
    under = [say(number(words.value(limit, "人"), receipts_of(limits[limit]))) for limit, found in met.items() if found]
    if not under:
        vague = any(row["unsure"] for row in listed)
        return say("没有全国统一门槛；所填人口", "是约数，说不准是否低于" if vague else "高于", "来源所用的", stated, "。")
    return say("没有全国统一门槛；所填人口低于其中的", join(under), "，户籍、常住各算各的，见表。")


def small_by(name: str, rows: pl.DataFrame) -> Finding | None:
    """Which thresholds the population of a set is under, in short; nothing where it said no population."""
    listed = [row for row in rows.to_dicts() if name in row["sized"]]
    if not listed:
        return None
    under = {row["obs_value"]: row["fact_ids"] for row in listed if name in row["below"]}
    if not under:
        vague = any(name in row["unsure"] for row in listed)
        return say("人口是约数，是否低于人口小县门槛说不准" if vague else "人口高于各种人口小县门槛")
    return say("人口低于", join(number(words.value(limit, "人"), ids) for limit, ids in under.items()), "的人口小县门槛")
