"""The drawings of 对比分析: the form follows the data. Every `axis` of the rows is a panel of its own, places without data come last."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.cards.chart import Figure
from dashboard.drawing.authorised_actual import Staffing, authorised_actual
from dashboard.drawing.canvas import Canvas
from dashboard.drawing.change_dumbbell import Change
from dashboard.drawing.dot_plot import Interval, Point, dot_plot
from dashboard.drawing.share_bars import ORDERED, Composition, Share, share_bars
from dashboard.drawing.sheet import Label
from dashboard.drawing.take_up import TakeUp, take_up
from dashboard.language import words
from dashboard.themes.compare import ordering
from dashboard.themes.compare.form_rows import ORDER
from dashboard.themes.extension.charts import staffing
from dashboard.themes.ratio.sentences import doubts_shortly, reserve, when
from dashboard.warehouse.tables import RECOMPUTED

Row = dict[str, Any]
KEY, DOUBTFUL_KEY = "● 确数　○ 约数　│┄ 只知一端", "● 确数　○ 约数或存疑　│┄ 只知一端"
SINGLE = "单独的数："  # of the marks that are no before and after, where there are both
OPEN = frozenset({"approx", "at_least", "at_most"})
COMPUTED = {ordering.BEFORE: "前数", ordering.AFTER: "后数"}
MOST_SILENT = 3  # places without data that get a row each; more share one, which names them all


def draw_values(rows: pl.DataFrame, canvas: Canvas) -> Figure:
    """A panel in which a place has exact counts before and after shows such places as one row each; all else is a dot with its interval."""
    known, silent = _split(rows)
    drawn: list[Point | Change] = []
    panels: dict[str, dict[str, list[Row]]] = {}
    for row in known.to_dicts():
        panels.setdefault(row["axis"], {}).setdefault(row["ref_area"], []).append(row)
    for places in panels.values():
        joined = any(map(_is_pair, places.values()))
        for found in places.values():
            drawn += [_change(found)] if joined and _are_ends(found) else [_point(row) for row in found]
    points = [line for line in drawn if isinstance(line, Point)]
    changes = [line for line in drawn if isinstance(line, Change)]  # of exact counts, whose numbers stand without their unit
    units = known["unit_measure"].unique().to_list()
    return dot_plot(
        [*drawn, *_nothing(silent)], key=_key(points, beside_changes=bool(changes)), order=ordering.said(known),
        unit=units[0] if changes and len(units) == 1 else "", near_scale=len(units) == 1, canvas=canvas,
    )  # fmt: skip


def _key(points: list[Point], *, beside_changes: bool) -> str:
    """What the marks of single values mean; beside changes, of which ○ and ● say something else, those that are there only."""
    doubtful = any(point.doubtful for point in points)
    if not beside_changes:
        return DOUBTFUL_KEY if doubtful else KEY
    kinds = {point.precision for point in points}
    open_marks = "　○ 约数或存疑" if doubtful else "　○ 约数" if "approx" in kinds else ""
    return f"{SINGLE}● 确数{open_marks}{'　│┄ 只知一端' if kinds & {'at_least', 'at_most'} else ''}"


def _are_ends(rows: list[Row]) -> bool:
    """One place's exact counts before, after or both: what a row of a dumbbell can show. A ratio in doubt stays two dots."""
    phases = [row["phase"] for row in rows]
    exact = all(row["precision"] not in OPEN and not row["unit_measure"].endswith(":1") for row in rows)
    return exact and len(set(phases)) == len(phases) and set(phases) <= {ordering.BEFORE, ordering.AFTER}


def _is_pair(rows: list[Row]) -> bool:
    return len(rows) == len((ordering.BEFORE, ordering.AFTER)) and _are_ends(rows)


def draw_staffing(rows: pl.DataFrame, canvas: Canvas) -> Figure:
    """编制 and 实有, an axis for each scope of the headcount."""
    known, silent = _split(rows)
    bars = [
        replace(staffing(row, Label(name=row["area_name"], detail=words.date(row["time_period"]))), panel=row["axis"])
        for row in known.to_dicts()
    ]
    bars += [
        Staffing(label=label, authorised=None, actual=None, authorised_fact_ids="", actual_fact_ids="", panel=words.NOT_PUBLISHED)
        for label in _silent_labels(silent, named=False)
    ]
    return authorised_actual(bars, canvas, order=ordering.said(known))


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
    return share_bars(wholes, canvas, order=ordering.said(known))


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
    return take_up(towns, catalogue=line, order=ordering.said(shares), canvas=canvas)


def _split(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that say something, and places that published nothing."""
    silent = (pl.col("axis") == words.NOT_PUBLISHED).fill_null(True)
    return rows.filter(~silent), rows.filter(silent)


def _silent_labels(silent: pl.DataFrame, *, named: bool = True) -> list[Label]:
    """A label for each while they are few, else one for all; `named`: where there is room to name them all."""
    names = list(dict.fromkeys(silent["area_name"].to_list()))
    if len(names) <= MOST_SILENT:
        return [Label(name=name) for name in names]
    return [Label(name=f"{len(names)}个地区", detail=words.listing(names) if named else "名单见“展开”")]


def _nothing(silent: pl.DataFrame) -> list[Point]:
    return [Point(label=label, value=None, text="", fact_ids="", panel=words.NOT_PUBLISHED) for label in _silent_labels(silent)]


def _change(rows: list[Row]) -> Change:
    """The row of one place: its ends as they are known."""
    ends = {row["phase"]: row for row in rows}
    (before, from_), (after, to) = (
        (end["obs_value"], end["time_period"]) if end else (None, None)
        for end in map(ends.get, (ordering.BEFORE, ordering.AFTER))
    )
    years = words.years_from_to(from_, to)
    computed = [f"{COMPUTED[row['phase']]}推算" for row in rows if row.get("basis") == RECOMPUTED]
    unsure = next(filter(None, map(reserve, rows)), "")
    return Change(
        label=Label(name=f"{rows[0]['area_name']}{unsure}", detail="，".join([years or words.UNDATED, *computed])),
        before=before, after=after,
        fact_ids=",".join(dict.fromkeys(one for row in rows for one in row["fact_ids"].split(",") if one)),
        limit=rows[0]["scope_nature"] == "limit", panel=rows[0]["axis"],
    )  # fmt: skip


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
