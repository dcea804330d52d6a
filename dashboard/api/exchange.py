"""What HTTP says of the interface besides its answers: which addresses and methods there are, of which build, whether anything is new."""

from contextlib import ExitStack
from datetime import UTC, datetime

from flask import Flask, Response, g, request
from werkzeug.routing import Map, Rule

from dashboard.api.errors import is_api
from dashboard.warehouse import Warehouse

DESCRIPTION = "/openapi.json"


def bound_to_routes(server: Flask) -> None:
    """404 for an address under /api that no route has, 405 with Allow for a method that it has not. Dash would answer 200 with a page to
    every address that nobody else has. Called when all routes are there."""
    rules = [rule for rule in server.url_map.iter_rules() if rule.rule.startswith("/api/")]
    routes = Map([Rule(rule.rule, endpoint=rule.endpoint, methods=rule.methods) for rule in rules], strict_slashes=True)

    @server.before_request
    def _bound() -> Response | None:
        if not is_api():
            return None
        here = routes.bind("")
        if request.method == "OPTIONS" and (methods := list(here.allowed_methods(request.path))):
            return Response(status=204, headers={"Allow": ", ".join(sorted(methods))})
        here.match(request.path, method=request.method)  # NotFound, MethodNotAllowed
        return None


def of_one_build(server: Flask, db: Warehouse) -> None:
    """Each answer is of one build, whatever happens to the file, and says of which. What a client has already is answered by 304."""
    started = datetime.now(UTC).replace(microsecond=0)  # the same build may be told otherwise by another version of the program

    @server.before_request
    def _pin() -> None:
        if _described():
            g.of_build = ExitStack()
            g.build = g.of_build.enter_context(db.reading())

    @server.after_request
    def _tag(response: Response) -> Response:
        build = g.get("build") if _described() else None
        if build is None or response.status_code != 200:
            return response
        response.headers.setdefault("X-Build", build.build_id)
        if request.method in {"GET", "HEAD"}:
            built = build.built_at.replace(tzinfo=UTC) if build.built_at else started
            response.last_modified = max(built, started)
            response.headers["Cache-Control"] = "no-cache"
            response.add_etag()
            response.make_conditional(request)
        return response

    @server.teardown_request
    def _unpin(_error: BaseException | None) -> None:
        if (stack := g.pop("of_build", None)) is not None:
            stack.close()


def _described() -> bool:
    return is_api() or request.path == DESCRIPTION
