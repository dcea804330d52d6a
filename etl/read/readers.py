"""A delimited text file to rows of text with line numbers, or to problems; never a traceback.

Cells come back stripped of blanks and with '' for empty; what a column means is for registry.py and facts.py.
Read correctly without a word: any encoding of decoding.py, comma, tab or semicolon, CRLF, trailing blank lines,
trailing empty columns left by a spreadsheet, line breaks inside quotes. Reported: everything that could shift a
value into the wrong column.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from etl.problems import Problem, nearest, unfit_text
from etl.read.decoding import SAVE_AS, read_text
from vocabulary.characters import without_unfit

LONGEST_CELL = 5_000  # characters; the longest quotation in the sources is a few hundred
LONGEST_LINE = 1_000_000
MOST_RESTARTS = 20  # after that many unclosed quotes the rest of the file is not worth guessing at
BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"
MINUS_SIGNS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "➖": "-"})


@dataclass(frozen=True)
class Table:
    """Rows as column → text; `lines[i]` is the line of the file on which `rows[i]` begins."""

    file: str
    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as their ASCII twins (NFKC), every minus as '-': for codes and numbers only."""
    return unicodedata.normalize("NFKC", text).translate(MINUS_SIGNS).strip(BLANKS)


def read_table(path: Path, columns: Sequence[str], *, name: str, optional: Sequence[str] = ()) -> Table:
    """Read `path`, whose header must hold exactly `columns` (in any order) and may hold `optional`.

    `name` is how problems call the file. Rows with a problem of shape are left out of `rows` and reported.
    """
    decoded = read_text(path, name)
    if decoded.text is None:
        return Table(name, problems=decoded.problems)
    return table_of(decoded.text, columns, name=name, optional=optional)


def table_of(text: str, columns: Sequence[str], *, name: str, optional: Sequence[str] = ()) -> Table:
    """The same of a text that was read already."""
    return _Reading(name, list(columns), list(optional)).read(text)


@dataclass
class _Reading:
    """One reading of one file; findings gather in `problems`."""

    name: str
    columns: list[str]
    optional: list[str]
    problems: list[Problem] = field(default_factory=list)

    @property
    def known(self) -> list[str]:
        return [*self.columns, *self.optional]

    def read(self, content: str) -> Table:
        text = self._without_long_lines(content.replace("\r\n", "\n").replace("\r", "\n"))
        records = self._records(text, _delimiter(text, self.known))
        header = next(records, None)
        if header is None:
            message = "表头读不出来" if self.problems else "没有表头"
            self._found(None, message, f"第一行应为：{','.join(self.columns)}")
            return Table(self.name, problems=self.problems)
        places = self._header(*header)
        table = Table(self.name, problems=self.problems)
        for line, cells in records if places else ():
            row = self._row(line, cells, places)
            if row is not None:
                table.rows.append(row)
                table.lines.append(line)
        return table

    def _found(self, line: int | None, message: str, fix: str, *, column: str | None = None, value: str | None = None) -> None:
        self.problems.append(Problem(file=self.name, line=line, column=column, value=value, message=message, fix=fix))

    def _without_long_lines(self, text: str) -> str:
        """Blank out lines of absurd length, so that the parser is never fed megabytes as one cell."""
        if len(text) <= LONGEST_LINE:
            return text
        lines = text.split("\n")
        for index, line in enumerate(lines):
            if len(line) > LONGEST_LINE:
                self._found(index + 1, f"本行有 {len(line):,} 个字符，不像是表格的一行", "检查是否缺少换行", value=line[:60])
                lines[index] = ""
        return "\n".join(lines)

    def _records(self, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        """(first line, cells) of every record that is not blank. A quote never closed spoils one line, not the rest."""
        csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
        lines = text.split("\n")
        start, restarts = 0, 0
        while start < len(lines):
            reader = csv.reader(io.StringIO("\n".join(lines[start:]), newline=""), delimiter=delimiter, strict=True)
            line = start
            try:
                for cells in reader:
                    if any(cell.strip(BLANKS) for cell in cells):
                        yield line + 1, cells
                    line = start + reader.line_num
                return
            except csv.Error as error:
                message = "引号不配对" if "end of data" in str(error) else "引号后面多出了文字"
                self._found(line + 1, message, '单元格内的引号要写成两个 ""，整格再加引号', value=lines[line])
                start, restarts = line + 1, restarts + 1
            if restarts > MOST_RESTARTS:
                self._found(line + 1, "引号错误太多，其后各行没有检查", SAVE_AS)
                return

    def _header(self, line: int, cells: list[str]) -> dict[str, int]:
        """Column → position; empty when a column is missing or doubtful (then no row could be read safely)."""
        unfit = (unfit_text(cell, file=self.name, line=line, column=None) for cell in cells)
        self.problems.extend(filter(None, unfit))
        names = [_column_name(without_unfit(cell)) for cell in cells]
        while names and not names[-1]:
            names.pop()
        before = len(self.problems)
        for column in self.columns:
            if column not in names:
                self._found(line, "缺少这一列", _lookalike(column, names, self.known) or "在表头补上", column=column)
        for index, column in enumerate(names):
            if not column:
                self._found(line, f"第 {index + 1} 列没有列名", "补上列名或删去该列")
            elif column in names[:index]:
                self._found(line, "这一列出现了两次", "删去多余的一列", column=column)
            elif column not in self.known:
                fix = nearest(column, self.known) or f"可用的列：{'、'.join(self.known)}"
                self._found(line, "不认识的列", fix, column=column)
        return {} if len(self.problems) > before else {column: index for index, column in enumerate(names)}

    def _row(self, line: int, cells: list[str], places: dict[str, int]) -> dict[str, str] | None:
        """The cells by column; None and a problem when the row is ragged or a cell is absurdly long. A cell with a character that it
        may not hold is a problem, and the row goes on without it, so that nothing else is said to be missing."""
        width = len(places)
        surplus = [cell for cell in cells[width:] if cell.strip(BLANKS)]
        if surplus:
            fix = "单元格里有逗号时要加英文双引号"
            self._found(line, f"应有 {width} 格，多出 {len(cells) - width} 格", fix, value=surplus[0])
            return None
        if len(cells) < width:
            self._found(
                line, f"应有 {width} 格，少 {width - len(cells)} 格", "补足空格子的逗号，或检查引号", value=",".join(cells)
            )
            return None
        row = {column: cells[index].strip(BLANKS) for column, index in places.items()}
        for column, cell in row.items():
            if len(cell) > LONGEST_CELL:
                message = f"单元格有 {len(cell):,} 个字符，超过 {LONGEST_CELL:,}"
                self._found(line, message, "检查引号是否配对", column=column, value=cell)
                return None
            if unfit := unfit_text(cell, file=self.name, line=line, column=column):
                self.problems.append(unfit)
                row[column] = without_unfit(cell).strip(BLANKS)
        return row


def _delimiter(text: str, known: Sequence[str]) -> str:
    """The separator that yields the most known column names in the first line that is not blank."""
    header = next((line for line in text.split("\n") if line.strip(BLANKS)), "")
    return max(",\t;", key=lambda mark: len({_column_name(cell) for cell in header.split(mark)} & set(known)))


def _column_name(cell: str) -> str:
    return half_width(cell.strip(BLANKS + '"')).lower()


def _lookalike(column: str, names: Sequence[str], known: Sequence[str]) -> str:
    """A hint when some unknown header looks like a misspelling of the missing `column`."""
    match = nearest(column, [name for name in names if name and name not in known])
    return match.replace("是否想写", "表头里的").replace("？", "是不是它？")
