"""A filled-in workbook of one county as words for 我县: what it says of what the page asks for."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.themes.mine.typed.fields import FIELDS, PLACE, POST_TYPES

# Scopes of the template (etl/intake/template.toml) → what the page calls them: field, and the choice that goes with it.
_STAFF = {
    "供养人员（编内在职）": "in_post",
    "供养人员（编内在职与离退休）": "retired",
    "供养人员（编内在职、离退休与编外）": "all",
}
_WHOLE_COUNTY = {"staff_authorised": ("posts", "全县编制"), "staff_actual": ("people", "全县在编实有")}
COUNTY_INSTITUTIONS = "全县事业单位"
_NOW = ("point", "after")  # a state that stands; what was before a reform is not of today


def own_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """`#own=` of /mine for the facts of one county (columns of a fact, as text); blank where they are of several, or say nothing of it."""
    if len({row["ref_area"] for row in rows}) != 1:
        return ""
    words: dict[str, str] = {}
    for row in rows:
        if row["phase"] in _NOW:
            words |= {key: value for key, value in _said(row).items() if key not in words}
    return json.dumps([{PLACE: rows[0]["ref_area"], **words}], ensure_ascii=False) if words else ""


def _said(row: Mapping[str, Any]) -> dict[str, str]:
    indicator, scope, stated = row["indicator"], row["scope"], row["as_stated"]
    if indicator == "fiscally_supported_staff" and scope in _STAFF:
        return {"staff": stated, "staff_scope": _STAFF[scope]}
    if indicator == "public_institutions" and scope == COUNTY_INSTITUTIONS:
        return {"institutions": stated, "inst_scope": "other"}
    side, of_county = _WHOLE_COUNTY.get(indicator, ("", ""))
    if side and scope == of_county:
        return {f"{side}_{key}": stated for key, name in POST_TYPES.items() if row["post_type"] == name}
    return {field.key: stated for field in FIELDS if indicator in field.published and field.scope in {"", scope}}
