"""An address of a place shows that place or none, also where no page is loaded anew."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from dashboard.pages import PAGES

pytestmark = pytest.mark.browser

HEADING = "document.querySelector('h1').innerText"
GO = "(path) => { history.pushState({}, '', path); window.dispatchEvent(new CustomEvent('_dashprivate_pushstate')); }"
OF_A_PLACE = "#page :is(.card, .tile, .receipt, .js-plotly-plot, .area__chain)"


def test_nothing_of_the_last_place_stays_under_an_unknown_address(visit):
    page = visit.open("/area/140930")
    assert page.locator(OF_A_PLACE).count() > 5
    for unknown in ("/area/水帘洞县", "/area/<img src=x>", "/area/100%", "/area/a,b", "/nothing"):
        page.evaluate(GO, quote(unknown))
        visit.until(f"{HEADING}.startsWith('没有')")
        visit.settle()
        assert page.locator(OF_A_PLACE).count() == 0, unknown
        assert "河曲" not in page.inner_text("#page"), unknown
        assert page.title().startswith("没有"), unknown
        assert page.evaluate("location.search") == "", unknown
        page.go_back()
        visit.until(f"{HEADING} === '河曲县'")
        visit.settle()
        assert page.locator(OF_A_PLACE).count() > 5, unknown
    assert visit.complaints == []


@pytest.mark.parametrize("name", ["河曲县", "%20河曲%20县", quote("山西省河曲县")])
def test_a_name_leads_to_the_place_and_its_own_address_with_and_without_a_load(visit, name):
    page = visit.open(f"/area/{name}")
    assert (page.evaluate("location.pathname"), page.locator("h1").inner_text()) == ("/area/140930", "河曲县")
    page.evaluate(GO, "/area/410423")
    visit.until(f"{HEADING} === '鲁山县'")
    page.evaluate(GO, f"/area/{name}?t=area-changes")
    visit.until(f"{HEADING} === '河曲县' && location.pathname === '/area/140930' && location.search === '?t=area-changes'")
    visit.settle()
    page.go_back()
    visit.until(f"{HEADING} === '鲁山县' && location.pathname === '/area/410423'")
    assert visit.complaints == []


def test_names_of_places_in_a_comparison_are_the_places(visit):
    page = visit.open("/compare?i=party_gov_bodies&p=石楼县,河曲")
    visit.until("location.search.includes('p=141126,140930')")
    assert page.locator(".mantine-MultiSelect-pill").all_inner_texts() == ["石楼县", "河曲县"]
    page = visit.open("/compare?i=party_gov_bodies&p=兰考县,河曲")
    visit.until("document.querySelector('#compare-note').innerText.includes('“兰考县”不在库中')")


@pytest.mark.parametrize("path", ["/area/石楼镇", "/nothing"])
def test_an_answer_of_not_found_is_one_screen_with_the_menu(visit, path):
    page = visit.open(path)
    for width, height in ((1366, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.locator(".nav__link").count() == len(PAGES)
        visit.until("document.querySelector('.page__back').getBoundingClientRect().bottom < innerHeight")
    assert visit.complaints_besides(404) == []


def test_a_place_without_figures_is_found_from_the_index_by_enter(visit):
    page = visit.open("/area")
    field = page.locator("#area-search")
    field.fill("兰考")
    visit.until("document.querySelector('#area-found').innerText.includes('按回车在全国行政区划里找“兰考”')")
    field.press("Enter")
    visit.until("location.pathname === '/area/410225' && document.querySelector('h1')?.innerText === '兰考县'")
    visit.settle()
    assert "未收录" in page.locator(".area__badges").inner_text()
    assert visit.complaints == []
