"""Charts of 财政供养比: one picture of the leading pilots and the nation, one axis a scope, and a table of every ratio."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column, Figure
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.dot_plot import Interval, Point, dot_plot
from dashboard.drawing.sheet import Label
from dashboard.gate.comparability import Note, compare, kept_apart, scope_label, with_axis
from dashboard.language import words
from dashboard.themes.ratio import rows as queries
from dashboard.themes.ratio import sentences as findings
from dashboard.warehouse.codes import Codes, codes, phase_zh
from dashboard.warehouse.tables import RECOMPUTED, UNSTATED

KEY, DOUBTFUL_KEY = "● 原文或推算　○ 约数　│┄ 只知一端", "● 原文或推算　○ 约数或存疑　│┄ 只知一端"
COMPUTED = "“推算”为本库用原文的人口数除以人员数，原文没有写这个比值。"
DIRECTION = "N:1＝总人口÷财政供养人数，读作“N个人对应1名财政供养人员”；数字越大，人均负担越轻。"
COLUMNS = (
    Column("area_name", "地区", "place"),
    Column("phase_zh", "阶段", beside="时点"),
    Column("time_period", "时点", "period"),
    Column("population_basis", "人口口径"),
    Column("staff_scope", "人员口径"),
    Column("told", "供养比", "stated"),
    Column("recomputed", "复算", "stated", beside="供养比"),
    Column("verdict", "相符", beside="供养比"),
    Column("remark", "说明"),
)
WHOLE = (
    COLUMNS[0],
    Column("extent_zh", "范围", beside="地区"),
    *COLUMNS[1:3],
    Column("people", "人口（口径）"),
    Column("payroll", "人员（口径）"),
    Column("told", "供养比", "stated", fact_ids="fact_ids"),
    Column("checked", "复算", "stated", beside="供养比"),
    COLUMNS[8],
)
APART = kept_apart("全县财政供养", "乡镇本级的比值（如张店乡）", "只含乡镇机关事业在编人员", "见“财政供养比”页的表")
PAYROLLS_APART = kept_apart("县", "乡镇本级只算本级在职人员", "，全国含离退休与编外", "范围、口径相同的行排在一起，只在其中比")


def with_words(rows: pl.DataFrame, names: Codes) -> pl.DataFrame:
    """The columns that table and drawing show in words: phase_zh, said, told (the same with its （存疑）), recomputed, verdict, remark, and
    axis (over the row's axis)."""
    listed = rows.to_dicts()
    return with_axis(rows).with_columns(
        pl.Series("phase_zh", [phase_zh(names, row["phase"]) for row in listed], pl.String),
        pl.Series("said", [findings.in_words(row) for row in listed], pl.String),
        pl.Series("told", [f"{findings.in_words(row)}{findings.reserve(row)}" for row in listed], pl.String),
        pl.Series("recomputed", [_check(row) for row in listed], pl.String),
        pl.Series("verdict", [{True: "相符", False: "不符"}.get(row["agrees"], "") for row in listed], pl.String),
        pl.Series("remark", ["，".join(_remarks(row)) for row in listed], pl.String),
    )


def with_parts(rows: pl.DataFrame) -> pl.DataFrame:
    """`people` and `payroll`: both sides of the ratio in words with their scope. `checked`: recomputed, and whether it agrees."""
    listed = rows.to_dicts()
    return rows.with_columns(
        pl.Series("checked", ["，".join(filter(None, (row["recomputed"], row["verdict"]))) for row in listed], pl.String),
        pl.Series("people", [_part(row, "population", row["population_basis"]) for row in listed], pl.String),
        pl.Series("payroll", [_part(row, "staff", row["staff_scope"]) for row in listed], pl.String),
    )


def _part(row: dict[str, Any], side: str, scope: str) -> str:
    """One side with its scope: 98 833人（七普）, 未公布（口径未注明）."""
    low, high = row[f"{side}_low"], row[f"{side}_high"]
    said = f"{words.digits(low)}人" if low is not None and low == high else words.span(low, high, "人")
    return f"{said}（{'口径未注明' if scope == UNSTATED else scope}）"


def _remarks(row: dict[str, Any]) -> list[str]:
    return [*([findings.when(row)] if row["period_approx"] else []), *findings.remarks(row)]


def _check(row: dict[str, Any]) -> str:
    return "" if row["agrees"] is None else words.span(row["ratio_low"], row["ratio_high"], ":1")


def _point(row: dict[str, Any]) -> Point:
    # The year is part of the name where the phase does not tell two rows of a place apart.
    phase = row["phase_zh"] or (findings.when(row) if row["ref_area"] == "CN" else "")
    is_open = row["precision"] in {"approx", "at_least", "at_most"}
    when = findings.when(row)
    # What the name says in brackets (未具名 …) is a detail of the row, not part of what it is called.
    name, _, aside = row["area_name"].partition("（")
    detail = [aside.rstrip("）"), "" if phase == when else when, *findings.remarks(row)]
    return Point(
        label=Label(name=f"{name}{phase and f' {phase}'}", detail="，".join(filter(None, detail))),
        value=row["obs_value"], text=row["told"], fact_ids=row["fact_ids"],
        precision=row["precision"], doubtful=bool(findings.doubts(row)), panel=row["axis"], scope=scope_label(row),
        interval=Interval(low=row["value_low"], high=row["value_high"]) if is_open else None,
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


def draw_leading(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """A place below the other in the order of the rows, every scope on its own axis; the nation last, apart from both."""
    points = [_point(row) for row in rows.to_dicts()]
    key = DOUBTFUL_KEY if any(point.doubtful for point in points) else KEY
    return dot_plot(points, key=key, one_scale=True, in_order=True, canvas=canvas)


BY_SCOPE = Chart(
    id="ratio-by-scope",
    question="多少人对应一名财政供养人员？",
    title="{when}{area}财政供养比（按口径分列）",
    unit="N:1（每名财政供养人员对应的人口数）",
    computed=True,
    rows=lambda db, _chosen: with_words(queries.pilots_and_nation(db), codes(db)),
    draw=draw_leading,
    finding=findings.head,
    note=lambda rows: notes(rows, APART),
    columns=COLUMNS,
)

CHARTS: tuple[Chart, ...] = (
    replace(BY_SCOPE, wide=True),
    Chart(
        id="ratio-table",
        question="各地、各口径的供养比分别是多少？",
        title="{when}部分县、乡镇与全国财政供养比（按口径分列）",
        unit="N:1（每名财政供养人员或在职人员对应的人口数）",
        computed=True,
        wide=True,
        rows=lambda db, _chosen: with_parts(with_words(queries.whole_table(db), codes(db))),
        finding=findings.whole,
        note=lambda rows: (
            PAYROLLS_APART.remark,
            *compare(rows, marks=False).texts,
            *findings.cautions(rows),
            "推算、复算都用原文的人口数除以人员数；约数参与计算只给范围，不取中间值。",
            *filter(None, [findings.retired(rows)]),
        ),
        columns=WHOLE,
    ),
)
