"""Words of headers: what the columns of a fact are called in a workbook, the machine keys of the wide sheets, headers of several rows."""

import tomllib
from functools import cache
from pathlib import Path

from etl.intake.finding import letters
from etl.intake.sheets import Sheet
from etl.read.facts import COLUMNS
from etl.read.readers import half_width

_REGISTER = tomllib.loads((Path(__file__).parent.parent / "columns.toml").read_text(encoding="utf-8"))["columns"]
# What people call these beside the words of the register: of a fact they choose the name, not the code.
_OF_A_WORKBOOK = {"area_name": "地区", "indicator": "指标", "source_id": "来源", "time_period": "时间", "as_stated": "原文说法"}
COLUMN_WORDS: dict[str, str] = {
    column: _OF_A_WORKBOOK.get(column) or _REGISTER[column]["zh"] for column in ("area_name", *COLUMNS)
}
HELPERS: dict[str, str] = {
    "province": "省份",
    "prefecture": "地市",
    "county": "县区",
}  # columns beside the area that tell namesakes apart
SHORT = {"unit": "unit_measure", "period": "time_period", "source": "source_id"}  # how keys and mappings may call them
NOT_READ = ("说明", "示例", "选项")  # sheets of the template that hold no figures of the county's own
JOINT = " / "  # between the header rows of one column: 编制 / 行政
FEWEST_OF_A_LONG_SHEET = {"obs_value", "indicator"}
_KEY_ROWS = 8  # the row of keys is one of the first
_ESCAPES = (("%", "%25"), (";", "%3B"))


def column_word(column: str) -> str:
    """What the register calls a column of the warehouse in Chinese; blank where it has none."""
    return str(_REGISTER[column]["zh"]) if column in _REGISTER else ""


def key_of(fields: dict[str, str]) -> str:
    """The machine key of a column: indicator=population_resident;scope=常住人口. A field without a value is what the column holds."""
    return ";".join(f"{field}={_escaped(value)}" if value else field for field, value in fields.items())


def parse_key(text: str) -> dict[str, str]:
    """The reverse of `key_of`. Raises ValueError for what is no key."""
    fields: dict[str, str] = {}
    for part in text.split(";"):
        field, equals, value = part.strip().partition("=")
        if field not in {*COLUMN_WORDS, *HELPERS, *SHORT} or field in fields or (equals and not value):
            raise ValueError(f"“{part}”不是列的键")
        fields[field] = _unescaped(value)
    return fields


def _escaped(value: str) -> str:
    for sign, written in _ESCAPES:
        value = value.replace(sign, written)
    return value


def _unescaped(value: str) -> str:
    for sign, written in reversed(_ESCAPES):
        value = value.replace(written, sign)
    return value


@cache
def _columns_of_words() -> dict[str, str]:
    named = {_REGISTER[column]["zh"]: column for column in COLUMNS}
    return (
        named | {word: column for column, word in (HELPERS | COLUMN_WORDS).items()} | {column: column for column in COLUMN_WORDS}
    )


def column_of(word: str) -> str:
    """The column of a fact that a header names, in Chinese or by its own name; blank when it names none."""
    return _columns_of_words().get(half_width(word).casefold().rstrip("*"), "")


def key_row(sheet: Sheet) -> tuple[int, dict[str, dict[str, str]]] | None:
    """(row, column → key) of a wide sheet of the template; None for any other sheet."""
    for row in range(1, min(_KEY_ROWS, sheet.cells.height) + 1):
        line = sheet.line(row)
        try:
            keys = {column: parse_key(text) for column, text in line.items()}
        except ValueError:
            continue
        if any("indicator" in key and key["indicator"] for key in keys.values()):
            return row, keys
    return None


def long_header(sheet: Sheet) -> tuple[int, dict[str, str]] | None:
    """(row, column of a fact → letter) of a sheet with one fact a row, by its header; None for any other sheet."""
    for row in range(1, min(_KEY_ROWS, sheet.cells.height) + 1):
        named = {letter: column_of(text) for letter, text in sheet.line(row).items()}
        if set(named.values()) >= FEWEST_OF_A_LONG_SHEET:
            return row, {column: letter for letter, column in reversed(named.items()) if column}
    return None


def joined_headers(sheet: Sheet, rows: tuple[int, ...]) -> dict[str, str]:
    """Letter → header. A merged cell names every column and row that it covers; several header rows are joined, each word once."""
    texts = {(row, letter): sheet.text(row, letter) for row in rows for letter in sheet.columns}
    for (top, left), (bottom, right) in sheet.merged:
        word = sheet.text(top + 1, letters(left))
        for row in range(top + 1, bottom + 2):
            for at in range(left, right + 1):
                if (row, letters(at)) in texts:
                    texts[row, letters(at)] = word
    words = {letter: [" ".join(texts[row, letter].split()) for row in rows if texts[row, letter]] for letter in sheet.columns}
    return {letter: JOINT.join(dict.fromkeys(parts)) for letter, parts in words.items() if parts}
