"""Charts of dated events. An event has a source of its own and no fact behind it, so its mark opens nothing; a counted one does."""

from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column, each
from dashboard.drawing.timeline import Moment, timeline
from dashboard.language import words
from dashboard.language.sentence import Finding, say, valued
from dashboard.themes.timeline import rows as queries

COLUMNS = (
    Column("date", "日期", "period"),
    Column("area_name", "地区", "place"),
    Column("kind_zh", "类型"),
    Column("title", "事项"),
    Column("source_title", "来源"),
)


def moment(row: dict[str, Any], place: str = "area_name") -> Moment:
    """Events down a line; month-only and year-only dates are open marks. `place`: the column that stands where places are named."""
    return Moment(
        date=words.date(row["date"]), place=row[place], what=row["title"], fact_ids=row["fact_ids"],
        vague=row["date_precision"] != "day",
    )  # fmt: skip


def finding(rows: pl.DataFrame) -> Finding:
    """The first and the last event."""
    first, last = rows.row(0, named=True), rows.row(-1, named=True)
    said = f"{words.date(first['date'])}{first['area_name']}{first['title']}"
    if rows.height == 1:
        return say(f"{said}。")
    return say(f"从{said}，到{words.date(last['date'])}{last['area_name']}{last['title']}。")


def pilots_finding(rows: pl.DataFrame) -> Finding:
    """The events, and how many counties of the nation completed the reform."""
    dated, national = rows.filter(pl.col("completed").is_null()), rows.filter(pl.col("completed").is_not_null())
    done = [
        say(f"{words.date(row['date'])}{row['area_name']}有", valued(row, "completed", "个"), "人口小县完成改革。")
        for row in national.to_dicts()
    ]  # fmt: skip
    return say(finding(dated) if dated.height else None, *done)


def _pilot_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    said = [
        f"全国完成数：{row['note']}，本库未收录名单。"
        for row in rows.filter(pl.col("completed").is_not_null() & pl.col("note").is_not_null()).to_dicts()
    ]
    return (VAGUE, *said, "“确定试点”“方案批复”“完成”是不同节点，媒体所称启动时间因此不一。")


def apart(rows: pl.DataFrame) -> Finding:
    """Events of places that have nothing to do with each other: how many, and the latest; no course from the first to the last."""
    last = rows.row(-1, named=True)
    count = f"{rows.height}个节点，分属{rows['ref_area'].n_unique()}个地区" if rows.height > 1 else "1个节点"
    latest = f"{words.date(last['date'])}{last['area_name']}{last['title']}"
    return say(f"{count}{'，各自独立，不是同一过程' if rows['ref_area'].n_unique() > 1 else ''}；最近一项是{latest}。")


def _boundaries(rows: pl.DataFrame) -> tuple[str, ...]:
    """A change of boundaries ends a name, not a reform."""
    moved = rows.filter(pl.col("kind") == "boundary_change").to_dicts()
    return tuple(
        f"区划调整不是退出改革：{words.date(row['date'])}{row['title']}，{row['note'] or ''}。".replace("，。", "。")
        for row in moved
    )


VAGUE = "空心标记只知年份或月份；间距不代表时间长短。"
PILOTS = Chart(
    id="small-counties-timeline",
    question="试点走到了哪一步？",
    title="{when}人口小县机构改革进程",
    unit="",
    rows=lambda db, _chosen: queries.pilots(db),
    draw=each(timeline, moment),
    finding=pilots_finding,
    note=_pilot_notes,
    columns=COLUMNS,
)
TOWNSHIPS = Chart(
    id="township-timeline",
    question="乡镇改革有哪些节点？",
    title="{when}乡镇机构改革大事记",
    unit="",
    rows=lambda db, _chosen: queries.beside_pilots(db),
    draw=each(timeline, moment),
    finding=apart,
    note=lambda rows: (VAGUE, *_boundaries(rows)),
    columns=COLUMNS,
)
