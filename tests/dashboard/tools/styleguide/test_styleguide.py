"""The page of samples: only with DEBUG=1, and no figure form is missing from it."""

from __future__ import annotations

import ast
from collections import Counter

import pytest
from dash import html

from dashboard.cards.selection import Selection
from dashboard.settings import ROOT, Settings
from dashboard.tools.styleguide.page import PAGE
from dashboard.tools.styleguide.samples import FORMS
from dashboard.warehouse import Warehouse
from dashboard.web.app import content, create_app

HELPERS = {"canvas", "lone_values", "marks", "parting", "row_labels", "sheet", "tokens", "__init__", "scale"}


def test_readers_never_see_it(warehouse):
    assert "没有这个页面" in str(content("/styleguide", "", Warehouse(warehouse)))


def test_developers_see_every_card_state_answered(warehouse):
    app = create_app(settings=Settings(warehouse=warehouse, debug=True))
    layout = app.server.test_client().get("/_dash-layout", headers={"Referer": "http://localhost/styleguide"}).get_json()
    assert "样式" in str(layout)
    assert "card-sample-failed.className" in str(app.callback_map)


def test_ids_on_it_are_unique():
    names = [part.id for part in html.Div(PAGE.layout(Selection()))._traverse() if getattr(part, "id", None)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("form", sorted({path.stem for path in (ROOT / "dashboard" / "drawing").glob("*.py")} - HELPERS))
def test_every_form_has_a_sample_and_so_the_greyscale_test(form):
    tree = ast.parse((ROOT / "dashboard" / "drawing" / f"{form}.py").read_text(encoding="utf-8"))
    made = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}
    assert form in made
    assert form in FORMS
