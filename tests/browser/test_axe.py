"""axe finds nothing serious in what opens on pages, and on the page of samples, in light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.settings import ROOT, Settings
from dashboard.web.app import create_app
from tests.browser.axe import both_schemes, dark, serious, weak_contrast
from tests.browser.conftest import Visit, served

pytestmark = pytest.mark.browser

DRAWER = "document.querySelector('.fact__value') && getComputedStyle(document.querySelector('.mantine-Drawer-content')).opacity === '1'"


def test_the_page_of_samples(visit_of, warehouse):
    """The dashboard as developers start it."""
    shipped = ROOT / "warehouse.duckdb"
    with served(create_app(settings=Settings(warehouse=shipped if shipped.is_file() else warehouse, debug=True))) as debugged:
        visit = visit_of(debugged)
        visit.page.goto(f"{debugged}/styleguide")
        visit.until("document.querySelectorAll('.card[data-filled]').length > 2")  # one of them is meant to go on loading
        visit.rest()
        assert both_schemes(visit) == []


def _number(visit: Visit) -> None:
    visit.open("/extension").locator(".card__finding .receipt").first.click()
    visit.until(DRAWER)


def _claims(visit: Visit) -> None:
    visit.open("/area/410423").locator(".area__table--claims .receipt, .area__table .receipt").last.click()
    visit.until(DRAWER)


def _menu(visit: Visit) -> None:
    visit.open("/towns").locator(".card__menu").first.click()
    visit.until("document.activeElement.getAttribute('role') === 'menuitem'")
    visit.rest()


def _finder(visit: Visit) -> None:
    visit.open("/compare").get_by_label("比哪些地区").first.click()
    visit.until("document.querySelectorAll('[role=option]').length > 5")
    visit.rest()


@pytest.mark.parametrize(
    ("opens", "part"),
    [
        (_number, ".mantine-Drawer-content"),
        (_claims, ".mantine-Drawer-content"),
        (_menu, ".card-menu"),
        (_finder, ".mantine-Popover-dropdown:has([role=option])"),
    ],
)
def test_what_opens(visit, opens: Callable[[Visit], None], part: str):
    opens(visit)
    assert both_schemes(visit, part) == []
    assert visit.complaints == []


def test_the_sections_of_the_data(visit):
    """But 来源, which is opened by its address in test_every_page."""
    page = visit.open("/data")
    for name in ("指标定义", "术语", "说法不一", "数据检查", "本次更新"):
        tab = page.get_by_role("tab", name=name, exact=True)
        tab.click()
        panel = f"#{tab.get_attribute('aria-controls')}"
        visit.until(f"document.querySelector('{panel} table, {panel} .card__table > *')?.offsetParent")
        visit.settle()
        assert serious(visit, within=panel) == []
        dark(visit)
        assert weak_contrast(visit, panel) == []
        page.emulate_media(color_scheme="light")
    assert visit.complaints == []
