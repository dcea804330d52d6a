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


def check_period_or_unstated(text: str) -> str:
    """`text` itself when it is a period or says that the source states none; ValueError with a Chinese message otherwise."""
    return text if text == UNSTATED else check_period(text)


def precision_of(period: str) -> str:
    """What a checked period is precise to: day, month, year, or unstated."""
    return {10: "day", 7: "month", 4: "year"}.get(len(period), "unstated")


def check_end(start: str, end: str) -> str:
    """`end` itself when it closes a span that `start` opens; ValueError with a Chinese message otherwise."""
    if precision_of(end) != precision_of(start):
        raise ValueError("要与 date 写到同样的精度；来源没有写起始时间（_U）就留空")
    if end <= start:
        raise ValueError("要晚于 date；只有一个时点就留空")
    return end


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
