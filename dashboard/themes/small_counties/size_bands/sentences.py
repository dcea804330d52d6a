"""Sentences about how many small counties there are by each definition, and where they are."""

from typing import Any

import polars as pl

from dashboard.language import words
from dashboard.language.pick import every, one
from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, join, number, receipts_of, say, valued

BAND_NAMES = {
    "<5万": "不足5万", "5万-10万": "5万～10万", "10万-20万": "10万～20万", "20万-50万": "20万～50万",
    "50万-100万": "50万～100万", "≥100万": "100万以上",
}  # fmt: skip
SHORT = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
}


def short_name(province: str) -> str:
    """山西省 → 山西, 内蒙古自治区 → 内蒙古."""
    return SHORT.get(province, province.removesuffix("省").removesuffix("市"))


def national_counts(rows: pl.DataFrame) -> Finding:
    """Three counts, three definitions."""
    said = []
    for row in rows.filter(pl.col("doubt").is_null()).to_dicts():
        count = valued(row, "counties", "个")
        said.append(say(f"{row['scope'].replace('·', '口径、', 1)}", count))
    return say("人口不足20万的县：", join(said, "；"), "。", _unexplained(rows)) if said else NOTHING_PUBLISHED


def _unexplained(rows: pl.DataFrame) -> Finding | None:
    """Whether the provinces that one count leaves out explain how much smaller it is than the whole: by our county table."""
    said = []
    sure = rows.filter(pl.col("doubt").is_null())
    for row in sure.filter(pl.col("left_out").is_not_null()).to_dicts():
        whole = one(sure.filter(pl.col("left_out").is_null()), population_basis=row["population_basis"])
        if whole is None:
            continue
        gap = abs(whole["counties"] - row["counties"])
        names = words.listing(map(short_name, row["left_out_names"].split(",")))
        both = receipts_of([whole, row])
        verdict = "正好相抵" if gap == row["left_out"] else f"剔除{names}不能全部解释"
        said.append(
            say(valued(whole, "counties"), "与", valued(row, "counties", "个"),
                "相差", number(words.value(gap, "个"), both), f"，{names}在本库分县表中共",
                valued(row, "left_out", "个", ids="left_out_fact_ids"), f"，{verdict}。")
        )  # fmt: skip
    return join(said, "") if said else None


def ladder(rows: pl.DataFrame) -> Finding:
    """Bands add up to the cumulative counts; each is said once, and the yearbook is named: its edition is not the year of the data."""
    small = every(rows, is_small=True)
    total = sum(row["counties"] for row in small)
    base = next((row["base"] for row in small if row["base"]), None)
    if not small:
        return NOTHING_PUBLISHED
    share = (
        say("，占", number(f"{words.value(base, '个')}的{words.percent(total / base * 100)}", receipts_of(small)))
        if base
        else None
    )
    under = one(rows, size_band="<5万")
    tail = say("；其中不足5万的", valued(under, "counties", "个")) if under else None
    book = small[0]["edition"]
    by = f"按{book}，" if book else ""
    return say(f"{by}户籍人口不足20万的县（市）有", number(words.value(total, "个"), receipts_of(small)), share, tail, "。")


def tiles(rows: pl.DataFrame) -> Finding:
    """How many in all and where most are; how many provinces have one, and how many of these a pilot."""
    some = rows.filter(pl.col("small") > 0).to_dicts()
    if not some:
        return NOTHING_PUBLISHED
    total = number(words.value(sum(row["small"] for row in some), "个"), receipts_of(some))
    most = say("，", join([say(short_name(row["area_name"]), valued(row, "small", "个")) for row in some[:3]]), "最多")
    where = number(words.value(len(some), "个"), receipts_of(some))
    piloted = [row for row in some if row["pilots"]]
    tail = say("；其中", number(words.value(len(piloted), "个"), receipts_of(piloted)), "有本库收录的试点") if piloted else None
    return say("七普常住人口不足20万的县（市）有", total, "，在", where, "省份", most, tail, "。")


def provinces(rows: pl.DataFrame) -> Finding:
    """Where small counties are, by name; provinces without any are named too. Of one province the counts of its bands."""
    firsts = rows.unique("ref_area", keep="first", maintain_order=True).to_dicts()
    if len(firsts) == 1:
        return _one_province(rows)
    top = [row for row in firsts if row["small"] > 0][:4]
    none = [row["area_name"] for row in firsts if row["small"] == 0]
    if not top:
        return NOTHING_PUBLISHED
    said = []
    for row in top:
        own = every(rows, ref_area=row["ref_area"], is_small=True)
        said.append(say(row["area_name"], number(words.value(row["small"], "个"), receipts_of(own))))
    tail = f"；{words.listing(none)}没有" if none else ""
    return say("七普常住不足20万的县域，最多的是", join(said), f"{tail}。")


def _one_province(rows: pl.DataFrame) -> Finding:
    """How many small counties one province has, in which bands, and the pilots there."""
    small = every(rows, is_small=True)
    first = rows.row(0, named=True)
    total = number(words.value(first["small"], "个"), receipts_of(small or rows.to_dicts()))
    bands = [say(BAND_NAMES[row["size_band"]], valued(row, "counties", "个")) for row in small]
    parts = say("：", join(bands)) if len(bands) > 1 else None
    pilots = f"；本库收录的试点有{words.listing(first['pilots'].split(','))}" if first["pilots"] else ""
    return say(first["area_name"], "七普常住不足20万的县域有", total, parts, f"{pilots}。")


def without_bands(row: dict[str, Any]) -> str:
    """Why a province has no counts by band: it has districts only, or our source does not hold it."""
    if row["has_counties"] is False:
        return f"{row['area_name']}：无县。只有市辖区，所以没有分档；不是零。"
    return f"{row['area_name']}：未收录。所用的分县表不含这一地区，不是没有。"
