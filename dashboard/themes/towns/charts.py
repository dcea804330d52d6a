"""Charts of 经济发达镇: take-up, bodies, delegation before and after, what was taken back, duty lists."""

from typing import Any

import polars as pl

from dashboard.cards.chart import Bars, Chart, Column, Figure, each
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.change_dumbbell import Change, change_dumbbell
from dashboard.drawing.marks import Fill
from dashboard.drawing.scoped_numbers import ScopedNumber, scoped_numbers
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Frame, Part, stacked_bars
from dashboard.drawing.take_up import TakeUp, take_up
from dashboard.gate.comparability import compare, with_panel
from dashboard.gate.notes import set_apart
from dashboard.language import words
from dashboard.language.pick import published_by
from dashboard.themes.towns import rows as queries
from dashboard.themes.towns import sentences as findings
from dashboard.warehouse.places import MOST_SHOWN

DUTIES: tuple[tuple[str, str, Fill], ...] = (
    ("basic", "基本履职", "dark"),
    ("supporting", "配合履职", "mid"),
    ("taken_back", "上级收回", "outline"),
)


def draw_take_up(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Towns, then all together, then without those at 100 %."""
    listed = rows.to_dicts()
    full = words.listing(row["area_name"] for row in listed if row["grouping"] == "town" and row["take_up"] == 100)
    items = next((row["catalogue_items"] for row in listed if row["grouping"] == "town"), None)
    line = f"目录{words.value(items)}项＝100%" if items else "目录＝100%"
    return take_up([_town(row, full) for row in with_panel(rows).to_dicts()], catalogue=line, canvas=canvas)


def _town(row: dict[str, Any], full: str) -> TakeUp:
    names = {"merged": f"{words.value(row['towns'])}镇合并", "merged_without_full": f"不含{full}"}
    return TakeUp(
        label=Label(name=names.get(row["grouping"], row["area_name"])), accepted=row["accepted"], catalogue=row["catalogue_items"],
        fact_ids=row["fact_ids"], merged=row["grouping"] != "town", panel=row["panel"],
    )  # fmt: skip


def draw_bodies(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Party-government bodies and 事业单位 of each town in one bar; the first bar names them."""
    kinds: tuple[tuple[str, str, Fill], ...] = (("党政机构", "party_gov", "solid"), ("事业单位", "institutions", "light"))
    bars: list[Bar] = []
    for row in with_panel(rows).to_dicts():
        parts = tuple(
            Part(value=row[kind], fill=fill, name="" if bars else name, inside=(words.value(row[kind]),),
                 says=f"{name} {words.value(row[kind], '个')}", fact_ids=row["fact_ids"])
            for name, kind, fill in kinds
        )  # fmt: skip
        end = words.value(row["total"], "个")
        bars.append(Bar(label=Label(name=row["area_name"]), parts=parts, end=end, panel=row["panel"]))
    return stacked_bars(bars, canvas=canvas)


def draw_held(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Items before and after, every list on a scale of its own: their grain differs, so that no line is held against another's."""
    # A list is an axis of its own; its name says so as long as no other axis has it.
    alone = rows.select("axis", "catalogue").unique().height == rows["catalogue"].n_unique()
    name = "catalogue" if alone else "axis"
    changes = [
        Change(label=Label(name=f"{row['area_name']}{'各' if row['places'] > 1 else ''}", detail=_dates(row)), before=row["before"], after=row["after"],
               fact_ids=row["fact_ids"], panel=row[name], measure=row[name])
        for row in rows.to_dicts()
    ]  # fmt: skip
    return change_dumbbell(changes, unit="项", ends=("调整前", "调整后"), canvas=canvas)


def _dates(row: dict[str, Any]) -> str:
    before, after = words.date(row["time_before"]), words.date(row["time_after"])
    return after if before == after else f"调整前{before}，调整后{after}"


def _held_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """The gate counts places: a row may stand for several."""
    members = {"area_name": "names", "counted_as": "counted"}
    places = rows.with_columns(pl.col(all_of).str.split("、").alias(one) for one, all_of in members.items()).explode(
        list(members)
    )
    return ("每份清单各用一条轴，都从零起，线长是减少的项数。", *compare(places).texts)


def draw_duties(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """The three lists of an average township as parts of one bar: parts of one whole, which may share its axis. Every place has an
    axis of its own, so that nothing is held against another place."""
    bars = []
    for row in rows.to_dicts():
        about = "约" if row["approx"] else ""
        parts = tuple(
            Part(value=row[part], fill=fill, name=name, inside=(f"{about}{words.value(row[part], '项')}", words.value(row[part])),
                 says=f"{name} {about}{words.value(row[part], '项')}", fact_ids=row["fact_ids"])
            for part, name, fill in DUTIES if row[part] is not None
        )  # fmt: skip
        missing = [name for part, name, _ in DUTIES if row[part] is None]
        note = f"，{words.listing(missing)}平均数未公布" if missing else ""
        label = Label(name=row["area_name"], detail=f"{words.date(row['time_period'])}{note}")
        kept = f"保留{about}{words.value(row['kept'], '项')}" if row["kept"] is not None else ""
        base = f"（n＝{row['townships_said'].removesuffix('个')}）" if row["townships_said"] else "（n未公布）"
        bars.append(Bar(label=label, parts=parts, end=kept, panel=f"{row['area_name']}：{row['scope']}{base}"))
    return stacked_bars(bars, frame=Frame(least_plot=220), canvas=canvas)


def _revoked(row: dict[str, Any]) -> ScopedNumber:
    """Counts without a common axis: what a list holds differs from place to place."""
    scope = row["area_name"] if row["category"] == "_T" else f"{row['area_name']}（{row['category']}）"
    text = words.value(row["obs_value"], "项")
    return ScopedNumber(text=text, scope=scope, detail=words.date(row["time_period"]), fact_ids=row["fact_ids"])


def _cut(rows: pl.DataFrame) -> tuple[str, ...]:
    """That a list holds the first of very many places only."""
    total = published_by(rows)
    return (f"公布这一项的地区有{total}个，只列代码在前的{MOST_SHOWN}个；其余的在地区档案里。",) if total else ()


TAKE_UP = Chart(
    id="towns-take-up",
    question="六个镇把放下来的权接住了多少？",
    title="{when}驻马店市经济发达镇赋权事项承接情况",
    unit="项",
    computed=True,
    rows=lambda db, _chosen: queries.take_up(db),
    draw=draw_take_up,
    native=Bars(series=("take_up",)),
    finding=findings.take_up,
    note=lambda rows: (
        "承接率＝已承接项数÷同一目录项数（本库工作定义，未检到成文定义），只在同一目录内比较。",
        "承接不等于用得起来：目录数、承接数、实际办件数是三回事。",
    ),
    columns=(
        Column("area_name", "地区", "place"),
        Column("towns", "镇数", "count"),
        Column("accepted", "已承接（项）", "count"),
        Column("catalogue_items", "目录（项）", "count"),
        Column("take_up", "承接率（%）", "percent"),
        Column("time_period", "时点", "period"),
    ),
)

CHARTS: tuple[Chart, ...] = (
    TAKE_UP,
    Chart(
        id="towns-bodies",
        question="六个镇的机构有什么不同？",
        title="{when}驻马店市经济发达镇机构设置",
        unit="个",
        rows=lambda db, _chosen: queries.bodies(db),
        draw=draw_bodies,
        native=Bars(series=("party_gov", "institutions"), stacked=True),
        finding=findings.bodies,
        note=lambda rows: ("党政机构为综合办事机构，挂牌不另计；每镇合计相同，不能说哪个镇机构多。",),
        columns=(
            Column("area_name", "镇", "place"),
            Column("party_gov", "党政机构（个）", "count"),
            Column("institutions", "事业单位（个）", "count"),
            Column("total", "合计（个）", "count"),
            Column("time_after", "时点", "period"),
        ),
    ),
    Chart(
        id="towns-held",
        question="下放的事项后来收回了多少？",
        title="{when}部分地区下放事项调整前后项数",
        unit="项",
        rows=lambda db, _chosen: queries.held(db),
        draw=draw_held,
        finding=findings.held,
        note=_held_notes,
        columns=(
            Column("catalogue", "清单"),
            Column("area_name", "地区"),
            Column("names", "包括"),
            Column("before", "调整前（项）", "count"),
            Column("after", "调整后（项）", "count"),
            Column("change_pct", "变化（%）", "percent"),
            Column("time_after", "时点", "period"),
            Column("remark_before", "附注（调整前）"),
        ),
    ),
    Chart(
        id="towns-duties",
        question="履职清单给一个乡镇定了多少事？",
        title="{when}乡镇（街道）履职事项清单平均项数",
        unit="项",
        rows=lambda db, _chosen: queries.duty_lists(db),
        draw=draw_duties,
        finding=findings.duty_lists,
        note=lambda rows: (
            set_apart("不并列：履职事项、赋权事项、底稿条目是三回事，不能放在一条轴上。"),
            "上级收回是三张清单之一，不再由乡镇承担，与赋权事项的收回不同。",
        ),
        columns=(
            Column("area_name", "地区", "place"),
            Column("basic", "基本履职（项）", "count"),
            Column("supporting", "配合履职（项）", "count"),
            Column("kept", "保留合计（项）", "count"),
            Column("taken_back", "上级收回（项）", "count"),
            Column("townships", "平均所据乡镇（街道）（个）", "count"),
            Column("time_period", "时点", "period"),
        ),
    ),
    Chart(
        id="towns-revoked",
        question="各地收回了哪些赋权事项？",
        title="{when}部分地区收回赋权事项",
        unit="项",
        rows=lambda db, _chosen: queries.revoked(db),
        draw=each(scoped_numbers, _revoked),
        finding=findings.revoked,
        note=lambda rows: (
            set_apart("不并列：各地清单的类型、粒度、层级不同，收回项数不能排名；收回不等于失败。"),
            *_cut(rows),
        ),
        columns=(
            Column("area_name", "地区", "place"),
            Column("category", "范围"),
            Column("obs_value", "收回（项）", "count"),
            Column("as_stated", "原文", "stated"),
            Column("time_period", "时点", "period"),
            Column("context", "附注"),
        ),
    ),
    Chart(
        id="towns-catalogues",
        question="各地赋权目录有多少项？",
        title="{when}部分地区乡镇赋权目录项数",
        unit="项",
        rows=lambda db, _chosen: queries.catalogues(db),
        finding=findings.catalogues,
        note=lambda rows: (
            set_apart("不并列：目录有委托、授权、法定之分，有省定、市定、县定之分，项数不能跨地区排名，所以只列表、不画图。"),
            *_cut(rows),
        ),
        columns=(
            Column("area_name", "地区", "place"),
            Column("catalogue", "目录"),
            Column("kind", "类型"),
            Column("obs_value", "项数（项）", "count"),
            Column("as_stated", "原文", "stated"),
            Column("time_period", "时点", "period"),
            Column("note", "附注"),
        ),
        wide=True,
    ),
)
