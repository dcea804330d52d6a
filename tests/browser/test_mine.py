"""我县 in a real browser: numbers are typed, told, kept, linked and cleared; nothing of them stands in an address or a log."""

from __future__ import annotations

import json
import logging
from urllib.parse import quote

import pytest

from tests.browser.axe import both_schemes
from tests.browser.conftest import REDRAWN
from tests.dashboard.themes.mine.given import FULL, PART, SILLY

pytestmark = pytest.mark.browser

SIZES = [(390, 844), (1366, 768), (1920, 1080)]
ANSWER = "((document.getElementById('mine-answer') || {}).innerText || '')"
SECRET = "76543"


def link(*sets: dict[str, str]) -> str:
    return "/mine#own=" + quote(json.dumps(sets, ensure_ascii=False))


def type_in(visit, field: str, words: str) -> None:
    visit.page.fill(f"#mine-{field}", words)
    visit.page.keyboard.press("Tab")


@pytest.mark.parametrize(
    ("given", "says"),
    [(FULL, "兰考县：党政机构36个"), (PART, "本县：人口低于20万人"), (SILLY, "还看不懂")],
    ids=["full", "part", "silly"],
)
def test_whatever_is_typed_is_answered_at_every_size(visit, given, says):
    page = visit.open(link(given))
    visit.until(f"{ANSWER}.includes('{says}')")
    visit.settle()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        visit.rest(REDRAWN)
        visit.until("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator(".card--failed").count() == 0
    if given is SILLY:
        assert page.locator(".mine [aria-invalid=true]").count() >= 4
    assert both_schemes(visit) == []
    assert visit.complaints == []
    assert visit.foreign == []


def test_numbers_are_kept_here_and_nowhere_else(visit, caplog):
    with caplog.at_level(logging.DEBUG):
        page = visit.open("/")
        page.fill("#home-place", "河曲")
        page.keyboard.press("Enter")
        visit.until("document.getElementById('mine-place') && document.getElementById('mine-place').value === '河曲县'")
        type_in(visit, "resident", SECRET)
        type_in(visit, "staff", "2000")
        visit.until(f"{ANSWER}.includes('38.3:1')")
        page.locator("[data-own=take][data-key=bodies]").click()
        visit.until(f"{ANSWER}.includes('党政机构22个')")
        assert page.locator("#mine-answer .receipt").count() >= 1  # what is published keeps its receipt
        visit.settle()
        page.reload()
        visit.until(f"{ANSWER}.includes('38.3:1')")
        assert page.input_value("#mine-resident") == SECRET
        page.locator("[data-own=take]").first.wait_for()
        page.click("[data-own=add]")
        type_in(visit, "bodies", "30")
        visit.until(f"{ANSWER}.includes('邻县：党政机构30个')")
        page.click(".mine__which label:has-text('本县')")
        visit.until("document.getElementById('mine-bodies').value === '22'")
        page.once("dialog", lambda dialog: dialog.accept())
        page.click("[data-own=clear]")
        visit.until(f"{ANSWER}.includes('先填您的县')")
        assert page.evaluate("localStorage.getItem('own')") is None
        page.wait_for_timeout(900)  # fields tell their value late: none may bring back what was cleared
        assert page.evaluate("localStorage.getItem('own')") is None
        assert page.input_value("#mine-resident") == ""
    assert SECRET not in caplog.text
    assert not [url for url in visit.requests if SECRET in url or "own" in url.partition("?")[2]]
    assert visit.complaints == []


def test_a_link_brings_numbers_and_writes_over_nothing(visit):
    page = visit.open("/mine")
    type_in(visit, "bodies", "35")
    visit.until("localStorage.getItem('own') !== null")
    before = page.evaluate("localStorage.getItem('own')")
    visit.open("/")
    visit.open(link({"place": "石楼", "bodies": "21"}))
    visit.until(f"{ANSWER}.includes('石楼县：党政机构21个')")
    type_in(visit, "bodies", "20")
    visit.until(f"{ANSWER}.includes('党政机构20个')")
    assert page.evaluate("localStorage.getItem('own')") == before
    assert "%2220%22" in page.url
    page.locator("#card-mine-bodies .card__menu").click()
    page.locator("[data-export=basket-figure]").click()
    visit.until("Object.keys(localStorage).some((key) => key.startsWith('brief/') && localStorage.getItem(key).includes('own'))")
    assert not [url for url in visit.requests if "%E7%9F%B3" in url or "石楼" in url]
