"""Counts and times for whoever watches the server, in the form of Prometheus, on a port that only this machine reaches.

No label holds an address, a name, a path's parameters or a statement: what is counted says nothing of a person.
"""

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from prometheus_client import (
    GC_COLLECTOR,
    PLATFORM_COLLECTOR,
    PROCESS_COLLECTOR,
    CollectorRegistry,
    Counter,
    Histogram,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily
from werkzeug.test import create_environ, run_wsgi_app

from dashboard.dash_adapter.callbacks import CALLBACKS, DEPENDENCIES, LAYOUT, SUITES
from dashboard.web.server.kept import ADDRESS as FILL

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
LOOPBACK = "127.0.0.1"
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
# The first that fits; the name of what is asked, never the whole path.
_ROUTES = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (rf"/(assets|bundle)/.*|{SUITES}.*|/_favicon\.ico", "static"),
        (rf"{CALLBACKS}|{FILL}", "callback"),
        (rf"{LAYOUT}|{DEPENDENCIES}", "layout"),
        (r"/download/brief/(docx|pptx|pdf)", "document"),
        (r"/download/.*", "download"),
        (r"/api/sql(/.*)?", "sql"),
        (r"/api/.*|/openapi\.json", "api"),
        (r"/(signin|signout|account)(/.*)?", "sign-in"),
        (r"/(healthz|search\.json|facts\.json|terms\.json|wall/scenes\.json)", r"\1"),
        (r"(?s:.*)", "page"),
    )
)


class Metrics:
    """What one server counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for collector in (PROCESS_COLLECTOR, PLATFORM_COLLECTOR, GC_COLLECTOR):
            self.registry.register(collector)
        self._requests = Counter(
            "reform_requests", "Answers by what was asked and status", ["route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "reform_seconds", "Seconds until the answer was made", ["route"], buckets=_SECONDS, registry=self.registry
        )

    def around(self, application: Wsgi) -> Wsgi:
        """`application`, counted; the build that it serves is asked of it at each look."""
        self.registry.register(_Health(application))

        def counted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            began, name = time.perf_counter(), route(environ.get("PATH_INFO", ""))

            def started(status: str, headers: Any, *more: Any) -> Any:
                self._requests.labels(name, status[:3]).inc()
                return start_response(status, headers, *more)

            try:
                return application(environ, started)
            finally:
                self._seconds.labels(name).observe(time.perf_counter() - began)

        return counted

    def serve(self, port: int) -> None:
        """Answer GET /metrics on `port` of this machine. OSError when the port is taken."""
        start_http_server(port, addr=LOOPBACK, registry=self.registry)


class _Health:
    """The build that is served, as /healthz says it."""

    def __init__(self, application: Wsgi) -> None:
        self._application = application

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Whether there is a warehouse, its facts and age, and whether a newer file is not read."""
        body, status, _headers = run_wsgi_app(self._application, create_environ("/healthz", f"http://{LOOPBACK}"))
        told = json.loads(b"".join(body))
        yield GaugeMetricFamily("reform_up", "1 with a usable warehouse", value=float(status.startswith("200")))
        yield GaugeMetricFamily("reform_build_rejected", "1 while a newer file is not read", value=float("rejected" in told))
        if "facts" in told:
            yield GaugeMetricFamily("reform_facts", "Facts of the build that is served", value=told["facts"])
        built = re.match(r"(\d{8}T\d{6})-", str(told.get("build", "")))
        if built:
            age = datetime.now(UTC) - datetime.strptime(built[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            yield GaugeMetricFamily("reform_build_age_seconds", "Seconds since it was built", value=age.total_seconds())

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing is asked of the application before it is served."""
        return []


def route(path: str) -> str:
    """What a path asks for, by a name of few."""
    return next(found.expand(name) for pattern, name in _ROUTES if (found := pattern.fullmatch(path)))
