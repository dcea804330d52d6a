"""One shape for whatever goes wrong under /api: {"error": {"code", "message", "line", "column", "hint"}}."""

from flask import Flask, Response, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import HTTPException

from dashboard.api.bodies import TOO_LARGE
from dashboard.api.models import Error, ErrorBody
from dashboard.sandbox.faults import Fault
from dashboard.sandbox.runner import QueryError
from dashboard.warehouse import WarehouseUnavailableError

STATUS = {
    "refused": 400, "sql": 400, "crashed": 400, "params": 400, "not_found": 404, "time": 408, "cancelled": 409, "stale": 409, "size": 413, "media_type": 415,
    "busy": 429, "unavailable": 503,
}  # fmt: skip
MOST_FAULTS = 5  # named in one answer
_BY_STATUS = {404: "not_found", 405: "method", 413: "size", 415: "media_type"}
_SAID = {
    400: "请求看不懂。",
    404: "没有这个地址。",
    405: "这个地址不支持这种方法。",
    413: "请求太大。",
    415: "请求的正文应为 JSON（Content-Type: application/json）。",
    500: "服务器出错，已记入日志。请把操作告诉管理员。",
}


class ApiError(Exception):
    """A refusal with a code of STATUS and a Chinese message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def answer(model: BaseModel, status: int = 200) -> Response:
    """A model as JSON."""
    return Response(model.model_dump_json(), status=status, mimetype="application/json")


def explain_errors(server: Flask) -> None:
    """Give every error under /api its shape, and any other a Chinese sentence."""

    @server.errorhandler(QueryError)
    def _query(error: QueryError) -> Response:
        return _faulty(error.fault)

    @server.errorhandler(ApiError)
    def _api(error: ApiError) -> Response:
        return _said(STATUS[error.code], error.code, str(error))

    @server.errorhandler(ValidationError)
    def _invalid(error: ValidationError) -> Response:
        return _said(400, "params", _words(error))

    @server.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response | HTTPException:
        status = error.code or 500
        if not _is_api():
            words = TOO_LARGE if status == 413 else _SAID.get(status)
            if words and error.response is None and error.description == type(error).description:
                response = Response(words, status, mimetype="text/plain")
                response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or ())
                return response
            return error
        return _said(status, _BY_STATUS.get(status, "request"), _SAID.get(status, error.description or ""))

    @server.errorhandler(WarehouseUnavailableError)
    def _unavailable(error: WarehouseUnavailableError) -> Response:
        return _said(503, "unavailable", str(error))


def _is_api() -> bool:
    return request.path == "/api" or request.path.startswith("/api/")


def _faulty(fault: Fault) -> Response:
    body = ErrorBody(code=fault.code, message=fault.message, line=fault.line, column=fault.column, hint=fault.hint)
    response = answer(Error(error=body), STATUS[fault.code])
    if fault.code == "busy":
        response.headers["Retry-After"] = "2"
    return response


def _said(status: int, code: str, message: str) -> Response:
    return answer(Error(error=ErrorBody(code=code, message=message)), status)


def _words(error: ValidationError) -> str:
    """The first few faults of a request, by field."""
    faults = [f"{'.'.join(map(str, fault['loc'])) or '正文'}：{_chinese(fault)}" for fault in error.errors()]
    more = f"；等，共 {len(faults)} 处" if len(faults) > MOST_FAULTS else ""
    return "参数有误：" + "；".join(faults[:MOST_FAULTS]) + more


def _chinese(fault: object) -> str:
    kind = fault["type"] if isinstance(fault, dict) else ""
    words = {
        "extra_forbidden": "没有这个参数", "missing": "缺少", "json_invalid": "不是合法的 JSON", "string_too_long": "太长",
        "string_too_short": "不能为空", "too_long": "太多", "int_parsing": "应为整数", "int_type": "应为整数", "bool_parsing": "应为 true 或 false",
        "string_type": "应为文字", "greater_than_equal": "太小", "less_than_equal": "太大", "dict_type": "应为对象",
    }  # fmt: skip
    return words.get(kind, fault["msg"] if isinstance(fault, dict) else "")
