"""The words of the reader as intervals. What cannot be meant gets a sentence at its field and takes no part; the rest does.

A number that equals the published one of the place is that fact, with its receipt; all others are the reader's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import polars as pl

from dashboard.cards.own import OWN, Words, own_sets
from dashboard.language import words
from dashboard.themes.mine.typed.fields import BY_KEY, CHOICES, FIELDS, NAME, NAMES, PLACE, POST_TYPES, Choice, Field, Option
from dashboard.themes.ratio.what_if.sums import said
from dashboard.warehouse.gazetteer import Gazetteer, gazetteer
from dashboard.warehouse.tables import DIMENSIONS, TOTAL, facts
from dashboard.warehouse.warehouse import Warehouse
from vocabulary.hedges import quantities
from vocabulary.interval import Interval, exactly
from vocabulary.numerals import normalise
from vocabulary.quantity import LARGEST, amount

FEWEST_PEOPLE = 300  # of a county: fewer is a number in 万
COUNTY = "county"
_TEN_THOUSAND = Decimal(10_000)
_SCALES = ("万", "亿")  # with one of these an amount of money is in 元
_UNITS = "人个名元口"


@dataclass(frozen=True, kw_only=True)
class Given:
    """A number that can be used: as typed, what it allows; the facts that say the same, if any."""

    field: Field
    words: str
    bounds: Interval
    fact_ids: str = ""
    source_ids: str = OWN
    year: int | None = None

    @property
    def text(self) -> str:
        """In words: 12万人, 约5000人."""
        return said(self.bounds, self.field.unit)


@dataclass(frozen=True, kw_only=True)
class OwnSet:
    """One set. `area` is the row of the place where it is one; `called` what its words name where it is not."""

    number: int
    name: str
    area: Mapping[str, Any] | None = None
    called: tuple[Mapping[str, Any], ...] = ()
    given: Mapping[str, Given] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)

    def option(self, choice: Choice) -> Option:
        return choice.option(self.chosen.get(choice.key, ""))

    @property
    def code(self) -> str | None:
        return self.area["ref_area"] if self.area else None

    @property
    def title(self) -> str:
        return self.area["name_zh"] if self.area else self.name

    @property
    def is_empty(self) -> bool:
        return self.area is None and not self.given


def read_sets(db: Warehouse, own: str) -> tuple[OwnSet, ...]:
    """The sets of a selection that say anything, names told apart: 兰考县, 兰考县（方案A）."""
    stated = [(number, typed) for number, typed in enumerate(own_sets(own)) if typed]
    if not stated:
        return ()
    names = gazetteer(db)
    return tuple(_read(db, names, number, typed) for number, typed in stated)


def labels(sets: tuple[OwnSet, ...]) -> dict[int, str]:
    """What each set is called in charts, by its number: the place, with the name of the set where a place stands twice."""
    titles = [one.title for one in sets]
    return {one.number: one.title if titles.count(one.title) == 1 else f"{one.title}·{one.name}" for one in sets}


def _read(db: Warehouse, names: Gazetteer, number: int, stated: Words) -> OwnSet:
    area, called, problems = _placed(names, stated.get(PLACE, ""))
    given: dict[str, Given] = {}
    known = published(db, area["ref_area"]) if area and any(key in BY_KEY for key in stated) else {}
    for entry in FIELDS:
        if typed := stated.get(entry.key):
            read = read_number(typed, entry)
            if isinstance(read, str):
                problems[entry.key] = read
            else:
                given[entry.key] = _with_receipt(Given(field=entry, words=typed, bounds=read), known)
    for key, problem in _contradictions(given).items():
        problems[key] = problem
        del given[key]
    chosen = {choice.key: stated[choice.key] for choice in CHOICES if choice.key in stated}
    return OwnSet(
        number=number, name=stated.get(NAME) or NAMES[number], area=area, called=called, given=given, chosen=chosen, problems=problems
    )  # fmt: skip


def _placed(names: Gazetteer, typed: str) -> tuple[Mapping[str, Any] | None, tuple[Mapping[str, Any], ...], dict[str, str]]:
    if not typed:
        return None, (), {}
    called = names.named(typed)
    counties = tuple(row for row in called if row["level"] == COUNTY)
    if len(counties) == 1:
        return counties[0], counties, {}
    if counties:
        return None, counties, {PLACE: f"叫“{typed}”的县不止一个，请选一个。"}
    if called:
        return None, (), {PLACE: f"“{typed}”不是县级地方，请填县、自治县、旗、县级市或市辖区。"}
    return None, (), {PLACE: f"没有找到“{typed}”，请换一个写法或从列表里选。"}


def read_number(typed: str, entry: Field) -> Interval | str:
    """What the words allow, in the unit of the field; or a sentence that says why they cannot be meant."""
    text = normalise(typed.strip()).replace(",", "")
    bare = text.rstrip(_UNITS)
    plain = _plain(bare)
    if plain is not None and plain <= 0:
        return exactly(Decimal(0)) if plain == 0 and entry.zero else f"{entry.label}不能是{'0' if plain == 0 else '负数'}。"
    found = amount(bare if entry.money else text)
    if found is None:
        counted = [quantity.number.value for quantity in quantities(bare)]
        huge = (plain or Decimal(0)) > entry.most or (len(counted) == 1 and counted[0] > LARGEST)
        return _too_large(entry) if huge else f"看不懂“{typed}”：请写 98833、12万、约5000、3～5万 这样的数。"
    bounds = _in_ten_thousand(found.bounds) if entry.money and any(scale in bare for scale in _SCALES) else found.bounds
    ends = [end for end in (bounds.low, bounds.high) if end is not None]
    if max(ends) > entry.most:
        return _too_large(entry)
    if not entry.money and bounds.exact and ends[0] != int(ends[0]):
        return f"{entry.label}应是整数；若以万计，请写成“{bare}万”。"
    if entry.unit == "人" and not entry.zero and entry.published and max(ends) < FEWEST_PEOPLE:
        return f"只有{bare}人？若以万计，请写成“{bare}万”。"
    return bounds


def _plain(text: str) -> Decimal | None:
    """A number written out in digits."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _too_large(entry: Field) -> str:
    return f"没有哪个县的{entry.label}超过{words.value(entry.most, entry.unit)}，请核对位数和单位。"


