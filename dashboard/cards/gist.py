"""说明与来源 under a card: one line that says how much stands behind it, and at a click all of it.

The line says what would change how the picture is read (口径几种, 年份不同, 不并列); the words themselves are one click away, and stand
open on paper, for a reader who chose 详细 (assets/gist.js), and in every file.
"""

from typing import Any

from dash import html

from dashboard.cards import ids
from dashboard.cards.chart import Chart
from dashboard.cards.shown import Shown
from dashboard.gate.notes import APART, code_of
from dashboard.language.typeset import years

_SCOPES = ("axis", "scope")  # columns that tell scopes apart, the words of a panel first
# Kinds of notes that the line names by themselves, in its order.
_NAMED = {"year": "年份不同", "cohort": "批次不同", "missing": "有未公布", "anonymous": "有未具名"}
_MOST_PARTS = 5
ALWAYS, SELDOM = "以后都展开", "以后都收起"


def foot(chart: Chart) -> html.Div:
    """The line and what it opens, empty until the card's answer."""
    fine = ids.part_id(chart.id, "fine")
    return html.Div(
        [
            html.Button(
                id=ids.part_id(chart.id, "gist"), type="button", className="card__gist",
                **{"aria-expanded": "false", "aria-controls": fine, "data-gist": "open"},
            ),
            html.Div(id=fine, className="card__fine"),
        ],
        className="card__foot",
    )  # fmt: skip


def fine(notes: Any, sources: Any) -> list[Any]:
    """What the line opens, to be written: notes, sources, and the choice to have it always open."""
    choose = {"type": "button", "data-gist": "always"}
    return [
        html.Div(notes, className="card__notes"),
        html.Div(sources, className="card__sources"),
        html.Button(ALWAYS, className="card__always card__always--more", **choose),
        html.Button(SELDOM, className="card__always card__always--less", **choose),
    ]


def gist(card: Shown) -> list[Any]:
    """Children of the line: 来源8个, 数据2020—2023年, 口径3种, 不并列, 年份不同."""
    kinds = [code_of(note) for note in card.notes]
    scopes = next((card.rows[name].drop_nulls().n_unique() for name in _SCOPES if name in card.rows.columns), 0)
    apart = kinds.count(APART)
    parts: list[Any] = [
        f"来源{len(card.citations)}个" if card.citations else "",
        f"数据{when}" if (when := years(card.periods)) else "",
        f"口径{scopes}种" if scopes > 1 else "",
        html.Span(f"{apart}处不并列" if apart > 1 else "有不并列", className="card__gist-apart") if apart else "",
        *(said for code, said in _NAMED.items() if code in kinds),
    ]
    told = [part for part in parts if part][:_MOST_PARTS] or ["说明"]
    return [html.Span(part, className="card__gist-part") for part in told]
