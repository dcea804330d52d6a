"""Which column of a reader's result says what may share an axis, and which values it speaks for: read from the statement itself.

A column is a witness when it is `axis_key` (同轴键) or fact ids of a table of the warehouse, handed on unchanged; a value is tied to it
when both come from the same rows of the same table: not another side of a join, not a sum over several axes, not a text that somebody
named axis_key. What cannot be followed is not tied: the picture is then not drawn.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokens import TokenType

from dashboard.sandbox.names import SEARCHED

AXIS = frozenset({"axis_key", "同轴键"})
_FACTS = re.compile(r"(.*_)?fact_ids?|.*事实编号")
_LISTING = (exp.GroupConcat, exp.ArrayAgg)
# Columns of the marts that are one quantity: they may stand for each other in coalesce, case and union.
_ONE_QUANTITY = (
    {"obs_value", "value_low", "value_high"},
    {"ratio_stated", "ratio_stated_low", "ratio_stated_high", "ratio_recomputed", "ratio_low", "ratio_high", "obs_value", "value_low", "value_high"},
    {"authorised", "authorised_low", "authorised_high", "actual", "actual_low", "actual_high"},
    {"before", "after"},
    {"change_pct", "change_pct_stated"},
    {"population", "population_low", "population_high"},
    {"staff", "staff_low", "staff_high"},
)  # fmt: skip
_JOINING = (
    exp.DPipe,
    exp.Concat,
    exp.ConcatWs,
    exp.Coalesce,
    exp.Cast,
    exp.DataType,
    exp.Paren,
    exp.Literal,
    exp.Column,
    exp.Identifier,
)
_CHOOSING = (exp.Coalesce, exp.Case, exp.If, exp.Greatest, exp.Least, exp.Nullif)
Tables = Mapping[str, Sequence[str]]  # schema.table → its columns


@dataclass(frozen=True, kw_only=True)
class Witnesses:
    """Places of result columns. `by_axis`: values tied to the column `axis`; `by_facts`: values tied to the columns `facts`.

    `measured`: values computed from tables whose rows have an axis, whether or not the result still tells which; a count is none.
    `repaired`: the statement with axis_key added, where that is a matter of one more column; else None.
    """

    axis: int | None = None
    facts: tuple[int, ...] = ()
    by_axis: frozenset[int] = frozenset()
    by_facts: frozenset[int] = frozenset()
    measured: frozenset[int] = frozenset()
    width: int = 0
    repaired: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Column:
    """A column of a relation, as far as it can be followed."""

    name: str
    axis: bool = False
    facts: bool = False
    by_axis: bool = False
    by_facts: bool = False
    measured: bool = False
    measures: frozenset[str] = frozenset()  # columns of the marts that the value is computed from


Relation = list[_Column] | None  # None: cannot be followed


@dataclass(frozen=True)
class _Origin:
    """Where the parts of an expression come from: aliases of the select's own relations, and the columns there."""

    aliases: frozenset[str] = frozenset()
    columns: tuple[_Column, ...] = ()
    lost: bool = False


def witnesses(sql: str, tables: Tables) -> Witnesses:
    """What the result of `sql` tells of itself; nothing where the statement cannot be followed."""
    try:
        statement = sqlglot.parse_one(sql, dialect="duckdb")
    except SqlglotError:
        return Witnesses()
    columns = _relation(statement, _Scope(tables))
    if columns is None:
        return Witnesses()
    axis = next((place for place, column in enumerate(columns) if column.axis), None)
    return Witnesses(
        axis=axis,
        facts=tuple(place for place, column in enumerate(columns) if column.facts),
        by_axis=frozenset(place for place, column in enumerate(columns) if column.by_axis and axis is not None),
        by_facts=frozenset(place for place, column in enumerate(columns) if column.by_facts),
        measured=frozenset(place for place, column in enumerate(columns) if column.measured),
        width=len(columns),
        repaired=_repaired(sql, statement, tables) if axis is None else None,
    )


