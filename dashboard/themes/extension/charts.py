"""Charts of 农技推广: Lushan by tier, peers by direction, national frames each under its own scope, Henan's stations."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.cards.chart import Bars, Chart, Column, Figure, each
from dashboard.drawing.authorised_actual import Staffing, authorised_actual
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.scoped_numbers import ScopedNumber, scoped_numbers
from dashboard.drawing.sheet import Label
from dashboard.gate.comparability import compare, with_panel
from dashboard.language import words
from dashboard.language.remarks import timing
from dashboard.themes.extension import rows as queries
from dashboard.themes.extension import sentences as findings

STAFFING_COLUMNS = (
    Column("authorised", "编制（名）", "count"),
    Column("actual", "实有（人）", "count"),
    Column("difference", "实有减编制（人）", "count"),
    Column("fill_rate", "满编率（%）", "percent"),
    Column("staff_scope", "实有口径"),
    Column("time_period", "时点", "period"),
)
FILL_RATE = "满编率＝实有÷编制（本库工作定义，未检到成文定义），大于100%为超编；编制不足10名的不算百分比。"
FRAME_COLUMNS = (
    Column("scope", "口径"),
    Column("as_stated", "原文", "stated"),
    Column("obs_value", "数值", "number"),
    Column("unit_measure", "单位"),
    Column("time_period", "时点", "period"),
)
UNCLOSED = "分项与合计对不上，不下结论"


def staffing(row: dict[str, Any], label: Label) -> Staffing:
    """A row of mart.staffing as a pair of bars; where the source contradicts itself, no verdict."""
    return Staffing(
        label=label, authorised=row["authorised"], actual=row["actual"], comparable=bool(row["comparable"]),
        authorised_fact_ids=row["authorised_fact_ids"] or "", actual_fact_ids=row["actual_fact_ids"] or "",
        verdict=UNCLOSED if row["unclosed_zh"] else "",
    )  # fmt: skip


def dated_staffing(row: dict[str, Any]) -> Staffing:
    """The same of one place among others, with its date, in its panel."""
    return replace(staffing(row, Label(name=row["area_name"], detail=words.date(row["time_period"]))), panel=row["panel"])


def _tier(row: dict[str, Any]) -> Staffing:
    """Total, county tier, township tier."""
    return staffing(row, Label(name="合计" if row["tier"] == "_T" else row["tier"]))


def draw_peers(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """An axis for each that the gate tells apart, years named."""
    marks = [dated_staffing(row) for row in with_panel(rows).to_dicts()]
    # Where nothing is divided, the people are drawn as what they are.
    people = [mark if mark.authorised is not None else replace(mark, comparable=True, counted="在职") for mark in marks]
    return authorised_actual(people, canvas)


def _scoped(row: dict[str, Any]) -> ScopedNumber:
    """Numbers without a common axis. A stage (规划, 已建成, 在建) is the head of its number, its scope the detail; without a stage the scope is the head."""
    text = words.claimed(row)
    when = words.date(row["time_period"])
    if row["to_check"]:
        when += findings.doubt(row)
    if row.get("established") is not None:
        when += f"，其中编制内{findings.established(row)}"
    if row.get("split"):
        when += f"，{row['split']}"
    if row["category"] == "_T":
        return ScopedNumber(text=text, scope=row["scope"], detail=when, fact_ids=row["fact_ids"])
    return ScopedNumber(text=text, scope=row["category"], detail=f"{when}，{row['scope']}", fact_ids=row["fact_ids"])


def _frame_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    pending = rows.filter(pl.col("to_check").is_not_null()).to_dicts()
    told = tuple(f"待核：{row['staff_scope']}（{row['grade']}级来源），{row['remark']}。" for row in pending)
    return (*compare(rows, marks=False).texts, *told)


LUSHAN = Chart(
    id="extension-lushan",
    question="鲁山县农技推广：编制与实有差多少？",
    title="{when}鲁山县农技推广机构编制与实有人员",
    unit="名、人",
    computed=True,
    rows=lambda db, _chosen: queries.by_tier(db),
    draw=each(authorised_actual, _tier),
    native=Bars(series=("authorised", "actual")),
    finding=findings.by_tier,
    note=lambda rows: (
        "县乡两级农技推广机构的实有人数，原文未说明是否含编外；编制为核定数。",
        *timing(rows),
        FILL_RATE,
    ),
    columns=(Column("tier", "层级"), *STAFFING_COLUMNS),
)

CHARTS: tuple[Chart, ...] = (
    LUSHAN,
    Chart(
        id="extension-peers",
        question="别的县农技推广也超编吗？",
        title="{when}部分县农技推广机构编制与实有人员",
        unit="名、人",
        computed=True,
        rows=lambda db, _chosen: queries.peers(db),
        draw=draw_peers,
        native=Bars(series=("authorised", "actual")),
        finding=findings.peers,
        note=lambda rows: (*compare(rows, value="actual").texts, *timing(rows), FILL_RATE),
        columns=(Column("area_name", "地区", "place"), *STAFFING_COLUMNS),
    ),
    Chart(
        id="extension-national",
        question="全国农技推广有多少人？",
        title="{when}全国农技推广人员（按口径分列）",
        unit="万人",
        rows=lambda db, _chosen: queries.national_frames(db),
        draw=each(scoped_numbers, _scoped),
        finding=findings.national_frames,
        note=_frame_notes,
        columns=(
            *FRAME_COLUMNS,
            Column("established", "其中编制内（人）", "count"),
            Column("grade", "来源等级"),
            Column("remark", "附注"),
        ),
    ),
    Chart(
        id="extension-stations",
        question="河南省的区域站建了多少？",
        title="{when}河南省农技推广区域站建设情况",
        unit="个",
        rows=lambda db, _chosen: queries.stations(db),
        draw=each(scoped_numbers, _scoped),
        finding=findings.stations,
        note=lambda rows: ("规划数、已建成数、在建数是同一计划的不同阶段；拟建不等于现有。", *compare(rows, marks=False).texts),
        columns=(Column("category", "阶段"), *FRAME_COLUMNS, Column("split", "其中")),
    ),
)
