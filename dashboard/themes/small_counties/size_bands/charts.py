"""Charts of 人口小县: where small counties are, and how many by which definition."""

from typing import Any

import polars as pl

from dashboard.cards.chart import Bars, Chart, Column, Figure, each
from dashboard.cards.selection import Selection
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.province_bands import Bands, Province, province_bands
from dashboard.drawing.province_tiles import Tile, province_tiles
from dashboard.drawing.scoped_numbers import ScopedNumber, scoped_numbers
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Part, stacked_bars
from dashboard.gate.comparability import compare
from dashboard.language import words
from dashboard.language.pick import one
from dashboard.themes.small_counties.size_bands import rows as queries
from dashboard.themes.small_counties.size_bands import sentences as findings
from dashboard.warehouse import Warehouse

NO_COUNTY, UNCOVERED = "无县", "未收录"
SHOW_BANDS, SHOW_FACTS = "<br>点一下：看该省各档", "<br>再点一下：看出处"  # what a click on a tile does
CENSUS_EDITION = "七普"  # its date is that of the data
PROVINCE_BANDS = ("<5万", "5万-10万", "10万-20万", "20万-50万", "50万-100万", "≥100万")
BANDS = Bands(
    names=("不足<br>5万", "5万～<br>10万", "10万～<br>20万", "20万～<br>50万", "50万～<br>100万", "100万<br>以上"),
    small=3,
    small_name="不足<br>20万",
)


