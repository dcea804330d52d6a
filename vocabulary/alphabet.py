"""Names by their sound: the order in which readers look them up, by pinyin and not by the numbers of characters in Unicode, and how
they are typed in Latin letters.

Every list of names that a reader looks through and that has no order of its own (行政区划, a register, a value) is put in this one;
in the browser assets/alphabet.js does the same.
"""

import re
from functools import lru_cache

import pypinyin
from pypinyin import Style, lazy_pinyin, pinyin

Key = tuple[tuple[bool, str, str], ...]

EDITION = f"pypinyin {pypinyin.__version__}, 1"  # of the readings and of what is made of them here: kept texts of another are old
MOST_SPELLINGS = 6  # of one name
_ENDS = "省市县区旗乡镇街道州"  # what a name of a place ends with is read in one way only


@lru_cache(maxsize=16384)
def by_pinyin(name: str | None) -> Key:
    """What `sorted` compares: character by character syllable and tone, then the sign itself; digits and letters come first, as they are.

    A sign of several readings has that of its word: 重庆 under ch.
    """
    signs = name or ""
    said = lazy_pinyin(signs, style=Style.TONE3, neutral_tone_with_five=True, errors=list)  # type: ignore[arg-type]  # takes a list too
    return tuple((sound != sign, sound, sign) for sound, sign in zip(said, signs, strict=True))


def sort_text(name: str | None) -> str:
    """`by_pinyin` as text whose own order, sign by sign, is the same: 河曲县 → he2河qu1曲xian4县; what is no word stands after a blank."""
    return "".join(f"{sound}{sign}" if differs else f" {sign}" for differs, sound, sign in by_pinyin(name))


@lru_cache(maxsize=4096)
def spelling(name: str) -> str:
    """How a name may be typed in Latin letters: 河曲县 → hequxian hqx. Rarer readings of its characters follow, one at a time."""
    characters = "".join(re.findall(r"[㐀-鿿]", name.partition("（")[0]))
    if not characters:
        return name.lower()
    usual = lazy_pinyin(characters)
    spelled = [usual]
    for at, readings in enumerate(pinyin(characters, style=Style.NORMAL, heteronym=True)):
        rarer = [reading for reading in readings if reading != usual[at]] if characters[at] not in _ENDS else []
        spelled += [[*usual[:at], reading, *usual[at + 1 :]] for reading in rarer]
    forms = (
        form for syllables in spelled[:MOST_SPELLINGS] for form in ("".join(syllables), "".join(one[0] for one in syllables))
    )
    return " ".join(dict.fromkeys(forms))
