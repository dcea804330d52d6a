"""A mapping guessed from a table, to be edited: what is not certain is marked, what found no place is named and stays refused."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from etl.intake.finding import index_of
from etl.intake.headers import JOINT, joined_headers
from etl.intake.judge.marking import marked_cells
from etl.intake.layout import plain_header
from etl.intake.places import matcher, registered_names
from etl.intake.quantities import UNPUBLISHED
from etl.intake.sheets import ROW, Sheet, read_book
from etl.intake.units import factor, unit_of_header
from etl.intake.words import DIMENSIONS, INDICATORS, OF_A_PART, ROLES, SCOPES
from etl.problems import InputErrors, Problem, display_path
from etl.read.registry import Indicator
from etl.read.sources import Registries

CHECK = "  # 请核对"
_LOOKED_AT = 40  # lines at the top among which the header is sought, and lines of data that are tried
_LIKE = 0.6
_NUMBER = r"^[约近]?-?[0-9][0-9,.]*[%‰万亿]?(?:余|多)?$"
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")
_FIELDS = ("post_type", "tier", "unit")


@dataclass(frozen=True)
class Guess:
    """`text`: the TOML file. How many columns found an indicator, how many guesses are to be checked, how many columns found nothing."""

    text: str
    mapped: int
    doubtful: int
    unmapped: int


def guess_mapping(file: Path, registries: Registries) -> Guess:
    """Raises InputErrors when the file holds no table, or carries a marking of secrecy."""
    book = read_book(file)
    if marked := list(marked_cells(book)):
        raise InputErrors([Problem(file=display_path(file), message=one.message, fix=one.fix) for one in marked])
    visible = [sheet for sheet in book.sheets if not (sheet.hidden or sheet.is_blank)]
    if not visible:
        problems = [Problem(file=display_path(file), message=finding.message, fix=finding.fix) for finding in book.findings]
        raise InputErrors(problems or [Problem(file=display_path(file), message="文件里没有表格", fix="给出有内容的表格")])
    sheet = max(visible, key=lambda one: one.cells.height)
    text = "\n".join(_Guessing(file, sheet, len(visible), registries, book.file_hash).lines()) + "\n"
    columns = len(re.findall(r"^\[columns\.", text, re.MULTILINE))
    return Guess(text, columns, text.count(CHECK.strip()), text.count("# 没有认出"))


@dataclass
class _Guessing:
    file: Path
    sheet: Sheet
    sheets: int
    registries: Registries
    file_hash: str
    _roles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.first = self._first_line()
        self.header_rows = self._header_rows()
        self.headers = joined_headers(self.sheet, self.header_rows)
        data = self.sheet.cells.filter(pl.col(ROW) >= self.first).head(_LOOKED_AT)
        self.samples = {letter: data[letter].drop_nulls().to_list() for letter in self.sheet.columns}
        self.names = {one.name_zh: one for one in self.registries.records("indicator")}
        self.by_slug: dict[str, Indicator] = {one.indicator: one for one in self.registries.records("indicator")}
        self._roles = self._found_roles()

    def lines(self) -> Iterator[str]:
        """The file, line by line."""
        title = next(iter(self.sheet.line(1).values()), self.sheet.name) if self.header_rows[0] > 1 else self.file.stem
        yield f"# 由 {self.file.name} 猜出的映射。带“请核对”的地方不是完全对上的；改好后："
        yield f"# python -m etl import {self.file.name} --mapping {self.file.with_suffix('.toml').name}"
        yield f"title = {_quoted(title)}"
        yield f"sheet = {_quoted(self.sheet.name)}{f'{CHECK}：文件里有 {self.sheets} 张表' if self.sheets > 1 else ''}"
        rows = self.header_rows
        yield f"header = {rows[0] if len(rows) == 1 else list(rows)}"
        yield f"first_row = {self.first}"
        yield from (
            "",
            "[source]",
            f'source_id = "local-{self.file_hash[:8]}"{CHECK}：已登记的来源，把这一段换成 source = "编号"',
        )
        yield f"title = {_quoted(title)}{CHECK}"
        yield f'publisher = ""{CHECK}：谁发布的，必填'
        yield 'grade = "S"'
        yield from self._area()
        period = _YEAR.search(f"{title} {self.sheet.name} {self.file.stem}")
        yield from ("", "[constants]")
        if "period" not in self._roles:
            yield f'period = "{period[1] if period else ""}"{CHECK}：这些数是什么时候的'
        yield f'scope = "原文口径"{CHECK}：各列口径不同的，写到各列'
        yield from self._columns()
        kept = {key: self._roles[key] for key in ("period", "note") if key in self._roles}
        if kept:
            yield from ("", "[per_row]", *(f"{key} = {_quoted(self._name(letter))}" for key, letter in kept.items()))
        yield from ("", "[left_out]")
        if "left_out" in self._roles:
            yield f'{_quoted(self._name(self._roles["left_out"]))} = "行号，不是数"{CHECK}'

    def _area(self) -> Iterator[str]:
        yield from ("", "[area]")
        roles = {
            role: letter for role, letter in self._roles.items() if role in {"code", "name", "province", "prefecture", "county"}
        }
        if not roles:
            yield f'constant = ""{CHECK}：没有认出地区列；全表一个地区的写在这里，否则写 name = "表头"'
        for role, letter in roles.items():
            yield f"{role} = {_quoted(self._name(letter))}"

    def _columns(self) -> Iterator[str]:
        used = set(self._roles.values())
        for letter in self.sheet.columns:
            if letter in used or not (letter in self.headers or self.samples[letter]):
                continue
            name = self._name(letter)
            fields, doubt = self._fields(self.headers.get(letter, ""))
            if fields and self._is_numeric(letter):
                yield from ("", f"[columns.{_quoted(name)}]")
                yield f'indicator = "{fields["indicator"]}"{f"{CHECK}：{doubt}" if doubt else ""}'
                yield from (f"{key} = {_quoted(fields[key])}" for key in _FIELDS if key in fields)
                if scope := SCOPES.get(fields["indicator"]):
                    yield f"scope = {_quoted(scope)}"
            else:
                yield from ("", f'# 没有认出：填好下面两行并去掉 #，或在 [left_out] 里写 {_quoted(name)} = "不要的理由"')
                yield from (f"# [columns.{_quoted(name)}]", '# indicator = ""')

    def _fields(self, header: str) -> tuple[dict[str, str], str]:
        """(indicator, dimensions, unit) of a header, and the doubt about them."""
        bare, unit = unit_of_header(header)
        parts = [unit_of_header(part)[0] for part in bare.split(JOINT)]
        unit = unit or next((found for part in bare.split(JOINT) if (found := unit_of_header(part)[1])), "")
        fields: dict[str, str] = {}
        doubt, slug = "", ""
        for part in parts:
            if part in DIMENSIONS:
                dimension, value = DIMENSIONS[part]
                fields[dimension] = value
                slug = slug or OF_A_PART.get(part, "")
            elif not slug:
                slug, doubt = self._indicator(part)
        if not slug:
            return {}, ""
        fields["indicator"] = slug
        own = self.by_slug[slug].unit_measure
        if unit and unit != own:
            fields["unit"] = unit
            if factor(unit, own) is None:
                doubt = f"表头的单位“{unit}”与指标的“{own}”不是一类"
        return fields, doubt

    def _indicator(self, words: str) -> tuple[str, str]:
        """(indicator, doubt): by its name, by a usual word, by likeness."""
        if words in self.names:
            return self.names[words].indicator, ""
        plain = plain_header(words)
        if slug := INDICATORS.get(plain):
            return slug, f"“{words}”按“{self.by_slug[slug].name_zh}”"
        like = get_close_matches(words, self.names, 1, _LIKE)
        return (self.names[like[0]].indicator, f"“{words}”像是“{like[0]}”") if like else ("", "")

    def _found_roles(self) -> dict[str, str]:
        """Columns that are no figures: by what they hold, then by their header."""
        rows = self.registries.remember(registered_names)
        codes, gazetteer = {row["code"] for row in rows}, self.registries.remember(matcher)
        roles: dict[str, str] = {}
        for letter, sample in self.samples.items():
            coded = sum(text[:6] in codes for text in sample if text.isdigit() and len(text) in {6, 9, 12})
            if sample and coded * 5 >= len(sample) * 4:
                roles.setdefault("code", letter)
        for letter, header in self.headers.items():
            last = plain_header(header.rpartition(JOINT)[2])
            role = ROLES.get(last, "")
            if role and letter not in roles.values() and not (role in {"name", "code"} and self._is_numeric(letter)):
                roles.setdefault(role, letter)
        if "name" not in roles:
            for letter, sample in self.samples.items():
                named = sum(bool(gazetteer.named(text)) for text in sample)
                if letter not in roles.values() and sample and named * 5 >= len(sample) * 3 and not self._is_numeric(letter):
                    roles.setdefault("name", letter)
        return roles

    def _is_numeric(self, letter: str) -> bool:
        sample = [text for text in self.samples[letter] if text.casefold() not in UNPUBLISHED]
        return bool(sample) and sum(bool(re.match(_NUMBER, text)) for text in sample) * 2 > len(sample)

    def _name(self, letter: str) -> str:
        """How a mapping calls the column: by its header, or by its letter where that is missing or not its own."""
        header = self.headers.get(letter, "")
        own = [plain_header(other) for other in self.headers.values()].count(plain_header(header)) == 1
        return header if header and own else letter

    def _first_line(self) -> int:
        """The first line with two numbers and more, years in headers aside, or one number beside a word."""
        for line in self.sheet.cells.head(_LOOKED_AT).iter_rows(named=True):
            texts = [text for column, text in line.items() if column != ROW and text]
            numbers = [text for text in texts if re.match(_NUMBER, text) and not _YEAR.fullmatch(text)]
            if len(numbers) >= 2 or (len(numbers) == 1 and len(texts) <= 3 and index_of(self.sheet.columns[-1]) <= 2):
                return int(line[ROW])
        return 2

    def _header_rows(self) -> tuple[int, ...]:
        """The lines right above the data that fill two cells and more; a title fills one, a merged one among them."""
        rows: list[int] = []
        for row in range(self.first - 1, max(self.first - 5, 0), -1):
            if len(self.sheet.line(row)) < 2:
                break
            rows.insert(0, row)
        return tuple(rows) or (max(self.first - 1, 1),)


def _quoted(text: str) -> str:
    """A TOML string; what JSON writes is one."""
    return json.dumps(text, ensure_ascii=False)
