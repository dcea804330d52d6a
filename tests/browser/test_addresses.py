"""An address of a place shows that place or none, also where no page is loaded anew."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from dashboard.pages import PAGES

pytestmark = pytest.mark.browser

HEADING = "document.querySelector('h1').innerText"
GO = "(path) => { history.pushState({}, '', path); window.dispatchEvent(new CustomEvent('_dashprivate_pushstate')); }"
OF_A_PLACE = "#page :is(.card, .tile, .receipt, .js-plotly-plot, .area__chain)"


@pytest.mark.parametrize("unknown", ["/area/兰考县", "/area/<img src=x>", "/area/100%", "/area/a,b", "/nothing"])
def test_nothing_of_the_last_place_stays_under_an_unknown_address(visit, unknown):
    page = visit.open("/area/140930")
    assert page.locator(OF_A_PLACE).count() > 5
    page.evaluate(GO, quote(unknown))
    visit.until(f"{HEADING}.startsWith('没有')")
    visit.settle()
    assert page.locator(OF_A_PLACE).count() == 0
    assert "河曲" not in page.inner_text("#page")
    assert page.title().startswith("没有")
    assert page.evaluate("location.search") == ""
    page.go_back()
    visit.until(f"{HEADING} === '河曲县'")
    visit.settle()
    assert page.locator(OF_A_PLACE).count() > 5
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


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
@pytest.mark.parametrize("path", ["/area/石楼镇", "/nothing"])
def test_an_answer_of_not_found_is_one_screen_with_the_menu(visit_of, address, path, size):
    visit = visit_of(address, width=size[0], height=size[1])
    page = visit.open(path)
    assert page.locator(".nav__link").count() == len(PAGES)
    assert page.evaluate("document.querySelector('.page__back').getBoundingClientRect().bottom < innerHeight")
    assert visit.complaints_besides(404) == []
