"""Why the scope gate set things apart, in words that name both sides: 609:1 and 22:1, 常住 and 户籍, 河曲 and 全国."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dashboard.gate.comparability import UNSTATED, Panel
from dashboard.language import words

Row = dict[str, Any]
Side = Callable[[Row], bool]
MOST_NAMED = 2  # examples of each side
TOWNSHIP = "乡镇"


def why(panels: Sequence[Panel]) -> tuple[str, ...]:
    """One sentence for every kind of difference between the panels; none when everything shares one axis."""
    if len(panels) < 2:
        return ()
    rows = [row for panel in panels for row in panel.rows.to_dicts()]
    found = (_payrolls(rows), _unstated(rows), _populations(rows), *(_differing(rows, *rule) for rule in _RULES))
    return tuple(f"不并列：{sentence}。" for sentence in found if sentence)


def _payrolls(rows: list[Row]) -> str:
    """A township's own payroll against that of a whole county: factor thirty."""
    ratios = [row for row in rows if row.get("staff_scope") and _is_ratio(row)]
    town, county = _sides(ratios, lambda row: TOWNSHIP in row["staff_scope"])
    if not town or not county:
        return ""
    return (
        f"{_examples(town)}只算乡镇本级在职人员，不含教师、医生、派驻站所和离退休；"
        f"{_examples(county)}算的是全县（全国）财政供养人员，两边相差多少倍都不说明负担轻重"
    )


def _unstated(rows: list[Row]) -> str:
    """A ratio whose staff nobody defined against one that says whom it counts."""
    ratios = [row for row in rows if row.get("staff_scope") and _is_ratio(row) and TOWNSHIP not in row["staff_scope"]]
    vague, clear = _sides(ratios, lambda row: row["staff_scope"] == UNSTATED)
    if not vague or not clear:
        return ""
    scopes = words.listing(row["staff_scope"] for row in _shown(clear))
    return (
        f"{_examples(vague)}没有写明人员是否含离退休、编外，{_examples(clear)}写明了（{scopes}）；"
        "全国供养人员中离退休约占四成，含与不含差别很大"
    )


def _populations(rows: list[Row]) -> str:
    """常住, 户籍, 普查 are different numbers of people."""
    bases: dict[str, list[Row]] = {}
    for row in rows:
        if row.get("population_basis"):
            bases.setdefault(row["population_basis"], []).append(row)
    if len(bases) < 2:
        return ""
    said = "、".join(f"{basis}（{_names(members)}）" for basis, members in bases.items())
    return f"人口口径不同，{said}；外出人口多的县，户籍人口可比常住人口多四成，换口径就是换分母"


def _differing(rows: list[Row], is_one: Side, sentence: str) -> str:
    one, other = _sides(rows, is_one)
    return sentence.format(one=_names(one), other=_names(other)) if one and other else ""


def _scope_has(*marks: str) -> Side:
    return lambda row: any(mark in (row.get("scope") or "") for mark in marks)


_RULES: tuple[tuple[Side, str], ...] = (
    (
        lambda row: "限额" in (row.get("scope") or "") and "限额管理" not in row["scope"],
        "{one}的是机构限额（上限），不是实设数，与{other}的实设数分栏",
    ),
    (_scope_has("计划数"), "{one}的是计划数，不是现有数"),
    (_scope_has("含离退休", "未定义"), "{one}有的实有数含离退休、聘用等人员或没有说明范围，与在职人数分栏"),
    (_scope_has("农技推广", "农业农村"), "{one}的是农技等一个系统的人员，不是全县、全乡镇的"),
    (lambda row: row.get("phase") == "change", "{one}只公布了变化量，没有公布改革前后各是多少"),
)


def _sides(rows: list[Row], is_one: Side) -> tuple[list[Row], list[Row]]:
    return [row for row in rows if is_one(row)], [row for row in rows if not is_one(row)]


def _is_ratio(row: Row) -> bool:
    return str(row.get("unit_measure") or "").endswith(":1")


def _examples(rows: list[Row]) -> str:
    """张店乡约609:1、新湾镇约381:1: the first places of the reader's choice."""
    return words.listing(f"{row['area_name'].partition('（')[0]}{row['said']}" for row in _shown(rows))


def _shown(rows: list[Row]) -> list[Row]:
    """One row of each of the first places, the latest."""
    names = list(dict.fromkeys(row["area_name"] for row in rows))[:MOST_NAMED]
    return [max((row for row in rows if row["area_name"] == name), key=lambda row: row.get("year") or 0) for name in names]


def _names(rows: list[Row]) -> str:
    """Every name while they are few, else the first ones and how many more."""
    names = list(dict.fromkeys(row["area_name"] for row in rows))
    if len(names) <= MOST_NAMED + 1:
        return words.listing(names)
    return f"{words.listing(names[:MOST_NAMED])}和另外{len(names) - MOST_NAMED}地"
