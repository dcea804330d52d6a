"""Periods as a source states them: YYYY, YYYY-MM or YYYY-MM-DD, nothing finer and nothing invented."""

import datetime
import re

UNSTATED = "_U"  # 时点未注明
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
FIRST_YEAR, LAST_YEAR = 1900, 2100


def check_period(text: str) -> str:
    """`text` itself when it is a period; ValueError with a Chinese message otherwise."""
    match = _PERIOD.fullmatch(text)
    if not match:
        raise ValueError("日期要写成 2022、2022-08 或 2022-08-31")
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        raise ValueError("没有这一天，检查月和日") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"年份应在 {FIRST_YEAR}—{LAST_YEAR} 之间")
    return text


def days_of(period: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of a checked period; None when the source states none."""
    if period == UNSTATED:
        return None
    year, month, day = (int(part) if part else None for part in (*period.split("-"), "", "")[:3])
    assert year is not None
    first = datetime.date(year, month or 1, day or 1)
    if day:
        return first, first
    following = datetime.date(year + 1, 1, 1) if not month or month == 12 else datetime.date(year, month + 1, 1)
    return first, following - datetime.timedelta(days=1)


def year_of(period: str) -> int | None:
    """Calendar year of a checked period; None when the source states none."""
    return None if period == UNSTATED else int(period[:4])
