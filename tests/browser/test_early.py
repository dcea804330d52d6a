"""The early page: read before any script of Dash has run, replaced without a jump, and no click on it is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Route

from dashboard.web.app import create_app
from dashboard.web.early.index import BEGIN
from tests.browser.conftest import served, visitor

pytestmark = pytest.mark.browser

# What stands where, of the early page and of the live one, at the moment when one replaces the other.
COMPARED = """(() => {
  const parts = '.header, .nav__link, .page__title, .page__lead, .tile, .card, .card__question, .card__finding, .card__bar, '
    + '.card__view, .card__menu, .card__graph, .card__notes, .card__sources, .area__table, .footer';
  const places = (root) => [...root.querySelectorAll(parts)].filter((one) => one.offsetParent).map((one) => {
    const box = one.getBoundingClientRect();
    return [one.tagName, one.closest('.card__graph') ? '' : one.textContent.slice(0, 20), ...[box.x, box.y, box.width, box.height].map(Math.round)].join(' ');
  });
  const remove = Element.prototype.remove;
  Element.prototype.remove = function () {
    if (this.id === 'early') {
      window.compared = [places(this), places(document.getElementById('react-entry-point'))];
      const drawn = (root) => [...root.querySelectorAll('.card__graph')].map((one) => one.querySelector('.main-svg .trace, .main-svg .annotation') !== null);
      window.drawn = [drawn(this), drawn(document.getElementById('react-entry-point'))];
    }
    return remove.apply(this, arguments);
  };
})()"""
GONE = "!document.getElementById('early')"
DRAWN = "document.querySelector('.early .main-svg')"


@pytest.fixture(scope="module")
def comparing(browser, address):
    """A visit whose pages write down what stands where when the live page takes over."""
    with visitor(browser) as start:
        visit = start(address)
        visit.page.add_init_script(COMPARED)
        yield visit


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844), (1920, 1080)])
@pytest.mark.parametrize("path", ["/", "/ratio", "/area/140930"])
def test_nothing_moves_when_the_live_page_takes_over(comparing, path, width, height):
    comparing.page.set_viewport_size({"width": width, "height": height})
    page = comparing.open(path)
    early, live = page.evaluate("window.compared")
    at_the_end = next((place for place, part in enumerate(live) if "三种写法怎么换" in part), len(live))  # controls: live only
    assert len(early) > 20
    assert early[: at_the_end - 1] == live[: at_the_end - 1]
    drawn_early, drawn_live = page.evaluate("window.drawn")
    below = path == "/" and height < 1000  # 总览 begins with tiles and a table, which fill the first screens
    assert any(drawn_early) or below
    assert [place for place, drawn in enumerate(drawn_early) if drawn and not drawn_live[place]] == []
    assert comparing.complaints == []
    comparing.forget()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_can_be_read_while_dash_does_not_come(visit, scheme):
    visit.page.set_viewport_size({"width": 1366, "height": 1600})
    visit.page.emulate_media(color_scheme=scheme)
    visit.page.route("**/dash_renderer*", lambda route: route.abort())
    visit.page.goto(f"{visit.address}/extension")
    visit.until(DRAWN)
    assert visit.page.locator(".early .card__finding").first.is_visible()
    assert visit.page.locator(".early .card__sources").first.inner_text().startswith("资料来源")
    dark = visit.page.evaluate("getComputedStyle(document.querySelector('.early .card')).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")
    assert visit.page.locator(".early .nav__link").first.get_attribute("href") == "/"


def test_a_number_that_is_clicked_too_early_opens_its_facts_when_the_page_is_live(visit):
    held: list[Route] = []
    visit.page.route("**/_dash-layout", lambda route: held.append(route))
    visit.page.goto(f"{visit.address}/extension")
    visit.until(DRAWN)
    visit.page.locator(".early .card__finding .receipt").first.click()
    for route in held:
        route.continue_()
    visit.until(GONE)
    visit.until("document.querySelector('.fact__value')")
    assert "fact=" in visit.page.url
    assert visit.complaints == []


def test_a_tab_that_is_clicked_too_early_is_opened_when_the_page_is_live(visit):
    held: list[Route] = []
    visit.page.route("**/_dash-layout", lambda route: held.append(route))
    visit.page.goto(f"{visit.address}/extension")
    visit.until(DRAWN)
    visit.page.locator(".early .card").nth(1).locator(".card__view", has_text="表格").click()
    for route in held:
        route.continue_()
    visit.until(GONE)
    visit.until("document.querySelectorAll('.card')[1].querySelector('.table').offsetParent")
    assert "t=" in visit.page.url


def test_while_the_live_page_does_not_come_at_all_the_early_one_stays(visit_of, address):
    visit = visit_of(address)
    visit.page.route("**/_dash-layout", lambda route: route.abort())
    visit.page.clock.install()
    visit.page.goto(f"{visit.address}/extension")
    visit.page.clock.run_for(40_000)
    assert visit.page.locator(".early .card__finding").first.is_visible()


def test_one_small_bundle_of_each_kind_is_asked_for(visit):
    visit.open("/")
    ours = [url for url in visit.requests if "/assets/" in url or "/bundle/" in url]
    assert len([url for url in ours if "/bundle/" in url]) == 3
    assert [url for url in ours if "/assets/" in url and "plotly-basic" not in url and "favicon" not in url] == []


def test_a_drawing_that_fails_early_does_not_keep_the_live_page_away(visit_of, address):
    visit = visit_of(address)
    visit.page.add_init_script(
        """let plotly, fails = true;
           Object.defineProperty(window, 'Plotly', { configurable: true, get: () => plotly, set: (found) => {
             const real = found.newPlot;
             found.newPlot = function () { if (fails) { fails = false; throw new Error('planted'); } return real.apply(this, arguments); };
             plotly = found;
           } });"""
    )
    page = visit.open("/extension")
    assert page.locator(".card__graph .main-svg").count() > 0


class _InTwoParts:
    """A server whose pages come in two parts, to the script that begins the early page (without or with it) and `until` has returned the rest."""

    def __init__(self, application, *, until: Callable[[], object], with_script: bool) -> None:
        self.application, self.until, self.with_script = application, until, with_script

    def __call__(self, environ, start_response) -> Iterator[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # packed, it could not be parted
        first, script, last = b"".join(self.application(environ, start_response)).partition(f"<script>{BEGIN}</script>".encode())
        yield first + (script if self.with_script else b"")
        if script:
            self.until()
        yield last if self.with_script else script + last


def test_what_has_come_of_the_page_stands_where_it_will_stand(visit_of, shipped_file):
    app = create_app(shipped_file)
    rest_may_come = threading.Event()
    app.server.wsgi_app = _InTwoParts(app.server.wsgi_app, until=rest_may_come.wait, with_script=False)
    with served(app) as slow:
        visit = visit_of(slow)
        visit.page.goto(f"{slow}/extension", wait_until="commit")
        try:
            visit.until("document.querySelector('.early .footer')")
            assert visit.page.evaluate("document.getElementById('early').getBoundingClientRect().top") == 0
            assert not visit.page.locator("#react-entry-point").is_visible()  # else 加载中 lies on the sentences
        finally:
            rest_may_come.set()


def test_a_page_whose_end_comes_late_is_live_all_the_same(visit_of, shipped_file):
    app = create_app(shipped_file)
    app.server.wsgi_app = _InTwoParts(app.server.wsgi_app, until=lambda: time.sleep(2), with_script=True)
    with served(app) as slow:
        visit = visit_of(slow)
        visit.page.goto(f"{slow}/extension", wait_until="commit")
        visit.until(GONE, seconds=20)
        visit.settle()
        assert visit.page.locator(".page .card[data-filled]").count() > 0
        assert visit.complaints == []
