"""对比分析 as a reader uses it: the address holds the choice, names are found as they are typed, scopes stay apart."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Route

from dashboard.themes.compare.page import PAGE
from dashboard.web.shell import NAME
from tests.browser.conftest import REDRAWN

pytestmark = pytest.mark.browser

MEASURE, PLACES = "#compare-measure", "#compare-picked-places"
GATE = "/compare?i=population_per_fiscal_staff&p=410423-zhangdian,anon-shanxi-2019,140930,CN"
# Names of the places that have a mark on each x axis of the drawing.
AXES = """() => {
  const found = {};
  for (const trace of document.querySelector('#graph-compare-places .js-plotly-plot').data)
    for (const text of trace.hovertext || []) (found[trace.xaxis] = found[trace.xaxis] || []).push(text.split('<br>')[0]);
  return Object.values(found);
}"""


FOUND = "!document.querySelector('[role=option][value=looking]')"  # the server has answered what stands in the field


def chosen(page):
    """The choice as the address tells it."""
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def title(visit):
    return visit.page.locator("#title-compare-places").inner_text()


def settled(visit, said):
    """Wait until the card's question holds a word."""
    visit.until(f"document.querySelector('#title-compare-places').innerText.includes('{said}')")
    visit.settle()


def offered(visit, words):
    """Names that the list of places offers for some words."""
    visit.page.locator(PLACES).fill(words)
    visit.until(FOUND)
    visit.rest()
    return visit.page.locator(".option__name:visible").all_inner_texts()


def test_without_a_choice_three_examples_lead_on(visit):
    page = visit.open("/compare")
    assert page.locator(".start__tile").count() == 3
    assert page.locator("#card-compare-places").is_hidden()
    page.locator(".start__tile").nth(1).click()
    visit.until("location.search.includes('population_per_fiscal_staff')")
    settled(visit, "财政供养比：4个地区")
    assert page.locator("#card-compare-places").is_visible()
    assert page.locator(".start").is_hidden()
    assert visit.complaints == []


def test_hequ_is_found_by_name_pinyin_initials_and_code_two_words_narrow_each_other_and_nonsense_finds_nothing(visit):
    page = visit.open("/compare")
    page.locator(PLACES).click()
    for words in ("hq", "hequ", "河曲", "140930"):
        assert offered(visit, words)[0] == "河曲县", words
        assert offered(visit, "qqqq") == []
    assert offered(visit, "山西 lou") == ["娄烦县", "石楼县"]
    assert offered(visit, "qqqq") == []
    assert page.get_by_text("没有这个地区").is_visible()


def held_back(visit, words):
    """Questions of the list of places for these words: they wait here until somebody lets them go on."""
    held: list[Route] = []

    def answer(route):
        if f'"property":"searchValue","value":"{words}"' in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    visit.page.route("**/_dash-update-component", answer)
    return held


def test_an_old_answer_replaces_no_newer_one_and_enter_waits_for_what_was_typed(visit_of, address):
    visit = visit_of(address)
    page = visit.open("/compare")
    held = held_back(visit, "hq")
    page.locator(PLACES).click()
    page.locator(PLACES).fill("hq")
    visit.until("document.querySelector('[role=option][value=looking]')")
    assert offered(visit, "loufan") == ["娄烦县"]
    assert held
    for route in held:
        route.continue_()
    visit.rest()
    assert page.locator(".option__name:visible").all_inner_texts() == ["娄烦县"]
    held.clear()
    page.locator(PLACES).fill("hq")
    page.keyboard.press("Enter")
    visit.rest()
    assert chosen(page) == {}
    held[-1].continue_()
    settled(visit, "河曲县")
    assert chosen(page)["p"] == "140930"
    assert visit.complaints == []


