"""Some rows of the fact grid: what a reader sorted, filtered, searched and grouped is done where the facts are, however many.

A row of the grid shows words, and a filter finds what the reader sees: the words of a build (`Names`) are looked through first, and
the facts by the codes that they stand for. Names go by pinyin.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from dashboard.language.words import claimed, date
from dashboard.warehouse import Warehouse
from dashboard.warehouse.codes import codes
from dashboard.warehouse.tables import DIMENSIONS, TOTAL

MOST_AT_ONCE = 500  # rows of one answer
MOST_OPEN = 1_000  # groups
NOTHING, WHOLE = "—", "合计"
OWN_TITLE = "（标题为本库所拟）"  # as mart.fact has it
GROUPS = {
    "area": "area_name", "province": "province", "indicator": "indicator_zh", "scope": "scope", "source": "source_title", "grade": "grade",
}  # fmt: skip
_PLAIN = ("area_name", "indicator_zh", "as_stated", "scope", "province", "source_title", "publisher", "published")
_IN_ORDER = "ref_area, indicator, time_period, fact_id"  # as long as the reader wants no other
MOST_WORDED = (
    20_000  # facts whose values are all put into words, so that 115.32万人 is found; of more, the number and the source's words
)

Column = Literal[
    "area_name", "indicator_zh", "said", "details", "as_stated", "phase", "period", "scope", "precision", "province", "source_title",
    "publisher", "published", "grade",
]  # fmt: skip
Words = Annotated[str, Field(max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Condition(_Strict):
    """One condition of a column's filter, as AG Grid says it."""

    type: Literal[
        "contains", "notContains", "equals", "notEqual", "startsWith", "endsWith", "blank", "notBlank", "empty",
        "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual", "inRange",
    ]  # fmt: skip
    filter: Words | float | None = None
    filterTo: float | None = None


class Filter(_Strict):
    """The filter of a column: one condition, or several that all or any must hold."""

    type: str | None = None
    filter: Words | float | None = None
    filterTo: float | None = None
    operator: Literal["AND", "OR"] = "AND"
    conditions: Annotated[list[Condition], Field(max_length=10)] | None = None

    def parts(self) -> list[Condition]:
        """Its conditions; ValueError for one that is of no kind."""
        if self.conditions is not None:
            return self.conditions
        return [Condition.model_validate({"type": self.type, "filter": self.filter, "filterTo": self.filterTo})]


class Sort(_Strict):
    """A column to sort by."""

    column: Column
    descending: bool = False


class Asked(_Strict):
    """Rows `first` up to before `past` of the grid as a reader arranged it. `open`: the names of open groups."""

    first: Annotated[int, Field(ge=0, le=2_000_000_000)] = 0
    past: Annotated[int, Field(ge=0, le=2_000_000_000)] = 100
    sort: Annotated[list[Sort], Field(max_length=14)] = []
    filters: dict[Column, Filter] = {}
    search: Words = ""
    group: Literal["", "area", "province", "indicator", "scope", "source", "grade"] = ""
    open: Annotated[list[Annotated[str, Field(max_length=400)]], Field(max_length=MOST_OPEN)] = []


class Head(NamedTuple):
    """The head of a group: its name, how many facts it has, whether it is open."""

    name: str
    facts: int
    is_open: bool


class Page(NamedTuple):
    """Rows of the grid in order: heads, and facts as frames of rows of mart.fact; and how many rows there are in all."""

    parts: tuple[Head | pl.DataFrame, ...]
    total: int


class _Clause(NamedTuple):
    sql: str
    parameters: tuple[Any, ...] = ()


def page(db: Warehouse, asked: Asked) -> Page:
    """The rows asked for. ValueError for a filter that is none."""
    with db.pinned():
        names = names_of_build(db)
        past = min(asked.past, asked.first + MOST_AT_ONCE)
        where, order = _where(db, asked, names), _order(db, asked, names)
        if asked.group:
            return _grouped(db, asked, past, where, order)
        if not (asked.sort or asked.search or asked.filters):
            total = _counted(db, where)
            where, skipped = _of_places(db, asked.first, past)
        else:
            where, skipped, total = _among_first(db, asked, where, names, past)
        if asked.first >= total:
            return Page((), total)
        return Page((_facts(db, where, order, asked.first - skipped, past - asked.first),), total)


