"""大屏 in a real browser: legible at six metres, nothing cut, controls only on movement, keys, a new build, reduced motion."""

from __future__ import annotations

import pytest

from dashboard.web.app import create_app
from tests.browser.axe import serious
from tests.browser.conftest import served
from tests.rebuilt import rebuilt

pytestmark = pytest.mark.browser

ON = "document.querySelector('.wall__scene--on') !== null"
SIZES = [(1920, 1080), (3840, 2160)]
LEAST = 2.2  # % of the height of the screen
# Size of every visible piece of text, in % of the screen: what the style says times all that is scaled.
SMALLEST = """() => {
  const scene = [...document.querySelectorAll('.wall__scene')].pop(), fit = document.getElementById('stage').getBoundingClientRect().width / 1920;
  const drawn = scene.querySelector('.wall__plot').getBoundingClientRect().width / scene.querySelector('.wall__plot').offsetWidth;
  const all = [...document.querySelectorAll('.wall p, .wall h1, .wall b, .wall span')].map((one) => [one, fit])
    .concat([...scene.querySelectorAll('.wall__plot text, .wall__plot tspan')].map((one) => [one, drawn]));
  return Math.min(...all.filter(([one]) => one.textContent.trim())
    .map(([one, scale]) => parseFloat(getComputedStyle(one).fontSize) * scale)) / window.innerHeight * 100; }"""
CUT = """() => {
  const scene = [...document.querySelectorAll('.wall__scene')].pop(), frame = (one) => one.getBoundingClientRect();
  const inside = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1
    && inner.bottom <= outer.bottom + 1;
  const screen = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
  const found = [...document.querySelectorAll('.wall__head p, .wall__marks')].filter((one) => !inside(frame(one), screen));
  found.push(...[...scene.children].filter((one) => !inside(frame(one), frame(scene))));
  found.push(...[...scene.querySelectorAll('.wall__said > *')].filter((one) => !inside(frame(one), frame(scene.querySelector('.wall__said')))));
  found.push(...[...scene.querySelectorAll('.wall__plot text')].filter((one) => !inside(frame(one), frame(scene.querySelector('.wall__chart')))));
  const below = frame(scene.querySelector('.wall__notes'));
  if (frame(scene.querySelector('.wall__chart')).bottom > below.top) found.push(scene);
  return found.map((one) => one.className.baseVal || one.className || one.textContent); }"""


CONTROLS = "getComputedStyle(document.getElementById('controls')).opacity"


def scenes(page):
    return page.locator(".wall__mark").count()


def move(visit, key):
    before = visit.page.evaluate("[...document.querySelectorAll('.wall__scene')].pop().dataset.scene")
    visit.page.keyboard.press(key)
    visit.until(f"[...document.querySelectorAll('.wall__scene')].pop().dataset.scene !== '{before}'")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_scene_is_whole_and_can_be_read_at_six_metres(visit_of, address, width, height):
    visit = visit_of(address, width=width, height=height)
    page = visit.page
    page.goto(address + "/wall")
    visit.until(ON)
    for _ in range(scenes(page)):
        visit.rest()
        name = page.evaluate("[...document.querySelectorAll('.wall__scene')].pop().dataset.scene")
        assert page.evaluate(SMALLEST) >= LEAST, name
        assert page.evaluate(CUT) == [], name
        move(visit, "ArrowRight")
    assert page.evaluate("[document.documentElement.scrollHeight > innerHeight, document.documentElement.scrollWidth > innerWidth]") == [
        False, False,
    ]  # fmt: skip
    assert page.locator("a, button, input, select, [tabindex]").filter(visible=True).count() == 4
    assert page.evaluate(CONTROLS) == "0"  # nothing to operate is seen until something moves
    assert visit.foreign == []
    assert visit.complaints == []


def test_a_phone_is_told_where_to_look_instead(visit_of, address):
    visit = visit_of(address, width=390, height=844)
    visit.page.goto(address + "/wall")
    visit.until("document.querySelector('.wall__phone').offsetParent")
    assert visit.page.locator("body").inner_text() == "大屏按会议室屏幕和电脑排版，手机上放不下。手机上请看总览。"
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visit.page.click("text=总览")
    visit.until("location.pathname === '/'")


