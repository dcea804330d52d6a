"""Charts of 地区档案: one place at a time, the first of the selection; without one, a place that shows what the chart can do."""

from dataclasses import replace
from functools import partial
from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column, each
from dashboard.cards.selection import Selection
from dashboard.drawing.authorised_actual import Staffing, authorised_actual
from dashboard.drawing.change_dumbbell import Change, change_dumbbell
from dashboard.drawing.sheet import Label
from dashboard.drawing.timeline import timeline
from dashboard.gate.comparability import compare
from dashboard.language import words
from dashboard.language.remarks import closing, timing
from dashboard.themes.area import rows as queries
from dashboard.themes.area import sentences as findings
from dashboard.themes.extension.charts import FILL_RATE, STAFFING_COLUMNS, staffing
from dashboard.themes.measures.charts import of_place as measures_of
from dashboard.themes.ratio import sentences as ratio_findings
from dashboard.themes.ratio.charts import COLUMNS as RATIO_COLUMNS
from dashboard.themes.ratio.charts import COMPUTED, DIRECTION, draw_panels, with_words
from dashboard.themes.ratio.sentences import doubts_shortly
from dashboard.themes.timeline.charts import COLUMNS as EVENT_COLUMNS
from dashboard.themes.timeline.charts import VAGUE, moment
from dashboard.themes.timeline.charts import finding as tell_events
from dashboard.themes.timeline.rows import events
from dashboard.warehouse.codes import Codes, codes, phase_zh
from dashboard.warehouse.tables import DIMENSIONS, RECOMPUTED, TOTAL

FACT_COLUMNS = (
    Column("what", "指标"),
    Column("said", "数值", "stated"),
    Column("as_stated", "原文"),
    Column("scope", "口径"),
    Column("time_period", "时点", "period"),
    Column("source", "来源"),
)
CONFLICT_COLUMNS = (
    Column("title_zh", "事项"),
    Column("phase_zh", "阶段"),
    Column("as_stated", "原文"),
    Column("standing_zh", "处理"),
    Column("scope", "口径"),
    Column("time_period", "时点", "period"),
    Column("source_title", "来源"),
    Column("grade", "等级"),
)


def place_of(chosen: Selection, sample: str) -> str:
    """The place that a chart is about."""
    return chosen.places[0] if chosen.places else sample


def worded_facts(rows: pl.DataFrame, names: Codes) -> pl.DataFrame:
    """Facts with what each is about, its value in words and its source, ready for a table."""
    listed = rows.to_dicts()
    return rows.with_columns(
        pl.Series("what", [_what(row, names) for row in listed], pl.String),
        pl.Series("said", [words.claimed(row) for row in listed], pl.String),
        pl.Series(
            "source",
            [f"{row['source_title']}（{row['grade']}级{'，转引' if row['reprint'] else ''}）" for row in listed],
            pl.String,
        ),
    )


def worded_conflicts(rows: pl.DataFrame, names: Codes) -> pl.DataFrame:
    """Claims with phase and standing in words."""
    return rows.with_columns(
        pl.Series("phase_zh", [phase_zh(names, phase) for phase in rows["phase"].to_list()], pl.String),
        pl.col("standing").replace(dict(names["standing"])).alias("standing_zh"),
    )


def _what(row: dict[str, Any], names: Codes) -> str:
    """党政机构数（改革前）, 实有人数（事业，30～45岁）: the indicator and what narrows it."""
    parts = [phase_zh(names, row["phase"]), *(row[name] for name in DIMENSIONS if row[name] not in {None, "", TOTAL})]
    said = "，".join(part.replace("-", "～") for part in parts if part)
    other = "" if row["preferred"] else "［未采用］"
    return f"{row['indicator_zh']}{f'（{said}）' if said else ''}{other}"


def _change(row: dict[str, Any]) -> Change:
    """Every thing in every scope on an axis of its own, its unit in the name of the panel."""
    details = "，".join(row[name] for name in DIMENSIONS if row[name] not in {None, "", TOTAL})
    panel = f"{row['indicator_zh']}（{row['unit_measure']}）：{'，'.join(filter(None, (row['scope'], details, *doubts_shortly(row))))}"
    return Change(
        label=Label(name=words.years_from_to(row["time_before"], row["time_after"]) or words.UNDATED), before=row["before"], after=row["after"],
        fact_ids=row["fact_ids"], limit=row["scope_nature"] == "limit", panel=panel, measure=panel,
    )  # fmt: skip


