"""A list whose options the server finds as one types: what the answer and its field agree on with assets/finder.js.

An answer says which words it answers. While it is on its way the list says so, whatever stands in it from before; Enter waits for it.
"""

from collections.abc import Collection, Sequence
from typing import Any

MOST_OFFERED = 50
MOST_KEPT = 200  # options of a list that are looked at
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


def answers(offered: Any, typed: str, chosen: Collection[str]) -> bool:
    """Whether what a list offers already is the answer to these words and names what is chosen. It then stays: with every new list the
    component puts back what was chosen when the list was asked for, which the reader may just have taken away."""
    options = _flat(offered)
    return any(one.get("answers") == typed for one in options) and set(chosen) <= {one.get("value") for one in options}


def offered_before(offered: Any) -> list[dict[str, Any]]:
    """The options of the list that stands, to be kept for their names: one of them may be picked while the next is on its way, and
    the component drops a choice that its list does not name."""
    return [
        one | {"kept": True}
        for one in _flat(offered)
        if "answers" not in one and not one.get("kept") and isinstance(one.get("value"), str)
    ]


def _flat(offered: Any) -> list[dict[str, Any]]:
    """Options in groups and without, as the browser has them: what is none is left out."""
    listed = [one for one in offered if isinstance(one, dict)] if isinstance(offered, list) else []
    grouped = [one["items"] if isinstance(one.get("items"), list) else [one] for one in listed]
    return [one for group in grouped for one in group if isinstance(one, dict)][:MOST_KEPT]
