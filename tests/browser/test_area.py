"""地区档案 as a reader uses it: found by name, filled, linked up and down, friendly where there is nothing."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

SHOWN = "[...document.querySelectorAll('#list-areas .place:not([hidden])')].filter((one) => one.offsetParent).map((one) => one.innerText)"
HEADING = "document.querySelector('h1').innerText"


def test_the_index_narrows_as_one_types_and_the_address_keeps_the_word(visit):
    page = visit.open("/area")
    everything = len(page.evaluate(SHOWN))
    assert everything > 150
    page.get_by_label("找地区").fill("hq")
    visit.until("document.querySelector('#area-found').innerText.startsWith('找到')")
    names = page.evaluate(SHOWN)
    assert any(name.startswith("河曲县") for name in names)
    assert len(names) < 12
    visit.until("location.search === '?q=hq'")
    page.reload()
    visit.settle()
    assert page.get_by_label("找地区").input_value() == "hq"
    visit.until(f"{SHOWN}.length < 12")
    page.get_by_label("找地区").fill("qqqq")
    visit.until("document.querySelector('#area-found').innerText.startsWith('有公开数字的地区里没有')")
    page.get_by_label("找地区").fill("")
    visit.until(f"{SHOWN}.length === {everything}")
    assert visit.complaints == []


def test_a_province_shows_all_its_places(visit):
    page = visit.open("/area?q=shanxisheng")
    visit.until("document.querySelector('#area-found').innerText !== ''")
    names = page.evaluate(SHOWN)
    assert any(name.startswith("榆社县") for name in names)
    assert any(name.startswith("忻州市") for name in names)  # nobody's figures, but a place one may look for


def test_a_place_says_what_is_known_and_what_is_missing(visit):
    page = visit.open("/area/140930")
    visit.until(f"{HEADING} === '河曲县'")
    visit.settle()
    assert page.title().startswith("河曲县 · ")
    assert page.locator(".nav__link[aria-current=page]").inner_text() == "档案"
    assert page.locator(".area__chain a").all_inner_texts() == ["全部地区", "全国", "山西省", "忻州市"]
    assert "36→22" in page.locator(".area__tiles").inner_text()
    assert "财政供养人员" in page.locator(".area__gaps-card").inner_text()
    assert page.locator("#card-area-changes").is_visible()
    assert page.locator("#card-area-staffing").is_hidden()  # nothing published: a gap, not an empty card
    assert "领导职数" in page.locator("#body-area").inner_text()
    assert (visit.complaints, visit.foreign) == ([], [])
    page.locator("#body-area .receipt").first.click()
    visit.until("document.querySelector('.fact__value') !== null")


def test_one_goes_down_to_the_township_and_back_again(visit):
    page = visit.open("/area/410423")
    visit.until(f"{HEADING} === '鲁山县'")
    page.locator("#kin-area .place-link", has_text="张店乡").click()
    visit.until("location.pathname === '/area/410423-zhangdian'")
    visit.until(f"{HEADING} === '张店乡'")
    visit.settle()
    assert page.locator("#card-area-staffing").is_visible()
    page.go_back()
    visit.until(f"{HEADING} === '鲁山县'")
    assert visit.complaints == []


@pytest.mark.parametrize(("path", "mark"), [("/area/anon-shanxi-2019", "未具名"), ("/area/exam-y-shi", "考题和范本")])
def test_unnamed_places_and_exam_material_are_marked(visit, path, mark):
    page = visit.open(path)
    visit.until(f"{HEADING} !== '地区档案'")
    assert mark in page.locator(".area__badges").inner_text()


@pytest.mark.parametrize("path", ["/area/nowhere", "/area/%3Cscript%3E", "/area/%E6%B0%B4%E5%B8%98%E6%B4%9E%E5%8E%BF"])
def test_a_place_that_nobody_knows_is_explained(visit, path):
    page = visit.open(path)
    visit.until(f"{HEADING} === '没有收录这个地区'")
    assert page.get_by_role("link", name="看全部地区").is_visible()
    assert visit.complaints_besides(404) == []


def test_the_fact_drawer_leads_to_the_place(visit):
    page = visit.open("/extension")
    page.locator(".card__finding .receipt").first.click()
    page.locator(".fact__name .place-link").first.click()
    visit.until("location.pathname === '/area/410423'")
    page.locator(".mantine-Drawer-content").wait_for(state="hidden")
