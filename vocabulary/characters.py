"""Characters that no text of ours may hold: office files, SVG and XML cannot carry them, and nobody can see them.

They are the control characters apart from tab and line ends, halves of surrogate pairs, and the code points that Unicode says are no
characters. What comes in with one is refused (`unfit`); what goes out with one shows � in its place (`fit`).
"""

import re
from typing import Any

_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
UNFIT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_CHARACTERS}]")
STAND_IN = "\ufffd"
_NAMES = {
    0x00: "空字符 NUL", 0x07: "响铃符", 0x08: "退格符", 0x0B: "垂直制表符，Word 的手动换行", 0x0C: "换页符", 0x1B: "转义符", 0x7F: "删除符",
    0x85: "下一行符",
}  # fmt: skip


def unfit(text: str) -> str:
    """The first character of `text` that may not be in it; blank when all may."""
    found = UNFIT.search(text)
    return found.group() if found else ""


def fit(text: str) -> str:
    """`text` with � in place of every character that may not be in it."""
    return UNFIT.sub(STAND_IN, text)


def fit_all(value: Any) -> Any:
    """The same for every text inside lists, tuples and dicts; what is none of these comes back as it is."""
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, dict):
        return {key: fit_all(part) for key, part in value.items()}
    return [fit_all(part) for part in value] if isinstance(value, list | tuple) else value


def without_unfit(text: str) -> str:
    """`text` without the characters that may not be in it, for reading on after they were reported."""
    return UNFIT.sub("", text)


def named(character: str) -> str:
    """How a character that cannot be seen is called: U+000B（垂直制表符，Word 的手动换行）."""
    code = ord(character)
    kind = "半个字符" if 0xD800 <= code <= 0xDFFF else "控制字符" if code < 0xA0 else "非字符"
    return f"U+{code:04X}（{_NAMES.get(code, kind)}）"
