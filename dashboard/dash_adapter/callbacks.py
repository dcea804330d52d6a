"""What browser and server say to each other about callbacks, for whoever asks or listens beside Dash's own script."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from dash import Dash
from dash.exceptions import DependencyException, InvalidResourceError

# Hide the routes that Dash's script asks; assets/dash_adapter.first.js knows the first as well.
CALLBACKS = "/_dash-update-component"
DEPENDENCIES = "/_dash-dependencies"
LAYOUT = "/_dash-layout"
SUITES = "/_dash-component-suites/"

# What Dash raises for an address below SUITES that no library has.
NO_SUCH_SCRIPT = (DependencyException, InvalidResourceError)

_KEYS = frozenset({"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"})

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
        for one in orjson.loads(dependencies or b"[]")
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
    answers: Answers = orjson.loads(body)["response"] if body else {}
    return answers


def stored_in_request(body: bytes, component: str, prop: str) -> Stored | None:
    """What the body of a request to CALLBACKS says of a property; None when it does not read it, or is no such body.

    Hides the same keys as `callback_request`. The body may be anything: it comes from outside.
    """
    try:
        asked = orjson.loads(body)
        [value] = [read.get("value") for read in asked["inputs"] if (read["id"], read["property"]) == (component, prop)]
        return Stored(value=value, alone=len(asked["inputs"]) == 1 and not asked.get("state"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def may_be_asked(body: bytes, app: Dash) -> bool:
    """Whether a page could have sent this body: it names a callback of `app`, with its outputs, inputs and states in their order.

    Hides the keys of a request and of `Dash.callback_map`; Dash itself believes them and fails on others with a traceback.
    Values may be anything: they are the callbacks' own to read.
    """
    try:
        asked = orjson.loads(body)
        known = app.callback_map[asked["output"]]
        outputs = list(outputs_of(asked["output"])) if not known.get("no_output") else []
        return (
            set(asked) <= _KEYS
            and (asked["outputs"] if isinstance(asked["outputs"], list) else [asked["outputs"]]) == outputs
            and [_named(one) for one in asked["inputs"]] == [_named(one) for one in known["inputs"]]
            and [_named(one) for one in asked.get("state") or []] == [_named(one) for one in known["state"]]
            and set(asked.get("changedPropIds") or []) <= {f"{one['id']}.{one['property']}" for one in known["inputs"]}
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _named(part: Mapping[str, Any]) -> tuple[str, str]:
    return part["id"], part["property"]
