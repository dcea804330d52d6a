"""Charts of 乡镇样本: Zhangdian's posts, structure and centres; other townships with their traps in sight."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.cards.chart import Bars, Chart, Column, Figure, each
from dashboard.drawing.authorised_actual import Staffing, authorised_actual
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.scoped_numbers import ScopedNumber, scoped_numbers
from dashboard.drawing.share_bars import Composition, Share, share_bars
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Part, stacked_bars
from dashboard.gate.comparability import compare, with_panel
from dashboard.gate.notes import set_apart
from dashboard.language import words
from dashboard.language.remarks import closing, timing
from dashboard.themes.extension.charts import FILL_RATE, STAFFING_COLUMNS, UNCLOSED, dated_staffing, staffing
from dashboard.themes.timeline.charts import TOWNSHIPS
from dashboard.themes.township import rows as queries
from dashboard.themes.township import sentences as findings

DIMENSIONS = {"age_band": "年龄", "education": "学历"}


def _posts(row: dict[str, Any]) -> Staffing:
    """Total and every type of post: parts of one whole may share its axis."""
    return staffing(row, Label(name="合计" if row["post_type"] == "_T" else row["post_type"]))


def draw_structure(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
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


def _centre(row: dict[str, Any]) -> Bar:
    """Staff of each centre from the largest."""
    persons, share = words.value(row["persons"], "人"), words.percent(row["share"]) if row["share"] is not None else ""
    part = Part(value=row["persons"], fill="solid", says=persons, fact_ids=row["fact_ids"])
    return Bar(label=Label(name=row["category"]), parts=(part,), end=persons, end_detail=share)


def _trait(row: dict[str, Any]) -> ScopedNumber:
    """A figure a line; nothing compares them."""
    text = words.claimed(row)
    limit = f"机构限额“{row['limit']}”" if row["limit"] else ""
    detail = "，".join(filter(None, (words.date(row["time_period"]), limit, row["note"])))
    return ScopedNumber(text=text, scope=row["indicator_zh"], detail=detail, fact_ids=row["fact_ids"])


def draw_fill_rates(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Townships whose two numbers divide, with the years that differ, an axis for each that the gate tells apart; where a source
    contradicts itself, no verdict."""
    return authorised_actual([dated_staffing(row) for row in with_panel(rows).to_dicts()], canvas)


def _concluded(rows: pl.DataFrame) -> pl.DataFrame:
    """With what may be concluded in words: a blank would read 未公布, though it is we who draw no conclusion."""
    outcome, rate = [], []
    for row in rows.to_dicts():
        outcome.append(UNCLOSED if row["unclosed_zh"] else words.over(row["actual"], row["authorised"]))
        rate.append("不下结论" if row["fill_rate"] is None else words.percent(row["fill_rate"]))
    return rows.with_columns(pl.Series("outcome", outcome, pl.String), pl.Series("rate", rate, pl.String))


def _trap(row: dict[str, Any]) -> Staffing:
    """Townships whose printed 实有 is another scope, then heads of a budget: hatched, no excess, no vacancy. Each kind of count has
    an axis of its own."""
    details = (words.date(row["time_period"]), "分项与合计对不上" if row["unclosed_zh"] else "")
    mark = staffing(row, Label(name=row["area_name"], detail="，".join(filter(None, details))))
    if row["budgeted"]:
        return replace(mark, counted="预算人头", verdict="不是编制", panel=f"纳入部门预算编制的人数：{row['axis']}")
    return replace(mark, panel=f"预算所列人数：{row['axis']}")


def _rate_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    concluded = rows.filter(pl.col("unclosed_zh").is_null())
    return (*compare(concluded, value="fill_rate").texts, *closing(rows), *timing(rows), FILL_RATE)


def _structure_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    bases = rows.unique("post_type", maintain_order=True)["base"]
    twice = "；两组人数相同是巧合，不是同一批人" if len(bases) > 1 and bases.n_unique() == 1 else ""
    return (f"“行政和工勤”的基数是行政实有加工勤实有，不只是行政人员，事业另计{twice}。", *timing(rows))


