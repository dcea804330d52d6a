"""Why the scope gate set things apart, in words that name both sides: 609:1 and 22:1, 常住 and 户籍, 河曲 and 全国."""

from collections.abc import Callable, Sequence
from typing import Any

from dashboard.gate.comparability import Panel
from dashboard.gate.notes import set_apart
from dashboard.language import words
from dashboard.warehouse.tables import OWN_PAYROLL, TOTAL, UNSTATED

Row = dict[str, Any]
Side = Callable[[Row], bool]
MOST_NAMED = 2  # examples of each side


def why(panels: Sequence[Panel]) -> tuple[str, ...]:
    """One sentence for every kind of difference between the panels; none when everything shares one axis."""
    if len(panels) < 2:
        return ()
    rows = [row for panel in panels for row in panel.rows.to_dicts()]
    found = (_payrolls(rows), _unstated(rows), _populations(rows), *(_differing(rows, *rule) for rule in _RULES))
    return tuple(set_apart(f"不并列：{sentence}。") for sentence in found if sentence)


def _payrolls(rows: list[Row]) -> str:
    """A township's own payroll against that of a whole county: factor thirty."""
    town, county = _sides([row for row in rows if _is_ratio(row)], _own_payroll)
    if not town or not county:
        return ""
    return (
        f"{_examples(town)}只算乡镇本级在职人员，不含教师、医生、派驻站所和离退休；"
        f"{_examples(county)}算的是全县（全国）财政供养人员，两边相差多少倍都不说明负担轻重"
    )


def _unstated(rows: list[Row]) -> str:
    """A ratio whose staff nobody defined against one that says whom it counts."""
    ratios = [row for row in rows if _is_ratio(row) and not _own_payroll(row)]
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


def _not_divisible(row: Row) -> bool:
    """A headcount that the posts beside it do not correspond to."""
    both = row.get("authorised") is not None and row.get("actual") is not None
    return both and not row["fills_posts"]


_RULES: tuple[tuple[Side, str], ...] = (
    (lambda row: row.get("scope_nature") == "limit", "{one}的是机构限额（上限），不是实设数，与{other}的实设数分栏"),
    (lambda row: row.get("phase") == "plan" or row.get("scope_nature") == "plan", "{one}的是计划数，不是现有数"),
    (_not_divisible, "{one}有的实有数含离退休、聘用等人员或没有说明范围，与在职人数分栏"),
    (lambda row: row.get("sector", TOTAL) not in {None, TOTAL}, "{one}的是农技等一个系统的人员，不是全县、全乡镇的"),
    (lambda row: row.get("phase") == "change", "{one}只公布了变化量，没有公布改革前后各是多少"),
)


def _own_payroll(row: Row) -> bool:
    return bool(row["scope_coverage"] == OWN_PAYROLL)


def _sides(rows: list[Row], is_one: Side) -> tuple[list[Row], list[Row]]:
    return [row for row in rows if is_one(row)], [row for row in rows if not is_one(row)]


def _is_ratio(row: Row) -> bool:
    """A row of mart.population_staff_ratio: N of N:1 with both sides of its scope."""
    return row.get("unit_measure") == ":1" and bool(row.get("staff_scope"))


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
