"""Pydantic's findings as Chinese problems: what is wrong with the cell, and what it was probably meant to be."""

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from etl.problems import Problem, nearest

MESSAGES = {
    "missing": ("不能为空", "补上内容"),
    "extra_forbidden": ("不认识的字段", "删去，或检查拼写"),
    "string_type": ("应为文字", "加上引号"),
    "string_too_short": ("不能为空", "补上内容"),
    "too_short": ("不能为空", "补上内容"),
    "float_parsing": ("应为数字", "只写数字，单位和说明写到别的列"),
    "float_type": ("应为数字", "只写数字"),
    "finite_number": ("应为有限的数字", "不能写 nan 或 inf"),
    "int_parsing": ("应为整数", "只写整数"),
    "int_from_float": ("应为整数", "只写整数"),
    "int_type": ("应为整数", "去掉引号，只写整数"),
    "bool_type": ("应为 true 或 false", "写 true 或 false，不加引号"),
    "bool_parsing": ("应为 true 或 false", "写 true 或 false，不加引号"),
    "greater_than_equal": ("数字太小", "检查数字"),
    "less_than_equal": ("数字太大", "检查数字"),
}
PATTERNS = {
    r"^https?://\S+$": ("不是网址", "以 http:// 或 https:// 开头，中间不能有空格；没有网址就留空"),
    r"^\d{6}$": ("行政区划代码应为 6 位数字", "例如 411423；没有就留空"),
    r"^[a-z][a-z0-9_]*$": ("指标代号只能用小写字母、数字和下划线", "例如 staff_actual"),
}


def problems_of(error: ValidationError, *, file: str, lines: Mapping[str, int | None]) -> list[Problem]:
    """One problem per finding. `lines` gives the line of a column; key '' is the line of the record."""
    return [_problem(detail, file, lines) for detail in error.errors(include_url=False)]


def _problem(detail: ErrorDetails, file: str, lines: Mapping[str, int | None]) -> Problem:
    column = str(detail["loc"][0]) if detail["loc"] else None
    message, fix = _words(detail)
    value = detail.get("input")
    shown = None if value is None or isinstance(value, dict) else str(value)
    line = lines.get(column or "", lines.get(""))
    return Problem(file=file, line=line, column=column, value=shown, message=message, fix=fix)


def _words(detail: ErrorDetails) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "literal_error":
        allowed = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
        value = str(detail.get("input"))
        return "不在允许的取值里", nearest(value, allowed) or f"可用：{'、'.join(allowed)}"
    if kind == "value_error":
        return str(context["error"]), ""
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(context["pattern"], ("格式不对", "参照同列其他行"))
    return MESSAGES.get(kind, ("内容不符合要求", f"检查这一格（{kind}）"))
