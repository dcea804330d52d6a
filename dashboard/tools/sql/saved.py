"""Saved queries: the files dashboard/themes/<theme>/sql/*.sql, each a statement below a header of Chinese comments.

    -- 标题：鲁山县农技推广：编制与实有差多少？
    -- 页面：/extension
    -- 图表：extension-lushan overview-extension
    -- 说明：差额为实有减编制，正为超编。
    -- 参数：$county｜县名｜文字｜鲁山县｜鲁山县、叶县
    select … where area_name = $county

图表 and the choices of a parameter may be left out. Adding a query is adding a file.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).resolve().parents[2] / "themes"

Kind = Literal["文字", "整数", "小数"]
_KINDS: dict[str, Kind] = {"文字": "文字", "整数": "整数", "小数": "小数"}
_LINE = re.compile(r"-- (标题|页面|图表|说明|参数)：(.*)")
_NAME = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A value that the reader fills in. `default` as it stands in the field; `choices` are suggestions."""

    name: str
    label: str
    kind: Kind
    default: str
    choices: tuple[str, ...] = ()

    @property
    def value(self) -> str | int | float:
        """The default as the statement gets it."""
        return {"文字": str, "整数": int, "小数": float}[self.kind](self.default)


@dataclass(frozen=True, kw_only=True)
class SavedQuery:
    """A question that the pages answer, as SQL. `charts` are the ids of the charts that show the same."""

    id: str
    title: str
    page: str
    charts: tuple[str, ...]
    note: str
    parameters: tuple[Parameter, ...]
    sql: str

    @property
    def defaults(self) -> dict[str, str | int | float]:
        return {parameter.name: parameter.value for parameter in self.parameters}


@cache
def saved_queries(folder: Path = FOLDER) -> tuple[SavedQuery, ...]:
    """All below `folder`, by file name. ValueError (with file and line) for a header that cannot be read."""
    return tuple(_read(path) for path in sorted(folder.rglob("*.sql"), key=lambda path: path.name))


def _read(path: Path) -> SavedQuery:
    header: dict[str, list[str]] = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next((number for number, line in enumerate(lines) if not line.startswith("--")), len(lines))
    for number, line in enumerate(lines[:start], 1):
        found = _LINE.fullmatch(line)
        if not found:
            raise ValueError(f"{path.name} 第 {number} 行看不懂：应为 “-- 标题／页面／图表／说明／参数：…”")
        header.setdefault(found[1], []).append(found[2].strip())
    missing = [name for name in ("标题", "页面", "说明") if len(header.get(name, [])) != 1]
    if missing:
        raise ValueError(f"{path.name} 的开头应各有一行：{'、'.join(missing)}")
    return SavedQuery(
        id=path.stem, title=header["标题"][0], page=header["页面"][0], charts=tuple(" ".join(header.get("图表", [])).split()),
        note=header["说明"][0], parameters=tuple(_parameter(path, stated) for stated in header.get("参数", [])),
        sql="\n".join(lines[start:]).strip(),
    )  # fmt: skip


def _parameter(path: Path, stated: str) -> Parameter:
    name, label, kind, default, choices = [*(part.strip() for part in stated.split("｜")), "", "", "", ""][:5]
    found = _NAME.fullmatch(name)
    if not found or not label or kind not in _KINDS:
        raise ValueError(f"{path.name} 的参数看不懂：{stated}。应为 $名称｜标签｜文字、整数或小数｜默认值｜可选值")
    offered = tuple(choice for choice in choices.split("、") if choice)
    return Parameter(name=found[1], label=label, kind=_KINDS[kind], default=default, choices=offered)
