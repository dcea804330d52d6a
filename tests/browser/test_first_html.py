"""What comes late comes when it is needed, once: the grid at the first page that has one, the drawing library after the page stands."""

from __future__ import annotations

import pytest

from dashboard.settings import ROOT

pytestmark = pytest.mark.browser

ASKED = "performance.getEntriesByType('resource').filter((one) => one.name.includes('{}')).length"


def test_the_grid_comes_with_the_first_page_that_has_one(visit):
    page = visit.open("/")
    assert page.evaluate(ASKED.format("/dash_ag_grid.")) == 0
    page.locator("header a[href='/data'], nav a[href='/data']").first.click()
    visit.until("document.querySelector('#fact-grid .ag-row')")
    page.locator("#fact-search").fill("河曲")
    visit.until(
        "[...document.querySelectorAll('#fact-grid .ag-center-cols-container .ag-row')].every((row) => row.innerText.includes('河曲'))"
    )
    page.go_back()
    visit.settle()
    page.go_forward()
    visit.until("document.querySelector('#fact-grid .ag-row')")
    assert page.evaluate(ASKED.format("/dash_ag_grid.")) == 1
    assert visit.complaints == []


def test_one_small_drawing_library_draws_every_chart_of_the_page(visit):
    if not (ROOT / "assets" / "vendor" / "plotly-basic.min.js").is_file():
        pytest.skip("no front-end files: run `make frontend`")
    page = visit.open("/")
    visit.draw_all()
    visit.until("[...document.querySelectorAll('.card__graph')].every((one) => one.querySelector('.trace, .point'))")
    assert page.evaluate(ASKED.format("plotly-basic")) >= 1  # preloaded, then run
    assert page.evaluate(ASKED.format("package_data/plotly")) == 0
    assert visit.complaints == []
