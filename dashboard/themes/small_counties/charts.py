"""Charts of 人口小县: bodies before and after, what was cut hardest, what other places did, posts against people."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.cards.chart import Bars, Chart, Column, Figure, each
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.drawing.change_dumbbell import Change, Range, change_dumbbell
from dashboard.drawing.cut_rates import Cut, cut_rates
from dashboard.drawing.dot_plot import Point, dot_plot
from dashboard.drawing.event_time import Course, event_time
from dashboard.drawing.marks import Fill
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Frame, Part, stacked_bars
from dashboard.gate.comparability import compare, with_panel
from dashboard.gate.notes import Remark, spread_notes
from dashboard.language import words
from dashboard.themes.measures.charts import KINDS as MEASURE_KINDS
from dashboard.themes.measures.charts import PILOTS as MEASURES
from dashboard.themes.small_counties import rows as queries
from dashboard.themes.small_counties import sentences as findings
from dashboard.themes.small_counties.pilots.charts import PILOTS_TABLE
from dashboard.themes.small_counties.size_bands.charts import CHARTS as SIZE_BANDS
from dashboard.themes.timeline.charts import PILOTS

COMPUTED = "computed"
CHANGE_COLUMNS = (
    Column("area_name", "地区", "place"),
    Column("scope", "口径"),
    Column("before", "改革前（个）", "count"),
    Column("after", "改革后（个）", "count"),
    Column("change_pct", "变化（%）", "percent"),
    Column("time_before", "改革前时点", "period"),
    Column("time_after", "改革后时点", "period"),
    Column("cohort", "批次"),
)


def draw_bodies(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Pilots by scope; where bodies are counted, ordinary counties as a band and the pilots' commonest end as a line."""
    pilots, ordinary = (rows.filter(pl.col("control") == control) for control in (False, True))
    changes = [
        Change(label=Label(name=row["area_name"], detail=words.years_from_to(row["time_before"], row["time_after"])), before=row["before"], after=row["after"],
               fact_ids=row["fact_ids"], limit=row["scope_nature"] == "limit", panel=row["axis"])
        for row in pilots.to_dicts()
    ]  # fmt: skip
    return change_dumbbell(changes, unit="个", ranges=_ranges(pilots, ordinary), canvas=canvas)


def _ranges(pilots: pl.DataFrame, ordinary: pl.DataFrame) -> list[Range]:
    """A range stands only on its own axis."""
    ranges = []
    for axis, members in ordinary.group_by("axis", maintain_order=True):
        low, high = members["after"].to_list()[0], members["after"].to_list()[-1]
        text = f"普通县区{words.extent(low, high, '个')}（n＝{members.height}）"
        ranges.append(Range(low=low, high=high, text=text, panel=str(axis[0])))
        ends = pilots.filter((pl.col("axis") == axis[0]) & pl.col("after").is_not_null())["after"]
        common = ends.mode().sort()
        if len(common) == 1 and (ends == common[0]).sum() > 1:
            ranges.append(Range(low=common[0], high=common[0], text=words.value(common[0], "个"), panel=str(axis[0])))
    return ranges


def _course(row: dict[str, Any]) -> Course:
    """Batches of different years on one clock: a form of its own, which holds one scope (rows.courses), and whose axis is the time
    since each reform began, so that no two places are read off one axis of values."""
    dates = [words.date(row[end]) for end in ("start", "time_after") if row[end]]
    years = (row["years_low"], row["years_high"]) if row["years_low"] is not None else None
    return Course(
        label=Label(name=row["area_name"], detail="→".join(dates) if row["start"] else ""), before=row["before"],
        after=row["after"], years=years, fact_ids=row["fact_ids"], off_clock="" if row["start"] else _without_start(row),
    )  # fmt: skip


def _without_start(row: dict[str, Any]) -> str:
    """What is known of a place that has no T0: 2022年公布35→22个；启动时间未公布."""
    if row["before"] is None or row["after"] is None:
        end, known = ("改革后", row["before"]) if row["after"] is None else ("改革前", row["after"])
        other = "改革前" if end == "改革后" else "改革后"
        return f"{other}{words.value(known, '个')}；启动时间和{end}的数未公布"
    when = f"{words.date(row['time_after'])}公布" if row["time_after"] else ""
    return f"{when}{words.value(row['before'])}→{words.value(row['after'], '个')}；启动时间未公布"


def _course_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """What the two ends of the clock are; a report's date is not the date of completion."""
    reported = rows.filter(pl.col("years_low").is_not_null() & ~pl.col("completed"))["area_name"].to_list()
    ends = (f"{words.listing(reported)}的改革后时点是报道的时点，完成日期未公布。",) if reported else ()
    return (
        *compare(rows, value="after").texts,
        *ends,
        "启动：确定试点（或启动改革）的月份；改革前的数只知年份或时点未公布，统一放在启动前一年处。",
    )


