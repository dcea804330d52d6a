"""What a reader does: opens numbers, turns to the table, copies a link, takes a picture along, reads on through a rebuild."""

from __future__ import annotations

import re

import pytest

from dashboard.web.app import create_app
from tests.browser.conftest import served
from tests.rebuilt import rebuilt
from vocabulary.alphabet import by_pinyin

pytestmark = pytest.mark.browser

OPEN = "document.querySelector('.fact__value') && getComputedStyle(document.querySelector('.mantine-Drawer-content')).display !== 'none'"
DRAWER = ".mantine-Drawer-content"


def test_a_number_opens_its_fact_and_the_back_button_closes_it(visit):
    page = visit.open("/extension")
    page.locator(".card__finding .receipt").first.click()
    visit.until(OPEN)
    assert re.search(r"\?fact=F[0-9a-f]{10}", page.url)
    assert "来源" in page.locator(DRAWER).inner_text()
    assert "定义与提示" in page.locator(DRAWER).inner_text()
    page.go_back()
    page.locator(DRAWER).wait_for(state="hidden")
    assert "fact=" not in page.url
    assert page.locator("h1").inner_text().startswith("基层农技推广")
    page.go_forward()
    visit.until(OPEN)
    assert "fact=" in page.url
    assert visit.complaints == []


def test_escape_closes_the_drawer_and_the_address_forgets_the_fact(visit):
    page = visit.open("/extension")
    page.locator(".card__finding .receipt").first.focus()
    page.keyboard.press("Enter")
    visit.until(OPEN)
    page.keyboard.press("Escape")
    page.locator(DRAWER).wait_for(state="hidden")
    visit.until("!location.search.includes('fact')")
    visit.until("document.activeElement.classList.contains('receipt')")


def test_a_copied_link_to_a_fact_opens_it(visit):
    page = visit.open("/extension")
    fact = page.locator(".card__finding .receipt").first.get_attribute("data-facts")
    visit.open(f"/ratio?fact={fact}")
    visit.until(OPEN)
    assert fact.split(",")[0] in page.locator(DRAWER).inner_text()


def test_a_fact_that_does_not_exist_is_explained(visit):
    page = visit.open("/ratio?fact=Fffffffffff")
    visit.until("document.querySelector('#fact-drawer-body').innerText.includes('没有找到')")
    assert page.locator(DRAWER).is_visible()


