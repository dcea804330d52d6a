"""Sample charts in every state that a card can have; the rows are the seed's, the facts behind them do not exist."""

from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column, Figure
from dashboard.cards.selection import Selection
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.gate.comparability import compare, kept_apart
from dashboard.language.sentence import Finding, number, say
from dashboard.tools.styleguide.samples import FORMS

SAMPLE = "Fffffffffff"  # the form of a fact id; the drawer says that there is no such fact
COLUMNS = (
    Column("area_name", "地区", "place"),
    Column("scope", "口径"),
    Column("value", "供养比", "ratio"),
    Column("share", "占比（%）", "percent"),
    Column("people", "人口（人）", "count"),
    Column("time_period", "时点", "period"),
)


def rows() -> pl.DataFrame:
    """Four places of two scopes: an approximation, a missing value, a place without a name."""
    listed = [
        ("140930", "河曲县", 32.0, 3.13, 123505, "2020", "exact", "未注明", False),
        ("141027", "浮山县", 17.0, 5.88, 100000, "2020", "approx", "常住", False),
        ("", "山西某县（未具名）", 22.0, 4.55, 130000, "2019", "exact", "未注明", True),
        ("140721", "榆社县", None, None, None, "_U", None, None, False),
    ]
    names = ("ref_area", "area_name", "value", "share", "people", "time_period", "precision", "scope", "anonymous")
    frame = pl.DataFrame(listed, schema=names, orient="row")
    return frame.with_columns(
        pl.lit(SAMPLE).alias("fact_ids"), pl.lit("").alias("source_ids"), pl.col("time_period").str.slice(0, 4).alias("year"),
        pl.col("area_name").alias("counted_as"), pl.col("scope").alias("axis_key"), pl.lit(None, pl.String).alias("whole_key"),
        pl.lit(False).alias("may_rank"), pl.lit("原文没有写明口径").alias("withheld_zh"), pl.lit(False).alias("illustrative"),
    )  # fmt: skip


def finding(_rows: pl.DataFrame) -> Finding:
    """A sentence with two receipts."""
    return say("河曲县由", number("32:1", SAMPLE), "提高到", number("40:1", SAMPLE), "，原文未注明口径。")


def notes(frame: pl.DataFrame) -> tuple[str, ...]:
    """What the scope gate says, and a note that is set apart."""
    apart = kept_apart("全县财政供养", "张店乡609:1", "只含乡镇本级在编人员")
    return (apart.remark, *compare(frame, value="value").texts)


def draw(_rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """A form to fill the card with."""
    return FORMS["dot_plot"](canvas)


def _broken(_db: Any, _chosen: Selection) -> pl.DataFrame:
    raise RuntimeError("the styleguide shows what a card says when it breaks")


def _chart(name: str, question: str, **more: Any) -> Chart:
    usual: dict[str, Any] = {
        "rows": lambda _db, _chosen: rows(),
        "finding": finding,
        "note": notes,
        "columns": COLUMNS,
        "draw": draw,
    }
    return Chart(id=f"sample-{name}", question=question, title=question, **(usual | more))


CARDS: tuple[Chart, ...] = (
    _chart("card", "卡片：问题、一句话、图与表、口径、来源"),
    _chart("table", "只有表格的卡片", draw=None),
    _chart("empty", "没有数字的卡片", rows=lambda _db, _chosen: rows().clear()),
    _chart("failed", "出错的卡片", rows=_broken),
    _chart("wide", "通栏卡片", draw=lambda _rows, canvas=FLUID: FORMS["province_bands"](canvas), wide=True),
)
