"""Charts of 人口小县: bodies before and after, on the clock of each reform, convergence, party and government side."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column, Figure
from dashboard.cards.selection import Selection
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.change_dumbbell import Change, Range, change_dumbbell
from dashboard.drawing.dot_plot import Point, dot_plot
from dashboard.drawing.event_time import Course, event_time
from dashboard.drawing.marks import Fill
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Frame, Part, stacked_bars
from dashboard.gate.comparability import compare
from dashboard.gate.notes import Remark
from dashboard.language import words
from dashboard.themes.small_counties import rows as queries
from dashboard.themes.small_counties import sentences as findings
from dashboard.themes.small_counties.cuts import CHARTS as CUTS
from dashboard.themes.small_counties.frames import CHARTS as FRAMES
from dashboard.themes.timeline.charts import PILOTS

COMPUTED = "computed"
CHANGE_COLUMNS = (
    Column("area_name", "地区", "place"),
    Column("scope", "口径"),
    Column("before", "改革前（个）", "count"),
    Column("after", "改革后（个）", "count"),
    Column("change_pct", "变化（%）", "percent"),
    Column("time_before", "改革前时点", "period"),
    Column("time_after", "改革后时点", "period"),
    Column("cohort", "批次"),
)


def _years(row: dict[str, Any]) -> str:
    """2020→2022年; an end without a year is left out."""
    ends = [str(row[end])[:4] if row[end] and row[end] != "_U" else "" for end in ("time_before", "time_after")]
    return f"{'→'.join(dict.fromkeys(filter(None, ends)))}年" if any(ends) else ""


def draw_bodies(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """Pilots by scope; where bodies are counted, ordinary counties as a band and the pilots' commonest end as a line."""
    pilots, ordinary = (rows.filter(pl.col("control") == control) for control in (False, True))
    # The scope with most pilots comes first; 限额 and 只计正科级 follow on axes of their own.
    pilots = pilots.with_columns(pl.len().over("scope").alias("members")).sort("members", descending=True, maintain_order=True)
    changes = [
        Change(label=Label(name=row["area_name"], detail=_years(row)), before=row["before"], after=row["after"],
               fact_ids=row["fact_ids"], limit="限额" in row["scope"], panel=row["scope"])
        for row in pilots.to_dicts()
    ]  # fmt: skip
    # One scale: −30.3% of a 限额 must not be drawn longer than −38.9% of a count.
    return change_dumbbell(changes, unit="个", ranges=_ranges(pilots, ordinary), one_scale=True, canvas=canvas)


def _ranges(pilots: pl.DataFrame, ordinary: pl.DataFrame) -> list[Range]:
    """A range stands only in the panel of its own scope."""
    found = []
    for scope, members in ordinary.group_by("scope", maintain_order=True):
        low, high = members["after"].to_list()[0], members["after"].to_list()[-1]
        text = f"普通县区{words.extent(low, high, '个')}（n＝{members.height}）"
        found.append(Range(low=low, high=high, text=text, panel=str(scope[0])))
        ends = pilots.filter((pl.col("scope") == scope[0]) & pl.col("after").is_not_null())["after"]
        common = ends.mode().sort()
        if len(common) == 1 and (ends == common[0]).sum() > 1:
            found.append(Range(low=common[0], high=common[0], text=words.value(common[0], "个"), panel=str(scope[0])))
    return found


