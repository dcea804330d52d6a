"""What a request asks for: understood in full, or refused with the parameter, the value and what is right instead."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, get_origin

from flask import request
from pydantic import BaseModel, ValidationError

from dashboard.api.errors import ApiError
from dashboard.api.models import FactQuery, Nothing
from dashboard.sandbox.gate import Viewer
from dashboard.warehouse import Warehouse
from dashboard.warehouse.known import known_values, nearest_name, nearest_place, remedy

_VIEWER = re.compile(r"[A-Za-z0-9\-]{8,64}")
MOST_FAULTS = 5  # named in one answer
_CHECKED = {  # parameter of a selection of facts: what it is called, and where all of its values stand
    "ref_area": ("地区代码", "全部见 /api/areas。"),
    "province": ("省份", ""),
    "indicator": ("指标", "全部见 /api/indicators。"),
    "theme": ("主题", ""),
    "phase": ("阶段", ""),
    "scope": ("口径", "全部见 /api/scopes。"),
    "source_id": ("来源编号", "全部见 /api/sources。"),
    "grade": ("来源等级", ""),
}
_WORDS = {
    "missing": "缺少", "json_invalid": "不是合法的 JSON", "string_too_long": "太长", "string_too_short": "不能为空", "too_long": "太多",
    "int_parsing": "应为整数", "int_type": "应为整数", "int_from_float": "应为整数", "int_parsing_size": "太大", "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false", "float_type": "应为数", "float_parsing": "应为数", "finite_number": "应为有限的数", "string_type": "应为文字",
    "string_unicode": "有不成字的字符", "greater_than_equal": "太小，最小 {ge}", "less_than_equal": "太大，最大 {le}", "dict_type": "应为对象",
    "list_type": "应为列表", "model_type": "应为对象", "model_attributes_type": "应为对象", "literal_error": "不在可用的值里",
}  # fmt: skip
Model = TypeVar("Model", bound=BaseModel)


def asked(model: type[Model]) -> Model:
    """The query string as a model. A list may be stated in several parts (a=1&a=2, a=1,2); anything else only once."""
    lists = {name for name, field in model.model_fields.items() if get_origin(field.annotation) is list}
    stated: dict[str, str] = {}
    for name, values in request.args.lists():
        once = list(dict.fromkeys(filter(None, values)))
        if len(once) > 1 and name in model.model_fields and name not in lists:
            raise ApiError("params", f"参数 {name} 只能写一次，现有 {'、'.join(value[:40] for value in once[:MOST_FAULTS])}。")
        stated[name] = ",".join(once)
    return read(model, lambda: model.model_validate(stated))


def nothing_asked() -> None:
    """Refuse parameters on a route that has none."""
    asked(Nothing)


def read(model: type[Model], make: Any) -> Model:
    """What `make` gives; where it does not fit the model, ApiError in words."""
    try:
        return make()
    except ValidationError as error:
        raise ApiError("params", _words(error, model)) from error


def check_values(db: Warehouse, query: FactQuery) -> None:
    """Refuse a value that no register has: an empty answer would say that nobody published it."""
    for name, (called, where) in _CHECKED.items():
        values = known_values(db)[name]
        stated = getattr(query, name)
        for one in stated if isinstance(stated, list) else [stated] if stated else []:
            if one not in values:
                raise ApiError("params", unknown(name, one, called, _near(db, name, one) or remedy(one, values), where))
    if query.year_from is not None and query.year_to is not None and query.year_from > query.year_to:
        raise ApiError("params", f"参数 year_from（{query.year_from}）晚于 year_to（{query.year_to}），没有年份同时满足。")
    if query.fact_id:
        there = set(db.table("mart.fact", fact_id=query.fact_id).select("fact_id").collect()["fact_id"])
        missing = [one for one in query.fact_id if one not in there]
        if missing:
            raise ApiError("params", unknown("fact_id", missing[0], "事实编号", "事实编号为 F 加 10 位小写十六进制数。", ""))


def unknown(name: str, stated: str, called: str, instead: str, where: str) -> str:
    """参数 phase：没有阶段 foo。可用的有 …"""
    return f"参数 {name}：没有{called} {stated[:60]}。{instead}{where}"


def _near(db: Warehouse, name: str, stated: str) -> str:
    if name != "ref_area":
        return ""
    found = nearest_place(db, stated)
    return f"最接近的是 {found}。" if found else ""


def _words(error: ValidationError, model: type[BaseModel]) -> str:
    """The first few faults of a request, by field."""
    faults = [f"{'.'.join(map(str, fault['loc']))[:80] or '正文'}：{_chinese(fault, model)}" for fault in error.errors()]
    more = f"；等，共 {len(faults)} 处" if len(faults) > MOST_FAULTS else ""
    return "参数有误：" + "；".join(faults[:MOST_FAULTS]) + more


def _chinese(fault: Mapping[str, Any], model: type[BaseModel]) -> str:
    kind = fault["type"]
    if kind == "extra_forbidden":
        return f"没有这个参数，{_parameters(str(fault['loc'][-1]), model.model_fields)}"
    return _WORDS.get(kind, "不是这里能用的值").format(**fault.get("ctx", {}))


def _parameters(stated: str, known: Iterable[str]) -> str:
    names = list(known)
    return (nearest_name(stated, names) or f"可用的有 {'、'.join(names)}。").rstrip("。") if names else "这个地址不要参数"


def viewer() -> Viewer:
    """Who asks: the browser tab, which names itself, or else the machine."""
    stated = request.headers.get("X-Viewer", "")
    return Viewer(request.remote_addr or "", stated if _VIEWER.fullmatch(stated) else "")