def _in_ten_thousand(bounds: Interval) -> Interval:
    low, high = (None if end is None else end / _TEN_THOUSAND for end in (bounds.low, bounds.high))
    return Interval(low=low, high=high)


def _contradictions(given: Mapping[str, Given]) -> dict[str, str]:
    """Numbers that cannot hold beside the others: more staff than people, parts over their total."""
    found: dict[str, str] = {}
    people = [given[key].bounds.high for key in ("resident", "registered") if key in given]
    staff = given.get("staff")
    if staff and people and None not in people and _least(staff) > max(end for end in people if end is not None):
        found["staff"] = "财政供养人员比人口还多，请核对。"
    in_post = [_least(given[key]) for key in (f"people_{kind}" for kind in POST_TYPES) if key in given]
    if staff and "staff" not in found and in_post and staff.bounds.high is not None and sum(in_post) > staff.bounds.high:
        found["staff"] = f"行政、事业、工勤实有相加已有{words.value(float(sum(in_post)), '人')}，超过财政供养人员，请核对。"
    bodies, leaders = given.get("bodies"), given.get("leaders")
    if bodies and leaders and leaders.bounds.high is not None and leaders.bounds.high < _least(bodies):
        found["leaders"] = "领导职数比党政机构还少，请核对。"
    return found


def _least(one: Given) -> Decimal:
    return one.bounds.low or Decimal(0)


def published(db: Warehouse, code: str) -> dict[str, dict[str, Any]]:
    """What the warehouse has of a place for each field: the latest preferred fact in the scope of the field."""
    wanted = {indicator: entry for entry in FIELDS for indicator in entry.published}
    totals = pl.all_horizontal(pl.col(name).fill_null(TOTAL) == TOTAL for name in DIMENSIONS)
    rows = (
        facts(db, *wanted, ref_area=code)
        .filter(totals & ~pl.col("anonymous"))
        .collect()
        .sort("year", "fact_id", nulls_last=False)
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows.to_dicts():
        entry = wanted[row["indicator"]]
        sure = entry.published.index(row["indicator"])
        other = found.get(entry.key)
        fits = row["scope"] == (entry.scope or row["scope"]) and row["phase"] != "change"
        if fits and (other is None or entry.published.index(other["indicator"]) >= sure):
            found[entry.key] = row
    return found


def _with_receipt(one: Given, known: Mapping[str, Mapping[str, Any]]) -> Given:
    row = known.get(one.field.key)
    if row is None or not one.bounds.exact or float(one.bounds.low or 0) != row["obs_value"]:
        return one
    return Given(
        field=one.field, words=one.words, bounds=Interval(low=_decimal(row["value_low"]), high=_decimal(row["value_high"])),
        fact_ids=row["fact_id"], source_ids=row["source_id"], year=row["year"],
    )  # fmt: skip


def _decimal(end: float | None) -> Decimal | None:
    return None if end is None else Decimal(repr(end))
