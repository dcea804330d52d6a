"""Failures of the fact schema in words: rule by rule, the column, what is wrong and the likely fix."""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any

import dataframely as dy
import polars as pl

from etl.problems import Problem, nearest
from etl.read.facts import DISCLOSURES, PHASES, PRECISIONS, FactRow, duplicates
from etl.read.sources import Registries

Words = tuple[str, str, str, Callable[[], str] | None]  # column, message, fix, look_up of a Problem

ALLOWED = {"phase": PHASES, "precision": PRECISIONS, "disclosure": DISCLOSURES, "period_approx": ("yes",)}
BLANK_FIXES = {
    "time_period": "时点未注明时写 _U",
    "phase": "没有改革前后之分时写 point",
    "precision": "写 exact、approx、at_least、at_most 或 derived",
    "obs_value": "没有数值的行不要录入；不能写 0 代替未公布",
    "scope": "写 scopes.csv 里登记的口径",
    "source_id": "每个数都要有来源，先在 sources.csv 登记",
}
ALLOWED_FIXES = {"period_approx": "时点是大约的写 yes，否则留空；怎样大约写到 timing"}


def fact_problems(failure: dy.FailureInfo, registries: Registries) -> Iterator[Problem]:
    """Every failed rule of every failed row, but for repeated ones."""
    words = _words(registries)
    details = failure.details()
    rules = [column for column in details.columns if column not in FactRow.columns()]
    for row in details.iter_rows(named=True):
        for rule in rules:
            if row[rule] == "invalid" and rule != "primary_key":
                yield _problem(rule, row, words)


def repeated_rows(failure: dy.FailureInfo) -> Iterator[Problem]:
    """Every row whose natural key stands in an earlier one."""
    details = failure.details()
    for row, place in duplicates(details.filter(pl.col("primary_key") == "invalid")):
        fix = "删去一行；若口径、时点或分组不同，把不同之处写进对应的列"
        yield _at(row, "ref_area", f"与{place}是同一个事实（各维度、时点、口径、来源全同）", fix)


def _problem(rule: str, row: dict[str, Any], words: dict[str, Callable[[dict[str, Any]], Words]]) -> Problem:
    column, _, kind = rule.partition("|")
    if kind == "nullability":
        return _at(row, column, "不能为空", BLANK_FIXES.get(column, "补上内容"))
    if kind == "check__allowed":
        allowed = ALLOWED[column]
        fix = ALLOWED_FIXES.get(column) or f"可用：{'、'.join(allowed)}"
        return _at(row, column, "不在允许的取值里", fix, partial(nearest, str(row[column]), allowed))
    if kind == "regex":
        return _at(row, column, "不是数字", _number_fix(str(row[column])))
    return _at(row, *words[column](row))


def _number_fix(text: str) -> str:
    bare = text.replace(",", "").replace(" ", "")
    if bare.replace(".", "", 1).replace("-", "", 1).isdigit():
        return f"去掉千分位，写成 {bare}"
    if bare.endswith("%"):
        return f"只写 {bare[:-1]}，百分号由指标的单位表示"
    if bare[-1:] in "万亿":
        return "化成以指标单位计的完整数字，原文写到 as_stated"
    return "只写数字；约、余、近等字样写到 as_stated 和 precision"


def _words(registries: Registries) -> dict[str, Callable[[dict[str, Any]], Words]]:
    """rule → what to say of a row, for the rules that compare it with the registries. A look among thousands of names is not taken
    before somebody reads the answer."""

    def unregistered(column: str, table: str, kind: str, register: str) -> Callable[[dict[str, Any]], Words]:
        names = [*registries.by_key(table), *_labels(registries, table)]
        look_up = lru_cache(maxsize=None)(lambda value: nearest(value, names))
        return lambda row: (column, f"没有登记过的{kind}", f"先在 {register} 里登记", partial(look_up, str(row[column])))

    def unit(row: dict[str, Any]) -> Words:
        fix = f"换算成“{row['indicator_unit']}”，原文写到 as_stated"
        return "unit_measure", f"单位应与指标 {row['indicator']} 的单位一致", fix, None

    return {
        "area_known": unregistered("ref_area", "area", "地区", "areas.csv"),
        "indicator_is_registered": unregistered("indicator", "indicator", "指标", "indicators.toml"),
        "scope_known": unregistered("scope", "scope", "口径", "scopes.csv"),
        "source_known": unregistered("source_id", "source", "来源", "sources.csv"),
        "unit_is_the_indicators": unit,
        "period_is_a_date": lambda row: ("time_period", str(row["period_problem"]), "时点未注明时写 _U", None),
        "has_a_locator": lambda _: ("locator", "来源没有网址，这里必须写明出处位置", "例如“第 3 段”或“第 25 页”", None),
    }


def _labels(registries: Registries, table: str) -> list[str]:
    return [record.name_zh for record in registries.records(table)] if table in {"area", "indicator"} else []


def _at(row: dict[str, Any], column: str, message: str, fix: str, look_up: Callable[[], str] | None = None) -> Problem:
    value = row[column]
    shown = None if value is None else str(value)
    return Problem(
        file=str(row["file"]), line=int(row["line"]), column=column, value=shown, message=message, fix=fix, look_up=look_up
    )
