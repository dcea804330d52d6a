"""Only drawings that a reader may see soon are made: one further down comes with its approach, or with printing."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

FAR = "[...document.querySelectorAll('.card__graph [data-undrawn=far]')].filter((one) => one.offsetParent)"
AHEAD = f"{FAR}.every((one) => one.getBoundingClientRect().top > 2 * window.innerHeight)"
EMPTY = (
    "[...document.querySelectorAll('.card__graph')].filter((one) => one.offsetParent && !one.querySelector('.main-svg')).length"
)


def test_what_is_far_is_drawn_when_the_reader_comes_near(visit: Visit):
    page = visit.open("/small-counties")
    waiting = page.evaluate(f"{FAR}.length")
    assert waiting > 0
    assert page.evaluate(AHEAD)
    page.evaluate(f"{FAR}[0].scrollIntoView()")
    visit.until(f"{FAR}.length < {waiting} && document.documentElement.dataset.drawing === undefined")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    visit.settle()
    last = "[...document.querySelectorAll('.card__graph')].findLast((one) => one.offsetParent)"
    assert page.evaluate(f"{last}.querySelector('.main-svg .trace, .main-svg .annotation, .main-svg .shapelayer path') !== null")
    assert visit.complaints == []


def test_a_page_that_is_printed_has_every_drawing_in_the_same_moment(visit: Visit):
    page = visit.open("/small-counties", rest=False)
    assert page.evaluate(f"{FAR}.length") > 0
    assert page.evaluate(f"(() => {{ window.dispatchEvent(new Event('beforeprint')); return {EMPTY}; }})()") == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    visit.settle()
    assert visit.complaints == []


def test_a_drawing_that_stands_there_is_made_anew_wherever_the_reader_is(visit: Visit):
    page = visit.open("/extension")
    page.evaluate(
        """async () => {
          const place = document.querySelector('.card__graph .js-plotly-plot');
          place.scrollIntoView();
          const [type, kept] = [place.data[0].type, place.layout];
          document.body.style.paddingTop = '9000px';
          scrollTo(0, 0);
          await window.Plotly.react(place, { data: [{ type, x: [1], y: [1], name: 'anew' }], layout: kept });
        }"""
    )
    assert page.evaluate("document.querySelector('.card__graph .js-plotly-plot').data.map((one) => one.name)") == ["anew"]


def test_of_two_answers_for_one_far_drawing_the_last_is_drawn_and_both_are_told(visit: Visit):
    page = visit.open("/extension")
    told = page.evaluate(
        """async () => {
          const place = document.body.appendChild(document.createElement('div'));
          place.style.marginTop = '9000px';
          const both = ['first', 'second'].map((name) => window.Plotly.react(place, { data: [{ type: 'bar', x: [1], y: [1], name }] }));
          const before = place.dataset.undrawn;
          place.scrollIntoView();
          const [first, second] = await Promise.all(both);
          return [before, first === second, place.data.map((one) => one.name), place.dataset.undrawn ?? null];
        }"""
    )
    assert told == ["far", True, ["second"], None]
