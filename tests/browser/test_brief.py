"""The page /brief: basket, order, preview, files, and the link for a colleague."""

from __future__ import annotations

import docx
import pptx
import pytest

from etl.stamps import read_stamp

pytestmark = pytest.mark.browser

PAPER = "document.querySelector('.paper')"
DRAWN = "[...document.querySelectorAll('.paper img')].length > 0 && [...document.querySelectorAll('.paper img')].every((image) => image.naturalWidth > 100)"


def opened(visit, path="/brief"):
    page = visit.page
    page.goto(visit.address + path)
    visit.until(f"{PAPER} !== null")
    return page


def started(visit, name="基层农技推广机构编制情况"):
    page = opened(visit)
    page.get_by_role("button", name=name).click()
    visit.until(DRAWN, seconds=30)
    return page


def test_a_card_goes_into_the_basket_and_stands_on_the_sheet(visit):
    page = visit.open("/extension")
    page.locator("#card-extension-lushan .card__menu").click()
    page.locator('[data-export="basket-figure"]').click()
    visit.until("document.querySelector('#notice').innerText.includes('已放入简报，共 1 件')")
    page.locator("#card-extension-peers .card__menu").click()
    page.locator('[data-export="basket-table"]').click()
    page.get_by_role("link", name="简报", exact=True).click()
    visit.until(DRAWN, seconds=30)
    sheet = page.locator(".paper").inner_text()
    assert "图1　2013年鲁山县农技推广机构编制与实有人员" in sheet
    assert "（见图1）" in sheet
    assert "表1　" in sheet
    assert sheet.index("图1　") < sheet.index("注：") < sheet.index("资料来源：")
    assert visit.complaints == []
    assert visit.foreign == []


def test_order_title_and_text_change_the_sheet_and_last_through_a_reload(visit):
    page = started(visit)
    page.locator('[data-brief="title"]').fill("试写的标题")
    page.locator('[data-brief="unit"]').fill("某县委编办")
    page.locator('[data-brief="date"]').fill("2025.6.30")
    first = page.locator(".brief__item textarea").first.input_value()
    page.get_by_role("button", name="下移段落，第1件").click()
    visit.until(f"{PAPER}.innerText.includes('2025年6月30日')")
    visit.until(f"{PAPER}.innerText.indexOf('一、') < {PAPER}.innerText.indexOf('{first[:12]}')")
    assert page.locator(".paper").inner_text().startswith("试写的标题")
    page.get_by_role("button", name="删除一级标题，第1件").click()
    visit.until(f"!{PAPER}.innerText.includes('县乡两级编制与实有人员')")
    page.reload()
    visit.until(f"{PAPER} !== null && {PAPER}.innerText.startsWith('试写的标题')")
    assert visit.complaints == []


def test_the_link_carries_the_whole_basket_to_a_colleague_and_nothing_of_it_to_a_server(visit, visit_of):
    page = started(visit, "财政供养比情况对比")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制链接").click()
    visit.until("document.querySelector('[data-brief=status]').innerText.includes('已复制')")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "/brief#b=" in link
    other = visit_of(visit.address)
    other.page.goto(link)
    other.until(DRAWN, seconds=30)
    assert other.page.locator(".paper").inner_text() == page.locator(".paper").inner_text()
    assert not [address for address in other.requests if "b=" in address.partition("?")[2]]
    assert "#" not in other.page.url


def test_a_cut_link_is_answered_with_a_gentle_note(visit):
    opened(visit, "/brief#b=zAAAA")
    visit.until("document.querySelector('[data-brief=status]').innerText.includes('链接不完整')")


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("#b=<script>alert(1)</script>", "链接不完整"),
        ("#b=je30", "链接不完整"),  # {}
        ("#b=jeyJpdGVtcyI6WzEsbnVsbCwieCJdfQ", "链接不完整"),  # {"items":[1,null,"x"]}
        ("?b=../../etc&x=%00%ff", ""),
    ],
)
def test_junk_in_the_address_leaves_a_page_that_works(visit, fragment, said):
    page = opened(visit, f"/brief{fragment}")
    visit.until(f"document.querySelector('[data-brief=status]').innerText.includes('{said}')")
    assert page.locator(".brief__item").count() == 0
    page.get_by_role("button", name="＋段落").click()
    assert page.locator(".brief__item textarea").count() == 1
    assert visit.complaints == []


