"""Components as a tree that can be walked, read, stripped and made again."""

from collections.abc import Iterator
from copy import copy
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

__all__ = ["Component", "attributes", "bare", "element_name", "is_html", "parts", "qualified_name", "revived"]

_HTML = "dash_html_components"
# What an instance keeps beside its properties, in the same dictionary.
_ABOUT_ITSELF = frozenset({"children", "available_properties", "available_wildcard_properties"})


def parts(tree: Component) -> Iterator[Any]:
    """All that `tree` holds at any depth, without itself: components, and the texts and numbers that stand in lists of children.

    Hides `Component._traverse`: iterating over a component, which is documented, gives only the ids.
    """
    return tree._traverse()


def is_html(part: Component) -> bool:
    """True for components of dash.html.

    Hides `Component._namespace`, which still bears the name of the package that dash.html once was.
    """
    return part._namespace == _HTML


def element_name(part: Component) -> str:
    """The HTML element that a component of dash.html stands for, in lower case.

    Hides `Component._type`: the name of the class is the same only as long as nobody derives from it.
    """
    return part._type.lower()


def qualified_name(part: Component) -> str:
    """Library and kind of a component, for messages.

    Hides `Component._namespace` and `Component._type`.
    """
    return f"{part._namespace}.{part._type}"


def attributes(part: Component) -> list[tuple[str, Any]]:
    """Properties that were given to a component, with `data-*` and `aria-*`, without its children.

    Hides that properties and what Dash notes about the component share `vars(part)`. `to_plotly_json`, which is documented, is four
    times slower, and a card's first answer reads a few hundred of them.
    """
    return [pair for pair in vars(part).items() if pair[0] not in _ABOUT_ITSELF and pair[0][0] != "_"]


def bare(part: Component) -> Component:
    """A copy that has its id and nothing else: enough for Dash to check callbacks against.

    Hides `Component._prop_names`; a new instance would have to be given the properties that its class requires.
    """
    stripped = copy(part)
    for name in [name for name in vars(stripped) if name in stripped._prop_names and name != "id"]:
        delattr(stripped, name)
    return stripped


def revived(value: Any) -> Any:
    """Components of dash.html and dash.dcc from the dictionaries that an answer carries them as; other values as they are.

    Hides the shape `{"props", "type", "namespace"}` of a component in JSON, and the two old package names in it.
    """
    if isinstance(value, list):
        return [revived(one) for one in value]
    if isinstance(value, dict) and set(value) >= {"props", "type", "namespace"}:
        home = html if value["namespace"] == _HTML else dcc
        return getattr(home, value["type"])(**{name: revived(one) for name, one in value["props"].items()})
    return value
