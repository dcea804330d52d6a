"""Charts of the size of the reader's county."""

import polars as pl

from dashboard.cards.chart import Chart, Column, Figure
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Part, stacked_bars
from dashboard.language import words
from dashboard.themes.mine.size import rows as queries
from dashboard.themes.mine.size import sentences as findings
from dashboard.themes.small_counties.size_bands.sentences import BAND_NAMES

NAMES = {**BAND_NAMES, "<10万": "不足10万", "<20万": "不足20万", ">80万": "80万以上"}
PANELS = {"户籍": "户籍人口（县域统计年鉴2021），分档", "常住": "常住人口（七普），累计"}


def draw_bands(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Bands of one yearbook; beside them, on an axis of their own, counts of the census that hold each other. The reader's in words."""
    bars = []
    for row in rows.to_dicts():
        name, text = NAMES.get(row["size_band"], row["size_band"]), words.value(row["counties"], "个")
        part = Part(
            value=row["counties"], fill="solid" if row["mine"] else "light", says=f"{name} {text}", fact_ids=row["fact_ids"]
        )
        bars.append(Bar(label=Label(name=name), parts=(part,), end=text, end_detail=row["mine"], panel=PANELS[row["basis"]]))
    return stacked_bars(bars, key="■ 您的县在内" if rows["own"].any() else "", canvas=canvas)


def _mine(rows: pl.DataFrame) -> pl.DataFrame:
    """The sets that are in a band, or may be, as words."""
    return rows.with_columns(
        pl.col("size_band").replace(NAMES).alias("band"),
        pl.concat_list("inside", pl.col("maybe").list.eval(pl.element() + "（约数）")).list.join("、").alias("mine"),
    )


THRESHOLDS = Chart(
    id="mine-thresholds",
    wide=True,
    question="够得上哪个“人口小县”门槛？",
    title="人口小县的各种门槛（{when}）",
    unit="人",
    rows=lambda db, chosen: queries.thresholds(db, chosen.own),
    finding=findings.thresholds,
    note=lambda rows: (
        "门槛是各来源自己的提法，不是国家标准；低于门槛不等于应当改革，也不等于会被列入试点。",
        "来源未写户籍或常住的，两种人口都拿来比。",
    ),
    columns=(
        Column("obs_value", "门槛（人）", "count"),
        Column("area_name", "谁的", "place"),
        Column("scope", "提法"),
        Column("publisher", "见于"),
        Column("verdict", "您的县"),
    ),
)

BANDS = Chart(
    id="mine-bands",
    question="在全国是大县还是小县？",
    title="本县人口在全国县域中的档次",
    unit="个",
    computed=True,
    rows=lambda db, chosen: _mine(queries.bands(db, chosen.own)),
    draw=draw_bands,
    finding=findings.bands,
    note=lambda rows: (
        "户籍一栏是县（市），不含市辖区，各档不重叠；常住一栏是县域，不足20万的已含不足10万的，两栏不能相加、不能并列。",
        "年鉴版次不是数据年份；常住为2020年普查数，您填的数若是别的年份，只看大致档次。",
    ),
    columns=(
        Column("basis", "人口口径"),
        Column("band", "人口"),
        Column("counties", "县（个）", "count"),
        Column("share", "占比（%）", "percent"),
        Column("mine", "您的县"),
        Column("scope", "口径"),
    ),
)
