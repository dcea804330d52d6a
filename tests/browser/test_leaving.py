"""Leaving a page before it is complete keeps nothing of it: nodes and listeners do not grow with the pages that were left."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

ROUNDS = 2
MOST_NODES, MOST_LISTENERS = 6_000, 1_200  # what one page may still hold; a page that was kept would add so much a round


def kept(page) -> tuple[int, int]:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return int(told["Nodes"]), int(told["JSEventListeners"])


def test_pages_that_are_left_are_let_go(visit_of, address):
    visit = visit_of(address)
    page = visit.open("/extension")

    def leave_and_rest() -> tuple[int, int]:
        for left in ("/sql", "/small-counties"):
            page.locator(f".nav__link[href='{left}']").click()
            drawing = "document.documentElement.dataset.drawing !== undefined || document.querySelector('.page .cm-editor, .page .main-svg')"
            visit.until(f"location.pathname === '{left}' && Boolean({drawing})")  # in the midst of it
            page.locator(".nav__link[href='/extension']").click()
            visit.until("location.pathname === '/extension'")
            visit.settle()
        return kept(page)

    first = leave_and_rest()
    for _ in range(ROUNDS):
        last = leave_and_rest()
    assert last[0] - first[0] < MOST_NODES, (first, last)
    assert last[1] - first[1] < MOST_LISTENERS, (first, last)


def test_a_drawing_that_was_left_before_its_turn_tells_nobody(visit_of, address):
    visit = visit_of(address)
    page = visit.open("/extension")
    page.evaluate(
        """() => {
          const place = document.body.appendChild(document.createElement('div'));
          window.Plotly.react(place, { data: [] }); // the frame of a card that waits for its answer
          place.on('plotly_click', () => {});
          const drawn = window.Plotly.react(place, { data: [{ type: 'bar', x: [1], y: [1] }] });
          place.remove();
          return drawn;
        }"""
    )
    visit.rest()
    assert visit.complaints == []