def _grouped(db: Warehouse, asked: Asked, past: int, where: _Clause, order: "_Order") -> Page:
    column = _SHOWN[GROUPS[asked.group]]
    parts: list[Head | pl.DataFrame] = []
    at = 0  # of the next row
    for name, facts in _groups(db, where, column):
        is_open = name in asked.open
        if asked.first <= at < past:
            parts.append(Head(name, facts, is_open))
        at += 1
        if is_open:
            first, last = max(asked.first, at), min(past, at + facts)
            if first < last:
                own = _Clause(f"{where.sql} and {column} = ?", (*where.parameters, name))
                parts.append(_facts(db, own, order, first - at, last - first))
            at += facts
    return Page(tuple(parts), at)


def _facts(db: Warehouse, where: _Clause, order: "_Order", first: int, most: int) -> pl.DataFrame:
    """Facts in order. Which rows is found with the columns that say so; the others are read of these alone."""
    found = db.ask(
        f"select f.rowid as at from wh.mart.fact as f {order.joins} where {where.sql} order by {order.sql} limit {most} offset {first}",  # noqa: S608
        (*order.parameters, *where.parameters),
    )["at"].to_list()
    if not found:
        return db.ask(f"select rowid as at, {_WORDED} from wh.mart.fact limit 0")  # noqa: S608 (names of columns)
    # As a list of its own: DuckDB reads the parts of the table that hold these rows and no others.
    rows = db.ask(f"select rowid as at, {_WORDED} from wh.mart.fact where rowid in (select unnest(?))", (found,))  # noqa: S608
    return pl.DataFrame({"at": found}, schema={"at": rows.schema["at"]}).join(rows, on="at", how="left", maintain_order="left")


def _among_first(db: Warehouse, asked: Asked, where: _Clause, names: "Names", past: int) -> tuple[_Clause, int, int]:
    """The facts among which rows `asked.first` to `past` lie; how many facts come before these; and how many there are in all.

    Facts are counted by what they are sorted by, thing after thing as long as one value of it holds all the rows, so that only few of very
    many have to be sorted. Last of all comes the place, by its code.
    """
    total, skipped = -1, 0
    for sort in (*asked.sort, None):
        if sort and sort.column == "said":
            total = _counted(db, where) if total < 0 else total
            return _within_value(db, where, past - skipped, descending=sort.descending), skipped, total
        if sort and sort.column not in names.shown:
            break
        key = names.keys[sort.column] if sort else "ref_area"
        counted = _by_place(db, sort, where, names)
        if total < 0:
            total = int(counted["n"].sum())
        descending = bool(sort and sort.descending)
        ends = counted.group_by("place").agg(pl.col("n").sum()).sort("place", descending=descending, nulls_last=True)
        ends = ends.with_columns((pl.col("n").cum_sum() + skipped).alias("last"))
        among = ends.filter((pl.col("last") > asked.first) & (pl.col("last") - pl.col("n") < past))
        if among.is_empty():
            break
        codes_of = counted.filter(pl.col("place").is_in(among["place"].to_list(), nulls_equal=True))["code"].to_list()
        known = (
            [_among(key, [code for code in codes_of if code is not None])] if any(code is not None for code in codes_of) else []
        )
        where = _all([where, _any([*known, *([_Clause(f"f.{key} is null")] if None in codes_of else [])])])
        skipped = int(among["last"][0] - among["n"][0])
        if among.height > 1:
            break
    return where, skipped, _counted(db, where) if total < 0 else total


def _by_place(db: Warehouse, sort: Sort | None, where: _Clause, names: "Names") -> pl.DataFrame:
    """How many facts (n) have each value (code) of what they are sorted by, and its place among the values."""
    key = names.keys[sort.column] if sort else "ref_area"
    query = f"select f.{key} as code, count(*) as n from wh.mart.fact as f where {where.sql} group by 1"  # noqa: S608 (names of columns)
    counted = db.remember(("facts by value", where, key), lambda: db.ask(query, where.parameters))
    if sort is None or sort.column == "period":  # as it stands, by its code
        return counted.with_columns(pl.col("code").rank("dense").cast(pl.Int64).alias("place"))
    codes_of, places = _places(db, sort.column, names)
    ranks = pl.DataFrame({"code": codes_of, "place": places}, schema={"code": counted.schema["code"], "place": pl.Int64})
    return counted.join(ranks, on="code", how="left").with_columns(pl.col("place").fill_null(0))


def _within_value(db: Warehouse, where: _Clause, past: int, *, descending: bool) -> _Clause:
    """Of facts sorted by their number those up to the one at `past`: a single column tells which number that is."""
    order, holds = ("desc", ">=") if descending else ("asc", "<=")
    number = "coalesce(f.obs_value, 0)"
    query = f"select {number} as v from wh.mart.fact as f where {where.sql} order by v {order} limit 1 offset {past}"  # noqa: S608
    ends = db.ask(query, where.parameters)["v"].to_list()
    return _all([where, *(_Clause(f"{number} {holds} ?", (end,)) for end in ends)])