CHARTS: tuple[Chart, ...] = (
    Chart(
        id="township-fill-rates",
        question="公布了编制和在职数的乡镇，编制用满了吗？",
        title="{when}部分乡镇编制与实有人员",
        unit="名、人",
        computed=True,
        rows=lambda db, _chosen: _concluded(queries.fill_rates(db)),
        draw=draw_fill_rates,
        finding=findings.fill_rates,
        note=_rate_notes,
        columns=(
            Column("area_name", "地区", "place"),
            Column("authorised", "编制（名）", "count"),
            Column("actual", "实有（人）", "count"),
            Column("outcome", "超编或空编"),
            Column("rate", "满编率"),
            Column("staff_scope", "实有口径"),
            Column("time_period", "时点", "period"),
        ),
    ),
    Chart(
        id="township-traps",
        question="哪些“实有”不能除以编制？",
        title="{when}部分乡镇预算公开所列“实有”的构成",
        unit="人",
        rows=lambda db, _chosen: queries.traps(db),
        draw=each(authorised_actual, _trap),
        finding=findings.traps,
        note=lambda rows: (
            set_apart(
                "不并列：预算公开的“实有”常含退休、聘用、遗属，与编制相除会误报超编；分项未公布或不闭合的，不能拆出在职人数。"
            ),
            "“纳入部门预算编制”的人数是预算人头，含离退休、遗属等，不是编制。",
            *closing(rows),
        ),
        columns=(
            Column("area_name", "地区", "place"),
            Column("authorised", "编制（名）", "count"),
            Column("actual", "来源所列人数（人）", "count"),
            Column("staff_scope", "人数口径"),
            Column("parts", "分项"),
            Column("unclosed_zh", "分项与合计对不上之处"),
            Column("time_period", "时点", "period"),
        ),
    ),
    Chart(
        id="township-profile",
        question="张店乡有多大？",
        title="{when}张店乡人口、面积与机构",
        unit="人、平方公里、个",
        rows=lambda db, _chosen: queries.profile(db),
        draw=each(scoped_numbers, _trait),
        finding=findings.profile,
        note=timing,
        columns=(
            Column("indicator_zh", "项目"),
            Column("obs_value", "数值", "number"),
            Column("unit_measure", "单位"),
            Column("as_stated", "原文", "stated"),
            Column("time_period", "时点", "period"),
            Column("note", "附注"),
        ),
    ),
    Chart(
        id="township-posts",
        question="张店乡的编制空在哪里？",
        title="{when}张店乡编制与实有人员",
        unit="名、人",
        computed=True,
        rows=lambda db, _chosen: queries.posts(db),
        draw=each(authorised_actual, _posts),
        native=Bars(series=("authorised", "actual")),
        finding=findings.posts,
        note=lambda rows: (
            "只含乡镇机关和所属事业单位在职人员，不含教师、医生、派驻站所、编外和离退休。",
            *timing(rows),
            FILL_RATE,
        ),
        columns=(Column("post_type", "编制类型"), *STAFFING_COLUMNS),
    ),
    Chart(
        id="township-structure",
        question="张店乡的人员年龄和学历怎么样？",
        title="{when}张店乡人员年龄与学历结构",
        unit="人、%",
        computed=True,
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
    ),
    Chart(
        id="township-centres",
        question="张店乡的事业人员在哪个中心？",
        title="{when}张店乡事业单位各中心实有人员",
        unit="人",
        rows=lambda db, _chosen: queries.centres(db),
        draw=each(stacked_bars, _centre),
        native=Bars(series=("persons",)),
        finding=findings.centres,
        note=lambda rows: ("只有实有人数，各中心编制未公布；占比的基数是事业实有人数。", *timing(rows)),
        columns=(
            Column("category", "中心"),
            Column("persons", "实有（人）", "count"),
            Column("share", "占比（%）", "percent"),
            Column("time_period", "时点", "period"),
        ),
    ),
    TOWNSHIPS,
)
