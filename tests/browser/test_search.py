"""Wherever a place is typed, the best match comes first and Enter takes it: typed in full, short, as pinyin, as initials, as code."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

WORDS = ["石楼县", " 石楼县 ", "石楼", "shilouxian", "shilou", "slx", "141126"]
MANY = 21  # of the thousands on offer; the words of each cost the browser its time
OPTIONS = (
    f"[...document.querySelectorAll('[role=option]')].filter((one) => one.offsetParent).slice(0, {MANY})"
    ".map((one) => one.innerText.split('\\n')[0])"
)
# What Enter takes: the first option, as soon as the list has marked it.
MARKED = "[...document.querySelectorAll('[role=option][data-combobox-selected] .option__name')].find((one) => one.offsetParent)?.innerText"


def test_the_picker_of_places_takes_the_best_match(visit):
    page = visit.open("/compare")
    field = page.locator("#compare-picked-places")
    field.click()
    visit.until(f"{OPTIONS}.length === {MANY}")
    for words in WORDS:
        field.fill(words)
        visit.until(f"{OPTIONS}[0] === '石楼县' && {OPTIONS}.length < {MANY}")
        visit.until(f"{MARKED} === '石楼县'")
        page.keyboard.press("Enter")
        visit.until("location.search.includes('p=141126')")
        assert page.locator(".mantine-MultiSelect-pill").all_inner_texts() == ["石楼县"], words
        page.keyboard.press("Backspace")
        visit.until("!location.search.includes('p=')")
        page.keyboard.press("Escape")


def test_the_index_of_places_opens_the_best_match(visit):
    page = visit.open("/area")
    for words in WORDS:
        page.locator("#area-search").fill(words)
        visit.until("document.querySelector('#area-found').innerText.endsWith('按回车打开石楼县。')")
        shown = page.locator("#list-areas .place:visible .place-link").all_inner_texts()
        assert "石楼县" in shown, words
        assert len(shown) < 20, words
        page.keyboard.press("Enter")
        visit.until("location.pathname === '/area/141126' && document.querySelector('h1')?.innerText === '石楼县'")
        page.locator(".nav__link[href='/area']").click()
        visit.until("location.pathname === '/area' && document.querySelectorAll('#list-areas .place').length > 20")
        visit.settle()


@pytest.mark.parametrize("words", ["党政机构数", "dangzhengjigoushu"])
def test_the_picker_of_measures_takes_what_is_typed_in_full_and_opens_whole(visit, words):
    page = visit.open("/compare?i=population_per_fiscal_staff")
    field = page.locator("#compare-measure")
    field.click()
    visit.until(f"{OPTIONS}.length === {MANY}")  # the label of what is picked is no search
    field.fill(words)
    visit.until(f"{OPTIONS}[0] === '党政机构数' && {OPTIONS}.length < {MANY}")
    page.keyboard.press("Enter")
    visit.until("location.search.includes('i=party_gov_bodies')")


def test_the_places_of_the_calculator_are_found_by_name_and_pinyin(visit):
    page = visit.open("/ratio")
    field = page.locator("#calculator-place")
    visit.until("document.querySelector('#calculator-place').value !== ''")
    for words in ("浮山县", "浮山", "fushan", "fsx"):
        field.click()
        field.fill("张店")
        visit.until(f"({MARKED} || '').startsWith('张店')")
        page.keyboard.press("Enter")
        visit.until("(new URLSearchParams(location.search).get('w') || '').startsWith('410423-zhangdian')")
        field.fill(words)
        visit.until(f"{OPTIONS}.length > 0 && {OPTIONS}.every((one) => one.startsWith('浮山县'))")
        visit.until(f"({MARKED} || '').startsWith('浮山县')")
        page.keyboard.press("Enter")
        visit.until("document.querySelector('#calculator-place').value.startsWith('浮山县')")
