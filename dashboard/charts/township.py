"""Charts of 乡镇样本: Zhangdian's posts, structure and centres; other townships with their traps in sight."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard import words
from dashboard.charts.chart import Chart, Column, Figure
from dashboard.charts.extension import FILL_RATE, STAFFING_COLUMNS, staffing
from dashboard.charts.timelines import TOWNSHIPS
from dashboard.comparability import compare
from dashboard.figures.authorised_actual import authorised_actual
from dashboard.figures.canvas import FLUID, Canvas
from dashboard.figures.share_bars import Composition, Share, share_bars
from dashboard.figures.sheet import Label
from dashboard.figures.stacked_bars import Bar, Part, stacked_bars
from dashboard.findings import township as findings
from dashboard.queries import township as queries
from dashboard.selection import Selection

DIMENSIONS = {"age_band": "年龄", "education": "学历"}


def draw_posts(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """Total and every type of post."""
    names = ["合计" if row["post_type"] == "_T" else row["post_type"] for row in rows.to_dicts()]
    marks = [staffing(row, Label(name=name)) for row, name in zip(rows.to_dicts(), names, strict=True)]
    return authorised_actual(marks, canvas)


def draw_structure(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """Age and education, a 100 % bar for each group of posts."""
    wholes = []
    for (dimension, group), members in rows.group_by(["dimension", "post_type"], maintain_order=True):
        shares = tuple(
            Share(category=row["category"].replace("-", "～"), persons=row["persons"], fact_ids=row["fact_ids"])
            for row in members.to_dicts()
        )
        name = findings.GROUP_NAMES.get(str(group), str(group))
        wholes.append(Composition(label=Label(name=name, detail=DIMENSIONS[str(dimension)]), shares=shares))
    return share_bars(wholes, canvas)


def draw_centres(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """Staff of each centre from the largest."""
    bars = []
    for row in rows.to_dicts():
        part = Part(value=row["persons"], fill="solid", says=words.value(row["persons"], "人"), fact_ids=row["fact_ids"])
        share = f"{words.percent(row['share'])}" if row["share"] is not None else ""
        bars.append(
            Bar(label=Label(name=row["category"]), parts=(part,), end=words.value(row["persons"], "人"), end_detail=share)
        )
    return stacked_bars(bars, canvas=canvas)


def _detail(row: dict[str, Any]) -> str:
    faults = "不闭合" if row["unbalanced"] else ""
    return "，".join(filter(None, (words.date(row["time_period"]), faults)))


def draw_fill_rates(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """Townships whose two numbers divide, with the years that differ."""
    return authorised_actual(
        [staffing(row, Label(name=row["area_name"], detail=_detail(row))) for row in rows.to_dicts()], canvas
    )


def draw_traps(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """Townships whose printed 实有 is another scope: hatched, no excess, no vacancy."""
    marks = []
    for row in rows.to_dicts():
        why = f"实有{row['staff_scope']}" if row["staff_scope"] != "未定义" else "“实有”未定义是否含退休、编外"
        marks.append(staffing(row, Label(name=row["area_name"], detail="，".join(filter(None, (_detail(row), why))))))
    return authorised_actual(marks, canvas)


def _structure_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    bases = rows.unique("post_type", maintain_order=True)["base"]
    twice = "；两组人数相同是巧合，不是同一批人" if len(bases) > 1 and bases.n_unique() == 1 else ""
    return (f"“行政和工勤”的基数是行政实有加工勤实有，不只是行政人员，事业另计{twice}。",)


PLACE_COLUMNS = (Column("area_name", "地区", "place"), *STAFFING_COLUMNS)

CHARTS: tuple[Chart, ...] = (
    Chart(
        id="township-posts",
        question="张店乡的编制空在哪里？",
        rows=lambda db, _chosen: queries.posts(db),
        draw=draw_posts,
        finding=findings.posts,
        note=lambda rows: ("只含乡镇机关和所属事业单位在职人员，不含教师、医生、派驻站所、编外和离退休。", FILL_RATE),
        columns=(Column("post_type", "编制类型"), *STAFFING_COLUMNS),
        height=220,
    ),
    Chart(
        id="township-structure",
        question="张店乡的人员年龄和学历怎么样？",
        rows=lambda db, _chosen: queries.structure(db),
        draw=draw_structure,
        finding=findings.structure,
        note=_structure_notes,
        columns=(
            Column("post_type", "人员"),
            Column("category", "类别"),
            Column("persons", "人数（人）", "count"),
            Column("share", "占比（%）", "percent"),
            Column("base", "基数（人）", "count"),
        ),
        height=310,
    ),
    Chart(
        id="township-centres",
        question="张店乡的事业人员在哪个中心？",
        rows=lambda db, _chosen: queries.centres(db),
        draw=draw_centres,
        finding=findings.centres,
        note=lambda rows: ("只有实有人数，各中心编制未公布；占比的基数是事业实有人数。",),
        columns=(
            Column("category", "中心"),
            Column("persons", "实有（人）", "count"),
            Column("share", "占比（%）", "percent"),
            Column("time_period", "时点", "period"),
        ),
        height=170,
    ),
    Chart(
        id="township-fill-rates",
        question="别的乡镇编制用满了吗？",
        rows=lambda db, _chosen: queries.fill_rates(db),
        draw=draw_fill_rates,
        finding=findings.fill_rates,
        note=lambda rows: (*compare(rows, value="fill_rate").texts, *findings.closing(rows), FILL_RATE),
        columns=PLACE_COLUMNS,
        height=720,
    ),
    Chart(
        id="township-traps",
        question="哪些“实有”不能除以编制？",
        rows=lambda db, _chosen: queries.traps(db),
        draw=draw_traps,
        finding=findings.traps,
        note=lambda rows: (
            "不并列：预算公开的“实有”常含退休、聘用、遗属，与编制相除会误报超编；表中“分项”可拆出在职人数。",
            *findings.closing(rows),
        ),
        columns=(
            Column("area_name", "地区", "place"),
            Column("authorised", "编制（名）", "count"),
            Column("actual", "预算所列实有（人）", "count"),
            Column("staff_scope", "实有口径"),
            Column("parts", "分项"),
            Column("time_period", "时点", "period"),
        ),
        height=380,
    ),
    TOWNSHIPS,
)
