"""The registries' rows as frozen records: what may stand in sources.csv, areas.csv, indicators.toml and the rest.

One model a file; the field order is the column order of the file. Blank cells arrive as missing fields.
A new value of an enumeration (a kind of event, say) is added to codes.py, and its Chinese word to codes.csv.
"""

import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from etl.codes import Direction, EventKind, Fault, Grade, Level, Nature, Phase, Role
from etl.read.readers import half_width
from vocabulary.periods import check_end, check_period, check_period_or_unstated, precision_of

YES, NO = ("yes", "y", "是", "true", "1"), ("", "no", "n", "否", "false", "0")
TOWNSHIP_DIGITS = 9  # of the statistics bureau's code of a 街道, 乡 or 镇
MOST_OF_A_HINT = 80  # characters
DIMENSIONS = (
    "sector", "tier", "post_type", "age_band", "education", "org_unit", "catalogue", "size_band", "category",
)  # fmt: skip


def _yes(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = half_width(str(value)).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError("只能写 yes 或留空")


def _code(value: str) -> str:
    if re.search(r"\s", value):
        raise ValueError("编号里不能有空格")
    return value


def _half(value: object) -> object:
    return half_width(value) if isinstance(value, str) else value


def _short(text: str) -> str:
    """Words of ours, never a passage of the source."""
    if len(text) > 60:
        raise ValueError("做法要用自己的话概括，不超过 60 个字")
    return text


def _brief(text: str) -> str:
    """What fits into a hint beside a word."""
    if len(text) > MOST_OF_A_HINT:
        raise ValueError(f"一两句短话，不超过 {MOST_OF_A_HINT} 个字")
    return text


def _parted(text: str) -> str:
    """A list with ； between its parts, typed in whichever width."""
    return text.replace(";", "；")


def _of_the_date(precision: str, date: str | None) -> str:
    if date is not None and precision != precision_of(date):
        raise ValueError(f"与日期 {date} 的精度不符：写到日用 day，写到月用 month，只有年用 year，日期为 _U 用 unstated")
    return precision


Text = Annotated[str, StringConstraints(min_length=1)]
Code = Annotated[str, BeforeValidator(_half), AfterValidator(_code)]
Yes = Annotated[bool, BeforeValidator(_yes)]
Number = Annotated[float, BeforeValidator(_half), Field(allow_inf_nan=False)]
Position = Annotated[int, BeforeValidator(_half)]
Period = Annotated[str, BeforeValidator(_half), AfterValidator(check_period)]
Url = Annotated[str, BeforeValidator(_half), StringConstraints(pattern=r"^https?://\S+$")]
Adcode = Annotated[str, BeforeValidator(_half), StringConstraints(pattern=r"^\d{6}$")]
DivisionCode = Annotated[str, BeforeValidator(_half), StringConstraints(pattern=r"^\d{6}(\d{3})?$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Record):
    source_id: Code
    title: Text
    own_title: Yes = False  # the source has no title that we saw: this one is ours
    publisher: Text
    published: Period | None = None
    url: Url | None = None
    locator_hint: str | None = None
    grade: Annotated[Grade, BeforeValidator(_half)]
    reprint: Yes = False
    reports_plan: Yes = False  # what it says of a state after a reform is what the approved plan sets up
    note: str | None = None


class Area(Record):
    ref_area: Code
    name_zh: Text
    level: Level
    parent: Code | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    adcode: Adcode | None = None
    anonymous: Yes = False
    same_as: Code | None = None  # the named place that an unnamed one is by its features: counted once
    cohort: str | None = None
    illustrative: Yes = False
    note: str | None = None


class Division(Record):
    """A province, prefecture or county-level unit of the country, standing or gone (`until`: the year in which its name or code
    ended; `successor`: the code of the standing unit that took its place, none where it was shared out). Townships (街道, 乡, 镇), with
    codes of nine digits, come on request into a folder's own register (tools/townships.py)."""

    division: DivisionCode
    name_zh: Text
    pinyin: Text  # a syllable a character, blanks between
    level: Literal["province", "prefecture", "county", "township"]
    kind: Text  # 县, 自治县, 县级市, 市辖区, 旗 …
    parent: Code | None = None
    province: Text
    prefecture: str | None = None
    until: Position | None = None
    successor: Adcode | None = None
    change_zh: str | None = None
    source_id: Code

    @field_validator("level")
    @classmethod
    def _nine_digits_for_townships(cls, level: str, info: ValidationInfo) -> str:
        code = info.data.get("division")
        if code is not None and (len(code) == TOWNSHIP_DIGITS) != (level == "township"):
            raise ValueError("乡镇、街道用九位代码，省、市、县用六位代码")
        return level


class Indicator(Record):
    indicator: Slug
    name_zh: Text
    name_en: Text
    unit_measure: Text
    definition_zh: Text
    direction: Direction
    kind: Literal["count", "ratio", "share", "money", "area", "year", "ordinal"]
    decimals: Annotated[int, Field(ge=0, le=6)]
    caveat_zh: str | None = None
    source_of_definition: str | None = None
    theme: Text
    self_defined: bool = False  # its definition leaves no room: a source need not state a scope
    rankable: bool = False
    direction_zh: Annotated[str | None, Field(validate_default=True)] = None  # what a large number means; of a rankable one only

    @field_validator("direction_zh")
    @classmethod
    def _of_ranks_and_only_of_them(cls, words: str | None, info: ValidationInfo) -> str | None:
        rankable = info.data.get("rankable")  # missing where it is no yes or no: that is said of its own line
        if rankable is False and words is not None:
            raise ValueError("只有可排名的指标才写：删去这一行，或加上 rankable = true")
        if rankable and not words:
            raise ValueError('可排名的指标要写数字大说明什么，例如 direction_zh = "数字大负担轻"')
        return words


class Scope(Record):
    """`unstated`: the source leaves open what is counted, so that a value of this scope shares an axis with its own source only."""

    scope: Text
    subject: str | None = None
    nature: Nature = "count"
    coverage: str | None = None
    edition: str | None = None
    left_out: str | None = None  # codes of the places that it does not count, with a semicolon between them
    population_basis: Literal["常住", "户籍", "七普", "疑户籍", "未注明"] | None = None
    staff_scope: str | None = None
    fills_posts: Yes = False
    unstated: Yes = False
    doubtful: Yes = False
    definition_zh: Text


class Cohort(Record):
    """A group of places that a reader may choose together; areas.csv refers to it by `cohort`, its Chinese name."""

    cohort: Text
    role: Role
    batch: str | None = None
    province: str | None = None
    named: Period | None = None
    position: Position
    note: str | None = None


class CodeWord(Record):
    """The Chinese word for a code, and its place in a list."""

    code_list: Slug
    code: Text
    name_zh: Text
    position: Position


class Term(Record):
    """A word of the field that pages explain where it stands; `aliases` are its other spellings, with ； between them."""

    term: Text
    position: Position
    aliases: Annotated[str, AfterValidator(_parted)] | None = None
    definition_zh: Annotated[Text, AfterValidator(_brief)]
    caution_zh: Annotated[str, AfterValidator(_brief)] | None = None  # the usual trap
    source_of_definition: Text

    @property
    def spellings(self) -> list[str]:
        others = (alias.strip() for alias in (self.aliases or "").split("；"))
        return [self.term, *(alias for alias in others if alias)]


class Event(Record):
    ref_area: Code
    date: Period
    date_precision: Literal["day", "month", "year"]
    kind: EventKind
    title: Text
    source_id: Code
    locator: str | None = None
    note: str | None = None

    @field_validator("date_precision")
    @classmethod
    def _as_the_date_says(cls, precision: str, info: ValidationInfo) -> str:
        return _of_the_date(precision, info.data.get("date"))


class Measure(Record):
    """What a place did, in a short sentence of ours; `measure` is a code of the list `measure` in codes.csv.

    A measure that a source spreads over years (2006—2013) has its first year as `date` and its last as `date_end`.
    """

    ref_area: Code
    date: Annotated[str, BeforeValidator(_half), AfterValidator(check_period_or_unstated)]
    date_end: Period | None = None
    date_precision: Literal["day", "month", "year", "unstated"]
    measure: Code
    proposed: Yes = False  # planned, aimed at or put up for comment: not done yet, and in no count of who did it
    statement_zh: Annotated[Text, AfterValidator(_short)]
    source_id: Code
    locator: str | None = None
    note: str | None = None

    @field_validator("date_end")
    @classmethod
    def _after_it_began(cls, end: str | None, info: ValidationInfo) -> str | None:
        start = info.data.get("date")
        return end if end is None or start is None else check_end(start, end)

    @field_validator("date_precision")
    @classmethod
    def _as_the_date_says(cls, precision: str, info: ValidationInfo) -> str:
        return _of_the_date(precision, info.data.get("date"))


class Identity(Record):
    identity_id: Code
    title_zh: Text
    relation: Literal["sum", "at_most", "ratio", "note"]
    expected: Literal["holds", "rounds", "contradicts", "note"]
    # Why it contradicts: the parts of one source do not make its total, a misprint, a wrong way to read it, two sources.
    fault: Fault | None = None
    note: str | None = None


class _DimensionFilter(Record):
    """Optional dimensions of a record that points at facts. None = any, unless the file says otherwise."""

    sector: str | None = None
    tier: str | None = None
    post_type: str | None = None
    age_band: str | None = None
    education: str | None = None
    org_unit: str | None = None
    catalogue: str | None = None
    size_band: str | None = None
    category: str | None = None


class IdentityTerm(_DimensionFilter):
    """One fact of an arithmetic identity. Blank dimensions mean `_T` (see sources.py); blank phase, period, scope = any."""

    identity_id: Code
    side: Literal["lhs", "rhs", "numerator", "denominator"]
    coefficient: Number
    ref_area: Code
    indicator: Slug
    phase: Phase | None = None
    time_period: Period | None = None
    scope: str | None = None
    source_id: Code


class Correction(_DimensionFilter):
    """An error that the source printed, how we read it, and the value that must therefore be in the facts."""

    correction_id: Code
    source_id: Code
    ref_area: Code
    indicator: Slug
    phase: Phase | None = None
    time_period: Period | None = None
    printed: Text
    read_as: Text
    expect_value: Number
    reason: Text
    scope: str | None = None


class ConflictTopic(Record):
    topic_id: Code
    title_zh: Text
    reading_zh: Text
    ref_area: Code
    indicator: Slug
    size_band: str | None = None
    phase: Phase | None = None
    members: str | None = None

    @property
    def scopes(self) -> list[str]:
        return [scope.strip() for scope in (self.members or "").replace("；", ";").split(";") if scope.strip()]
