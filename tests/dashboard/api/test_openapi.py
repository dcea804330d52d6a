"""The description is a good OpenAPI document, and requests made from it never break the server."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

schemathesis = pytest.importorskip("schemathesis")

from schemathesis.checks import not_a_server_error  # noqa: E402
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dashboard.api.openapi import description  # noqa: E402
from dashboard.api.routes import VERSION  # noqa: E402

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


OPERATIONS = [f"{method.upper()} {path}" for path, methods in description(VERSION)["paths"].items() for method in methods]


@pytest.fixture(scope="module")
def api(app):
    """Operations of the served description by name."""
    served = schemathesis.openapi.from_wsgi("/openapi.json", app.server)
    return {found.ok().label: found.ok() for found in served.get_all_operations()}


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    "mode", [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE], ids=lambda mode: mode.name
)
def test_no_request_made_from_the_description_breaks_the_server(api, operation, mode):
    try:
        requests = api[operation].as_strategy(generation_mode=mode)
    except NotImplementedError:
        pytest.skip("nothing about this operation can be wrong")

    @given(case=requests)
    @settings(
        max_examples=20, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def calls(case):
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})  # the test client unpacks nothing

    try:
        calls()
    except Unsatisfiable:
        pytest.skip("nothing about this operation can be wrong")


def test_every_reference_leads_somewhere():
    document = description(VERSION)

    def references(part):
        if isinstance(part, dict):
            for key, value in part.items():
                if key == "$ref":
                    yield value
                else:
                    yield from references(value)
        elif isinstance(part, list):
            for value in part:
                yield from references(value)

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    found = set(references(document))
    assert found
    assert found <= known


def test_every_operation_has_a_name_a_summary_and_errors():
    operations = [
        (path, method, one) for path, methods in description(VERSION)["paths"].items() for method, one in methods.items()
    ]
    names = [one["operationId"] for _path, _method, one in operations]
    assert len(names) == len(set(names))
    for path, method, one in operations:
        assert one["summary"], path
        if method == "post":
            assert {"400", "408", "413", "429"} <= set(one["responses"]), path
