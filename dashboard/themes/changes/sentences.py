"""Sentences about what this build says otherwise than the one it replaced."""

from collections.abc import Sequence
from typing import Any

from dashboard.language import words
from dashboard.language.sentence import Finding, number, say

CORRECTED, ADDED, REMOVED = KINDS = ("修改", "新增", "删除")
FIRST = "首次建库，没有可比较的上一版。"
UNREAD = "上一版数据文件读不出来，没有比较。"
UNREADABLE = "unreadable"  # what meta.build says when there was an earlier file that could not be read


def since_last_build(compared_with: str | None, kinds: Sequence[str]) -> Finding:
    """How many facts changed in which way; `kinds` holds one of KINDS for each."""
    if not compared_with:
        return say(FIRST)
    if compared_with == UNREADABLE:
        return say(UNREAD)
    told = f"与上一版（{_day(compared_with)}）相比"
    if not kinds:
        return say(f"{told}无变化。")
    counted = [f"{kind}{kinds.count(kind)}条" for kind in KINDS if kind in kinds]
    return say(f"{told}，{words.listing(counted)}。")


def one_change(row: dict[str, Any]) -> Finding:
    """修改：河曲县党政机构（改革后）由36个改为35个. What is gone has no facts to open any more. `phase_zh`: its phase in words."""
    details = "、".join(filter(None, (row["phase_zh"], row["details"])))
    subject = f"{row['what']}：{row['area_name']}{row['indicator_zh']}{f'（{details}）' if details else ''}"
    old, new = said(row, "old"), said(row, "new")
    if row["what"] == REMOVED:
        return say(f"{subject}，原为{old}。")
    found = number(new, row["fact_id"])
    if row["what"] == ADDED:
        return say(f"{subject} ", found, "。")
    if old == new:
        return say(f"{subject}仍为", found, "，原文说法或精度有更正。")
    return say(f"{subject}由{old}改为", found, "。")


def said(row: dict[str, Any], side: str) -> str:
    """The value of one side (old, new) in words; a dash where there is none."""
    value = row[f"{side}_value"]
    return "—" if value is None else words.value(value, row["unit_measure"])


def _day(build_id: str) -> str:
    """The day in a build id: 20261122T093000-0e302bda → 2026年11月22日; the id itself when it has none."""
    day = build_id.partition("T")[0]
    return words.date(f"{day[:4]}-{day[4:6]}-{day[6:]}") if len(day) == 8 and day.isdecimal() else build_id
