"""Polars predicates as DuckDB SQL, so that a filter on `db.table(…)` is done where the rows are.

A predicate is cut at its top-level ANDs. Each part that can be said in SQL is; the others come back as one polars
expression to be applied afterwards, so that the result is right whatever the predicate is.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any

import polars as pl

Tree = dict[str, Any]

_OPERATORS = {"Eq": "=", "NotEq": "<>", "Lt": "<", "LtEq": "<=", "Gt": ">", "GtEq": ">=", "And": "and", "Or": "or"}
_TESTS = {"IsNull": "is null", "IsNotNull": "is not null"}
_TEXT_TESTS = {"StartsWith": "starts_with", "EndsWith": "ends_with", "Contains": "contains"}
_REGEX = frozenset(r".^$*+?{}[]\|()")  # a pattern without these is plain text


class Untranslatable(Exception):
    """A node of the expression has no SQL here; polars filters it instead."""


@dataclass(frozen=True, kw_only=True)
class Pushed:
    """Conditions for a `where`, their parameters, and what is left for polars (None: nothing)."""

    conditions: tuple[str, ...] = ()
    parameters: dict[str, Any] = field(default_factory=dict)
    rest: pl.Expr | None = None


def push_down(predicate: pl.Expr | None) -> Pushed:
    """SQL conditions for as much of `predicate` as possible."""
    if predicate is None:
        return Pushed()
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    rest: list[pl.Expr] = []
    for part in _conjuncts(json.loads(predicate.meta.serialize(format="json"))):
        if _is_hint(part):
            continue
        values = dict(parameters)
        try:
            conditions.append(_sql(part, values))
        except Untranslatable:
            rest.append(_expression(part))
        else:
            parameters = values
    return Pushed(conditions=tuple(conditions), parameters=parameters, rest=pl.all_horizontal(rest) if rest else None)


def identifier(name: str) -> str:
    """A quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _conjuncts(tree: Tree) -> list[Tree]:
    node = tree.get("BinaryExpr")
    if node and node["op"] in {"And", "LogicalAnd"}:
        return _conjuncts(node["left"]) + _conjuncts(node["right"])
    return [tree]


def _is_hint(tree: Tree) -> bool:
    """True for the engine's pruning hint of a top-n: not an expression, and safe to leave out."""
    return str(tree.get("Display", {}).get("fmt_str", "")).startswith("dynamic_pred")


def _expression(tree: Tree) -> pl.Expr:
    return pl.Expr.deserialize(io.BytesIO(json.dumps(tree).encode()), format="json")


def _sql(tree: Tree, values: dict[str, Any]) -> str:
    """SQL of one node; literals become named parameters in `values`."""
    [(kind, node)] = tree.items()
    if kind == "Column":
        return identifier(node)
    if kind == "Literal":
        return _parameter(_literal(tree), values)
    if kind == "BinaryExpr":
        operator = _OPERATORS.get(node["op"].removeprefix("Logical"))
        if operator is None:
            raise Untranslatable(node["op"])
        return f"({_sql(node['left'], values)} {operator} {_sql(node['right'], values)})"
    if kind == "Function":
        return _function(node, values)
    raise Untranslatable(kind)


def _function(node: Tree, values: dict[str, Any]) -> str:
    if isinstance(node["function"], dict) and "StringExpr" in node["function"]:
        return _text(node["function"]["StringExpr"], node["input"], values)
    test = node["function"].get("Boolean") if isinstance(node["function"], dict) else None
    if isinstance(test, str) and test in _TESTS:
        return f"({_sql(node['input'][0], values)} {_TESTS[test]})"
    if test == "Not":
        return f"(not {_sql(node['input'][0], values)})"
    if isinstance(test, dict) and test.get("IsIn") == {"nulls_equal": False}:
        members = [member for member in _literal(node["input"][1]) if member is not None]
        if not members:
            raise Untranslatable("empty is_in")
        listed = ", ".join(_parameter(member, values) for member in members)
        return f"({_sql(node['input'][0], values)} in ({listed}))"
    raise Untranslatable(str(node["function"]))


def _text(function: str | Tree, inputs: list[Tree], values: dict[str, Any]) -> str:
    """A test of text against plain text; a regular expression is left to polars."""
    [(name, options)] = function.items() if isinstance(function, dict) else [(function, {"literal": True})]
    if name not in _TEXT_TESTS or len(inputs) != 2:
        raise Untranslatable(name)
    sought = _literal(inputs[1])
    if not isinstance(sought, str) or (not options["literal"] and _REGEX & set(sought)):
        raise Untranslatable(repr(sought))
    return f"{_TEXT_TESTS[name]}({_sql(inputs[0], values)}, {_parameter(sought, values)})"


def _literal(tree: Tree) -> Any:
    """Python value of a literal node; polars itself evaluates it, so every type is read as polars means it."""
    if set(tree) != {"Literal"}:
        raise Untranslatable("not a literal")
    value = pl.select(_expression(tree)).to_series()
    if len(value) != 1:
        return value.to_list()
    single = value.item()
    return single.to_list() if isinstance(single, pl.Series) else single


def _parameter(value: Any, values: dict[str, Any]) -> str:
    if not isinstance(value, str | int | float) or value != value:  # other types compare differently here and there
        raise Untranslatable(type(value).__name__)
    name = f"v{len(values)}"
    values[name] = value
    return f"${name}"
