"""Units as a header or a cell writes them, and by how much a number in one is a number in another: 万人 → 人 is 10000."""

import re
from decimal import Decimal

from etl.read.readers import half_width

SCALES = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 1000,
    "百": 100,
}
# Words for one thing, the first of them ours where it is a unit of an indicator; and measures in the first of each line.
_SAME = (("人", "名", "口"), ("个", "家", "所"), ("元", "块", "人民币元", "元人民币"), ("项", "件", "条"), ("%", "百分比", "％"))
_MEASURES: tuple[dict[str, Decimal | int], ...] = (
    {"平方米": 1, "㎡": 1, "m2": 1, "m²": 1, "公顷": 10**4, "hm2": 10**4, "平方公里": 10**6, "平方千米": 10**6, "km2": 10**6, "km²": 10**6},
    {"%": 1, "‰": Decimal("0.1")},
)  # fmt: skip
_ROUND = re.compile(r"[（(【\[]([^（()）\[\]【】]{1,8})[）)】\]]\s*$")
_TAIL = re.compile(r"[:：,，/、]\s*([^:：,，/、]{1,6})$")
_POINTS = ("百分点", "个百分点")


def factor(stated: str, unit: str) -> Decimal | None:
    """What a number in `stated` is multiplied with to be one in `unit`; None when the two measure different things."""
    of_stated, of_unit = _split(half_width(stated)), _split(half_width(unit))
    if of_stated[1] == of_unit[1]:
        return of_stated[0] / of_unit[0]
    return None


def is_unit(text: str) -> bool:
    """Whether a word in brackets of a header is a unit and nothing else."""
    base = _split(half_width(text))[1]
    known = {word for words in _SAME for word in words} | {
        "平方米",
        "‰",
        "亩",
        "户",
        "批",
        "年",
        "类",
        "支",
        "部",
        "份",
        "人次",
        "人:1",
    }
    return base in known or base in _POINTS or half_width(text) in {"万", "亿", "千"}


def unit_of_header(header: str) -> tuple[str, str]:
    """(header without its unit, the unit as written): 常住人口（万人） → 常住人口, 万人; blank where none stands."""
    for pattern in (_ROUND, _TAIL):
        found = pattern.search(header)
        if found and is_unit(found[1].removeprefix("单位").lstrip(":：")):
            return header[: found.start()].strip(), found[1].removeprefix("单位").lstrip(":：").strip()
    return header.strip(), ""


def _split(unit: str) -> tuple[Decimal, str]:
    """(how many, of what): 万人 → 10000, 人. Words for one thing are one."""
    for measures in _MEASURES:
        for word, size in measures.items():
            for prefix, scale in (("", 1), ("万", 10**4)):
                if unit == prefix + word:
                    return Decimal(size) * scale, next(iter(measures))
    prefix = next((word for word in SCALES if unit.startswith(word) and len(unit) > len(word)), "")
    base = unit.removeprefix(prefix)
    return Decimal(SCALES.get(prefix, 1)), next((words[0] for words in _SAME if base in words), base)
