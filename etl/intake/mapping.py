"""What stands where in a table that is not our template: a TOML file that names every column, used or left out.

title = "2020年人口普查分县资料"        # optional, what the table is
sheet = "Sheet1"                        # optional where the file has one sheet
header = 1                              # or [2, 3]; several rows are joined: 编制 / 行政
first_row = 4                           # optional: after the header
last_row = 90                           # optional: to the end
source = "guojiatongjiju-2022"          # a registered source, or a table [source] with the columns of sources.csv

[area]                                  # headers of the columns that say which place; code or name, or both
code = "CODE"
name = "NAME"
province = "省"                         # these tell namesakes apart: prefecture, county
level = "county"                        # optional: only places of this level are meant
new_level = "township"                  # optional: places that are not registered yet are brought in, below a known county
totals = "合计|全市"                    # optional: rows whose area cell is one of these are totals, not places
[area.names_differ]                     # code → why the name beside it is another one; the code holds
[[area.left_out]]                       # rows that are no places: codes = [], names = [] or pattern = "…", and the reason

[constants]                             # of every column: phase, period, scope, disclosure, precision, note, dimensions …
[columns.POPU]                          # a header (or a letter, where headers repeat) and what its figures are
indicator = "population_census"
unit = "万人"                           # optional: as the table has it, where it is not the indicator's own
[per_row]                               # a column that says it row by row: period = "年份", indicator, value …
[left_out]                              # header = the reason why it is not read
"""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    field_validator,
    model_validator,
)

from etl.codes import Disclosure, Level, Phase, Precision
from etl.intake.headers import SHORT
from etl.problems import InputErrors, Problem, display_path, nearest
from etl.read.messages import MESSAGES
from etl.read.registry import Number, Period, Slug, Source, Text

TOTALS = "总?合计|总计|小计|全市(?:合计)?|全县(?:合计)?|全省(?:合计)?|全区(?:合计)?|全国(?:合计)?"
AVERAGES = "平均|均值|平均数"
FIELD_OF = SHORT | {"value": "obs_value"}  # key → column of a fact


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error:
        raise ValueError("不是正则表达式：括号要成对，特殊字符前加反斜线") from None
    return text


_ID, _TABLE = "source id", "source table"  # which of the two a source is written as
AnySource = Annotated[
    Annotated[Text, Tag(_ID)] | Annotated[Source, Tag(_TABLE)],
    Discriminator(lambda value: _TABLE if isinstance(value, dict | Source) else _ID),
]
_BRANCHES = {_ID, _TABLE, "int", "constrained-int", "tuple[constrained-int, ...]"}  # of a union: no keys of the file
Pattern = Annotated[str, AfterValidator(_pattern)]


Row = Annotated[int, Field(ge=1)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fields(_Table):
    """What every figure of a column has in common."""

    indicator: Slug | None = None
    sector: Text | None = None
    tier: Text | None = None
    post_type: Text | None = None
    age_band: Text | None = None
    education: Text | None = None
    org_unit: Text | None = None
    catalogue: Text | None = None
    size_band: Text | None = None
    category: Text | None = None
    phase: Phase | None = None
    period: Period | None = None
    unit: Text | None = None
    precision: Precision | None = None
    scope: Text | None = None
    source: Text | None = None
    disclosure: Disclosure | None = None
    doubt: Text | None = None
    to_check: Text | None = None
    timing: Text | None = None
    arithmetic: Text | None = None
    note: Text | None = None

    def of_facts(self) -> dict[str, str]:
        """By the columns of a fact, what is not said left out."""
        return {FIELD_OF.get(key, key): value for key, value in self.model_dump(exclude_none=True).items() if key != "factor"}


class ColumnFields(Fields):
    """`factor`: what the figures are multiplied with, where the unit does not say it."""

    indicator: Slug
    factor: Annotated[Number, Field(gt=0)] | None = None


class LeftOut(_Table):
    """Rows that are not read; the reason is kept."""

    reason: Text
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    pattern: Pattern | None = None  # of the whole code


class AreaColumns(_Table):
    code: Text | None = None
    name: Text | None = None
    province: Text | None = None
    prefecture: Text | None = None
    county: Text | None = None
    constant: Text | None = None  # the one place of the whole table, by code or name
    within: Text | None = None  # the place that all places of the table lie in
    level: Level | None = None
    new_level: Level | None = None
    totals: Pattern | None = None
    names_differ: dict[str, Text] = {}
    left_out: tuple[LeftOut, ...] = ()

    @model_validator(mode="after")
    def _says_which(self) -> "AreaColumns":
        if not (self.code or self.name or self.constant):
            raise ValueError("要写明哪一列是地区：code 或 name；全表一个地区写 constant")
        return self


class Mapping(_Table):
    title: Text | None = None
    sheet: Text | None = None
    header: Row | tuple[Row, ...] = 1
    first_row: Row | None = None
    last_row: Row | None = None
    source: AnySource
    area: AreaColumns
    constants: Fields = Fields()
    columns: dict[str, ColumnFields] = {}
    per_row: dict[str, Text] = {}
    left_out: dict[str, Text] = {}

    @field_validator("per_row")
    @classmethod
    def _known_keys(cls, per_row: dict[str, str]) -> dict[str, str]:
        known = [*(key for key in Fields.model_fields), "value", "as_stated"]
        for key in per_row:
            if key not in known:
                raise ValueError(f"“{key}”不是事实的列：{nearest(key, known) or '、'.join(known)}")
        return per_row

    @model_validator(mode="after")
    def _has_values(self) -> "Mapping":
        if not self.columns and "value" not in self.per_row:
            raise ValueError("没有一列数：写 [columns.表头]，或在 [per_row] 写 value")
        return self

    @property
    def headers(self) -> tuple[int, ...]:
        return (self.header,) if isinstance(self.header, int) else self.header

    @property
    def source_id(self) -> str:
        return self.source if isinstance(self.source, str) else self.source.source_id


def read_mapping(file: Path) -> Mapping:
    """Raises InputErrors with every key that is wrong."""
    name = display_path(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
        return Mapping.model_validate(tomllib.loads(text))
    except (OSError, UnicodeDecodeError):
        raise InputErrors([Problem(file=name, message="映射文件读不出来", fix="检查路径；保存为 UTF-8")]) from None
    except tomllib.TOMLDecodeError as error:
        words = re.search(r"line (\d+)", str(error))
        line = int(words[1]) if words else None
        fix = '文字加英文双引号；表头里有空格、括号时键也加引号，例如 [columns."编制 / 行政"]'
        raise InputErrors([Problem(file=name, line=line, message="TOML 写法不对", fix=fix)]) from None
    except ValidationError as error:
        raise InputErrors(_problem(detail, name) for detail in error.errors(include_url=False)) from None


def _problem(detail: Any, name: str) -> Problem:
    key = ".".join(str(part) for part in detail["loc"] if part not in _BRANCHES)
    known = {
        "value_error": lambda: (str(detail["ctx"]["error"]), ""),
        "literal_error": lambda: ("不在允许的取值里", detail["ctx"]["expected"]),
    }
    words = known.get(detail["type"], lambda: MESSAGES.get(detail["type"], ("内容不符合要求", "对照 etl/mappings 里的例子")))
    message, fix = words()
    value = detail.get("input")
    return Problem(file=name, column=key, value=value if isinstance(value, str) else None, message=message, fix=fix)
