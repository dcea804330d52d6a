"""What went wrong with a query: a code, DuckDB's own message, where (line and column), and a hint in Chinese."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

# refused: not a reading statement · sql: DuckDB's complaint · time, size: a limit · busy: no place free · cancelled: by the viewer ·
# crashed: the process ended by itself · stale: another build (never leaves the sandbox) · unavailable: there is no warehouse
Code = Literal["refused", "sql", "time", "size", "busy", "cancelled", "crashed", "stale", "unavailable"]
Facts = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why there are no rows. Line and column count from 1, columns in characters; None where the place is not known."""

    code: Code
    message: str
    line: int | None = None
    column: int | None = None
    hint: str = ""

    def plain(self) -> dict[str, Any]:
        return asdict(self)


WIDE_SIGNS = "，（）；：‘’“”＝＜＞＋－＊／％　"
WIDE = "语句里有全角符号「{signs}」，请改成半角。"
_QUOTED = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"", re.DOTALL)


def fault_of(error: BaseException, sql: str, before: str = "") -> Fault:
    """The fault that an exception of DuckDB (run with errors_as_json) or of the conversion of its values stands for.

    `before`: words of ours that stood before the reader's when it ran."""
    kind, facts = _facts(error)
    message = str(facts.get("exception_message", "")).strip()
    if kind in {"Out of Memory", "OutOfMemory"} or isinstance(error, RecursionError):
        return Fault(code="size", message="")
    if kind in {"Interrupt", "INTERRUPT"} or "max_execution_time" in message:
        return Fault(code="time", message="")
    line, column = _place(sql, facts.get("position"), len(before))
    wide = wide_signs(sql)
    said = f"{WIDE.format(signs=' '.join(dict.fromkeys(wide)))}{hint(kind, facts)}" if wide else hint(kind, facts)
    return Fault(code="sql", message=f"{kind}: {message}", line=line, column=column, hint=said)


def hint(kind: str, facts: Facts) -> str:
    """One sentence in Chinese: what is wrong, and what to try."""
    message = str(facts.get("exception_message", ""))
    for pattern, say in _HINTS:
        found = re.search(pattern, f"{kind}: {message}", flags=re.IGNORECASE | re.DOTALL)
        if found:
            return say(found, facts)
    return _BY_KIND.get(kind, "语句不能运行，原因见下面 DuckDB 的原话；标出的位置附近最可能有误。")


def wide_signs(sql: str) -> list[str]:
    """Full-width signs outside of texts, quoted names and comments, in order: what an input method leaves in Chinese mode."""
    return re.findall(f"[{WIDE_SIGNS}]", _QUOTED.sub(" ", sql))


def _facts(error: BaseException) -> tuple[str, Facts]:
    text = str(error)
    start = text.find("{")
    try:
        facts = json.loads(text[start:]) if start >= 0 else {}
    except ValueError:
        facts = {}
    if not isinstance(facts, dict) or "exception_message" not in facts:
        kind, _, message = text.partition(": ")
        return kind.removesuffix(" Error"), {"exception_message": message.partition("\n\nLINE ")[0]}
    return str(facts.get("exception_type", "")), facts


def _place(sql: str, position: Any, shift: int) -> tuple[int | None, int | None]:
    """Line and column of a byte offset of the statement in UTF-8, `shift` bytes of which are not the reader's."""
    if position is None or not str(position).isdecimal() or int(position) < shift:
        return None, None
    before = sql.encode("utf-8", "replace")[: int(position) - shift].decode("utf-8", "ignore")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _candidates(facts: Facts) -> str:
    listed = [name for name in str(facts.get("candidates") or "").split(",") if name][:5]
    return f"相近的有：{'、'.join(listed)}。" if listed else ""


def _no_column(name: str, facts: Facts) -> str:
    """No column of this name; what has Chinese characters or quotes about it was more likely meant as a text."""
    bare = name.strip("‘’“”'")
    if bare.isascii():
        return f"没有 {name} 这一列。{_candidates(facts)}如果它是文字，要加单引号：'{bare}'。"
    return f"没有 {name} 这一列。它如果是文字，少了单引号，应写成 '{bare}'。{_candidates(facts)}"


