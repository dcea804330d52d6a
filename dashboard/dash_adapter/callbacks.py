"""What browser and server say to each other about callbacks, for whoever asks or listens beside Dash's own script."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# Hide the routes that Dash's script asks; assets/dash_adapter.first.js knows the first as well.
CALLBACKS = "/_dash-update-component"
DEPENDENCIES = "/_dash-dependencies"
LAYOUT = "/_dash-layout"
SUITES = "/_dash-component-suites/"

Answers = dict[str, dict[str, Any]]  # id of a component → property → value


@dataclass(frozen=True, kw_only=True)
class Callback:
    """A callback that the server answers. `output` is Dash's name of it, `outputs` the ids and properties that it fills."""

    output: str
    outputs: tuple[dict[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What a request says of one input: its value, and whether the request reads that input and nothing else."""

    value: Any
    alone: bool


def outputs_of(output: str) -> Iterator[dict[str, str]]:
    """Ids and properties of `a.data` or `..a.data...b.children..`.

    Hides how Dash joins several outputs into the one name of a callback.
    """
    for part in output.strip(".").split("..."):
        name, _, prop = part.rpartition(".")
        yield {"id": name, "property": prop}


def callbacks_reading_only(dependencies: bytes, component: str, prop: str) -> list[Callback]:
    """The server's callbacks whose one input is a property of a component and that have no state.

    Hides the JSON of DEPENDENCIES: the app knows the same as `callback_map`, in another shape and not before its first request.
    """
    only = [{"id": component, "property": prop}]
    return [
        Callback(output=one["output"], outputs=tuple(outputs_of(one["output"])))
        for one in json.loads(dependencies or b"[]")
        if one["inputs"] == only and not (one["state"] or one["clientside_function"])
    ]


def callback_request(callback: Callback, component: str, prop: str, value: Any) -> dict[str, Any]:
    """The body with which a browser asks CALLBACKS when a property has got `value`.

    Hides the keys of that body, and that a single output is no list there.
    """
    return {
        "output": callback.output,
        "outputs": list(callback.outputs) if callback.output.startswith("..") else callback.outputs[0],
        "inputs": [{"id": component, "property": prop, "value": value}],
        "changedPropIds": [f"{component}.{prop}"],
        "state": [],
    }


def callback_answer(body: bytes) -> Answers:
    """The values in an answer of CALLBACKS; an empty body has none.

    Hides the frame `{"multi", "response"}` around them.
    """
    answers: Answers = json.loads(body)["response"] if body else {}
    return answers


def stored_in_request(body: bytes, component: str, prop: str) -> Stored | None:
    """What the body of a request to CALLBACKS says of a property; None when it does not read it, or is no such body.

    Hides the same keys as `callback_request`. The body may be anything: it comes from outside.
    """
    try:
        asked = json.loads(body)
        [value] = [read.get("value") for read in asked["inputs"] if (read["id"], read["property"]) == (component, prop)]
        return Stored(value=value, alone=len(asked["inputs"]) == 1 and not asked.get("state"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