def draw_convergence(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Where counties ended; those with the same number and standing are one row, named in it."""
    points = []
    for (axis, control, after), members in rows.group_by(["axis", "control", "after"], maintain_order=True):
        names = members["area_name"].to_list()
        many = len(names) > 3
        name = f"{len(names)}个普通县区" if many and control else words.listing(names)
        point = Point(
            label=Label(name=name, detail=words.listing(names) if many else ""), value=float(str(after)),
            text=words.value(float(str(after)), "个"), fact_ids=",".join(members["fact_ids"]), control=bool(control), panel=str(axis),
        )  # fmt: skip
        points.append(point)
    return dot_plot(points, key="● 人口小县　◇ 普通县区", canvas=canvas)


def draw_halves(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Party side and government side as parts of one bar, before (where published) and after; the first bar names them."""
    kinds: tuple[tuple[str, str, Fill], ...] = (("党委机构", "party", "solid"), ("政府机构", "gov", "light"))
    bars: list[Bar] = []
    for row in rows.to_dicts():
        who = "人口小县" if row["cohort_role"] == queries.PILOT else "普通县区"
        for when, suffix in (("改革前", "_before"), ("改革后", "")):
            if row[f"total{suffix}"] is None:
                continue
            parts = tuple(
                Part(value=row[f"{side}{suffix}"], fill=fill, name="" if bars else name, inside=(words.value(row[f"{side}{suffix}"]),),
                     says=f"{when}{name} {words.value(row[f'{side}{suffix}'], '个')}", fact_ids=row["fact_ids"])
                for name, side, fill in kinds
            )  # fmt: skip
            label = Label(name=row["area_name"], detail=f"{who}，{when}")
            bars.append(Bar(label=label, parts=parts, end=words.value(row[f"total{suffix}"], "个"), panel=row["axis"]))
    # One scale for both ways of counting: bars of 22 and of 36 must not end at the same place.
    return stacked_bars(bars, frame=Frame(full=max((bar.total for bar in bars), default=1.0)), canvas=canvas)


def _body_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    pilots = rows.filter(~pl.col("control"))
    computed = words.listing(row["area_name"] for row in pilots.to_dicts() if row["before_basis"] == COMPUTED)
    basis = (f"改革前为推算值（改革后加减少数）：{computed}。",) if computed else ()
    return (*compare(pilots, value="after").texts, *basis, *_plan_notes(rows), "限额是上级规定的上限，不是实设数；各栏同一标尺。")


def _plan_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """Ordinary counties that are known by an approved plan: what it sets up, not what was counted later."""
    planned = list(dict.fromkeys(rows.filter(pl.col("by_plan"))["area_name"].to_list()))
    text = f"普通县区中有{len(planned)}个是批准方案的设置数，不是挂牌后清点的实设数。"
    return (Remark(text, f"按方案：{words.listing(planned)}。"),) if planned else ()


def _halves_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """Parts are counted as their county's total is."""
    apart = rows.filter(pl.col("scope") != queries.ACTUAL_BODIES).group_by("scope", maintain_order=True)
    own = [
        f"{words.listing(members['area_name'])}的合计口径为{scope}，党委、政府两部分随合计另列一栏。"
        for (scope,), members in apart
    ]
    return (*compare(rows, value="total").texts, *own)


WHO = "■ 人口小县试点　▨ 其他地区"


def _average_cut(row: dict[str, Any]) -> Cut:
    """The stated averages from the largest cut, with the counts from which they recompute: per cent of several things of one pair
    of counties in one scope may share an axis (whole_key)."""
    unit = row["unit_measure"]
    sums = f"{words.value(row['before_sum'])}→{words.value(row['after_sum'], unit)}" if row["before_sum"] else ""
    detail = f"{sums}（待核）" if sums and row["to_check"] else sums
    label = Label(name=findings.SHORT_NAMES[row["indicator"]], detail=detail)
    return Cut(label=label, change=row["obs_value"], decimals=0, fact_ids=row["fact_ids"])


def _control(row: dict[str, Any]) -> Cut:
    """Pilots and other places, an axis of the same length (0～100%) for each that the gate tells apart."""
    return replace(_cut(row), panel=f"{'其他地区' if row['control'] else '人口小县试点'}·{row['axis']}")


def draw_deliberative(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """One kind of body (0～100%), an axis for each scope that the gate tells apart."""
    cuts = [replace(_cut(row), panel=row["panel"]) for row in with_panel(rows).to_dicts()]
    return cut_rates(cuts, key=WHO, canvas=canvas)


def _cut(row: dict[str, Any]) -> Cut:
    counts = f"{words.value(row['before'])}→{words.value(row['after'], '个')}" if row["before"] is not None else "个数未公布"
    label = Label(name=row["area_name"], detail="，".join(filter(None, (counts, row["doubt"]))))
    return Cut(label=label, change=row["obs_value"], decimals=1, fact_ids=row["fact_ids"], control=row["control"])


def draw_posts_and_people(rows: pl.DataFrame, canvas: Canvas = FLUID) -> Figure:
    """Posts kept and cut as one bar, people over quota below it."""
    bars = []
    for row in rows.to_dicts():
        cut = row["before"] - row["after"]
        parts = (
            Part(value=row["after"], fill="solid", inside=(f"保留{words.value(row['after'], '名')}", words.value(row["after"])),
                 says=f"改革后编制 {words.value(row['after'], '名')}", fact_ids=row["posts_fact_ids"]),
            Part(value=cut, fill="outline", inside=(f"核减{words.value(cut, '名')}", words.value(cut)),
                 says=f"核减编制 {words.value(cut, '名')}", fact_ids=row["posts_fact_ids"]),
        )  # fmt: skip
        name = Label(name=f"{row['area_name']}事业编制", detail=f"{words.value(row['before'])}→{words.value(row['after'], '名')}")
        bars.append(Bar(label=name, parts=parts))
        over = Part(
            value=row["over"], fill="excess", says=f"超编人员 {words.value(row['over'], '人')}", fact_ids=row["fact_ids_over"]
        )
        detail = f"过渡期{words.value(row['years'], '年')}" if row["years"] is not None else "过渡期未公布"
        if row["target_low"] is not None:
            detail += f"或{words.span(row['target_low'], row['target_high'], '年')}"
        bars.append(Bar(label=Label(name="仍在册的超编人员", detail=detail), parts=(over,), end=words.value(row["over"], "人")))
    return stacked_bars(bars, canvas=canvas)


def _cut_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """Whether the stated averages recompute from the two counties' counts, within the rounding of a whole per cent."""
    sums = rows.filter(pl.col("before_sum").is_not_null())
    again = (pl.col("after_sum") / pl.col("before_sum") - 1) * 100
    off = sums.filter((again - pl.col("obs_value")).abs() > 0.5)
    verdict = (
        f"复算不符：{words.listing(off['indicator_zh'].to_list())}。"
        if off.height
        else "按两县改革前后个数之和复算，各项都相符。"
    )
    pending = [
        Remark(f"待核：{findings.SHORT_NAMES[row['indicator']]}的两县个数。", f"{row['to_check']}。")
        for row in sums.filter(pl.col("to_check").is_not_null()).to_dicts()
    ]
    return (f"两县平均，原文给出百分比；{verdict}", *pending, "事业机构、事业编制只计涉改部分，除学校、医院。")


def _control_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """All years on show are named: the panels hold one place each, but the eye compares them."""
    own = [note for note in compare(rows).notes if note.code not in {"year", "cohort"}]
    return (
        *(note.remark for note in (*own, *spread_notes([rows]))),
        "“其他地区”只是不在人口小县试点之列，当地也在改革事业单位，不是没有改革的对照组。",
        "各栏范围不同，都按0～100%画，只看降幅的量级。",
    )


def _posts_notes(rows: pl.DataFrame) -> tuple[str, ...]:
    """What the two numbers are not, place by place."""
    told = [
        f"{words.value(row['over'])}是超编人员，不是裁减人数；{words.value(row['before'] - row['after'])}是核减的编制，不是减少的人。"
        for row in rows.filter(pl.all_horizontal(pl.col("over", "before", "after").is_not_null())).to_dicts()
    ]
    both = rows.filter(pl.all_horizontal(pl.col("years", "target_low").is_not_null()))
    claims = [
        f"过渡期{words.value(row['years'], '年')}为县编办口径（{row['years_publisher']}）；"
        f"{row['target_publisher']}写作目标年限{words.span(row['target_low'], row['target_high'], '年')}。"
        for row in both.to_dicts()
    ]
    return (*told, *claims, "只计涉改事业单位，除学校、医院。")


BODIES = Chart(
    id="small-counties-bodies",
    question="人口小县的党政机构精简到多少？",
    title="{when}人口小县改革前后党政机构数",
    unit="个",
    computed=True,
    rows=lambda db, _chosen: queries.bodies_and_ordinary(db),
    draw=draw_bodies,
    finding=findings.bodies,
    note=_body_notes,
    columns=CHANGE_COLUMNS,
)
POSTS_AND_PEOPLE = Chart(
    id="small-counties-posts-people",
    question="编制减了，人减了吗？",
    title="{when}河曲县事业编制核减与超编人员",
    unit="名、人",
    computed=True,
    rows=lambda db, _chosen: queries.posts_and_people(db),
    draw=draw_posts_and_people,
    finding=findings.posts_and_people,
    note=_posts_notes,
    columns=(
        Column("area_name", "地区", "place"),
        Column("before", "改革前编制（名）", "count"),
        Column("after", "改革后编制（名）", "count"),
        Column("over", "超编人员（人）", "count"),
        Column("years", "过渡期（年）", "count"),
        Column("target_low", "目标年限下限（年）", "count"),
        Column("target_high", "目标年限上限（年）", "count"),
        Column("scope", "口径"),
    ),
)

CHARTS: tuple[Chart, ...] = (
    PILOTS_TABLE,
    MEASURES,
    BODIES,
    Chart(
        id="small-counties-clock",
        question="从确定试点到公布改革后的数，隔了多久？",
        title="人口小县自确定试点到公布改革后党政机构数的时间（{when}）",
        unit="个",
        rows=lambda db, _chosen: queries.courses(db),
        draw=each(event_time, _course, unit="个"),
        finding=findings.courses,
        note=_course_notes,
        columns=(Column("area_name", "地区", "place"), Column("start", "启动", "period"), *CHANGE_COLUMNS[2:]),
    ),
    Chart(
        id="small-counties-cuts",
        question="哪一项减得最多？",
        title="河曲、浮山两县各类机构编制改革前后平均变化（{when}）",
        unit="%",
        rows=lambda db, _chosen: queries.cuts(db),
        draw=each(cut_rates, _average_cut),
        native=Bars(series=("obs_value",)),
        finding=findings.cuts,
        note=_cut_notes,
        columns=(
            Column("indicator_zh", "项目"),
            Column("obs_value", "原文变化（%）", "percent"),
            Column("before_sum", "两县改革前合计", "count"),
            Column("after_sum", "两县改革后合计", "count"),
            Column("unit_measure", "单位"),
            Column("time_after", "时点", "period"),
        ),
    ),
    Chart(
        id="small-counties-convergence",
        question="改革后的机构数是不是趋于一致？",
        title="{when}人口小县与普通县区党政机构数",
        unit="个",
        rows=lambda db, _chosen: queries.convergence(db),
        draw=draw_convergence,
        finding=findings.convergence,
        note=lambda rows: (*compare(rows).texts, *_plan_notes(rows)),
        columns=(
            Column("area_name", "地区", "place"),
            Column("cohort", "批次"),
            Column("scope", "口径"),
            Column("after", "机构（个）", "count"),
            Column("time_after", "时点", "period"),
        ),
    ),
    Chart(
        id="small-counties-halves",
        question="党委机构和政府机构，改革前后各有多少？",
        title="{when}部分县区改革前后党委机构与政府机构数",
        unit="个",
        rows=lambda db, _chosen: queries.halves(db),
        draw=draw_halves,
        native=Bars(series=("party", "gov"), stacked=True),
        finding=findings.halves,
        note=_halves_notes,
        columns=(
            Column("area_name", "地区", "place"),
            Column("scope", "口径"),
            Column("party_before", "改革前党委机构（个）", "count"),
            Column("gov_before", "改革前政府机构（个）", "count"),
            Column("party", "改革后党委机构（个）", "count"),
            Column("gov", "改革后政府机构（个）", "count"),
            Column("total", "改革后合计（个）", "count"),
            Column("time_after", "改革后时点", "period"),
        ),
    ),
    Chart(
        id="small-counties-control",
        question="不是试点的地方也减了吗？",
        title="{when}试点县与其他地区事业单位数变化",
        unit="%",
        rows=lambda db, _chosen: queries.institutions(db),
        draw=each(cut_rates, _control, key=WHO),
        finding=findings.control,
        note=_control_notes,
        columns=(
            Column("area_name", "地区", "place"),
            Column("scope", "范围"),
            Column("before", "改革前（个）", "count"),
            Column("after", "改革后（个）", "count"),
            Column("obs_value", "变化（%）", "percent"),
            Column("time_after", "时点", "period"),
        ),
    ),
    Chart(
        id="small-counties-deliberative",
        question="议事协调机构也是试点才减的吗？",
        title="{when}试点县与其他地区议事协调机构数变化",
        unit="%",
        rows=lambda db, _chosen: queries.deliberative(db),
        draw=draw_deliberative,
        finding=findings.deliberative,
        note=lambda rows: (*compare(rows).texts, "议事协调机构不占编制，降幅不与党政机构、事业单位并列。"),
        columns=(
            Column("area_name", "地区", "place"),
            Column("before", "改革前（个）", "count"),
            Column("after", "改革后（个）", "count"),
            Column("obs_value", "变化（%）", "percent"),
            Column("time_after", "时点", "period"),
        ),
    ),
    POSTS_AND_PEOPLE,
    *SIZE_BANDS,
    PILOTS,
    MEASURE_KINDS,
)
