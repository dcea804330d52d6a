"""One statement of what a place did: when, what, whether it was done, and who says so."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.cards.place_link import place_link
from dashboard.cards.sources import is_address, outside
from dashboard.language import words

PLANNED = "计划或征求意见"


def measure_block(row: Mapping[str, Any], grades: Mapping[str, str]) -> html.Section:
    """The block of one row of mart.measure in the drawer; `grades`: grades of sources in words."""
    when = words.date(row["date"]) + (f"至{words.date(row['date_end'])}" if row["date_end"] else "")
    planned = [" ", html.Span(PLANNED, className="badge badge--warn")] if row["proposed"] else []
    place = row["locator"] or ""
    said = "，".join(filter(None, (f"《{row['source_title'].strip('《》')}》", "" if is_address(place) else place)))
    url = row["url"] or place
    grade = row["grade"] or ""
    badge = html.Span(f"{grade}级 · {grades.get(grade, '未定级')}", className="badge")
    return html.Section(
        [
            html.H3([place_link(row["area_name"], row["ref_area"]), f" {row['measure_zh']}", *planned], className="fact__name"),
            html.P(f"{when}：{row['statement_zh']}", className="fact__stated"),
            html.P(f"备注：{row['note']}") if row["note"] else None,
            html.Div(
                [html.H4("来源"), html.P([outside(said, url) if is_address(url) else said, " ", badge])], className="fact__source"
            ),
        ],
        className="fact",
    )
