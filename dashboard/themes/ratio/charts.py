"""Charts of 财政供养比: one axis a scope, stated against recomputed, townships in a figure of their own."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column, Figure, each
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.dot_plot import Interval, Point, dot_plot
from dashboard.drawing.sheet import Label
from dashboard.gate.comparability import Note, compare, kept_apart, scope_label, with_axis
from dashboard.language import words
from dashboard.themes.ratio import rows as queries
from dashboard.themes.ratio import sentences as findings
from dashboard.warehouse.codes import Codes, codes, phase_zh
from dashboard.warehouse.tables import RECOMPUTED

KEY, DOUBTFUL_KEY = "● 原文或推算　○ 约数　│┄ 只知一端", "● 原文或推算　○ 约数或存疑　│┄ 只知一端"
COMPUTED = "“推算”为本库用原文的人口数除以人员数，原文没有写这个比值。"
DIRECTION = "N:1＝总人口÷财政供养人数，读作“N个人对应1名财政供养人员”；数字越大，人均负担越轻。"
COLUMNS = (
    Column("area_name", "地区", "place"),
    Column("phase_zh", "阶段"),
    Column("time_period", "时点", "period"),
    Column("population_basis", "人口口径"),
    Column("staff_scope", "人员口径"),
    Column("said", "供养比", "stated"),
    Column("recomputed", "复算", "stated"),
    Column("verdict", "相符"),
    Column("remark", "说明"),
)
APART = kept_apart("全县财政供养", "乡镇本级的比值（如张店乡）", "只含乡镇机关事业在编人员", "见“财政供养比”页的“只算乡镇本级”")


def with_words(rows: pl.DataFrame, names: Codes) -> pl.DataFrame:
    """The columns that table and drawing show in words: phase_zh, said, recomputed, verdict, remark, and axis (over the row's axis)."""
    listed = rows.to_dicts()
    return with_axis(rows).with_columns(
        pl.Series("phase_zh", [phase_zh(names, row["phase"]) for row in listed], pl.String),
        pl.Series("said", [findings.in_words(row) for row in listed], pl.String),
        pl.Series("recomputed", [_check(row) for row in listed], pl.String),
        pl.Series("verdict", [{True: "相符", False: "不符"}.get(row["agrees"], "") for row in listed], pl.String),
        pl.Series("remark", ["，".join(_remarks(row)) for row in listed], pl.String),
    )


def _remarks(row: dict[str, Any]) -> list[str]:
    return [*([findings.when(row)] if row["period_approx"] else []), *findings.remarks(row)]


def _check(row: dict[str, Any]) -> str:
    return "" if row["agrees"] is None else words.span(row["ratio_low"], row["ratio_high"], ":1")


def _point(row: dict[str, Any], *, check: bool = False) -> Point:
    # The year is part of the name where the phase does not tell two rows of a place apart.
    phase = row["phase_zh"] or (findings.when(row) if row["ref_area"] == "CN" else "")
    is_open = row["precision"] in {"approx", "at_least", "at_most"} and not check
    when = findings.when(row)
    # What the name says in brackets (未具名 …) is a detail of the row, not part of what it is called.
    name, _, aside = row["area_name"].partition("（")
    detail = [aside.rstrip("）"), "" if phase == when else when, *findings.remarks(row)]
    if check:
        detail.append(f"复算{row['recomputed']}，{row['verdict']}")
    return Point(
        label=Label(name=f"{name}{phase and f' {phase}'}", detail="，".join(filter(None, detail))),
        value=row["obs_value"], text=f"{row['said']}{findings.reserve(row)}", fact_ids=row["fact_ids"],
        precision=row["precision"], doubtful=bool(findings.doubts(row)), panel=row["axis"], scope=scope_label(row),
        interval=Interval(low=row["value_low"], high=row["value_high"]) if is_open else None,
        check=Interval(low=row["ratio_low"], high=row["ratio_high"]) if check else None,
    )  # fmt: skip


def _largest_first(rows: pl.DataFrame) -> pl.DataFrame:
    """Axes with more rows first; on one axis places together, in the order of phases and years."""
    return rows.with_columns(pl.len().over("axis").alias("axis_size")).sort(
        "axis_size", "axis", "ref_area", "year", "obs_value", descending=[True, False, False, False, False], nulls_last=True
    )


def draw_panels(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Every scope on its own axis under its own name."""
    points = [_point(row) for row in _largest_first(rows).to_dicts()]
    return dot_plot(points, key=DOUBTFUL_KEY if any(point.doubtful for point in points) else KEY, one_scale=True, canvas=canvas)


def notes(rows: pl.DataFrame, *more: Note) -> tuple[str, ...]:
    """The gate's notes, what is kept apart, what single values are, and how to read the ratio."""
    found: Sequence[str] = compare(rows).texts
    computed = (COMPUTED,) if (rows["basis"] == RECOMPUTED).any() else ()
    return (*(note.remark for note in more), *found, *findings.cautions(rows), *computed, DIRECTION)


BY_SCOPE = Chart(
    id="ratio-by-scope",
    question="多少人对应一名财政供养人员？",
    title="{when}部分县与全国财政供养比（按口径分列）",
    unit="N:1（每名财政供养人员对应的人口数）",
    computed=True,
    rows=lambda db, _chosen: with_words(queries.counties_and_nation(db), codes(db)),
    draw=draw_panels,
    finding=findings.counties,
    note=lambda rows: notes(rows, APART),
    columns=COLUMNS,
)

CHARTS: tuple[Chart, ...] = (
    BY_SCOPE,
    Chart(
        id="ratio-recomputed",
        question="原文的比值经得起复算吗？",
        title="{when}部分县财政供养比原文与复算",
        unit="N:1（每名财政供养人员对应的人口数）",
        computed=True,
        rows=lambda db, _chosen: with_words(queries.stated_and_recomputed(db), codes(db)),
        draw=each(dot_plot, partial(_point, check=True), key="● 原文　○ 约数　│┄ 复算范围"),
        finding=findings.agreement,
        note=lambda rows: (*notes(rows), "复算用原文的人口数和人员数；约数参与计算只给范围，不取中间值。"),
        columns=COLUMNS,
    ),
    Chart(
        id="ratio-nation",
        question="全国的供养比是多少，怎么变的？",
        title="{when}全国财政供养比",
        unit="N:1（每名财政供养人员对应的人口数）",
        rows=lambda db, _chosen: with_words(queries.national_payroll(db), codes(db)),
        draw=draw_panels,
        finding=findings.nation,
        note=lambda rows: (*notes(rows), *filter(None, [findings.retired(rows)])),
        columns=COLUMNS,
    ),
    Chart(
        id="ratio-township",
        question="只算乡镇本级，多少人对应一名在职人员？",
        title="{when}部分乡镇本级在职人员对应人口",
        unit="N:1（每名在职人员对应的人口数）",
        computed=True,
        rows=lambda db, _chosen: with_words(queries.township_ratios(db), codes(db)),
        draw=draw_panels,
        finding=findings.townships,
        note=lambda rows: notes(
            rows,
            kept_apart(
                "乡镇本级",
                "全县供养比（如河曲县、山西某县）",
                "算的是全县的人员，不只是乡镇本级在职人员",
                f"见“{BY_SCOPE.question}”一图",
            ),
        ),
        columns=COLUMNS,
    ),
)
