"""Every name of a place leads to its page. Links as text can carry them: assets/places.js follows them without a new page load."""

from typing import Any
from urllib.parse import quote

from dash import html

UNNAMED, MATERIAL = "未具名", "考题和范本"


def inside(said: Any, href: str, look: str = "place-link") -> html.A:
    """A link to another page of the dashboard, fit for parts of a page that are written as text."""
    return html.A(said, href=href, className=look, **{"data-inside": ""})


def place_link(name: Any, ref_area: str | None) -> Any:
    """`name` as a link to its page; just the name where it stands for several places or for none."""
    if not ref_area or str(name)[:1].isdigit():
        return name
    return inside(name, f"/area/{quote(ref_area)}")


def listed_place(row: dict[str, Any], *, best: bool = False, below: int = 0) -> html.Li:
    """A place in a list, with the number of its facts. `best`: what Enter opens. `below`: townships in it that are not listed."""
    towns = f"，乡镇{below}个" if below else ""
    count = html.Span(f"{row['facts'] or '暂无'}{towns}", className="place__count")
    marks = [html.Span(MATERIAL, className="badge badge--warn")] if row["illustrative"] else []
    link = place_link(row["label"], row["ref_area"])
    if best and isinstance(link, html.A):
        link.className = "place-link place-link--best"
    return html.Li([link, " ", count, *marks], className="place")
