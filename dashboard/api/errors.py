"""One shape for whatever goes wrong under /api: {"error": {"code", "message", "line", "column", "hint"}}."""

from flask import Flask, Response, request
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from dashboard.api.bodies import TOO_LARGE
from dashboard.api.models import Error, ErrorBody
from dashboard.sandbox.faults import Fault
from dashboard.sandbox.gate import RETRY
from dashboard.sandbox.runner import QueryError
from dashboard.warehouse import WarehouseUnavailableError

STATUS = {
    "refused": 400, "sql": 400, "crashed": 400, "params": 400, "not_found": 404, "time": 408, "cancelled": 409, "stale": 409, "size": 413, "media_type": 415,
    "busy": 429, "unavailable": 503,
}  # fmt: skip
_BY_STATUS = {404: "not_found", 405: "method", 413: "size", 415: "media_type"}
_SAID = {
    400: "请求看不懂。",
    404: "没有这个地址。",
    405: "这个地址不支持这种方法，可用的方法见回答的头 Allow。",
    413: "请求太大。",
    415: "请求的正文应为 JSON（Content-Type: application/json）。",
    500: "服务器出错，已记入日志。请把操作告诉管理员。",
}
_DESCRIBED = "接口说明见 /openapi.json。"


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

    @server.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response | HTTPException:
        status = error.code or 500
        if error.response is not None or 300 <= status < 400:  # a redirection, or an answer that a route made itself
            return error
        if not is_api():
            said = TOO_LARGE if status == 413 else _SAID.get(status, _SAID[500 if status >= 500 else 400])
            return _with_methods(Response(said, status, mimetype="text/plain"), error)
        said = _SAID.get(status, _SAID[500 if status >= 500 else 400]) + (_DESCRIBED if status in {404, 405} else "")
        return _with_methods(_said(status, _BY_STATUS.get(status, "request"), said), error)

    @server.errorhandler(WarehouseUnavailableError)
    def _unavailable(error: WarehouseUnavailableError) -> Response:
        return _said(503, "unavailable", str(error))


def is_api() -> bool:
    """The request is for the interface, not for a page."""
    return request.path == "/api" or request.path.startswith("/api/")


def _with_methods(response: Response, error: HTTPException) -> Response:
    """Of a method that an address does not have: those that it has."""
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _faulty(fault: Fault) -> Response:
    body = ErrorBody(code=fault.code, message=fault.message, line=fault.line, column=fault.column, hint=fault.hint)
    response = answer(Error(error=body), STATUS[fault.code])
    if fault.code == "busy":
        response.headers["Retry-After"] = str(RETRY)
    return response


def _said(status: int, code: str, message: str) -> Response:
    return answer(Error(error=ErrorBody(code=code, message=message)), status)