def _change_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    computed = rows.filter((pl.col("before_basis") == "computed") | (pl.col("after_basis") == "computed"))
    basis = f"改革前或改革后为推算（另一头加减变化数）：{words.listing(computed['indicator_zh'].to_list())}。"
    listed = rows.to_dicts()
    unsure = [f"待核：{row['indicator_zh']}（{row['scope']}）：{row['to_check']}。" for row in listed if row["to_check"]]
    unsure += [f"存疑：{row['indicator_zh']}（{row['scope']}）：{row['doubt']}。" for row in listed if row["doubt"]]
    return (
        *unsure,
        *((basis,) if computed.height else ()),
        "每项各用一条轴，都从零起，线长是减少（增加）的份额；个数、人数不跨项相比。",
    )


def _staffing(row: dict[str, Any]) -> Staffing:
    """An axis for each system and scope of the headcount."""
    parts = [row[name] for name in ("tier", "post_type") if row[name] != TOTAL]
    system = "" if row["sector"] == TOTAL else f"{row['sector']}："
    scope = row["scope"] or f"实有未公布·{row['authorised_scope']}"
    bar = staffing(row, Label(name="，".join(parts) or "合计", detail=words.date(row["time_period"])))
    return replace(bar, panel=f"{system}{scope}")


def _staffing_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    barred = rows.filter(pl.col("actual").is_not_null() & pl.col("authorised").is_not_null() & ~pl.col("comparable"))
    reasons = (f"{reason}。" for reason in barred.filter(pl.col("unclosed_zh").is_null())["withheld_zh"].drop_nulls().to_list())
    return tuple(dict.fromkeys((*closing(rows), *timing(rows), FILL_RATE, *reasons)))


CHARTS: tuple[Chart, ...] = (
    Chart(
        id="area-changes",
        question="改革前后变了多少？",
        title="{when}{area}改革前后变化",
        unit="",
        computed=True,
        rows=lambda db, chosen: queries.changes_of(db, place_of(chosen, "140930")),
        draw=each(change_dumbbell, _change, unit=""),
        finding=findings.changed,
        note=_change_notes,
        columns=(
            Column("indicator_zh", "指标"),
            Column("scope", "口径"),
            Column("before", "改革前", "number"),
            Column("after", "改革后", "number"),
            Column("unit_measure", "单位"),
            Column("change_pct", "变化（%）", "percent"),
            Column("time_before", "改革前时点", "period"),
            Column("time_after", "改革后时点", "period"),
            Column("to_check", "待核"),
        ),
    ),
    Chart(
        id="area-staffing",
        question="编制用了多少？",
        title="{when}{area}编制与实有人员",
        unit="名、人",
        computed=True,
        rows=lambda db, chosen: queries.staffing_of(db, place_of(chosen, "410423-zhangdian")),
        draw=each(authorised_actual, _staffing),
        finding=findings.staffed,
        note=_staffing_notes,
        columns=(Column("sector", "系统"), Column("tier", "层级"), Column("post_type", "编制类型"), *STAFFING_COLUMNS),
    ),
    Chart(
        id="area-ratio",
        question="多少人对应一名财政供养人员？",
        title="{when}{area}财政供养比",
        unit="N:1（每名财政供养人员对应的人口数）",
        computed=True,
        rows=lambda db, chosen: with_words(queries.ratios_of(db, place_of(chosen, "141027")), codes(db)),
        draw=draw_panels,
        finding=findings.ratio,
        note=lambda rows: (
            *compare(rows).texts,
            *ratio_findings.cautions(rows),
            *((COMPUTED,) if (rows["basis"] == RECOMPUTED).any() else ()),
            DIRECTION,
        ),
        columns=RATIO_COLUMNS,
    ),
    Chart(
        id="area-timeline",
        question="走过了哪些节点？",
        title="{when}{area}改革进程",
        unit="",
        rows=lambda db, chosen: events(db, places=(place_of(chosen, "140930"),)),
        draw=each(timeline, partial(moment, place="kind_zh")),
        finding=tell_events,
        note=lambda rows: (VAGUE,),
        columns=EVENT_COLUMNS,
    ),
    measures_of("area-measures", lambda chosen: place_of(chosen, "140930")),
)
