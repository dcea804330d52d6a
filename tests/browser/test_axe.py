"""axe finds nothing serious: every page, and what opens on them, in light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboard.pages import PAGES
from dashboard.settings import ROOT, Settings
from dashboard.web.app import create_app
from tests.browser.conftest import Visit, served

pytestmark = pytest.mark.browser

PATHS = [page.path for page in PAGES]
MORE = [
    "/area/410423",
    "/area/no-such-place",
    "/no-such-page",
    "/compare?p=410423-zhangdian,anon-shanxi-2019,140930,CN&i=population_per_fiscal_staff",
    "/towns?t=towns-take-up,towns-bodies",
    "/ratio?b=%3Cscript%3E",
    *(f"/data?t={section}" for section in ("sources", "definitions", "conflicts", "checks", "changes")),
]
DRAWER = "document.querySelector('.fact__value') && getComputedStyle(document.querySelector('.mantine-Drawer-content')).opacity === '1'"


@pytest.fixture(scope="module")
def debugged(warehouse) -> Iterator[str]:
    """The dashboard as developers start it, with the page of samples."""
    shipped = ROOT / "warehouse.duckdb"
    with served(create_app(settings=Settings(warehouse=shipped if shipped.is_file() else warehouse, debug=True))) as found:
        yield found


EVERYTHING = {"resultTypes": ["violations"]}
CONTRAST = EVERYTHING | {"runOnly": ["color-contrast"]}  # all that the dark scheme changes


def serious(visit: Visit, rules: dict[str, Any] = EVERYTHING) -> list[tuple[str, list[str], str]]:
    """What axe calls serious or critical on the page as it stands."""
    return [
        (fault["id"], node["target"], node.get("failureSummary", "")[:200])
        for fault in Axe().run(visit.page, options=rules).response["violations"]
        if fault["impact"] in {"serious", "critical"}
        for node in fault["nodes"][:3]
    ]


def both_schemes(visit: Visit) -> list[tuple[str, list[str], str]]:
    """The same in light and dark: the system's choice changes while the page is open."""
    found = serious(visit)
    visit.page.emulate_media(color_scheme="dark")
    visit.until("document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark'")
    visit.page.wait_for_timeout(300)
    return found + serious(visit, CONTRAST)


@pytest.mark.parametrize("path", [*PATHS, *MORE])
def test_every_page(visit_of, debugged, path):
    visit = visit_of(debugged)
    visit.open(path)
    assert both_schemes(visit) == []


def test_the_page_of_samples(visit_of, debugged):
    visit = visit_of(debugged)
    visit.page.goto(f"{debugged}/styleguide")
    visit.until("document.querySelectorAll('.card[data-filled]').length > 2")  # one of them is meant to go on loading
    visit.page.wait_for_timeout(1500)
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
    visit.page.wait_for_timeout(400)


def _finder(visit: Visit) -> None:
    visit.open("/compare").get_by_label("比哪些地区").first.click()
    visit.until("document.querySelectorAll('[role=option]').length > 5")
    visit.page.wait_for_timeout(400)


@pytest.mark.parametrize("opened", [_number, _claims, _menu, _finder])
def test_what_opens(visit_of, debugged, opened: Callable[[Visit], None]):
    visit = visit_of(debugged)
    opened(visit)
    assert both_schemes(visit) == []
    assert visit.complaints == []