def test_a_choice_is_written_to_the_address_and_a_copied_link_restores_it(visit, visit_of, address):
    page = visit.open("/compare")
    page.locator(PLACES).click()
    page.locator(PLACES).fill("hq")
    page.keyboard.press("Enter")  # at once: it waits for the answer
    settled(visit, "河曲县")
    assert chosen(page) == {"p": "140930", "i": "party_gov_bodies"}  # a measure is proposed where only places were chosen
    page.keyboard.press("Escape")
    page.get_by_text("山西第二批试点").first.click()
    settled(visit, "5个地区")
    assert chosen(page) == {"p": "140930", "i": "party_gov_bodies", "c": "山西第二批试点"}
    copied = visit_of(address)
    other = copied.open(page.url.removeprefix(address))
    settled(copied, "党政机构数：5个地区")
    assert other.locator(MEASURE).input_value() == "党政机构数"
    assert other.locator(".picker .mantine-Pill-root").all_inner_texts() == ["河曲县"]
    assert other.locator(".picker input[type=checkbox]:checked").count() == 1
    assert "榆社县" in other.locator("#finding-compare-places").inner_text()
    assert "未公布" in other.locator("#finding-compare-places").inner_text()
    assert visit.complaints + copied.complaints == []


def test_back_and_forward_walk_through_the_choices(visit):
    page = visit.open("/compare?i=party_gov_bodies&p=140930,141027")
    settled(visit, "党政机构数：2个地区")
    page.get_by_text("山西第二批试点").first.click()
    settled(visit, "党政机构数：6个地区")
    page.locator(MEASURE).click()
    page.locator(MEASURE).fill("sydw")
    visit.rest()
    page.keyboard.press("Enter")
    settled(visit, "事业单位数")
    page.go_back()
    settled(visit, "党政机构数：6个地区")
    page.go_back()
    settled(visit, "党政机构数：2个地区")
    assert page.locator(".picker .mantine-Pill-root").all_inner_texts() == ["河曲县", "浮山县"]
    page.go_forward()
    settled(visit, "党政机构数：6个地区")
    assert chosen(page)["c"] == "山西第二批试点"
    assert visit.complaints == []


def test_the_window_bears_the_question_that_is_answered(visit):
    page = visit.open("/compare")
    assert page.title() == f"{PAGE.title} · {NAME}"
    page = visit.open("/compare?i=party_gov_bodies&p=140930,141027")
    visit.until("document.title.startsWith('党政机构数：2个地区')")
    page.get_by_text("山西第二批试点").first.click()
    visit.until("document.title.startsWith('党政机构数：6个地区')")
    page.reload()
    visit.settle()
    visit.until("document.title.startsWith('党政机构数：6个地区')")
    page.go_back()
    visit.until("document.title.startsWith('党政机构数：2个地区')")
    page.locator(".nav__link", has_text="档案").click()
    visit.until("document.title.startsWith('地区档案')")


def test_what_nobody_knows_is_left_out_with_a_gentle_note(visit):
    page = visit.open("/compare?i=no_such_thing&p=140930,zzz&c=某批&b=%3Cx%3E")
    settled(visit, "河曲县")
    note = page.locator("#compare-note").inner_text()
    assert all(name in note for name in ("no_such_thing", "zzz", "某批"))
    assert "无法识别" in page.locator(".page__inner > .notice--soft").inner_text()
    assert chosen(page) == {"p": "140930", "i": "party_gov_bodies"}
    assert page.locator(".card--failed").count() == 0


def together(axes, one, other):
    return any(any(one in name for name in names) and any(other in name for name in names) for names in axes)


def test_the_gate_keeps_609_from_22_and_hequ_from_the_nation(visit):
    page = visit.open(GATE)
    settled(visit, "财政供养比")
    axes = page.evaluate(AXES)
    assert not together(axes, "河曲县", "山西某县")  # both unstated: two unknown scopes are not one scope
    assert not together(axes, "张店乡", "山西某县")
    assert not together(axes, "河曲县", "全国")
    said = " ".join(page.locator("#card-compare-places .card__apart").all_inner_texts())
    assert "张店乡约609:1只算乡镇本级" in said
    assert "全国约20.6:1" in said


def test_the_gate_keeps_residents_from_registered_people(visit):
    page = visit.open("/compare?i=population&p=610631,610730,433126")
    settled(visit, "人口：3个地区")
    assert "人口口径不同" in page.locator("#card-compare-places .card__apart").first.inner_text()
    heads = [text for text in page.locator("#graph-compare-places .annotation").all_text_contents() if "人口" in text]
    assert {"户籍人口", "常住人口", "七普常住人口"} <= {head.strip().partition("；")[0] for head in heads}