def test_axe_finds_nothing_serious_on_the_wall(visit_of, address):
    visit = visit_of(address, width=1920, height=1080, scheme="dark")  # light colours, whatever the system says
    visit.page.goto(address + "/wall")
    visit.until(ON)
    visit.rest()
    assert serious(visit) == []
    assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(245, 246, 248)"


def test_keys_move_and_pause_and_time_turns(visit_of, address):
    visit = visit_of(address, width=1920, height=1080)
    page = visit.page
    page.clock.install()
    page.goto(address + "/wall")
    visit.until(ON)
    names = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        names.append(page.evaluate("[...document.querySelectorAll('.wall__scene')].pop().dataset.scene"))
        move(visit, key)
    now = page.evaluate("[...document.querySelectorAll('.wall__scene')].pop().dataset.scene")
    assert len(set(names)) == 3
    assert now == names[1]
    page.keyboard.press(" ")
    assert page.locator("#state").inner_text() == "已暂停"
    page.clock.fast_forward(60_000)
    page.wait_for_timeout(300)
    assert page.evaluate("[...document.querySelectorAll('.wall__scene')].pop().dataset.scene") == now
    page.keyboard.press(" ")
    assert page.locator("#state").inner_text() == ""
    page.clock.fast_forward(21_000)
    visit.until(f"[...document.querySelectorAll('.wall__scene')].pop().dataset.scene !== '{now}'")
    page.clock.fast_forward(2_000)
    visit.until("document.querySelectorAll('.wall__scene').length === 1")  # what has left is cleared away


def test_controls_come_with_movement_go_after_seconds_and_leave(visit_of, address):
    visit = visit_of(address, width=1920, height=1080)
    page = visit.page
    page.clock.install()
    page.goto(address + "/wall")
    visit.until(ON)
    assert page.evaluate(CONTROLS) == "0"
    page.mouse.move(400, 400)
    page.mouse.move(420, 420)
    visit.until(f"{CONTROLS} === '1'")
    page.get_by_role("button", name="暂停").click()
    assert page.locator("#state").inner_text() == "已暂停"
    assert page.get_by_role("button", name="继续").count() == 1
    first = page.evaluate("[...document.querySelectorAll('.wall__scene')].pop().dataset.scene")
    page.get_by_role("button", name="后一幕").click()
    visit.until(f"[...document.querySelectorAll('.wall__scene')].pop().dataset.scene !== '{first}'")
    page.mouse.move(500, 500)
    page.clock.fast_forward(5_000)
    page.wait_for_timeout(500)
    assert page.evaluate(CONTROLS) == "0"
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)
    assert page.evaluate(CONTROLS) == "1"  # the keyboard is on a button
    page.keyboard.press("Escape")
    page.wait_for_url(f"{address}/")


def test_a_new_build_is_on_the_screen_at_the_next_turn(shipped_file, visit_of, tmp_path):
    path = tmp_path / "warehouse.duckdb"
    rebuilt(shipped_file, path, build_id="b1")
    with served(create_app(path)) as address:
        visit = visit_of(address, width=1920, height=1080)
        page = visit.page
        page.clock.install()
        page.goto(address + "/wall")
        visit.until(ON)
        assert page.locator("#stage").get_attribute("data-build") == "b1"
        rebuilt(shipped_file, tmp_path / "new", build_id="b2", extra=1)
        (tmp_path / "new").replace(path)
        page.wait_for_timeout(1500)
        page.clock.fast_forward(21_000)
        visit.until("document.getElementById('stage').dataset.build === 'b2'")
        visit.until("document.querySelector('.wall__scene:last-child').innerText.includes('37→23')")
        path.write_bytes(b"half a file")
        page.clock.fast_forward(21_000)
        page.wait_for_timeout(1500)
        assert page.locator(".wall__scene").count() >= 1  # the last good build stays on the screen
        assert [said for said in visit.complaints if "error" in said] == []


def test_without_motion_scenes_change_at_once(browser, address):
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + "/wall")
    page.wait_for_selector(".wall__scene--on")
    assert page.evaluate("getComputedStyle(document.querySelector('.wall__scene')).transitionDuration") in {"0s", "0s, 0s"}
    assert page.evaluate("getComputedStyle(document.querySelector('.wall__mark--on'), '::after').animationName") == "none"
    context.close()


def test_the_overview_leads_to_the_wall(visit):
    page = visit.open("/")
    page.get_by_role("link", name="大屏显示").click()
    visit.until(ON)
    assert page.url.endswith("/wall")
