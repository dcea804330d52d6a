"""The drafts of /brief: beside what links bring, in two tabs, over versions of the page; nothing of them is lost in silence."""

from __future__ import annotations

import json
from typing import Any

import docx
import pytest

from tests.browser.test_brief import DRAWN, PAPER, opened, started

pytestmark = pytest.mark.browser

BADGE = "parseInt(getComputedStyle(document.querySelector('.nav__link[href=\"/brief\"]'), '::after').content.slice(1))"
STATUS = "document.querySelector('[data-brief=status]').innerText"
DRAFTS = ".brief__draft"


def link_of(page, title, *texts):
    """Address of a brief as a colleague sends it."""
    items = [{"t": "p", "text": text} for text in texts]
    packed = page.evaluate("brief => basket.pack(brief)", {"title": title, "items": items})
    return f"/brief#b={packed}"


def write(page, *texts):
    for text in texts:
        page.get_by_role("button", name="＋段落").click()
        page.locator(".brief__item textarea").last.fill(text)


def texts(page):
    return page.locator(".brief__item textarea").evaluate_all("all => all.map(one => one.value)")


def put_in(page, chart, form="table"):
    """The way of any page: the menu of a card."""
    page.locator(f"#card-{chart} .card__menu").click()
    page.locator(f'[data-export="basket-{form}"]').click()


def undo(page):
    page.get_by_role("button", name="撤销", exact=True).click()


def test_two_links_open_beside_the_readers_own_draft_and_are_kept_only_when_they_are_told_to(visit):
    page = opened(visit)
    write(page, "自己写的第一段", "自己写的第二段")
    first, second = link_of(page, "甲县的简报", "甲的话"), link_of(page, "乙县的简报", "乙的话")
    for path, title in ((first, "甲县的简报"), (second, "乙县的简报")):
        page.goto(visit.address + path)  # the second one into the page that stands open
        visit.until(f"{PAPER} !== null && {PAPER}.innerText.startsWith('{title}')")
        assert page.locator("[data-brief=linked]").is_visible()
        assert not page.locator("[data-brief=edit]").is_visible()
    assert page.locator(DRAFTS).all_inner_texts() == [
        "我的草稿\n2 件",
        "来自链接：甲县的简报\n1 件",
        "来自链接：乙县的简报\n1 件",
    ]
    assert not page.evaluate("JSON.stringify(localStorage)").count("乙的话")
    page.reload()
    visit.until(f"{PAPER} !== null && {PAPER}.innerText.startsWith('乙县的简报')")
    page.get_by_role("button", name="回到我的草稿").click()
    assert texts(page) == ["自己写的第一段", "自己写的第二段"]
    visit.until(f"{PAPER} !== null && {PAPER}.innerText.includes('自己写的第二段')")
    page.locator(DRAFTS).nth(1).click()
    page.get_by_role("button", name="存为草稿").click()
    assert texts(page) == ["甲的话"]
    write(page, "接着写")
    page.reload()
    visit.until(f"{PAPER} !== null && {PAPER}.innerText.includes('接着写')")
    assert page.locator(DRAFTS).all_inner_texts() == ["我的草稿\n2 件", "甲县的简报\n2 件", "来自链接：乙县的简报\n1 件"]
    assert visit.complaints == []


def test_cards_put_in_from_two_tabs_stay_both_and_both_count_them(visit):
    page, other = opened(visit), visit.page.context.new_page()
    write(page, "写到一半")
    for tab, path, chart in ((other, "/extension", "extension-lushan"), (other, "/towns", "towns-held")):
        tab.goto(visit.address + path)
        tab.wait_for_selector(f"#card-{chart} .card__menu")
        put_in(tab, chart)
        tab.wait_for_selector("#notice:has-text('已放入简报')")
    visit.until(f"{BADGE} === 3")
    assert other.evaluate(BADGE) == 3
    page.locator(".brief__item textarea").first.fill("写到一半，接着写")
    write(page, "另一段")
    page.reload()
    visit.until(f"{PAPER} !== null")
    assert texts(page) == ["写到一半，接着写", "另一段"]
    assert page.locator(".brief__card").count() == 2
    assert other.evaluate(BADGE) == 4


def test_somebody_who_writes_in_one_tab_is_not_disturbed_by_the_other(visit):
    page, other = opened(visit), visit.page.context.new_page()
    write(page, "一二三")
    page.locator("textarea").evaluate("field => { field.focus(); field.setSelectionRange(1, 1); }")
    other.goto(visit.address + "/brief")
    other.wait_for_selector(".paper")
    write(other, "别的窗口")
    other.locator('[data-brief="unit"]').fill("某县委编办")
    visit.until("document.querySelectorAll('.brief__item').length === 2")
    visit.until("document.querySelector('[data-brief=unit]').value === '某县委编办'")
    page.keyboard.type("插")
    assert texts(page) == ["一插二三", "别的窗口"]


