"""A card is computed once a build and selection; whatever is made of it reads that, and nothing else asks for its rows."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.cards.answer import EMPTY_HEIGHT, answer
from dashboard.cards.graph import USUAL_HEIGHT
from dashboard.cards.ids import graph_id
from dashboard.cards.selection import Selection
from dashboard.cards.shown import NothingToExportError, shown
from dashboard.charts import CHARTS
from dashboard.drawing.canvas import Canvas
from dashboard.language.remarks import without_pointers
from dashboard.language.sentence import NOTHING_PUBLISHED
from dashboard.paper.briefs import Brief, Item
from dashboard.paper.briefs.brief import told
from dashboard.paper.composition import compose
from dashboard.paper.csv import chart_csv
from dashboard.paper.plate import plate
from dashboard.paper.word import brief_docx
from dashboard.paper.xlsx import chart_xlsx
from dashboard.settings import ROOT
from dashboard.themes.compare import charts as compare_charts
from dashboard.warehouse import Warehouse
from dashboard.web.app import content
from tests.dashboard.paper.conftest import DOT

PLACES = ("140930", "141027", "410423-zhangdian")


class Counted:
    """A chart's own functions, counting how often they are called."""

    def __init__(self, chart_id: str) -> None:
        self.calls: dict[str, int] = {}
        self.canvases: list[Canvas] = []
        chart = CHARTS[chart_id]
        counted = {name: self._counting(name, getattr(chart, name)) for name in ("rows", "finding", "note", "draw")}
        self.chart = replace(chart, **counted)

    def _counting(self, name, function):
        def call(*given):
            self.calls[name] = self.calls.get(name, 0) + 1
            self.canvases += [one for one in given if isinstance(one, Canvas)]
            return function(*given)

        return call


@pytest.fixture
def db(shipped_file):
    """A reader that remembers nothing yet."""
    return Warehouse(shipped_file)


@pytest.mark.parametrize("chart_id", ["towns-take-up", "small-counties-control"])
def test_page_word_slides_picture_workbook_and_csv_ask_for_the_rows_once(db, monkeypatch, chart_id):
    counted = Counted(chart_id)
    monkeypatch.setitem(CHARTS, chart_id, counted.chart)
    composed = compose(db, Brief(title="题", items=(told(db, chart_id), Item(kind="fig", chart_id=chart_id, say=True))))
    assert brief_docx(composed, [DOT])
    assert answer(db, counted.chart, Selection())["written"]["finding"]
    assert answer(db, counted.chart, Selection(tables=(chart_id,)))["written"]["table"]
    card = shown(db, counted.chart, Selection())
    assert chart_xlsx(db, card)
    assert chart_csv(db, card)
    assert plate(db, card).px == plate(db, card).px
    drawn = counted.canvases
    assert len(drawn) == len(set(drawn)) > 1  # each size once
    counted.calls.pop("draw")
    assert counted.calls == {"rows": 1, "finding": 1, "note": 1}


def test_another_selection_is_another_card_and_a_drawing_is_kept_by_its_canvas(db):
    counted = Counted("compare-places")
    cards = [shown(db, counted.chart, Selection(places=places)) for places in (PLACES, PLACES[:2], PLACES)]
    assert counted.calls == {"rows": 2}
    assert cards[0] is cards[2]
    assert cards[0].figure() is cards[2].figure(Canvas())
    assert cards[0].figure(Canvas(width=900)) is not cards[0].figure()
    assert counted.calls["draw"] == 2


def test_a_card_without_rows_says_so_and_cannot_be_drawn(db):
    chart = replace(CHARTS["towns-take-up"], rows=lambda db, chosen: CHARTS["towns-take-up"].rows(db, chosen).clear())
    card = shown(db, chart, Selection())
    assert (card.empty, card.finding, card.notes, card.citations) == (chart.empty, NOTHING_PUBLISHED, (), ())
    with pytest.raises(NothingToExportError, match="未公布"):
        card.figure()
    assert answer(db, chart, Selection())["figure"]["layout"]["height"] == EMPTY_HEIGHT


def asks_a_chart(call: ast.Call) -> bool:
    """Whether a call is one of rows, finding, note or draw of a chart or headline."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in {"rows", "finding", "note", "draw", "figure"}:
        return False
    receiver = ast.unparse(call.func.value)
    return receiver.rpartition(".")[2] in {"chart", "headline"} or receiver.isupper() or receiver.startswith("CHARTS[")


def callers(folder: Path) -> set[str]:
    """Modules that call a chart's own functions."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and asks_a_chart(node)
    }


def test_nothing_but_shown_asks_a_chart(tmp_path):
    assert callers(ROOT / "dashboard") == {"cards/shown.py"}
    (tmp_path / "twin.py").write_text("def export(db, chart):\n    return chart.rows(db, None)\n", encoding="utf-8")
    assert callers(tmp_path) == {"twin.py"}


@pytest.mark.parametrize(
    ("note", "elsewhere"),
    [
        ("口径不同 → 见“编制与人”卡。另一句。", "口径不同。另一句。"),
        ("限额是上限（见“机构限额”）。", "限额是上限。"),
        ("甲（见第2页）。", "甲（见第2页）。"),
    ],
)
def test_what_points_to_another_card_is_said_on_the_page_only(note, elsewhere):
    assert without_pointers(note) == elsewhere


def test_no_note_of_any_chart_points_to_another_card_elsewhere(shipped):
    notes = [note for chart in CHARTS.values() for note in shown(shipped, chart, Selection()).notes_elsewhere]
    assert notes
    assert [note for note in notes if "→ 见" in note or "见“" in note] == []


def test_the_gate_splits_the_rows_of_a_comparison_once(db, monkeypatch):
    splits = []

    def counted(name, gate):
        def call(*given, **named):
            splits.append((name, named))
            return gate(*given, **named)

        return call

    for name in ("split", "compare"):
        monkeypatch.setattr(compare_charts, name, counted(name, getattr(compare_charts, name)))
    card = shown(db, compare_charts.COMPARE, Selection(indicator="party_gov_bodies", places=PLACES))
    assert card.finding
    assert card.notes
    assert [name for name, named in splits if name == "split" or not named.get("axis")] == ["split"]


def heights(layout) -> dict[str, str]:
    """Height that each drawing of a page keeps."""
    return {part.id: part.style["height"] for part in layout._traverse() if str(getattr(part, "id", "")).startswith("graph-")}


@pytest.mark.parametrize("path", ["/", "/small-counties", "/township", "/compare", "/towns"])
@pytest.mark.parametrize("query", ["", "?p=140930,141027"])
def test_a_page_keeps_as_much_room_for_a_drawing_as_it_will_take(shipped, path, query):
    kept = heights(content(path, query, shipped))
    selection, _ignored = Selection.from_query(query)
    taken = {graph_id(chart.id): answer(shipped, chart, selection).get("frame", {}).get("height") for chart in CHARTS.values()}
    assert kept
    assert {name: float(height.removesuffix("px")) for name, height in kept.items()} == {
        name: float(taken[name].removesuffix("px")) for name in kept
    }


def test_without_a_warehouse_a_page_keeps_the_usual_room(tmp_path):
    kept = heights(content("/towns", "", Warehouse(tmp_path / "none.duckdb")))
    assert set(kept.values()) == {f"{USUAL_HEIGHT}px"}
