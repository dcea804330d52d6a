"""The chosen province of 人口小县: by a tile, by keyboard, by an address; the way back, and what nobody knows."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

PATH = "/small-counties"
BANDS = "#card-small-counties-provinces"


def click_tile(page, name, card="small-counties-tiles"):
    page.locator(f"#card-{card}").scroll_into_view_if_needed()
    name = page.locator(f"#graph-{card} .annotation text").filter(has_text=re.compile(f"^{name}")).first
    name.scroll_into_view_if_needed()
    box = name.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] + 2)


def shows(visit, said, query):
    """Wait until the card of the bands says something and the address is the choice."""
    visit.until(f"document.querySelector('{BANDS}').innerText.includes('{said}') && location.search === '{query}'")
    visit.settle()


def chosen(page):
    return page.locator("#province").input_value()


def test_a_tile_chooses_a_province_a_second_click_opens_its_facts_and_back_goes_back(visit):
    page = visit.open(PATH)
    assert chosen(page) == "全国"
    assert page.locator("#all-provinces").is_hidden()
    click_tile(page, "甘肃")
    shows(visit, "甘肃省七普常住", "?s=620000")
    assert chosen(page) == "甘肃省"
    click_tile(page, "甘肃")
    visit.until("location.search.includes('fact=F')")
    page.locator(".mantine-Drawer-content").get_by_text("甘肃省").first.wait_for()
    page.keyboard.press("Escape")
    visit.until("location.search === '?s=620000'")
    visit.rest()
    click_tile(page, "北京")
    shows(visit, "北京市：无县", "?s=110000")
    page.go_back()
    visit.until(f"document.querySelector('{BANDS}').innerText.includes('甘肃省七普常住')")
    visit.settle()
    assert chosen(page) == "甘肃省"
    page.reload()
    visit.settle()
    shows(visit, "甘肃省七普常住", "?s=620000")
    page.locator("#all-provinces").click()
    shows(visit, "最多的是", "")
    assert chosen(page) == "全国"
    click_tile(page, "甘肃")  # the same tile as before is news again
    shows(visit, "甘肃省七普常住", "?s=620000")
    assert visit.complaints == []


def test_the_keyboard_chooses_and_takes_the_way_back(visit):
    page = visit.open(PATH)
    page.locator("#province").focus()
    page.keyboard.press("Enter")
    assert page.locator("[role=option]").all_inner_texts()[:3] == ["全国", "北京市", "天津市"]
    for key in ("ArrowUp", "Enter"):  # from 全国 round to the last
        page.keyboard.press(key)
    shows(visit, "澳门特别行政区：未收录", "?s=820000")
    page.locator("#all-provinces").press("Enter")
    shows(visit, "最多的是", "")
    assert page.evaluate("document.activeElement.id") == "province"


def test_an_address_may_name_the_province_and_one_that_nobody_knows_gets_one_sentence(visit):
    page = visit.open(f"{PATH}?s=山西")
    shows(visit, "山西省七普常住", "?s=140000")
    page = visit.open(f"{PATH}?s=火星")
    assert page.locator(".page .notice--soft").all_inner_texts() == ["地址中的“s”无法识别，已按默认显示。"]
    shows(visit, "最多的是", "")
    assert visit.complaints == []


def test_a_tile_of_the_overview_leads_to_its_province(visit):
    page = visit.open("/")
    click_tile(page, "青海", "overview-tiles")
    visit.until(f"location.pathname === '{PATH}' && location.search === '?s=630000'")
    visit.settle()
    shows(visit, "青海省七普常住", "?s=630000")
    page.go_back()
    visit.until("location.pathname === '/'")
