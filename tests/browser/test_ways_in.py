"""Every page is the same live page by whichever way it is entered: the menu, the way back, a link inside, a reload."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.pages import PAGES
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

PLACE = "/area/140930"
FIELDS = "document.querySelectorAll('#brief-app [data-slot] input').length"
QUERY = "select 40 + 2 as answer"


def sql_runs(visit: Visit) -> None:
    page = visit.page
    visit.until("document.querySelectorAll('#sql-saved .sql__item, #sql-schema .sql__table').length > 20", 30)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(QUERY)
    page.locator("#sql-run").click()
    visit.until("document.querySelector('#sql-banner').innerText.includes('共 1 行，全部列出')", 40)
    visit.until("document.querySelector('.sql__grid .ag-center-cols-container')?.innerText.trim() === '42'")


def brief_is_edited(visit: Visit) -> None:
    visit.until(f"{FIELDS} === 4")  # name, title, unit, date: one field each, by whichever way the page came
    before = visit.page.locator(".brief__item").count()
    visit.page.locator("[data-do='add:h1']").click()
    visit.page.locator(".brief__item").last.locator("input").fill("各地做法")
    assert visit.page.locator(".brief__item").count() == before + 1
    visit.until("document.querySelector('[data-brief=sheet]').innerText.includes('各地做法')")


def grid_is_searched(visit: Visit) -> None:
    shown = "document.querySelectorAll('.ag-center-cols-container .ag-row').length"
    visit.until(f"{shown} > 5")
    field = visit.page.get_by_placeholder("搜索地区")
    field.fill("没有这样的词")
    visit.until(f"{shown} === 0")
    field.fill("")
    visit.until(f"{shown} > 5")


def places_are_searched(visit: Visit) -> None:
    visit.until("document.querySelectorAll('#list-areas .place').length > 20")
    visit.page.locator("#area-search").fill("河曲县")
    visit.until("document.querySelector('#area-found').innerText.includes('按回车打开河曲县')")
    visit.page.locator("#area-search").fill("")
    visit.until("document.querySelector('#area-found').innerText === ''")


def places_are_offered(visit: Visit) -> None:
    field = visit.page.locator("#compare-picked-places")
    field.click()
    field.fill("河曲县")
    visit.until(
        "[...document.querySelectorAll('[role=option] .option__name')].find((one) => one.offsetParent)?.innerText === '河曲县'"
    )
    field.fill("")
    visit.page.keyboard.press("Escape")


def number_shows_its_source(visit: Visit) -> None:
    visit.page.locator("main .receipt:visible").first.click()
    visit.until("document.querySelector('.fact__value') !== null")
    visit.page.keyboard.press("Escape")
    visit.page.locator(".mantine-Drawer-content").wait_for(state="hidden")
    visit.until("!location.search.includes('fact=')")


LIVE: dict[str, Callable[[Visit], None]] = {
    "/sql": sql_runs,
    "/brief": brief_is_edited,
    "/data": grid_is_searched,
    "/area": places_are_searched,
    "/compare": places_are_offered,
}


def entered(visit: Visit, path: str) -> None:
    """Wait until the page at `path` stands, whatever stood before."""
    nav = "/area" if path == PLACE else path
    visit.until(
        f"location.pathname === '{path}' && document.querySelector('.nav__link[aria-current=page]')?.pathname === '{nav}'"
    )
    visit.settle()


def elsewhere(path: str) -> str:
    """The page that is loaded soonest, for it has no card, or another where the tests begin at that one."""
    return "/brief" if path != "/brief" else "/area"


def away(visit: Visit, path: str) -> str:
    """By the menu to another page than `path`."""
    other = elsewhere(path)
    visit.page.locator(f".nav__link[href='{other}']").click()
    entered(visit, other)
    return other


@pytest.mark.parametrize("path", [*(page.path for page in PAGES), PLACE])
def test_a_page_is_alive_by_whichever_way_it_is_entered(visit, path):
    alive, page = LIVE.get(path, number_shows_its_source), visit.open(elsewhere(path))
    nav = "/area" if path == PLACE else path
    page.locator(f".nav__link[href='{nav}']").click()
    entered(visit, nav)
    if path == PLACE:
        page.locator(f"#list-areas .place:visible a[href='{PLACE}']").first.click()
        entered(visit, path)
    alive(visit)
    away(visit, path)
    page.go_back()
    entered(visit, path)
    alive(visit)
    away(visit, path)
    page.evaluate(
        "(path) => document.querySelector('.page__title').insertAdjacentHTML('afterend', `<a data-inside href='${path}'>去</a>`)",
        path,
    )
    page.locator("a[data-inside]", has_text="去").first.click()
    entered(visit, path)
    alive(visit)
    page.reload()
    entered(visit, path)
    alive(visit)
    assert visit.complaints == []


def test_the_wall_is_alive_by_link_way_back_and_reload(visit):
    scene = "document.querySelectorAll('#scenes > *').length > 0 && document.querySelector('#build').innerText !== ''"
    page = visit.open("/")
    page.get_by_role("link", name="大屏显示").click()
    visit.until(scene)
    page.goto(visit.address + "/towns")
    visit.settle()
    page.go_back()
    visit.until(scene)
    page.reload()
    visit.until(scene)
    page.go_back()
    visit.settle()
    number_shows_its_source(visit)
    assert visit.complaints == []


def test_a_page_left_before_its_scripts_came_or_while_a_query_runs_is_live_at_the_next_visit(visit):
    page = visit.open("/area")
    held = []
    page.route("**/sql_page.lazy.js*", lambda route: held.append(route))
    with page.expect_request("**/sql_page.lazy.js*"):
        page.locator(".nav__link[href='/sql']").click()
    visit.until("document.getElementById('sql-app') !== null")
    away(visit, "/sql")
    for route in held:
        route.continue_()
    assert held
    page.unroute("**/sql_page.lazy.js*")
    page.locator(".nav__link[href='/sql']").click()
    entered(visit, "/sql")
    sql_runs(visit)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("select count(*) from range(3000000) a, range(3000) b")
    page.locator("#sql-run").click()
    away(visit, "/sql")
    page.locator(".nav__link[href='/sql']").click()
    entered(visit, "/sql")
    sql_runs(visit)
    # The browser reports that the first query was cancelled (409) and that the second had to wait for that (429).
    answers = [said for said in visit.complaints if not said.endswith("/api/sql") and "Failed to load resource" not in said]
    assert answers == []


def test_scripts_that_did_not_come_are_said_and_asked_for_again(visit):
    page = visit.open("/area")
    page.route("**/brief_page.lazy.js*", lambda route: route.abort())
    page.locator(".nav__link[href='/brief']").click()
    entered(visit, "/brief")
    page.get_by_text("本页的脚本没有取到").wait_for()
    page.unroute("**/brief_page.lazy.js*")
    away(visit, "/brief")
    page.locator(".nav__link[href='/brief']").click()
    entered(visit, "/brief")
    brief_is_edited(visit)
    assert page.get_by_text("本页的脚本没有取到").count() == 0