def test_the_keyboard_reaches_the_controls_and_picks(visit):
    page = visit.open("/compare")
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
        if seen[-1] == PLACES[1:]:
            break
    assert MEASURE[1:] in seen
    assert seen[-1] == PLACES[1:]
    page.keyboard.type("zdx")
    visit.until(FOUND)
    page.keyboard.press("Enter")
    settled(visit, "张店乡")
    page.keyboard.press("Escape")
    for _ in range(4):  # past the clear button to the first cohort
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type === 'checkbox'"):
            break
    page.keyboard.press("Space")
    visit.until("new URLSearchParams(location.search).get('c') === '山西第一批试点'")


IN_VIEW = """(() => {
  const box = document.querySelector('#card-compare-places').getBoundingClientRect();
  return box.top >= 0 && box.top < innerHeight / 2 && document.activeElement.id === 'title-compare-places';
})()"""
CLOSED = "document.querySelector('#compare-picked-places').getAttribute('aria-expanded') !== 'true'"


def test_on_a_phone_a_choice_closes_the_list_and_leads_to_the_answer(visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("/compare")
    for words, said in (("hequ", "河曲县"), ("fushan", "2个地区"), ("loufan", "3个地区")):
        page.locator(PLACES).click()
        assert offered(visit, words)
        page.locator(".option__name:visible").first.click()
        settled(visit, said)
        visit.until(IN_VIEW)
        visit.until(CLOSED)
    visit.rest(REDRAWN)  # the way to the last answer is over
    page.evaluate("document.activeElement.blur(), scrollTo({ top: 0, behavior: 'instant' })")
    page.locator(".picker .mantine-Pill-root button").first.scroll_into_view_if_needed()
    stood = page.evaluate("scrollY")
    page.locator(".picker .mantine-Pill-root button").first.click()  # taking one away leads nowhere
    settled(visit, "2个地区")
    assert page.evaluate("scrollY") <= stood  # a page that became shorter moves up by so much
    assert page.evaluate("document.activeElement.id") != "title-compare-places"
    page.keyboard.press("Tab")
    assert visit.complaints == []


def test_on_a_desktop_the_list_stays_open_for_the_next_choice(visit):
    page = visit.open("/compare")
    page.locator(PLACES).click()
    for words, said in (("hequ", "河曲县"), ("fushan", "2个地区")):
        assert offered(visit, words)
        page.locator(".option__name:visible").first.click()
        settled(visit, said)
        assert page.evaluate("document.activeElement.id") == PLACES[1:]
        assert not page.evaluate(CLOSED)


PLACES_WITH_FACTS = """fetch('/api/facts?limit=1000').then((answer) => answer.json())
  .then((found) => [...new Set(found.facts.map((fact) => fact.ref_area))].slice(0, 60))"""


def test_sixty_places_are_compared_and_their_names_leave_room_for_the_answer(visit):
    codes = visit.open("/compare").evaluate(PLACES_WITH_FACTS)
    assert len(codes) == 60
    page = visit.open(f"/compare?i=party_gov_bodies&p={','.join(codes)}")
    settled(visit, "个地区")
    assert chosen(page)["p"].split(",") == codes
    assert page.locator(".picker .mantine-Pill-root").count() == 60
    assert page.locator("#title-compare-places").bounding_box()["y"] < 768
    assert visit.complaints == []


def test_other_measures_of_the_chosen_places_are_one_click_away(visit):
    page = visit.open("/compare?i=party_gov_bodies&p=140930,141027")
    settled(visit, "党政机构数")
    page.locator(".picker__other", has_text="事业单位数").click()
    settled(visit, "事业单位数：2个地区")
    assert chosen(page) == {"i": "public_institutions", "p": "140930,141027"}


def test_a_name_in_the_table_leads_to_the_place(visit):
    page = visit.open("/compare?i=party_gov_bodies&p=140930,141027&t=compare-places")
    settled(visit, "党政机构数")
    page.locator("#table-compare-places .place-link", has_text="浮山县").first.click()
    visit.until("location.pathname === '/area/141027'")
    visit.until("document.querySelector('h1').innerText === '浮山县'")
    assert visit.complaints == []