_BY_KIND = {  # where no pattern says more
    "Parser": "语句的写法不对，请对照左侧的表和列检查。",
    "Binder": "语句里有的名字或写法和表对不上：看看标出的位置，列名、表名、函数名是否都有。",
    "Catalog": "语句里有的表、列或函数不存在：看看标出的位置，名字见左侧“表与列”。",
    "Conversion": "有的值转不成这个类型；用 try_cast(列 as 类型) 会把转不了的变为空。",
    "Invalid Input": "传给函数的值不对：看看标出的函数要什么样的参数。",
    "Invalid": "传给函数的值不对：看看标出的函数要什么样的参数。",
    "Not implemented": "DuckDB 还不支持这种写法，请换一种。",
    "Out of Range": "数值超出了范围，大整数可用 ::double。",
    "Permission": "这里不能读写文件、访问网络或改设置，只能查询本库的表。",
    "IO": "这里不能读写文件，只能查询本库的表。",
    "INTERNAL": "DuckDB 自己出错了，请换一种写法。",
    "Internal": "DuckDB 自己出错了，请换一种写法。",
}
_Say = Callable[[re.Match[str], Facts], str]
_HINTS: tuple[tuple[str, _Say], ...] = (
    (r"syntax error at end of input", lambda _m, _f: "语句没有写完：看看结尾是否少了列名、条件或括号。"),
    (r'syntax error at or near "(.{1,40}?)"', lambda m, _f: f"“{m[1]}”附近的写法不对：看看它前面是否少了逗号、括号或关键字。"),
    (r"unterminated (?:string|quoted)", lambda _m, _f: "引号没有成对：文字用单引号 '…'，列名用双引号 \"…\"。"),
    (r"^Parser", lambda _m, _f: "语句的写法不对，请对照左侧的表和列检查。"),
    (r"Table with name (\S+) does not exist", lambda m, f: f"没有 {m[1]} 这张表，表名要带上架构，如 mart.fact。{_candidates(f)}"),
    (r"Schema with name (\S+) does not exist", lambda m, _f: f"没有 {m[1]} 这个架构；可用的有 mart、core、zh、quality、meta。"),
    (r"Function with name (\S+) does not exist", lambda m, f: f"没有 {m[1]} 这个函数。{_candidates(f)}"),
    (r"Referenced column \"?([^\"]+)\"? (?:was )?not found", lambda m, f: _no_column(m[1], f)),
    (r"Referenced table \"?(.+?)\"? not found", lambda m, f: f"{m[1]} 不在 from 里：先写 from 或 join 并起别名。{_candidates(f)}"),
    (r"does not have a column named \"?(.+?)\"?[\s!]", lambda m, f: f"没有 {m[1]} 这一列。{_candidates(f)}"),
    (r"Ambiguous reference", lambda _m, _f: "几张表都有这一列：请写成 表别名.列名。"),
    (r"must appear in the GROUP BY", lambda _m, _f: "分组查询里，没有汇总的列要写进 group by（可以写 group by all）。"),
    (r"No function matches the given name", lambda _m, _f: "函数的参数类型不对：数字列才能求和、平均，可用 列::double 转换。"),
    (r"Could not choose a best candidate", lambda _m, _f: "两边的类型不同：请用 ::integer、::varchar 等写明类型。"),
    (r"Values were not provided for", lambda _m, _f: "参数没有给值：请填写查询下方的参数框。"),
    (r"^Conversion", lambda _m, _f: "有的值转不成这个类型；用 try_cast(列 as 类型) 会把转不了的变为空。"),
    (r"external access|file system operations are disabled|Permission", lambda _m, _f: "这里不能读写文件、访问网络或改设置，只能查询本库的表。"),
    (r"Cannot open file|Too many open files|No files found", lambda _m, _f: "这里不能读写文件或访问网络，只能查询本库的表。"),
    (r"read-only", lambda _m, _f: "这里只能读，不能改数据。"),
    (r"configuration has been locked", lambda _m, _f: "这里不能改设置。"),
    (r"division by zero|^Out of Range", lambda _m, _f: "数值超出了范围：除法可写成 a / nullif(b, 0)，大整数可用 ::double。"),
    (r"More than one row returned by a subquery", lambda _m, _f: "子查询返回了多行：加上 limit 1，或改用 in (…)、join。"),
)  # fmt: skip
