"""What the columns of any result are: found by their names, English or Chinese, since every table and view names them alike."""

import re
from collections.abc import Callable, Sequence

from dashboard.language.sentence import receipts
from dashboard.sandbox.runner import Column, Result

SOURCES = frozenset({"source_id", "source_ids", "来源编号"})
_KEYS = frozenset({"axis_key", "同轴键", "whole_key", "同体键"})  # for programs: no words for a reader
_FACTS = re.compile(r".*(?:fact_ids?|事实编号)")
# Rows that differ in one of these are of different scope: they never share an axis (口径闸).
SCOPES = (
    "scope", "口径", "实有口径", "population_basis", "人口口径", "staff_scope", "人员口径", "catalogue", "赋权目录",
    "unit_measure", "单位", "indicator_zh", "指标", "title_zh", "事项", "恒等式",
)  # fmt: skip
PLACES = ("area_name", "地区", "县", "镇", "乡镇", "省份", "county", "name_zh", "名称")
VALUES = ("obs_value", "数值", "承接率", "take_up", "供养比", "原述比", "ratio_stated")
BOUNDED = frozenset({"obs_value", "数值"})  # the values that LOWS and HIGHS are the ends of
LOWS, HIGHS = ("value_low", "下限"), ("value_high", "上限")
PRECISIONS, STATED = ("precision", "精度"), ("as_stated", "原文")
PERIODS = ("time_period", "时点", "year", "年份", "改革后时点", "time_after")
_NOT_VALUES = frozenset(
    {"year", "年份", "line", "行号", "decimals", "小数位数", "band_order", "组序", "distance", *LOWS, *HIGHS, "基数", "base"}
)
_LONG = frozenset({*STATED, "note", "备注", "说明", "读法", "规则", "locator", "出处位置", "source_title", "来源", "网址", "url"})
_MOST_KINDS = 6  # values of a column that sorts rows into kinds
_NUMERIC = re.compile(r"U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\)")


def is_numeric(column: Column) -> bool:
    """True when the values are numbers."""
    return _NUMERIC.fullmatch(column.type) is not None


def is_fact_column(name: str) -> bool:
    """True for fact_id, fact_ids, authorised_fact_ids, 事实编号 …"""
    return _FACTS.fullmatch(name) is not None


def position(result: Result, names: Sequence[str]) -> int | None:
    """Place of the first of `names` that is a column."""
    held = [column.name for column in result.columns]
    return next((held.index(name) for name in names if name in held), None)


def values(result: Result) -> list[int]:
    """Places of the columns that may be drawn, the likeliest first."""
    numeric = [place for place, column in enumerate(result.columns) if is_numeric(column)]
    good = [place for place in numeric if result.columns[place].name not in _NOT_VALUES]
    first = position(result, VALUES)
    return sorted(good or numeric, key=lambda place: place != first)


def labels(result: Result) -> list[int]:
    """Places of the columns that may name the rows, the likeliest first: places, else the text that tells most rows apart.

    A scope never names rows by choice of ours: it is what keeps them apart.
    """
    texts = [place for place, column in enumerate(result.columns) if not is_numeric(column) and not _is_reference(column.name)]
    place, period = position(result, PLACES), position(result, PERIODS)
    telling = sorted(
        (at for at in texts if result.columns[at].name not in SCOPES), key=lambda at: (at == period, -_distinct(result, at))
    )
    first = [place] if place is not None and _distinct(result, place) > 1 else []
    others = [at for at in (*telling, period, *texts) if at is not None]
    return list(dict.fromkeys([*first, *others])) or list(range(len(result.columns)))


def details(result: Result, label: int) -> list[int]:
    """Places of the columns that tell rows of one name apart: at most two short ones that vary, then the period."""
    period = position(result, PERIODS)
    varying = [
        at
        for at, column in enumerate(result.columns)
        if at not in (label, period) and not is_numeric(column) and not _is_reference(column.name)
        and column.name not in SCOPES and 1 < _distinct(result, at) <= _MOST_KINDS
    ]  # fmt: skip
    return varying[:2] + ([period] if period is not None and period != label else [])


def _is_reference(name: str) -> bool:
    return name in SOURCES or name in _KEYS or is_fact_column(name) or name in _LONG


def _distinct(result: Result, place: int) -> int:
    return len({str(row[place]) for row in result.rows})


def named(result: Result, test: Callable[[str], bool]) -> tuple[str, ...]:
    """Ids in the comma lists of the columns whose name passes `test`, each once, in order."""
    places = [place for place, column in enumerate(result.columns) if test(column.name)]
    return receipts(*(row[place] for place in places for row in result.rows if isinstance(row[place], str)))