def _of_places(db: Warehouse, first: int, past: int) -> tuple[_Clause, int]:
    """The facts of the places among which, by code, rows `first` to `past` lie; and how many facts are of places before them."""

    def read() -> pl.DataFrame:
        counted = db.table("mart.fact_count_by_area").collect().group_by("ref_area").agg(pl.col("facts").sum().cast(pl.Int64))
        return counted.sort("ref_area").with_columns(pl.col("facts").cum_sum().alias("last"))

    places = db.remember("facts before each place", read)
    among = places.filter((pl.col("last") > first) & (pl.col("last") - pl.col("facts") < past))
    if among.is_empty():
        return _Clause("false"), 0
    codes_of = among["ref_area"].to_list()
    indicators = db.table("mart.area_indicator", ref_area=codes_of).select("indicator").unique().collect()["indicator"].to_list()
    skipped = among["last"][0] - among["facts"][0]
    return _all([_among("ref_area", codes_of), _among("indicator", indicators)]), skipped


def _counted(db: Warehouse, where: _Clause) -> int:
    """How many facts there are; counted once while a reader turns pages."""

    def count() -> int:
        return int(db.ask(f"select count(*) as n from wh.mart.fact as f where {where.sql}", where.parameters)["n"].item())  # noqa: S608

    return db.remember(("facts counted", where), count)


def _groups(db: Warehouse, where: _Clause, column: str) -> list[tuple[str, int]]:
    """Names of the groups by pinyin, and how many facts each has."""

    def count() -> list[tuple[str, int]]:
        named = f"select {column} as name, count(*) as n from wh.mart.fact as f where {where.sql} group by 1"  # noqa: S608
        return [(name, n) for name, n in db.ask(f"from ({named}) order by {_by_pinyin('name')}", where.parameters).iter_rows()]

    return db.remember(("facts grouped", where, column), count)


# What is read of a fact that the grid shows: each column more is read at every row, and those may lie far apart.
_WORDED = ", ".join(
    (
        "fact_id", "area_name", "province", "indicator_zh", *DIMENSIONS, "phase", "time_period", "obs_value", "unit_measure", "precision",
        "as_stated", "scope", "source_title", "publisher", "published", "grade",
    )
)  # fmt: skip
# What the grid shows of a fact f in each column, in SQL, where a group or an order asks for it.
_PARTS = ", ".join(f"nullif(nullif(f.{name}, '{TOTAL}'), '')" for name in DIMENSIONS)
_SHOWN = {name: f"coalesce(nullif(f.{name}, ''), '{NOTHING}')" for name in _PLAIN} | {
    "details": f"coalesce(nullif(concat_ws('、', {_PARTS}), ''), '{WHOLE}')",
    "said": "regexp_replace(cast(f.obs_value as varchar), '[.]0$', '') || f.unit_measure",
    "grade": "coalesce(f.grade, '')",
}


class Names(NamedTuple):
    """The words of a build by column: what each value of a key of mart.fact is shown as. `details`: the values of each dimension.

    `said`: what each fact is shown as, where facts are few enough to word them all.
    """

    keys: Mapping[str, str]
    shown: Mapping[str, Mapping[str, str]]
    details: Mapping[str, Sequence[str]]
    said: tuple[tuple[str, str], ...]


def names_of_build(db: Warehouse) -> Names:
    """Names of a build, read once."""
    return db.remember("words of the fact grid", lambda: _read_names(db))


