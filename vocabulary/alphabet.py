"""The order of Chinese names: by pinyin, as readers look them up, and not by the numbers of their characters in Unicode.

Every list of names that a reader looks through and that has no order of its own (行政区划, a register, a value) is put in this one;
in the browser assets/alphabet.js does the same.
"""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

Key = tuple[tuple[bool, str, str], ...]


@lru_cache(maxsize=16384)
def by_pinyin(name: str | None) -> Key:
    """What `sorted` compares: character by character syllable and tone, then the sign itself; digits and letters come first, as they are.

    A sign of several readings has that of its word: 重庆 under ch.
    """
    signs = name or ""
    said = lazy_pinyin(signs, style=Style.TONE3, neutral_tone_with_five=True, errors=list)  # type: ignore[arg-type]  # takes a list too
    return tuple((sound != sign, sound, sign) for sound, sign in zip(said, signs, strict=True))
