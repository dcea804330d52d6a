"""What a chart is: a question, rows from the warehouse, a drawing, a sentence, notes. No dash, no plotly.

An entry of the registry, written in `themes/<theme>/charts.py` as part of its `CHARTS: tuple[Chart, ...]`:

    Chart(
        id="extension-staffing",
        question="鲁山县农技推广：编制与实有差多少？",
        title="{when}鲁山县农技推广机构编制与实有人员",
        unit="名、人",
        computed=True,
        native=Bars(series=("authorised", "actual")),
        rows=lambda db, _chosen: queries.staffing(db),
        draw=draw_staffing,
        finding=findings.staffing,
        note=lambda rows: ("县乡两级农技推广机构在编实有人数。",),
        columns=(Column("tier", "层级"), Column("authorised", "编制", "count"), ...),
    )

Contract with dashboard/cards/shown.py, which calls these once per build and selection:
- `rows` holds `fact_ids` and `source_ids` (comma lists); an empty frame shows the 未公布 sentence and nothing else is called.
- `draw` (rows, canvas) returns a plain figure dict, drawn for the canvas; a mark's `customdata` is its comma list of
  fact ids (or a list whose first item is). The height of the drawing is what a page reserves for it.
- `draw` is None for a table-only card.
- a note made by `gate.notes.set_apart` stands in a tinted box; the others follow the word 口径.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

import polars as pl

from dashboard.cards.selection import Selection
from dashboard.drawing.canvas import FLUID, Canvas
from dashboard.language.sentence import Finding
from dashboard.warehouse import Warehouse

# text: as is · place: text linking to the place · count: whole number · number: as many decimals as the value has ·
# percent: one decimal, % in the header or cell · ratio: N:1 · period: time_period · stated: the wording of the source
Kind = Literal["text", "place", "count", "number", "percent", "ratio", "period", "stated"]
Figure = dict[str, Any]


class Draw(Protocol):
    """A drawing of rows for a canvas; by itself as on the screen."""

    def __call__(self, rows: pl.DataFrame, canvas: Canvas = FLUID, /) -> Figure: ...


def each(form: Callable[..., Figure], mark: Callable[[dict[str, Any]], Any], **look: Any) -> Draw:
    """The drawing in which every row is one mark of a form; `look` is what the form asks for besides (key, unit, frame)."""
    return lambda rows, canvas=FLUID: form([mark(row) for row in rows.iter_rows(named=True)], canvas=canvas, **look)


class Column(NamedTuple):
    """One column of the 表格 tab and of the CSV: column of the rows, Chinese header (with unit), kind of value.

    `fact_ids`: the column of the rows that lists the facts of this cell alone, which then opens them; a table with such cells has
    no 出处 column. `url`: the column with the address that the cell leads to. `beside`: the header of the column that takes this one
    along in brackets where a page has no room for so many (tables.folded).
    """

    name: str
    header: str
    kind: Kind = "text"
    fact_ids: str = ""
    url: str = ""
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Horizontal bars that office programs can edit: the columns that become series; stacked when they are parts of one whole."""

    series: tuple[str, ...]
    stacked: bool = False


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One card, and all that is said of it elsewhere. `wide` takes the whole row of the page grid.

    `title` is the name that it has away from the dashboard (图题: 时间、地点、内容, no question): {when} stands for the years of its
    rows, {area} for their places, {province} for the one place that they are of or 各省, {indicator} for their indicator. `unit`
    None: that of the columns. `computed`: it shows numbers that we computed. `native`: its form on a slide. `more`: words and
    address of the page that shows the whole of it. An office may put other titles and units into dashboard/paper/titles.toml.

    `province`: what it has to do with the chosen province: nothing; its rows are of it (read); its card chooses it (picked); its marks
    lead to the page where it can be chosen (led). `absent`: what is said of a selection without rows, in place of `empty`.
    """

    id: str
    question: str
    title: str
    unit: str | None = None
    computed: bool = False
    rows: Callable[[Warehouse, Selection], pl.DataFrame]
    finding: Callable[[pl.DataFrame], Finding]
    note: Callable[[pl.DataFrame], tuple[str, ...]]
    columns: tuple[Column, ...]
    draw: Draw | None = None
    native: Bars | None = None
    wide: bool = False
    more: tuple[str, str] | None = None
    province: Literal["", "read", "picked", "led"] = ""
    absent: Callable[[Warehouse, Selection], str] | None = None
    empty: str = "未公布：本库暂无这一项的可引用数字。"


@dataclass(frozen=True, kw_only=True)
class Headline:
    """A tile of 总览: whose and what, a large figure with receipts, a sentence below it, the page that explains it."""

    id: str
    theme: str
    path: str
    rows: Callable[[Warehouse], pl.DataFrame]
    subject: Callable[[pl.DataFrame], str]  # what the figure is of: 河曲县 · 党政机构（实设）
    figure: Callable[[pl.DataFrame], Finding]
    finding: Callable[[pl.DataFrame], Finding]
