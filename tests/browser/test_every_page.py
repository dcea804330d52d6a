"""Every page in a real browser, opened once and looked at in turn: filled, quiet, on its own host, usable at every width, for axe, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from dashboard.pages import PAGES
from tests.browser.axe import both_schemes
from tests.browser.conftest import REDRAWN, WINDOW, Visit
from tests.browser.test_layout import CUT, ENDS, OVERLAPS

pytestmark = pytest.mark.browser

PATHS = [page.path for page in PAGES]
MISSING = ["/area/no-such-place", "/no-such-page"]
MORE = [
    "/area/140930",
    "/area/410423",
    "/area/CN",
    "/compare?p=410423-zhangdian,anon-shanxi-2019,140930,CN&i=population_per_fiscal_staff",
    "/compare?i=staffing&p=410423-zhangdian,360724-sixia,140721",
    "/compare?i=party_gov_bodies&c=山西第一批试点,山西第二批试点",
    "/towns?t=towns-take-up,towns-bodies",
    "/ratio?b=%3Cscript%3E",
    "/data?t=sources",
]
SIZES = [(1366, 768), (1920, 1080), (768, 1024), (390, 844), (360, 740), (3840, 2160)]
TWO_COLUMNS, PHONES = (1920, 1080), [(390, 844), (360, 740)]
TOO_WIDE = (
    "[...document.querySelectorAll('.card, .tile')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.id)"
)
# Words of drawings that begin or end outside of them.
OUT_OF_DRAWING = """[...document.querySelectorAll('.card__graph .annotation-text')].filter((words) => {
  const box = words.getBoundingClientRect(), frame = words.closest('.main-svg').getBoundingClientRect();
  return box.width && (box.right > frame.right + 1 || box.left < frame.left - 1);
}).map((words) => words.textContent)"""
WIDTH, HEIGHT = 695, 1038  # px of A4 less the margins of assets/5_print.css
CONTROLS = (
    ".nav, .scheme, .skip-link, .card__menu, .card__view, .sections .mantine-Tabs-list, .picker, .grid-search, .tool__inputs, .area__search,"
    ".area__go, .ag-paging-panel, .ag-header-icon, .fact-grid, input:not([type=hidden]), select, textarea, .footer, .page__wall"
)
SHOWN = "(which) => [...document.querySelectorAll(which)].filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 90))"
# Cards that cannot stand whole on one page, other than those that may run on.
TOO_TALL = """(height) => [...document.querySelectorAll('.card:not(.card--table):not(.card--explorer)')]
  .filter((card) => card.checkVisibility() && card.getBoundingClientRect().height > height).map((card) => card.id)"""
OUTSIDE = """() => [...document.querySelectorAll('.card__graph .main-svg, .table')].filter((part) => part.checkVisibility()
  && part.getBoundingClientRect().right > part.closest('.card').getBoundingClientRect().right + 1).length"""
# Cells that are to stay on one line and may not.
WRAPPED = "[...document.querySelectorAll('.table .nowrap')].filter((one) => getComputedStyle(one).whiteSpace !== 'nowrap').map((one) => one.innerText)"
AVOIDED = "[...document.querySelectorAll('.card:not(.card--table):not(.card--explorer)')].map((one) => getComputedStyle(one).breakInside)"


@pytest.fixture(scope="module", params=[*PATHS, *MORE, *MISSING])
def opened(request: pytest.FixtureRequest, kept_visit: Visit) -> Iterator[tuple[str, Visit]]:
    """A path and the visit to it that all tests share: they look, and change nothing but the window."""
    kept_visit.open(request.param)
    kept_visit.draw_all()
    kept_visit.rest()
    yield request.param, kept_visit
    kept_visit.forget()


@pytest.fixture
def seen(opened: tuple[str, Visit]) -> Iterator[tuple[str, Visit]]:
    """The same, on screen and in light; each test gives the window its size."""
    yield opened
    opened[1].page.emulate_media(media="screen", color_scheme="light")


def test_a_page_is_filled_without_complaint_or_another_host(seen):
    path, visit = seen
    page = visit.page
    assert visit.foreign == []
    assert visit.complaints_besides(404 if path in MISSING else 0) == []
    assert page.locator(".card--failed").count() == 0
    assert page.locator("h1").count() == 1
    assert page.evaluate(WRAPPED) == []
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    if path in PATHS:
        assert page.locator(".nav__link[aria-current=page]").get_attribute("href") == path
        assert page.locator(".card").count() >= 1


def test_axe_finds_nothing_serious_in_light_and_dark(seen):
    path, visit = seen
    visit.page.set_viewport_size(WINDOW)
    assert both_schemes(visit) == [], path


@dataclass(frozen=True)
class Sized:
    """What was seen of a page in one size of the window; `ends`: the lowest edges of two columns of cards."""

    fits: bool
    out_of_drawing: list[str]
    cut: int
    overlaps: bool
    ends: list[float]


@pytest.fixture(scope="module")
def sized(opened: tuple[str, Visit]) -> dict[tuple[int, int], Sized]:
    """The page in every size, each taken once for all that is looked at."""
    visit, found = opened[1], {}
    for width, height in SIZES:
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.rest(REDRAWN)
        fits = visit.holds(f"document.documentElement.scrollWidth <= window.innerWidth && {TOO_WIDE}.length === 0", 10)
        found[width, height] = Sized(fits, *map(visit.page.evaluate, (OUT_OF_DRAWING, CUT, OVERLAPS, ENDS)))
    return found


def test_nothing_sticks_out_at_any_width(seen, sized):
    assert [size for size, one in sized.items() if not one.fits] == [], seen[0]


def test_drawings_are_seen_whole_and_their_words_stay_inside(seen, sized):
    assert {size: one.cut for size, one in sized.items() if one.cut} == {}, seen[0]
    assert {size: sized[size].out_of_drawing for size in PHONES if sized[size].out_of_drawing} == {}, seen[0]


def test_cards_lie_side_by_side_and_both_columns_end_alike(seen, sized):
    assert [size for size, one in sized.items() if one.overlaps] == [], seen[0]
    if seen[0] in {"/", "/small-counties", "/towns", "/township"}:
        left, right = sized[TWO_COLUMNS].ends
        assert abs(left - right) < 420


def test_no_card_is_cut_and_no_control_is_printed(seen):
    path, visit = seen
    page = visit.page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    visit.rest(REDRAWN)
    if path not in {"/sql", "/brief"}:  # pages of work, whose own print is tested with them
        assert page.evaluate(SHOWN, CONTROLS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    assert page.evaluate(OUTSIDE) == 0
    assert set(page.evaluate(AVOIDED)) <= {"avoid"}
    assert page.evaluate(TOO_TALL, HEIGHT) == []


def test_the_keyboard_reaches_pages_numbers_tabs_and_menus(visit):
    visit.page.set_viewport_size(WINDOW)  # the page before was printed
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
    assert {"nav__link", "receipt", "card__menu", "card__view"} <= seen


def test_the_small_plotly_bundle_is_the_only_one_and_a_second_visit_sends_little(visit_of, address):
    visit = visit_of(address)
    visit.open("/extension")
    assert not [url for url in visit.requests if "plotly.min.js" in url and "plotly-basic" not in url]
    sizes = []
    visit.page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    visit.page.reload()
    visit.settle()
    assert sum(sizes) < 30_000
