"""做法: which places did what. A statement has a source of its own and no fact behind it; its mark opens the statements."""

from collections.abc import Callable

import polars as pl

from dashboard.cards.chart import Chart, Column, Figure
from dashboard.cards.selection import Selection
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.matrix import Cell, Line, matrix
from dashboard.themes.measures import rows as queries
from dashboard.themes.measures import sentences as findings

UNSAID = "空白是来源未写，不等于没有做；计划或征求意见的不计入做了的。"
SUMMARISED = "概括是本库用自己的话写的，不是原文；同一做法可能有几个来源各说一次。"
KEY = "● 已做　○ 计划或征求意见　空白＝来源未写"
_STATEMENT = (
    Column("when", "时间"),
    Column("measure_zh", "做法", fact_ids="measure_ids"),
    Column("standing", "性质"),
    Column("statement_zh", "概括"),
    Column("source_title", "来源", url="url"),
)


def draw_matrix(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Places against kinds of measure in their order; a filled mark once one statement says that it was done."""
    kinds = rows.select("measure_zh", "measure_order").unique().sort("measure_order")["measure_zh"].to_list()
    lines = []
    for _place, members in rows.group_by("ref_area", maintain_order=True):
        cells = tuple(
            Cell(
                column=kinds.index(kind), done=not said["proposed"].all(), fact_ids=",".join(said["measure_ids"]),
                says="<br>".join(f"{row['when']}：{row['statement_zh']}" for row in said.to_dicts()),
            )
            for (kind,), said in members.group_by("measure_zh", maintain_order=True)
        )  # fmt: skip
        lines.append(Line(name=members["area_name"][0], cells=cells))
    return matrix(lines, kinds, key=KEY, canvas=canvas)


PILOTS = Chart(
    id="small-counties-measures",
    question="试点县做了哪些事？",
    title="{when}人口小县机构改革试点的做法",
    unit="",
    wide=True,
    rows=lambda db, _chosen: queries.of_pilots(db),
    draw=draw_matrix,
    finding=findings.pilots,
    note=lambda rows: (UNSAID, SUMMARISED),
    columns=(Column("area_name", "地区", "place"), *_STATEMENT),
)
KINDS = Chart(
    id="small-counties-measure-kinds",
    question="哪些做法见得最多，都在哪里？",
    title="{when}机构改革的做法及所在地区",
    wide=True,
    rows=lambda db, _chosen: queries.by_kind(db),
    finding=findings.kinds,
    note=lambda _rows: (
        "“—”是来源未写，不等于没有做；每地每种做法只计一次，只有计划或征求意见的不计。",
        "省、市、县、乡镇事权不同，个数只说记录多少，不作比较；全国性的做法不在内。",
    ),
    columns=(
        Column("measure_zh", "做法"),
        Column("places", "地区（个）", "count", fact_ids="measure_ids"),
        Column("pilots", "人口小县试点"),
        Column("others", "其他地区"),
        Column("planned", "只有计划或征求意见", fact_ids="planned_ids"),
    ),
)


def of_place(chart_id: str, place: Callable[[Selection], str]) -> Chart:
    """The list of one place: the one that `place` finds in the selection."""
    return Chart(
        id=chart_id,
        question="做过什么？",
        title="{when}{area}机构改革的做法",
        unit="",
        wide=True,
        rows=lambda db, chosen: queries.of_place(db, place(chosen)),
        finding=findings.place,
        note=lambda _rows: (UNSAID, SUMMARISED),
        columns=_STATEMENT,
        empty="本库没有查到这个地区的做法，不等于没有做。",
    )
