"""A4: no card is cut, no control is printed, nothing is wider than the paper."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from dashboard.pages import PAGES

pytestmark = pytest.mark.browser

PATHS = [page.path for page in PAGES]
MORE = [
    "/area/140930",
    "/area/410423",
    "/towns?t=towns-take-up",
    "/data?t=sources",
    "/compare?i=party_gov_bodies&c=山西第一批试点,山西第二批试点",
]
WIDTH, HEIGHT = 695, 1038  # px of A4 less the margins of assets/5_print.css
CONTROLS = (
    ".nav, .scheme, .skip-link, .card__menu, .card__tabs .mantine-Tabs-list, .picker, .grid-search, .tool__inputs, .area__search,"
    ".area__go, .ag-paging-panel, .ag-header-icon, .fact-grid, input:not([type=hidden]), select, textarea, .footer, .page__wall"
)
SHOWN = "(which) => [...document.querySelectorAll(which)].filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 90))"
# Cards that cannot stand whole on one page, other than those that may run on.
TOO_TALL = """(height) => [...document.querySelectorAll('.card:not(.card--table):not(.card--explorer)')]
  .filter((card) => card.checkVisibility() && card.getBoundingClientRect().height > height).map((card) => card.id)"""
OUTSIDE = """() => [...document.querySelectorAll('.card__graph .main-svg, .table')].filter((part) => part.checkVisibility()
  && part.getBoundingClientRect().right > part.closest('.card').getBoundingClientRect().right + 1).length"""


@pytest.mark.parametrize("path", [*PATHS, *MORE])
def test_no_card_is_cut_and_no_control_is_printed(visit, path):
    page = visit.open(path)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_timeout(500)
    if path not in {"/sql", "/brief"}:  # pages of work, whose own print is tested with them
        assert page.evaluate(SHOWN, CONTROLS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    assert page.evaluate(OUTSIDE) == 0
    whole = "[...document.querySelectorAll('.card:not(.card--table):not(.card--explorer)')].map((one) => getComputedStyle(one).breakInside)"
    assert set(page.evaluate(whole)) <= {"avoid"}
    assert page.evaluate(TOO_TALL, HEIGHT) == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: run `make office`")
@pytest.mark.parametrize("path", ["/", "/ratio", "/small-counties", "/township"])
def test_a_card_begins_and_ends_on_the_same_page(visit, path, tmp_path):
    page = visit.open(path)
    cards = page.evaluate(
        """[...document.querySelectorAll('.card[data-chart]:not(.card--table)')].map((card) =>
           [card.querySelector('.card__question').innerText, [...card.querySelectorAll('.card__source')].at(-1).textContent.slice(0, 9)])"""
    )
    (tmp_path / "page.pdf").write_bytes(page.pdf(prefer_css_page_size=True, print_background=True))
    made = subprocess.run(["pdftotext", "-raw", tmp_path / "page.pdf", "-"], check=True, capture_output=True, text=True).stdout
    pages = [re.sub(r"\s+", "", text) for text in made.split("\f")]
    squeezed = [[re.sub(r"\s+", "", part) for part in card] for card in cards]
    assert squeezed
    for question, end in squeezed:
        assert any(question in text and end in text[text.index(question) :] for text in pages), question
    assert len(pages[0]) > 300  # not a heading alone