def draw_provinces(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """A strip of bands for every province, small counties first. A band without a row holds no county.

    A form of its own: cells of one table, which fills every province (is_partition), so that columns may be read down.
    """
    provinces = [_province(members.to_dicts()) for _, members in rows.group_by("ref_area", maintain_order=True)]
    return province_bands(provinces, BANDS, canvas)


def _province(members: list[dict[str, Any]]) -> Province:
    by_band = {row["size_band"]: row for row in members}
    cells = [by_band.get(band) for band in PROVINCE_BANDS]
    first = members[0]
    return Province(
        name=findings.short_name(first["area_name"]),
        counties=tuple(row["counties"] if row else 0.0 for row in cells),
        total_small=first["small"],
        fact_ids=tuple(row["fact_ids"] if row else "" for row in cells),
        pilots=tuple((first["pilots"] or "").split(",")) if first["pilots"] else (),
    )


def draw_tiles(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """A tile for every provincial-level unit.

    A form of its own: counts of one table that fills every province, in tiles and on no axis.
    """
    return province_tiles([_tile(row) for row in rows.to_dicts()], unit="个", key="◆ 本库收录有试点县", canvas=canvas)


def _tile(row: dict[str, Any]) -> Tile:
    name = findings.short_name(row["area_name"])
    pilots = (row["pilots"] or "").split(",") if row["pilots"] else []
    said = "" if row["small"] is not None else standing(row)
    told = f"{words.value(row['small'], '个')}" if row["small"] is not None else said
    marks = f"<br>试点：{'、'.join(pilots)}" if pilots else ""
    click = SHOW_BANDS if not row["chosen"] else SHOW_FACTS if row["fact_ids"] else ""
    return Tile(
        code=row["ref_area"], name=name, count=row["small"], said=said, marked=bool(pilots), says=f"{name}　{told}{marks}{click}",
        fact_ids=row["fact_ids"], chooses=not row["chosen"], chosen=row["chosen"],
    )  # fmt: skip


def standing(row: dict[str, Any]) -> str:
    """Why a unit has no count: it has districts only, or our source does not hold it."""
    return NO_COUNTY if row["has_counties"] is False else UNCOVERED


def with_standing(rows: pl.DataFrame) -> pl.DataFrame:
    """Tiles with `standing`: in words why there is no count, blank where there is one."""
    told = ["" if row["small"] is not None else standing(row) for row in rows.to_dicts()]
    return rows.with_columns(pl.Series("standing", told, pl.String))


def tiles(db: Warehouse, chosen: Selection) -> pl.DataFrame:
    """Every unit with `standing`, and with `chosen`: whether it is the chosen province."""
    return with_standing(queries.province_tiles(db)).with_columns((pl.col("ref_area") == chosen.province).alias("chosen"))


def _without_bands(db: Warehouse, chosen: Selection) -> str:
    unit = one(queries.province_tiles(db), ref_area=chosen.province)
    return findings.without_bands(unit) if unit else ""


def counts(db: Warehouse, _chosen: Selection) -> pl.DataFrame:
    """The national counts with what their year means in words: the edition of a yearbook is not the year of its data."""
    rows = queries.national_counts(db)
    return rows.with_columns(pl.Series("dated", [_dated(row) for row in rows.to_dicts()], dtype=pl.String))


def _dated(row: dict[str, Any]) -> str:
    book = row["edition"] if row["edition"] != CENSUS_EDITION else None
    return f"按{book}，数据年份未注明" if book else words.date(row["time_period"])


def _whose(rows: pl.DataFrame) -> tuple[str, ...]:
    """Of one province that it is the chosen one; of all how they stand to the published number."""
    names = rows["area_name"].unique().to_list()
    return (f"只列所选的{names[0]}。",) if len(names) == 1 else _province_sum(rows)


def _province_sum(rows: pl.DataFrame) -> tuple[str, ...]:
    """What the provinces add up to, what was published for the nation, and the difference that nobody explains."""
    added = sum(rows.unique("ref_area")["small"].to_list())
    published = rows["published"].drop_nulls().max()
    if not isinstance(published, float):
        return ()
    apart = "两者相符" if added == published else f"相差{words.value(abs(added - published), '个')}，来源未说明原因，原样列出"
    return (f"不足20万的县域，各省相加{words.value(added, '个')}，全国公布{words.value(published, '个')}，{apart}。",)


def _threshold_note(rows: pl.DataFrame) -> str:
    limits = "、".join(words.value(float(limit), "人") for limit in rows["thresholds"][0].split(",") if limit)
    found = f"来源所用有{limits}；" if limits else ""
    return f"人口小县没有全国统一门槛：{found}本图按20万人分档。"


def _count(row: dict[str, Any]) -> ScopedNumber:
    """The counts by definition, no axis in common."""
    text = words.value(row["counties"], "个")
    text = f"{text.removesuffix('个')}多个" if row["doubt"] else text
    detail = "，".join(filter(None, (row["dated"], f"{row['doubt']}，不采用" if row["doubt"] else "")))
    return ScopedNumber(text=text, scope=row["scope"], detail=detail, fact_ids=row["fact_ids"])


def draw_ladder(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Bands as bars; what they add up to stands at the band that closes the sum.

    A form of its own: bands of one yearbook that follow each other (rows.ladder), parts of one whole, which may share an axis.
    """
    bars, total = [], 0.0
    for row in rows.to_dicts():
        small = row["is_small"]
        total += row["counties"]
        name = findings.BAND_NAMES.get(row["size_band"], row["size_band"])
        text = words.value(row["counties"], "个")
        part = Part(value=row["counties"], fill="solid" if small else "light", says=f"{name} {text}", fact_ids=row["fact_ids"])
        sums = {"5万-10万": "不足10万", "10万-20万": "不足20万"}.get(row["size_band"])
        detail = f"{sums}累计{words.value(total, '个')}" if sums else "" if small else "20万以上"
        bars.append(Bar(label=Label(name=name), parts=(part,), end=text, end_detail=detail))
    return stacked_bars(bars, canvas=canvas)


LADDER = Chart(
    id="small-counties-ladder",
    question="全国有多少个人口小县？",
    title="全国县（市）按户籍人口分档（县域统计年鉴2021）",
    unit="个",
    computed=True,
    rows=lambda db, _chosen: queries.ladder(db),
    draw=draw_ladder,
    native=Bars(series=("counties",)),
    finding=findings.ladder,
    note=lambda rows: (
        "户籍人口，县（市），不含市辖区；各档是区间数，累计数已把小档算进去，不再另加。",
        "换成七普常住口径，个数不同（见“三个全国数”）：先写口径，再写数。",
        _threshold_note(rows),
        "年鉴版次不是数据年份，数据年份原文未写。",
    ),
    columns=(
        Column("size_band", "户籍人口"),
        Column("counties", "县（市）（个）", "count"),
        Column("share", "占比（%）", "percent"),
        Column("base", "统计单位（个）", "count"),
        Column("scope", "口径"),
    ),
)

TILES = Chart(
    id="small-counties-tiles",
    question="人口小县在哪些省？",
    title="{when}各省常住人口不足20万的县域数",
    unit="个",
    computed=True,
    rows=tiles,
    draw=draw_tiles,
    finding=findings.tiles,
    province="picked",
    note=lambda rows: (
        "七普常住人口；县、自治县、旗、县级市，不含市辖区；按分县表逐县清点。",
        "格子按大致方位排列，不是地图，没有边界；颜色越深，县越多。",
        "无县：只有市辖区；未收录：所用的分县表不含这一地区，不是没有。",
    ),
    columns=(
        Column("area_name", "省份", "place"),
        Column("small", "不足20万（个）", "count"),
        Column("standing", "未计数的原因"),
        Column("pilots", "试点县"),
    ),
)

CHARTS: tuple[Chart, ...] = (
    TILES,
    Chart(
        id="small-counties-provinces",
        question="各省的县按人口怎么分档？",
        title="{when}{province}常住人口不足20万的县域分布",
        rows=lambda db, chosen: queries.province_bands(db, chosen.province),
        draw=draw_provinces,
        finding=findings.provinces,
        note=lambda rows: (
            "七普常住人口；县、自治县、旗、县级市，不含市辖区；按分县表逐县清点，无县的档为0。",
            *_whose(rows),
        ),
        columns=(
            Column("area_name", "省份", "place"),
            Column("size_band", "常住人口"),
            Column("counties", "县域（个）", "count"),
            Column("small", "不足20万（个）", "count"),
            Column("pilots", "试点县"),
        ),
        province="read",
        absent=_without_bands,
    ),
    Chart(
        id="small-counties-counts",
        question="三个全国数，为什么不一样？",
        title="全国人口不足20万的县（市）数（按口径分列）",
        unit="个",
        rows=counts,
        draw=each(scoped_numbers, _count),
        finding=findings.national_counts,
        note=lambda rows: (
            *compare(rows, value="counties", marks=False).texts,
            "“10万～20万”是区间数，“不足10万”是累计数，不足5万的已包含在内：三者不能相加。",
        ),
        columns=(
            Column("scope", "口径"),
            Column("population_basis", "人口口径"),
            Column("counties", "不足20万（个）", "count"),
            Column("dated", "时点"),
        ),
    ),
    LADDER,
)
