"""A list whose options the server finds as one types: what the answer and its field agree on with assets/finder.js.

An answer says which words it answers. While it is on its way the list says so, whatever stands in it from before; Enter waits for it.
"""

from collections.abc import Sequence
from typing import Any

MOST_OFFERED = 50
_ANSWERS = "answers"  # the option that is none

# Enter takes the best match. The list itself scrolls: a scrolling box that is no list cannot be reached by keyboard. Without a
# transition the list stands at once: Enter takes the best match of a word that opened it (one put in by an IME).
ASKED_LIST: dict[str, Any] = {
    "searchable": True,
    "selectFirstOptionOnChange": True,
    "withScrollArea": False,
    "filter": {"function": "asAnswered"},
    "renderOption": {"function": "placeOption"},
    "comboboxProps": {"shadow": "md", "transitionProps": {"duration": 0}},
}


def answering(typed: str, options: Sequence[dict[str, Any]], *, problem: str = "") -> list[dict[str, Any]]:
    """`options` as the answer to `typed`; one that is `kept` is there for the name of what is chosen. `problem`: shown instead of them."""
    return [*options, {"value": _ANSWERS, "label": problem, "answers": typed}]