@dataclass(frozen=True)
class _Scope:
    """Names that a statement may read: the warehouse's tables and its own CTEs."""

    tables: Tables
    ctes: dict[str, Relation] = field(default_factory=dict)

    def read(self, table: exp.Table) -> Relation:
        if not isinstance(table.this, exp.Identifier):
            return None  # a table function
        name, schema = table.name, table.db
        if not schema and name.lower() in self.ctes:
            return self.ctes[name.lower()]
        names = self.tables.get(full_name(table, self.tables))
        if names is None:
            return None
        by_axis, by_facts = any(name in AXIS for name in names), any(_FACTS.fullmatch(name) for name in names)
        return [
            _Column(
                name=name,
                axis=name in AXIS,
                facts=bool(_FACTS.fullmatch(name)),
                by_axis=by_axis,
                by_facts=by_facts,
                measured=by_axis,
                measures=frozenset({name}),
            )
            for name in names
        ]


def _relation(query: Any, scope: _Scope) -> Relation:
    if isinstance(query, exp.Subquery):
        return None if query.args.get("pivots") else _relation(query.this, _with_ctes(query, scope))
    scope = _with_ctes(query, scope)
    if isinstance(query, exp.SetOperation):
        left, right = _relation(query.left, scope), _relation(query.right, scope)
        if left is None or right is None or len(left) != len(right) or query.args.get("by_name"):
            return None
        return [_both(one, other) for one, other in zip(left, right, strict=True)]
    return _Select(query, scope).columns() if isinstance(query, exp.Select) else None


def _both(one: _Column, other: _Column) -> _Column:
    same = _one_quantity(one.measures | other.measures)
    return replace(
        one, axis=one.axis and other.axis, facts=one.facts and other.facts, by_axis=one.by_axis and other.by_axis and same,
        by_facts=one.by_facts and other.by_facts and same, measured=one.measured or other.measured,
        measures=one.measures | other.measures,
    )  # fmt: skip


def _one_quantity(names: frozenset[str]) -> bool:
    return len(names) <= 1 or any(names <= family for family in _ONE_QUANTITY)


def _with_ctes(query: Any, scope: _Scope) -> _Scope:
    clause = query.args.get("with_") or query.args.get("with")
    if clause is None:
        return scope
    if clause.args.get("recursive"):
        return _Scope(scope.tables, scope.ctes | {cte.alias.lower(): None for cte in clause.expressions})
    for cte in clause.expressions:
        columns = _relation(cte.this, scope)
        given = [column.name for column in (cte.args["alias"].args.get("columns") or [])]
        if columns is not None and given:
            columns = [replace(column, name=name) for column, name in zip(columns, given, strict=False)]
        scope = _Scope(scope.tables, scope.ctes | {cte.alias.lower(): columns})
    return scope


