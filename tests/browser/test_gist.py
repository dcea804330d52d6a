"""One line under a card in a real browser: it opens by hand, stays open by choice, and paper has all of it."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

CARD = "#card-extension-lushan"
NOTES = f"{CARD} .card__notes"


def test_a_card_opens_its_notes_and_sources(visit):
    page = visit.open("/extension")
    line = page.locator(f"{CARD} .card__gist")
    assert line.inner_text().replace("\n", "").startswith("来源1个")
    assert not page.locator(NOTES).is_visible()
    line.focus()
    page.keyboard.press("Enter")
    assert page.locator(NOTES).is_visible()
    assert page.locator(f"{CARD} .card__sources").inner_text().startswith("资料来源")
    assert line.get_attribute("aria-expanded") == "true"
    line.click()
    assert not page.locator(NOTES).is_visible()


def test_a_reader_chooses_all_of_it_once(visit):
    page = visit.open("/extension")
    page.locator(f"{CARD} .card__gist").click()
    page.locator(f"{CARD} .card__always--more").click()
    assert not page.locator(".card__gist").first.is_visible()
    page = visit.open("/towns")
    assert all(note.is_visible() for note in page.locator(".card__notes:not(:empty)").all())
    page.locator(".card__always--less").first.click()
    page.reload()
    visit.settle()
    assert not page.locator(".card__notes").first.is_visible()


def test_paper_has_all_of_it(visit):
    page = visit.open("/extension")
    page.emulate_media(media="print")
    assert page.locator(NOTES).is_visible()
    assert not page.locator(f"{CARD} .card__gist").is_visible()