def test_a_tab_that_heard_nothing_of_a_newer_text_leaves_both(visit_of, address):
    visit = visit_of(address)
    visit.page.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
    page, other = opened(visit), visit.page.context.new_page()
    write(page, "原来的", "后面的")
    other.goto(visit.address + "/brief")
    other.wait_for_selector(".paper")
    other.locator("textarea").first.fill("那边改过的")
    page.locator("textarea").first.fill("这边改过的")
    assert texts(page) == ["这边改过的", "那边改过的", "后面的"]
    assert "请核对" in page.locator("[data-brief=status]").inner_text()


def test_every_loss_can_be_undone_even_after_a_reload(visit):
    page = opened(visit)
    write(page, "甲", "乙", "丙")
    page.get_by_role("button", name="删除段落，第2件").click()
    assert texts(page) == ["甲", "丙"]
    page.get_by_role("button", name="下移段落，第1件").click()
    assert texts(page) == ["丙", "甲"]
    page.get_by_role("button", name="清空", exact=True).click()
    assert texts(page) == []
    page.reload()
    visit.until(f"{PAPER} !== null")
    for left in (["丙", "甲"], ["甲", "丙"], ["甲", "乙", "丙"]):
        undo(page)
        assert texts(page) == left
    assert page.get_by_role("button", name="撤销", exact=True).is_hidden()


def test_what_would_replace_a_draft_becomes_one_of_its_own_and_switching_can_be_undone(visit):
    page = opened(visit)
    write(page, "自己写的")
    page.get_by_role("button", name="经济发达镇放权情况").click()
    visit.until("document.querySelectorAll('.brief__draft').length === 2")
    assert texts(page) != ["自己写的"]
    page.locator(DRAFTS).first.click()
    assert texts(page) == ["自己写的"]
    undo(page)
    assert page.locator('[data-brief="name"]').input_value() == "经济发达镇放权情况"
    page.get_by_role("button", name="删除草稿").click()
    assert texts(page) == ["自己写的"]
    undo(page)
    assert page.locator(DRAFTS).count() == 2
    page.locator('[data-brief="name"]').fill("")
    page.keyboard.type("二稿")
    assert page.locator(DRAFTS).last.inner_text().startswith("二稿")
    undo(page)  # of the new draft; its name has been written since, and stays
    assert "后来又改过的部分没有动" in page.locator("[data-brief=status]").inner_text()


def test_an_undoing_leaves_alone_what_another_tab_has_written_since(visit):
    page, other = opened(visit), visit.page.context.new_page()
    write(page, "甲", "乙")
    page.get_by_role("button", name="下移段落，第1件").click()
    other.goto(visit.address + "/brief")
    other.wait_for_selector(".paper")
    other.get_by_role("button", name="删除段落，第1件").click()
    visit.until("document.querySelectorAll('.brief__item').length === 1")
    undo(page)
    assert texts(page) == ["甲"]
    undo(other)
    visit.until("document.querySelectorAll('.brief__item').length === 2")
    assert texts(page) == ["甲", "乙"]


