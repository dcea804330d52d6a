"""Where in a sheet the figures stand: made from a mapping or read off our template; all else of reading sees only this."""

from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from etl.intake.finding import Finding
from etl.intake.headers import HELPERS, JOINT, SHORT, joined_headers, key_row, long_header
from etl.intake.mapping import FIELD_OF, AreaColumns, Mapping
from etl.intake.sheets import ROW, Sheet
from etl.problems import nearest
from etl.read.readers import half_width

AREA_ROLES = ("code", "name", *HELPERS)


@dataclass(frozen=True)
class Layout:
    """`area`: role → letter. `values`: letter of a column of figures → what they have in common, by the columns of a fact.
    `per_row`: column of a fact → letter. `factors`: of those that no unit explains."""

    sheet: Sheet
    header_rows: tuple[int, ...]
    first: int
    last: int
    headers: dict[str, str]
    area: dict[str, str]
    rules: AreaColumns
    values: dict[str, dict[str, str]]
    per_row: dict[str, str] = field(default_factory=dict)
    factors: dict[str, Decimal] = field(default_factory=dict)
    skipped: tuple[int, ...] = ()  # lines that hold no figures, though they are filled

    @property
    def read_columns(self) -> list[str]:
        """Letters of all columns that are read, in the order of the sheet."""
        used = {*self.area.values(), *self.values, *self.per_row.values()}
        return [letter for letter in self.sheet.columns if letter in used]

    @property
    def rows(self) -> pl.DataFrame:
        """The lines between first and last that hold a figure."""
        inside = self.sheet.cells.filter(pl.col(ROW).is_between(self.first, self.last), ~pl.col(ROW).is_in(self.skipped))
        return inside.filter(pl.any_horizontal(pl.col(list(self.values)).is_not_null()))


def template_layout(sheet: Sheet) -> Layout | None:
    """The layout of a sheet of our template; None for any other."""
    wide = key_row(sheet)
    if wide:
        row, written = wide
        keys = {letter: {SHORT.get(field, field): value for field, value in key.items()} for letter, key in written.items()}
        letters = {key: letter for letter, fields in keys.items() if list(fields.values()) == [""] for key in fields}
        values = {letter: fields for letter, fields in keys.items() if fields.get("indicator")}
        head = tuple(range(1, row))
        return _of_template(sheet, (*head, row), letters, values, joined_headers(sheet, head[-1:]))
    narrow = long_header(sheet)
    if narrow:
        row, letters = narrow
        value = letters.pop("obs_value")
        return _of_template(sheet, (row,), letters, {value: {}}, joined_headers(sheet, (row,)))
    return None


def _of_template(
    sheet: Sheet, head: tuple[int, ...], letters: dict[str, str], values: dict[str, dict[str, str]], headers: dict[str, str]
) -> Layout:
    area = {"code": letters.pop("ref_area", ""), "name": letters.pop("area_name", "")}
    area |= {helper: letters.pop(helper, "") for helper in HELPERS}
    rules = AreaColumns(name="地区")
    found = {role: letter for role, letter in area.items() if letter}
    return Layout(sheet, head, head[-1] + 1, sheet.cells.height, headers, found, rules, values, letters)


def unread_columns(layout: Layout) -> list[Finding]:
    """Columns of a template's sheet that hold something and say nothing of what it is."""
    sheet, row = layout.sheet, layout.header_rows[-1]
    filled = _filled(sheet, layout.first, layout.last, layout.headers)
    fix = "删去这一列，或用映射文件说明它"
    strangers = [letter for letter in filled if letter not in layout.read_columns]
    return [
        sheet.finding(f"{letter}{row}", "这一列不是模板的列，其中的内容会丢", fix, value=filled[letter]) for letter in strangers
    ]


def mapped_layout(sheet: Sheet, mapping: Mapping) -> tuple[Layout | None, list[Finding]]:
    """The layout that a mapping gives to a sheet; None and the reasons where it does not fit."""
    headers = joined_headers(sheet, mapping.headers)
    finder = _Finder(sheet, headers, mapping.headers[-1])
    area = {role: finder.letter(name, "[area]") for role in AREA_ROLES if (name := getattr(mapping.area, role))}
    per_row = {FIELD_OF.get(key, key): finder.letter(name, "[per_row]") for key, name in mapping.per_row.items()}
    constants = mapping.constants.of_facts() | {"source_id": mapping.source_id}
    values, factors = {}, {}
    for name, fields in mapping.columns.items():
        letter = finder.letter(name, "[columns]")
        if letter and letter in values:
            finder.found(letter, name, "映射里有两处说明这一列", "留下一处")
        values[letter] = constants | fields.of_facts()
        if fields.factor:
            factors[letter] = Decimal(str(fields.factor))
    if "obs_value" in per_row:
        values[per_row.pop("obs_value")] = constants
    left_out = {finder.letter(name, "[left_out]") for name in mapping.left_out}
    first = mapping.first_row or mapping.headers[-1] + 1
    last = min(mapping.last_row or sheet.cells.height, sheet.cells.height)
    used = {*area.values(), *per_row.values(), *values, *left_out}
    for letter, header in _filled(sheet, first, last, headers).items():
        if letter not in used:
            name = header or letter
            fix = f'在映射里写 [columns."{name}"]，或在 [left_out] 里写 "{name}" = "理由"'
            finder.found(letter, header, "这一列既没有对应的指标，也没有写明不要", fix)
    if finder.findings:
        return None, finder.findings
    return Layout(sheet, mapping.headers, first, last, headers, area, mapping.area, values, per_row, factors), []


def _filled(sheet: Sheet, first: int, last: int, headers: dict[str, str]) -> dict[str, str]:
    """Letter → header of the columns that hold anything in the data, or have a header."""
    inside = sheet.cells.filter(pl.col(ROW).is_between(first, last))
    return {
        letter: headers.get(letter, "")
        for letter in sheet.columns
        if letter in headers or inside[letter].null_count() < inside.height
    }


@dataclass
class _Finder:
    """Letters of the columns that a mapping names."""

    sheet: Sheet
    headers: dict[str, str]
    row: int
    findings: list[Finding] = field(default_factory=list)

    def found(self, letter: str, value: str, message: str, fix: str) -> None:
        """Something about the header of a column."""
        self.findings.append(self.sheet.finding(f"{letter}{self.row}", message, fix, value=value))

    def letter(self, name: str, table: str) -> str:
        """By the whole header, else by its last row, else by the letter itself; blank, and a finding, where none or several fit."""
        sought = plain_header(name)
        for form in (lambda header: header, lambda header: header.rpartition(JOINT)[2]):
            fits = [letter for letter, header in self.headers.items() if plain_header(form(header)) == sought]
            if len(fits) == 1:
                return fits[0]
            if fits:
                self.found(fits[1], name, f"映射 {table} 的“{name}”有几列都叫这个：{'、'.join(fits)}", "改写列的字母")
                return ""
        if name in self.sheet.columns:
            return name
        fix = nearest(name, self.headers.values()) or f"表头有：{'、'.join(self.headers.values())}"
        self.findings.append(Finding(sheet=self.sheet.name, message=f"映射 {table} 里的列“{name}”表里没有", fix=fix))
        return ""


def plain_header(header: str) -> str:
    """A header without blanks, in one width and case."""
    return "".join(half_width(header).casefold().split())
