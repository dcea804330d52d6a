"""换算与推算 in a real browser: what is typed is in the address, a copied link gives the same answer, back undoes nothing."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.browser

SPELLINGS, ANSWERS = "#calculator-spellings", "#calculator-answers"


def filled(visit, part):
    visit.until(f"document.querySelector('{part}').innerText.trim() !== ''")
    return visit.page.locator(part).inner_text()


def test_the_default_has_a_bare_address_and_an_answer(visit):
    page = visit.open("/ratio")
    assert "约4.55%" in filled(visit, SPELLINGS)
    said = filled(visit, ANSWERS)
    assert "若达到" not in said
    assert "填一个目标供养比或目标人员数" in said
    page.wait_for_timeout(600)
    assert page.evaluate("location.search") == ""
    assert visit.complaints == []


def test_what_is_typed_is_in_the_address_and_comes_back(visit):
    page = visit.open("/ratio")
    filled(visit, SPELLINGS)
    page.get_by_label("填一个值").fill("4.85%")
    visit.until("new URLSearchParams(location.search).get('v') === '4.85%'")
    visit.until("document.querySelector('#calculator-spellings').innerText.includes('约20.6:1')")
    page.get_by_label("目标人员数").fill("3000")
    visit.until("new URLSearchParams(location.search).get('posts') === '3000'")
    visit.until("document.querySelector('#calculator-answers').innerText.includes('若人员为3000人')")
    page.get_by_label("目标供养比").fill("25:1")
    visit.until("document.querySelector('#calculator-answers').innerText.includes('若达到25:1')")
    page.get_by_label("目标供养比").fill("")
    visit.until("!document.querySelector('#calculator-answers').innerText.includes('若达到')")
    said = page.locator(SPELLINGS).inner_text(), page.locator(ANSWERS).inner_text()
    page.goto(page.url)
    visit.settle()
    visit.until("document.querySelector('#calculator-answers').innerText.includes('若人员为3000人')")
    assert (page.locator(SPELLINGS).inner_text(), page.locator(ANSWERS).inner_text()) == said
    assert page.get_by_label("填一个值").input_value() == "4.85%"
    assert "无法识别" not in page.inner_text("main")


def test_the_readers_own_numbers_keep_their_open_ends(visit):
    page = visit.open("/ratio?w=own&to=40%3A1")
    page.get_by_label("人口", exact=True).fill("13万余")
    page.get_by_label("财政供养人员", exact=True).fill("近6000")
    visit.until("document.querySelector('#calculator-answers').innerText.includes('至少21.6:1')")
    said = page.locator(ANSWERS).inner_text()
    assert "3250～3500人" in said
    assert "至多减少2750人" in said
    page.get_by_label("目标人员数").fill("3000")
    visit.until("new URLSearchParams(location.search).get('posts') === '3000'")
    asked = [
        unquote(one).removeprefix(visit.address) for one in (page.url, *visit.requests) if "/ratio?" in one
    ]  # a port may hold 13
    assert all("13" not in one and "6000" not in one for one in asked)


def test_another_place_hides_the_own_numbers_and_names_its_scope(visit):
    page = visit.open("/ratio")
    filled(visit, ANSWERS)
    box = page.locator("#calculator-place")
    box.click()
    page.get_by_role("option", name="山西某县").first.click()
    visit.until("document.querySelector('#calculator-answers').innerText.includes('至少21.6:1')")
    assert "人口：未注明" in page.locator(ANSWERS).inner_text()
    assert not page.get_by_label("人口", exact=True).is_visible()
    page.locator(f"{ANSWERS} .receipt").first.click()
    visit.until("document.querySelector('.fact__value')")


def test_junk_is_explained_and_breaks_nothing(visit):
    page = visit.open("/ratio?v=%3Cscript%3E&w=own&pop=many&staff=1&posts=many")
    page.get_by_label("人口", exact=True).fill("many")
    page.get_by_label("财政供养人员", exact=True).fill("1")
    visit.until("document.querySelector('#calculator-spellings').innerText.includes('看不懂')")
    visit.until("document.querySelector('#calculator-answers').innerText.includes('看不懂')")
    assert page.locator(".card--failed").count() == 0
    assert visit.complaints == []
