"""Does a SQL file stay in the subset that DuckDB, Spark 4 and PostgreSQL run unchanged? For tests only, never a rewriter.

The marts must one day be built on another engine from the same files. `faults` says what would keep a file from that, or
what would make its result depend on the engine (an order that is not total, a division by zero).
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokens import Token, TokenType

DIALECTS = ("duckdb", "postgres", "spark")
# Spelled so, these mean the same on all three; the parser knows synonyms (strpos, listagg) that do not.
FUNCTIONS = {
    "abs", "cast", "coalesce", "count", "floor", "length", "lpad", "max", "md5", "min", "mod", "nullif", "percent_rank",
    "percentile_cont", "position", "replace", "row_number", "string_agg", "substring", "sum", "translate", "trim",
}  # fmt: skip
# Words that may stand before a bracket without being a function.
GRAMMAR = {
    "all", "and", "as", "by", "case", "count", "distinct", "else", "exists", "from", "group", "having", "in", "join", "not", "on",
    "or", "over", "select", "then", "union", "varchar", "when", "where", "with", "within",
}  # fmt: skip
TYPES = {"bigint", "boolean", "date", "integer", "varchar"}  # not double: PostgreSQL calls it otherwise
DENIED: dict[type[exp.Expr], str] = {
    exp.Qualify: "qualify",
    exp.GroupingSets: "grouping sets",
    exp.Rollup: "rollup",
    exp.Cube: "cube",
    exp.Array: "a list",
    exp.Struct: "a struct",
    exp.ToMap: "a map",
    exp.Bracket: "a subscript",
    exp.Lambda: "a lambda",
    exp.JSONExtract: "-> (json or lambda)",
    exp.Interval: "interval arithmetic",
    exp.IntDiv: "//",
    exp.Pow: "** or ^",
    exp.Filter: "filter (where …)",
    exp.TryCast: "try_cast",
    exp.ILike: "ilike",
    exp.RegexpLike: "a regular expression",
    exp.SimilarTo: "similar to",
    exp.Pivot: "pivot",
    exp.TableSample: "sample",
    exp.NullSafeEQ: "is not distinct from",
    exp.NullSafeNEQ: "is distinct from",
    exp.Limit: "limit",
    exp.Columns: "columns(…)",
    exp.ReadCSV: "reading a file",
    exp.Any: "any(…)",
}


def faults(sql: str) -> list[str]:
    """What is not portable in one SQL file, in English, for whoever wrote it. Empty when nothing is."""
    found = [*_parse_faults(sql)]
    if found:
        return found
    tokens = sqlglot.tokenize(sql, read="duckdb")
    tree = sqlglot.parse_one(sql, read="duckdb")
    ways = (_spelling(sql, tokens), _types(sql), *(look(tree) for look in (_denied, _shape, _arithmetic, _joins)))
    return list(dict.fromkeys(fault for way in ways for fault in way))


@cache
def tables(sql: str) -> frozenset[str]:
    """schema.table of every table read; a name without a schema that no CTE of the file defines is returned as it stands."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    ctes = {cte.alias for cte in tree.find_all(exp.CTE)}
    names = {f"{table.db}.{table.name}" if table.db else table.name for table in tree.find_all(exp.Table)}
    return frozenset(names - ctes)


def _parse_faults(sql: str) -> Iterator[str]:
    for dialect in DIALECTS:
        try:
            statements = [one for one in sqlglot.parse(sql, read=dialect) if one is not None]
        except SqlglotError as error:
            yield f"does not parse as {dialect}: {str(error).splitlines()[0]}"
            continue
        if len(statements) != 1 or not isinstance(statements[0], exp.Select | exp.SetOperation):
            yield "must be one select"


def _spelling(sql: str, tokens: list[Token]) -> Iterator[str]:
    if tokens[0].text.lower() not in ("select", "with"):
        yield "must begin with select or with"
    for token, following in pairwise([*tokens, tokens[-1]]):
        written = sql[token.start : token.end + 1]
        if token.token_type not in (TokenType.STRING, TokenType.NUMBER) and written != written.lower():
            yield f"{written}: write SQL in lower case"
        if token.token_type == TokenType.IDENTIFIER:
            yield f'"{token.text}": a quoted name'
        if token.token_type == TokenType.DCOLON:
            yield ":: (write cast(… as …))"
        word = token.text.lower()
        called = following.token_type == TokenType.L_PAREN and following.start == token.end + 1 and word.isidentifier()
        if called and word not in FUNCTIONS | GRAMMAR:
            yield f"{word}(): not among the functions that all three engines have"


def _denied(tree: exp.Expr) -> Iterator[str]:
    for node in tree.walk():
        if type(node) in DENIED:
            yield DENIED[type(node)]
        if isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count):
            yield "select *"
        if isinstance(node, exp.Group) and node.args.get("all"):
            yield "group by all"
        if isinstance(node, exp.Order) and any(isinstance(one.this, exp.Var) for one in node.expressions):
            yield "order by all"
        if isinstance(node, exp.Distinct) and node.args.get("on"):
            yield "distinct on"


def _types(sql: str) -> Iterator[str]:
    """Read as PostgreSQL, since sqlglot's duckdb forgets the length of a varchar."""
    for cast in sqlglot.parse_one(sql, read="postgres").find_all(exp.Cast):
        name = cast.to.sql("postgres").lower()
        if name.partition("(")[0] not in TYPES | {"int"}:
            yield f"cast to {name}"
        elif name == "varchar":
            yield "varchar without a length (Spark)"


def _shape(tree: exp.Expr) -> Iterator[str]:
    for select in tree.find_all(exp.Select):
        first_arm = not (isinstance(select.parent, exp.SetOperation) and select.parent.expression is select)
        if first_arm and any(not isinstance(column, exp.Alias | exp.Star) for column in select.expressions):
            yield f"a column without an alias: {next(c for c in select.expressions if not isinstance(c, exp.Alias)).sql()}"
    for window in tree.find_all(exp.Window):
        if isinstance(window.this, exp.RowNumber) and not window.args.get("order"):
            yield "row_number() without an order"
    for listing in tree.find_all(exp.GroupConcat):
        if not _is_ordered_window(listing):
            yield "string_agg other than over (… order by … rows between unbounded preceding and unbounded following)"


def _is_ordered_window(listing: exp.Expr) -> bool:
    window = listing.parent
    if not isinstance(window, exp.Window) or not window.args.get("order"):
        return False
    spec = window.args.get("spec")
    return spec is not None and (spec.args.get("start"), spec.args.get("end")) == ("UNBOUNDED", "UNBOUNDED")


def _arithmetic(tree: exp.Expr) -> Iterator[str]:
    for division in tree.find_all(exp.Div):
        divisor = division.expression
        if isinstance(divisor, exp.Literal) and divisor.is_int:
            yield f"division by a whole number, an integer division on PostgreSQL (write 10e0): {division.sql()}"
        elif not isinstance(divisor, exp.Nullif | exp.Literal):
            yield f"division without nullif: {division.sql()}"


def _joins(tree: exp.Expr) -> Iterator[str]:
    for join in tree.find_all(exp.Join):
        if join.args.get("using"):
            yield "join … using"
        elif join.method or not join.args.get("on"):
            yield "a join without on"
