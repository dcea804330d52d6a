"""What can be wrong with an input, said so that whoever keeps the file can repair it.

A `Problem` names file, line, column, the value found, what is wrong and the likely fix, in Chinese.
Validation collects every problem of every file and raises them at once as `InputErrors`.
"""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from vocabulary.characters import named, unfit

SHOWN_VALUE = 40  # characters of an offending value worth printing; a 10 MB cell must not fill the screen

TOLD = 1_000  # problems listed at once; whoever has more has one problem, a thousand times


class EtlError(Exception):
    """Any failure that is told to the user in one piece, without a traceback. Exit status 1."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong in one place. `line` counts from 1 and includes the header; None = the whole file.

    `look_up` finds a better fix than `fix`, or nothing; it is asked when the problem is told: of a hundred thousand, a thousand are."""

    file: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    message: str
    fix: str = ""
    look_up: Callable[[], str] | None = field(default=None, compare=False, repr=False)

    @property
    def remedy(self) -> str:
        """What to do about it, blank where nobody can say."""
        return (self.look_up() if self.look_up else "") or self.fix

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f" 第 {self.line} 行"
        if self.column:
            place += f" “{self.column}”列"
        found = f"（现值：{shorten(self.value)}）" if self.value not in (None, "") else ""
        remedy = self.remedy
        return f"{place}：{self.message}{found}{f' → {remedy}' if remedy else ''}"


class InputErrors(EtlError):
    """Everything wrong with the input of one run, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems), key=lambda p: (p.file, p.line or 0, p.column or "", p.message))
        files = len({p.file for p in self.problems})
        super().__init__(f"输入有 {len(self.problems)} 处问题，涉及 {files} 个文件")

    def __str__(self) -> str:
        told = [f"  {problem}" for problem in self.problems[:TOLD]]
        rest = [f"  ……其余 {len(self.problems) - TOLD} 处请改完再查"] if len(self.problems) > TOLD else []
        return "\n".join([f"{self.args[0]}：", *told, *rest])


def unfit_text(text: str, *, file: str, line: int | None, column: str | None) -> Problem | None:
    """The problem of a text with a character that no file of ours could carry further; None when there is none.

    The one rule for every text of every input: cells of tables, values of TOML."""
    character = unfit(text)
    if not character:
        return None
    message = f"第 {text.index(character) + 1} 个字符是看不见的 {named(character)}，Word、Excel 等文件不能含有它"
    fix = "删去这个字符后保存；多半是从 Word、PDF 或网页粘贴时带来的"
    return Problem(file=file, line=line, column=column, value=text, message=message, fix=fix)


def shorten(value: str | None) -> str:
    """The value on one line, at most SHOWN_VALUE characters, with invisible characters spelled out."""
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in (value or "")[: SHOWN_VALUE + 1])
    return text if len(text) <= SHOWN_VALUE else f"{text[:SHOWN_VALUE]}…"


def nearest(value: str, known: Iterable[str]) -> str:
    """“是否想写 X？” for the closest known name, or an empty string when none is close."""
    match = difflib.get_close_matches(value, list(known), n=1, cutoff=0.6)
    return f"是否想写“{match[0]}”？" if match else ""


def display_path(path: Path) -> str:
    """The path as the user can open it from where they stand; absolute only when it lies elsewhere."""
    absolute = path.absolute()
    return str(absolute.relative_to(Path.cwd())) if absolute.is_relative_to(Path.cwd()) else str(absolute)