def test_a_mark_opens_its_fact(visit):
    page = visit.open("/extension")
    mark = page.locator(".card__graph .point path").first.bounding_box()
    page.mouse.click(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    visit.until(OPEN)


def test_a_table_row_opens_its_fact(visit):
    page = visit.open("/extension")
    card = page.locator(".card").first
    card.get_by_role("button", name="表格", exact=True).click()
    card.locator(".table .receipt").first.click()
    visit.until(OPEN)


def test_a_grid_row_opens_its_fact(visit):
    page = visit.open("/data")
    page.locator(".fact-grid .receipt").first.click()
    visit.until(OPEN)


def test_facts_are_grouped_counted_and_opened_and_the_address_says_so(visit):
    page = visit.open("/data?g=source")
    visit.until("document.querySelectorAll('.fact-group').length > 5")
    assert page.locator(".fact-grid .ag-center-cols-container .receipt").count() == 0  # heads alone
    page.get_by_label("搜索事实").fill("鲁山")
    visit.until("document.querySelectorAll('.fact-group').length < 6")
    head = page.locator(".fact-group", has_text="鲁山县基层农技推广")
    [told] = map(int, re.findall(r"(\d+)\s*条", head.inner_text()))
    head.click()
    visit.until("document.querySelector('.fact-group[aria-expanded=true]')")
    assert page.locator(".fact-grid .ag-center-cols-container .ag-row").count() == told
    assert page.get_by_role("textbox", name="分组").input_value() == "按来源分组"
    page.get_by_role("textbox", name="分组").click()
    page.get_by_role("option", name="按指标分组").click()
    visit.until("location.search.includes('g=indicator')")
    assert visit.complaints == []


def test_the_grid_turns_its_pages_and_asks_for_what_is_looked_at_only(visit):
    page = visit.open("/data")
    visit.until("document.querySelector('.fact-grid .ag-row .receipt')")
    first = page.locator(".fact-grid .ag-row .receipt").first.get_attribute("data-facts")
    page.get_by_role("button", name="末页").click()
    visit.until(f"(document.querySelector('.fact-grid .ag-row .receipt')?.dataset.facts ?? '{first}') !== '{first}'")
    asked = [url for url in visit.requests if url.endswith("/facts.json")]
    assert 2 <= len(asked) <= 4
    page.get_by_label("搜索事实").fill("没有这样的事实")
    visit.until("document.querySelector('.fact-grid .ag-overlay')?.innerText.includes('没有记录')")
    assert visit.complaints == []


def test_names_in_the_grid_go_by_pinyin_numbers_among_them_by_size_and_groups_do_too(visit):
    page = visit.open("/data")
    visit.until("document.querySelectorAll('.fact-grid .ag-center-cols-container .ag-row').length > 0")
    given = ["重庆", "安徽", "河曲", "2020年12月", "2020年4月", None, "10", "9.5", "浮山"]
    assert page.evaluate("(given) => given.sort(window.alphabet.compare)", given) == [
        None, "9.5", "10", "2020年4月", "2020年12月", "安徽", "重庆", "浮山", "河曲",
    ]  # fmt: skip
    page.locator(".fact-grid .ag-header-cell[col-id=area_name] .ag-header-cell-label").click()
    visit.until("document.querySelector('.fact-grid .ag-header-cell[col-id=area_name]').ariaSort === 'ascending'")
    visit.until("document.querySelector('.fact-grid .ag-row[row-index=\"0\"] [col-id=area_name]')?.innerText.startsWith('阿')")
    visit.rest()
    shown = page.locator(".fact-grid .ag-center-cols-container .ag-row").evaluate_all(
        "rows => rows.sort((a, b) => a.getAttribute('row-index') - b.getAttribute('row-index')).map(row => row.querySelector('[col-id=area_name]').innerText)"
    )
    assert shown == sorted(shown, key=by_pinyin)
    assert by_pinyin(shown[0])[0][1].startswith("a"), shown[0]
    visit.open("/data?g=province")
    visit.until("document.querySelectorAll('.fact-group').length > 5")
    heads = page.locator(".fact-grid .ag-row").evaluate_all(
        """rows => rows.sort((a, b) => a.getAttribute('row-index') - b.getAttribute('row-index'))
          .map(row => row.querySelector('.fact-group__name')?.innerText).filter(Boolean)"""
    )
    assert heads == sorted(heads, key=by_pinyin)


def test_an_open_table_is_part_of_the_address(visit):
    page = visit.open("/towns")
    page.locator("#card-towns-take-up").get_by_role("button", name="表格", exact=True).click()
    visit.until("location.search === '?t=towns-take-up'")
    page.reload()
    visit.settle()
    assert page.locator("#table-towns-take-up table").is_visible()
    assert page.locator("#table-towns-bodies table").is_hidden()
    page.locator("#card-towns-take-up").get_by_role("button", name="图", exact=True).click()
    visit.until("location.search === ''")


def test_the_search_word_is_part_of_the_address(visit):
    page = visit.open("/data")
    page.get_by_label("搜索事实").fill("鲁山县")
    visit.until("new URLSearchParams(location.search).get('q') === '鲁山县'")
    page.reload()
    visit.settle()
    visit.until("document.querySelectorAll('.fact-grid .ag-center-cols-container .ag-row').length > 0")
    assert page.get_by_label("搜索事实").input_value() == "鲁山县"
    places = page.locator(".fact-grid .ag-row [col-id=area_name]").all_inner_texts()
    assert places
    assert all("鲁山" in place or "张店" in place for place in places)


def test_pages_follow_one_another_and_back_leads_back(visit):
    page = visit.open("/")
    page.get_by_role("navigation").get_by_role("link", name="发达镇").click()
    visit.until("document.title.startsWith('经济发达镇')")
    visit.settle()
    assert page.evaluate("document.activeElement.id") == "page"
    page.locator("#card-towns-take-up").get_by_role("button", name="表格", exact=True).click()
    visit.until("location.search === '?t=towns-take-up'")
    page.go_back()
    visit.until("document.title.startsWith('改革走到哪一步')")
    visit.settle()
    assert page.locator(".nav__link[aria-current=page]").inner_text() == "总览"
    assert visit.complaints == []


def test_junk_in_the_address_gives_the_default_and_a_note(visit):
    page = visit.open("/ratio?b=%3Cscript%3E&t=%00&zz=1")
    assert "无法识别" in page.locator(".notice--soft").inner_text()
    assert page.locator(".card--failed").count() == 0


def test_rows_are_downloaded_for_excel(visit):
    page = visit.open("/extension")
    page.locator(".card .card__menu").first.click()
    with page.expect_download() as started:
        page.get_by_role("menuitem", name="下载数据（CSV）").click()
    assert started.value.path().read_bytes().startswith(b"\xef\xbb\xbf")
    assert visit.complaints == []


def test_a_citation_is_copied_whole(visit):
    page = visit.open("/extension")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = page.locator(".card").first
    card.locator(".card__menu").click()
    page.get_by_role("menuitem", name="复制引用").click()
    visit.until("document.querySelector('#notice').innerText.includes('已复制')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert card.locator(".card__question").inner_text() in copied
    assert "资料来源：" in copied
    assert page.url in copied


def test_the_colour_scheme_is_chosen_and_kept(visit):
    page = visit.open("/")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="切换深色或浅色").click()
    page.reload()
    visit.settle()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert page.locator("html").get_attribute("data-mantine-color-scheme") == "dark"


def test_a_rebuild_while_reading_is_shown_at_the_next_step(shipped_file, visit_of, tmp_path):
    path = tmp_path / "warehouse.duckdb"
    rebuilt(shipped_file, path, build_id="b1")
    with served(create_app(path)) as address:
        visit = visit_of(address)
        page = visit.open("/")
        rebuilt(shipped_file, tmp_path / "new", build_id="b2")
        (tmp_path / "new").replace(path)
        page.wait_for_timeout(1200)
        page.get_by_role("navigation").get_by_role("link", name="农技").click()
        visit.until("document.title.startsWith('基层农技推广')")
        visit.settle()
        assert "数据刚刚更新" in page.locator("#notice").inner_text()
        assert visit.complaints == []


def test_without_a_warehouse_the_page_explains_itself(visit_of, tmp_path):
    with served(create_app(tmp_path / "none.duckdb")) as address:
        visit = visit_of(address)
        visit.page.goto(address + "/ratio")
        assert "make warehouse" in visit.page.inner_text("main")
        assert visit.foreign == []


def test_an_address_that_is_told_late_does_not_close_what_was_opened_meanwhile(visit):
    page = visit.open("/extension")
    page.locator("main .receipt:visible").first.click()
    visit.until("document.querySelector('.fact__value') !== null")
    page.evaluate("window.dash_clientside.facts.addressed('')")
    visit.rest()
    assert page.locator(".mantine-Drawer-content").is_visible()
    page.keyboard.press("Escape")
    visit.until("!location.search.includes('fact=')")
