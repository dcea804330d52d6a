"""Periods as a workbook writes them, in the one form that a period has: 2020/11/1, 2020年11月1日 → 2020-11-01."""

import datetime
import re

import polars as pl

from etl.read.readers import half_width
from vocabulary.periods import UNSTATED, check_period

_FORMS = re.compile(r"(\d{4})(?:[-/.年·]\s*(\d{1,2})(?:[-/.月·]\s*(\d{1,2})日?|月)?|年)?(?:\s*0{1,2}:00(?::00)?)?")
_SERIAL = re.compile(r"[34]\d{4}(?:\.0)?")  # days since 1900 as a spreadsheet counts them: 1982 to 2036
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)?")
_FIRST_DAY = datetime.date(1899, 12, 30)


def read_dates(texts: pl.Series) -> pl.DataFrame:
    """For each distinct text: `text`, `value` (the period, or the text as it is), and severity, message, fix where there is something to say."""
    rows = [{"text": text} | _read(text) for text in texts.drop_nulls().unique(maintain_order=True)]
    return pl.DataFrame(rows, schema=dict.fromkeys(("text", "value", "severity", "message", "fix"), pl.String))


def _read(text: str) -> dict[str, str | None]:
    narrow = half_width(text)
    found = _FORMS.fullmatch(narrow)
    if _SERIAL.fullmatch(narrow):
        day = (_FIRST_DAY + datetime.timedelta(days=int(float(narrow)))).isoformat()
        return _told(day, "错误", "像是表格软件的日期序号", f"写成 {day}")
    if compact := _COMPACT.fullmatch(narrow):
        period = "-".join(filter(None, compact.groups()))
        return _told(_checked(period) or text, "警示", "日期写法", f"写成 {period}")
    if found:
        year, month, day_of_month = found.groups()
        period = "-".join([year, *(f"{int(part):02}" for part in (month, day_of_month) if part)])
        if _checked(period):
            return {"value": period} if period == text else _told(period, "警示", "日期写法", f"写成 {period}")
    return {"value": UNSTATED if narrow == UNSTATED else text}


def _told(value: str, severity: str, message: str, fix: str) -> dict[str, str | None]:
    return {"value": value, "severity": severity, "message": message, "fix": fix}


def _checked(period: str) -> str:
    try:
        return check_period(period)
    except ValueError:
        return ""
