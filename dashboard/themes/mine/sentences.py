"""Sentences about the reader's county. Its numbers are the reader's: only what is published opens facts."""

from collections.abc import Sequence

import polars as pl

from dashboard.language import words
from dashboard.language.pick import Row
from dashboard.language.sentence import Finding, Number, join, number, receipts, receipts_of, say, valued

ASK_RATIO = "填上人口和财政供养人员，就能算出您的县每多少人对应一名财政供养人员"
ASK_BODIES = "填上党政机构、事业单位的个数，就能看到您的县站在哪里"
ASK_POSTS = "填上编制和实有，就能看到超编、空编和满编率"
MEASURES = {"party_gov_bodies": "党政机构", "public_institutions": "事业单位"}


def told(row: Row, text: str) -> Number | str:
    """A number in words, with its receipts where it is published."""
    return number(text, row["fact_ids"]) if receipts(row["fact_ids"]) else text


def split(rows: pl.DataFrame) -> tuple[list[Row], list[Row]]:
    """The reader's rows, and what is published."""
    return rows.filter(pl.col("own")).to_dicts(), rows.filter(~pl.col("own")).to_dicts()


def ratios(rows: pl.DataFrame) -> Finding:
    """Own ratios with what may stand beside each."""
    mine, known = split(rows)
    if not mine:
        return say(f"{ASK_RATIO}；可比的公布数有", join(_ratio_of(row) for row in known), "。")
    return say(join((say(row["area_name"], _own_ratio(row, known)) for row in mine), "；"), "。")


def _ratio_of(row: Row) -> Finding:
    return say(
        f"{row['area_name']}",
        number(row["text"], row["fact_ids"]),
        f"（人口{row['population_basis']}，人员{row['staff_scope']}）",
    )


def _own_ratio(row: Row, known: Sequence[Row]) -> Finding:
    same = [other for other in known if other["axis_key"] == row["axis_key"]]
    own = say(f"按{row['population_basis']}人口", told(row, row["text"]))
    if not same:
        return say(own, "，没有同口径的公布数可以并列")
    return say(own, "，同口径的有", join(say(other["area_name"], number(other["text"], other["fact_ids"])) for other in same))


def bodies(rows: pl.DataFrame) -> Finding:
    """Own counts against the pilots after their reform and the range of ordinary counties."""
    mine, known = split(rows)
    if not mine:
        return say(f"{ASK_BODIES}：", join((_reference(measure, known) for measure in MEASURES), "；"), "。")
    return say(join((say(row["area_name"], _own_count(row, known)) for row in mine), "；"), "。")


def _reference(measure: str, known: Sequence[Row]) -> Finding:
    """What is published of a measure: 党政机构普通县区35～37个，试点改革后20～22个."""
    ordinary, pilots = _ranges(measure, known)
    parts = [
        say(name, number(words.extent(*_extent(found), "个"), receipts_of(found)))
        for name, found in (("普通县区", ordinary), ("试点改革后", pilots))
        if found
    ]
    return say(MEASURES[measure], join(parts, "，"))


def _own_count(row: Row, known: Sequence[Row]) -> Finding:
    ordinary, pilots = _ranges(row["measure"], known)
    parts = [say(MEASURES[row["measure"]], told(row, row["text"]))]
    parts += [
        say(f"{_against(row, _extent(found))}{name}", number(words.extent(*_extent(found), "个"), receipts_of(found)))
        for name, found in (("普通县区的", ordinary), ("试点改革后的", pilots))
        if found
    ]
    return join(parts, "，")


def _ranges(measure: str, known: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    ended = [row for row in known if row["measure"] == measure and row["after"] is not None]
    return [row for row in ended if row["control"]], [row for row in ended if not row["control"]]


def _extent(found: Sequence[Row]) -> tuple[float, float]:
    return min(row["after"] for row in found), max(row["after"] for row in found)


def _against(row: Row, extent: tuple[float, float]) -> str:
    """Where an interval lies to a range: 多于, 少于, 在 … or 说不准."""
    least, most = extent
    low, high = row["low"], row["high"]
    if low is not None and low > most:
        return "多于"
    if high is not None and high < least:
        return "少于"
    if low is not None and high is not None and low >= least and high <= most:
        return "不出" if least < most else "等于"
    return "约数，说不准是否超过"


def posts(rows: pl.DataFrame) -> Finding:
    """Over and under by type of post."""
    mine, known = split(rows)
    if not mine:
        parts = (say(f"{row['post_type']}编制", valued(row, "authorised", "名")) for row in known)
        names = words.listing(dict.fromkeys(row["area_name"] for row in known))
        return say(f"{ASK_POSTS}；公布过全县编制的有{names}：", join(parts), "，实有未公布。")
    return say(join((say(_own_post(row)) for row in mine), "；"), "。")


def _own_post(row: Row) -> str:
    sides = "、".join(
        filter(
            None, (row["authorised_text"] and f"编制{row['authorised_text']}", row["actual_text"] and f"实有{row['actual_text']}")
        )
    )
    rate = f"（满编率{row['rate']}）" if row["rate"] and row["rate"][-1] == "%" else ""
    return f"{row['area_name']}{row['post_type']}{sides}{row['outcome'] and '，'}{row['outcome']}{rate}"


def standing(name: str, own_set: int, frames: Sequence[pl.DataFrame], size: Finding | None) -> Finding:
    """Where a county stands, from the rows of the cards: ratio, bodies, posts; `size` says which thresholds it is under."""
    ratio, counts, staffing = ([row for row in split(rows)[0] if row["set"] == own_set] for rows in frames)
    known_ratios, known_bodies = (split(rows)[1] for rows in frames[:2])
    parts = [
        *(_own_count(row, known_bodies) for row in counts),
        *([size] if size else []),
        *(_own_ratio(row, known_ratios) for row in ratio),
        *(say(f"{row['post_type']}{row['outcome']}") for row in staffing if row["outcome"]),
    ]
    if not parts:
        return say(f"{name}：再填一两个数就能比：人口和财政供养人员，或者党政机构个数。")
    return say(f"{name}：", join(parts, "；"), "。")
