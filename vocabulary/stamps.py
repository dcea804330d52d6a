"""The stamp that every export carries: what stands in it, how it is sealed. Format: docs/export-stamp.md.

    {"stamp": "reform-metrics/1", "build": "…", "built_at": "2025-06-30T09:00:00",
     "charts": [{"id": "towns-take-up", "selection": ""}], "facts": {"F0123456789": ["23", "9f8a0c1d"]}, "check": "…"}

`facts` maps a fact to its value and to the first 8 hex digits of the SHA-256 of its claim; `check` is the first 16 of the SHA-256
of the stamp without it, so that a cut stamp is noticed. The dashboard puts stamps into files, `python -m etl verify` finds them.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FORMAT = "reform-metrics/1"
KEYWORD = "reform-metrics-stamp"  # of the PNG chunk, of the SVG element, and the stem of the office properties
CLAIM = ("obs_value", "value_low", "value_high", "precision", "unit_measure", "as_stated")


def written(value: Any) -> str:
    """A value as stamps write it; blank for none."""
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float | int) else str(value)


def claim_digest(fact: Mapping[str, Any]) -> str:
    """First 8 hex digits of the SHA-256 of what a fact claims; a change of any part of that is a change of the fact."""
    return _digest("|".join(written(fact[name]) for name in CLAIM), 8)


def sealed(content: Mapping[str, Any]) -> str:
    """The stamp as compact JSON in ASCII, with its format and check. `content`: build, built_at, charts, facts."""
    whole = {"stamp": FORMAT, **content}
    return _compact(whole | {"check": _digest(_compact(whole), 16)})


def unsealed(text: str) -> dict[str, Any]:
    """The content of a stamp. ValueError, with the end of a Chinese sentence about the stamp, when it is damaged or of another format."""
    damaged = ValueError("已损坏，不能核对")
    try:
        content = json.loads(text)
        check, form = content.pop("check"), content["stamp"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged from error
    if form != FORMAT:
        raise ValueError(f"是“{form}”格式，本程序只认识 {FORMAT}")
    if check != _digest(_compact(content), 16):
        raise damaged
    return content


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


def _compact(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=True, separators=(",", ":"))
