"""Every name of a place leads to its page. Links as text can carry them: assets/places.js follows them without a new page load."""

from typing import Any
from urllib.parse import quote

from dash import html

from vocabulary.alphabet import spelling

UNNAMED, MATERIAL = "未具名", "考题和范本"


def inside(said: Any, href: str, look: str = "place-link") -> html.A:
    """A link to another page of the dashboard, fit for parts of a page that are written as text."""
    return html.A(said, href=href, className=look, **{"data-inside": ""})


def place_link(name: Any, ref_area: str | None) -> Any:
    """`name` as a link to its page; just the name where it stands for several places or for none."""
    if not ref_area or str(name)[:1].isdigit():
        return name
    return inside(name, f"/area/{quote(ref_area)}")


def listed_place(row: dict[str, Any], *, hidden: bool = False) -> html.Li:
    """A place in a list, with the number of its facts; assets/places.js searches in `data-typed` (how it is called and typed) and
    `data-about` (where it lies, its cohort)."""
    count = html.Span(str(row["facts"]) if row["facts"] else "暂无", className="place__count")
    marks = [html.Span(MATERIAL, className="badge badge--warn")] if row["illustrative"] else []
    typed = " ".join(filter(None, (spelling(row["name_zh"]), row["ref_area"], row.get("adcode")))).lower()
    look = "place place--bare" if hidden else "place"
    searched = {"data-typed": typed, "data-about": row.get("about") or ""}
    return html.Li([place_link(row["label"], row["ref_area"]), " ", count, *marks], className=look, **searched)
