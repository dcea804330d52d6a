"""Cell texts to numbers: digits as they stand; 约3万 by the rules for wording; what is no number, and what that means, is told.

Whole columns are read at once; only texts that are not plain digits, each once, go through Python.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from etl.intake.finding import Severity
from etl.intake.units import factor
from etl.read.readers import half_width
from vocabulary.hedges import Quantity, quantities
from vocabulary.numerals import POINTS, normalise

UNPUBLISHED = {
    "", "-", "--", "---", "—", "——", "――", "/", "\\", "*", "…", "……", "...", "?", "x", "n/a", "na", "null", "none", "nan",
    "暂无", "暂缺", "缺", "空缺", "未公布", "未统计", "未填", "不详", "待定", "待核", "无数据", "没有数据", "暂无数据", "数据暂缺",
}  # fmt: skip
_GROUPED = re.compile(r"-?\d{1,3}(?:[,，' ]\d{3})+(?:\.\d+)?")
DIGITS = r"^-?[0-9]+(\.[0-9]+)?$"  # of half width; \d would be any digit
_PLAIN = re.compile(DIGITS)
_COUNTED = re.compile(r"^[\s]*(个百分点|百分点|[^\d\s]{0,6}?)[\s]*$")
_SCHEMA = (
    dict.fromkeys(("text", "value", "read_precision"), pl.String)
    | {"bare": pl.Boolean}
    | dict.fromkeys(("severity", "message", "fix"), pl.String)
)
_PRECISION = {"about": "approx", "more": "at_least", "at_least": "at_least", "at_most": "at_most"}


@dataclass(frozen=True)
class Read:
    """`value`: plain digits in the indicator's unit, blank when there is no number; `severity` None: nothing to say."""

    value: str = ""
    read_precision: str = ""
    bare: bool = True
    severity: Severity | None = None
    message: str = ""
    fix: str = ""


def read_numbers(texts: pl.Series, *, stated: str, unit: str, times: Decimal) -> pl.DataFrame:
    """For each distinct text: `text`, the fields of a `Read` of it, and `bare`: it is a number without words. `stated` is the unit of the
    column, `unit` the indicator's, `times` what a number of the one is multiplied with to be one of the other."""
    distinct = pl.DataFrame({"text": texts.drop_nulls().unique(maintain_order=True)}, schema={"text": pl.String})
    digits = pl.col("text").str.contains(DIGITS)
    plain = distinct.filter(digits)["text"].to_list()
    values = plain if times == 1 else [_digits(Decimal(text) * times) for text in plain]
    others = distinct.filter(~digits)["text"].to_list()
    reads = [read_number(text, times=times, stated=stated, unit=unit) for text in others]
    easy = pl.DataFrame({"text": plain, "value": values}, schema=dict.fromkeys(("text", "value"), pl.String))
    hard = pl.DataFrame([{"text": text, **vars(read)} for text, read in zip(others, reads, strict=True)], schema=_SCHEMA)
    both = pl.concat([easy.with_columns(bare=True), hard], how="diagonal")
    return both.with_columns(pl.col(pl.String).replace("", None))


def read_number(text: str, *, times: Decimal, stated: str, unit: str) -> Read:
    """One text that is not plain digits already."""
    narrow = half_width(text)
    if narrow.casefold() in UNPUBLISHED or text in UNPUBLISHED:
        return Read("", "", True, "警示", "没有数：未公布不等于 0，这一格不入库", "确实是 0 的写 0；未公布的留空即可")
    if narrow in {"无", "没有"}:
        return Read("", "", True, "错误", "“无”是 0 还是未公布，看不出来", "是 0 写 0；未公布就留空")
    if _PLAIN.match(narrow):
        return Read(_digits(Decimal(narrow) * times), "", True, "警示", "全角数字或空格", f"写成 {narrow}")
    if _GROUPED.fullmatch(narrow):
        bare = re.sub(r"[,，' ]", "", narrow)
        return Read(_digits(Decimal(bare) * times), "", True, "警示", "数字里有千分位", f"写成 {bare}")
    return _worded(normalise(narrow), times=times, stated=stated, unit=unit)


def _worded(text: str, *, times: Decimal, stated: str, unit: str) -> Read:
    """A number with words around it."""
    found = quantities(text)
    if not found:
        return Read("", "", True, "错误", "不是数字", "只写数字；未公布就留空，说明写到备注")
    if len(found) > 1 or found[0].number.is_spread:
        return Read("", "", True, "错误", "一格里不止一个数", "一格写一个数；区间写下限或上限，在“精度”里注明")
    quantity = found[0]
    written = _written_unit(text, quantity)
    own = None if written is None else _own_factor(written, quantity, unit=unit, times=times)
    if own is None:
        mark = quantity.number.mark
        words = f"这一列的单位是“{stated}”，这一格写的是“{text}”" if stated == unit else f"这一格的单位与表头的“{stated}”不同"
        return Read("", "", True, "错误", words, f"换算成以“{stated}”计的数" + ("；百分点不是百分比" if mark == POINTS else ""))
    sign = -1 if text.startswith("-") else 1
    precision = next((_PRECISION[kind] for kind in quantity.kinds), "")
    return Read(_digits(quantity.value * own * sign), precision, bare=not written and quantity.number.scale == 1)


def _written_unit(text: str, quantity: Quantity) -> str | None:
    """The unit that stands in the cell itself, blank without one; None where there are other words."""
    number = quantity.number
    start = min([number.start, *(hedge.start for hedge in quantity.hedges)])
    hedge_after = min([hedge.start for hedge in quantity.hedges if hedge.start >= number.end], default=number.end)
    end = max([number.end, *(hedge.end for hedge in quantity.hedges)])
    after = _COUNTED.match(text[end:])
    if text[:start].strip(" -+") or after is None:
        return None
    return "".join((number.mark, text[number.end : hedge_after].strip(), after[1])).replace(number.mark * 2, number.mark)


def _own_factor(written: str, quantity: Quantity, *, unit: str, times: Decimal) -> Decimal | None:
    """How the number of a cell becomes one of the indicator: by the unit that the cell itself writes, else by the column's."""
    if written:
        return factor(written, unit)
    return times if quantity.number.scale == 1 or times == 1 else None  # 3万 in a column of 万元: of what?


def _digits(value: Decimal) -> str:
    """Plain digits without a trailing nought behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
