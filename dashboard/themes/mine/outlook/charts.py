"""Charts of what pilots' cuts would mean here, and of what is missing."""

from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column, Figure
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.cut_rates import Cut, cut_rates
from dashboard.drawing.sheet import Label
from dashboard.gate.notes import Remark
from dashboard.language import words
from dashboard.themes.mine.outlook import rows as queries
from dashboard.themes.mine.outlook import sentences as findings


def draw_cuts(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """A pilot's cut as a bar, an axis of 0～100% for each measure; below its name what it would make of the reader's number."""
    return cut_rates([_cut(row) for row in rows.filter("first").to_dicts()], key="■ 试点县降幅", canvas=canvas)


def _cut(row: dict[str, Any]) -> Cut:
    counts = f"{words.value(row['before'])}→{words.value(row['after'], row['unit_measure'])}"
    mine = f"{row['for_set']}{row['mine']}→{row['result']}" if row["own"] else ""
    return Cut(
        label=Label(name=row["area_name"], detail=counts), change=row["change_pct"], decimals=1, fact_ids=row["fact_ids"],
        panel=findings.NAMES[row["indicator"]], aside=mine,
    )  # fmt: skip


def _notes(rows: pl.DataFrame) -> tuple[str, ...]:
    unsure = [row for row in rows.to_dicts() if row["doubt"] or row["to_check"]]
    told = dict.fromkeys(
        f"{row['area_name']}{findings.NAMES[row['indicator']]}：{row['doubt'] or row['to_check']}。" for row in unsure
    )
    doubts = (Remark("有的试点数存疑或待核。", "".join(told)),) if told else ()
    return (
        "若按同样幅度，只是把别县的百分比套在您的数上，不是建议，也不是预测：各县基数、范围、时点和职能都不同。",
        *doubts,
        "事业单位、事业编制只计县直涉改的，除学校、医院；您的范围不同就不换算。编制减了不等于人减了，超编人员要几年消化。",
        "同期不是试点的地方也在精简事业单位，降幅不全是试点的效果。",
    )  # fmt: skip


CUTS = Chart(
    id="mine-cuts",
    question="若按试点县的同样幅度，会是多少？（不是建议）",
    title="试点县降幅与按同样幅度换算的数（{when}）",
    unit="%",
    computed=True,
    rows=lambda db, chosen: queries.cuts(db, chosen.own),
    draw=draw_cuts,
    finding=findings.cuts,
    note=_notes,
    columns=(
        Column("area_name", "试点县", "place"),
        Column("indicator_zh", "项目"),
        Column("before", "改革前", "count"),
        Column("after", "改革后", "count"),
        Column("change_pct", "变化（%）", "percent"),
        Column("for_set", "您的县"),
        Column("mine", "现有", "stated"),
        Column("result", "若按同样幅度", "stated"),
    ),
)
MISSING = Chart(
    id="mine-fields",
    wide=True,
    question="还缺什么，补上能多看到什么？",
    title="所填各项及其用处",
    unit="",
    rows=lambda db, chosen: queries.fields(db, chosen.own),
    finding=findings.fields,
    note=lambda rows: ("出处是这一项可以并列的公布数；没有填的不影响其他各项。",),
    columns=(
        Column("field", "项目"),
        Column("state", "填写"),
        Column("text", "您的数", "stated"),
        Column("source", "数的来源"),
        Column("use", "能看到什么"),
    ),
)
