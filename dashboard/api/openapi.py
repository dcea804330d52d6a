"""/openapi.json: the description of the interface, made from the models that check it."""

import json
from functools import cache
from typing import Any

from flask import Flask, Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from dashboard.api import models, query_models
from dashboard.api.attachments import MEDIA
from dashboard.api.registers import FORMS

_REF = "#/components/schemas/{model}"
_ERRORS = {
    400: "请求、参数或语句有误，或不是只读查询", 404: "没有", 408: "查询超过时间上限，已停止", 409: "已取消，或数据版本已变", 413: "请求、结果或内存超过上限",
    415: "正文不是 JSON", 429: "已有查询在运行，稍后再试", 503: "还没有数据文件",
}  # fmt: skip
_QUERY_ERRORS = (400, 408, 409, 413, 415, 429)
_CHART_KEYS = {"p": "地区代码或名称，逗号隔开", "i": "指标代号", "b": "人口口径", "c": "批次", "s": "省份，名称或代码"}
_CHART_ID = {
    "name": "id", "in": "path", "required": True, "description": "图表编号，见 /api/charts", "schema": {"type": "string"},
}  # fmt: skip
_FACT_ID = _CHART_ID | {"description": "事实编号，F 加 10 位小写十六进制数"}
_REGISTERS = {"sources": "全部来源", "indicators": "全部指标", "areas": "全部地区", "scopes": "全部口径"}
_VIEWER = {
    "name": "X-Viewer", "in": "header", "description": "谁在问：8～64 位字母、数字、连字符。写了，同一台机器上的几个程序各算一人；不写按机器算",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]{8,64}$"},
}  # fmt: skip
_RETRY = {"Retry-After": {"description": "几秒后再试；按时再试就保留在队里的位置", "schema": {"type": "integer"}}}
_BUILD = {
    "X-Build": {"description": "数据版本", "schema": {"type": "string"}},
    "X-Truncated": {"description": "没有取全为 true", "schema": {"type": "string", "enum": ["true", "false"]}},
    "X-Total-Rows": {"description": "全部行数，知道时才有", "schema": {"type": "integer"}},
}
_OF_FILES = {
    "X-Sources": {"description": "行背后的来源编号，逗号隔开，最多列 50 个", "schema": {"type": "string"}},
    "X-Source-Count": {"description": "行背后的来源个数", "schema": {"type": "integer"}},
}
_TAGS = {
    "ETag": {"description": "内容的标识，下次放进 If-None-Match", "schema": {"type": "string"}},
    "Last-Modified": {"description": "数据生成或服务启动的时间", "schema": {"type": "string"}},
}
Json = dict[str, Any]


def serve_openapi(server: Flask, version: str) -> None:
    """Add /openapi.json."""
    body = json.dumps(description(version), ensure_ascii=False)

    @server.get("/openapi.json")
    def openapi() -> Response:
        return Response(body, mimetype="application/json")


@cache
def description(version: str) -> Json:
    """The OpenAPI 3.1 document."""
    known = [
        one
        for one in (vars(models) | vars(query_models)).values()
        if isinstance(one, type) and issubclass(one, BaseModel) and one is not BaseModel
    ]
    _, schemas = models_json_schema([(one, "validation") for one in known], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "县乡机构改革对比：数据接口",
            "version": version,
            "description": "只读。每个数都带来源、口径和数据版本（build_id）。",
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {"schemas": schemas["$defs"]},
    }


