"""What an account may do, and what each address asks for. The one place that says so."""

import re
from enum import Enum


class Role(Enum):
    """What an account may do; it may have several. The value is the word for it in commands, pages and the log."""

    VIEW = "查看"  # pages, pictures, a card's files, briefs: everybody who may sign in
    ANALYSE = "分析"  # SQL, the API, files of whole tables
    REPORT = "填报"  # have a workbook looked at
    ADMIN = "管理"  # read the audit log, see what went wrong with a build
    INTERNAL = "内部"  # internal facts, where the server holds any


WORDS = tuple(role.value for role in Role)
# Addresses in the order in which they are tried: pattern of the path, what it asks for. None: open to everybody.
_ASKED: tuple[tuple[re.Pattern[str], Role | None], ...] = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        # Code, styles and fonts, the same for everybody and without a figure in them; and whether the server is well.
        (r"/(assets|bundle|_dash-component-suites)/.*|/healthz|/_favicon\.ico|/wall/plotly\.js", None),
        (r"/account/audit", Role.ADMIN),
        (r"/download/check", Role.REPORT),
        (r"(?i:/sql)/*|/api/.*|/openapi\.json", Role.ANALYSE),
        (r"(?s:.*)", Role.VIEW),
    )
)


def asked_for(path: str) -> Role | None:
    """The role that a request to `path` needs; None for what is open to everybody."""
    return next(role for pattern, role in _ASKED if pattern.fullmatch(path))


def role_of(word: str) -> Role:
    """The role that a Chinese word names. ValueError (in Chinese) for another word."""
    try:
        return Role(word)
    except ValueError:
        raise ValueError(f"没有“{word}”这个角色，可用：{'、'.join(WORDS)}") from None
