"""Charts of 人口小县: what was cut hardest, what other places did, posts against people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column, Figure
from dashboard.cards.selection import Selection
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.cut_rates import Cut, cut_rates
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Part, stacked_bars
from dashboard.gate.comparability import compare
from dashboard.gate.notes import spread_notes
from dashboard.language import words
from dashboard.themes.small_counties import rows as queries
from dashboard.themes.small_counties import sentences as findings

WHO = "■ 人口小县试点　▨ 其他地区"


def draw_cuts(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """The stated averages from the largest cut, with the counts from which they recompute."""
    cuts = []
    for row in rows.to_dicts():
        unit = row["unit_measure"]
        sums = f"{words.value(row['before_sum'])}→{words.value(row['after_sum'], unit)}" if row["before_sum"] else ""
        label = Label(name=findings.SHORT_NAMES[row["indicator"]], detail=sums)
        cuts.append(Cut(label=label, change=row["obs_value"], decimals=0, fact_ids=row["fact_ids"]))
    return cut_rates(cuts, canvas=canvas)


def draw_control(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """Pilots and other places, every scope with its own axis of the same length (0～100%)."""
    cuts = [
        replace(_cut(row), panel=f"{'其他地区' if row['control'] else '人口小县试点'}·{row['scope']}") for row in rows.to_dicts()
    ]
    return cut_rates(cuts, key=WHO, canvas=canvas)


def draw_deliberative(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """One kind of body, one axis (0～100%)."""
    return cut_rates([_cut(row) for row in rows.to_dicts()], key=WHO, canvas=canvas)


def _cut(row: dict[str, Any]) -> Cut:
    counts = f"{words.value(row['before'])}→{words.value(row['after'], '个')}" if row["before"] is not None else "个数未公布"
    label = Label(name=row["area_name"], detail=counts)
    return Cut(label=label, change=row["obs_value"], decimals=1, fact_ids=row["fact_ids"], control=row["control"])


def draw_posts_and_people(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """Posts kept and cut as one bar, people over quota below it."""
    bars = []
    for row in rows.to_dicts():
        cut = row["before"] - row["after"]
        parts = (
            Part(value=row["after"], fill="solid", inside=(f"保留{words.value(row['after'], '名')}", words.value(row["after"])),
                 says=f"改革后编制 {words.value(row['after'], '名')}", fact_ids=row["posts_fact_ids"]),
            Part(value=cut, fill="outline", inside=(f"核减{words.value(cut, '名')}", words.value(cut)),
                 says=f"核减编制 {words.value(cut, '名')}", fact_ids=row["posts_fact_ids"]),
        )  # fmt: skip
        name = Label(name=f"{row['area_name']}事业编制", detail=f"{words.value(row['before'])}→{words.value(row['after'], '名')}")
        bars.append(Bar(label=name, parts=parts))
        over = Part(
            value=row["over"], fill="excess", says=f"超编人员 {words.value(row['over'], '人')}", fact_ids=row["fact_ids_over"]
        )
        detail = f"过渡期{words.value(row['years'], '年')}" if row["years"] is not None else "过渡期未公布"
        if row["target_low"] is not None:
            detail += f"或{words.span(row['target_low'], row['target_high'], '年')}"
        bars.append(Bar(label=Label(name="仍在册的超编人员", detail=detail), parts=(over,), end=words.value(row["over"], "人")))
    return stacked_bars(bars, canvas=canvas)


def _cut_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """Whether the stated averages recompute from the two counties' counts, within the rounding of a whole per cent."""
    sums = rows.filter(pl.col("before_sum").is_not_null())
    again = (pl.col("after_sum") / pl.col("before_sum") - 1) * 100
    off = sums.filter((again - pl.col("obs_value")).abs() > 0.5)
    verdict = (
        f"复算不符：{words.listing(off['indicator_zh'].to_list())}。"
        if off.height
        else "按两县改革前后个数之和复算，各项都相符。"
    )
    return (f"两县平均，原文给出百分比；{verdict}", "事业机构、事业编制只计涉改部分，除学校、医院。")