class _Select:
    """One SELECT: its relations, its grouping, and what each of its columns rests on."""

    def __init__(self, query: exp.Select, scope: _Scope) -> None:
        self.query = query
        self.relations = dict(self._relations(scope))
        self.written = {item.alias: item.this for item in query.expressions if isinstance(item, exp.Alias)}

    def columns(self) -> Relation:
        items = self._items()
        if items is None:
            return None
        grouped = bool(self.query.args.get("group")) or any(_aggregates(item) for _, item, _ in items)
        keys = self._keys(items) if grouped else None
        made, axis_of, facts_of = [], frozenset[str](), frozenset[str]()
        for name, item, origin in items:
            plain = isinstance(item, exp.Column) and not origin.lost and len(origin.columns) == 1
            kept = plain and (keys is None or item.sql() in keys or name in keys)
            listed = isinstance(item, _LISTING) and isinstance(_innermost(item), exp.Column) and len(origin.columns) == 1
            axis = bool(kept and origin.columns[0].axis)
            facts = bool((kept or listed) and origin.columns[0].facts) or (keys is None and _joins_ids(item, origin))
            axis_of = axis_of or (origin.aliases if axis else axis_of)
            facts_of |= origin.aliases if facts else frozenset()
            made.append((name, item, origin, axis, facts))
        return [
            _Column(
                name=name, axis=axis, facts=facts,
                by_axis=self._tied(item, origin, axis_of, "by_axis"), by_facts=self._tied(item, origin, facts_of, "by_facts"),
                measured=not isinstance(item, exp.Count) and any(column.measured for column in origin.columns),
                measures=frozenset().union(*(column.measures for column in origin.columns)),
            )
            for name, item, origin, axis, facts in made
        ]  # fmt: skip

    def _tied(self, item: exp.Expression, origin: _Origin, aliases: frozenset[str], kind: str) -> bool:
        """A value of the rows of `aliases`, which is where the witness comes from; windows look at other rows too."""
        if origin.lost or not origin.aliases <= aliases or item.find(exp.Window):
            return False
        if any(not self._one_choice(choice) for choice in item.find_all(*_CHOOSING)):
            return False
        return all(getattr(column, kind) for column in origin.columns)

    def _one_choice(self, choice: Any) -> bool:
        """coalesce, case and their kin give one quantity, whichever branch is taken."""
        branches = [choice.this, *choice.expressions] if not isinstance(choice, exp.Case | exp.If) else []
        if isinstance(choice, exp.Case):
            branches = [*(part.args.get("true") for part in choice.args.get("ifs") or ()), choice.args.get("default")]
        if isinstance(choice, exp.If):
            branches = [choice.args.get("true"), choice.args.get("false")]
        origins = [self._origin(branch) for branch in branches if isinstance(branch, exp.Expression)]
        return _one_quantity(frozenset(name for origin in origins for column in origin.columns for name in column.measures))

    def _relations(self, scope: _Scope) -> Iterator[tuple[str, Relation]]:
        start = self.query.args.get("from_") or self.query.args.get("from")
        sources = [start.this] if start else []
        sources += [join.this for join in self.query.args.get("joins") or []]
        sources += list(self.query.args.get("laterals") or [])
        for source in sources:
            followed = source.args.get("pivots") is None or not source.args.get("pivots")
            if isinstance(source, exp.Table):
                yield source.alias_or_name, scope.read(source) if followed else None
            elif isinstance(source, exp.Subquery):
                yield source.alias_or_name or f"#{id(source)}", _relation(source, scope)
            else:
                yield source.alias_or_name or f"#{id(source)}", None

    def _items(self) -> list[tuple[str, exp.Expression, _Origin]] | None:
        """Name, expression and origin of every column, stars spelled out; None where a star cannot be."""
        items: list[tuple[str, exp.Expression, _Origin]] = []
        for item in self.query.expressions:
            star = item if isinstance(item, exp.Star) else item.this if isinstance(item, exp.Column) else None
            if isinstance(star, exp.Star):
                if any(star.args.get(part) for part in ("except_", "except", "replace", "rename")):
                    return None
                wanted = [item.table] if isinstance(item, exp.Column) else list(self.relations)
                for alias in wanted:
                    relation = self.relations.get(alias)
                    if relation is None:
                        return None
                    items += [
                        (column.name, exp.column(column.name, alias), _Origin(frozenset({alias}), (column,)))
                        for column in relation
                    ]
                continue
            inner = item.this if isinstance(item, exp.Alias) else item
            items.append((item.alias_or_name, inner, self._origin(inner)))
        return items

    def _keys(self, items: list[tuple[str, exp.Expression, _Origin]]) -> set[str]:
        """What the rows are grouped by: names and expressions; ordinals and ALL spelled out."""
        group = self.query.args.get("group")
        if group is None:
            return set()
        if group.args.get("all"):
            return {item.sql() for _, item, _ in items if not _aggregates(item)}
        if any(group.args.get(part) for part in ("grouping_sets", "rollup", "cube")):
            return set()
        keys: set[str] = set()
        for key in group.expressions:
            if isinstance(key, exp.Literal) and key.is_int and 0 < int(key.this) <= len(items):
                name, item, _ = items[int(key.this) - 1]
                keys |= {item.sql(), name}
            else:
                keys |= {key.sql(), key.name if isinstance(key, exp.Column) else ""}
        return keys - {""}

    def _origin(self, item: exp.Expression, seen: frozenset[str] = frozenset()) -> _Origin:
        if item.find(exp.Query):
            return _Origin(lost=True)
        aliases: set[str] = set()
        columns: list[_Column] = []
        for reference in item.find_all(exp.Column):
            name, table = reference.name, reference.table
            hits = [
                (alias, column)
                for alias, relation in self.relations.items()
                if (not table or alias == table)
                for column in relation or ()
                if column.name.lower() == name.lower()
            ]
            if not hits and not table and name in self.written and name not in seen:
                inner = self._origin(self.written[name], seen | {name})
                if inner.lost:
                    return inner
                aliases |= inner.aliases
                # Computed before: no witness any more, whatever it is called.
                columns += [replace(column, axis=False, facts=False) for column in inner.columns]
            elif len(hits) == 1:
                aliases.add(hits[0][0])
                columns.append(hits[0][1])
            else:
                return _Origin(lost=True)
        return _Origin(frozenset(aliases), tuple(columns), lost=not columns)


