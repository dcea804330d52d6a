"""Terms in a real browser: pointing, focus and a tap tell what they mean; Escape and a tap elsewhere close; the page is as before without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from tests.browser.axe import both_schemes
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

CARD = "#card-extension-lushan"
HINT = ".term-hint"
MARKED = "document.querySelectorAll('.page .term').length > 3"


def terms(visit: Visit, path: str = "/extension") -> Locator:
    """The terms that are marked in the sentence of one card."""
    visit.open(path)
    visit.until(MARKED)
    return visit.page.locator(f"{CARD} .card__finding .term")


def says(visit: Visit, name: str) -> None:
    """The hint is there, wholly on the screen, and tells of `name`."""
    hint = visit.page.locator(HINT)
    hint.wait_for(state="visible")
    assert hint.locator(".term-hint__name").inner_text() == name
    assert len(hint.locator(".term-hint__said").inner_text()) > 5
    box, size = hint.bounding_box(), visit.page.viewport_size
    assert box
    assert size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size["height"]


def test_a_pointer_that_rests_on_a_term_is_told_and_one_that_leaves_is_not_followed(visit):
    term = terms(visit).first
    name = term.get_attribute("data-term") or ""
    term.hover()
    says(visit, name)
    visit.page.locator(HINT).hover()  # the words can be pointed at while they are read
    visit.page.wait_for_timeout(300)
    says(visit, name)
    visit.page.mouse.move(5, 5)
    visit.page.locator(HINT).wait_for(state="hidden")


def test_focus_tells_and_escape_closes(visit):
    term = terms(visit).first
    term.focus()
    says(visit, term.get_attribute("data-term") or "")
    described = visit.page.locator(f"#{term.get_attribute('aria-describedby')}")
    assert visit.page.locator(f"{HINT} .term-hint__said").inner_text() in (described.text_content() or "")
    visit.page.keyboard.press("Escape")
    visit.page.locator(HINT).wait_for(state="hidden")
    visit.page.keyboard.press("Enter")
    says(visit, term.get_attribute("data-term") or "")
    visit.page.keyboard.press("Tab")
    assert not term.evaluate("(term) => term === document.activeElement")


def test_a_tap_on_a_phone_opens_a_second_one_closes_and_so_does_one_elsewhere(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="zh-CN")
    try:
        visit = Visit(page=context.new_page(), address=address)
        for term in terms(visit).all():
            term.tap()
            says(visit, term.get_attribute("data-term") or "")
        term.tap()
        visit.page.locator(HINT).wait_for(state="hidden")
        term.tap()
        visit.page.locator(HINT).wait_for(state="visible")
        visit.page.locator(f"{CARD} .card__question").tap()
        visit.page.locator(HINT).wait_for(state="hidden")
    finally:
        context.close()


@pytest.mark.parametrize("path", ["/", "/ratio", "/towns", "/extension"])
def test_a_card_marks_few_terms_once_and_nothing_that_does_something_else(visit, path):
    visit.open(path)
    visit.until(MARKED)
    cards = visit.page.evaluate(
        "[...document.querySelectorAll('.page .card')].map((card) => [...card.querySelectorAll('.term')].map((term) => term.dataset.term))"
    )
    for marked in cards:
        assert len(marked) <= 4
        assert len(set(marked)) == len(marked)
    assert visit.page.locator(":is(.receipt, a, button, summary) .term").count() == 0
    assert visit.complaints == []


def test_nothing_moves_and_no_word_changes_when_terms_are_marked(visit):
    visit.page.route("**/terms.json", lambda route: route.abort())
    lines = f"[...document.querySelectorAll('{CARD}, {CARD} .card__finding')].map((one) => [one.innerText, one.offsetHeight])"
    visit.open("/extension")
    without = visit.page.evaluate(lines)
    assert visit.page.locator(".term").count() == 0
    visit.page.unroute("**/terms.json")
    visit.open("/extension")
    visit.until(MARKED)
    assert visit.page.evaluate(lines) == without


def test_another_selection_marks_what_is_written_anew(visit):
    visit.open("/small-counties")
    visit.until(MARKED)
    visit.page.evaluate(
        "window.dash_clientside.written.show({finding: '编制与<a href=\"#\">超编</a>，编制'}, 'written-small-counties-bodies')"
    )
    marks = "[...document.querySelectorAll('#finding-small-counties-bodies .term')].map((term) => term.textContent)"
    assert visit.page.evaluate(marks) == ["编制"]


def test_axe_finds_nothing_in_marked_terms_and_their_hint(visit):
    term = terms(visit).first
    term.focus()
    visit.page.locator(HINT).wait_for(state="visible")
    assert both_schemes(visit, CARD) == []
    assert both_schemes(visit, HINT) == []


def test_paper_shows_neither_dots_nor_hint(visit):
    term = terms(visit).first
    term.focus()
    visit.page.emulate_media(media="print")
    assert not visit.page.locator(HINT).is_visible()
    assert term.evaluate("(term) => getComputedStyle(term).textDecorationLine") == "none"


def test_the_page_of_the_data_lists_all_terms(visit):
    page = visit.open("/data?t=terms")
    table = page.locator("#section-terms table")
    table.wait_for(state="visible")
    assert "满编率" in table.inner_text()
