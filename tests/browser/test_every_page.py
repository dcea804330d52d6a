"""Every page in a real browser: filled, quiet, on its own host, usable at every width, by keyboard and on paper."""

from __future__ import annotations

import pytest

from dashboard.pages import PAGES

pytestmark = pytest.mark.browser

PATHS = [page.path for page in PAGES]
SIZES = [(1920, 1080), (1366, 768), (390, 844), (360, 740), (3840, 2160)]
TOO_WIDE = (
    "[...document.querySelectorAll('.card, .tile')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.id)"
)


@pytest.mark.parametrize("path", [*PATHS, "/no-such-page"])
def test_a_page_is_filled_without_complaint_or_another_host_and_nothing_sticks_out_at_any_width(visit, path):
    page = visit.open(path)
    assert visit.foreign == []
    assert visit.complaints_besides(404 if path not in PATHS else 0) == []
    assert page.locator(".card--failed").count() == 0
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    if path in PATHS:
        assert page.locator(".nav__link[aria-current=page]").get_attribute("href") == path
        assert page.locator(".card").count() >= 1
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        visit.until(f"document.documentElement.scrollWidth <= window.innerWidth && {TOO_WIDE}.length === 0")


def test_the_keyboard_reaches_pages_numbers_tabs_and_menus(visit):
    page = visit.open("/extension")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # past the last control
        seen.add(page.evaluate("document.activeElement.getAttribute('role') || document.activeElement.className.split(' ')[0]"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")[:200]
    assert {"nav__link", "receipt", "card__menu", "tab"} <= seen


def test_the_small_plotly_bundle_is_the_only_one(visit):
    visit.open("/extension")
    assert not [url for url in visit.requests if "plotly.min.js" in url and "plotly-basic" not in url]


def test_a_second_visit_sends_little(visit):
    visit.open("/extension")
    sizes = []
    visit.page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    visit.page.reload()
    visit.settle()
    assert sum(sizes) < 30_000