def _read_names(db: Warehouse) -> Names:
    words = codes(db)
    areas = db.table("core.ref_area").select("ref_area", "name_zh", "province").collect()
    title = pl.col("title") + pl.when("own_title").then(pl.lit(OWN_TITLE)).otherwise(pl.lit(""))
    sources = db.table("core.source").select("source_id", title, "publisher", pl.col("published").cast(pl.String)).collect()
    periods, *details = (_values(db, column) for column in ("time_period", *DIMENSIONS))
    few = db.table("mart.fact_count_by_area").select(pl.col("facts").sum()).collect().item() <= MOST_WORDED
    facts = (
        db.table("mart.fact").select("fact_id", "obs_value", "unit_measure", "precision", "as_stated").collect() if few else None
    )
    grades = {grade: f"{grade}级 {word}".strip() for grade, word in words["grade"].items()}
    shown: dict[str, Mapping[str, str]] = {
        "area_name": dict(areas.select("ref_area", "name_zh").rows()),
        "province": {name: name for name in areas["province"].unique().to_list() if name},
        "indicator_zh": dict(db.table("core.indicator").select("indicator", "name_zh").collect().rows()),
        "scope": {scope: scope for scope in db.table("core.scope").select("scope").collect()["scope"].to_list()},
        **{column: {row[0]: row[at] or NOTHING for row in sources.rows()}
           for at, column in ((1, "source_title"), (2, "publisher"), (3, "published"))},
        "phase": words["phase"], "precision": words["precision"], "grade": grades, "period": {period: date(period) for period in periods},
    }  # fmt: skip
    said = tuple((fact["fact_id"], claimed(fact).lower()) for fact in facts.iter_rows(named=True)) if facts is not None else ()
    keys = {"area_name": "ref_area", "indicator_zh": "indicator", "period": "time_period"}
    keys |= dict.fromkeys(("source_title", "publisher", "published"), "source_id")
    return Names({column: keys.get(column, column) for column in shown}, shown, dict(zip(DIMENSIONS, details, strict=True)), said)


def _values(db: Warehouse, column: str) -> list[str]:
    return [value for value in db.ask(f"select distinct {column} as v from wh.mart.fact")["v"].to_list() if value]  # noqa: S608


# --- which ---


def _where(db: Warehouse, asked: Asked, names: Names) -> _Clause:
    """Every word of the search in some column, and every column's filter."""
    clauses = [_Clause("true"), *(_any([*_found(db, word.lower(), names)]) for word in asked.search.split())]
    for column, stated in sorted(asked.filters.items()):
        parts = [_filtered(column, part, names) for part in stated.parts()]
        clauses.append(_any(parts) if stated.operator == "OR" else _all(parts))
    return _all(clauses)


def _all(clauses: Sequence[_Clause], joined: str = " and ") -> _Clause:
    said = joined.join(f"({clause.sql})" for clause in clauses) or ("true" if joined == " and " else "false")
    return _Clause(said, tuple(value for clause in clauses for value in clause.parameters))


def _any(clauses: Sequence[_Clause]) -> _Clause:
    return _all(clauses, " or ")


def _numbers(db: Warehouse, word: str) -> Iterator[_Clause]:
    """Facts whose number with its unit holds the word. Each number is looked at once: far fewer than facts."""

    distinct = "(select distinct obs_value, unit_measure from wh.mart.fact) as f"
    query = f"select obs_value, unit_measure, {_SHOWN['said']} as said from {distinct}"  # noqa: S608 (ours)
    said = db.remember("numbers of facts", lambda: db.ask(query))
    found = said.filter(pl.col("said").str.contains(word, literal=True))
    for (unit,), rows in found.group_by("unit_measure"):
        yield _Clause(
            "f.unit_measure = ? and f.obs_value in (select unnest(?::double[]))", (unit, tuple(rows["obs_value"].to_list()))
        )


def _found(db: Warehouse, word: str, names: Names) -> Iterator[_Clause]:
    """Where a word may stand: in names, each looked at once and not once a fact, and in the words of the source."""
    by_key: dict[str, set[str]] = {}
    for column, shown in names.shown.items():
        by_key.setdefault(names.keys[column], set()).update(key for key, text in shown.items() if word in text.lower())
    yield from (_among(key, values) for key, values in by_key.items() if values)
    if word in NOTHING:
        yield from (_Clause(f"f.{key} is null") for key in by_key)
    for dimension, values in names.details.items():
        if found := {value for value in values if value != TOTAL and word in value.lower()}:
            yield _among(dimension, found)
    if word in WHOLE:
        yield _Clause(" and ".join(f"f.{name} = '{TOTAL}'" for name in DIMENSIONS))
    elif "、" in word:
        yield _Clause(f"contains(lower({_SHOWN['details']}), ?)", (word,))
    yield _Clause("contains(lower(f.as_stated), ?)" if word.upper() != word.lower() else "contains(f.as_stated, ?)", (word,))
    if word[0].isdigit() and not names.said:
        yield from _numbers(db, word)
    if said := {fact for fact, text in names.said if word in text}:
        yield _among("fact_id", said)


def _among(key: str, values: Collection[str]) -> _Clause:
    return _Clause(f"f.{key} in ({', '.join('?' * len(values))})", tuple(sorted(values)))


