"""Charts of 我县: a reader's own numbers on the axes of what is published. Nothing here is kept (cards/own.py)."""

from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column, Figure, each
from dashboard.cards.own import OWN
from dashboard.drawing.authorised_actual import Staffing, authorised_actual
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.change_dumbbell import Change, Range, change_dumbbell
from dashboard.drawing.dot_plot import Interval, Point, dot_plot
from dashboard.drawing.sheet import Label
from dashboard.gate.comparability import compare, kept_apart, with_axis
from dashboard.language import words
from dashboard.language.sentence import receipts
from dashboard.themes.mine import rows as queries
from dashboard.themes.mine import sentences as findings
from dashboard.themes.mine.outlook.charts import CUTS, MISSING
from dashboard.themes.mine.peers.charts import PEERS
from dashboard.themes.mine.size.charts import BANDS, THRESHOLDS
from dashboard.warehouse import Warehouse

OWN_NOTE = "本人填写的数未经核对。"
RATIO_APART = kept_apart("您的县", "未写明口径的比值（如河曲县）", "没有写清人口或人员口径", "见“财政供养比”页")
SHORT_SCOPES = {"party_gov_bodies": "党政机构", "public_institutions": "事业单位（县直，除学校医院）"}


def _gate_notes(rows: pl.DataFrame, value: str = "obs_value") -> tuple[str, ...]:
    """The gate's notes; several sets of the reader that are of one place are one place."""
    named = rows.with_columns(pl.coalesce("title", "area_name").alias("area_name")) if "title" in rows.columns else rows
    return compare(named, value, marks=False).texts


def _own_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    return (OWN_NOTE,) if any(OWN in receipts(listed) for listed in rows["source_ids"].to_list()) else ()


def _ratio_point(row: dict[str, Any]) -> Point:
    """An interval is drawn as one, without a middle."""
    spread = row["low"] != row["high"]
    precision = row["precision"] or "exact" if not row["own"] else "at_least" if spread else "exact"
    name = row["area_name"].partition("（")[0]
    return Point(
        label=Label(name=name, detail=row["how"]), value=row["obs_value"], text=row["text"], fact_ids=row["fact_ids"],
        precision=precision, interval=Interval(low=row["low"], high=row["high"]) if row["own"] and spread else None,
        control=not row["own"], panel=row["axis"], scope=f"人口：{row['population_basis']}　人员：{row['staff_scope']}",
    )  # fmt: skip


def _ratio_rows(db: Warehouse, own: str) -> pl.DataFrame:
    return with_axis(queries.ratios(db, own))


RATIO = Chart(
    id="mine-ratio",
    question="每多少人对应一名财政供养人员？",
    title="本县财政供养比与同口径的公布数",
    unit="N:1（每名财政供养人员对应的人口数）",
    computed=True,
    rows=lambda db, chosen: _ratio_rows(db, chosen.own),
    draw=each(dot_plot, _ratio_point, key="● 您的县　◇ 公布数　│ 范围", one_scale=True),
    finding=findings.ratios,
    note=lambda rows: (
        RATIO_APART.remark, *_gate_notes(rows), *_own_notes(rows),
        "N:1＝人口÷财政供养人员；只与人口口径、人员口径都相同的公布数并列。",
    ),
    columns=(
        Column("area_name", "地区", "place"),
        Column("population_basis", "人口口径"),
        Column("staff_scope", "人员口径"),
        Column("text", "供养比", "stated"),
        Column("how", "算法或时点", "stated"),
    ),
)  # fmt: skip


def draw_bodies(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Pilots before and after; ordinary counties as a band, the reader's own count as a line on the same axis."""
    pilots = rows.filter(~pl.col("own") & ~pl.col("control")).to_dicts()
    lines = [
        Change(label=Label(name=row["area_name"], detail=words.years_from_to(row["time_before"], row["time_after"])), before=row["before"],
               after=row["after"], fact_ids=row["fact_ids"], panel=SHORT_SCOPES[row["measure"]], measure=row["measure"])
        for row in pilots
    ]  # fmt: skip
    return change_dumbbell(lines, unit="个", ranges=[*_ordinary(rows), *_own_lines(rows)], canvas=canvas)


def _ordinary(rows: pl.DataFrame) -> list[Range]:
    found = []
    for (measure,), members in rows.filter(pl.col("control") & ~pl.col("own")).group_by("measure", maintain_order=True):
        low, high = members["after"].to_list()[0], members["after"].to_list()[-1]
        text = f"普通县区{words.extent(low, high, '个')}（n＝{members.height}）"
        found.append(Range(low=low, high=high, text=text, panel=SHORT_SCOPES[str(measure)]))
    return found


def _own_lines(rows: pl.DataFrame) -> list[Range]:
    return [
        Range(low=row["low"] if row["low"] is not None else row["high"], high=row["high"] if row["high"] is not None else row["low"],
              text=f"{row['area_name']}{row['text']}", panel=SHORT_SCOPES[row["measure"]], own=True)
        for row in rows.filter("own").to_dicts()
    ]  # fmt: skip


def _body_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    known = rows.filter(~pl.col("own"))
    return (
        *_gate_notes(known.filter(~pl.col("control")), "after"), *_own_notes(rows),
        "党政机构指县级党委、政府机构实设数，不含乡镇；事业单位只计县直，除学校、医院。",
    )  # fmt: skip


BODIES = Chart(
    id="mine-bodies",
    question="机构数站在哪里？",
    title="本县机构数与试点县改革前后、普通县区的比较",
    unit="个",
    rows=lambda db, chosen: queries.bodies(db, chosen.own),
    draw=draw_bodies,
    finding=findings.bodies,
    note=_body_notes,
    columns=(
        Column("area_name", "地区", "place"),
        Column("who", "类别"),
        Column("scope", "口径"),
        Column("was", "改革前", "stated"),
        Column("now", "改革后或现有", "stated"),
    ),
)


def _staffing(row: dict[str, Any]) -> Staffing:
    return Staffing(
        label=Label(name=row["post_type"]), authorised=row["authorised"], actual=row["actual"], panel=row["panel"],
        authorised_fact_ids=row["authorised_fact_ids"] or "", actual_fact_ids=row["actual_fact_ids"] or "", verdict=_verdict(row),
    )  # fmt: skip


def _verdict(row: dict[str, Any]) -> str:
    """In the words of the table where numbers are about; exact ones speak for themselves."""
    exact = row["authorised"] is not None and row["actual"] is not None
    return "" if exact or not row["own"] else row["outcome"] or f"{row['authorised_text']}{row['actual_text']}"


POSTS = Chart(
    id="mine-posts",
    question="哪类编制超了，哪类空着？",
    title="本县各类编制与实有",
    unit="名、人",
    computed=True,
    rows=lambda db, chosen: queries.posts(db, chosen.own),
    draw=each(authorised_actual, _staffing),
    finding=findings.posts,
    note=lambda rows: (
        *_own_notes(rows),
        "实有只算在编在职；分编制类型计算，不能用事业超编抵行政空编。",
        "编制不足10名的只列数，不算百分比。",
    ),
    columns=(
        Column("area_name", "地区", "place"),
        Column("post_type", "编制类型"),
        Column("authorised_text", "编制", "stated"),
        Column("actual_text", "实有", "stated"),
        Column("outcome", "超编或空编"),
        Column("rate", "满编率", "stated"),
    ),
)

CHARTS: tuple[Chart, ...] = (BODIES, RATIO, BANDS, POSTS, CUTS, THRESHOLDS, PEERS, MISSING)
