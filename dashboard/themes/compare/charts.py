"""对比分析: one measure, the reader's places. The form follows the data, the scope gate decides what shares an axis."""

from collections.abc import Callable
from typing import Any

import polars as pl

from dashboard.cards.chart import Chart, Column, Figure
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.gate.comparability import Panel, compare, ranks, split
from dashboard.language import words
from dashboard.language.pick import published_by
from dashboard.language.remarks import closing
from dashboard.themes.compare import apart, forms, measures, ordering
from dashboard.themes.compare import sentences as findings
from dashboard.themes.compare.rows import RATIO
from dashboard.themes.extension.charts import FILL_RATE
from dashboard.themes.ratio.charts import COMPUTED, DIRECTION
from dashboard.themes.ratio.sentences import cautions, doubts
from dashboard.warehouse.codes import Codes, codes, phase_zh
from dashboard.warehouse.places import MOST_SHOWN
from dashboard.warehouse.tables import RECOMPUTED

DEFAULT_INDICATOR = "party_gov_bodies"
FEWEST_RANKED = 3
DRAWINGS: dict[str, Callable[[pl.DataFrame, Canvas], Figure]] = {
    "values": forms.draw_values, "staffing": forms.draw_staffing, "structure": forms.draw_structure, "take_up": forms.draw_take_up,
}  # fmt: skip
LATEST = "一地有多个时点的取最近一个，其余见地区档案。"
STRUCTURE = "构成以n为基数，各部分相加为100%；只列各部分与合计相符的来源，其余见表格和地区档案。"
CUT = "公布这一项的地区有{n}个，图和表只列代码在前的{most}个；请选择地区。"
ORDER = "排列：{order}，没有改革后数的和没有公布的在后；只为便于查看，不是名次。"
ORDER_OF_PARTS = "排列：{order}，没有公布的在后；只为便于查看，不是名次。"
TAKE_UP = "承接率＝已承接项数÷同一目录项数；承接不等于办理，项数不跨目录相比。"


def prepared(rows: pl.DataFrame, names: Codes) -> pl.DataFrame:
    """Rows of a measure with the panel they belong to (axis), the value in words (said), what they are (item) and the rank, if any."""
    if rows.is_empty():
        return rows
    listed = rows.to_dicts()
    rows = rows.with_columns(
        pl.Series("said", [_said(row) for row in listed], pl.String),
        pl.Series("item", [_item(row, names) for row in listed], pl.String),
    )
    on_axis = pl.col("axis_key").is_not_null()
    silent = rows.filter(~on_axis).with_columns(axis=pl.lit(words.NOT_PUBLISHED), rank=pl.lit(""))
    panels = pl.concat([*(_ranked(panel) for panel in split(rows.filter(on_axis))), silent], how="diagonal_relaxed")
    return ordering.in_order(panels)


def _said(row: dict[str, Any]) -> str:
    form, value = row["form"], row["obs_value"]
    if form == "staffing" and value is not None:
        outcome = f"、{words.over(row['actual'], row['authorised'])}" if row["comparable"] else ""
        return f"编制{words.value(row['authorised'], '名')}、实有{words.value(row['actual'], '人')}{outcome}"
    if form == "structure" and value is not None:
        return f"{words.value(value, row['unit_measure'])}（{words.percent(row['share'])}，n＝{words.value(row['base'])}）"
    if form == "take_up" and row.get("accepted") is not None:
        if not row["catalogue_items"]:
            return f"承接{words.value(row['accepted'], '项')}（目录总项数未公布）"
        return f"{words.percent(value)}（{words.value(row['accepted'])}／{words.value(row['catalogue_items'], '项')}）"
    if value is None:
        return words.NOT_PUBLISHED
    return words.claimed(row)


def _item(row: dict[str, Any], names: Codes) -> str:
    if row["form"] == "structure":
        return (row["category"] or "").replace("-", "～")
    return phase_zh(names, row["phase"]) if row["form"] == "values" else ""


def _ranked(panel: Panel) -> pl.DataFrame:
    rows = panel.rows.with_columns(pl.lit(panel.label).alias("axis"))
    if rows["form"][0] != "values" or why_unranked(panel):
        return rows.with_columns(pl.lit("").alias("rank"))
    best_high = ordering.largest_first(rows)
    found = {
        rank.area_name: rank.text
        for rank in ranks(panel, value="obs_value", low="value_low", high="value_high", best_high=best_high)
    }
    return rows.with_columns(pl.col("area_name").replace_strict(found, default="").alias("rank"))


