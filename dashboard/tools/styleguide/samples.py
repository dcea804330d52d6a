"""One telling example of every form, small enough to check by eye: nulls, zeros, ties, long names and open ends included."""

from collections.abc import Callable
from typing import Any

from dashboard.drawing.authorised_actual import Staffing, authorised_actual
from dashboard.drawing.canvas import Canvas
from dashboard.drawing.change_dumbbell import Change, Range, change_dumbbell
from dashboard.drawing.cut_rates import Cut, cut_rates
from dashboard.drawing.dot_plot import Interval, Point, dot_plot
from dashboard.drawing.event_time import Course, event_time
from dashboard.drawing.matrix import Cell, Line, matrix
from dashboard.drawing.province_bands import Bands, Province, province_bands
from dashboard.drawing.province_tiles import PLACES, Tile, province_tiles
from dashboard.drawing.scoped_numbers import ScopedNumber, scoped_numbers
from dashboard.drawing.share_bars import Composition, Share, share_bars
from dashboard.drawing.sheet import Label
from dashboard.drawing.stacked_bars import Bar, Part, stacked_bars
from dashboard.drawing.take_up import TakeUp, take_up
from dashboard.drawing.timeline import Moment, timeline


def staffing() -> list[Staffing]:
    rows = [
        ("合计", "2013年", 143, 183, True), ("乡级", "", 88, 119, True), ("热市镇", "2024年", 99, 84, True), ("满编所", "", 20, 20, True),
        ("工勤", "", 4, 5, True), ("沙地镇", "2021年，实有含离退休、聘用、遗属", 77, 92, False), ("缺实有", "", 30, None, True),
    ]  # fmt: skip
    return [
        Staffing(label=Label(name=name, detail=detail), authorised=authorised, actual=actual, comparable=comparable,
                 authorised_fact_ids="F1", actual_fact_ids="F2")
        for name, detail, authorised, actual, comparable in rows
    ]  # fmt: skip


def tiles() -> list[Tile]:
    """Every step of fullness, none, and what is not counted, under the longest of names."""
    counts: list[float | None] = [66, 36, 14, 1, 0, None]
    return [
        Tile(
            code=code,
            name="黑龙江",
            count=counts[at % 6],
            said="未收录",
            marked=at % 4 == 0,
            says="黑龙江",
            fact_ids="F",
            chosen=at in {0, 9},
        )
        for at, code in enumerate(PLACES)
    ]


def changes() -> list[Change]:
    rows = [
        ("河曲县", "2020→2022年", 36, 22, "实设"), ("玛多县", "2022→2023年", 25, 20, "实设"), ("持平县", "", 22, 22, "实设"),
        ("双江拉祜族佤族布朗族傣族自治县", "2024年", 33, None, "实设"), ("榆社县", "", None, 22, "实设"), ("无数县", "", None, None, "实设"),
        ("古丈县", "2024年", 33, 23, "机构限额"), ("反弹区", "1999→2013年", 358, 579, "工作人员"),
    ]  # fmt: skip
    return [
        Change(
            label=Label(name=name, detail=detail),
            before=before,
            after=after,
            fact_ids="F1,F2",
            limit="限额" in panel,
            panel=panel,
        )
        for name, detail, before, after, panel in rows
    ]


def points() -> list[Point]:
    def point(name: str, value: float | None, text: str, panel: str, **more: Any) -> Point:
        return Point(
            label=Label(name=name, detail=more.pop("detail", "2020年")), value=value, text=text, fact_ids="F", panel=panel, **more
        )

    return [
        point("河曲县 改革前", 32, "32:1", "人口：未注明　人员：未注明"),
        point(
            "山西某县（未具名）",
            22,
            "22:1",
            "人口：未注明　人员：未注明",
            check=Interval(low=21.67, high=None),
            detail="2019年，复算不低于21.6:1，相符",
        ),
        point("浮山县", 17, "约17:1", "人口：常住　人员：未注明", precision="approx", interval=Interval(low=16.5, high=17.5)),
        point("某县", 25, "不低于25:1", "另一口径", precision="at_least", interval=Interval(low=25, high=None)),
        point("另一县", 30, "不高于30:1", "另一口径", precision="at_most", interval=Interval(low=None, high=30)),
        point("榆社县", None, "未公布", "另一口径"),
        point("普通县区", 36, "36个", "个数", control=True),
    ]


def compositions() -> list[Composition]:
    def whole(name: str, detail: str, *shares: tuple[str, float]) -> Composition:
        return Composition(
            label=Label(name=name, detail=detail), shares=tuple(Share(category=c, persons=n, fact_ids="F") for c, n in shares)
        )

    return [
        whole("行政和工勤", "学历", ("本科及以上", 20), ("大专", 8), ("大专以下", 4)),
        whole("事业", "年龄", ("30岁以下", 0), ("30～45岁", 15), ("45岁以上", 17)),
        whole("四类", "", ("正高级", 1), ("副高级", 3), ("中级", 9), ("初级及以下", 21)),
    ]


