"""The search of the header in a real browser: Ctrl K, arrows, Enter, a receipt, a card far down; the menu of a phone."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

FIRST = "document.querySelector('.search__hit[aria-selected=true] .search__title')?.textContent"


def asked(visit, words: str, first: str) -> None:
    visit.page.locator(".search__field").fill(words)
    visit.until(f"{FIRST} === {first!r}")


def test_a_figure_is_two_words_and_enter_away(visit):
    page = visit.open("/towns")
    page.keyboard.press("Control+k")
    assert page.locator(".search__field").evaluate("field => field === document.activeElement")
    asked(visit, "河曲 编制", "河曲县事业编制数（改革前）：1964名")
    page.keyboard.press("ArrowDown")
    visit.until(f"{FIRST} === '河曲县事业编制数（改革后）：659名'")
    page.keyboard.press("Enter")
    visit.until("location.pathname === '/area/140930' && document.querySelector('.fact__value')?.innerText.includes('659')")
    assert not page.locator("dialog.search").is_visible()
    assert visit.complaints == []


def test_a_card_far_down_a_page_is_brought_into_view(visit):
    page = visit.open("/")
    page.locator("[data-search]").click()
    asked(visit, "履职清单给一个", "履职清单给一个乡镇定了多少事？")
    page.locator(".search__hit").first.click()
    visit.until("Math.abs(document.querySelector('.page #card-towns-duties')?.getBoundingClientRect().top) < 400")
    page.go_back()
    visit.until("location.pathname === '/'")
    assert visit.complaints == []


def test_nothing_found_says_so_and_escape_closes(visit):
    page = visit.open("/towns")
    page.keyboard.press("Control+k")
    page.locator(".search__field").fill("zzzzzz")
    visit.until("document.querySelector('.search__said').textContent.includes('没有找到“zzzzzz”')")
    page.keyboard.press("Escape")
    visit.until("!document.querySelector('dialog.search').open")


def test_a_phone_has_every_page_in_a_menu(visit_of, address):
    visit = visit_of(address, width=390, height=844)
    page = visit.open("/towns")
    assert not page.locator(".nav").is_visible()
    page.locator("[data-menu]").click()
    assert all(link.is_visible() for link in page.locator(".nav__link").all())
    page.locator(".nav__link[href='/sql']").click()
    visit.until("location.pathname === '/sql'")
    assert not page.locator(".nav").is_visible()
    page.locator("[data-menu]").click()
    page.keyboard.press("Escape")
    assert not page.locator(".nav").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_link_to_a_card_leads_to_it(visit):
    page = visit.open("/small-counties#card-small-counties-tiles")
    visit.until("Math.abs(document.getElementById('card-small-counties-tiles').getBoundingClientRect().top) < innerHeight / 2")
    assert page.evaluate("scrollY") > 0
    assert visit.complaints == []
