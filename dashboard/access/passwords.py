"""What a password must be: the rules of 等保 2.0 (GB/T 22239, 8.1.4.1 身份鉴别) as offices usually read them, and its digest."""

import string
from collections.abc import Iterable
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200  # characters
KINDS = 3  # of capital letters, small letters, digits and other signs
REMEMBERED = 5  # earlier passwords that may not come back
DAYS = 90  # that one may be used
RULES = (
    f"口令至少 {SHORTEST} 个字符，含大写字母、小写字母、数字、其他符号中的 {KINDS} 种，"
    f"不含用户名，不同于最近 {REMEMBERED} 次用过的；{DAYS} 天更换一次。"
)
_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(2)  # each takes 64 MB and most of a processor: many sign-ins must not stop the pages
_NOBODYS = _HASHER.hash("nobody")


def fault(password: str, name: str, earlier: Iterable[str] = ()) -> str:
    """Why a password for the account `name` is refused, as a Chinese sentence; blank when it is good. `earlier`: digests."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"口令应为 {SHORTEST}～{LONGEST} 个字符，现为 {len(password)} 个。"
    kinds = (string.ascii_uppercase, string.ascii_lowercase, string.digits)
    held = sum(any(sign in kind for sign in password) for kind in kinds) + any(sign not in "".join(kinds) for sign in password)
    if held < KINDS:
        return f"口令应含大写字母、小写字母、数字、其他符号中的 {KINDS} 种，现只有 {held} 种。"
    if name.lower() in password.lower():
        return "口令不能含用户名。"
    if len(set(password)) < SHORTEST // 2:
        return "口令中重复的字符太多。"
    if any(matches(password, one) for one in earlier):
        return f"口令不能与最近 {REMEMBERED} 次用过的相同。"
    return ""


def digest(password: str) -> str:
    """Argon2id with the library's parameters (RFC 9106, low memory)."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether a password has this digest. As long for an account that there is not (None) as for one that there is."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or _NOBODYS, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False