def draw_courses(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """Batches of different years on one clock."""
    courses = []
    for row in rows.to_dicts():
        dates = [words.date(row[end]) for end in ("start", "time_after") if row[end]]
        years = (row["years_low"], row["years_high"]) if row["years_low"] is not None else None
        courses.append(
            Course(label=Label(name=row["area_name"], detail="→".join(dates) if row["start"] else ""), before=row["before"],
                   after=row["after"], years=years, fact_ids=row["fact_ids"], off_clock="" if row["start"] else _without_start(row))
        )  # fmt: skip
    return event_time(courses, unit="个", canvas=canvas)


def _without_start(row: dict[str, Any]) -> str:
    """What is known of a place that has no T0: 2022年公布35→22个；启动时间未公布."""
    if row["before"] is None or row["after"] is None:
        end, known = ("改革后", row["before"]) if row["after"] is None else ("改革前", row["after"])
        other = "改革前" if end == "改革后" else "改革后"
        return f"{other}{words.value(known, '个')}；启动时间和{end}的数未公布"
    when = f"{words.date(row['time_after'])}公布" if row["time_after"] else ""
    return f"{when}{words.value(row['before'])}→{words.value(row['after'], '个')}；启动时间未公布"


def _course_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """What the two ends of the clock are; a report's date is not the date of completion."""
    reported = rows.filter(pl.col("years_low").is_not_null() & ~pl.col("completed"))["area_name"].to_list()
    ends = (f"{words.listing(reported)}的改革后时点是报道的时点，完成日期未公布。",) if reported else ()
    return (
        *compare(rows, value="after").texts,
        *ends,
        "T0为确定试点（或启动）的月份；改革前的数只知年份或时点未公布，统一放在T−1。",
    )


def draw_convergence(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """Where counties ended; those with the same number and standing are one row, named in it."""
    points = []
    largest_first = rows.with_columns(pl.len().over("scope").alias("members")).sort(
        "members", descending=True, maintain_order=True
    )
    for (scope, control, after), members in largest_first.group_by(["scope", "control", "after"], maintain_order=True):
        names = members["area_name"].to_list()
        many = len(names) > 3
        name = f"{len(names)}个普通县区" if many and control else words.listing(names)
        point = Point(
            label=Label(name=name, detail=words.listing(names) if many else ""), value=float(str(after)),
            text=words.value(float(str(after)), "个"), fact_ids=",".join(members["fact_ids"]), control=bool(control), panel=str(scope),
        )  # fmt: skip
        points.append(point)
    return dot_plot(points, key="● 人口小县　◇ 普通县区", canvas=canvas)


def draw_halves(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """Party side and government side as parts of one bar, before (where published) and after; the first bar names them."""
    kinds: tuple[tuple[str, str, Fill], ...] = (("党委机构", "party", "solid"), ("政府机构", "gov", "light"))
    bars: list[Bar] = []
    for row in rows.to_dicts():
        who = "人口小县" if "试点" in (row["cohort"] or "") else "普通县区"
        for when, suffix in (("改革前", "_before"), ("改革后", "")):
            if row[f"total{suffix}"] is None:
                continue
            parts = tuple(
                Part(value=row[f"{side}{suffix}"], fill=fill, name="" if bars else name, inside=(words.value(row[f"{side}{suffix}"]),),
                     says=f"{when}{name} {words.value(row[f'{side}{suffix}'], '个')}", fact_ids=row["fact_ids"])
                for name, side, fill in kinds
            )  # fmt: skip
            label = Label(name=row["area_name"], detail=f"{who}，{when}")
            bars.append(Bar(label=label, parts=parts, end=words.value(row[f"total{suffix}"], "个"), panel=row["panel"]))
    # One scale for both ways of counting: bars of 22 and of 36 must not end at the same place.
    return stacked_bars(bars, frame=Frame(full=max((bar.total for bar in bars), default=1.0)), canvas=canvas)


def _body_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    pilots = rows.filter(~pl.col("control"))
    computed = words.listing(row["area_name"] for row in pilots.to_dicts() if row["before_basis"] == COMPUTED)
    basis = (f"改革前为推算值（改革后加减少数）：{computed}。",) if computed else ()
    return (*compare(pilots, value="after").texts, *basis, *_plan_notes(rows), "限额是上级规定的上限，不是实设数；各栏同一标尺。")


def _plan_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """Ordinary counties that are known by an approved plan: what it sets up, not what was counted later."""
    planned = list(dict.fromkeys(rows.filter(pl.col("by_plan"))["area_name"].to_list()))
    text = f"普通县区中有{len(planned)}个是批准方案的设置数，不是挂牌后清点的实设数。"
    return (Remark(text, f"按方案：{words.listing(planned)}。"),) if planned else ()


def _halves_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """Parts are counted as their county's total is."""
    ranked = words.listing(rows.filter(pl.col("panel").str.contains("正科级"))["area_name"])
    own = (f"{ranked}公布的合计只计正科级建制，党委、政府两部分随合计另列一栏。",) if ranked else ()
    return (*compare(rows, value="total").texts, *own)


BODIES = Chart(
    id="small-counties-bodies",
    question="人口小县的党政机构精简到多少？",
    rows=lambda db, _chosen: queries.bodies_and_ordinary(db),
    draw=draw_bodies,
    finding=findings.bodies,
    note=_body_notes,
    columns=CHANGE_COLUMNS,
    height=510,
)
CHARTS: tuple[Chart, ...] = (
    BODIES,
    Chart(
        id="small-counties-clock",
        question="从确定试点到公布改革后的数，隔了多久？",
        rows=lambda db, _chosen: queries.courses(db),
        draw=draw_courses,
        finding=findings.courses,
        note=_course_notes,
        columns=(Column("area_name", "地区", "place"), Column("start", "启动", "period"), *CHANGE_COLUMNS[2:]),
        height=440,
    ),
    Chart(
        id="small-counties-convergence",
        question="改革后的机构数是不是趋于一致？",
        rows=lambda db, _chosen: queries.convergence(db),
        draw=draw_convergence,
        finding=findings.convergence,
        note=lambda rows: (*compare(rows).texts, *_plan_notes(rows)),
        columns=(
            Column("area_name", "地区", "place"),
            Column("cohort", "批次"),
            Column("scope", "口径"),
            Column("after", "机构（个）", "count"),
            Column("time_after", "时点", "period"),
        ),
        height=520,
    ),
    Chart(
        id="small-counties-halves",
        question="党委机构和政府机构，改革前后各有多少？",
        rows=lambda db, _chosen: queries.halves(db),
        draw=draw_halves,
        finding=findings.halves,
        note=_halves_notes,
        columns=(
            Column("area_name", "地区", "place"),
            Column("panel", "口径"),
            Column("party_before", "改革前党委机构（个）", "count"),
            Column("gov_before", "改革前政府机构（个）", "count"),
            Column("party", "改革后党委机构（个）", "count"),
            Column("gov", "改革后政府机构（个）", "count"),
            Column("total", "改革后合计（个）", "count"),
            Column("time_after", "改革后时点", "period"),
        ),
        height=330,
    ),
    *CUTS,
    *FRAMES,
    PILOTS,
)
