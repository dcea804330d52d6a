"""The drawings of 对比分析: the form follows the data. Every `axis` of the rows is a panel of its own, places without data come last."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.cards.chart import Figure
from dashboard.drawing.authorised_actual import Staffing, authorised_actual
from dashboard.drawing.canvas import Canvas
from dashboard.drawing.change_dumbbell import Change, change_dumbbell
from dashboard.drawing.dot_plot import Interval, Point, dot_plot
from dashboard.drawing.share_bars import ORDERED, Composition, Share, share_bars
from dashboard.drawing.sheet import Label
from dashboard.drawing.take_up import TakeUp, take_up
from dashboard.language import words
from dashboard.themes.compare import rows as queries
from dashboard.themes.compare.form_rows import ORDER
from dashboard.themes.extension.charts import staffing
from dashboard.themes.ratio.sentences import doubts_shortly, reserve, when
from dashboard.warehouse.tables import RECOMPUTED

Row = dict[str, Any]
KEY, DOUBTFUL_KEY = "● 确数　○ 约数　│┄ 只知一端", "● 确数　○ 约数或存疑　│┄ 只知一端"
OPEN = frozenset({"approx", "at_least", "at_most"})
MOST_SILENT = 3  # places without data that get a row each; more share one


def draw_values(rows: pl.DataFrame, canvas: Canvas) -> Figure:
    """A dumbbell when every value is an exact count before or after and some place has both; else dots with their intervals."""
    known, silent = _split(rows)
    exact = ~pl.col("precision").is_in(list(OPEN)) & ~pl.col("unit_measure").str.ends_with(":1")
    states = known.filter(pl.col("phase").is_in(["before", "after"]) & exact)
    pairs = queries.changes_between(known) if states.height == known.height > 0 else None
    if pairs is not None and pairs["change_pct"].is_not_null().any():
        nothing = [
            Change(label=label, before=None, after=None, fact_ids="", panel=words.NOT_PUBLISHED)
            for label in _silent_labels(silent)
        ]
        return change_dumbbell([*_changes(pairs, rows), *nothing], unit=pairs["unit_measure"][0], canvas=canvas)
    points = [_point(row) for row in known.to_dicts()]
    key = DOUBTFUL_KEY if any(point.doubtful for point in points) else KEY
    return dot_plot([*points, *_nothing(silent)], key=key, canvas=canvas)


def draw_staffing(rows: pl.DataFrame, canvas: Canvas) -> Figure:
    """编制 and 实有, an axis for each scope of the headcount."""
    known, silent = _split(rows)
    bars = [
        replace(staffing(row, Label(name=row["area_name"], detail=words.date(row["time_period"]))), panel=row["axis"])
        for row in known.to_dicts()
    ]
    bars += [
        Staffing(label=label, authorised=None, actual=None, authorised_fact_ids="", actual_fact_ids="", panel=words.NOT_PUBLISHED)
        for label in _silent_labels(silent)
    ]
    return authorised_actual(bars, canvas)


def draw_structure(rows: pl.DataFrame, canvas: Canvas) -> Figure:
    """A 100 % bar for each whole; places without one stand in the sentence, the notes and the table."""
    known, silent = _split(rows)
    if known.is_empty():
        return dot_plot(_nothing(silent), canvas=canvas)
    names = list(dict.fromkeys(known["category"].to_list()))
    names.sort(key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    fills = dict(zip(names, ORDERED.get(len(names), ()), strict=False))
    wholes = []
    for (axis, name, _whole), members in known.group_by(["axis", "area_name", "whole_key"], maintain_order=True):
        parts = members.filter(pl.col("obs_value") > 0).to_dicts()
        shares = tuple(
            Share(
                category=row["category"].replace("-", "～"),
                persons=row["obs_value"],
                fact_ids=row["fact_ids"],
                fill=fills.get(row["category"]),
            )
            for row in parts
        )
        label = Label(name=str(name), detail=words.date(parts[0]["time_period"]))
        wholes.append(Composition(label=label, shares=shares, unit=parts[0]["unit_measure"], panel=str(axis)))
    return share_bars(wholes, canvas)


def draw_take_up(rows: pl.DataFrame, canvas: Canvas) -> Figure:
    """Shares of a catalogue, an axis for each catalogue; without the catalogue's total there is no share to draw."""
    known, silent = _split(rows)
    shares = known.filter(pl.col("obs_value").is_not_null())
    if shares.is_empty():
        return dot_plot(_nothing(pl.concat([known, silent])), canvas=canvas)
    catalogues = shares["catalogue_items"].unique().to_list()
    line = f"目录{words.value(catalogues[0])}项＝100%" if len(catalogues) == 1 else "目录＝100%"
    towns = [
        TakeUp(label=Label(name=row["area_name"], detail=words.date(row["time_period"])), accepted=row["accepted"],
               catalogue=row["catalogue_items"], fact_ids=row["fact_ids"], panel=row["axis"])
        for row in shares.to_dicts()
    ]  # fmt: skip
    return take_up(towns, catalogue=line, canvas=canvas)


