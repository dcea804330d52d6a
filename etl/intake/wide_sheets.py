"""What the wide sheets of the template are: the shipped ones of template.toml, and those of an office's own in local/template.toml.

Both files have the same form:

title = "某市机构编制数据填报模板"          # optional, what the workbook is called; an office's own
[[sheet]]
name = "政务服务"                          # of a shipped sheet: this one takes its place
title = "政务服务：一县一行"               # optional, the line above the header
columns = [                               # indicator and scope as the registers have them; phase and dimensions where they are not the usual
  { indicator = "service_windows", scope = "原文口径" },
  { indicator = "staff_actual", scope = "全县在编实有", sector = "政务服务" },
]
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from etl.codes import Phase
from etl.intake.filing import GUIDE
from etl.problems import InputErrors, Problem, display_path, nearest
from etl.read.decoding import read_text
from etl.read.messages import problems_of
from etl.read.registry import DIMENSIONS, Slug, Text
from etl.read.sources import TEMPLATE, TOTAL, Registries

SHIPPED = Path(__file__).with_name("template.toml")
LONG, EXAMPLES, CHOICES = "逐条", "示例", "选项"
_RESERVED = (GUIDE, LONG, EXAMPLES, CHOICES)
_LONGEST_NAME = 31  # characters, what a spreadsheet takes
_UNFIT = re.compile(r"[\[\]:*?/\\]")


def _sheet_name(name: str) -> str:
    if name in _RESERVED:
        raise ValueError(f"模板自己有“{name}”这张表，换一个名称")
    if len(name) > _LONGEST_NAME or _UNFIT.search(name) or name.startswith("'") or name.endswith("'"):
        raise ValueError(f"不能作工作表名：不超过 {_LONGEST_NAME} 个字，不含 [ ] : * ? / \\，首尾不用单引号")
    return name


def _no_total(value: str) -> str:
    if value == TOTAL:
        raise ValueError("合计不用写：删去这一项")
    return value


Part = Annotated[Text, AfterValidator(_no_total)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Table):
    """What the figures of a column are; the dimensions are those of a fact."""

    indicator: Slug
    scope: Text
    phase: Phase | None = None
    sector: Part | None = None
    tier: Part | None = None
    post_type: Part | None = None
    age_band: Part | None = None
    education: Part | None = None
    org_unit: Part | None = None
    catalogue: Part | None = None
    size_band: Part | None = None
    category: Part | None = None

    @property
    def parts(self) -> dict[str, str]:
        """Dimension → value, of those that are said."""
        said = self.model_dump(exclude_none=True)
        return {dimension: said[dimension] for dimension in DIMENSIONS if dimension in said}


class WideSheet(_Table):
    name: Annotated[Text, AfterValidator(_sheet_name)]
    title: Text | None = None
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]

    @property
    def heading(self) -> str:
        """The line above the header."""
        return self.title or f"{self.name}：一县一行"


class WideSheets(_Table):
    title: Text | None = None
    sheet: tuple[WideSheet, ...] = ()


def wide_sheets(registries: Registries, sources: Path | None = None) -> WideSheets:
    """The shipped sheets; with `sources`, a folder of sources, also those of its local/template.toml: one of the same name takes the place
    of a shipped one, others follow. Raises InputErrors with everything that is wrong with either file."""
    sheets = _read(SHIPPED, registries)
    path = sources / "local" / TEMPLATE if sources else None
    if path is None or not path.exists():
        return sheets
    own = _read(path, registries)
    by_name = {one.name: one for one in (*sheets.sheet, *own.sheet)}  # of the same name the later, in the place of the first
    return WideSheets(title=own.title or sheets.title, sheet=tuple(by_name.values()))


def _read(path: Path, registries: Registries) -> WideSheets:
    name = display_path(path)
    decoded = read_text(path, name)
    if decoded.text is None or decoded.problems:
        raise InputErrors(decoded.problems)
    try:
        read = tomllib.loads(decoded.text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        fix = '文字加英文双引号，一张表一段 [[sheet]]，各列写成 { indicator = "…", scope = "…" }，用逗号隔开'
        raise InputErrors([Problem(file=name, line=int(line[1]) if line else None, message="TOML 写法不对", fix=fix)]) from None
    try:
        sheets = WideSheets.model_validate(read)
    except ValidationError as error:
        raise InputErrors(_placed(error, read, name)) from None
    if problems := [*_strangers(sheets, registries, name), *_twice(sheets, name)]:
        raise InputErrors(problems)
    return sheets


def _placed(error: ValidationError, read: dict[str, Any], name: str) -> Iterator[Problem]:
    """Each with its sheet, column and field."""
    known = {*Column.model_fields, *WideSheet.model_fields, *WideSheets.model_fields}
    for detail, problem in zip(error.errors(include_url=False), problems_of(error, file=name, lines={}), strict=True):
        key = str(detail["loc"][-1]) if detail["loc"] else ""
        fix = (
            nearest(key, known) or f"可用：{'、'.join(Column.model_fields)}"
            if detail["type"] == "extra_forbidden"
            else problem.fix
        )
        value = problem.value if isinstance(detail["input"], str) else None
        yield Problem(file=name, column=_path(detail["loc"], read), value=value, message=problem.message, fix=fix)


def _path(loc: tuple[int | str, ...], read: dict[str, Any]) -> str:
    """表“政务服务” 第 2 列 scope."""
    match loc:
        case ("sheet", int(at), *rest):
            sheet = read["sheet"][at]
            named = sheet.get("name") if isinstance(sheet, dict) else None
            words = [f"表“{named}”" if named else f"第 {at + 1} 张表"]
        case _:
            rest, words = list(loc), []
    match rest:
        case ["columns", int(at), *rest]:
            words.append(f"第 {at + 1} 列")
    return " ".join([*words, *map(str, rest)])


def _strangers(sheets: WideSheets, registries: Registries, name: str) -> Iterator[Problem]:
    """Indicators and scopes that no register knows."""
    indicators, scopes = registries.by_key("indicator"), registries.by_key("scope")
    for sheet in sheets.sheet:
        for at, column in enumerate(sheet.columns, start=1):
            for field, value, known, words, register in (
                ("indicator", column.indicator, indicators, "指标", "indicators.toml"),
                ("scope", column.scope, scopes, "口径", "scopes.csv"),
            ):
                if value not in known:
                    place = f"表“{sheet.name}” 第 {at} 列 {field}"
                    fix = nearest(value, known) or f"先在 {register} 里登记"
                    yield Problem(file=name, column=place, value=value, message=f"没有登记过的{words}", fix=fix)


def _twice(sheets: WideSheets, name: str) -> Iterator[Problem]:
    """Sheets of one name, columns of one header."""
    for word, count in Counter(sheet.name for sheet in sheets.sheet).items():
        if count > 1:
            yield Problem(file=name, column="name", value=word, message=f"有 {count} 张表都叫这个名称", fix="改名，或合成一张")
    for sheet in sheets.sheet:
        first: dict[Column, int] = {}
        for at, column in enumerate(sheet.columns, start=1):
            same = column.model_copy(update={"phase": column.phase or "point"})
            before = first.setdefault(same, at)
            if before != at:
                place = f"表“{sheet.name}” 第 {at} 列"
                message = f"与第 {before} 列是同一个数，表头也相同"
                yield Problem(
                    file=name, column=place, value=column.indicator, message=message, fix="删去一列；不同的写明口径、阶段或分组"
                )
