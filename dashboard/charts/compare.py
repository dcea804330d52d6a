"""对比分析: one indicator, the reader's places. The form follows the data, the scope gate decides what shares an axis."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard import words
from dashboard.charts.chart import Chart, Column, Figure
from dashboard.comparability import Panel, compare, ranks
from dashboard.figures.canvas import FLUID, Canvas
from dashboard.figures.change_dumbbell import Change, change_dumbbell
from dashboard.figures.dot_plot import Interval, Point, dot_plot
from dashboard.figures.sheet import Label
from dashboard.findings import compare as findings
from dashboard.queries import compare as queries
from dashboard.selection import Selection

PHASES = {"before": "改革前", "after": "改革后", "plan": "计划", "change": "变化"}
DEFAULT_INDICATOR = "party_gov_bodies"
FEWEST_RANKED = 3


def prepared(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of `claims` with the panel they belong to, the value in words and the rank where one may be given."""
    if rows.is_empty():
        return rows
    said = pl.Series("said", [_said(row) for row in rows.to_dicts()], pl.String)
    phase = pl.Series("phase_zh", [PHASES.get(row["phase"] or "", "") for row in rows.to_dicts()], pl.String)
    rows = rows.with_columns(said, phase)
    silent = rows.filter(pl.col("obs_value").is_null() & pl.col("scope").is_null())
    nothing = silent.with_columns(pl.lit(words.NOT_PUBLISHED).alias("axis"), pl.lit("").alias("rank"))
    return pl.concat([*(_ranked(panel) for panel in compare(rows).panels), nothing], how="diagonal_relaxed")


def _said(row: dict[str, Any]) -> str:
    if row["obs_value"] is None:
        return words.NOT_PUBLISHED
    return words.stated(row["obs_value"], row["unit_measure"], precision=row["precision"], as_stated=row["as_stated"] or "")


def _ranked(panel: Panel) -> pl.DataFrame:
    """A rank only where everything speaks for it: one scope that is stated, one year, one row a place, a direction, n ≥ 3."""
    rows = panel.rows.with_columns(pl.lit(panel.label).alias("axis"))
    known = rows.filter(pl.col("obs_value").is_not_null())
    sound = (
        panel.may_rank
        and known["area_name"].n_unique() == known.height >= FEWEST_RANKED
        and known["year"].n_unique() == 1
        and set(known["direction"].to_list()) <= {"higher_better", "lower_better"}
    )
    if not sound:
        return rows.with_columns(pl.lit("").alias("rank"))
    best_high = known["direction"][0] == "higher_better"
    found = {
        rank.area_name: rank.text
        for rank in ranks(panel, value="obs_value", low="value_low", high="value_high", best_high=best_high)
    }
    return rows.with_columns(pl.col("area_name").replace_strict(found, default="").alias("rank"))


def draw(rows: pl.DataFrame, _chosen: Selection | None = None, canvas: Canvas = FLUID) -> Figure:
    """A dumbbell when every known value is one end of a pair, else dots with their intervals."""
    pairs = queries.changes_between(rows)
    states = rows.filter(pl.col("obs_value").is_not_null() & (pl.col("phase") != "change"))
    if pairs.height and states.height == 2 * pairs.height:
        nothing = [
            Change(label=Label(name=row["area_name"]), before=None, after=None, fact_ids="", panel=row["axis"])
            for row in rows.filter(pl.col("obs_value").is_null()).to_dicts()
        ]
        return change_dumbbell([*_changes(pairs, rows), *nothing], unit=pairs["unit_measure"][0], canvas=canvas)
    return dot_plot([_point(row) for row in rows.to_dicts()], key="● 确数　○ 约数　│┄ 只知一端", canvas=canvas)


def _changes(pairs: pl.DataFrame, rows: pl.DataFrame) -> list[Change]:
    axes = dict(zip(rows["scope"].to_list(), rows["axis"].to_list(), strict=True))
    return [
        Change(label=Label(name=row["area_name"], detail=f"{words.date(row['time_before'])}→{words.date(row['time_after'])}"),
               before=row["before"], after=row["after"], fact_ids=row["fact_ids"], limit="限额" in row["scope"],
               panel=axes.get(row["scope"], row["scope"]))
        for row in pairs.to_dicts()
    ]  # fmt: skip


def _point(row: dict[str, Any]) -> Point:
    phase = row["phase_zh"] and f" {row['phase_zh']}"
    open_or_wide = row["precision"] in {"approx", "at_least", "at_most"}
    return Point(
        label=Label(name=f"{row['area_name']}{phase}", detail=words.date(row["time_period"]) if row["obs_value"] is not None else ""),
        value=row["obs_value"], text=row["said"], fact_ids=row["fact_ids"], precision=row["precision"] or "exact",
        interval=Interval(low=row["value_low"], high=row["value_high"]) if open_or_wide else None, panel=row["axis"],
    )  # fmt: skip


COMPARE = Chart(
    id="compare-places",
    question="所选地区相比怎么样？",
    rows=lambda db, chosen: prepared(queries.claims(db, chosen.indicator or DEFAULT_INDICATOR, chosen.places, chosen.cohort)),
    draw=draw,
    finding=findings.values,
    note=lambda rows: compare(rows).texts,
    columns=(
        Column("area_name", "地区", "place"),
        Column("phase_zh", "阶段"),
        Column("said", "数值", "stated"),
        Column("rank", "位次"),
        Column("axis", "口径"),
        Column("time_period", "时点", "period"),
    ),
    wide=True,
    empty="所选地区和指标没有可引用的数字：换一个指标，或换几个地区。",
)
CHARTS: tuple[Chart, ...] = (COMPARE,)