def _split(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that say something, and places that published nothing."""
    silent = (pl.col("axis") == words.NOT_PUBLISHED).fill_null(True)
    return rows.filter(~silent), rows.filter(silent)


def _silent_labels(silent: pl.DataFrame) -> list[Label]:
    names = list(dict.fromkeys(silent["area_name"].to_list()))
    if len(names) <= MOST_SILENT:
        return [Label(name=name) for name in names]
    return [Label(name=f"{len(names)}个地区", detail="名单见“展开”")]  # every name stands in the notes and in the table


def _nothing(silent: pl.DataFrame) -> list[Point]:
    return [Point(label=label, value=None, text="", fact_ids="", panel=words.NOT_PUBLISHED) for label in _silent_labels(silent)]


def _changes(pairs: pl.DataFrame, rows: pl.DataFrame) -> list[Change]:
    """Pairs in the order of the rows, each in the panel of its scope."""
    key = ("axis_key", "ref_area")
    found = {tuple(row[column] for column in key): row for row in pairs.to_dicts()}
    unsure: dict[tuple[Any, ...], str] = {}
    for row in rows.to_dicts():
        place = tuple(row[column] for column in key)
        unsure[place] = unsure.get(place) or reserve(row)
    changes = []
    for place, axis in dict.fromkeys(zip(rows.select(key).iter_rows(), rows["axis"].to_list(), strict=True)):
        pair = found.get(place)
        if pair is not None:
            label = Label(
                name=f"{pair['area_name']}{unsure[place]}",
                detail=words.years_from_to(pair["time_before"], pair["time_after"]) or words.UNDATED,
            )
            ends, limit = {"before": pair["before"], "after": pair["after"]}, pair["scope_nature"] == "limit"
            changes.append(Change(label=label, **ends, fact_ids=pair["fact_ids"], limit=limit, panel=axis))
    return changes


def _point(row: Row) -> Point:
    name, _, aside = row["area_name"].partition("（")
    phase = row["item"] and f" {row['item']}"
    computed = "推算" if row.get("basis") == RECOMPUTED else ""
    aside = "未具名" if "未具名" in aside else aside.rstrip("）")
    detail = [aside, when(row), computed, row["rank"], *doubts_shortly(row)]
    return Point(
        label=Label(name=f"{name}{phase}", detail="，".join(filter(None, detail))), value=row["obs_value"],
        text=f"{row['said']}{reserve(row)}", fact_ids=row["fact_ids"], precision=row["precision"] or "exact", panel=row["axis"],
        doubtful=bool(reserve(row)),
        interval=Interval(low=row["value_low"], high=row["value_high"]) if row["precision"] in OPEN else None,
    )  # fmt: skip
