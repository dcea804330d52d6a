"""A result as a chart by one click: values as dots with their intervals, one axis an axis_key; where none is known, no chart."""

from dataclasses import dataclass
from typing import Any

from dashboard.drawing.canvas import FLUID
from dashboard.drawing.dot_plot import Interval, Point, dot_plot
from dashboard.drawing.sheet import Label
from dashboard.language import words
from dashboard.language.sentence import receipts
from dashboard.sandbox.runner import Result
from dashboard.tools.sql import roles
from dashboard.tools.sql.axes import Axes, axes_of
from dashboard.tools.sql.lineage import Witnesses
from dashboard.warehouse import Warehouse
from vocabulary.characters import fit

MOST_ROWS, MOST_PANELS, LONGEST_LABEL = 60, 8, 60
NO_VALUE = "结果里没有数字列，画不成图。"
NO_ROWS = "没有行，画不成图。"
TOO_MANY = "只画了前 {most} 行（共 {rows} 行{more}）；请用 where、limit 或汇总缩小范围。"
TOO_MIXED = "结果里有 {count} 种口径或单位，不能放在一张图里比较。请用 where 留下要比的口径（axis_key）。"
APART = "口径或单位不同，分栏各用各的轴，不并列、不排名。"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A figure (None: it cannot be drawn), what must be said with it, and the columns that may be chosen (name by place).

    `truncated`: it does not show every row of the statement. `repaired`: a statement that would say what may share an axis, where one more column does it.
    """

    figure: dict[str, Any] | None
    notes: tuple[str, ...]
    labels: tuple[int, ...] = ()
    values: tuple[int, ...] = ()
    label: int | None = None
    value: int | None = None
    repaired: str | None = None
    truncated: bool = False


def picture(
    db: Warehouse, result: Result, witnesses: Witnesses, *, label: int | None = None, value: int | None = None
) -> Picture:
    """The result drawn with the chosen columns, or the likeliest ones where the choice is none or not one of them."""
    labels, values = tuple(roles.labels(result)), tuple(roles.values(result))
    if not values or not result.rows:
        return Picture(figure=None, notes=(NO_VALUE if result.rows else NO_ROWS,), labels=labels, values=values)
    label = label if label in labels else labels[0]
    value = value if value in values else values[0]
    chosen = {"labels": labels, "values": values, "label": label, "value": value}
    axes = axes_of(db, result, witnesses, value)
    if axes.problem:
        return Picture(figure=None, notes=(axes.problem,), repaired=witnesses.repaired, **chosen)  # type: ignore[arg-type]
    shown = range(min(len(result.rows), MOST_ROWS))
    keys = list(dict.fromkeys(axes.keys[at] for at in shown if axes.keys[at] is not None))
    if len(keys) > MOST_PANELS:
        return Picture(figure=None, notes=(TOO_MIXED.format(count=len(keys)),), **chosen)  # type: ignore[arg-type]
    notes = [APART] if len(keys) > 1 else []
    if len(result.rows) > MOST_ROWS:
        notes.append(TOO_MANY.format(most=MOST_ROWS, rows=len(result.rows), more="以上" if result.truncated else ""))
    spoken = axes.spoken(db) if len(keys) > 1 else {}
    points = [
        _point(result, result.rows[at], (label, value), spoken.get(axes.keys[at] or "", "")) for at in _axis_by_axis(axes, shown)
    ]
    figure = dot_plot(points, key=f"{result.columns[value].name}　● 数值　○ 约数　│┄ 只知一端", canvas=FLUID)
    cut = result.truncated or len(result.rows) > MOST_ROWS
    return Picture(figure=figure, notes=tuple(notes), truncated=cut, **chosen)  # type: ignore[arg-type]


def _axis_by_axis(axes: Axes, shown: range) -> list[int]:
    """Rows of one axis together, in the order in which the axes come first."""
    keys = [axes.keys[at] for at in shown]
    return sorted(shown, key=lambda at: keys.index(axes.keys[at]))


def _point(result: Result, row: list[Any], drawn: tuple[int, int], panel: str) -> Point:
    label, value = drawn
    number = _number(row[value])
    low, high = (_number(_cell(result, row, names)) for names in (roles.LOWS, roles.HIGHS))
    precision = str(_cell(result, row, roles.PRECISIONS) or "exact")
    has_interval = result.columns[value].name in roles.BOUNDED and (low is not None or high is not None)
    period = roles.position(result, roles.PERIODS)
    told = [words.date(_text(row[at])) if at == period else _text(row[at]) for at in roles.details(result, label)]
    return Point(
        label=Label(name=_text(row[label]) or "—", detail="　".join(filter(None, told))),
        value=number,
        text=words.NOT_PUBLISHED if number is None else words.digits(number, _decimals(number)),
        fact_ids=",".join(_facts(result, row)),
        precision=precision if has_interval else "exact",
        interval=Interval(low=low, high=high) if has_interval else None,
        panel=panel,
    )


def _facts(result: Result, row: list[Any]) -> list[str]:
    listed = [row[place] for place, column in enumerate(result.columns) if roles.is_fact_column(column.name)]
    return list(receipts(*(cell for cell in listed if isinstance(cell, str))))


def _cell(result: Result, row: list[Any], names: tuple[str, ...]) -> Any:
    place = roles.position(result, names)
    return None if place is None else row[place]


def _number(value: Any) -> float | None:
    """A number that can be drawn; text (infinities, numbers of too many digits) cannot."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _text(value: Any) -> str:
    text = "" if value is None else "合计" if value == "_T" else fit(str(value))
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"


def _decimals(number: float) -> int:
    return min(len(f"{number:.2f}".rstrip("0").partition(".")[2]), 2)