def _joins_ids(item: exp.Expression, origin: _Origin) -> bool:
    """authorised_fact_ids || ',' || actual_fact_ids: ids of the row, all of them, with commas between."""
    if origin.lost or not all(column.facts for column in origin.columns):
        return False
    return all(isinstance(part, _JOINING) for part in item.walk())


def _aggregates(item: exp.Expression) -> bool:
    """True when the expression takes several rows together (a window does not)."""
    return any(not _is_windowed(call) for call in item.find_all(exp.AggFunc, exp.Anonymous) if _is_aggregate(call))


def _is_windowed(call: Any) -> bool:
    """count(*) filter (where …) over (…) looks at other rows and keeps its own."""
    outer = call.parent
    while isinstance(outer, exp.Filter | exp.IgnoreNulls | exp.RespectNulls | exp.WithinGroup):
        outer = outer.parent
    return isinstance(outer, exp.Window)


def _is_aggregate(call: Any) -> bool:
    """Functions that the parser does not know may be aggregates: then they are taken for one."""
    return isinstance(call, exp.AggFunc | exp.Anonymous)


def _innermost(item: exp.Expression) -> exp.Expression:
    """The argument of string_agg or list, under its order by and distinct."""
    inner = item.this
    while isinstance(inner, exp.Order | exp.Distinct | exp.Limit):
        inner = inner.this if not isinstance(inner, exp.Distinct) else inner.expressions[0]
    return inner if isinstance(inner, exp.Expression) else item


def full_name(table: exp.Table, tables: Tables) -> str:
    """schema.table; of a name without a schema the first that DuckDB finds, blank when it finds none."""
    schemas = (table.db,) if table.db else SEARCHED
    return next((name for schema in schemas if (name := f"{schema}.{table.name}") in tables), "")


def _repaired(sql: str, statement: Any, tables: Tables) -> str | None:
    """The statement with axis_key as one more column, where its select is plain and one of its tables has one."""
    if not isinstance(statement, exp.Select) or statement.args.get("group") or statement.args.get("distinct"):
        return None
    if any(_aggregates(item) for item in statement.expressions):
        return None
    start = statement.args.get("from_") or statement.args.get("from")
    table = start.this if start else None
    if not isinstance(table, exp.Table):
        return None
    key = next((name for name in tables.get(full_name(table, tables), ()) if name in AXIS), None)
    if key is None:
        return None
    depth = 0
    for token in sqlglot.tokenize(sql, read="duckdb"):
        depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(token.token_type, 0)
        if token.token_type == TokenType.FROM and depth == 0:
            before, after = sql[: token.start].rstrip(), sql[token.start :]
            if not before:
                return None
            return f"{before}, {table.alias_or_name if table.alias else ''}{'.' if table.alias else ''}{key}\n{after}"
    return None