def why_unranked(panel: Panel) -> str:
    """Why a panel of values gets no rank; blank when it does: the warehouse allows it, one year, one row a place, n ≥ 3."""
    known = panel.rows.filter(pl.col("obs_value").is_not_null())
    if not panel.may_rank:
        # What is in doubt, and which sum does not come out, is told in notes of its own.
        return words.listing(dict.fromkeys(reason.partition("：")[0].removesuffix("，不排名") for reason in panel.withheld))
    if known["area_name"].n_unique() < FEWEST_RANKED:
        return f"不足{FEWEST_RANKED}个地区"
    if known["area_name"].n_unique() < known.height:
        return "同一地区有几个时点或阶段"
    if known["year"].n_unique() > 1 or known["year"].null_count():
        return "年份不同"
    return ""


def draw(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """The form that the measure asks for."""
    return DRAWINGS[rows["form"][0]](rows, canvas)


def notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """What was kept apart and why, what the gate warns of, why nothing is ranked, how to read the form."""
    form, known = rows["form"][0], rows.filter(pl.col("axis") != words.NOT_PUBLISHED)
    gate = compare(rows.drop("rank"), marks=form == "values", axis="axis")
    said: list[str] = [*apart.why(gate.panels), *gate.texts]
    if total := published_by(rows):
        said.append(CUT.format(n=total, most=MOST_SHOWN))
    if form == "values" and gate.panels:
        reasons = list(dict.fromkeys(filter(None, (why_unranked(panel) for panel in gate.panels))))
        said += [f"不排名：{reason}。" for reason in reasons] or [_order(known)]
        if (order := ordering.said(known)) and reasons:
            said.append(ORDER.format(order=order))
    if form != "values" and (order := ordering.said(known)):
        said.append(ORDER_OF_PARTS.format(order=order))
    if form == "staffing":
        said += [FILL_RATE, *_reasons(known)]
    said += {"structure": [STRUCTURE], "take_up": [TAKE_UP]}.get(form, [])
    if "year" in gate.codes and form in {"values", "staffing"}:
        said.append(LATEST)
    is_ratio = "indicator" in rows.columns and RATIO in rows["indicator"].to_list()
    if form == "values" and not is_ratio:
        said += [f"{row['area_name']}{row['item']}{row['said']}：{doubt}。" for row in known.to_dicts() for doubt in doubts(row)]
    if is_ratio:
        said += [*cautions(known), DIRECTION, *([COMPUTED] if (known["basis"] == RECOMPUTED).any() else [])]
    return tuple(dict.fromkeys(said))


def _order(rows: pl.DataFrame) -> str:
    """How the places were put in order, and what a large number means."""
    meaning = [said for said in rows["direction_zh"].drop_nulls().unique(maintain_order=True).to_list() if said]
    order = words.order(ordering.largest_first(rows), rows["unit_measure"][0])
    return (
        f"位次按数值{order}{f'（{words.listing(meaning)}）' if meaning else ''}；数值相同的并列，约数和只知一端的，位次给出范围。"
    )


def _reasons(rows: pl.DataFrame) -> list[str]:
    """Why some headcounts are not divided by their posts."""
    both = pl.col("authorised").is_not_null() & pl.col("actual").is_not_null()
    barred = rows.filter(~pl.col("comparable") & both)
    other = barred.filter(pl.col("unclosed_zh").is_null())
    names = words.listing(dict.fromkeys(other["area_name"].to_list()))
    apart = f"不相除：{names}的实有含离退休、聘用等人员，或没有说明范围，与编制不对应。"
    return [*closing(barred), *([apart] if other.height else [])]


def title(rows: pl.DataFrame) -> str:
    """The question of the card for these rows: 党政机构数：3个地区相比怎么样？"""
    named = [name for name in rows["indicator_zh"].to_list() if name] if "indicator_zh" in rows.columns else []
    if not named:
        return COMPARE.question
    places = rows.select(pl.coalesce("counted_as", "ref_area").n_unique()).item()
    if total := published_by(rows):
        return f"{named[0]}：公布的{total}个地区中的{places}个"
    return f"{named[0]}：{rows['area_name'][0]}是多少？" if places == 1 else f"{named[0]}：{places}个地区相比怎么样？"


COMPARE = Chart(
    id="compare-places",
    question="所选地区相比怎么样？",
    title="{when}{area}{indicator}",
    rows=lambda db, chosen: prepared(
        measures.rows(db, chosen.indicator or DEFAULT_INDICATOR, chosen.places, chosen.cohorts), codes(db)
    ),
    draw=draw,
    finding=findings.values,
    note=notes,
    columns=(
        Column("area_name", "地区", "place"),
        Column("item", "阶段或类别"),
        Column("said", "数值", "stated"),
        Column("rank", "位次"),
        Column("axis", "口径"),
        Column("time_period", "时点", "period"),
    ),
    wide=True,
    empty="所选地区和指标没有可引用的数字：换一个指标，或换几个地区。",
)
CHARTS: tuple[Chart, ...] = (COMPARE,)