_TEXT: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, sought: sought in text,
    "notContains": lambda text, sought: sought not in text,
    "equals": lambda text, sought: text == sought,
    "notEqual": lambda text, sought: text != sought,
    "startsWith": str.startswith,
    "endsWith": str.endswith,
}
_TEXT_SQL = {
    "contains": "contains({}, ?)", "notContains": "not contains({}, ?)", "equals": "{} = ?", "notEqual": "{} <> ?",
    "startsWith": "starts_with({}, ?)", "endsWith": "ends_with({}, ?)",
}  # fmt: skip
_NUMBER = {
    "equals": "=", "notEqual": "<>", "lessThan": "<", "lessThanOrEqual": "<=", "greaterThan": ">", "greaterThanOrEqual": ">=",
}  # fmt: skip


def _filtered(column: str, part: Condition, names: Names) -> _Clause:
    """What one condition of a column's filter leaves. A condition that is not yet filled in leaves all; nothing is ever blank."""
    if part.type in {"blank", "notBlank"}:
        return _Clause("false" if part.type == "blank" else "true")
    if column == "said":
        return _number(part)
    if part.filter is None or part.type not in _TEXT:
        return _Clause("true")
    sought = str(part.filter).lower()
    if column in names.shown:
        shown = names.shown[column]
        found = _among(names.keys[column], {key for key, text in shown.items() if _TEXT[part.type](text.lower(), sought)})
        # What has no value is shown as a dash.
        return _any([found, _Clause(f"f.{names.keys[column]} is null")]) if _TEXT[part.type](NOTHING, sought) else found
    return _Clause(_TEXT_SQL[part.type].format(f"lower({_SHOWN[column]})"), (sought,))


def _number(part: Condition) -> _Clause:
    if not isinstance(part.filter, float | int):
        return _Clause("true")
    if part.type == "inRange" and part.filterTo is not None:
        return _Clause("f.obs_value between ? and ?", (float(part.filter), float(part.filterTo)))
    return _Clause(f"f.obs_value {_NUMBER[part.type]} ?", (float(part.filter),)) if part.type in _NUMBER else _Clause("true")


# --- in which order ---


class _Order(NamedTuple):
    joins: str
    sql: str
    parameters: tuple[Any, ...] = ()


def _order(db: Warehouse, asked: Asked, names: Names) -> _Order:
    """As the reader sorted, then by code of place and by indicator. Names by the place of each among all: far fewer than facts."""
    joins, keys, parameters = list[str](), list[str](), list[Any]()
    for at, sort in enumerate(asked.sort):
        if sort.column in {"said", "period"}:
            key = "coalesce(f.obs_value, 0)" if sort.column == "said" else "f.time_period"
        elif sort.column in names.shown:
            codes_of, places = _places(db, sort.column, names)
            joins.append(
                f"left join (select unnest(?::varchar[]) as code, unnest(?::bigint[]) as place) as r{at} on r{at}.code = f.{names.keys[sort.column]}"
            )
            parameters += [codes_of, places]
            key = f"coalesce(r{at}.place, 0)"
        else:
            column = _SHOWN[sort.column]
            ranks = f"select name, dense_rank() over (order by {_by_pinyin('name')}) as place from (select distinct {column} as name from wh.mart.fact as f)"  # noqa: S608
            joins.append(f"join ({ranks}) as r{at} on r{at}.name = {column}")
            key = f"r{at}.place"
        keys.append(f"{key} {'desc' if sort.descending else 'asc'}")
    return _Order(" ".join(joins), ", ".join([*keys, *(f"f.{column}" for column in _IN_ORDER.split(", "))]), tuple(parameters))


def _places(db: Warehouse, column: str, names: Names) -> tuple[list[str], list[int]]:
    """The values of a key, and the place of what each is shown as among all, by pinyin."""

    def read() -> tuple[list[str], list[int]]:
        listed = names.shown[column]
        named = "select unnest(?::varchar[]) as code, unnest(?::varchar[]) as name"
        query = f"select code, dense_rank() over (order by {_by_pinyin('name')}) as place from ({named})"  # noqa: S608
        found = db.ask(query, (list(listed), list(listed.values())))
        return found["code"].to_list(), found["place"].to_list()

    return db.remember(f"places of {column}", read)


def _by_pinyin(name: str) -> str:
    """The order of assets/alphabet.js: by pinyin, a number within by its size."""
    before, number = f"regexp_replace({name}, '[0-9].*', '0')", f"try_cast(regexp_extract({name}, '[0-9]+') as double)"
    return f"{before} collate zh, {number} nulls first, {name} collate zh"