def test_an_empty_basket_gives_no_document_but_a_sentence(visit):
    page = opened(visit)
    page.get_by_role("button", name="下载 Word").click()
    visit.until("document.querySelector('[data-brief=status]').innerText.includes('篮子是空的')")
    assert not [asked for asked in visit.requests if "/download/brief/docx" in asked]


def test_word_and_slides_are_made_from_the_pictures_of_this_browser(visit, tmp_path):
    page = started(visit)
    for form, name in (("docx", "下载 Word"), ("pptx", "下载 PPT")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        path = tmp_path / f"brief.{form}"
        download.value.save_as(path)
        assert download.value.suggested_filename == f"基层农技推广机构编制情况.{form}"
        assert read_stamp(path).facts
    assert len(docx.Document(tmp_path / "brief.docx").inline_shapes) == 3
    assert len(pptx.Presentation(tmp_path / "brief.pptx").slides) == 5
    assert visit.complaints == []


def test_an_empty_basket_says_how_to_fill_it(visit):
    page = opened(visit)
    assert page.locator('[data-brief="empty"]').is_visible()
    page.get_by_role("button", name="＋段落").click()
    assert page.locator('[data-brief="empty"]').is_hidden()
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_markup_in_a_paragraph_stays_text(visit):
    page = opened(visit)
    page.get_by_role("button", name="＋段落").click()
    page.locator(".brief__item textarea").fill("<img src=x onerror=alert(1)>甲")
    visit.until(f"{PAPER}.innerText.includes('<img src=x')")
    assert page.locator(".paper img").count() == 0


@pytest.mark.parametrize(("width", "height"), [(390, 844), (768, 1024)])
def test_on_narrow_screens_the_whole_sheet_is_seen_without_scrolling_sideways(visit, width, height):
    visit.page.set_viewport_size({"width": width, "height": height})
    started(visit)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.page.evaluate(f"{PAPER}.getBoundingClientRect().width") <= width


def test_what_comes_in_is_refused_in_words(visit):
    page = opened(visit)
    answers = page.evaluate(
        """async () => {
          const ask = async (where, body) => { const answer = await fetch(where, { method: 'POST', headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body) }); return [answer.status, await answer.text()]; };
          return [await ask('/download/brief/preview', []), await ask('/download/brief/preview', { brief: { items: [{ t: 'fig', chart: 'x' }] } }),
            await ask('/download/brief/docx', { brief: { items: [{ t: 'fig', chart: 'towns-take-up' }] }, pictures: ['AAAA'] }),
            await ask('/download/brief/exe', { brief: { items: [] } })];
        }"""
    )
    assert [status for status, _words in answers] == [400, 400, 400, 404]
    assert "不是一份简报" in answers[0][1]
    assert "图片与简报对不上" in answers[2][1]


def test_a_file_waits_for_its_turn_says_so_and_may_be_given_up(visit):
    page = started(visit)
    told, held = (
        [],
        {
            "status": 503,
            "body": "正在排队，前面还有 3 份文件。",
            "headers": {"Retry-After": "1", "Content-Type": "text/plain; charset=utf-8"},
        },
    )

    def busy(route):
        told.append(route.request.headers["x-viewer"])
        route.continue_() if len(told) == 3 else route.fulfill(**held)

    page.route("**/download/brief/docx", busy)
    cancel, status = (
        page.get_by_role("button", name="取消", exact=True),
        "document.querySelector('[data-brief=\"status\"]').innerText",
    )
    assert not cancel.is_visible()
    with page.expect_download() as found:
        page.get_by_role("button", name="下载 Word").click()
        visit.until(f"{status} === '{held['body']}'")
        assert cancel.is_visible()
    assert found.value.suggested_filename.endswith(".docx")
    visit.until(f"{status} === '已生成。'")
    assert not cancel.is_visible()
    assert len(set(told)) == 1  # by the name of the tab its place is kept

    page.get_by_role("button", name="下载 Word").click()
    visit.until(f"{status} === '{held['body']}'")
    cancel.click()
    visit.until(f"{status} === '已取消。'")
    visit.until("document.querySelector('[data-brief=\"cancel\"]').hidden")
    assert [one for one in visit.complaints if "503" not in one] == []
