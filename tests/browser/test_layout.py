"""How cards stand on the page, and what the name of a place in a drawing does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route

pytestmark = pytest.mark.browser

# Bottom edges of the last card of each column, below the wide cards that head a page and above the next wide one.
ENDS = """() => {
  const all = [...document.querySelectorAll('.cards > .card')].filter((card) => card.offsetParent);
  const cards = all.slice(all.findIndex((card) => !card.classList.contains('card--wide')));
  const wide = cards.findIndex((card) => card.classList.contains('card--wide'));
  const boxes = (wide < 0 ? cards : cards.slice(0, wide)).map((card) => card.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  return [true, false].map((first) => Math.max(...boxes.filter((box) => (box.left < left + 5) === first).map((box) => box.bottom)));
}"""
CUT = """[...document.querySelectorAll('.card__picture')].filter((picture) => picture.offsetParent && picture.querySelector('.main-svg')
  && picture.getBoundingClientRect().bottom < picture.querySelector('.main-svg').getBoundingClientRect().bottom - 1).length"""
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.cards > .card')].filter((card) => card.offsetParent).map((card) => card.getBoundingClientRect());
  return boxes.some((one, i) => boxes.slice(i + 1).some((other) => one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1));
}"""


def test_a_card_stays_in_its_column_when_its_table_is_opened(visit):
    page = visit.open("/small-counties")
    where = "[...document.querySelectorAll('.cards > .card')].map((card) => Math.round(card.getBoundingClientRect().left))"
    before = page.evaluate(where)
    page.locator("#card-small-counties-bodies").get_by_role("button", name="表格", exact=True).click()
    visit.rest()
    assert page.evaluate(where) == before
    assert not page.evaluate(OVERLAPS)


def test_a_choice_that_makes_one_card_small_shares_out_those_below_it_anew(visit):
    visit.page.set_viewport_size({"width": 1440, "height": 900})
    page = visit.open("/small-counties")
    where = "document.querySelector('#card-small-counties-tiles').getBoundingClientRect()"
    before = page.evaluate(f"[{where}.left, {where}.top + scrollY]")
    page.locator("#province").click()
    page.get_by_role("option", name="山西省").click()
    bands = "document.querySelector('#card-small-counties-provinces')"
    visit.until(f"{bands}.innerText.includes('山西省七普常住') && {bands}.offsetHeight < 500")
    visit.settle()
    left, right = page.evaluate(ENDS)
    assert abs(left - right) < 200
    assert page.evaluate(f"[{where}.left, {where}.top + scrollY]") == pytest.approx(before, abs=2)  # the chooser stays
    assert not page.evaluate(OVERLAPS)


def test_a_lone_card_takes_the_whole_width(visit):
    page = visit.open("/area/330200-henghezhen")
    [share] = page.evaluate(
        """[...document.querySelectorAll('.cards > .card')].filter((card) => card.offsetParent)
           .map((card) => card.offsetWidth / card.parentElement.offsetWidth)"""
    )
    assert share > 0.98


def test_the_name_of_a_place_in_a_drawing_leads_to_its_page(visit):
    page = visit.open("/small-counties")
    name = page.locator("#card-small-counties-bodies .annotation-text", has_text="河曲县").first
    name.scroll_into_view_if_needed()
    box = name.bounding_box()
    page.mouse.move(box["x"] - 30, box["y"] + 4)
    page.mouse.move(box["x"] + 8, box["y"] + 6)
    page.mouse.click(box["x"] + 8, box["y"] + 6)
    visit.until("location.pathname.startsWith('/area/')")
    visit.settle()
    assert page.locator("h1").inner_text() == "河曲县"
    page.go_back()
    visit.until("location.pathname === '/small-counties'")
    assert visit.complaints == []


def test_a_number_beside_the_marks_leads_to_no_place(visit):
    page = visit.open("/small-counties")
    number = page.locator("#card-small-counties-bodies .annotation-text", has_text="36").first
    number.scroll_into_view_if_needed()
    box = number.bounding_box()
    page.mouse.move(box["x"] - 40, box["y"] + 40)
    page.mouse.click(box["x"] + 4, box["y"] + 6)
    visit.rest()
    assert page.evaluate("location.pathname") == "/small-counties"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (1366, 768)])
def test_a_menu_is_wholly_on_the_screen_wherever_its_button_is(visit, width, height):
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open("/small-counties")
    button, menu = page.locator(".card__menu").nth(1), page.locator(".card-menu")
    for part in (0.15, 0.5, 0.85):  # of the height of the window
        button.evaluate(f"(one) => scrollTo(0, scrollY + one.getBoundingClientRect().top - innerHeight * {part})")
        button.click()
        visit.until("document.activeElement.getAttribute('role') === 'menuitem'")
        visit.rest()
        box = menu.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
        assert button.get_attribute("aria-expanded") == "true"
        if part == 0.15:
            button.click()  # closes it
        else:
            page.keyboard.press("Escape")
        menu.wait_for(state="hidden")
        assert button.get_attribute("aria-expanded") == "false"
        assert button.evaluate("(one) => one === document.activeElement")
    button.click()
    visit.until("document.activeElement.getAttribute('role') === 'menuitem'")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    visit.until("document.querySelector('#notice').innerText.length > 0")


@pytest.mark.parametrize(
    ("path", "part", "later"),
    [("/area", "#list-areas", ""), ("/data", "#card-data-coverage", "**/async*"), ("/mine", "#card-mine-bands", "**/async*")],
)
def test_what_comes_later_pushes_nothing_out_of_its_place(visit, path, part, later):
    held: list[Route] = []
    for asked in filter(None, ("**/_dash-update-component**", later)):
        visit.page.route(asked, lambda route: held.append(route))
    visit.page.goto(visit.address + path)
    visit.until(f"document.querySelector('{part}')?.offsetParent")
    visit.rest()
    where = f"(() => {{ const box = document.querySelector('{part}').getBoundingClientRect(); return [box.left, box.top + scrollY]; }})()"
    left, top = visit.page.evaluate(where)
    assert visit.page.evaluate("document.querySelector('.footer').getBoundingClientRect().top >= innerHeight")
    for route in held:
        route.continue_()
    visit.page.unroute_all()
    visit.settle()
    filled_left, filled_top = visit.page.evaluate(where)
    assert filled_left == left
    assert abs(filled_top - top) < 100  # lines of the sentences above it; no drawing or table


def test_a_drawing_is_seen_whole_on_a_wide_screen(visit):
    visit.page.set_viewport_size({"width": 2560, "height": 1440})
    assert visit.open("/extension").evaluate(CUT) == 0