def _paths() -> Json:
    sql, picture = ({"requestBody": _body(model), "parameters": [_VIEWER]} for model in ("SqlRequest", "PictureRequest"))
    of_facts, of_a_page = (_filters(model) for model in (models.FactQuery, models.FactPageQuery))
    chart = {"parameters": [_CHART_ID, *(_in_query(key, said, {"type": "string"}) for key, said in _CHART_KEYS.items())]}
    sdmx = "application/vnd.sdmx.data+csv; version=2.0.0"
    paths: Json = {
        "/api/charts": {"get": _operation("charts", "全部图表", "ChartList")},
        "/api/charts/{id}.json": {"get": _operation("chart_json", "一张图表的数据", "ChartRows", (404,), **chart)},
        "/api/charts/{id}.csv": {"get": _operation("chart_csv", "一张图表的数据，CSV", "text/csv", (404,), **chart)},
        "/api/facts": {"get": _operation("facts", "筛选事实", "FactPage", (409,), parameters=of_a_page)},
        **_in_all_forms("/api/facts/{id}", "fact", "一条事实，地址长期不变", "OneFact", (404,), parameters=[_FACT_ID]),
        "/api/sdmx": {"get": _operation("sdmx", "事实，SDMX-CSV 2.0", sdmx, parameters=of_facts)},
        "/api/sql": {
            "post": _operation("sql", "运行一条只读查询", "SqlAnswer", _QUERY_ERRORS, **sql),
            "delete": _operation("cancel", "取消自己正在运行或排队的查询", "Cancelled", parameters=[_VIEWER]),
        },
        "/api/sql/picture": {"post": _operation("picture", "把查询结果画成图", "PictureAnswer", _QUERY_ERRORS, **picture)},
        "/api/schema": {"get": _operation("schema", "可以查询的表和列", "Schema")},
        "/api/values": {
            "get": _operation("values", "一列有哪些值", "ColumnValues", parameters=_filters(query_models.ValueQuery))
        },
        "/api/queries": {"get": _operation("queries", "预存的查询", "SavedQueries")},
    }
    for name, said in _REGISTERS.items():
        paths |= _in_all_forms(f"/api/{name}", name, said, "RegisterRows")
    for form, media in MEDIA.items():
        said, asked = f"查询结果存为 {form.upper()}", {"requestBody": _body("FileRequest"), "parameters": [_VIEWER]}
        made = _operation(f"file_{form}", said, media.partition(";")[0], _QUERY_ERRORS, **asked)
        paths[f"/api/sql/{form}"] = {"post": made}
    for path in paths.values():
        for method, one in path.items():
            _tell_of_method(method, one)
    return paths


def _in_all_forms(path: str, name: str, said: str, model: str, errors: tuple[int, ...] = (), **more: Any) -> Json:
    """The operations of one table as JSON, CSV and Parquet."""
    forms = {f"{path}.{form}": (f"{name}_{form}", f"{said}，{form.upper()}", MEDIA[form].partition(";")[0]) for form in FORMS}
    return {
        path: {"get": _operation(name, said, model, errors, **more)},
        **{address: {"get": _operation(*words, errors, **more)} for address, words in forms.items()},
    }


def _operation(name: str, summary: str, good: str, errors: tuple[int, ...] = (), **more: Any) -> Json:
    """An operation with its responses; `good` is a model, or a media type of a file."""
    content = {good: {"schema": {"type": "string"}}} if "/" in good else _json(good)
    responses: Json = {
        "200": {"description": "成功", "content": content, "headers": {**_BUILD, **(_OF_FILES if "/" in good else {})}}
    }
    for status in sorted({400, *errors, 503}):
        responses[str(status)] = {"description": _ERRORS[status], "content": _json("Error")}
        if status == 429:
            responses["429"]["headers"] = _RETRY
    return {"operationId": name, "summary": summary, **more, "responses": responses}


def _tell_of_method(method: str, operation: Json) -> None:
    """What is got by GET can be asked for again by its ETag."""
    if method == "get":
        operation["responses"]["200"]["headers"] |= _TAGS
        operation["responses"]["304"] = {"description": "与 If-None-Match 或 If-Modified-Since 所指的相同，没有正文"}


def _json(model: str) -> Json:
    return {"application/json": {"schema": {"$ref": _REF.format(model=model)}}}


def _body(model: str) -> Json:
    return {"required": True, "content": _json(model)}


def _in_query(name: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _filters(model: type[BaseModel]) -> list[Json]:
    """Every field of the model as a query parameter; lists are written with commas."""
    listed = []
    described = model.model_json_schema()
    for name, field in described["properties"].items():
        stated = {key: value for key, value in field.items() if key not in {"title", "description", "default"}}
        one = _in_query(name, field.get("description", ""), {"type": "string"} if stated.get("type") == "array" else stated)
        listed.append(one | ({"required": True} if name in described.get("required", ()) else {}))
    return listed