def _control_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """All years on show are named: the panels hold one place each, but the eye compares them."""
    own = [note for note in compare(rows).notes if note.code not in {"year", "cohort"}]
    return (
        *(note.remark for note in (*own, *spread_notes([rows]))),
        "“其他地区”只是不在人口小县试点之列，当地也在改革事业单位，不是没有改革的对照组。",
        "各栏范围不同，都按0～100%画，只看降幅的量级。",
    )


def _posts_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """What the two numbers are not, place by place."""
    told = [
        f"{words.value(row['over'])}是超编人员，不是裁减人数；{words.value(row['before'] - row['after'])}是核减的编制，不是减少的人。"
        for row in rows.filter(pl.all_horizontal(pl.col("over", "before", "after").is_not_null())).to_dicts()
    ]
    both = rows.filter(pl.all_horizontal(pl.col("years", "target_low").is_not_null()))
    claims = [
        f"过渡期{words.value(row['years'], '年')}为县编办口径（{row['years_publisher']}）；"
        f"{row['target_publisher']}写作目标年限{words.span(row['target_low'], row['target_high'], '年')}。"
        for row in both.to_dicts()
    ]
    return (*told, *claims, "只计涉改事业单位，除学校、医院。")


POSTS_AND_PEOPLE = Chart(
    id="small-counties-posts-people",
    question="编制减了，人减了吗？",
    rows=lambda db, _chosen: queries.posts_and_people(db),
    draw=draw_posts_and_people,
    finding=findings.posts_and_people,
    note=_posts_notes,
    columns=(
        Column("area_name", "地区", "place"),
        Column("before", "改革前编制（名）", "count"),
        Column("after", "改革后编制（名）", "count"),
        Column("over", "超编人员（人）", "count"),
        Column("years", "过渡期（年）", "count"),
        Column("target_low", "目标年限下限（年）", "count"),
        Column("target_high", "目标年限上限（年）", "count"),
        Column("scope", "口径"),
    ),
    height=90,
)

CHARTS: tuple[Chart, ...] = (
    Chart(
        id="small-counties-cuts",
        question="精简最狠的是什么？",
        rows=lambda db, _chosen: queries.cuts(db),
        draw=draw_cuts,
        finding=findings.cuts,
        note=_cut_notes,
        columns=(
            Column("indicator_zh", "项目"),
            Column("obs_value", "原文变化（%）", "percent"),
            Column("before_sum", "两县改革前合计", "count"),
            Column("after_sum", "两县改革后合计", "count"),
            Column("unit_measure", "单位"),
            Column("time_after", "时点", "period"),
        ),
        height=170,
    ),
    Chart(
        id="small-counties-control",
        question="不是试点的地方也减了吗？",
        rows=lambda db, _chosen: queries.institutions(db),
        draw=draw_control,
        finding=findings.control,
        note=_control_notes,
        columns=(
            Column("area_name", "地区", "place"),
            Column("scope", "范围"),
            Column("before", "改革前（个）", "count"),
            Column("after", "改革后（个）", "count"),
            Column("obs_value", "变化（%）", "percent"),
            Column("time_after", "时点", "period"),
        ),
        height=670,
    ),
    Chart(
        id="small-counties-deliberative",
        question="议事协调机构也是试点才减的吗？",
        rows=lambda db, _chosen: queries.deliberative(db),
        draw=draw_deliberative,
        finding=findings.deliberative,
        note=lambda rows: (*compare(rows).texts, "议事协调机构不占编制，降幅不与党政机构、事业单位并列。"),
        columns=(
            Column("area_name", "地区", "place"),
            Column("before", "改革前（个）", "count"),
            Column("after", "改革后（个）", "count"),
            Column("obs_value", "变化（%）", "percent"),
            Column("time_after", "时点", "period"),
        ),
        height=110,
    ),
    POSTS_AND_PEOPLE,
)