def bars() -> list[Bar]:
    duties = (
        Part(value=117, fill="dark", name="基本履职", inside=("117项",), fact_ids="F1"),
        Part(value=99, fill="mid", name="配合履职", inside=("99项",), fact_ids="F2"),
        Part(value=124, fill="outline", name="上级收回", inside=("124项",), fact_ids="F3"),
    )
    over = Part(value=903, fill="excess", fact_ids="F4")
    return [
        Bar(label=Label(name="全国", detail="2025年6月"), parts=duties, end="340项", panel="每个乡镇（街道）平均"),
        Bar(label=Label(name="仍在册的超编人员", detail="过渡期5年"), parts=(over,), end="903人", end_detail="另计", panel="人"),
        Bar(label=Label(name="没有数字"), parts=(), end_detail="未公布", panel="人", apart=True),
    ]


def provinces() -> list[Province]:
    return [
        Province(name="西藏", counties=(50, 16, 0, 0, 0, 0), total_small=66, fact_ids=("F1", "F2", "", "", "", "")),
        Province(name="山西", counties=(1, 14, 29, 46, 1, 0), total_small=44, fact_ids=("F",) * 6, pilots=("河曲县", "浮山县")),
        Province(name="内蒙古", counties=(9, 17, 25, None, 0, 0), total_small=51, fact_ids=("F",) * 6),
        Province(name="江苏", counties=(0, 0, 0, 3, 26, 12), total_small=0, fact_ids=("F",) * 6),
    ]


BANDS = Bands(
    names=("不足<br>5万", "5万～<br>10万", "10万～<br>20万", "20万～<br>50万", "50万～<br>100万", "100万<br>以上"),
    small=3,
    small_name="不足<br>20万",
)
TOWNS = [("黄楼镇", 185, 185, False), ("黄埠镇", 138, 185, False), ("未公布镇", None, 185, False), ("六镇合并", 886, 1110, True)]
CUTS = [("事业机构", -78.0, False), ("领导职数", -16.0, False), ("晋中各县事业单位", -54.0, True), ("黑龙江市县", -8.8, True)]
COURSES = [
    ("河曲县", 36, 22, (2.33, 2.33), ""), ("玛多县", 25, 20, (0.75, 1.67), ""), ("漾濞彝族自治县", 33, None, None, ""),
    ("娄烦县", 35, 22, None, "35→22个；启动时间未公布，不上时间轴"),
]  # fmt: skip
MOMENTS = [
    ("2020年4月", "河曲县、浮山县", "确定为山西第一批人口小县机构改革试点", True),
    ("2022年8月31日", "石楼县", "涉改单位全部挂牌，由县委改革办公布，名称很长时折成两行", False),
]
COUNTS = [
    ("434个", "户籍人口不足20万的县（市）"),
    ("约85.05万人", "五系统（种植业、畜牧兽医、水产、农机、经管）"),
    ("546个", "七普常住人口"),
]

KINDS = ("机构整合", "编制精简", "议事协调机构清理", "减负")
DID = [("河曲县", {0: True, 1: True, 3: False}), ("双江拉祜族佤族布朗族傣族自治县", {2: True}), ("古丈县", {1: False})]

FORMS: dict[str, Callable[[Canvas], dict[str, Any]]] = {
    "authorised_actual": lambda canvas: authorised_actual(staffing(), canvas),
    "change_dumbbell": lambda canvas: change_dumbbell(
        changes(), unit="个", canvas=canvas,
        ranges=[Range(low=35, high=37, text="普通县区35～37个（n＝10）", panel="实设"), Range(low=22, high=22, text="22个", panel="实设")],
    ),
    "event_time": lambda canvas: event_time(
        [
            Course(label=Label(name=n, detail="2020年4月→2022年8月"), before=b, after=a, years=y, fact_ids="F", off_clock=words)
            for n, b, a, y, words in COURSES
        ],
        unit="个", canvas=canvas,
    ),
    "dot_plot": lambda canvas: dot_plot(points(), key="● 原文　○ 约数　│┄ 只知一端", canvas=canvas),
    "share_bars": lambda canvas: share_bars(compositions(), canvas),
    "stacked_bars": lambda canvas: stacked_bars(bars(), canvas=canvas),
    "take_up": lambda canvas: take_up(
        [TakeUp(label=Label(name=n), accepted=a, catalogue=c, fact_ids="F", merged=m) for n, a, c, m in TOWNS],
        catalogue="目录185项＝100%", canvas=canvas,
    ),
    "cut_rates": lambda canvas: cut_rates(
        [Cut(label=Label(name=n, detail="365→80个"), change=v, fact_ids="F", control=c) for n, v, c in CUTS], key="■ 试点　▨ 其他地区", canvas=canvas
    ),
    "province_bands": lambda canvas: province_bands(provinces(), BANDS, canvas),
    "province_tiles": lambda canvas: province_tiles(tiles(), unit="个", key="◆ 本库收录有试点县", canvas=canvas),
    "matrix": lambda canvas: matrix(
        [
            Line(name=name, cells=tuple(Cell(column=k, done=d, says="2022年8月：党政机构由36个并为22个", fact_ids="M") for k, d in cells.items()))
            for name, cells in DID
        ],
        KINDS, key="● 已做　○ 计划或征求意见", canvas=canvas,
    ),
    "timeline": lambda canvas: timeline([Moment(date=d, place=p, what=w, vague=v) for d, p, w, v in MOMENTS], canvas),
    "scoped_numbers": lambda canvas: scoped_numbers([ScopedNumber(text=t, scope=s, detail="2020年", fact_ids="F") for t, s in COUNTS], canvas),
}  # fmt: skip
