"""What readers say of places of their own: words by field, in up to four sets. They stay with the reader.

They come in the body of a request only, as a JSON list of objects whose values are as typed, and are parsed, never trusted. No address,
no log and no memory of the server holds them (tests/dashboard/themes/mine/test_private.py). What they mean is the affair of the theme
that asks for them.
"""

import json
import re

from dashboard.warehouse.catalog import Citation

OWN = "own"  # in source_ids of a row: it rests on what the reader said, not on a fact
OWN_SOURCE = "本人填写，未经核对"
OWN_CITATION = Citation(source_id=OWN, text=OWN_SOURCE, full=OWN_SOURCE, url="", grade="", reprint=False, facts=0)
MOST_SETS, MOST_FIELDS, MOST_WORDS = 4, 24, 40  # assets/own.js says the same while people type
_LONGEST = 8_000
_KEY = re.compile(r"[a-z][a-z_]{0,31}")

Words = dict[str, str]  # field → what was typed


def canonical(stated: str) -> str | None:
    """`stated` in one spelling, without blank words; None where it is nothing of the kind, or says nothing."""
    try:
        listed = json.loads(stated) if len(stated) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(listed, list) or len(listed) > MOST_SETS or not all(map(_is_set, listed)):
        return None
    sets = [{key: words.strip() for key, words in sorted(one.items()) if words.strip()} for one in listed]
    return json.dumps(sets, ensure_ascii=False, separators=(",", ":")) if any(sets) else None


def own_sets(own: str) -> tuple[Words, ...]:
    """The sets of a selection's `own`."""
    return tuple(json.loads(own)) if own else ()


def _is_set(one: object) -> bool:
    return (
        isinstance(one, dict)
        and len(one) <= MOST_FIELDS
        and all(
            _KEY.fullmatch(key) and isinstance(words, str) and len(words) <= MOST_WORDS and words.isprintable()
            for key, words in one.items()
        )
    )