OLD: dict[str, Any] = {
    "v": 1, "title": "旧标题", "unit": "某县委编办", "date": "2025-06-30",
    "items": [
        {"t": "h1", "text": "旧的一节"}, {"t": "p", "text": "旧" * 5000, "facts": "F0123456789"},
        {"t": "fig", "chart": "towns-take-up", "q": "p=140930", "say": False}, {"t": "later", "text": "不认识的一件"}, {"t": "p", "text": "末段"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("kept", [json.dumps(OLD, ensure_ascii=False), '{"v":1,"title":"断在半'])
def test_the_basket_of_earlier_versions_becomes_a_draft_whole(visit, kept):
    page = visit.page
    page.goto(visit.address + "/healthz")
    page.evaluate("kept => localStorage.setItem('brief', kept)", kept)
    other = page.context.new_page()
    page.goto(visit.address + "/brief")
    other.goto(visit.address + "/brief")
    visit.until(f"{PAPER} !== null")
    brief = page.evaluate("basket.plain(basket.read(basket.current()))")
    if kept.endswith("}"):
        assert brief == OLD | {"items": [*OLD["items"][:3], {"t": "p", "text": "不认识的一件"}, OLD["items"][4]]}
        assert page.locator('[data-brief="unit"]').input_value() == "某县委编办"
    else:
        assert brief["items"] == [{"t": "p", "text": kept}]
    assert page.evaluate("localStorage.getItem('brief')") is None
    assert page.locator(DRAFTS).count() == 1
    assert page.locator('[data-brief="name"]').input_value() == "我的草稿"


def test_six_thousand_characters_typed_are_six_thousand_in_the_word_file_and_in_a_link(visit, tmp_path):
    text = "".join(chr(0x4E00 + place * 7 % 20000) for place in range(6000))
    page = opened(visit)
    write(page, text)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 Word").click()
    download.value.save_as(tmp_path / "brief.docx")
    assert text in [line.text for line in docx.Document(tmp_path / "brief.docx").paragraphs]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制链接").click()
    visit.until(f"{STATUS}.includes('字符，有的聊天软件会截断')")
    link = page.evaluate("navigator.clipboard.readText()")
    assert page.evaluate("packed => basket.unpack(packed)", link.partition("#b=")[2])["items"] == [{"t": "p", "text": text}]


@pytest.mark.parametrize(
    ("field", "most", "place"),
    [
        ("[data-brief=title]", 200, "[data-slot=title]"),
        (".brief__item--h1 input", 200, ".brief__item"),
        ("textarea", 20_000, ".brief__item"),
    ],
)
def test_a_limit_speaks_while_somebody_writes_and_cuts_nothing(visit, field, most, place):
    page = opened(visit)
    write(page, "一段")
    page.get_by_role("button", name="＋一级标题").click()
    page.locator(field).fill("长" * 10)
    assert page.locator(f"{field} + .brief__written").inner_text() == f"已写 10／上限 {most} 字"
    page.locator(field).fill("长" * (most + 3))
    assert page.locator(f"{field} + .brief__written").inner_text() == f"已写 {most + 3}／上限 {most} 字，超出 3 字"
    visit.until("document.querySelector('.brief__error') !== null")
    assert f"有 {most + 3} 字，上限 {most} 字" in page.locator(f"{place} .brief__error").inner_text()
    page.get_by_role("button", name="下载 Word").click()
    visit.until(f"{STATUS}.includes('上限 {most} 字')")
    page.reload()
    visit.until("document.querySelector('.brief__error') !== null")
    assert page.locator(field).input_value() == "长" * (most + 3)
    page.locator(field).fill("长" * most)
    visit.until("document.querySelector('.brief__error') === null")
    visit.until(f"{PAPER} !== null && {PAPER}.innerText.includes('{'长' * 150}')")


def test_an_impossible_date_is_refused_at_its_field_and_becomes_no_other(visit):
    page = opened(visit)
    write(page, "一段")
    page.locator('[data-brief="date"]').fill("2026-02-30")
    visit.until("document.querySelector('[data-slot=date] .brief__error') !== null")
    assert "日期“2026-02-30”不存在" in page.locator("[data-slot=date] .brief__error").inner_text()
    assert page.locator('[data-brief="date"]').get_attribute("aria-invalid") == "true"
    page.get_by_role("button", name="下载 Word").click()
    visit.until(f"{STATUS}.includes('2026-02-30')")
    assert not [asked for asked in visit.requests if "/download/brief/docx" in asked]
    page.locator('[data-brief="date"]').fill("2026-02-28")
    visit.until(f"{PAPER} !== null && {PAPER}.innerText.includes('2026年2月28日')")
    assert page.locator(".brief__error").count() == 0


def test_more_parts_than_a_brief_may_have_are_kept_and_counted_aloud(visit):
    page = opened(visit)
    page.evaluate("for (let n = 0; n < 80; n++) basket.add({ t: 'p', text: '第' + n })")
    page.get_by_role("button", name="＋段落").click()
    visit.until(f"{STATUS}.includes('最多 80 件')")
    assert page.locator(".brief__item").count() == 81
    assert "最多 80 件" in page.evaluate("basket.add({ t: 'tab', chart: 'towns-held' })")


def test_a_store_that_takes_nothing_is_named_and_the_page_goes_on(visit_of, address):
    visit = visit_of(address)
    visit.page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    page = opened(visit)
    write(page, "没有存下的一段")
    assert page.locator("[data-brief=unsaved]").is_visible()
    visit.until(f"{PAPER}.innerText.includes('没有存下的一段')")
    assert "没有存下" in page.evaluate("basket.add({ t: 'tab', chart: 'towns-held' })")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_with_a_draft_and_a_link_open_nothing_leaves_the_screen(visit, width, height):
    visit.page.set_viewport_size({"width": width, "height": height})
    page = started(visit)
    page.goto(visit.address + link_of(page, "很长的标题" * 12, "甲的话"))
    visit.until(f"{PAPER} !== null && {PAPER}.innerText.includes('甲的话')")
    page.get_by_role("button", name="存为草稿").click()
    visit.until(f"{PAPER} !== null && {PAPER}.innerText.includes('甲的话')")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('.brief__undo').getBoundingClientRect().right") <= width
    page.locator(DRAFTS).first.click()
    visit.until(DRAWN, seconds=30)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
